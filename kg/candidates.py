"""The people of the reference data among whom a mention is looked for: by party and by day.

What holds of them on a day follows from their tenures alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from kg.dates import When
from kg.errors import DateError
from kg.ids import fold
from kg.spelling import Fit, Spellings
from ontology.lexicon import Lexicon, Person, Tenure

# A readout is often published while the handover is under way, and tenures are known to the month
# at times: a person found this far outside the tenure is still taken for its holder.
SLACK = timedelta(days=45)
_UNTIL_OFFICE = timedelta(days=365)
_POSTS_OF_KIND = {
    "head-of-state": ("HOS", "HOS+HOG"),
    "head-of-government": ("HOG", "HOS+HOG"),
    "foreign-minister": ("FM",),
    "royal": ("HOS", "HOS+HOG"),
    "organization-head": ("HEAD",),
}
# At the head of an organization stands a president as often as a secretary-general.
_HEADS = ("HEAD",)
# The kind of offices that have nothing in common.
_ANY_OTHER = "other"


def bounds(tenure: Tenure) -> tuple[date, date]:
    """First and last day of a tenure, as far as they are known; the end of an open one is far."""
    return _bounds(tenure.from_, tenure.until)


@cache
def _bounds(first: str, until: str | None) -> tuple[date, date]:
    return _day(first, date.min, last=False), _day(until, date.max, last=True)


def _day(text: str | None, default: date, *, last: bool) -> date:
    if not text:
        return default
    try:
        when = When.parse(text)
    except DateError:
        return default
    return when.last if last else when.first


def holds(tenure: Tenure, when: When, slack: timedelta = timedelta(0)) -> bool:
    """True if the tenure covers a day of `when`, give or take `slack`."""
    first, last = bounds(tenure)
    early = first - slack if first > date.min + slack else first
    late = last + slack if last < date.max - slack else last
    return early <= when.last and when.first <= late


def follows(tenure: Tenure, when: When) -> bool:
    """True if the tenure begins within the year after `when`."""
    return when.first <= bounds(tenure)[0] <= when.last + _UNTIL_OFFICE


@lru_cache(maxsize=8192)
def _lesser_kind(office: str) -> str | None:
    """Kind of an office below a government's head that no list has: "Deputy Minister for Trade".

    Its holder is not the leader of that surname. What may be a leader's own title stays unknown.
    """
    if _MAY_LEAD.search(office):
        return None
    return next((kind for words, kind in _LESSER if words.search(office)), None)


_MAY_LEAD = re.compile(
    r"\b(?:prime|premier|first minister|chief minister|minister[- ]president|president|chancellor|foreign|external|"
    r"secretary[- ]general|general secretary|first secretary)\b"
)
_LESSER = (
    (re.compile(r"\b(?:deputy|vice|assistant|under|junior|parliamentary)\b.*\b(?:minister|secretary)\b"), "deputy-minister"),
    (re.compile(r"\bministers? of state\b|\bstate secretary\b"), "deputy-minister"),
    (re.compile(r"\bminister\b"), "minister"),
)  # fmt: skip


class Offices:
    """What offices as written say of the posts of the reference data."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._organizations = lexicon.organizations
        self._kinds: Mapping[str, str] = {
            fold(name): office.kind
            for office in lexicon.offices.values()
            for name in (office.label, *office.names, *office.ru)
        }

    def kind(self, office: str | None) -> str | None:
        """Kind of an office as written, e.g. "head-of-state"; None where it is not known."""
        if not office:
            return None
        plain = fold(office)
        return self._kinds.get(plain) or _lesser_kind(plain)

    def has_post(self, kind: str | None) -> bool:
        """True for a kind whose holders the reference data list by name."""
        return kind in _POSTS_OF_KIND

    def is_post(self, tenure: Tenure, kind: str | None) -> bool:
        """True if a tenure is of a post of that kind."""
        posts = _POSTS_OF_KIND.get(kind or "", ())
        if posts and tenure.state in self._organizations:
            posts = (*posts, *_HEADS)
        return tenure.post in posts

    def is_called(self, tenure: Tenure, office: str | None) -> bool:
        """True if the office is that post, or a part that its title begins with: a "Chairman" may
        be the Chairman of the Supreme Soviet, a First Secretary a party's General Secretary."""
        kind, written, title = self.kind(office), fold(office or ""), fold(tenure.title)
        if self.is_post(tenure, kind) or f"{title} ".startswith(f"{written} "):
            return True
        if kind is None or kind == _ANY_OTHER:
            return self.kind(tenure.title) == kind
        return kind in (self.kind(tenure.title), self.kind(title.split(" of ")[0]))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known person with the posts held for one state or those it followed or was followed by."""

    person: Person
    spellings: Spellings
    tenures: tuple[Tenure, ...]

    def in_office(self, when: When, slack: timedelta = SLACK) -> bool:
        """True if some post was held on a day of `when`, give or take `slack`."""
        return any(holds(t, when, slack) for t in self.tenures)

    def held_about(self, when: When) -> Iterator[Tenure]:
        """The tenures that cover a day of `when`, with the grace around a handover."""
        return (t for t in self.tenures if holds(t, when, SLACK))

    def was_in_office(self, when: When) -> bool:
        """True if the first post had been taken up by then."""
        return any(bounds(t)[0] <= when.last for t in self.tenures)

    def years_from_office(self, when: When) -> int:
        """Whole years between `when` and the nearest tenure."""
        return min(_days_between(t, when) for t in self.tenures) // 365


def _days_between(tenure: Tenure, when: When) -> int:
    first, last = bounds(tenure)
    return max((first - when.last).days, (when.first - last).days, 0)


@lru_cache(maxsize=16384)
def _spellings(person: Person) -> Spellings:
    return Spellings.of(person)


class People:
    """The candidates of one party, found by any word of their names."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.all = tuple(candidates)
        self._by_word: dict[str, list[Candidate]] = {}
        for candidate in self.all:
            for word in sorted(candidate.spellings.words):
                self._by_word.setdefault(word, []).append(candidate)

    def fitting(self, tokens: tuple[str, ...]) -> list[tuple[Candidate, Fit]]:
        """Who may be meant by a name, with how well it fits, in a fixed order."""
        found = {c.person.slug: c for t in tokens for c in self._by_word.get(t, ())}
        fits = [(found[slug], found[slug].spellings.fit(tokens)) for slug in sorted(found)]
        return [(c, fit) for c, fit in fits if fit]


class Parties:
    """The people of each party; those of predecessor and successor states are one party's."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._tenures: dict[str, dict[str, list[Tenure]]] = {}
        for tenure in lexicon.tenures:
            self._tenures.setdefault(tenure.state, {}).setdefault(tenure.person, []).append(tenure)
        self._people: dict[tuple[str, ...], People] = {}

    def of(self, code: str | None) -> People:
        """The people of one party; of all parties where none is given."""
        if code is None:
            return self._made(tuple(self._tenures))
        known = self._lexicon.states.get(code)
        line = (code, *known.predecessors, *known.successors) if known else (code,)
        return self._made(tuple(dict.fromkeys(line)))

    def of_organizations(self) -> People:
        """The people of all organizations."""
        return self._made(tuple(c for c in self._tenures if c in self._lexicon.organizations))

    def _made(self, codes: tuple[str, ...]) -> People:
        if codes not in self._people:
            self._people[codes] = People(self._candidates(codes))
        return self._people[codes]

    def _candidates(self, codes: tuple[str, ...]) -> list[Candidate]:
        held: dict[str, list[Tenure]] = {}
        for code in codes:
            for slug, tenures in self._tenures.get(code, {}).items():
                held.setdefault(slug, []).extend(tenures)
        persons = self._lexicon.persons
        return [Candidate(persons[s], _spellings(persons[s]), tuple(held[s])) for s in sorted(held)]
