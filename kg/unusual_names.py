"""Who is meant where the name fits nobody in office: misspelt, cut, out of place, out of time.

The office decides here, never the name alone: the post must have one holder on that day, or there
must be one person whom the office and the name together can mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from kg.candidates import Candidate, Offices, Parties, bounds, holds
from kg.dates import When
from kg.ids import fold
from kg.model import Participant
from kg.resolved import Resolved, known
from kg.spelling import Fit
from ontology.lexicon import Lexicon, Tenure

_FORMER: Final = re.compile(r"\A(?:the )?(?:former|ex|late)[\s-]+", re.IGNORECASE)
# For so long a leader keeps the title in what is told of them.
_KEEPS_TITLE: Final = timedelta(days=3653)
_NO_TIME: Final = timedelta(0)


def shorn_of_former(office: str) -> tuple[str, bool]:
    """An office without "former", and whether it said so."""
    bare = _FORMER.sub("", office)
    return bare, bare != office


class UnusualNames:
    """The rules that are tried last."""

    def __init__(self, lexicon: Lexicon, offices: Offices, parties: Parties) -> None:
        self._organizations = lexicon.organizations
        self._offices, self._parties = offices, parties

    def find(self, p: Participant, tokens: tuple[str, ...], when: When | None) -> Resolved | None:
        """The one person whom a name can mean; None if that is not clear."""
        if when is None:
            return None
        return (
            self._misspelt(p, tokens, when)
            or self._by_word(p, tokens, when)
            or self._elsewhere(p, tokens, when)
            or self._once_in_office(p, tokens, when)
        )

    def sole_holder(
        self, state: str, office: str | None, when: When, *, titled: bool = False
    ) -> Candidate | None:
        """The one holder of a post on those days; with `titled` only under an office of its kind."""
        kind = self._offices.kind(office)

        def is_it(t: Tenure) -> bool:
            return (
                t.state == state
                and t.status != "elect"
                and holds(t, when)
                and self._offices.is_post(t, kind)
                and (not titled or self._offices.kind(t.title) == kind)
            )

        return _sole(c for c in self._parties.of(state).all if any(map(is_it, c.tenures)))

    def namesake(self, p: Participant, tokens: tuple[str, ...], when: When) -> Candidate | None:
        """The one holder of the written post, if the name is like theirs or has two of its words."""
        holder = self._holder(p, when)
        if holder is None:
            return None
        shared = holder.spellings.words & set(tokens)
        return holder if len(shared) > 1 or holder.spellings.nearly(tokens) else None

    def _holder(self, p: Participant, when: When) -> Candidate | None:
        if p.state is None or not self._offices.has_post(self._offices.kind(p.office)):
            return None
        return self.sole_holder(p.state, p.office, when)

    def _misspelt(self, p: Participant, tokens: tuple[str, ...], when: When) -> Resolved | None:
        """The one holder of the written post on those days, if the name is nearly theirs."""
        if any(fit is Fit.FULL for _, fit in self._parties.of(p.state).fitting(tokens)):
            return None
        holder = self._holder(p, when)
        nearly = holder is not None and holder.spellings.nearly(tokens)
        return known(holder.person, "spelling") if holder and nearly else None

    def _by_word(self, p: Participant, tokens: tuple[str, ...], when: When) -> Resolved | None:
        """The one holder of whose name a single word is told: "Prince Mohammed", "President Tran"."""
        if p.state is None or not p.office:
            return None
        titled = self._titled(p.state, p.office, when) or self._holder(p, when)
        found = titled if titled and titled.spellings.has_word(tokens) else None
        return known(found.person, "word") if found else None

    def _titled(self, state: str, office: str, when: When) -> Candidate | None:
        """The one person whose title begins with the office as written."""
        written = f"{fold(office)} "
        return _sole(
            c
            for c in self._parties.of(state).all
            if any(f"{fold(t.title)} ".startswith(written) and holds(t, when) for t in c.tenures)
        )

    def _once_in_office(
        self, p: Participant, tokens: tuple[str, ...], when: When
    ) -> Resolved | None:
        """Who held the written post before: a leader is called by the title for years, and by
        "former" always. The head of an organization is also told for where they were met."""
        office, former = shorn_of_former(p.office or "")
        kind = self._offices.kind(office)
        of_all = kind == "organization-head" and p.state not in self._organizations
        if not self._offices.has_post(kind) or (p.state is None and not of_all):
            return None
        people = self._parties.of_organizations() if of_all else self._parties.of(p.state)

        def left(t: Tenure) -> bool:
            last = bounds(t)[1]
            return last < when.first and (former or when.first - last < _KEEPS_TITLE)

        fits = [c for c, _ in people.fitting(tokens)]
        posts = {c: [t for t in c.tenures if self._offices.is_post(t, kind)] for c in fits}
        now = _sole(c for c in fits if any(holds(t, when) for t in posts[c])) if of_all else None
        if now and not former:
            return known(now.person, "elsewhere", less=0.1)
        once = _sole(c for c in fits if any(map(left, posts[c])))
        return known(once.person, "former", less=0.1) if once else None

    def _elsewhere(self, p: Participant, tokens: tuple[str, ...], when: When) -> Resolved | None:
        """Somebody in office whom a report puts under an organization, or whose office is one's."""
        if len(tokens) < 2 or p.state is None:
            return None
        full = [c for c, fit in self._parties.of(None).fitting(tokens) if fit is Fit.FULL]
        if len(full) != 1:
            return None
        held = [t for t in full[0].tenures if holds(t, when, _NO_TIME)]
        fits = p.state in self._organizations or any(t.state in self._organizations for t in held)
        return known(full[0].person, "elsewhere") if held and fits else None


def _sole(candidates: Iterable[Candidate]) -> Candidate | None:
    found = list(candidates)
    return found[0] if len(found) == 1 else None
