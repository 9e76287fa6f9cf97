"""`kg show`: the card of a meeting, person, state or report, with the words it rests on."""

from __future__ import annotations

import argparse
from typing import Any

from kg.commands.options import Parser, add_db
from kg.commands.output import on_terminal, write_json

SUMMARY = "the card of a meeting, person, state or report, with the sentences it rests on"


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    parser.add_argument("what", metavar="MEETING|PERSON|STATE|REPORT", help="IRI, code, id or name")
    add_db(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the card."""
    from kg.commands.reading import reading
    from queries.cards import card

    with reading(arguments.db) as view:
        found = card(view, arguments.what)
    if on_terminal():
        _write_card(found)
    else:
        write_json(found)
    return 0


def _write_card(found: dict[str, Any]) -> None:
    from rich.console import Console

    from kg.commands.card_text import card_lines

    console = Console(highlight=False)
    for style, line in card_lines(found):
        console.print(line, style=style or None, markup=False)
