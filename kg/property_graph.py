"""Nodes and relationships with properties: what Neo4j, Cypher, networkx and GraphML show.

A `PropertyGraph` is a plain value. Its nodes and relationships are sorted, so equal graphs are
equal byte for byte in every form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import networkx

Value: TypeAlias = str | int | float | bool | date | tuple[str, ...]
Properties: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Node:
    """One thing of the graph.

    Attributes:
        labels: the most general first; that one, with `iri`, identifies the node.
        properties: without `iri`; lists are sorted tuples.
    """

    iri: str
    labels: tuple[str, ...]
    properties: Properties

    @property
    def label(self) -> str:
        """The label that the node is found by."""
        return self.labels[0]


@dataclass(frozen=True, slots=True)
class Relationship:
    """One arrow between two nodes.

    Attributes:
        start: IRI of the node it leaves.
        end: IRI of the node it reaches.
        key: IRI of the entity it stands for; "" where type, start and end say which one it is.
    """

    type: str
    start: str
    end: str
    key: str
    properties: Properties

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What makes it this relationship and no other."""
        return self.type, self.start, self.end, self.key


@dataclass(frozen=True, slots=True, order=True)
class Loss:
    """Triples that have no place: how many of which kind, and why."""

    what: str
    why: str
    count: int

    def as_json(self) -> dict[str, object]:
        """As `kg sync` prints it."""
        return {"what": self.what, "count": self.count, "why": self.why}


@dataclass(frozen=True, slots=True)
class PropertyGraph:
    """Nodes sorted by label and IRI, relationships by type, start, end and key."""

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]
    not_representable: tuple[Loss, ...] = ()

    def node_labels(self) -> dict[str, str]:
        """The label that each IRI is found by."""
        return {node.iri: node.label for node in self.nodes}

    def loss_report(self) -> list[dict[str, object]]:
        """What could not be represented, as JSON."""
        return [loss.as_json() for loss in self.not_representable]


def plain(value: Value) -> str | int | float | bool | list[str]:
    """The value in JSON's types: dates as ISO text, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _plain(properties: Properties) -> Iterator[tuple[str, object]]:
    return ((name, plain(value)) for name, value in properties.items())


def to_networkx(graph: PropertyGraph) -> networkx.MultiDiGraph[str]:
    """The graph for network analysis.

    Nodes are IRIs with the attribute `labels` and their properties; edges are keyed by the type
    (and the IRI of what they stand for), and have the attribute `type`. Dates are ISO text.
    """
    import networkx

    result: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in graph.nodes:
        result.add_node(node.iri)
        result.nodes[node.iri].update(_plain(node.properties), labels=list(node.labels))
    for r in graph.relationships:
        key = f"{r.type} {r.key}".strip()
        result.add_edge(r.start, r.end, key=key)
        attributes = result.edges[r.start, r.end, key]
        # A property may be called `type` too: the relationship's own type goes first.
        attributes.update(_plain(r.properties))
        attributes["type"] = r.type
        if r.key:
            attributes["iri"] = r.key
    return result
