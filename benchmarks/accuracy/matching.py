"""Which found meeting is which annotated one: held ones first, then the rest by counterpart.

Each meeting is used at most once; the pairing with the greatest total agreement is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.accuracy.agreement import (
    alike,
    may_be_same,
    same_day,
    same_name,
    same_party,
    shared,
    shares_counterpart,
    topic_pairs,
)
from benchmarks.accuracy.facts import Meeting
from benchmarks.accuracy.pairing import Pairs, pair_up

Meetings = tuple[Meeting, ...]
_SAME_STATUS = 5


@dataclass(frozen=True, slots=True)
class Matched:
    """How the meetings of one report correspond.

    Attributes:
        asked: the annotated held meetings without the optional, as annotated.
        given: all found held meetings, as found.
        held: pairs of held meetings that share a principal.
        missed: annotated held meetings nobody found.
        invented: found held meetings that are no annotated one, not even an optional one.
        excused: found held meetings that are an optional one.
        counterpart: how many pairs there are if both sides of the contact must agree.
        remarks: how many of the missed were found under another status that is accepted.
        rest: pairs of the other meetings, whatever their status.
        rest_missed, rest_invented: those of them without a partner.
    """

    asked: Meetings
    given: Meetings
    held: tuple[tuple[Meeting, Meeting], ...]
    missed: Meetings
    invented: Meetings
    excused: Meetings
    counterpart: int
    remarks: int
    rest: tuple[tuple[Meeting, Meeting], ...]
    rest_missed: Meetings
    rest_invented: Meetings


def agreement(wanted: Meeting, found: Meeting) -> float:
    """How much two meetings have in common: parties, then day, format and topics."""
    parties = (
        3 * shared(wanted, found, same_party)
        + 2 * shared(wanted, found, same_name)
        + shared(wanted, found, alike)
    )
    day = 0.5 if same_day(wanted, found) else 0
    form = 0.25 if wanted.formats[0] == found.formats[0] else 0
    return 10 + parties + day + form + 0.01 * len(topic_pairs(wanted, found))


def matched(wanted: Meetings, found: Meetings) -> Matched:
    """The meetings of one report, annotated and found, put side by side."""
    asked = tuple(m for m in wanted if m.held and not m.optional)
    given = tuple(m for m in found if m.held)
    pairs = _pairs(asked, given, may_be_same)
    missed = _without(asked, [i for i, _ in pairs])
    single = _without(given, [j for _, j in pairs])
    allowed = [m for m in wanted if m.held and m.optional]
    excused = tuple(m for m in single if any(shares_counterpart(o, m) for o in allowed))
    rest_wanted = _others(wanted, asked, [i for i, _ in pairs])
    rest_found = _others(found, given, [j for _, j in pairs])
    rest = _pairs(rest_wanted, rest_found, shares_counterpart, bonus=_SAME_STATUS)
    return Matched(
        asked=asked,
        given=given,
        held=tuple((asked[i], given[j]) for i, j in pairs),
        missed=missed,
        invented=tuple(m for m in single if not any(m is e for e in excused)),
        excused=excused,
        counterpart=len(_pairs(asked, given, shares_counterpart)),
        remarks=sum(any(_accepted(m, p) for p in found) for m in missed),
        rest=tuple((rest_wanted[i], rest_found[j]) for i, j in rest),
        rest_missed=_without(rest_wanted, [i for i, _ in rest]),
        rest_invented=_without(rest_found, [j for _, j in rest]),
    )


def _pairs(
    wanted: Meetings,
    found: Meetings,
    allowed: Callable[[Meeting, Meeting], bool],
    *,
    bonus: float = 0,
) -> Pairs:
    def weight(a: Meeting, b: Meeting) -> float | None:
        if not allowed(a, b):
            return None
        return agreement(a, b) + (bonus if a.status == b.status else 0)

    return pair_up(wanted, found, weight)


def _without(meetings: Meetings, used: list[int]) -> Meetings:
    return tuple(m for i, m in enumerate(meetings) if i not in used)


def _others(every: Meetings, held: Meetings, used: list[int]) -> Meetings:
    """All meetings but the used held ones; two equal meetings stay two."""
    paired = [held[i] for i in used]
    return tuple(m for m in every if not any(m is p for p in paired))


def _accepted(wanted: Meeting, found: Meeting) -> bool:
    return found.status in wanted.statuses and may_be_same(wanted, found)
