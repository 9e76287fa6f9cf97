"""Meetings that people judged to be one, put together over all blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.clusters import Cluster, ordered
from kg.judgements import Judgements
from kg.merge import Mention


def united(clusters: Sequence[Cluster], judged: Judgements) -> list[Cluster]:
    """Clusters of which mentions were judged the same are one cluster.

    What was judged to be different stays apart: of two such mentions that rules brought into the
    meetings in question, the later one leaves, with what rules put beside it.
    """
    if not len(judged):
        return list(clusters)
    groups = _linked(clusters, judged)
    return ordered(part for group in groups for part in _peaceful(group, judged))


def _linked(clusters: Sequence[Cluster], judged: Judgements) -> list[list[Cluster]]:
    """Clusters in groups that judgements of sameness hold together."""
    group_of: dict[str, list[Cluster]] = {}
    for cluster in clusters:
        roots = sorted({judged.one(m.iri) for m in cluster})
        found: list[list[Cluster]] = []
        for group in (group_of[root] for root in roots if root in group_of):
            if not any(group is f for f in found):
                found.append(group)
        merged = [c for group in found for c in group] + [cluster]
        for mention in (m for c in merged for m in c):
            group_of[judged.one(mention.iri)] = merged
    unique = {id(group): group for group in group_of.values()}
    return list(unique.values())


def _peaceful(group: Sequence[Cluster], judged: Judgements) -> Iterable[Iterable[Mention]]:
    """One set of mentions, and what has to leave it, put together in the same way."""
    if len(group) == 1:
        return [group[0]]
    kept: list[Mention] = []
    left: list[list[Mention]] = []
    for unit in _units(group, judged):
        if any(judged.apart(m.iri, k.iri) for m in unit[:1] for k in kept):
            left.append(unit)
        else:
            kept.extend(unit)
    if not left:
        return [kept]
    gone = {m.iri for unit in left for m in unit}
    rest = [tuple(m for m in cluster if m.iri in gone) for cluster in group]
    return [kept, *united([cluster for cluster in rest if cluster], judged)]


def _units(group: Sequence[Cluster], judged: Judgements) -> list[list[Mention]]:
    """Mentions that are judged the same, each set as a whole; the largest and earliest first."""
    units: dict[str, list[Mention]] = {}
    for mention in sorted((m for cluster in group for m in cluster), key=lambda m: m.order_key):
        units.setdefault(judged.one(mention.iri), []).append(mention)
    return sorted(units.values(), key=lambda u: (-len(u), u[0].order_key))
