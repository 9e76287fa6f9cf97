"""Cypher on the server, for reading only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import neo4j
from neo4j.exceptions import ClientError
from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from kg.cypher_tokens import refuse_writes
from kg.cypher_values import AS_IT_IS, duration, plain
from kg.errors import QuerySyntaxError, RefusedQueryError, UsageError
from kg.sync.failures import as_server_errors
from kg.sync.statements import MARK
from kg.sync.target import Connection, Neo4jTarget, connect

_WRONG_CALL = "Neo.ClientError.Statement."
_SYNTAX = "Neo.ClientError.Statement.SyntaxError"
_WRITE = "Neo.ClientError.Statement.AccessMode"


def cypher_on_server(
    target: Neo4jTarget, query: str, parameters: Mapping[str, object] | None = None
) -> list[Mapping[str, object]]:
    """Answer a Cypher query that only reads, on a server.

    Rows are as those of `kg.cypher.run`; the mark of the sync is left out of whole nodes.

    Raises:
        QuerySyntaxError: the server cannot read it.
        RefusedQueryError: the query would write, call a procedure or read a file; the server is
            asked in reading mode besides.
        UsageError: a parameter is missing, or a value does not fit.
        ServerError: see `connect`.
    """
    refuse_writes(query)
    with as_server_errors(target.address), connect(target) as connection:
        return ask(connection, query, parameters)


def ask(
    connection: Connection, query: str, parameters: Mapping[str, object] | None = None
) -> list[Mapping[str, object]]:
    """The same over an open connection: what the driver raises is for its owner to translate."""
    refuse_writes(query)
    with connection.session() as session:
        try:
            return session.execute_read(_answer, query, dict(parameters or {}))
        except ClientError as error:
            raise _wrong_call(error) from None


def _answer(
    transaction: neo4j.ManagedTransaction, query: str, values: dict[str, object]
) -> list[Mapping[str, object]]:
    result = transaction.run(cast(Any, query), values)
    columns = result.keys()
    return [dict(zip(columns, map(_plain, record), strict=True)) for record in result]


def _wrong_call(error: ClientError) -> Exception:
    """The caller's mistake as our error; anything else as it is."""
    code, lines = error.code or "", (error.message or "").strip().splitlines()
    if code == _WRITE:
        return RefusedQueryError("only reading is allowed: the server refused a write")
    if code.startswith(_WRONG_CALL):
        kind = QuerySyntaxError if code == _SYNTAX else UsageError
        return kind(f"Cypher: {lines[0] if lines else code}")
    return error


def _plain(value: Any) -> Any:
    if type(value) in AS_IT_IS:
        return value
    if isinstance(value, Path):
        nodes, relationships = list(value.nodes), list(value.relationships)
        return {"nodes": _plain(nodes), "relationships": _plain(relationships)}
    if isinstance(value, Node | Relationship):
        return {key: _plain(item) for key, item in value.items() if key != MARK}
    if isinstance(value, Duration):
        return duration(value.months, value.days, value.seconds + value.nanoseconds / 1e9)
    if isinstance(value, Date | DateTime | Time):
        return value.iso_format()
    if isinstance(value, Point):
        return list(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return plain(value)
