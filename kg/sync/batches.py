"""A delta in steps, each of which is one transaction: pure, nothing is sent here.

A meeting and all that hangs on it change in one and the same step, so that no reader ever sees half
a meeting, wherever a sync breaks off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
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


def batches(delta: Delta, size: int = SIZE) -> list[Batch]:
    """The steps of a delta: one if it is small, else meetings in between what they need."""
    parts = _Parts(delta)
    whole = Batch()
    for part in parts.all():
        whole.add(part)
    if len(whole) <= size:
        return [whole] if whole else []
    return [batch for group in parts.groups() for batch in _filled(group, size)]


class _Parts:
    """A delta taken apart: meetings with what hangs on them, and the rest."""

    def __init__(self, delta: Delta) -> None:
        self._labels: Mapping[str, str] = {**delta.old_labels, **delta.labels}
        self._first, self._between, self._last = list[Batch](), list[Batch](), list[Batch]()
        self._joined: dict[str, str] = {}
        self._meetings: dict[str, Batch] = {}
        self._join(delta)
        self._add_nodes(delta)
        self._add_relationships(delta)

    def all(self) -> Iterator[Batch]:
        """Every part, in an order in which they can be sent."""
        for group in self.groups():
            yield from group

    def groups(self) -> Iterator[Sequence[Batch]]:
        """Parts that have to wait for one another come in different groups."""
        yield self._first
        yield self._between
        yield list(self._meetings.values())
        yield self._last

    def _join(self, delta: Delta) -> None:
        """Meetings that lead to each other are one."""
        ids = [r.identity for r in (*delta.relationships.added, *delta.relationships.changed)]
        for _, start, end, _ in (*ids, *delta.relationships.removed):
            if self._is_meeting(start) and self._is_meeting(end):
                a, b = sorted((self._root(start), self._root(end)))
                self._joined[b] = a

    def _root(self, iri: str) -> str:
        while self._joined.get(iri, iri) != iri:
            iri = self._joined[iri]
        return iri

    def _is_meeting(self, iri: str) -> bool:
        return self._labels.get(iri) == WHOLE

    def _of(self, iri: str) -> Batch:
        return self._meetings.setdefault(self._root(iri), Batch())

    def _add_nodes(self, delta: Delta) -> None:
        for node in delta.nodes.changed:
            if delta.old_labels[node.iri] != node.label:
                self._first.append(Batch(relabelled=[node]))
        for node in (*delta.nodes.added, *delta.nodes.changed):
            if self._is_meeting(node.iri):
                self._of(node.iri).nodes.append(node)
            else:
                self._first.append(Batch(nodes=[node]))
        for iri in delta.nodes.removed:
            if self._is_meeting(iri):
                self._of(iri).gone_nodes.append(iri)
            else:
                self._last.append(Batch(gone_nodes=[iri]))

    def _add_relationships(self, delta: Delta) -> None:
        for r in (*delta.relationships.added, *delta.relationships.changed):
            self._part(r.start, r.end).relationships.append(r)
        for identity in delta.relationships.removed:
            self._part(identity[1], identity[2]).gone_relationships.append(identity)

    def _part(self, start: str, end: str) -> Batch:
        for iri in (start, end):
            if self._is_meeting(iri):
                return self._of(iri)
        self._between.append(Batch())
        return self._between[-1]


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
