"""Cypher with no server: an embedded engine over the projection of the graph.

The engine's copy can be made again at any time and is never the source of truth. It is kept while
the graph stays as it is: in memory, and as a file where the store has a place for such files.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from kg.cypher_subset import refuse_untested
from kg.cypher_tokens import as_written, portable, refuse_writes
from kg.cypher_values import plain
from kg.errors import KgError, MissingExtraError, QuerySyntaxError, UsageError
from kg.fact_index import no_pauses
from kg.project import project
from kg.property_graph import Node, PropertyGraph, Relationship
from kg.property_mapping import property_mapping
from kg.store.base import View

if TYPE_CHECKING:
    import kglite

BATCH: Final = 10_000
# Wrong counts in chains of MATCH with count(DISTINCT …), unless this pass is off.
_WRONG_PASSES: Final = ["push_distinct_into_match"]
# A copy that can always be made again, not state: equal revisions are equal graphs.
_copies: WeakKeyDictionary[View, tuple[str, kglite.KnowledgeGraph]] = WeakKeyDictionary()


def run(
    view: View, query: str, parameters: Mapping[str, object] | None = None
) -> list[Mapping[str, object]]:
    """Answer a Cypher query that only reads.

    Args:
        parameters: values of `$name`; they are bound as values, never put into the text.

    Returns:
        One map per row. Nodes and relationships are maps of their properties, dates ISO text.

    Raises:
        QuerySyntaxError: with line and column where the engine tells them.
        RefusedQueryError: the query would write, call a procedure or read a file, or is outside
            the part of the language that the engine is tested with.
        UsageError: a parameter is missing, or a value does not fit.
        MissingExtraError: the embedded engine is not installed.
    """
    refuse_writes(query)
    refuse_untested(query)
    return answer(_engine(view), query, parameters)


def answer(
    engine: kglite.KnowledgeGraph, query: str, parameters: Mapping[str, object] | None = None
) -> list[Mapping[str, object]]:
    """Answer a query that is known to read only, on an engine of `build`; raises as `run` does."""
    import kglite

    try:
        result: Any = engine.cypher(
            portable(query), params=dict(parameters or {}), disabled_passes=_WRONG_PASSES
        )
    except (kglite.CypherTimeoutError, kglite.InternalError) as error:
        raise KgError(f"Cypher: {_first_line(error)}") from error
    except (kglite.CypherSyntaxError, kglite.SchemaError) as error:
        raise QuerySyntaxError(f"Cypher: {_located(error)}") from error
    except (kglite.KgError, TypeError, ValueError, OverflowError) as error:
        raise UsageError(f"Cypher: {_first_line(error)}") from error
    if isinstance(result, str):
        raise QuerySyntaxError("Cypher: FORMAT is not part of the language")
    rows: list[dict[str, Any]] = result.to_list()
    names = {column: as_written(column, query) for column in result.columns}
    return [{names[k]: plain(v) for k, v in row.items()} for row in rows]


def _first_line(error: BaseException) -> str:
    text = (str(error).strip().splitlines() or ["the engine failed"])[0]
    return text.removeprefix("Cypher execution error: ").removeprefix("Schema error: ")


def _located(error: Any) -> str:
    text, line = _first_line(error), getattr(error, "line", None)
    if line is None:
        return text.removeprefix("Cypher syntax error: ")
    return f"{text.partition(': ')[2]} at line {line}, column {error.col}"


def _engine(view: View) -> kglite.KnowledgeGraph:
    """The engine with the graph as it is now."""
    try:
        import kglite
    except ImportError as error:
        raise MissingExtraError("Cypher without a server", "cypher") from error
    kglite.set_query_warning_policy("silent")
    revision = view.revision()
    kept = _copies.get(view)
    if kept and kept[0] == revision:
        return kept[1]
    engine = _from_file(view, revision) or _built(view, revision)
    engine.read_only(True)
    _copies[view] = (revision, engine)
    return engine


def _built(view: View, revision: str) -> kglite.KnowledgeGraph:
    with no_pauses():
        engine = build(project(view))
    path = _file(view, revision)
    if path:
        _save(engine, path)
    return engine


def build(graph: PropertyGraph) -> kglite.KnowledgeGraph:
    """A new engine that holds the property graph."""
    import kglite

    engine = kglite.KnowledgeGraph()
    for labels, nodes in groupby(graph.nodes, key=lambda n: n.labels):
        statement = f"UNWIND $rows AS row CREATE (n:{':'.join(labels)}) SET n = row"
        for rows in _batches(map(_node_row, nodes)):
            engine.cypher(statement, params={"rows": rows})
    for label in {n.label for n in graph.nodes}:
        engine.create_index(label, "iri")
    label_of = graph.node_labels()
    shape = {r.identity: (r.type, label_of[r.start], label_of[r.end]) for r in graph.relationships}
    ordered = sorted(graph.relationships, key=lambda r: (shape[r.identity], r.identity))
    for (kind, start, end), found in groupby(ordered, key=lambda r: shape[r.identity]):
        statement = (
            f"UNWIND $rows AS row MATCH (a:{start} {{iri: row.a}}) "
            f"MATCH (b:{end} {{iri: row.b}}) CREATE (a)-[r:{kind}]->(b) SET r = row.properties"
        )
        for rows in _batches(map(_relationship_row, found)):
            engine.cypher(statement, params={"rows": rows})
    return engine


def _node_row(node: Node) -> dict[str, Any]:
    return {"iri": node.iri, **_lists(node.properties)}


def _relationship_row(r: Relationship) -> dict[str, Any]:
    own = {"iri": r.key} if r.key else {}
    return {"a": r.start, "b": r.end, "properties": {**own, **_lists(r.properties)}}


def _lists(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in properties.items()}


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


# The copy as a file


def _file(view: View, revision: str) -> Path | None:
    """Where the copy of this revision is kept; None if the store has no place for it."""
    directory: Path | None = getattr(view, "cache_directory", None)
    if directory is None:
        return None
    import kglite

    made_by = sha256(f"{kglite.__version__}\n{property_mapping()!r}".encode()).hexdigest()[:12]
    return directory / f"cypher-{sha256(revision.encode()).hexdigest()[:16]}-{made_by}.kgl"


def _from_file(view: View, revision: str) -> kglite.KnowledgeGraph | None:
    import kglite

    path = _file(view, revision)
    if path is None or not path.is_file():
        return None
    try:
        return kglite.load(str(path))
    except (kglite.KgError, OSError, ValueError):
        return None  # damaged, or of another version: it is made again


def _save(engine: kglite.KnowledgeGraph, path: Path) -> None:
    """Keep the copy, and drop those of earlier revisions; that it cannot be kept is no error."""
    import kglite

    with suppress(OSError, kglite.KgError), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path.parent.mkdir(parents=True, exist_ok=True)
        engine.save(str(path), fsync=False)
        for old in path.parent.glob("cypher-*.kgl"):
            if old != path:
                old.unlink(missing_ok=True)
