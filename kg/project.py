"""The merged graph as a property graph, by the mapping of `ontology/property_graph.toml`.

A pure function of the default graph. Every triple of it is turned into something, or counted in
`not_representable` with the reason: silence means that nothing was lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.fact_index import TYPE, FactIndex, Thing, no_pauses
from kg.graphml import to_graphml
from kg.projection import Evaluation, Identity, Said
from kg.property_graph import Loss, Node, PropertyGraph, to_networkx
from kg.property_mapping import PropertyMapping, RelationshipRule, property_mapping
from kg.store.base import DEFAULT_GRAPH, View

__all__ = ["project", "to_graphml", "to_networkx"]


def project(view: View, mapping: PropertyMapping | None = None) -> PropertyGraph:
    """Nodes, relationships and losses of the default graph.

    Args:
        mapping: another declaration than the one that ships with the ontology.
    """
    rules = mapping or property_mapping()
    with no_pauses():
        facts = FactIndex(
            view.quads(graph=DEFAULT_GRAPH),
            backwards=rules.backwards(),
            passable=rules.passable(),
            silent=rules.silent(),
        )
        return _Projection(facts, rules).graph()


class _Projection:
    """One pass over all facts."""

    def __init__(self, facts: FactIndex, mapping: PropertyMapping) -> None:
        self._facts, self._mapping = facts, mapping
        self._nodes: dict[str, Node] = {}
        self._said: dict[Identity, list[Said]] = {}
        self._rules = Evaluation(facts, mapping, self._nodes.__contains__)

    def graph(self) -> PropertyGraph:
        for subject in self._facts.about:
            node = self._rules.node(subject)
            if node is not None:
                self._nodes[subject] = node
        self._hear_all()
        relationships = [self._rules.relationship(i, said) for i, said in self._said.items()]
        return PropertyGraph(
            tuple(sorted(self._nodes.values(), key=lambda n: (n.labels, n.iri))),
            tuple(sorted(relationships, key=lambda r: r.identity)),
            tuple(self._losses()),
        )

    def _hear_all(self) -> None:
        members: dict[str, list[str]] = {}
        for subject, facts in self._facts.about.items():
            for cls, _ in facts.get(TYPE, ()):
                if isinstance(cls, str):
                    members.setdefault(cls, []).append(subject)
        for rule in sorted(self._mapping.relationships, key=lambda r: r.adds_only):
            for cls in rule.classes:
                for focus in members.get(cls, ()):
                    self._hear(rule, focus)
            if rule.having:
                for focus, facts in self._facts.about.items():
                    if rule.having in facts:
                        self._hear(rule, focus)

    def _hear(self, rule: RelationshipRule, focus: str) -> None:
        for identity, said in self._rules.said(rule, focus, self._said):
            self._said.setdefault(identity, []).append(said)

    def _losses(self) -> Iterator[Loss]:
        rules, counts = self._rules, Counter[tuple[str, str]]()
        partial: dict[int, list[str]] = {}
        for n, why in rules.partial:
            partial.setdefault(n, []).append(why)
        pairs = self._pairs()
        for subject, predicate, value, n in self._facts.all():
            if self._facts.used(n):
                for why in partial.get(n, ()):
                    counts[rules.what(subject, predicate), why] += 1
                continue
            short = self._mapping.short_paths.get(predicate)
            if short and {(short, subject, value), (short, value, subject)} & pairs:
                continue
            why = rules.reason(subject, predicate, value, n)
            counts[rules.what(subject, predicate), why] += 1
        return (Loss(what, why, counts[what, why]) for what, why in sorted(counts))

    def _pairs(self) -> set[tuple[str, Thing, Thing]]:
        wanted = set(self._mapping.short_paths.values())
        return {(kind, start, end) for kind, start, end, _ in self._said if kind in wanted}
