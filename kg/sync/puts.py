"""Puts nodes and relationships on a server: by merging where some may be there, else by creating.

Both leave exactly the same labels, types and properties behind.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, TypeVar

import neo4j

from kg.errors import ServerError
from kg.property_graph import Node, Properties, Relationship
from kg.sync import statements as text
from kg.sync.statements import MARK, Statements

Thing = TypeVar("Thing")
Key = TypeVar("Key", bound=Hashable)


class Transaction(Protocol):
    """Where statements run: one of our own, or one that the driver manages."""

    def run(self, query: Any, parameters: dict[str, Any]) -> neo4j.Result:
        """As the driver does it."""
        ...


Run: TypeAlias = Callable[[Transaction, str, dict[str, Any]], list[neo4j.Record]]


class Puts(Protocol):
    """A way to put things on a server.

    Raises:
        ServerError: somebody else removed nodes meanwhile.
    """

    def nodes(self, transaction: Transaction, nodes: Sequence[Node]) -> None:
        """Nodes with exactly their labels and properties."""
        ...

    def relationships(self, transaction: Transaction, found: Sequence[Relationship]) -> None:
        """Relationships with exactly their properties, between nodes that are there."""
        ...


class Merging:
    """Whatever the server has already becomes what it should be; one statement for each shape."""

    def __init__(
        self, run: Run, graph: str, statements: Statements, labels: Mapping[str, str]
    ) -> None:
        self._run, self._graph, self._statements, self._labels = run, graph, statements, labels

    def nodes(self, transaction: Transaction, nodes: Sequence[Node]) -> None:
        """See `Puts.nodes`."""
        for labels, group in grouped(nodes, lambda n: n.labels).items():
            rows = [{"iri": n.iri, "properties": _of_node(n, self._graph)} for n in group]
            _put(self._run, transaction, self._statements.put_nodes(labels), rows)

    def relationships(self, transaction: Transaction, found: Sequence[Relationship]) -> None:
        """See `Puts.relationships`."""
        labels = self._labels
        groups = grouped(found, lambda r: (r.type, labels[r.start], labels[r.end]))
        for (kind, start, end), group in groups.items():
            query = self._statements.put_relationships(kind, start, end)
            rows = [
                {
                    "start": r.start,
                    "end": r.end,
                    "key": r.key,
                    "properties": _of_relationship(r, self._graph),
                }
                for r in group
            ]
            _put(self._run, transaction, query, rows)


class Creating:
    """For a server that has nothing of the graph: nothing is looked for.

    The server tells its own id of each node, by which relationships then find their ends.
    """

    def __init__(self, run: Run, graph: str) -> None:
        self._run, self._graph = run, graph
        self._ids: dict[str, str] = {}

    def nodes(self, transaction: Transaction, nodes: Sequence[Node]) -> None:
        """See `Puts.nodes`."""
        if nodes:
            rows = [[n.labels, _of_node(n, self._graph)] for n in nodes]
            self._ids.update(_put(self._run, transaction, text.CREATE_NODES, rows)["ids"])

    def relationships(self, transaction: Transaction, found: Sequence[Relationship]) -> None:
        """See `Puts.relationships`."""
        if found:
            ids, graph = self._ids, self._graph
            rows = [[r.type, ids[r.start], ids[r.end], _of_relationship(r, graph)] for r in found]
            _put(self._run, transaction, text.CREATE_RELATIONSHIPS, rows)


def _put(run: Run, transaction: Transaction, query: str, rows: list[Any]) -> neo4j.Record:
    (found,) = run(transaction, query, {"rows": rows})
    if found["done"] < len(rows):
        raise ServerError("somebody else changed the database meanwhile; run the sync again")
    return found


def _of_node(node: Node, graph: str) -> dict[str, Any]:
    return {**_sent(node.properties), "iri": node.iri, MARK: graph}


def _of_relationship(r: Relationship, graph: str) -> dict[str, Any]:
    own = {"iri": r.key} if r.key else {}
    return {**_sent(r.properties), **own, MARK: graph}


def _sent(properties: Properties) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in properties.items()}


def grouped(things: Iterable[Thing], key: Callable[[Thing], Key]) -> dict[Key, list[Thing]]:
    """Things by their key, in the order in which they came."""
    groups: dict[Key, list[Thing]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return groups
