"""Writing a graph so that equal content gives equal bytes.

The order of an engine is not the same twice. So each graph is written as canonical N-Triples lines
and these are sorted: first the default graph, then the named graphs by IRI. Only one graph at a
time is held in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import IO

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, parse, serialize

from kg.errors import UsageError
from kg.store.base import DEFAULT_GRAPH, GraphName
from kg.store.prefixes import PREFIXES

ReadGraph = Callable[[GraphName], bytes]
"""Gives one graph as canonical N-Triples, in any order."""


def write_sorted(
    read: ReadGraph,
    names: Iterable[GraphName],
    output: IO[bytes],
    rdf_format: RdfFormat,
    *,
    graph: GraphName | None = None,
) -> None:
    """Write all graphs, or one.

    Args:
        names: the named graphs, in any order.
        graph: write only this one; needed for formats that know no named graphs.

    Raises:
        UsageError: a format of triples, and no graph named.
    """
    if not rdf_format.supports_datasets:
        if graph is None:
            raise UsageError(f"{rdf_format.name} holds one graph: name the one to write")
        _write_triples(read(graph), output, rdf_format)
        return
    wanted = [DEFAULT_GRAPH, *sorted(names, key=str)] if graph is None else [graph]
    if rdf_format == RdfFormat.N_QUADS:
        _write_lines(read, wanted, output)
    else:
        prefixes = PREFIXES if rdf_format == RdfFormat.TRIG else None
        serialize(_quads(read, wanted), output, rdf_format, prefixes=prefixes)


def sorted_lines(content: bytes) -> list[bytes]:
    """The lines of N-Triples, each once, in order of bytes."""
    return sorted(set(content.splitlines(keepends=True)))


def _write_triples(content: bytes, output: IO[bytes], rdf_format: RdfFormat) -> None:
    ordered = b"".join(sorted_lines(content))
    if rdf_format == RdfFormat.N_TRIPLES:
        output.write(ordered)
    else:
        prefixes = PREFIXES if rdf_format in (RdfFormat.TURTLE, RdfFormat.RDF_XML) else None
        serialize(_triples(ordered), output, rdf_format, prefixes=prefixes)


def _triples(ordered: bytes) -> Iterator[Triple]:
    for quad in parse(ordered, RdfFormat.N_TRIPLES):
        yield quad.triple


def _write_lines(read: ReadGraph, names: Iterable[GraphName], output: IO[bytes]) -> None:
    for name in names:
        lines = sorted_lines(read(name))
        if not isinstance(name, DefaultGraph):
            ending = f" {name} .\n".encode()
            lines = [line[:-3] + ending for line in lines]
        output.write(b"".join(lines))


def _quads(read: ReadGraph, names: Iterable[GraphName]) -> Iterator[Quad]:
    for name in names:
        for quad in parse(b"".join(sorted_lines(read(name))), RdfFormat.N_TRIPLES):
            yield Quad(quad.subject, quad.predicate, quad.object, name)
