"""`kg export`: the graph as a file that other programs read."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from kg.commands.options import Parser, add_db, choice
from kg.errors import UsageError

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

    with ExitStack() as stack:
        view = stack.enter_context(reading(arguments.db))
        export(view, arguments.to, _output(arguments.output, stack))
    return 0


def _output(name: str, stack: ExitStack) -> IO[bytes]:
    if name == "-":
        return sys.stdout.buffer
    try:
        return stack.enter_context(Path(name).open("wb"))
    except OSError as error:
        raise UsageError(f"{name}: cannot be written: {error.strerror}") from error
