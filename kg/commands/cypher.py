"""`kg cypher`: Cypher without a server, or against one."""

from __future__ import annotations

import argparse

from kg.commands.options import (
    Parser,
    add_db,
    add_format,
    add_neo4j,
    neo4j_target,
    parameters,
    query_text,
)
from kg.commands.output import say, write_rows

SUMMARY = "answer a Cypher query with no server, or with --neo4j on one; reading only"


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    parser.add_argument("query", metavar="QUERY", help="a string, a .cypher file or -")
    parser.add_argument(
        "--param", action="append", default=[], metavar="NAME=VALUE", help="a parameter"
    )
    add_neo4j(parser, "answer on this server instead")
    add_db(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Answer and print rows."""
    text = query_text(arguments.query)
    values = _with_nulls(text, parameters(arguments.param))
    rows = (
        _on_server(arguments.neo4j, text, values)
        if arguments.neo4j
        else _embedded(arguments.db, text, values)
    )
    columns = list(dict.fromkeys(key for row in rows for key in row))
    write_rows(columns, rows, arguments.format)
    return 0


def _with_nulls(text: str, given: dict[str, str]) -> dict[str, str | None]:
    """Parameters that the query names and the call does not are null, as the questions expect."""
    import re

    named = dict.fromkeys(re.findall(r"\$(\w+)", text))
    return {**named, **given}


def _on_server(uri: str, text: str, values: dict[str, str | None]) -> list[dict[str, object]]:
    from kg.sync import cypher_on_server

    return [dict(r) for r in cypher_on_server(neo4j_target(uri), text, values)]


def _embedded(db: str, text: str, values: dict[str, str | None]) -> list[dict[str, object]]:
    from kg.commands.reading import reading
    from kg.cypher import run as run_cypher
    from kg.hints import of_cypher

    with reading(db) as view:
        rows = [dict(r) for r in run_cypher(view, text, values)]
    for hint in of_cypher(text):
        say(f"kg: {hint}")
    return rows
