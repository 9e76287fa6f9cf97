"""Those spoken of together, pair by pair: whom "the two ministers" and "the presidents" of a later sentence mean.

The pair told last is meant, unless its offices do not fit the noun and those of a pair told before it do.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from loaders.extraction.cast import Ref
from loaders.extraction.office_kinds import kind_of

Told = tuple[Ref, ...]

_KEPT = 4  # pairs remembered: more lie too far back to be meant

# "the presidents": the heads of two states, though two others were spoken of.
_OF_OFFICE = re.compile(r"\b(president|prime minister|premier|foreign minister|minister|leader)s\b")
_UNSAID = frozenset({"other", "royal", "organization-head", "party"})
_LEADERS = frozenset({"head-of-state", "head-of-government", "royal", "organization-head"})
_LESSER = frozenset({"foreign-minister", "minister", "envoy"})


def noted(told: tuple[Told, ...], refs: Told) -> tuple[Told, ...]:
    """The pairs told of with one more at their end."""
    return (*told[1 - _KEPT :], refs)


def office_of(words: str) -> str | None:
    """The office that a plural names: "Prime Minister" of "the two premiers", "Leader" of "both leaders"."""
    found = _OF_OFFICE.search(words)
    return found[1].replace("premier", "prime minister").title() if found is not None else None


def holds(ref: Ref, office: str) -> bool:
    """True if somebody has the office that a plural names."""
    kind = kind_of(ref.office or "")
    if office == "Leader":
        return kind in _LEADERS
    return kind == kind_of(office) or (office == "Minister" and kind.endswith("minister"))


def of_unsaid_office(told: Told) -> bool:
    """True if some office is of no kind that a plural could confirm or deny."""
    return any(kind_of(r.office or "") in _UNSAID for r in told)


def told_before(told: tuple[Told, ...], office: str, are_two: Callable[[Told], bool]) -> Told:
    """The latest earlier pair of two states that has the office, where the last pair has not; of leaders neither may."""
    if not told:
        return ()
    last = [holds(r, office) for r in told[-1]]
    if all(last) or (office == "Leader" and any(last)):
        return ()
    if office == "Leader" and not all(kind_of(r.office or "") in _LESSER for r in told[-1]):
        return ()
    fitting = (p for p in reversed(told[:-1]) if are_two(p) and all(holds(r, office) for r in p))
    return next(fitting, ())
