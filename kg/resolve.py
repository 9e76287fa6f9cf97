"""Who a mention means: state, office and date first, the name second, and no guessing.

A name alone decides wrongly (father and son, two presidents of one family, one surname in two
offices), so the tenures of the reference data are asked first. What they cannot settle gets an
identity of its own, built from state and name, that every other report can share. The rules are
written out in docs/merging.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from kg import ids
from kg.dates import When
from kg.errors import DateError
from kg.ids import fold
from kg.letters import is_cyrillic
from kg.model import Participant
from kg.spelling import Fit, Spellings, name_tokens
from ontology.lexicon import Lexicon, Person, Tenure

__all__ = ["Basis", "Resolved", "Resolver", "holds", "name_tokens"]

Basis = Literal["tenure", "name", "own", "judgement"]

# A readout is often published while the handover is under way, and tenures are known to the month
# at times: a person found this far outside the tenure is still taken for its holder.
_SLACK = timedelta(days=45)
_POSTS_OF_KIND = {
    "head-of-state": ("HOS", "HOS+HOG"),
    "head-of-government": ("HOG", "HOS+HOG"),
    "foreign-minister": ("FM",),
    "royal": ("HOS", "HOS+HOG"),
    "organization-head": ("HEAD",),
}
# The kind of offices that have nothing in common.
_ANY_OTHER = "other"
_ELECT = re.compile(r"[\s-]*\b(?:elect|designate)\b", re.IGNORECASE)
_UNTIL_OFFICE = timedelta(days=365)
_PERSON = ids.entity("person", "")
# What somebody may be after having been a leader, without saying so.
_LATER = (None, "envoy", "religious", "royal")
# At the head of an organization stands a president as often as a secretary-general.
_HEADS = ("HEAD",)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A participant's identity.

    Attributes:
        iri: of the person; None for a party with nobody named.
        label: preferred name; for an identity of its own, the name as this report writes it.
        basis: "tenure" (post and date), "name" (name of one known person), "own", or "judgement" (a
            person decided).
        known: whether the reference data know the person.
    """

    iri: str | None
    label: str | None
    basis: Basis
    known: bool


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
    first, last = _bounds(tenure.from_, tenure.until)
    early = first - slack if first > date.min + slack else first
    late = last + slack if last < date.max - slack else last
    return early <= when.last and when.first <= late


def _follows(tenure: Tenure, when: When) -> bool:
    """True if the tenure begins within the year after `when`."""
    first = _bounds(tenure.from_, tenure.until)[0]
    return when.first <= first <= when.last + _UNTIL_OFFICE


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A known person with the posts held for one state or those it followed or was followed by."""

    person: Person
    spellings: Spellings
    tenures: tuple[Tenure, ...]

    def in_office(self, when: When, slack: timedelta = _SLACK) -> bool:
        return any(holds(t, when, slack) for t in self.tenures)

    def was_in_office(self, when: When) -> bool:
        return any(_bounds(t.from_, t.until)[0] <= when.last for t in self.tenures)


class _People:
    """The candidates of one party, found by any word of their names."""

    def __init__(self, candidates: Iterable[_Candidate]) -> None:
        self.all = tuple(candidates)
        self._by_word: dict[str, list[_Candidate]] = {}
        for candidate in self.all:
            for word in sorted(candidate.spellings.words):
                self._by_word.setdefault(word, []).append(candidate)

    def fitting(self, tokens: tuple[str, ...]) -> list[tuple[_Candidate, Fit]]:
        """Who may be meant by a name, with how well it fits, in a fixed order."""
        found = {c.person.slug: c for t in tokens for c in self._by_word.get(t, ())}
        fits = [(found[slug], found[slug].spellings.fit(tokens)) for slug in sorted(found)]
        return [(c, fit) for c, fit in fits if fit]


class Resolver:
    """Resolves participants against one set of reference data; the same input, the same answer."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = self._lexicon = lexicon
        self._tenures: dict[str, dict[str, list[Tenure]]] = {}
        for tenure in lexicon.tenures:
            self._tenures.setdefault(tenure.state, {}).setdefault(tenure.person, []).append(tenure)
        self._kinds = _office_kinds(lexicon)
        self._people: dict[str | None, _People] = {}
        self._memo: dict[tuple[str | None, str | None, str | None, str], Resolved] = {}

    def office_kind(self, office: str | None) -> str | None:
        """Kind of an office as written, e.g. "head-of-state"; None where it is not known."""
        if not office:
            return None
        return self._kinds.get(fold(office))

    def label(self, iri: str) -> str | None:
        """Preferred name of a person of the reference data; None for anybody else."""
        person = self._lexicon.persons.get(iri.removeprefix(_PERSON))
        return person.label if person and iri.startswith(_PERSON) else None

    def resolve(self, participant: Participant, when: When | None) -> Resolved:
        """Identity of a participant of a meeting on `when`."""
        p = participant
        key = (p.name, p.office, p.state, when.edtf if when else "")
        if key not in self._memo:
            self._memo[key] = self._resolve(p, when)
        return self._memo[key]

    def _resolve(self, p: Participant, when: When | None) -> Resolved:
        if p.name is None or not name_tokens(p.name):
            return self._by_post(p, when)
        tokens = name_tokens(p.name)
        found = (
            self._by_name(p, tokens, when)
            or self._by_sound(p, tokens, when)
            or self._misspelt(p, tokens, when)
        )
        if found:
            return found
        return Resolved(ids.person(p.name, p.state or "XX"), p.name, "own", False)

    def _by_post(self, p: Participant, when: When | None) -> Resolved:
        """Nobody is named: the one holder of the post on that day, if the office says which."""
        nobody = Resolved(None, None, "own", False)
        kind = self.office_kind(p.office)
        if when is None or not when.is_day or not p.state or kind not in _POSTS_OF_KIND:
            return nobody
        holder = self._sole_holder(p.state, kind, when, titled=True)
        return _known(holder, "tenure") if holder else nobody

    def _sole_holder(
        self, state: str, kind: str, when: When, *, titled: bool = False
    ) -> _Candidate | None:
        """The one holder of a post on those days; with `titled` only under an office of its kind."""
        holders = [
            c
            for c in self._of_party(state).all
            if any(
                t.state == state
                and t.status != "elect"
                and holds(t, when)
                and self._is_post(t, kind)
                and (not titled or self.office_kind(t.title) == kind)
                for t in c.tenures
            )
        ]
        return holders[0] if len(holders) == 1 else None

    def _misspelt(
        self, p: Participant, tokens: tuple[str, ...], when: When | None
    ) -> Resolved | None:
        """The one holder of the written post on those days, if the name is nearly theirs."""
        kind = self.office_kind(p.office)
        if when is None or p.state is None or kind not in _POSTS_OF_KIND:
            return None
        fits = self._of_party(p.state).fitting(tokens)
        holder = self._sole_holder(p.state, kind, when)
        if holder is None or any(fit is Fit.FULL for _, fit in fits):
            return None
        return _known(holder, "tenure") if holder.spellings.nearly(tokens) else None

    def _is_post(self, tenure: Tenure, kind: str | None) -> bool:
        posts = _POSTS_OF_KIND.get(kind or "", ())
        if posts and tenure.state in self._lexicon.organizations:
            posts = (*posts, *_HEADS)
        return tenure.post in posts

    def _agrees(self, c: _Candidate, office: str | None, when: When) -> bool:
        """True if a post held about then is what the written office says."""
        return any(self._is_called(t, office) for t in c.tenures if holds(t, when, _SLACK))

    def _is_called(self, tenure: Tenure, office: str | None) -> bool:
        """True if the office is that post, or a part that its title begins with: a "Chairman" may
        be the Chairman of the Supreme Soviet, a First Secretary a party's General Secretary."""
        kind, written, title = self.office_kind(office), fold(office or ""), fold(tenure.title)
        if self._is_post(tenure, kind) or f"{title} ".startswith(f"{written} "):
            return True
        if kind is None or kind == _ANY_OTHER:
            return self.office_kind(tenure.title) == kind
        return kind in (self.office_kind(tenure.title), self.office_kind(title.split(" of ")[0]))

    def _elect(
        self, p: Participant, fits: list[tuple[_Candidate, Fit]], when: When
    ) -> _Candidate | None:
        """Who is called elect of an office that they take up within a year."""
        office = _ELECT.sub("", p.office or "").strip()
        if office == (p.office or "").strip():
            return None
        found = [
            c
            for c, _ in fits
            if any(_follows(t, when) and self._is_called(t, office) for t in c.tenures)
        ]
        return found[0] if len(found) == 1 else None

    def _by_name(
        self, p: Participant, tokens: tuple[str, ...], when: When | None
    ) -> Resolved | None:
        fits = self._of_party(p.state).fitting(tokens)
        full = [c for c, fit in fits if fit is Fit.FULL]
        if when is None:
            only = full if full or len(tokens) > 1 or p.state is None else [c for c, _ in fits]
            return _known(only[0], "name") if len(only) == 1 else None
        in_office = [(c, fit) for c, fit in fits if c.in_office(when)]
        if p.state is None:  # a name without a party: only beyond doubt
            named = [c for c, fit in in_office if fit is Fit.FULL and len(tokens) > 1]
            return _known(named[0], "tenure") if len(named) == 1 == len(full) else None
        holder = self._holder(in_office, p.office, tokens, when, bool(full))
        holder = holder or self._elect(p, fits, when)
        kind = self.office_kind(p.office)
        if holder:
            return _known(holder, "tenure")
        former = _former(full, fits, tokens, when)
        if former is None and len(tokens) == 1 and kind in _LATER:
            former = _only_one_ever(fits, when)
        return _known(former, "name") if former else None

    def _by_sound(
        self, p: Participant, tokens: tuple[str, ...], when: When | None
    ) -> Resolved | None:
        """A name in Cyrillic whose spelling in it is not known: the one person in office then whose
        Latin spelling sounds like it."""
        if when is None or p.state is None or not is_cyrillic(tokens[-1]):
            return None
        kind = self.office_kind(p.office)
        found = [
            c
            for c in self._of_party(p.state).all
            if c.in_office(when) and c.spellings.sounds_like(tokens)
        ]
        if len(found) > 1 and kind is not None:
            found = [c for c in found if self._agrees(c, p.office, when)]
        return _known(found[0], "name") if len(found) == 1 else None

    def _holder(
        self,
        in_office: list[tuple[_Candidate, Fit]],
        office: str | None,
        tokens: tuple[str, ...],
        when: When,
        known_in_full: bool,
    ) -> _Candidate | None:
        """The one person in office about then whom the name can mean."""
        kind = self.office_kind(office)
        if not any(fit is Fit.FULL for _, fit in in_office):
            if known_in_full:  # a known name that fits somebody else in office only in part
                in_office = [(c, fit) for c, fit in in_office if c.spellings.within(tokens)]
            if len(tokens) == 1 and kind is not None and kind not in _POSTS_OF_KIND:
                # A minister may bear the president's surname.
                in_office = [(c, f) for c, f in in_office if self._agrees(c, office, when)]
        best = max((fit for _, fit in in_office), default=Fit.NONE)
        rules: tuple[Callable[[_Candidate, Fit], bool], ...] = (
            lambda _, fit: best is not Fit.FULL or fit is Fit.FULL,
            lambda c, _: kind is None or self._agrees(c, office, when),
            lambda c, _: c.in_office(when, timedelta(0)),
            lambda _, fit: fit is best,
        )
        return _narrowed(in_office, rules)

    def _of_party(self, state: str | None) -> _People:
        if state not in self._people:
            self._people[state] = _People(self._candidates(state))
        return self._people[state]

    def _candidates(self, state: str | None) -> list[_Candidate]:
        known = self._lexicon.states.get(state or "")
        codes = (state, *known.predecessors, *known.successors) if known else (state,)
        held: dict[str, list[Tenure]] = {}
        for code in self._tenures if state is None else dict.fromkeys(codes):
            for slug, tenures in self._tenures.get(code or "", {}).items():
                held.setdefault(slug, []).extend(tenures)
        persons = self._lexicon.persons
        return [
            _Candidate(persons[s], Spellings.of(persons[s]), tuple(held[s])) for s in sorted(held)
        ]


def _narrowed(
    candidates: Sequence[tuple[_Candidate, Fit]],
    rules: Iterable[Callable[[_Candidate, Fit], bool]],
) -> _Candidate | None:
    """The one candidate left when the rules are applied one by one; a rule that none meets is
    passed over. None if several are left."""
    left = list(candidates)
    for rule in rules:
        if len(left) > 1:
            left = [(c, fit) for c, fit in left if rule(c, fit)] or left
    return left[0][0] if len(left) == 1 else None


def _former(
    full: list[_Candidate],
    fits: list[tuple[_Candidate, Fit]],
    tokens: tuple[str, ...],
    when: When,
) -> _Candidate | None:
    """Somebody out of office who is named in full; not one whose time was yet to come, if the
    name fits somebody whose time was over."""
    past = [c for c in full if c.was_in_office(when)]
    if len(past) == 1 or len(full) > 1:
        return past[0] if len(past) == 1 else None
    elder = [c for c, _ in fits if c.was_in_office(when) and c.spellings.within(tokens)]
    if full and len(tokens) > 1 and len(elder) == 1:
        return elder[0]
    return full[0] if full else None


def _only_one_ever(fits: list[tuple[_Candidate, Fit]], when: When) -> _Candidate | None:
    """The one person of a state whom a surname can mean, if their time in office was over."""
    if len(fits) != 1 or fits[0][1] is Fit.NONE:
        return None
    candidate = fits[0][0]
    return candidate if candidate.was_in_office(when) else None


def _known(candidate: _Candidate, basis: Basis) -> Resolved:
    person = candidate.person
    return Resolved(ids.entity("person", person.slug), person.label, basis, True)


def _office_kinds(lexicon: Lexicon) -> Mapping[str, str]:
    return {
        fold(name): office.kind
        for office in lexicon.offices.values()
        for name in (office.label, *office.names, *office.ru)
    }
