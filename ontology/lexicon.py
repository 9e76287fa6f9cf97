"""The reference data as frozen values, read from the generated `lexicon.json`.

Parsing the Turtle takes seconds, reading this takes milliseconds; a test proves that the one is
made from the other.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from functools import cache, cached_property, wraps
from importlib.resources import files
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
# Reference data of graphs for which indexes are kept at a time.
_REMEMBERED: Final = 4
SECOND_LANGUAGE: Final = "ru"
"""ISO 639-1 code of the language of all fields here whose names say `ru`."""


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
    """All reference data, keyed by code or slug.

    Attributes:
        wikidata: Wikidata's id of some entities, by kind and key: "state/BLR" -> "Q184".
    """

    states: Mapping[str, State]
    organizations: Mapping[str, Organization]
    places: Mapping[str, Place]
    topics: Mapping[str, Topic]
    offices: Mapping[str, Office]
    persons: Mapping[str, Person]
    tenures: Sequence[Tenure]
    outlets: Mapping[str, Outlet]
    wikidata: Mapping[str, str]


class _Persons(Mapping[str, Person]):
    """The persons by slug, each made of its row when it is asked for: of thousands a run needs few."""

    def __init__(self, rows: Mapping[str, Mapping[str, Any]]) -> None:
        self._rows = rows

    def __getitem__(self, slug: str) -> Person:
        return _entity(Person, "slug", slug, self._rows[slug])

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class _Tenures(Sequence[Tenure]):
    """The tenures in their order, made of their rows when one is asked for."""

    def __init__(self, rows: Sequence[Sequence[Any]]) -> None:
        self._rows = rows

    @cached_property
    def _made(self) -> tuple[Tenure, ...]:
        return tuple(Tenure(*row) for row in self._rows)

    def __getitem__(self, index: Any) -> Any:
        return self._made[index]

    def __iter__(self) -> Iterator[Tenure]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._made == tuple(other)

    def __hash__(self) -> int:
        return hash(self._made)


def _entity(kind: type[T], key: str, name: str, row: Mapping[str, Any]) -> T:
    values = {field: tuple(v) if isinstance(v, list) else v for field, v in row.items()}
    return kind(**{key: name}, **values)


def _entities(kind: type[T], key: str, rows: Mapping[str, Mapping[str, Any]]) -> dict[str, T]:
    return {name: _entity(kind, key, name, row) for name, row in rows.items()}


def from_sections(data: Mapping[str, Any]) -> Lexicon:
    """Reference data from their sections as `ontology.build` makes them; a missing one is empty."""
    return Lexicon(
        states=_entities(State, "code", data.get("states", {})),
        organizations=_entities(Organization, "code", data.get("organizations", {})),
        places=_entities(Place, "slug", data.get("places", {})),
        topics=_entities(Topic, "slug", data.get("topics", {})),
        offices=_entities(Office, "slug", data.get("offices", {})),
        persons=_Persons(data.get("persons", {})),
        tenures=_Tenures(data.get("tenures", ())),
        outlets=_entities(Outlet, "slug", data.get("outlets", {})),
        wikidata=dict(data.get("wikidata", {})),
    )


def extended(base: Lexicon, added: Lexicon) -> Lexicon:
    """Reference data with more of them.

    An entity that both know has the names of both, and in all else what is added goes before. A
    tenure added replaces the one of the same person, post and first day: so an open one is ended.
    """
    kinds = (f.name for f in fields(Lexicon) if f.name not in ("tenures", "wikidata"))
    joined = {k: _extended(getattr(base, k), getattr(added, k)) for k in kinds}
    held = {_held(t): t for t in (*base.tenures, *added.tenures)}
    tenures = sorted(held.values(), key=lambda t: (t.state, t.post, t.from_, t.person))
    wikidata = dict(sorted({**added.wikidata, **base.wikidata}.items()))
    return Lexicon(**joined, tenures=tuple(tenures), wikidata=wikidata)


def _held(tenure: Tenure) -> tuple[str, ...]:
    title = tenure.title if tenure.post == "OTHER" else ""
    return tenure.person, tenure.state, tenure.post, tenure.from_, title


def _extended(base: Mapping[str, Any], added: Mapping[str, Any]) -> Mapping[str, Any]:
    joined = {key: _joined(base[key], one) if key in base else one for key, one in added.items()}
    return dict(sorted({**base, **joined}.items())) if added else base


def _joined(old: Any, new: Any) -> Any:
    both = {f.name: (getattr(old, f.name), getattr(new, f.name)) for f in fields(old)}
    return type(old)(**{name: _either(*values) for name, values in both.items()})


def _either(old: Any, new: Any) -> Any:
    return tuple(sorted({*old, *new})) if isinstance(old, tuple) else new or old


@cache
def iso_codes() -> frozenset[str]:
    """Three-letter codes of ISO 3166-1, and those that ISO 3166-3 has for dissolved states."""
    text = files("ontology").joinpath("iso3166.csv").read_text(encoding="ascii")
    return frozenset(row["alpha3"] for row in csv.DictReader(text.splitlines()))


@cache
def shipped() -> Lexicon:
    """The reference data that this package ships."""
    return from_sections(json.loads(files("ontology").joinpath("lexicon.json").read_bytes()))


_READING: Final[ContextVar[Lexicon | None]] = ContextVar("reading", default=None)


@contextmanager
def reading_with(data: Lexicon) -> Iterator[None]:
    """Have `at_hand()` give these data inside the block."""
    token = _READING.set(data)
    try:
        yield
    finally:
        _READING.reset(token)


def at_hand() -> Lexicon:
    """The reference data with which sources are read here: those of `reading_with`, else all that
    this process knows."""
    return _READING.get() or lexicon()


def for_each_lexicon(make: Callable[P, T]) -> Callable[P, T]:
    """Remember what a function makes of `at_hand()` and its arguments, for each reference data apart."""
    made: dict[int, tuple[Lexicon, dict[object, T]]] = {}

    @wraps(make)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
        data = at_hand()
        if id(data) not in made:
            while len(made) >= _REMEMBERED:
                del made[next(iter(made))]
            made[id(data)] = (data, {})
        values = made[id(data)][1]
        key = (args, tuple(sorted(kwargs.items())))
        if key not in values:
            values[key] = make(*args, **kwargs)
        return values[key]

    return remembered


_ADDED: list[Lexicon] = []


def extend_this_process(added: Lexicon) -> None:
    """Have `lexicon()` give more than what is shipped: for a process that reads texts with it.

    Raises:
        RuntimeError: what is shipped was read already, and indexes may have been made of it.
    """
    if lexicon.cache_info().currsize:
        raise RuntimeError("the reference data are extended before they are read, or not at all")
    _ADDED.append(added)


@cache
def lexicon() -> Lexicon:
    """The reference data with which this process reads: as shipped, unless it was extended."""
    found = shipped()
    for added in _ADDED:
        found = extended(found, added)
    return found
