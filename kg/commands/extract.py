"""`kg extract`: what reports say, as JSON Lines; no store needed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from kg.commands.options import Parser, add_allow_private, add_jobs, add_mapping
from kg.commands.output import tell_refused
from kg.commands.output_file import binary_output
from kg.commands.progress import counting
from kg.model import Refusal

SUMMARY = "what reports say, as JSON Lines, one object per report; no store needed"


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="file, folder, http(s) address or - (stdin)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", default="-", help="default: stdout")
    parser.add_argument(
        "--explain", action="store_true", help="name the patterns each meeting rests on"
    )
    add_jobs(parser)
    add_mapping(parser)
    add_allow_private(parser)


def run(arguments: argparse.Namespace) -> int:
    """Extract; exit code 1 if anything was refused."""
    from kg.extracting import extract_lines
    from kg.model import Report
    from loaders import read_path

    items = read_path(
        arguments.paths,
        stdin=sys.stdin.buffer,
        mapping=arguments.mapping,
        allow_private=arguments.allow_private,
    )
    refusals = 0

    def refuse(item: Refusal) -> None:
        nonlocal refusals
        refusals += 1
        tell_refused((item,))

    def reports() -> Iterator[Report]:
        for item in items:
            if isinstance(item, Refusal):
                refuse(item)
            elif isinstance(item, Report):
                yield item

    with binary_output(arguments.output) as output, counting("reports") as progress:
        lines = extract_lines(reports(), jobs=arguments.jobs, explained=arguments.explain)
        for line in lines:
            if isinstance(line, Refusal):
                refuse(line)
            else:
                output.write(f"{line}\n".encode())
                output.flush()  # whoever follows the stream sees each report when it is done
            progress(1)
    return 1 if refusals else 0
