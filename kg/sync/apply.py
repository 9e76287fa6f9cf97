"""Sends a delta, step by step, each step one transaction of statements that may be repeated.

A sync that breaks off is completed by the next one. Steps go one after the other: in parallel
they would wait for each other's nodes for ever.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, cast

import neo4j
from neo4j.exceptions import ClientError, TransientError

from kg.property_graph import Node
from kg.sync import statements as text
from kg.sync.batches import Batch, batches, is_small
from kg.sync.ledger import Held
from kg.sync.plan import Delta
from kg.sync.puts import Creating, Merging, Puts, Transaction, grouped
from kg.sync.statements import Statements
from kg.sync.stored import RelationshipId
from kg.sync.target import Connection

_MADE_MEANWHILE: Final = "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists"


class Writer:
    """Writes one delta to one graph of one database.

    Args:
        creating: the server has nothing of the graph, and takes labels as parameters.

    Attributes:
        counters: what the server says that it did: nodes created, properties set and so on.
    """

    def __init__(
        self, graph: str, statements: Statements, delta: Delta, *, creating: bool = False
    ) -> None:
        self._graph, self._statements, self._delta = graph, statements, delta
        self._puts: Puts = (
            Creating(self._run, graph)
            if creating
            else Merging(self._run, graph, statements, delta.labels)
        )
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
        if is_small(self._delta, size):
            step = next(steps)
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

    def _send(self, transaction: Transaction, batch: Batch, strays: int) -> None:
        if strays:
            self._run(transaction, text.REMOVE_STRAYS, {})
            self._run(transaction, text.REMOVE_NAMELESS, {})
        self._relabel(transaction, batch.relabelled)
        self._remove_relationships(transaction, batch.gone_relationships)
        self._puts.nodes(transaction, batch.nodes)
        self._puts.relationships(transaction, batch.relationships)
        self._remove_nodes(transaction, batch.gone_nodes)

    def _relabel(self, transaction: Transaction, nodes: Iterable[Node]) -> None:
        old = self._delta.old_labels
        for (was, is_now), group in grouped(nodes, lambda n: (old[n.iri], n.label)).items():
            query = self._statements.relabel(was, is_now)
            self._run(transaction, query, {"iris": [n.iri for n in group]})

    def _remove_relationships(
        self, transaction: Transaction, gone: Iterable[RelationshipId]
    ) -> None:
        def group_of(identity: RelationshipId) -> tuple[str, str, str]:
            kind, start, end, _ = identity
            return kind, self._old[start], self._old[end]

        for (kind, start, end), group in grouped(gone, group_of).items():
            query = self._statements.remove_relationships(kind, start, end)
            rows = [{"start": a, "end": b, "key": key} for _, a, b, key in group]
            self._run(transaction, query, {"rows": rows, "type": kind})

    def _remove_nodes(self, transaction: Transaction, iris: Iterable[str]) -> None:
        for label, group in grouped(iris, self._old.__getitem__).items():
            self._run(transaction, self._statements.remove_nodes(label), {"iris": group})

    def _run(
        self, transaction: Transaction, query: str, values: dict[str, Any]
    ) -> list[neo4j.Record]:
        # The driver asks for a literal text; ours is made of literals and names of the mapping.
        result = transaction.run(cast(Any, query), {**values, "graph": self._graph})
        rows = list(result)
        self.counters.update(
            {k: v for k, v in vars(result.consume().counters).items() if type(v) is int}
        )
        return rows


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
