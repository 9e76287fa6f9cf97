"""The merged graph as a property graph, by the mapping of `ontology/property_graph.toml`.

A pure function of the default graph. Every triple of it is turned into something, or counted in
`not_representable` with the reason: silence means that nothing was lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.fact_index import TYPE, FactIndex, Thing, lexical
from kg.graphml import to_graphml
from kg.property_graph import (
    Loss,
    Node,
    PropertyGraph,
    Relationship,
    Value,
    to_networkx,
)
from kg.property_mapping import (
    Path,
    PropertyMapping,
    PropertyRule,
    RelationshipRule,
    property_mapping,
)
from kg.property_values import Evaluated, evaluate
from kg.store.base import DEFAULT_GRAPH, View

__all__ = ["project", "to_graphml", "to_networkx"]

FIRST_SOURCE = "one relationship from start to end keeps the single values of its first source"
NOT_DESCRIBED = "it points at something that the graph does not describe"
NOT_SAID_IN_FULL = "a short path whose full form is not in the graph"
NO_CLASS = "what it is about has no class that the mapping knows"
NO_PLACE = "the mapping has no place for it"

_Identity = tuple[str, str, str, str]
_LAST = float("inf")


def project(view: View, mapping: PropertyMapping | None = None) -> PropertyGraph:
    """Nodes, relationships and losses of the default graph.

    Args:
        mapping: another declaration than the one that ships with the ontology.
    """
    rules = mapping or property_mapping()
    return _Projection(_index(view, rules), rules, known=rules.terms()).graph()


def _index(view: View, mapping: PropertyMapping) -> FactIndex:
    paths = [p for r in mapping.relationships for p in (r.start, r.end)]
    paths += [p for r in mapping.relationships for prop in r.properties for p in prop.paths]
    focus = {c for rule in mapping.relationships for c in rule.classes}
    nodes = {rule.cls for rule in mapping.nodes}
    return FactIndex(
        view.quads(graph=DEFAULT_GRAPH),
        backwards={step.predicate for path in paths for step in path if step.inverse},
        passable=focus | nodes | mapping.carried,
        silent=(focus | mapping.carried) - nodes,
    )


@dataclass(slots=True)
class _Said:
    """What one entity says of a relationship."""

    order: float
    focus: str
    values: dict[str, Value]
    scalar_trails: tuple[int, ...]


@dataclass(slots=True)
class _Projection:
    facts: FactIndex
    mapping: PropertyMapping
    nodes: dict[str, Node] = field(default_factory=dict)
    said: dict[_Identity, list[_Said]] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    partial: dict[tuple[int, str], str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()

    def graph(self) -> PropertyGraph:
        self._make_nodes()
        self._make_relationships()
        relationships = [self._relationship(i, said) for i, said in self.said.items()]
        return PropertyGraph(
            tuple(sorted(self.nodes.values(), key=lambda n: (n.labels, n.iri))),
            tuple(sorted(relationships, key=lambda r: r.identity)),
            tuple(self._losses()),
        )

    # Nodes

    def _make_nodes(self) -> None:
        by_class = {rule.cls: rule for rule in self.mapping.nodes}
        shapes: dict[tuple[str, ...], tuple[tuple[str, ...], tuple[PropertyRule, ...]]] = {}
        for subject, facts in self.facts.about.items():
            types = [(c, n) for c, n in facts.get(TYPE, ()) if c in by_class]
            if not types or subject.startswith("_:"):
                continue
            key = tuple(sorted(str(c) for c, _ in types))
            if key not in shapes:
                shapes[key] = _shape(key, self.mapping)
            labels, rules = shapes[key]
            values = self._values(subject, rules)
            self.facts.tick(n for _, n in types)
            self.nodes[subject] = Node(subject, labels, values)

    def _values(self, focus: str, rules: tuple[PropertyRule, ...]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for rule in rules:
            result = self._evaluate(focus, rule)
            self._account(focus, rule, result)
            self.facts.tick(result.trail)
            values.update(result.values)
        return values

    def _evaluate(self, focus: str, rule: PropertyRule) -> Evaluated:
        for path in rule.paths:
            found = self.facts.follow(focus, path, rule.lacking, rule.where)
            if found:
                return evaluate(rule, found)
        return Evaluated()

    def _account(self, focus: str, rule: PropertyRule, result: Evaluated) -> None:
        self.reasons.update(result.refused)
        for n, why in result.partial:  # several rules may hold one triple: counted once
            self.partial[n, why] = f"{self._kind(focus)} {rule.name}".strip()

    # Relationships

    def _make_relationships(self) -> None:
        members: dict[str, list[str]] = {}
        for subject, facts in self.facts.about.items():
            for cls, _ in facts.get(TYPE, ()):
                if isinstance(cls, str):
                    members.setdefault(cls, []).append(subject)
        for rule in sorted(self.mapping.relationships, key=lambda r: r.adds_only):
            for cls in rule.classes:
                for focus in members.get(cls, ()):
                    self._connect(rule, focus)
            if rule.having:
                having = rule.having
                for focus, facts in self.facts.about.items():
                    if having in facts:
                        self._connect(rule, focus)

    def _connect(self, rule: RelationshipRule, focus: str) -> None:
        """All relationships that one entity gives by one rule."""
        conditions = self._conditions(rule, focus)
        if conditions is None:
            return
        found = [
            (identity, (*conditions, *before, *after))
            for start, before in self._ends(focus, rule.start)
            for end, after in self._ends(focus, rule.end)
            if (identity := self._identity(rule, focus, start, end))
        ]
        if not found:
            return
        values, scalars = self._said_values(focus, rule)
        order = self._order(rule, focus)
        for identity, trail in found:
            self.facts.tick(trail)
            said = _Said(order, focus, values, scalars)
            self.said.setdefault(identity, []).append(said)

    def _conditions(self, rule: RelationshipRule, focus: str) -> tuple[int, ...] | None:
        """Numbers of the triples that make the rule apply; None if it does not."""
        facts = self.facts
        if rule.lacking and facts.cells(focus, rule.lacking):
            return None
        numbers = [n for c, n in facts.cells(focus, TYPE) if c in rule.classes]
        for predicate, wanted in rule.where:
            fitting = [n for value, n in facts.cells(focus, predicate) if lexical(value) in wanted]
            if not fitting:
                return None
            numbers += fitting
        return tuple(numbers)

    def _ends(self, focus: str, path: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
        for thing, trail in self.facts.follow(focus, path):
            if isinstance(thing, str) and thing in self.nodes:
                yield thing, trail

    def _identity(
        self, rule: RelationshipRule, focus: str, start: str, end: str
    ) -> _Identity | None:
        identity = (rule.type, start, end, focus if rule.keyed else "")
        return None if rule.adds_only and identity not in self.said else identity

    def _said_values(
        self, focus: str, rule: RelationshipRule
    ) -> tuple[dict[str, Value], tuple[int, ...]]:
        """Values of the properties, and the numbers of the triples that single values hold."""
        values: dict[str, Value] = {}
        scalars: list[int] = []
        for prop in rule.properties:
            result = self._evaluate(focus, prop)
            self._account(focus, prop, result)
            values.update(result.values)
            if prop.many or rule.keyed:
                self.facts.tick(result.trail)
            else:
                scalars += result.trail
        return values, tuple(scalars)

    def _order(self, rule: RelationshipRule, focus: str) -> float:
        found = self.facts.follow(focus, rule.first_by) if rule.first_by else []
        numbers = [float(t) for thing, _ in found if (t := lexical(thing)).isdecimal()]
        return min(numbers, default=_LAST)

    def _relationship(self, identity: _Identity, said: list[_Said]) -> Relationship:
        """One relationship from all that is said of it."""
        said.sort(key=lambda s: (s.order, s.focus, not s.scalar_trails))
        first = next((s for s in said if s.scalar_trails), said[0])
        values = dict(first.values)
        for other in said:
            for name, value in other.values.items():
                if isinstance(value, tuple):
                    known = values.get(name, ())
                    values[name] = tuple(sorted({*_many(known), *value}))
        self.facts.tick(first.scalar_trails)
        for other in said:
            if other is not first:
                self.reasons.update(dict.fromkeys(other.scalar_trails, FIRST_SOURCE))
        kind, start, end, key = identity
        return Relationship(kind, start, end, key, values)

    # Losses

    def _losses(self) -> Iterator[Loss]:
        used = self.facts.used
        counts = Counter((what, why) for (n, why), what in self.partial.items() if used(n))
        pairs = self._pairs()
        for subject, predicate, value, n in self.facts.unused():
            short = self.mapping.short_paths.get(predicate)
            if short and {(short, subject, value), (short, value, subject)} & pairs:
                continue
            why = self.reasons.get(n) or self._reason(subject, predicate, value)
            what = f"{self._kind(subject)} {self.mapping.compact(predicate)}".strip()
            counts[what, why] += 1
        return (Loss(what, why, counts[what, why]) for what, why in sorted(counts))

    def _pairs(self) -> set[tuple[str, Thing, Thing]]:
        wanted = set(self.mapping.short_paths.values())
        return {(kind, start, end) for kind, start, end, _ in self.said if kind in wanted}

    def _kind(self, subject: str) -> str:
        classes = sorted(self.mapping.compact(c) for c in self.facts.classes(subject))
        return classes[0] if classes else ""

    def _reason(self, subject: str, predicate: str, value: Thing) -> str:
        mapping = self.mapping
        if predicate in mapping.unmapped:
            return mapping.unmapped[predicate]
        if predicate in mapping.short_paths:
            return NOT_SAID_IN_FULL
        if predicate == TYPE and isinstance(value, str) and value in mapping.unmapped:
            return mapping.unmapped[value]
        classes = sorted(self.facts.classes(subject))
        for cls in classes:
            if cls in mapping.lost:
                return mapping.lost[cls]
        if not self.known.intersection(classes):
            return NO_CLASS
        if isinstance(value, str) and predicate in self.known and value not in self.nodes:
            return NOT_DESCRIBED
        return NO_PLACE


def _shape(
    classes: tuple[str, ...], mapping: PropertyMapping
) -> tuple[tuple[str, ...], tuple[PropertyRule, ...]]:
    """Labels and property rules of things of these classes, in the order of the declaration."""
    wanted = {
        label
        for rule in mapping.nodes
        if rule.cls in classes
        for label in mapping.labels_of(rule.label)
    }
    rules = [rule for rule in mapping.nodes if rule.label in wanted]
    properties: Mapping[str, PropertyRule] = {p.name: p for r in rules for p in r.properties}
    labels = sorted((r.label for r in rules), key=lambda x: len(mapping.labels_of(x)))
    return tuple(labels), tuple(properties.values())


def _many(value: Value | tuple[()]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
