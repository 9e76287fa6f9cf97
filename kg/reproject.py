"""What a change of the graph changes in its projection, without projecting all of it.

Invariant: taking `before` out of the projection of the old graph and putting `after` in gives the
projection of the new graph, losses included. Only things from which a rule's path leads over a
changed triple are looked at, so the cost follows the change and not the size of the graph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from pyoxigraph import NamedNode, Quad

from kg.fact_index import TYPE, Cell
from kg.fact_runs import Thing, name_of, thing_of
from kg.projection import Evaluation, Identity, Said
from kg.property_graph import Loss, Node, PropertyGraph, Relationship
from kg.property_mapping import Path, PropertyMapping, RelationshipRule, property_mapping
from kg.store.base import DEFAULT_GRAPH, Change, View

Triple: TypeAlias = tuple[str, str, Thing]
_NO_CHANGE = Change()


@dataclass(frozen=True, slots=True)
class Reprojection:
    """The part of the projection that a change touches, as it was and as it is.

    Attributes:
        before, after: nodes, relationships and losses that are not the same in both states, and
            perhaps some that are.
        labels_before, labels_after: label of every node that these relationships end at.
    """

    before: PropertyGraph
    after: PropertyGraph
    labels_before: Mapping[str, str]
    labels_after: Mapping[str, str]


def reproject(view: View, change: Change, mapping: PropertyMapping | None = None) -> Reprojection:
    """What of the projection differs from what it was before a change.

    Args:
        view: the graph after the change.
        change: what it did to the default graph, exactly.
    """
    rules = mapping or property_mapping()
    new = _State(_Facts(view, rules, _NO_CHANGE), rules)
    old = _State(_Facts(view, rules, change), rules)
    triples = sorted({_triple(q) for q in change.removed | change.added}, key=str)
    foci = sorted(set(_affected(new, triples)))
    identities = sorted({i for state in (old, new) for f in foci for i in state.identities(f)})
    touched = _touched_triples(old, new, foci, identities, triples)
    before, after = (s.part(foci, identities, touched) for s in (old, new))
    ends = sorted({end for _, a, b, _ in identities for end in (a, b)} | {*foci})
    return Reprojection(before, after, old.labels(ends), new.labels(ends))


def _triple(quad: Quad) -> Triple:
    return name_of(quad.subject), quad.predicate.value, thing_of(quad.object)


def _affected(state: _State, triples: Iterable[Triple]) -> Iterator[str]:
    """Things from which a path leads over one of the triples.

    Walking back in the new state is enough: of the triples on a path that was or will be, the
    first one that changed has only unchanged ones before it.
    """
    for triple in triples:
        yield from state.covering(triple)


def _touched_triples(
    old: _State,
    new: _State,
    foci: Iterable[str],
    identities: Iterable[Identity],
    changed: Iterable[Triple],
) -> list[Triple]:
    """Triples of which the loss report may say something else than before."""
    for state in (old, new):
        for identity in identities:
            state.relationship(identity)
    found: set[Triple] = {*changed}
    about = {*foci}
    for facts in (old.facts, new.facts):
        found.update(t for t in facts.numbered() if t[0] in about or facts.is_ticked(t))
    found.update(t for state in (old, new) for t in state.with_reasons())
    for kind, start, end, _ in identities:
        short = [p for p, full in new.mapping.short_paths.items() if full == kind]
        found.update(t for p in short for t in ((start, p, end), (end, p, start)))
    return sorted(found, key=str)


class _Facts:
    """The facts of one state, read from the store when they are asked for.

    Args:
        undone: a change to look behind.
    """

    def __init__(self, view: View, mapping: PropertyMapping, undone: Change) -> None:
        self._view = view
        self.passable, self.silent = mapping.passable(), mapping.silent()
        self._hidden, self._restored = undone.added, undone.removed
        self._about: dict[str, dict[str, list[Cell]]] = {}
        self._back: dict[tuple[str, str], list[tuple[str, int]]] = {}
        self._numbers: dict[Triple, int] = {}
        self._ticked: set[int] = set()

    def about(self, subject: str) -> dict[str, list[Cell]]:
        """All that is said of a thing."""
        if subject not in self._about:
            facts: dict[str, list[Cell]] = {}
            for triple in self._triples(subject, None, None):
                facts.setdefault(triple[1], []).append((triple[2], self._number(triple)))
            self._about[subject] = facts
        return self._about[subject]

    def predicates(self, subject: str) -> tuple[str, ...]:
        """See `Facts.predicates`."""
        return tuple(sorted(self.about(subject)))

    def cells(self, subject: str, predicate: str) -> Sequence[Cell]:
        """See `Facts.cells`."""
        return self.about(subject).get(predicate, ())

    def reaching(self, predicate: str, thing: str) -> Sequence[tuple[str, int]]:
        """See `Facts.reaching`."""
        key = (predicate, thing)
        if key not in self._back:
            found = self._triples(None, predicate, thing)
            self._back[key] = [(t[0], self._number(t)) for t in found]
        return self._back[key]

    def _triples(
        self, subject: str | None, predicate: str | None, thing: str | None
    ) -> Iterator[Triple]:
        s, p, o = (None if x is None else NamedNode(x) for x in (subject, predicate, thing))
        for quad in self._view.quads(s, p, o, DEFAULT_GRAPH):
            if quad not in self._hidden:
                yield _triple(quad)
        for triple in map(_triple, self._restored):
            wanted = zip((subject, predicate, thing), triple, strict=True)
            if all(want is None or want == have for want, have in wanted):
                yield triple

    def _number(self, triple: Triple) -> int:
        return self._numbers.setdefault(triple, len(self._numbers))

    def holds(self, triple: Triple) -> bool:
        """Whether this state has the triple."""
        return any(value == triple[2] for value, _ in self.cells(*triple[:2]))

    def number(self, triple: Triple) -> int:
        """The number of a triple that this state has."""
        return self._numbers[triple]

    def numbered(self) -> Iterable[Triple]:
        """The triples that somebody asked for."""
        return self._numbers

    def tick(self, trail: Iterable[int]) -> None:
        """See `Facts.tick`."""
        self._ticked.update(trail)

    def is_ticked(self, triple: Triple) -> bool:
        """Whether a triple was turned into something."""
        return self._numbers.get(triple) in self._ticked


class _Made:
    """The relationships of a state that are not of rules that only add to others."""

    def __init__(self, state: _State) -> None:
        self._state = state

    def __contains__(self, identity: object) -> bool:
        assert isinstance(identity, tuple)
        return bool(self._state.said_of(identity, adding=False))


@dataclass(slots=True)
class _State:
    """One state of the graph, projected as far as somebody asks."""

    facts: _Facts
    mapping: PropertyMapping
    rules: Evaluation = field(init=False)
    _nodes: dict[str, Node | None] = field(default_factory=dict)
    _heard: dict[tuple[int, str], list[tuple[Identity, Said]]] = field(default_factory=dict)
    _relationships: dict[Identity, Relationship | None] = field(default_factory=dict)
    _complete: set[str] = field(default_factory=set)
    _classes: frozenset[str] = frozenset()
    _paths: tuple[Path, ...] = ()
    _conditions: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._paths = tuple(sorted(set(self.mapping.paths())))
        self._conditions = frozenset(self.mapping.conditions())
        self._classes = frozenset(rule.cls for rule in self.mapping.nodes)
        self.rules = Evaluation(self.facts, self.mapping, self._is_node)

    def _is_node(self, thing: str) -> bool:
        types = self.facts.cells(thing, TYPE)
        return any(cls in self._classes for cls, _ in types) and not thing.startswith("_:")

    def node(self, subject: str) -> Node | None:
        """The node that a thing is; None if it is none."""
        if subject not in self._nodes:
            self._nodes[subject] = self.rules.node(subject)
        return self._nodes[subject]

    def labels(self, iris: Iterable[str]) -> dict[str, str]:
        """The label that each of the nodes is found by."""
        found = {iri: self.rules.labels(iri) for iri in iris if self._is_node(iri)}
        return {iri: labels[0] for iri, labels in found.items()}

    # Relationships

    def identities(self, focus: str) -> list[Identity]:
        """The relationships that a thing says something of."""
        return [
            identity
            for n, rule in enumerate(self.mapping.relationships)
            if self._applies(rule, focus)
            for identity, _ in self._hear(n, focus)
        ]

    def _applies(self, rule: RelationshipRule, focus: str) -> bool:
        facts = self.facts.about(focus)
        if rule.having and rule.having in facts:
            return True
        return any(cls in rule.classes for cls, _ in facts.get(TYPE, ()))

    def _hear(self, n: int, focus: str) -> list[tuple[Identity, Said]]:
        if (n, focus) not in self._heard:
            rule = self.mapping.relationships[n]
            self._heard[n, focus] = self.rules.said(rule, focus, _Made(self))
        return self._heard[n, focus]

    def said_of(self, identity: Identity, *, adding: bool = True) -> list[Said]:
        """All that is said of a relationship, by whichever thing."""
        kind, start, end, key = identity
        return [
            said
            for n, rule in enumerate(self.mapping.relationships)
            if rule.type == kind and (adding or not rule.adds_only)
            for focus in ([key] if key else self._candidates(rule, start, end))
            if self._applies(rule, focus)
            for found, said in self._hear(n, focus)
            if found == identity
        ]

    def _candidates(self, rule: RelationshipRule, start: str, end: str) -> list[str]:
        """Things that may say by the rule that there is a relationship between the two."""
        ways = [(rule.start, start), (rule.end, end)]
        path, thing = min(ways, key=lambda w: (bool(w[0]), not (w[0] and w[0][-1].inverse)))
        return self._sources(thing, path)

    def relationship(self, identity: Identity) -> Relationship | None:
        """The relationship as it is in this state; None if there is none."""
        if identity not in self._relationships:
            said = self.said_of(identity)
            made = self.rules.relationship(identity, said) if said else None
            self._relationships[identity] = made
        return self._relationships[identity]

    def _exists(self, kind: str, start: str, end: str) -> bool:
        return any(
            found[:3] == (kind, start, end)
            for n, rule in enumerate(self.mapping.relationships)
            if rule.type == kind
            for focus in self._candidates(rule, start, end)
            if self._applies(rule, focus)
            for found, _ in self._hear(n, focus)
        )

    # Where paths come from

    def _sources(self, thing: str, path: Path) -> list[str]:
        """Things from which a path may lead to this one."""
        found = [thing]
        for step in reversed(path):
            found = [s for place in found for s in self._back(place, step.predicate, step.inverse)]
        return sorted(set(found))

    def _back(self, thing: str, predicate: str, inverse: bool) -> Iterator[str]:
        if not inverse:
            yield from (s for s, _ in self.facts.reaching(predicate, thing))
        else:
            yield from (v for v, _ in self.facts.cells(thing, predicate) if isinstance(v, str))

    def covering(self, triple: Triple) -> Iterator[str]:
        """Things of which what becomes of them may depend on a triple; its subject first."""
        subject, predicate, value = triple
        yield subject
        for path in self._paths:
            for n, step in enumerate(path):
                entry = value if step.inverse else subject
                if step.predicate == predicate and isinstance(entry, str):
                    yield from self._sources(entry, path[:n])
                if n and predicate in self._conditions:
                    yield from self._sources(subject, path[:n])
        if predicate == TYPE and value in self._classes:
            for rule in self.mapping.relationships:
                for path in (rule.start, rule.end):
                    yield from self._sources(subject, path)

    # What of it differs

    def part(
        self, foci: Iterable[str], identities: Iterable[Identity], touched: Iterable[Triple]
    ) -> PropertyGraph:
        """The nodes and relationships of these, and what is lost of the triples."""
        nodes = tuple(n for f in foci if (n := self.node(f)))
        found = tuple(r for i in identities if (r := self.relationship(i)))
        counts = Counter(loss for t in touched if self.facts.holds(t) for loss in self._lost(t))
        return PropertyGraph(nodes, found, tuple(Loss(*x, counts[x]) for x in sorted(counts)))

    def with_reasons(self) -> list[Triple]:
        """Triples that a rule looked at and did not take, or not in full."""
        wanted = {*self.rules.reasons, *(n for n, _ in self.rules.partial)}
        return [t for t in self.facts.numbered() if self.facts.number(t) in wanted]

    def _lost(self, triple: Triple) -> list[tuple[str, str]]:
        subject, predicate, value = triple
        for focus in self.covering(triple):
            self._finish(focus)
            if self.facts.is_ticked(triple):
                return self._partly_lost(triple)
        short = self.mapping.short_paths.get(predicate)
        if short and isinstance(value, str):
            if self._exists(short, subject, value) or self._exists(short, value, subject):
                return []
        why = self.rules.reason(subject, predicate, value, self.facts.number(triple))
        return [(self.rules.what(subject, predicate), why)]

    def _partly_lost(self, triple: Triple) -> list[tuple[str, str]]:
        what, number = self.rules.what(*triple[:2]), self.facts.number(triple)
        return [(what, why) for n, why in sorted(self.rules.partial) if n == number]

    def _finish(self, focus: str) -> None:
        """Turn a thing into all that it becomes."""
        if focus not in self._complete:
            self._complete.add(focus)
            self.node(focus)
            for identity in self.identities(focus):
                self.relationship(identity)
