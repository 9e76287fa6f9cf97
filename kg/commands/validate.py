"""`kg validate`: the graph against its SHACL shapes; exit code 1 on a violation."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from kg.commands.options import Parser, add_db, add_object_format
from kg.commands.output import write_object

SUMMARY = "check the graph against its SHACL shapes; exit code 1 on a violation"


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "--full", action="store_true", help="also compute the merged layer again and compare"
    )
    add_db(parser)
    add_object_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Validate and print the violations."""
    from kg.commands.reading import reading
    from kg.validate import check_pure, validate

    with reading(arguments.db) as view:
        found = list(validate(view))
        if arguments.full:
            found += check_pure(view)
    write_object(
        {
            "conforms": not found,
            "violations": len(found),
            "examples": [asdict(v) for v in found[:50]],
        },
        arguments.format,
    )
    return 1 if found else 0
