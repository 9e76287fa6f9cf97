"""The difference between what a server has and what it should have: pure, nothing is sent here."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from kg.property_graph import Node, PropertyGraph, Relationship
from kg.reproject import Reprojection
from kg.sync.stored import Page, RelationshipId, StoredNode, StoredRelationship, all_same

Id = TypeVar("Id", bound=Hashable)
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Changes(Generic[Id, Thing]):
    """Additions, changes and removals of one kind."""

    added: tuple[Thing, ...] = ()
    changed: tuple[Thing, ...] = ()
    removed: tuple[Id, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Delta:
    """All that has to be sent.

    Attributes:
        old_labels: label by which the server finds each node before the change.
        labels: label by which it finds each node afterwards.
        strays: how many things with our mark have lost what made them ours.
        first: the server has nothing of the graph.
    """

    nodes: Changes[str, Node]
    relationships: Changes[RelationshipId, Relationship]
    old_labels: Mapping[str, str] = field(default_factory=dict, repr=False)
    labels: Mapping[str, str] = field(default_factory=dict, repr=False)
    strays: int = 0
    first: bool = False

    def __bool__(self) -> bool:
        return bool(self.nodes or self.relationships or self.strays)

    def named(self) -> Iterator[tuple[str, str, str, str]]:
        """Every change as verb, `node` or `relationship`, its label or type, and a name of it."""
        for verb, nodes in (("add", self.nodes.added), ("change", self.nodes.changed)):
            yield from ((verb, "node", n.label, n.iri) for n in nodes)
        yield from (("remove", "node", self.old_labels[i], i) for i in self.nodes.removed)
        rs = self.relationships
        for verb, found in (("add", rs.added), ("change", rs.changed)):
            yield from ((verb, "relationship", r.type, _arrow(r.identity)) for r in found)
        yield from (("remove", "relationship", i[0], _arrow(i)) for i in rs.removed)

    def lines(self) -> Iterator[str]:
        """The changes, one a line."""
        for verb, kind, label, name in self.named():
            yield f"{verb} (:{label} {name})" if kind == "node" else f"{verb} {name}"


def _arrow(identity: RelationshipId) -> str:
    kind, start, end, _ = identity
    return f"({start})-[:{kind}]->({end})"


def plan(stored: Iterable[Page], new: PropertyGraph) -> Delta:
    """What makes a server that has what is stored equal to `new`."""
    planning = None
    for page in stored:
        planning = planning or _Planning(new)
        planning.nodes(page.nodes)
        planning.relationships(page.relationships)
    return planning.delta() if planning else _all_new(new)


def _all_new(new: PropertyGraph) -> Delta:
    """For a server that has nothing."""
    return Delta(Changes(new.nodes), Changes(new.relationships), {}, new.node_labels(), first=True)


def plan_part(found: Reprojection) -> Delta:
    """What a change of the graph changes on a server that was equal to the graph before it."""
    before = Page(
        [StoredNode(n.iri, n.labels, n.properties) for n in found.before.nodes],
        [StoredRelationship(r.identity, True, r.properties) for r in found.before.relationships],
    )
    delta = plan([before], found.after)
    return replace(delta, old_labels=found.labels_before, labels=found.labels_after)


class _Planning:
    """Strikes out what is there already."""

    def __init__(self, new: PropertyGraph) -> None:
        self._new = new
        self._nodes = {n.iri: n for n in new.nodes}
        self._relationships = {r.identity: r for r in new.relationships}
        self._added = set(self._nodes), set(self._relationships)
        self._changed = set[str](), set[RelationshipId]()
        self._removed = list[str](), list[RelationshipId]()
        self._old_labels: dict[str, str] = {}
        self._strays = 0

    def nodes(self, stored: Iterable[StoredNode]) -> None:
        for there in stored:
            if there.iri is None:
                self._strays += 1
                continue
            here = self._nodes.get(there.iri)
            iri = here.iri if here else there.iri  # the graph's own text: not held twice
            self._old_labels[iri] = there.label
            if here is None:
                self._removed[0].append(iri)
                continue
            self._added[0].discard(iri)
            if here.labels != there.labels or not all_same(here.properties, there.properties):
                self._changed[0].add(iri)

    def relationships(self, stored: Iterable[StoredRelationship]) -> None:
        for there in stored:
            here = self._relationships.get(there.id)
            if not there.whole:
                self._strays += 1
            elif here is None:
                self._removed[1].append(there.id)
            else:
                self._added[1].discard(there.id)
                if not all_same(here.properties, there.properties):
                    self._changed[1].add(there.id)

    def delta(self) -> Delta:
        nodes, relationships = self._new.nodes, self._new.relationships
        return Delta(
            Changes(
                tuple(n for n in nodes if n.iri in self._added[0]),
                tuple(n for n in nodes if n.iri in self._changed[0]),
                tuple(sorted(set(self._removed[0]), key=str)),
            ),
            Changes(
                tuple(r for r in relationships if r.identity in self._added[1]),
                tuple(r for r in relationships if r.identity in self._changed[1]),
                tuple(sorted(set(self._removed[1]), key=str)),
            ),
            self._old_labels,
            self._new.node_labels(),
            self._strays,
        )
