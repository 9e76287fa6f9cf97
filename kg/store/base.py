"""The contract of a store: a read-only `View`, and a `Store` that changes in whole steps.

Terms and quads are pyoxigraph's. A change is applied entirely or not at all, on every backend;
nothing outside this package knows which backend it talks to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Protocol, TypeAlias

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
)

Term: TypeAlias = NamedNode | Literal
Subject: TypeAlias = NamedNode | BlankNode
Object: TypeAlias = NamedNode | BlankNode | Literal
GraphName: TypeAlias = NamedNode | DefaultGraph
Answer: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples

DEFAULT_GRAPH = DefaultGraph()


@dataclass(frozen=True, slots=True)
class Change:
    """What to take away and what to add, in this order, in one step.

    Attributes:
        dropped: named graphs removed as a whole, before anything else.
        removed: single quads to remove; quads that are not there are no error.
        added: quads to add.
    """

    dropped: frozenset[NamedNode] = frozenset()
    removed: frozenset[Quad] = frozenset()
    added: frozenset[Quad] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(self.dropped or self.removed or self.added)


class View(Protocol):
    """What a question may see: reading only."""

    def query(self, sparql: str, *, bindings: Mapping[str, Term] | None = None) -> Answer:
        """Answer a SPARQL 1.1 query over the default graph and the named graphs (`GRAPH ?g`).

        Args:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
            bindings: values of variables, without the question mark; bound as terms, never as text.
                The value stands wherever the variable stood, and `BOUND(?name)` is true; `SELECT *`
                has no column for it.

        Raises:
            QuerySyntaxError: with line and column.
            RefusedQueryError: an update, `SERVICE`, or `FROM` (unions would count a fact told by
                three reports three times).
            UsageError: a binding for a variable that the query does not have, or sets by itself.
        """
        ...

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Object | None = None,
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """All quads of a pattern; None matches anything (for `graph` too)."""
        ...

    def graph_names(self) -> Iterator[NamedNode]:
        """The named graphs that hold at least one triple."""
        ...

    def export(
        self, output: IO[bytes], rdf_format: RdfFormat, *, graph: GraphName | None = None
    ) -> None:
        """Write the dataset (or one graph, required for formats of triples), byte for byte the
        same for the same content: quads are sorted."""
        ...

    def revision(self) -> str:
        """Changes whenever the content may have changed; equal means certainly unchanged.

        A server that cannot tell gives a new one at each call.
        """
        ...

    def __len__(self) -> int:
        """Number of quads, all graphs together."""
        ...


class Store(View, Protocol):
    """A view that can also change."""

    def apply(self, change: Change) -> None:
        """Carry out `change` as one atomic step.

        Raises:
            StoreError: it could not be done, or the change holds blank nodes, which no store
                keeps; the store is then as it was before.
            ServerError: a server refused or did not answer; whether it made the change is then
                for a look at the graph to tell, since the answer may be what got lost.
        """
        ...

    def load_reference(self, graph: NamedNode, quads: Iterator[Quad]) -> None:
        """Replace the content of one (large) named graph, in one step; equal content is no change.

        The quads' own graph names do not matter.
        """
        ...

    def close(self) -> None:
        """Release the directory or connection; closing twice is no error."""
        ...
