"""`kg load`: reports, archives and tables into the graph."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING

from kg.commands.options import (
    Parser,
    add_allow_private,
    add_db,
    add_jobs,
    add_mapping,
    add_object_format,
)
from kg.commands.output import as_text, tell_left_as_read, tell_refused, write_json
from kg.commands.progress import counting

if TYPE_CHECKING:
    from kg.pipeline import LoadSummary

SUMMARY = "reports, archives and tables into the graph; loading twice changes nothing"


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="file, folder, http(s) address or - (stdin)"
    )
    parser.add_argument(
        "--reference",
        metavar="FILE",
        action="append",
        default=[],
        help="your own office holders (.csv) or states and places (.ttl); the graph keeps them",
    )
    parser.add_argument(
        "--anew",
        action="store_true",
        help="read also what has not changed again for what it says; without PATH, all stored texts",
    )
    parser.add_argument(
        "--diff",
        action="store_true",
        help="only show what would change, in the reports and in the meetings",
    )
    add_db(parser)
    add_object_format(parser)
    add_jobs(parser)
    add_mapping(parser)
    add_allow_private(parser)


def run(arguments: argparse.Namespace) -> int:
    """Load; exit code 1 if anything was refused.

    Raises:
        UsageError: there is nothing to do.
    """
    from kg.commands.load_diff import show_differences
    from kg.errors import UsageError

    if arguments.diff and arguments.anew:
        raise UsageError("--diff changes nothing: give it without --anew")
    if arguments.diff:
        return show_differences(arguments)
    if not arguments.paths and not arguments.reference and not arguments.anew:
        raise UsageError("kg load needs a PATH, or --reference FILE; see kg load --help")
    summary = _load(arguments)
    tell_refused(summary.refused)
    if as_text(arguments.format):
        sys.stdout.write(_sentence(summary.as_json()) + "\n")
    else:
        write_json(summary.as_json() | {"refused": [asdict(r) for r in summary.refused]})
    return 1 if summary.refused else 0


def _load(arguments: argparse.Namespace) -> LoadSummary:
    from kg.pipeline import Pipeline
    from kg.store import open_store

    with closing(open_store(arguments.db)) as store, counting("reports") as progress:
        pipeline = Pipeline(store)
        if arguments.anew and not arguments.paths:
            refused = pipeline.add_reference(arguments.reference, jobs=arguments.jobs)
            summary = pipeline.take(
                pipeline.texts(), jobs=arguments.jobs, progress=progress, anew=True
            )
            summary.refused[:0] = refused
            return summary
        summary = pipeline.load(
            arguments.paths,
            stdin=sys.stdin.buffer,
            jobs=arguments.jobs,
            progress=progress,
            mapping=arguments.mapping,
            allow_private=arguments.allow_private,
            reference=arguments.reference,
            anew=arguments.anew,
        )
        tell_left_as_read(pipeline.left_as_read)
        return summary


def _sentence(s: dict[str, object]) -> str:
    refused = len(s["refused"])  # type: ignore[arg-type]
    return (
        f"reports read: {s['read']}, of these {s['new']} new, {s['changed']} changed, "
        f"{s['unchanged']} unchanged, {refused} refused; "
        f"the graph has {s['meetings']} meetings ({s['seconds']} s)"
    )
