"""What a server has of ours, by every single value: so that edits made there by hand are seen.

It is read in pages of bounded size: nodes in the order of their IRIs, each page followed by the
relationships that leave its nodes. What no page can have (a node without an IRI, a relationship of
ours between nodes of others) is looked for where the server counts more than the pages had.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import neo4j
from neo4j.time import Date

from kg.property_graph import Properties
from kg.sync import statements as text
from kg.sync.statements import MARK, Statements
from kg.sync.stored import Page, StoredNode, StoredRelationship
from kg.sync.target import Connection

NODES: Final = 2000
"""Nodes in a page; all of the same IRI, should there be several, are in one."""
RELATIONSHIPS: Final = 10_000
"""Relationships that are asked for at a time, unless more leave one node."""
_OURS = frozenset({MARK, "iri"})


def pages(connection: Connection, graph: str, statements: Statements) -> Iterator[Page]:
    """Every node and relationship of ours with its values, each once."""
    with connection.session() as session:
        yield from _Reader(session, graph, statements).pages()


def indexes(connection: Connection) -> list[dict[str, Any]]:
    """Indexes of the server, those of constraints among them."""
    with connection.session() as session:
        return session.run(neo4j.Query(text.READ_INDEXES)).data()


@dataclass(slots=True)
class _Reader:
    session: neo4j.Session
    graph: str
    statements: Statements
    nodes: int = 0
    relationships: int = 0
    _known: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    def pages(self) -> Iterator[Page]:
        if self._nothing():
            return
        for label in self.statements.labels:
            for rows in self._node_rows(label):
                degrees = [(properties["iri"], degree) for _, properties, degree in rows]
                yield Page([self._node(labels, p) for labels, p, _ in rows], [])
                for first, last, degree in _ranges(degrees):
                    yield from self._leaving(label, first, last, degree)
        yield from self._irregular()

    def _nothing(self) -> bool:
        """Whether the database is new: cheaper to see than to plan all other statements."""
        others = self._value(text.COUNT_ALL_NODES) - self._value(text.COUNT_LEDGERS)
        return not others and not self._value(text.COUNT_ALL_RELATIONSHIPS)

    def _node_rows(self, label: str) -> Iterator[list[Any]]:
        """Labels, properties and number of relationships of nodes, IRI by IRI."""
        query, after, size = self.statements.read_nodes(label), "", NODES
        while True:
            rows: list[Any] = self._value(query, after=after, size=size)
            full = len(rows) == size
            if full:  # more nodes with the last IRI may follow, of which there should be one
                last = rows[-1][1]["iri"]
                rows = [row for row in rows if row[1]["iri"] != last]
            size = NODES if rows else 2 * size
            if rows:
                after = rows[-1][1]["iri"]
                yield rows
            if not full:
                return

    def _leaving(self, label: str, first: str, last: str, degree: int) -> Iterator[Page]:
        """The relationships that leave the nodes from one IRI to another."""
        if degree > 2 * RELATIONSHIPS:
            rows = self._rows(
                self.statements.read_leaving(label, each=True), first=first, last=last
            )
            for some in _some(rows, RELATIONSHIPS):
                yield self._page([start, [out]] for start, out in some)
        else:
            query = self.statements.read_leaving(label)
            yield self._page(self._value(query, first=first, last=last))

    def _page(self, leaving: Iterable[Any]) -> Page:
        found = [
            StoredRelationship((kind, start, end, p.get("iri") or ""), bool(ours), _values(p))
            for start, out in leaving
            for kind, end, ours, p in out
        ]
        self.relationships += len(found)
        return Page([], found)

    def _node(self, found: list[str], properties: dict[str, Any]) -> StoredNode:
        key = tuple(found)
        if key not in self._known:
            self._known[key] = self.statements.known(found)
        self.nodes += 1
        return StoredNode(properties.get("iri"), self._known[key], _values(properties))

    def _irregular(self) -> Iterator[Page]:
        """What is in no page."""
        if self._value(text.COUNT_NODES) != self.nodes:
            rows = self._rows(text.READ_IRREGULAR_NODES)
            yield Page([self._node(labels, properties) for labels, properties in rows], [])
        if self._value(text.COUNT_RELATIONSHIPS) != self.relationships:
            found = self._rows(text.READ_IRREGULAR_RELATIONSHIPS)
            stored = [
                StoredRelationship((kind, a, b, p.get("iri") or ""), bool(whole), _values(p))
                for kind, whole, a, b, p in found
            ]
            yield Page([], stored)

    def _value(self, query: str, **values: Any) -> Any:
        """The only value of the only row."""
        (row,) = self._rows(query, **values)
        return row[0]

    def _rows(self, query: str, **values: Any) -> Iterator[neo4j.Record]:
        values |= {"graph": self.graph, "roots": list(self.statements.labels)}
        yield from self.session.run(neo4j.Query(query), values)


def _ranges(degrees: Iterable[tuple[str, int]]) -> Iterator[tuple[str, str, int]]:
    """First and last IRI of nodes that not too many relationships leave together, and how many."""
    first, last, together = "", "", 0
    for iri, degree in degrees:
        if together and together + degree > RELATIONSHIPS and iri != last:
            yield first, last, together
            together = 0
        if degree:
            first, last, together = first if together else iri, iri, together + degree
    if together:
        yield first, last, together


def _some(rows: Iterator[neo4j.Record], size: int) -> Iterator[list[neo4j.Record]]:
    while found := [row for _, row in zip(range(size), rows, strict=False)]:
        yield found


def _values(properties: dict[str, Any]) -> Properties:
    for name in _OURS:
        properties.pop(name, None)
    for name, value in properties.items():
        if type(value) is list:
            properties[name] = tuple(value)
        elif type(value) is Date:
            properties[name] = value.to_native()
    return properties
