"""What a server has of ours, by every single value: so that edits made there by hand are seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import neo4j
from neo4j.time import Date

from kg.property_graph import Properties
from kg.sync import statements as text
from kg.sync.plan import RelationshipId, ServerState, content_hash
from kg.sync.statements import MARK, Statements
from kg.sync.target import Connection

_OURS = frozenset({MARK, "iri"})


@dataclass(frozen=True, slots=True)
class StoredNode:
    """A node of ours as the server has it, without what only the sync needs."""

    iri: str | None
    labels: tuple[str, ...]
    properties: Properties

    @property
    def label(self) -> str:
        """The label that it is found by; "" if it has none of ours."""
        return self.labels[0] if self.labels else ""


@dataclass(frozen=True, slots=True)
class StoredRelationship:
    """A relationship of ours as the server has it; `whole` if both its ends are ours too."""

    id: RelationshipId
    whole: bool
    properties: Properties


def read_state(connection: Connection, graph: str, statements: Statements) -> ServerState:
    """All of it, as digests of the values."""
    nodes: dict[str, str | None] = {}
    labels: dict[str, str] = {}
    relationships: dict[RelationshipId, str | None] = {}
    strays = 0
    for node in stored_nodes(connection, graph, statements):
        if node.iri is None:
            strays += 1
        else:
            nodes[node.iri] = content_hash(node.properties, node.labels)
            labels[node.iri] = node.label
    for r in stored_relationships(connection, graph):
        if r.whole:
            relationships[r.id] = content_hash(r.properties)
        else:
            strays += 1
    return ServerState(nodes, labels, relationships, strays)


def stored_nodes(
    connection: Connection, graph: str, statements: Statements
) -> Iterator[StoredNode]:
    """Every node of ours with its values."""
    for row in _rows(connection, text.READ_NODE_VALUES, graph):
        labels, properties = statements.known(row["labels"]), row["properties"]
        yield StoredNode(properties.get("iri"), labels, _values(properties))


def stored_relationships(connection: Connection, graph: str) -> Iterator[StoredRelationship]:
    """Every relationship of ours with its values."""
    for row in _rows(connection, text.READ_RELATIONSHIP_VALUES, graph):
        key = row["properties"].get("iri") or ""
        identity = (row["type"], row["start"], row["end"], key)
        yield StoredRelationship(identity, bool(row["whole"]), _values(row["properties"]))


def indexes(connection: Connection) -> list[dict[str, Any]]:
    """Indexes of the server, those of constraints among them."""
    with connection.session() as session:
        return session.run(neo4j.Query(text.READ_INDEXES)).data()


def _rows(connection: Connection, query: str, graph: str) -> Iterator[neo4j.Record]:
    with connection.session() as session:
        yield from session.run(neo4j.Query(query), graph=graph)


def _values(properties: dict[str, Any]) -> Properties:
    return {name: _value(value) for name, value in properties.items() if name not in _OURS}


def _value(value: Any) -> Any:
    if isinstance(value, Date):
        return value.to_native()
    return tuple(value) if isinstance(value, list) else value
