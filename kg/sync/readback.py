"""What a server has of ours, by every single value: so that edits made there by hand are seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import neo4j
from neo4j.time import Date

from kg.property_graph import Properties
from kg.sync import statements as text
from kg.sync.plan import RelationshipId, ServerState, content_hash
from kg.sync.statements import MARK, Statements
from kg.sync.target import Connection

_OURS = frozenset({MARK, "iri"})


class StoredNode(NamedTuple):
    """A node of ours as the server has it, without what only the sync needs."""

    iri: str | None
    labels: tuple[str, ...]
    properties: Properties

    @property
    def label(self) -> str:
        """The label that it is found by; "" if it has none of ours."""
        return self.labels[0] if self.labels else ""


class StoredRelationship(NamedTuple):
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
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in _rows(connection, text.READ_NODE_VALUES, graph):
        found, properties = row
        labels = known.get(key := tuple(found)) or known.setdefault(key, statements.known(found))
        yield StoredNode(properties.get("iri"), labels, _values(properties))


def stored_relationships(connection: Connection, graph: str) -> Iterator[StoredRelationship]:
    """Every relationship of ours with its values."""
    for row in _rows(connection, text.READ_RELATIONSHIP_VALUES, graph):
        kind, whole, start, end, properties = row
        identity = (kind, start, end, properties.get("iri") or "")
        yield StoredRelationship(identity, bool(whole), _values(properties))


def indexes(connection: Connection) -> list[dict[str, Any]]:
    """Indexes of the server, those of constraints among them."""
    with connection.session() as session:
        return session.run(neo4j.Query(text.READ_INDEXES)).data()


def _rows(connection: Connection, query: str, graph: str) -> Iterator[neo4j.Record]:
    with connection.session(fetch_size=-1) as session:
        yield from session.run(neo4j.Query(query), graph=graph)


def _values(properties: dict[str, Any]) -> Properties:
    for name in _OURS:
        properties.pop(name, None)
    for name, value in properties.items():
        if type(value) is list:
            properties[name] = tuple(value)
        elif type(value) is Date:
            properties[name] = value.to_native()
    return properties
