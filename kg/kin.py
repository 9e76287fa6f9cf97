"""Mentions that name other parties and mean the same meeting: under which block each is compared.

A report may leave out a speaker's state, give a person's other post (the chairman of the African
Union who is President of Senegal), or tell of a summit with some of those who took part. Such a
mention is compared under the parties of the fuller one, if

- both know the day, and it is the same day, in the same format and status;
- they come from different reports; and either
- *the same persons*: each of at least two persons of one is a person of the other, and nobody is
  left over; no state is represented in one alone; or
- *some of many*: both tell of more than two parties, all persons of the shorter are named by the
  longer, three at least, with four parties or the same place or gathering, and the longer one has
  at most half as many parties again.

A bilateral and the trilateral of that day, or two bilaterals of one summit, never satisfy this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kg.blocks import block, parties
from kg.merge import Mention, formats_agree, status_group
from kg.resolved import Resolved
from kg.spelling import name_tokens, names_agree

IsOrganization = Callable[[str], bool]
_FEW = 3


def may_be_kin(a: str, b: str, is_organization: IsOrganization) -> bool:
    """True if the keys of two blocks alone do not rule it out; asked before anything is read."""
    one, other = set(a.split("|")), set(b.split("|"))
    if one == other or not one & other:
        return False
    differing = one ^ other
    if any(code.startswith("?") or is_organization(code) for code in differing):
        return True
    return min(len(one), len(other)) >= _FEW and (one < other or other < one)


def home(mention: Mention, others: Iterable[Mention], is_organization: IsOrganization) -> str:
    """Key of the block under which a mention is compared: its own or that of a fuller one.

    Args:
        others: the mentions of that day which share a party with it.
    """
    mine = block(mention.meeting)
    near = [o for o in others if _may_be_one(mention, o)]
    same = {block(o.meeting) for o in near if _same_persons(mention, o, is_organization)}
    fuller = {block(o.meeting) for o in near if _is_some_of(mention, o)}
    best = max({mine} | same | fuller, key=_fullness)
    if all(set(f.split("|")) <= set(best.split("|")) for f in fuller):
        return best
    return max({mine} | same, key=_fullness)


def _fullness(key: str) -> tuple[int, int, list[int]]:
    """Orders blocks: known parties first, then more parties, then the alphabet."""
    codes = key.split("|")
    return -sum(c.startswith("?") for c in codes), len(codes), [-ord(c) for c in key]


def _may_be_one(a: Mention, b: Mention) -> bool:
    when = a.meeting.when
    return (
        a.report != b.report
        and when is not None
        and when.is_day
        and when == b.meeting.when
        and status_group(a) == status_group(b)
        and formats_agree(a.meeting.format, b.meeting.format)
    )


def _same_persons(a: Mention, b: Mention, is_organization: IsOrganization) -> bool:
    one, other = _named(a), _named(b)
    return (
        len(one) == len(other) > 1
        and _all_found(one, other)
        and _all_found(other, one)
        and not _left_over(a, b, is_organization)
        and not _left_over(b, a, is_organization)
    )


def _left_over(a: Mention, b: Mention, is_organization: IsOrganization) -> bool:
    """True if a state takes part in `a` with nobody named, and not at all in `b`."""
    named = {participant.state for participant, who in a.principals() if who.iri}
    unnamed = set(parties(a.meeting)) - named - set(parties(b.meeting))
    return any(not is_organization(code) for code in unnamed)


def _is_some_of(a: Mention, b: Mention) -> bool:
    short, long = set(parties(a.meeting)), set(parties(b.meeting))
    if not (len(short) >= _FEW and short < long and 2 * len(long) <= 3 * len(short)):
        return False
    persons = _named(a)
    return (
        len(persons) >= _FEW
        and _all_found(persons, _named(b))
        and (len(short) > _FEW or _same_frame(a, b))
    )


def _same_frame(a: Mention, b: Mention) -> bool:
    one, other = a.meeting, b.meeting
    if one.sidelines_of and one.sidelines_of == other.sidelines_of:
        return True
    return one.place is not None and other.place is not None and one.place.name == other.place.name


def _named(mention: Mention) -> list[Resolved]:
    """The persons named, each once."""
    return list({who.iri: who for _, who in mention.principals() if who.iri}.values())


def _all_found(some: Sequence[Resolved], among: Sequence[Resolved]) -> bool:
    return all(any(_surely_same(a, b) for b in among) for a in some)


def _surely_same(a: Resolved, b: Resolved) -> bool:
    """The same identity, or the same full name where a report does not say for whom."""
    if a.iri == b.iri:
        return True
    one, other = name_tokens(a.label or ""), name_tokens(b.label or "")
    return len(one) > 1 and len(other) > 1 and not (a.known and b.known) and names_agree(one, other)
