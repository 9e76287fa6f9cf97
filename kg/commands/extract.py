"""`kg extract`: what reports say, as JSON Lines; no store needed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from kg.commands.options import Parser, add_jobs, add_mapping
from kg.commands.output import say
from kg.commands.progress import counting
from kg.errors import UsageError

SUMMARY = "what reports say, as JSON Lines, one object per report; no store needed"


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="file, folder or - (stdin)")
    parser.add_argument("-o", "--output", metavar="FILE", default="-", help="default: stdout")
    parser.add_argument(
        "--explain", action="store_true", help="name the patterns each meeting rests on"
    )
    add_jobs(parser)
    add_mapping(parser)


def run(arguments: argparse.Namespace) -> int:
    """Extract; exit code 1 if anything was refused."""
    from kg.extract_json import extraction_json
    from kg.extracting import extract_all
    from kg.model import Refusal, Report
    from loaders import read_path

    items = read_path(arguments.paths, stdin=sys.stdin.buffer, mapping=arguments.mapping)
    refused: list[Refusal] = []

    def reports() -> Iterator[Report]:
        for item in items:
            if isinstance(item, Refusal):
                refused.append(item)
                say(f"refused: {_place(item)}: {item.reason}")
            elif isinstance(item, Report):
                yield item

    with ExitStack() as stack:
        output = _output(arguments.output, stack)
        progress = stack.enter_context(counting("reports"))
        for report, extraction in extract_all(reports(), jobs=arguments.jobs):
            row = extraction_json(report, extraction)
            if arguments.explain:
                row["explain"] = _explain(report)
            output.write(json.dumps(row, ensure_ascii=False) + "\n")
            progress(1)
    return 1 if refused else 0


def _explain(report: object) -> object:
    from loaders.extraction import explain

    return explain(report)  # type: ignore[arg-type]


def _place(item: object) -> str:
    line = getattr(item, "line", None)
    path = str(getattr(item, "path", ""))
    return path if line is None else f"{path}:{line}"


def _output(name: str, stack: ExitStack) -> IO[str]:
    if name == "-":
        return sys.stdout
    try:
        return stack.enter_context(Path(name).open("w", encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{name}: cannot be written: {error.strerror}") from error
