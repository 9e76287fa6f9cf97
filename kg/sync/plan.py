"""The difference between what a server has and what it should have: pure, nothing is sent here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Generic, TypeAlias, TypeVar

from kg.property_graph import Node, Properties, PropertyGraph, Relationship
from kg.reproject import Reprojection

RelationshipId: TypeAlias = tuple[str, str, str, str]
"""Type, IRI of the start, IRI of the end, key."""

Id = TypeVar("Id", bound=Hashable)
Thing = TypeVar("Thing")


def content_hash(properties: Properties, labels: Iterable[str] = ()) -> str:
    """Digest of all that makes a node or relationship what it is; 1, 1.0 and true differ."""
    whole = [list(labels), properties]
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, default=_tagged)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _tagged(value: object) -> list[str]:
    """Values that JSON does not have: a date must not equal its own text."""
    if isinstance(value, date):
        return ["date", value.isoformat()]
    return [type(value).__name__, str(value)]


@dataclass(frozen=True, slots=True)
class ServerState:
    """What a server has of ours: content hashes.

    Attributes:
        nodes: hash by IRI.
        labels: label by which the server finds each of them; "" where it has none that we know.
        strays: how many things carry our mark and cannot be ours any more: relationships on nodes
            of others, nodes without an IRI.
    """

    nodes: Mapping[str, str | None] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    relationships: Mapping[RelationshipId, str | None] = field(default_factory=dict)
    strays: int = 0


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
    """

    nodes: Changes[str, Node]
    relationships: Changes[RelationshipId, Relationship]
    old_labels: Mapping[str, str] = field(default_factory=dict, repr=False)
    labels: Mapping[str, str] = field(default_factory=dict, repr=False)
    strays: int = 0

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


def plan(old: ServerState, new: PropertyGraph) -> Delta:
    """What makes a server that has `old` equal to `new`."""
    labels = new.node_labels()
    # A node that is found by another label has changed, whatever its hash says.
    known = {iri: h if old.labels[iri] == labels.get(iri) else None for iri, h in old.nodes.items()}
    nodes = {n.iri: n for n in new.nodes}
    relationships = {r.identity: r for r in new.relationships}
    return Delta(
        _changes(known, nodes, lambda n: content_hash(n.properties, n.labels)),
        _changes(old.relationships, relationships, lambda r: content_hash(r.properties)),
        old.labels,
        labels,
        old.strays,
    )


def plan_part(found: Reprojection) -> Delta:
    """What a change of the graph changes on a server that was equal to the graph before it."""
    before, after = found.before, found.after
    nodes = {n.iri: content_hash(n.properties, n.labels) for n in before.nodes}
    relationships = {r.identity: content_hash(r.properties) for r in before.relationships}
    delta = plan(ServerState(nodes, found.labels_before, relationships), after)
    return replace(delta, labels=found.labels_after)


def _changes(
    old: Mapping[Id, str | None], new: Mapping[Id, Thing], digest: Callable[[Thing], str]
) -> Changes[Id, Thing]:
    added = tuple(thing for i, thing in new.items() if i not in old)
    changed = tuple(thing for i, thing in new.items() if i in old and old[i] != digest(thing))
    removed = tuple(sorted((i for i in old if i not in new), key=str))
    return Changes(added, changed, removed)
