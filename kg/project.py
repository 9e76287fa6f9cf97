"""The merged graph as a property graph, by the mapping of `ontology/property_graph.toml`.

A pure function of the default graph. Every triple of it is turned into something, or counted in
`not_representable` with the reason: silence means that nothing was lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from kg.fact_index import TYPE, FactIndex, no_pauses
from kg.fact_runs import Run, Thing, runs_of_lines, runs_of_quads
from kg.graphml import to_graphml
from kg.projection import Evaluation, Identity, Said
from kg.property_graph import Loss, Node, PropertyGraph, Relationship, to_networkx
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
            _runs(view),
            backwards=rules.backwards(),
            passable=rules.passable(),
            silent=rules.silent(),
        )
        return _Projection(facts, rules).graph()


def _runs(view: View) -> Iterator[Run]:
    """The triples; as the lines that the view's engine writes beside us, where it can."""
    written: Callable[[], Iterable[bytes] | None] | None = getattr(view, "written", None)
    lines = written() if written else None
    return runs_of_lines(lines) if lines else runs_of_quads(view.quads(graph=DEFAULT_GRAPH))


class _Projection:
    """One pass over all facts."""

    def __init__(self, facts: FactIndex, mapping: PropertyMapping) -> None:
        self._facts, self._mapping = facts, mapping
        self._nodes: dict[str, Node] = {}
        self._rules = Evaluation(facts, mapping, self._nodes.__contains__)

    def graph(self) -> PropertyGraph:
        waiting: list[str] = []
        for subject in self._facts.read():
            if self._rules.is_alone(subject):
                self._add_node(subject)
            else:
                waiting.append(subject)
        for subject in waiting:
            self._add_node(subject)
        relationships = list(self._relationships())
        return PropertyGraph(
            tuple(sorted(self._nodes.values(), key=lambda n: (n.labels, n.iri))),
            tuple(sorted(relationships, key=lambda r: r.identity)),
            tuple(self._losses(relationships)),
        )

    def _add_node(self, subject: str) -> None:
        node = self._rules.node(subject)
        if node is not None:
            self._nodes[subject] = node

    def _relationships(self) -> Iterator[Relationship]:
        """One type after the other: what is said of one type is forgotten before the next."""
        members = self._members()
        types = dict.fromkeys(rule.type for rule in self._mapping.relationships)
        for kind in types:
            said: dict[Identity, list[Said]] = {}
            rules = [rule for rule in self._mapping.relationships if rule.type == kind]
            for rule in sorted(rules, key=lambda r: r.adds_only):
                for focus in self._foci(rule, members):
                    for identity, one in self._rules.said(rule, focus, said):
                        said.setdefault(identity, []).append(one)
            while said:
                yield self._rules.relationship(*said.popitem())

    def _members(self) -> dict[str, list[str]]:
        members: dict[str, list[str]] = {}
        for subject in self._facts.subjects():
            for cls, _ in self._facts.cells(subject, TYPE):
                if isinstance(cls, str):
                    members.setdefault(cls, []).append(subject)
        return members

    def _foci(self, rule: RelationshipRule, members: dict[str, list[str]]) -> Iterator[str]:
        for cls in rule.classes:
            yield from members.get(cls, ())
        if rule.having:
            for subject in self._facts.subjects():
                if rule.having in self._facts.predicates(subject):
                    yield subject

    def _losses(self, relationships: Iterable[Relationship]) -> Iterator[Loss]:
        rules, counts = self._rules, Counter[tuple[str, str]]()
        partial: dict[int, list[str]] = {}
        for n, why in rules.partial:
            partial.setdefault(n, []).append(why)
        pairs = self._pairs(relationships)
        for subject, predicate, value, n, ticked in self._facts.left(partial):
            if ticked:
                for why in partial[n]:
                    counts[rules.what(subject, predicate), why] += 1
                continue
            short = self._mapping.short_paths.get(predicate)
            if short and {(short, subject, value), (short, value, subject)} & pairs:
                continue
            why = rules.reason(subject, predicate, value, n)
            counts[rules.what(subject, predicate), why] += 1
        return (Loss(what, why, counts[what, why]) for what, why in sorted(counts))

    def _pairs(self, relationships: Iterable[Relationship]) -> set[tuple[str, Thing, Thing]]:
        wanted = set(self._mapping.short_paths.values())
        return {(r.type, r.start, r.end) for r in relationships if r.type in wanted}
