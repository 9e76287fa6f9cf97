"""Asks the reference data who held which office on a day, by name or by office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from kg.ids import fold
from loaders.extraction.office_kinds import is_reigning
from ontology.lexicon import Tenure, lexicon

_POSTS = {
    "head-of-state": ("HOS", "HOS+HOG"), "head-of-government": ("HOG", "HOS+HOG"), "foreign-minister": ("FM",),
    "organization-head": ("HEAD",), "royal": ("HOS", "OTHER"),
}  # fmt: skip
_DROPPED = frozenset(
    [
        "al",
        "el",
        "bin",
        "ibn",
        "bint",
        "von",
        "van",
        "der",
        "den",
        "de",
        "da",
        "do",
        "dos",
        "del",
        "di",
        "la",
        "le",
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "mr",
    ]
)


# What follows them is the father's name: "Khalid bin Salman" is not Salman.
_PATRONYMIC = frozenset({"bin", "ibn", "bint", "ould", "mint"})


@dataclass(frozen=True, slots=True)
class Holder:
    """A person of the reference data in office on the day asked for."""

    name: str
    state: str
    title: str
    post: str


@lru_cache(maxsize=8192)
def name_tokens(name: str) -> tuple[str, ...]:
    """Folded parts of a name that tell people apart: no particles, initials or marks."""
    parts = fold(name).replace("-", " ").replace("'", "").replace(".", " ").split()
    kept = [p.strip('“”"(),’‘') for p in parts]
    return tuple(p for p in kept if len(p) > 1 and p not in _DROPPED) or tuple(p for p in kept if p)


@cache
def _by_part() -> dict[str, tuple[tuple[frozenset[str], str], ...]]:
    """Each part of each spelling of a name, to (all parts, person)."""
    index: dict[str, set[tuple[frozenset[str], str]]] = {}
    for slug, person in lexicon().persons.items():
        for name in (person.label, *person.names, *person.short):
            parts = frozenset(name_tokens(name))
            for part in parts:
                index.setdefault(part, set()).add((parts, slug))
    return {k: tuple(sorted(v, key=lambda x: (x[1], sorted(x[0])))) for k, v in index.items()}


@cache
def _tenures() -> dict[str, tuple[Tenure, ...]]:
    index: dict[str, list[Tenure]] = {}
    for tenure in lexicon().tenures:
        index.setdefault(tenure.person, []).append(tenure)
    return {k: tuple(v) for k, v in index.items()}


@cache
def _posts() -> dict[tuple[str, str], tuple[Tenure, ...]]:
    index: dict[tuple[str, str], list[Tenure]] = {}
    for tenure in lexicon().tenures:
        index.setdefault((tenure.state, tenure.post), []).append(tenure)
    return {k: tuple(v) for k, v in index.items()}


def _in_office(tenure: Tenure, day: date | None) -> bool:
    """True if the tenure may cover the day; a missing day is answered by the open tenures."""
    if day is None:
        return tenure.until is None
    iso = day.isoformat()
    return tenure.from_ <= iso and (
        tenure.until is None or iso[: len(tenure.until)] <= tenure.until
    )


def _ever(tenures: Iterable[Tenure], day: date | None) -> list[Tenure]:
    current = [t for t in tenures if _in_office(t, day)]
    # A monarch of several states is named for the one whose crown it is.
    return sorted(
        current, key=lambda t: (t.status != "shared", t.from_, t.state, t.post), reverse=True
    )


def holder_named(name: str, day: date | None) -> Holder | None:
    """The one person in office on the day whose name this is; None if none or several."""
    people = _people(name)
    found: dict[str, Holder] = {}
    for slug in sorted(people):
        held = _ever(_tenures().get(slug, ()), day)
        for tenure in sorted(held, key=lambda t: t.state not in lexicon().states)[:1]:
            label = lexicon().persons[slug].label
            found[slug] = Holder(label, tenure.state, tenure.title, tenure.post)
    return next(iter(found.values())) if len(found) == 1 else None


def _people(name: str) -> set[str]:
    """The persons whose name this may be."""
    parts = name_tokens(name)
    given = frozenset(parts)
    of_father = not _PATRONYMIC.isdisjoint(name.lower().split())
    return {
        slug
        for full, slug in _by_part().get(parts[-1] if parts else "", ())
        if _same(given, full, len(parts)) and (parts[0] in full or not of_father)
    }


def held_before(name: str, day: date) -> tuple[Holder, ...]:
    """What the one person of this full name held before the day; nothing for a bare surname or several."""
    people = _people(name) if len(name_tokens(name)) > 1 else set()
    people = _spelled_so(people, name) if len(people) > 1 else people
    if len(people) != 1:
        return ()
    (slug,) = people
    label, iso = lexicon().persons[slug].label, day.isoformat()
    ended = (t for t in _tenures().get(slug, ()) if t.until is not None and t.until < iso)
    return tuple(Holder(label, t.state, t.title, t.post) for t in ended)


def _spelled_so(people: set[str], name: str) -> set[str]:
    """Those of several namesakes who are spelled just so: "Kim Il Sung" is no "Sung Kim"."""
    folded = fold(name)
    known = lexicon().persons
    return {
        p
        for p in people
        if any(fold(n) == folded for n in (known[p].label, *known[p].names, *known[p].short))
    }


def state_once_led(name: str, day: date | None) -> str | None:
    """The one state in whose name somebody of this full name once held office; None if none or several."""
    states = {h.state for h in held_before(name, day)} if day is not None else set()
    return states.pop() if len(states) == 1 else None


def _same(given: frozenset[str], full: frozenset[str], count: int) -> bool:
    """One name must hold all parts of the other; a single part counts only as a known short form."""
    if count == 1:
        return given <= full
    return given <= full or (full <= given and len(full) > 1)


def holder_of(state: str, kind: str, day: date | None) -> Holder | None:
    """Who held the office of this kind in the state on the day, if exactly one did."""
    if day is None:
        return None
    found: dict[str, Holder] = {}
    for post in _POSTS.get(kind, ()):
        for tenure in _ever(_posts().get((state, post), ()), day):
            label = (
                lexicon().persons[tenure.person].label if tenure.person in lexicon().persons else ""
            )
            found.setdefault(tenure.person, Holder(label, state, tenure.title, tenure.post))
    return next(iter(found.values())) if len(found) == 1 else None


def is_republic(state: str, day: date | None) -> bool:
    """True if the state's head on the day bore no ruler's title."""
    head = holder_of(state, "head-of-state", day)
    return head is not None and not is_reigning(head.title)


def left_long_ago(name: str, state: str, kind: str, day: date) -> bool:
    """True if all whom a name may mean left the office of this kind over a year before a day."""
    parts = name_tokens(name)
    posts = _POSTS.get(kind, ())
    if len(parts) < 2 or not posts:
        return False
    given = frozenset(parts)
    limit = f"{day.year - 1}{day.isoformat()[4:]}"
    people = {p for full, p in _by_part().get(parts[-1], ()) if _same(given, full, len(parts))}
    held = [t for p in people for t in _tenures().get(p, ()) if t.state == state]
    ended = [t for t in held if t.post in posts]
    return bool(ended) and all(t.until is not None and t.until < limit for t in held)
