"""`kg export`: the graph as a file that other programs read."""

from __future__ import annotations

import argparse

from kg.commands.options import Parser, add_db, choice
from kg.commands.output_file import binary_output

SUMMARY = (
    "write the graph as Turtle, N-Quads, TriG, JSON-LD, GraphML, followthemoney, CSV or Parquet"
)


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    from kg.export import FORMATS

    parser.add_argument(
        "--to", required=True, metavar="|".join(FORMATS), type=choice(tuple(FORMATS))
    )
    parser.add_argument("-o", "--output", metavar="FILE", default="-", help="default: stdout")
    add_db(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the export; the same graph gives the same bytes."""
    from kg.commands.reading import reading
    from kg.export import export

    with reading(arguments.db) as view, binary_output(arguments.output) as output:
        export(view, arguments.to, output)
    return 0
