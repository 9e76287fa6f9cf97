"""Which plan a meeting was the outcome of: the two are linked and stay two.

An announcement and what came of it name the same persons in the same format. A plan for a day is
answered by the meetings of that day or, if there are none, of the day before or after; a plan
without a day by the first meetings in the two weeks after it was published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg import choose
from kg.blocks import Days
from kg.clusters import Cluster
from kg.judgements import Judgements
from kg.merge import formats_agree, persons_agree

_OUTCOMES = frozenset({"held", "cancelled"})


def announced(clusters: Sequence[Cluster], judged: Judgements) -> Iterator[tuple[Cluster, Cluster]]:
    """Pairs of a meeting and the plan that it was the outcome of.

    Args:
        clusters: of one block, in a fixed order.
    """
    plans = [c for c in clusters if choose.status_group_of(c) == "planned"]
    events = [c for c in clusters if choose.status_group_of(c) in _OUTCOMES]
    for plan in plans:
        days = _days(plan)
        agreeing = [e for e in events if _agree(plan, e, judged)]
        near = [(e, d) for e in agreeing if (d := _days(e)) and days and days.meets(d)]
        for event, on in near:
            if days and not any(
                _answers_before(o, on, days, plan) for e, o in near if _rivals(e, event, judged)
            ):
                yield event, plan


def _agree(plan: Cluster, event: Cluster, judged: Judgements) -> bool:
    return all(
        formats_agree(p.meeting.format, e.meeting.format)
        and persons_agree(p, e, judged)
        and not judged.apart(p.iri, e.iri)
        for p in plan
        for e in event
    )


def _rivals(a: Cluster, b: Cluster, judged: Judgements) -> bool:
    """True if two meetings of the same persons could each be the outcome."""
    return a is not b and all(persons_agree(m, n, judged) for m in a for n in b)


def _answers_before(rival: Days, event: Days, planned: Days, plan: Cluster) -> bool:
    """True if a rival fits better: on the planned day where the event is beside it; for a plan
    without a day, over before the event began."""
    if any(m.meeting.when for m in plan):
        return planned.shares(rival) and not planned.shares(event)
    return rival.last < event.first


def _days(cluster: Cluster) -> Days | None:
    """The days of the finest date; of a plan without one, the days in which it is awaited."""
    dated = [m.meeting.when for m in cluster if m.meeting.when]
    if not dated:
        return cluster[0].reach
    when = min(dated, key=lambda w: (w.days, w))
    return Days(when.first, when.last)
