"""Sends a delta, step by step, each step one transaction of statements that may be repeated.

A sync that breaks off is completed by the next one. Steps go one after the other: in parallel
they would wait for each other's nodes for ever.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, Final, Protocol, TypeVar, cast

import neo4j
from neo4j.exceptions import ClientError, TransientError

from kg.errors import ServerError
from kg.property_graph import Node, Relationship
from kg.sync import statements as text
from kg.sync.batches import Batch, batches
from kg.sync.ledger import Held
from kg.sync.plan import Delta
from kg.sync.statements import MARK, Statements
from kg.sync.stored import RelationshipId
from kg.sync.target import Connection

_MADE_MEANWHILE: Final = "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists"
Thing = TypeVar("Thing")
Key = TypeVar("Key", bound=Hashable)


class _Transaction(Protocol):
    def run(self, query: Any, parameters: dict[str, Any]) -> neo4j.Result: ...


class Writer:
    """Writes one delta to one graph of one database.

    Attributes:
        counters: what the server says that it did: nodes created, properties set and so on.
    """

    def __init__(self, graph: str, statements: Statements, delta: Delta) -> None:
        self._graph, self._statements, self._delta = graph, statements, delta
        changed = {n.iri: n.label for n in delta.nodes.changed}
        self._old: Mapping[str, str] = {**delta.old_labels, **changed}
        self.counters: Counter[str] = Counter()

    def apply(
        self,
        connection: Connection,
        held: Held,
        *,
        size: int,
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Send all of it: in the lock's own transaction if it is small, else step by step.

        Args:
            size: how many nodes and relationships a transaction should change at most.
            progress: is told, after each transaction, how many more have been sent.

        Raises:
            ServerError: somebody else removed nodes meanwhile.
        """
        steps = batches(self._delta, size)
        if len(steps) <= 1:
            step = steps[0] if steps else Batch()
            self._send(held.transaction, step, self._delta.strays)
            progress(len(step))
            return
        with connection.session(writing=True) as session:
            for n, step in enumerate(steps):
                self._commit(session, held, step, 0 if n else self._delta.strays)
                progress(len(step))

    def _commit(self, session: neo4j.Session, held: Held, batch: Batch, strays: int) -> None:
        """One step, again if it got into the way of somebody else's transaction.

        Not a managed transaction: after a broken connection the lock is gone, and a step that is
        sent again without it could meet another sync.
        """
        for patience in (0.1, 0.5, 2.0, 0):
            transaction = session.begin_transaction()
            try:
                self._send(transaction, batch, strays)
                held.keep()
                transaction.commit()
                return
            except TransientError:
                if not patience:
                    raise
                held.keep()
                time.sleep(patience)
            finally:
                transaction.close()

    def _send(self, transaction: _Transaction, batch: Batch, strays: int) -> None:
        if strays:
            self._run(transaction, text.REMOVE_STRAYS, {})
            self._run(transaction, text.REMOVE_NAMELESS, {})
        self._relabel(transaction, batch.relabelled)
        self._remove_relationships(transaction, batch.gone_relationships)
        self._put_nodes(transaction, batch.nodes)
        self._put_relationships(transaction, batch.relationships)
        self._remove_nodes(transaction, batch.gone_nodes)

    def _relabel(self, transaction: _Transaction, nodes: Iterable[Node]) -> None:
        old = self._delta.old_labels
        for (was, is_now), group in _grouped(nodes, lambda n: (old[n.iri], n.label)).items():
            query = self._statements.relabel(was, is_now)
            self._run(transaction, query, {"iris": [n.iri for n in group]})

    def _remove_relationships(
        self, transaction: _Transaction, gone: Iterable[RelationshipId]
    ) -> None:
        def group_of(identity: RelationshipId) -> tuple[str, str, str]:
            kind, start, end, _ = identity
            return kind, self._old[start], self._old[end]

        for (kind, start, end), group in _grouped(gone, group_of).items():
            query = self._statements.remove_relationships(kind, start, end)
            rows = [{"start": a, "end": b, "key": key} for _, a, b, key in group]
            self._run(transaction, query, {"rows": rows, "type": kind})

    def _put_nodes(self, transaction: _Transaction, nodes: Iterable[Node]) -> None:
        for labels, group in _grouped(nodes, lambda n: n.labels).items():
            query = self._statements.put_nodes(labels)
            self._put(transaction, query, [self._node_row(n) for n in group])

    def _put_relationships(self, transaction: _Transaction, found: Iterable[Relationship]) -> None:
        labels = self._delta.labels
        groups = _grouped(found, lambda r: (r.type, labels[r.start], labels[r.end]))
        for (kind, start, end), group in groups.items():
            query = self._statements.put_relationships(kind, start, end)
            self._put(transaction, query, [self._relationship_row(r) for r in group])

    def _remove_nodes(self, transaction: _Transaction, iris: Iterable[str]) -> None:
        for label, group in _grouped(iris, self._old.__getitem__).items():
            self._run(transaction, self._statements.remove_nodes(label), {"iris": group})

    def _put(self, transaction: _Transaction, query: str, rows: list[dict[str, Any]]) -> None:
        (found,) = self._run(transaction, query, {"rows": rows})
        if found["done"] < len(rows):
            raise ServerError("somebody else changed the database meanwhile; run the sync again")

    def _run(
        self, transaction: _Transaction, query: str, values: dict[str, Any]
    ) -> list[dict[str, Any]]:
        # The driver asks for a literal text; ours is made of literals and names of the mapping.
        result = transaction.run(cast(Any, query), {**values, "graph": self._graph})
        rows = result.data()
        self.counters.update(
            {k: v for k, v in vars(result.consume().counters).items() if type(v) is int}
        )
        return rows

    def _node_row(self, node: Node) -> dict[str, Any]:
        marks = {"iri": node.iri, MARK: self._graph}
        return {"iri": node.iri, "properties": {**_sent(node.properties), **marks}}

    def _relationship_row(self, r: Relationship) -> dict[str, Any]:
        own = {"iri": r.key} if r.key else {}
        properties = {**_sent(r.properties), **own, MARK: self._graph}
        return {"start": r.start, "end": r.end, "key": r.key, "properties": properties}


def prepare(connection: Connection, wanted: Iterable[str]) -> None:
    """Constraints and indexes, one statement after the other.

    Before the lock is taken: the server lets them wait for open transactions. Another sync may do
    the same in the same moment: managed transactions try again where the two were in each other's
    way, and what the other one has made meanwhile is there.
    """
    with connection.session(writing=True) as session:
        for statement in wanted:
            try:
                session.execute_write(_do, statement)
            except ClientError as error:
                if error.code != _MADE_MEANWHILE:
                    raise


def _do(transaction: neo4j.ManagedTransaction, statement: str) -> None:
    transaction.run(cast(Any, statement)).consume()


def _sent(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in properties.items()}


def _grouped(things: Iterable[Thing], key: Callable[[Thing], Key]) -> dict[Key, list[Thing]]:
    groups: dict[Key, list[Thing]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return groups
