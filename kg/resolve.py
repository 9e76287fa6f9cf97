"""Who a mention means: state, office and date first, the name second, and no guessing.

A name alone decides wrongly (father and son, two presidents of one family, one surname in two
offices), so the tenures of the reference data are asked first. What they cannot settle gets an
identity of its own, built from state and name, that every other report can share. The rules are
written out in docs/merging.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from kg import ids
from kg.candidates import Candidate, Offices, Parties, follows, holds
from kg.dates import When
from kg.letters import is_cyrillic
from kg.model import Participant
from kg.resolved import Basis, Reason, Resolved, known, own
from kg.spelling import Fit, name_tokens
from kg.unusual_names import UnusualNames
from ontology.lexicon import Lexicon

__all__ = ["Basis", "Reason", "Resolved", "Resolver", "holds", "name_tokens"]

_ELECT = re.compile(r"[\s-]*\b(?:elect|designate)\b", re.IGNORECASE)
_PERSON = ids.entity("person", "")
# What somebody may be after having been a leader, without saying so.
_LATER = (None, "envoy", "religious", "royal")
# Somebody told by full name is a leader to be for so long, and no later namesake.
_YEARS_BEFORE = 20
# After so many years out of office, the holder of the written post with a like name is meant.
_YEARS_AFTER = 3
_NAMED = list[tuple[Candidate, Fit]]


class Resolver:
    """Resolves participants against one set of reference data; the same input, the same answer."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._offices = Offices(lexicon)
        self._parties = Parties(lexicon)
        self._unusual = UnusualNames(lexicon, self._offices, self._parties)
        self._memo: dict[tuple[str | None, str | None, str | None, str], Resolved] = {}

    def office_kind(self, office: str | None) -> str | None:
        """Kind of an office as written, e.g. "head-of-state"; None where it is not known."""
        return self._offices.kind(office)

    def label(self, iri: str) -> str | None:
        """Preferred name of a person of the reference data; None for anybody else."""
        person = self.lexicon.persons.get(iri.removeprefix(_PERSON))
        return person.label if person and iri.startswith(_PERSON) else None

    def resolve(self, participant: Participant, when: When | None) -> Resolved:
        """Identity of a participant of a meeting on `when`."""
        p = participant
        key = (p.name, p.office, p.state, when.edtf if when else "")
        if key not in self._memo:
            self._memo[key] = self._resolve(p, when)
        return self._memo[key]

    def _resolve(self, p: Participant, when: When | None) -> Resolved:
        tokens = name_tokens(p.name or "")
        if p.name is None or not tokens:
            return self._by_post(p, when)
        found = (
            self._by_name(p, tokens, when)
            or self._by_sound(p, tokens, when)
            or self._unusual.find(p, tokens, when)
        )
        return found or own(p.name, p.state, words=len(tokens))

    def _by_post(self, p: Participant, when: When | None) -> Resolved:
        """Nobody is named: the one holder of the post on that day, if the office says which."""
        kind = self.office_kind(p.office)
        if when is None or not when.is_day or not p.state or not self._offices.has_post(kind):
            return own(None, None)
        holder = self._unusual.sole_holder(p.state, p.office, when, titled=True)
        return known(holder.person, "post") if holder else own(None, None)

    def _by_name(
        self, p: Participant, tokens: tuple[str, ...], when: When | None
    ) -> Resolved | None:
        fits = self._parties.of(p.state).fitting(tokens)
        full = [c for c, fit in fits if fit is Fit.FULL]
        if when is None:
            only = full if full or len(tokens) > 1 or p.state is None else [c for c, _ in fits]
            return known(only[0].person, "only") if len(only) == 1 else None
        in_office = [(c, fit) for c, fit in fits if c.in_office(when)]
        elect = self._elect(p, fits, when)
        if p.state is None:  # a name without a party: only beyond doubt
            named = [c for c, fit in in_office if fit is Fit.FULL and len(tokens) > 1]
            holder = named[0] if len(named) == 1 == len(full) else None
        else:
            holder = self._holder(in_office, p.office, tokens, when, bool(full))
        if holder:
            return known(holder.person, "holder", less=self._doubt(holder, p.office, tokens, when))
        if elect:
            return known(elect.person, "elect")
        return None if p.state is None else self._out_of_office(p, full, fits, tokens, when)

    def _doubt(
        self, holder: Candidate, office: str | None, tokens: tuple[str, ...], when: When
    ) -> float:
        """What the name, the office and the days leave to be desired."""
        less = 0.02 * (Fit.FULL - holder.spellings.fit(tokens))
        if self.office_kind(office) is None:
            less += 0.02
        elif not self._agrees(holder, office, when):
            less += 0.1
        return less if holder.in_office(when, timedelta(0)) else less + 0.05

    def _agrees(self, c: Candidate, office: str | None, when: When) -> bool:
        """True if a post held about then is what the written office says."""
        return any(self._offices.is_called(t, office) for t in c.held_about(when))

    def _elect(self, p: Participant, fits: _NAMED, when: When) -> Candidate | None:
        """Who is called elect of an office that they take up within a year."""
        office = _ELECT.sub("", p.office or "").strip()
        if office == (p.office or "").strip():
            return None
        called = self._offices.is_called
        found = [
            c for c, _ in fits if any(follows(t, when) and called(t, office) for t in c.tenures)
        ]
        return found[0] if len(found) == 1 else None

    def _out_of_office(
        self,
        p: Participant,
        full: list[Candidate],
        fits: _NAMED,
        tokens: tuple[str, ...],
        when: When,
    ) -> Resolved | None:
        """Somebody who was in office, or is to be, and whom nobody in office is likelier to be."""
        former = _former(full or _respelt(fits, tokens), fits, tokens, when)
        if former is None and len(tokens) == 1 and self.office_kind(p.office) in _LATER:
            former = _only_one_ever(fits, when)
        if former is None:
            return None
        away = former.years_from_office(when)
        holder = self._unusual.namesake(p, tokens, when) if away > _YEARS_AFTER else None
        if holder:
            return known(holder.person, "spelling")
        if away > _YEARS_BEFORE and not former.was_in_office(when):
            return None
        return known(former.person, "former", less=0.0 if former in full else 0.1)

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
            for c in self._parties.of(p.state).all
            if c.in_office(when) and c.spellings.sounds_like(tokens)
        ]
        if len(found) > 1 and kind is not None:
            found = [c for c in found if self._agrees(c, p.office, when)]
        return known(found[0].person, "sound") if len(found) == 1 else None

    def _holder(
        self,
        in_office: _NAMED,
        office: str | None,
        tokens: tuple[str, ...],
        when: When,
        known_in_full: bool,
    ) -> Candidate | None:
        """The one person in office about then whom the name can mean."""
        kind = self.office_kind(office)
        if not any(fit is Fit.FULL for _, fit in in_office):
            if known_in_full:  # a known name that fits somebody else in office only in part
                in_office = [(c, fit) for c, fit in in_office if c.spellings.within(tokens)]
            if len(tokens) == 1 and kind is not None and not self._offices.has_post(kind):
                # A minister may bear the president's surname.
                in_office = [(c, f) for c, f in in_office if self._agrees(c, office, when)]
        best = max((fit for _, fit in in_office), default=Fit.NONE)
        rules: tuple[Callable[[Candidate, Fit], bool], ...] = (
            lambda _, fit: best is not Fit.FULL or fit is Fit.FULL,
            lambda c, _: kind is None or self._agrees(c, office, when),
            lambda c, _: c.in_office(when, timedelta(0)),
            lambda _, fit: fit is best,
        )
        return _narrowed(in_office, rules)


def _narrowed(
    candidates: Sequence[tuple[Candidate, Fit]],
    rules: Iterable[Callable[[Candidate, Fit], bool]],
) -> Candidate | None:
    """The one candidate left when the rules are applied one by one; a rule that none meets is
    passed over. None if several are left."""
    left = list(candidates)
    for rule in rules:
        if len(left) > 1:
            left = [(c, fit) for c, fit in left if rule(c, fit)] or left
    return left[0][0] if len(left) == 1 else None


def _respelt(fits: _NAMED, tokens: tuple[str, ...]) -> list[Candidate]:
    """Who is named in full, in a spelling that nobody noted down."""
    return [c for c, _ in fits if c.spellings.respelt(tokens)]


def _former(
    full: list[Candidate], fits: _NAMED, tokens: tuple[str, ...], when: When
) -> Candidate | None:
    """Somebody out of office who is named in full; not one whose time was yet to come, if the
    name fits somebody whose time was over."""
    past = [c for c in full if c.was_in_office(when)]
    if len(past) == 1 or len(full) > 1:
        return past[0] if len(past) == 1 else None
    elder = [c for c, _ in fits if c.was_in_office(when) and c.spellings.within(tokens)]
    if full and len(tokens) > 1 and len(elder) == 1:
        return elder[0]
    return full[0] if full else None


def _only_one_ever(fits: _NAMED, when: When) -> Candidate | None:
    """The one person of a state whom a surname can mean, if their time in office was over."""
    if len(fits) != 1 or fits[0][1] is Fit.NONE:
        return None
    candidate = fits[0][0]
    return candidate if candidate.was_in_office(when) else None
