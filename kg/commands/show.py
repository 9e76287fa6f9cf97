"""`kg show`: the card of a meeting, person, state or report, with the words it rests on."""

from __future__ import annotations

import argparse

from kg.commands.options import Parser, add_db, add_object_format
from kg.commands.output import as_text, write_json, write_lines

SUMMARY = "the card of a meeting, person, state or report, with the sentences it rests on"


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    parser.add_argument("what", metavar="MEETING|PERSON|STATE|REPORT", help="IRI, code, id or name")
    add_db(parser)
    add_object_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the card."""
    from kg.commands.card_text import card_lines
    from kg.commands.reading import reading
    from queries.cards import card

    with reading(arguments.db) as view:
        found = card(view, arguments.what)
    if as_text(arguments.format):
        write_lines((line.text, line.indent, line.style) for line in card_lines(found))
    else:
        write_json(found)
    return 0
