"""`kg stats`: how much of what the graph holds."""

from __future__ import annotations

import argparse

from kg.commands.options import Parser, add_db, add_object_format
from kg.commands.output import write_object

SUMMARY = "how many reports, meetings, persons, states, topics … the graph holds"


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    add_db(parser)
    add_object_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Count and print."""
    from kg.commands.reading import reading
    from queries.statistics import statistics

    with reading(arguments.db) as view:
        write_object(statistics(view), arguments.format)
    return 0
