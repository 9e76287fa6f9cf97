"""A change as one SPARQL update, written so that no term can become syntax.

Terms come from anywhere, also from lenient parsers that let a `>` into an IRI; so each is checked
again here, at the only place where terms turn into text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.store.base import Change, Term

_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_LANGUAGE = re.compile(r"[A-Za-z]+(?:-[A-Za-z0-9]+)*")


def check(change: Change) -> None:
    """Refuse what a store does not keep, before anything is touched.

    Raises:
        StoreError: a blank node, a quoted triple, or an IRI that holds characters IRIs cannot have.
    """
    for graph in change.dropped:
        _check_iri(graph)
    for quad in change.removed:
        _check_quad(quad)
    for quad in change.added:
        _check_quad(quad)


def in_graph(quad: Quad, graph: NamedNode) -> Quad:
    """The same triple in a graph."""
    if quad.graph_name == graph:
        return quad
    return Quad(quad.subject, quad.predicate, quad.object, graph)


def _check_quad(quad: Quad) -> None:
    _check_iri(quad.subject)
    _check_iri(quad.predicate)
    if isinstance(quad.object, Literal):
        _check_literal(quad.object)
    else:
        _check_iri(quad.object)
    if not isinstance(quad.graph_name, DefaultGraph):
        _check_iri(quad.graph_name)


def _check_iri(node: object) -> None:
    if not isinstance(node, NamedNode):
        raise StoreError(f"only IRIs and literals are kept, not {node}: give the node an IRI")
    if _NOT_IN_IRI.search(node.value):
        raise StoreError(f"not an IRI: {node.value!r}")


def _check_literal(literal: Literal) -> None:
    if literal.language is not None and not _LANGUAGE.fullmatch(literal.language):
        raise StoreError(f"not a language tag: {literal.language!r}")
    _check_iri(literal.datatype)


def term_text(term: Term) -> str:
    """An IRI or literal as SPARQL text.

    Raises:
        StoreError: it is no IRI or literal that can be written.
    """
    if isinstance(term, Literal):
        _check_literal(term)
    else:
        _check_iri(term)
    return str(term)


def update_text(change: Change) -> str:
    """One update request for a checked change; empty for an empty one."""
    steps = [f"DROP SILENT GRAPH {graph}" for graph in sorted(change.dropped, key=str)]
    if change.removed:
        steps.append("DELETE DATA {\n" + "\n".join(_blocks(change.removed)) + "\n}")
    if change.added:
        steps.append("INSERT DATA {\n" + "\n".join(_blocks(change.added)) + "\n}")
    return " ;\n".join(steps)


def _blocks(quads: Iterable[Quad]) -> Iterator[str]:
    ordered = sorted(quads, key=_graph_of)
    for graph, group in groupby(ordered, key=_graph_of):
        lines = "\n".join(f"{q.subject} {q.predicate} {q.object} ." for q in group)
        yield f"GRAPH {graph} {{\n{lines}\n}}" if graph else lines


def _graph_of(quad: Quad) -> str:
    graph = quad.graph_name
    return "" if isinstance(graph, DefaultGraph) else str(graph)
