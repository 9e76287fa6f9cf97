"""The reference data as frozen values, read from the generated `lexicon.json`.

Parsing the Turtle takes seconds, reading this takes milliseconds; a test proves that the one is
made from the other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class State:
    """A state with all it is called.

    Attributes:
        names: certain names in English; `weak`: names that may mean something else.
        from_, until: ISO days of its existence, until exclusive; None where it does not matter.
    """

    code: str
    label: str
    names: tuple[str, ...]
    weak: tuple[str, ...]
    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]
    ru_names: tuple[str, ...]
    ru_adjectives: tuple[str, ...]
    iso2: str | None
    capital: tuple[str, ...]
    time_zone: str | None
    domain: str | None
    from_: str | None
    until: str | None
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    slugs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organization:
    """An organization; `forum` is true for a gathering without a secretariat."""

    code: str
    label: str
    names: tuple[str, ...]
    weak: tuple[str, ...]
    ru: tuple[str, ...]
    seat: str | None
    forum: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A town or venue; `city`, `former_name_of` are slugs, `metonym_of` is a state's code."""

    slug: str
    label: str
    names: tuple[str, ...]
    weak: tuple[str, ...]
    ru: tuple[str, ...]
    state: str
    kind: str
    city: str | None
    from_: str | None
    until: str | None
    former_name_of: str | None
    metonym_of: str | None
    time_zone: str | None


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic; `names` are its alternative labels, `broader` is a slug."""

    slug: str
    label: str
    names: tuple[str, ...]
    ru: tuple[str, ...]
    broader: str | None
    generic: bool


@dataclass(frozen=True, slots=True)
class Office:
    """A function such as foreign minister; `kind` is from the closed list of offices.ttl."""

    slug: str
    label: str
    names: tuple[str, ...]
    ru: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the reference data; `short` are the forms used alone with a title."""

    slug: str
    label: str
    names: tuple[str, ...]
    short: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tenure:
    """One holding of one post.

    Attributes:
        person: slug.
        post: HOS, HOG, HOS+HOG, FM, HEAD or OTHER.
        from_, until: EDTF, as precise as known; until is the day of handover; None if open.
    """

    person: str
    state: str
    post: str
    title: str
    from_: str
    until: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher of reports; `state` is the code of the state it speaks for or from."""

    slug: str
    label: str
    names: tuple[str, ...]
    state: str | None
    time_zone: str | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All reference data, keyed by code or slug."""

    states: Mapping[str, State]
    organizations: Mapping[str, Organization]
    places: Mapping[str, Place]
    topics: Mapping[str, Topic]
    offices: Mapping[str, Office]
    persons: Mapping[str, Person]
    tenures: tuple[Tenure, ...]
    outlets: Mapping[str, Outlet]


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _entities(kind: type[Any], key: str, rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {
        name: kind(**{key: name}, **{field: _value(v) for field, v in row.items()})
        for name, row in rows.items()
    }


@cache
def lexicon() -> Lexicon:
    """The reference data that this package ships."""
    data = json.loads(files("ontology").joinpath("lexicon.json").read_text(encoding="utf-8"))
    return Lexicon(
        states=_entities(State, "code", data["states"]),
        organizations=_entities(Organization, "code", data["organizations"]),
        places=_entities(Place, "slug", data["places"]),
        topics=_entities(Topic, "slug", data["topics"]),
        offices=_entities(Office, "slug", data["offices"]),
        persons=_entities(Person, "slug", data["persons"]),
        tenures=tuple(Tenure(*row) for row in data["tenures"]),
        outlets=_entities(Outlet, "slug", data["outlets"]),
    )
