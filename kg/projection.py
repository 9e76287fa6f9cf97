"""What one thing of the graph becomes in the property graph, by the rules of the mapping.

Looks at nothing but what the rules' paths lead to from that thing. Each triple that is turned
into something gets a tick; each that is refused, or not held in full, gets a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from kg.fact_index import TYPE, Cell, Facts, classes, follow, lexical
from kg.fact_runs import Thing
from kg.property_graph import Node, Relationship, Value
from kg.property_mapping import Path, PropertyMapping, PropertyRule, RelationshipRule
from kg.property_values import Evaluated, evaluate, whole

FIRST_SOURCE = "one relationship from start to end keeps the single values of its first source"
NOT_DESCRIBED = "it points at something that the graph does not describe"
NOT_SAID_IN_FULL = "a short path whose full form is not in the graph"
NO_CLASS = "what it is about has no class that the mapping knows"
NO_PLACE = "the mapping has no place for it"

Identity: TypeAlias = tuple[str, str, str, str]
"""Type, IRI of the start, IRI of the end, key: see `Relationship.identity`."""
_Shape: TypeAlias = tuple[tuple[str, ...], tuple[PropertyRule, ...]]
_Plan: TypeAlias = tuple[tuple[PropertyRule, str], ...]
_LAST = float("inf")
_NOTHING = Evaluated()


class Said(NamedTuple):
    """What one entity says of a relationship."""

    order: float
    focus: str
    values: Mapping[str, Value]
    scalar_trails: tuple[int, ...]


class Evaluation:
    """Evaluates the rules for one thing after the other.

    Args:
        is_node: whether a thing is a node, so that a relationship can start or end there.
    """

    def __init__(
        self, facts: Facts, mapping: PropertyMapping, is_node: Callable[[str], bool]
    ) -> None:
        self.facts, self.mapping, self.is_node = facts, mapping, is_node
        self.reasons: dict[int, str] = {}
        self.partial: set[tuple[int, str]] = set()
        self._classes = {rule.cls for rule in mapping.nodes}
        self._shapes: dict[tuple[str, ...], _Shape] = {}
        self._plans: dict[tuple[int, tuple[str, ...]], _Plan] = {}
        self._ends_possible: dict[tuple[int, tuple[str, ...]], bool] = {}
        self._known = mapping.terms()

    # Nodes

    def node(self, subject: str) -> Node | None:
        """The node that a thing becomes; None if it has no class of nodes."""
        types = self._types(subject)
        if not types:
            return None
        labels, rules = self._shape(tuple(sorted(str(c) for c, _ in types)))
        values, _ = self._values(subject, rules)
        self.facts.tick([n for _, n in types])
        return Node(subject, labels, values)

    def is_alone(self, subject: str) -> bool:
        """Whether what is said of the thing itself tells which node it becomes."""
        if not (types := self._types(subject)):
            return True
        _, rules = self._shape(tuple(sorted(str(c) for c, _ in types)))
        return all(predicate for _, predicate in self._plan(self.facts.predicates(subject), rules))

    def labels(self, subject: str) -> tuple[str, ...]:
        """The labels of the node that a thing becomes."""
        return self._shape(tuple(sorted(str(c) for c, _ in self._types(subject))))[0]

    def _types(self, subject: str) -> list[Cell]:
        if subject.startswith("_:"):
            return []
        return [(c, n) for c, n in self.facts.cells(subject, TYPE) if c in self._classes]

    def _shape(self, found: tuple[str, ...]) -> _Shape:
        if found not in self._shapes:
            self._shapes[found] = _shape(found, self.mapping)
        return self._shapes[found]

    def _values(
        self, focus: str, rules: tuple[PropertyRule, ...], *, keep_single: bool = False
    ) -> tuple[dict[str, Value], list[int]]:
        """Values of the rules' properties; the triples that they hold get their ticks.

        Args:
            keep_single: give the numbers of triples that single values hold instead of a tick.
        """
        values: dict[str, Value] = {}
        ticked: list[int] = []
        kept: list[int] = []
        for rule, predicate in self._plan(self.facts.predicates(focus), rules):
            held = kept if keep_single and not rule.many else ticked
            cells = self.facts.cells(focus, predicate) if predicate else ()
            if cells and (value := whole(rule, cells)) is not None:
                values[rule.name] = value
                held += [n for _, n in cells]
            elif (result := self._evaluate(focus, rule)) is not _NOTHING:
                self._account(result)
                values.update(result.values)
                held += result.trail
        self.facts.tick(ticked)
        return values, kept

    def _plan(self, said: tuple[str, ...], rules: tuple[PropertyRule, ...]) -> _Plan:
        """Those of the rules that may find something where these predicates are said."""
        key = (id(rules), said)  # rules live as long as their mapping
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = tuple(_planned(rules, said))
        return plan

    def _evaluate(self, focus: str, rule: PropertyRule) -> Evaluated:
        for path in rule.paths:
            if found := follow(self.facts, focus, path, rule.lacking, rule.where):
                return evaluate(rule, found)
        return _NOTHING

    def _account(self, result: Evaluated) -> None:
        if result.refused:
            self.reasons.update(result.refused)
        if result.partial:
            self.partial.update(result.partial)

    # Relationships

    def said(
        self, rule: RelationshipRule, focus: str, made: Container[Identity]
    ) -> list[tuple[Identity, Said]]:
        """All that one entity says by one rule.

        Args:
            made: relationships of the rules that are not `adds_only`.
        """
        if not self._possible(rule, focus):
            return []
        conditions = self._conditions(rule, focus)
        if conditions is None:
            return []
        ends = self._ends(focus, rule.end)
        found = [
            (identity, (*conditions, *before, *after))
            for start, before in (self._ends(focus, rule.start) if ends else ())
            for end, after in ends
            for identity in [(rule.type, start, end, focus if rule.keyed else "")]
            if not rule.adds_only or identity in made
        ]
        if not found:
            return []
        values, scalars = (
            self._values(focus, rule.properties, keep_single=not rule.keyed)
            if rule.properties
            else ({}, [])
        )
        order = self._order(rule.first_by, focus) if rule.first_by else _LAST
        said = Said(order, focus, values, tuple(scalars))
        for _, trail in found:
            self.facts.tick(trail)
        return [(identity, said) for identity, _ in found]

    def _possible(self, rule: RelationshipRule, focus: str) -> bool:
        """Whether the rule may find both ends, by what is said of the thing."""
        said = self.facts.predicates(focus)
        key = (id(rule), said)  # rules live as long as their mapping
        possible = self._ends_possible.get(key)
        if possible is None:
            there = _leads(rule.start, said) and _leads(rule.end, said)
            possible = self._ends_possible[key] = there and rule.lacking not in said
        return possible

    def _conditions(self, rule: RelationshipRule, focus: str) -> tuple[int, ...] | None:
        """Numbers of the triples that make the rule apply; None if it does not."""
        facts, classes = self.facts, rule.classes
        numbers = [n for c, n in facts.cells(focus, TYPE) if c in classes] if classes else []
        for predicate, wanted in rule.where:
            fitting = [n for value, n in facts.cells(focus, predicate) if lexical(value) in wanted]
            if not fitting:
                return None
            numbers += fitting
        return tuple(numbers)

    def _ends(self, focus: str, path: Path) -> list[tuple[str, tuple[int, ...]]]:
        is_node = self.is_node
        if not path:
            return [(focus, ())] if is_node(focus) else []
        if len(path) == 1:
            step = path[0]
            cells = (
                self.facts.reaching(step.predicate, focus)
                if step.inverse
                else self.facts.cells(focus, step.predicate)
            )
            return [(x, (n,)) for x, n in cells if type(x) is str and is_node(x)]
        return [
            (thing, trail)
            for thing, trail in follow(self.facts, focus, path)
            if isinstance(thing, str) and is_node(thing)
        ]

    def _order(self, path: Path, focus: str) -> float:
        found = follow(self.facts, focus, path)
        numbers = [float(t) for thing, _ in found if (t := lexical(thing)).isdecimal()]
        return min(numbers, default=_LAST)

    def relationship(self, identity: Identity, said: list[Said]) -> Relationship:
        """One relationship from all that is said of it."""
        kind, start, end, key = identity
        if len(said) == 1:
            self.facts.tick(said[0].scalar_trails)
            return Relationship(kind, start, end, key, said[0].values)
        said = sorted(said, key=lambda s: (s.order, s.focus, not s.scalar_trails))
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
        return Relationship(kind, start, end, key, values)

    # Losses

    def what(self, subject: str, predicate: str) -> str:
        """How the loss report names a kind of triple: `dm:Meeting dm:block`."""
        found = sorted(self.mapping.compact(c) for c in classes(self.facts, subject))
        return " ".join((*found[:1], self.mapping.compact(predicate)))

    def reason(self, subject: str, predicate: str, value: Thing, n: int) -> str:
        """Why a triple that nothing was made of has no place."""
        mapping = self.mapping
        if n in self.reasons:
            return self.reasons[n]
        if predicate in mapping.unmapped:
            return mapping.unmapped[predicate]
        if predicate in mapping.short_paths:
            return NOT_SAID_IN_FULL
        if predicate == TYPE and isinstance(value, str) and value in mapping.unmapped:
            return mapping.unmapped[value]
        return self._reason_of_class(subject, predicate, value)

    def _reason_of_class(self, subject: str, predicate: str, value: Thing) -> str:
        found = sorted(classes(self.facts, subject))
        for cls in found:
            if cls in self.mapping.lost:
                return self.mapping.lost[cls]
        if not self._known.intersection(found):
            return NO_CLASS
        if isinstance(value, str) and predicate in self._known and not self.is_node(value):
            return NOT_DESCRIBED
        return NO_PLACE


def _planned(
    rules: Iterable[PropertyRule], said: Container[str]
) -> Iterator[tuple[PropertyRule, str]]:
    """Rules that may find something, each with its predicate if that is all there is to follow."""
    for rule in rules:
        if any(_leads(path, said) for path in rule.paths):
            path = rule.paths[0]
            alone = len(rule.paths) == len(path) == 1 and not path[0].inverse
            yield rule, path[0].predicate if alone else ""


def _leads(path: Path, said: Container[str]) -> bool:
    return not path or path[0].inverse or path[0].predicate in said


def _shape(found: tuple[str, ...], mapping: PropertyMapping) -> _Shape:
    """Labels and property rules of things of these classes, in the order of the declaration."""
    wanted = {
        label
        for rule in mapping.nodes
        if rule.cls in found
        for label in mapping.labels_of(rule.label)
    }
    rules = [rule for rule in mapping.nodes if rule.label in wanted]
    properties: Mapping[str, PropertyRule] = {p.name: p for r in rules for p in r.properties}
    labels = sorted((r.label for r in rules), key=lambda x: len(mapping.labels_of(x)))
    return tuple(labels), tuple(properties.values())


def _many(value: Value | tuple[()]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
