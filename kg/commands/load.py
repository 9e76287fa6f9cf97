"""`kg load`: reports, archives and tables into the graph."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict

from kg.commands.options import (
    Parser,
    add_allow_private,
    add_db,
    add_jobs,
    add_mapping,
    add_object_format,
)
from kg.commands.output import as_text, say, write_json
from kg.commands.progress import counting

SUMMARY = "reports, archives and tables into the graph; loading twice changes nothing"


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="file, folder, http(s) address or - (stdin)"
    )
    add_db(parser)
    add_object_format(parser)
    add_jobs(parser)
    add_mapping(parser)
    add_allow_private(parser)


def run(arguments: argparse.Namespace) -> int:
    """Load; exit code 1 if anything was refused."""
    from kg.pipeline import Pipeline
    from kg.store import open_store

    store = open_store(arguments.db)
    try:
        with counting("reports") as progress:
            summary = Pipeline(store).load(
                arguments.paths,
                stdin=sys.stdin.buffer,
                jobs=arguments.jobs,
                progress=progress,
                mapping=arguments.mapping,
                allow_private=arguments.allow_private,
            )
    finally:
        store.close()
    for refusal in summary.refused:
        where = refusal.path if refusal.line is None else f"{refusal.path}:{refusal.line}"
        say(f"refused: {where}: {refusal.reason}")
    if as_text(arguments.format):
        sys.stdout.write(_sentence(summary.as_json()) + "\n")
    else:
        write_json(summary.as_json() | {"refused": [asdict(r) for r in summary.refused]})
    return 1 if summary.refused else 0


def _sentence(s: dict[str, object]) -> str:
    refused = len(s["refused"])  # type: ignore[arg-type]
    return (
        f"reports read: {s['read']}, of these {s['new']} new, {s['changed']} changed, "
        f"{s['unchanged']} unchanged, {refused} refused; "
        f"the graph has {s['meetings']} meetings ({s['seconds']} s)"
    )
