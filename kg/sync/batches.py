"""A delta in steps, each of which is one transaction: pure, nothing is sent here.

A meeting and all that hangs on it change in one and the same step, so that no reader ever sees half
a meeting, wherever a sync breaks off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final, TypeVar

from kg.property_graph import Node, Relationship
from kg.sync.plan import Delta
from kg.sync.stored import RelationshipId

SIZE: Final = 10_000
WHOLE: Final = "Meeting"
"""Label of the things that are never there without their relationships."""
Thing = TypeVar("Thing")


@dataclass(slots=True)
class Batch:
    """What one transaction changes, in the order of the attributes."""

    relabelled: list[Node] = field(default_factory=list)
    gone_relationships: list[RelationshipId] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    relationships: list[Relationship] = field(default_factory=list)
    gone_nodes: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        things = len(self.relabelled) + len(self.nodes) + len(self.relationships)
        return things + len(self.gone_relationships) + len(self.gone_nodes)

    def __bool__(self) -> bool:
        return len(self) > 0

    def add(self, other: Batch) -> None:
        """Take over what another one changes."""
        self.relabelled += other.relabelled
        self.gone_relationships += other.gone_relationships
        self.nodes += other.nodes
        self.relationships += other.relationships
        self.gone_nodes += other.gone_nodes


def batches(delta: Delta, size: int = SIZE) -> Iterator[Batch]:
    """The steps of a delta: one if it is small, else meetings in between what they need.

    A small one is one transaction with whatever else the caller puts there: see `is_small`.
    """
    steps = _Parts(delta).steps(size)
    if not is_small(delta, size):
        yield from steps
        return
    whole = Batch()
    for step in steps:
        whole.add(step)
    yield whole


def is_small(delta: Delta, size: int = SIZE) -> bool:
    """Whether one transaction is enough."""
    kinds = (delta.nodes, delta.relationships)
    return sum(len(c.added) + len(c.changed) + len(c.removed) for c in kinds) <= size


class _Parts:
    """A delta taken apart: meetings with what hangs on them, and the rest."""

    def __init__(self, delta: Delta) -> None:
        self._labels: Mapping[str, str] = {**delta.old_labels, **delta.labels}
        self._rest = Batch()
        self._joined: dict[str, str] = {}
        self._meetings: dict[str, Batch] = {}
        self._join(delta)
        self._add_nodes(delta)
        self._add_relationships(delta)

    def steps(self, size: int) -> Iterator[Batch]:
        """All of it, in an order in which it can be sent."""
        rest = self._rest
        yield from (Batch(relabelled=some) for some in divided(rest.relabelled, size))
        yield from (Batch(nodes=some) for some in divided(rest.nodes, size))
        yield from (Batch(gone_relationships=x) for x in divided(rest.gone_relationships, size))
        yield from (Batch(relationships=some) for some in divided(rest.relationships, size))
        yield from _filled(self._meetings.values(), size)
        yield from (Batch(gone_nodes=some) for some in divided(rest.gone_nodes, size))

    def _join(self, delta: Delta) -> None:
        """Meetings that lead to each other are one."""
        found = delta.relationships
        there = (r.identity for r in chain(found.added, found.changed))
        for _, start, end, _ in chain(there, found.removed):
            if self._is_meeting(start) and self._is_meeting(end):
                a, b = sorted((self._root(start), self._root(end)))
                self._joined[b] = a

    def _root(self, iri: str) -> str:
        while self._joined.get(iri, iri) != iri:
            iri = self._joined[iri]
        return iri

    def _is_meeting(self, iri: str) -> bool:
        return self._labels.get(iri) == WHOLE

    def _of(self, *iris: str) -> Batch:
        """Where what concerns these nodes belongs."""
        for iri in iris:
            if self._is_meeting(iri):
                root = self._root(iri)
                if root not in self._meetings:
                    self._meetings[root] = Batch()
                return self._meetings[root]
        return self._rest

    def _add_nodes(self, delta: Delta) -> None:
        for node in delta.nodes.changed:
            if delta.old_labels[node.iri] != node.label:
                self._rest.relabelled.append(node)
        for node in (*delta.nodes.added, *delta.nodes.changed):
            self._of(node.iri).nodes.append(node)
        for iri in delta.nodes.removed:
            self._of(iri).gone_nodes.append(iri)

    def _add_relationships(self, delta: Delta) -> None:
        for r in (*delta.relationships.added, *delta.relationships.changed):
            self._of(r.start, r.end).relationships.append(r)
        for identity in delta.relationships.removed:
            self._of(identity[1], identity[2]).gone_relationships.append(identity)


def _filled(parts: Iterable[Batch], size: int) -> Iterator[Batch]:
    """Parts put together until they are large enough; none is ever divided."""
    batch = Batch()
    for part in parts:
        if batch and len(batch) + len(part) > size:
            yield batch
            batch = Batch()
        batch.add(part)
    if batch:
        yield batch


def divided(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """Things in lists of at most that many."""
    iterator = iter(things)
    while some := list(islice(iterator, size)):
        yield some
