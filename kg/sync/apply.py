"""Sends a delta: removals first, then nodes, then relationships.

Each batch is one managed transaction of statements that may be repeated, so a sync that breaks off
is completed by the next one. Relationships go one batch after the other: in parallel they would
wait for each other's nodes for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, TypeVar, cast

import neo4j

from kg.errors import ServerError
from kg.property_graph import Node, Relationship
from kg.sync import statements as text
from kg.sync.plan import Delta, RelationshipId, content_hash
from kg.sync.statements import HASH, MARK, Statements
from kg.sync.target import Connection

BATCH: Final = 5000
Thing = TypeVar("Thing")
Key = TypeVar("Key", bound=Hashable)


class Writer:
    """Writes to one graph of one database."""

    def __init__(self, connection: Connection, graph: str, statements: Statements) -> None:
        self._connection, self._graph, self._statements = connection, graph, statements

    def constrain(self, labels: Iterable[str]) -> None:
        """Make IRIs unique, one label after the other."""
        with self._connection.session(writing=True) as session:
            for label in labels:
                session.execute_write(_run, self._statements.constraint(label), {})

    def refuse_others(self, nodes: Iterable[Node]) -> None:
        """Make sure that no node of somebody else would be taken over.

        Raises:
            ServerError: there is one with an IRI of ours.
        """
        with self._connection.session() as session:
            for label, group in _grouped(nodes, lambda n: n.label).items():
                for iris in _batches([n.iri for n in group]):
                    values = {"iris": iris, "graph": self._graph}
                    query = self._statements.others_with(label)
                    for row in session.execute_read(_run, query, values):
                        raise ServerError(
                            f"the database has a :{label} node of somebody else with the iri "
                            f"{row['iri']}; nothing was sent: use another database"
                        )

    def apply(self, delta: Delta) -> None:
        """Send all of the delta.

        Raises:
            ServerError: somebody else removed nodes meanwhile.
        """
        with self._connection.session(writing=True) as session:
            if delta.strays:
                session.execute_write(_run, text.REMOVE_STRAYS, {"graph": self._graph})
                session.execute_write(_run, text.REMOVE_NAMELESS, {"graph": self._graph})
            self._remove_relationships(session, delta)
            self._remove_nodes(session, delta)
            self._relabel(session, delta)
            self._put_nodes(session, (*delta.nodes.added, *delta.nodes.changed))
            changed = (*delta.relationships.added, *delta.relationships.changed)
            self._put_relationships(session, changed, delta.labels)

    def _put_nodes(self, session: neo4j.Session, nodes: Sequence[Node]) -> None:
        for labels, group in _grouped(nodes, lambda n: n.labels).items():
            query = self._statements.put_nodes(labels)
            for batch in _batches(group):
                self._put(session, query, [self._node_row(n) for n in batch])

    def _put_relationships(
        self, session: neo4j.Session, found: Sequence[Relationship], labels: Mapping[str, str]
    ) -> None:
        groups = _grouped(found, lambda r: (r.type, labels[r.start], labels[r.end]))
        for (kind, start, end), group in groups.items():
            query = self._statements.put_relationships(kind, start, end)
            for batch in _batches(group):
                self._put(session, query, [self._relationship_row(r) for r in batch])

    def _put(self, session: neo4j.Session, query: str, rows: list[dict[str, Any]]) -> None:
        values = {"rows": rows, "graph": self._graph}
        done = session.execute_write(_run, query, values)[0]["done"]
        if done < len(rows):
            raise ServerError("somebody else changed the database meanwhile; run the sync again")

    def _node_row(self, node: Node) -> dict[str, Any]:
        marks = {"iri": node.iri, MARK: self._graph}
        known = content_hash(node.properties, node.labels)
        return {"iri": node.iri, "properties": {**_sent(node.properties), **marks, HASH: known}}

    def _relationship_row(self, r: Relationship) -> dict[str, Any]:
        marks = {MARK: self._graph, HASH: content_hash(r.properties)}
        own = {"iri": r.key} if r.key else {}
        properties = {**_sent(r.properties), **own, **marks}
        return {"start": r.start, "end": r.end, "key": r.key, "properties": properties}

    def _remove_relationships(self, session: neo4j.Session, delta: Delta) -> None:
        def group_of(identity: RelationshipId) -> tuple[str, str, str]:
            kind, start, end, _ = identity
            return kind, delta.old_labels[start], delta.old_labels[end]

        for (kind, start, end), group in _grouped(delta.relationships.removed, group_of).items():
            query = self._statements.remove_relationships(kind, start, end)
            for batch in _batches(group):
                rows = [{"start": a, "end": b, "key": key} for _, a, b, key in batch]
                values = {"rows": rows, "graph": self._graph, "type": kind}
                session.execute_write(_run, query, values)

    def _remove_nodes(self, session: neo4j.Session, delta: Delta) -> None:
        for label, group in _grouped(delta.nodes.removed, delta.old_labels.__getitem__).items():
            query = self._statements.remove_nodes(label)
            for iris in _batches(group):
                session.execute_write(_run, query, {"iris": iris, "graph": self._graph})

    def _relabel(self, session: neo4j.Session, delta: Delta) -> None:
        def group_of(node: Node) -> tuple[str, str]:
            return delta.old_labels[node.iri], node.label

        for (old, new), group in _grouped(delta.nodes.changed, group_of).items():
            if old != new:
                for iris in _batches([n.iri for n in group]):
                    values = {"iris": iris, "graph": self._graph}
                    session.execute_write(_run, self._statements.relabel(old, new), values)


def _run(
    transaction: neo4j.ManagedTransaction, query: str, values: dict[str, Any]
) -> list[dict[str, Any]]:
    # The driver asks for a literal text; ours is made of literals and names of the mapping.
    return transaction.run(cast(Any, query), values).data()


def _sent(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in properties.items()}


def _grouped(things: Iterable[Thing], key: Callable[[Thing], Key]) -> dict[Key, list[Thing]]:
    groups: dict[Key, list[Thing]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return groups


def _batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    iterator = iter(things)
    while batch := list(islice(iterator, BATCH)):
        yield batch
