"""`kg sparql`: any SPARQL 1.1 query, read-only."""

from __future__ import annotations

import argparse
import sys

from kg.commands.options import Parser, add_db, choice, parameters, query_text
from kg.commands.output import on_terminal, say

SUMMARY = "answer a SPARQL query (a string, a file or -); reading only"
_FORMS = ("table", "json", "csv", "xml", "tsv", "turtle", "ntriples")


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    parser.add_argument("query", metavar="QUERY", help="a string, a .rq file or -")
    parser.add_argument(
        "--param", action="append", default=[], metavar="NAME=VALUE",
        help="bind a variable: an IRI, a date, a number or a text",
    )  # fmt: skip
    parser.add_argument("--format", metavar="|".join(_FORMS), type=choice(_FORMS))
    add_db(parser)


def run(arguments: argparse.Namespace) -> int:
    """Answer and print in one of SPARQL's own result formats, or as a table."""
    from kg.commands.reading import reading
    from kg.hints import of_sparql
    from kg.sparql_output import term, write_answer

    text = query_text(arguments.query)
    bound = {name: term(value) for name, value in parameters(arguments.param).items()}
    form = arguments.format or ("table" if on_terminal() else "json")
    with reading(arguments.db) as view:
        answer = view.query(text, bindings=bound or None)
        for hint in of_sparql(text):
            say(f"kg: {hint}")
        write_answer(answer, form, sys.stdout)
    return 0
