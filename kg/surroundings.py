"""What stands around a meeting: the plans it was the outcome of, and what contradicts it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg import choose
from kg.clusters import Cluster
from kg.judgements import Judgements
from kg.merge import Mention
from kg.plans import announced

_REFUSALS = frozenset({"denied", "cancelled"})


@dataclass(slots=True)
class Surroundings:
    """Meetings of the same parties that a meeting has to do with.

    Attributes:
        plans: what it was announced as.
        against: denials and cancellations of a meeting that others tell of as held, or the reverse.
    """

    plans: list[Cluster] = field(default_factory=list)
    against: list[Cluster] = field(default_factory=list)


def surroundings(
    merged: Sequence[Cluster], stretches: Iterable[Sequence[Mention]], judged: Judgements
) -> list[Surroundings]:
    """The surroundings of each meeting, in the order of the meetings.

    Args:
        stretches: mentions that were compared with each other.
    """
    found = [Surroundings() for _ in merged]
    number = {m.iri: n for n, cluster in enumerate(merged) for m in cluster}
    for stretch in stretches:
        near = [merged[n] for n in sorted({number[m.iri] for m in stretch})]
        for event, plan in announced(near, judged):
            _add(found[number[event[0].iri]].plans, plan)
        for cluster in near:
            for other in near:
                if _contradicts(cluster, other):
                    _add(found[number[cluster[0].iri]].against, other)
    return found


def _add(clusters: list[Cluster], cluster: Cluster) -> None:
    if not any(c is cluster for c in clusters):
        clusters.append(cluster)


def _contradicts(cluster: Cluster, other: Cluster) -> bool:
    """Held here and denied or cancelled there, for the same days."""
    a, b = choose.status_group_of(cluster), choose.status_group_of(other)
    if "held" not in (a, b) or not {a, b} & _REFUSALS:
        return False
    x, y = cluster[0].meeting.when, other[0].meeting.when
    return x is not None and y is not None and x.overlaps(y)
