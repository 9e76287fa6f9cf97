"""`kg retract`: take reports out, as if they had never been loaded."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg.commands.options import Parser, add_db, add_object_format
from kg.commands.output import say, tell_left_as_read, write_object

if TYPE_CHECKING:
    from kg.pipeline import Pipeline

SUMMARY = "take reports out: the graph is then what it would be without them"


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "reports", nargs="+", metavar="REPORT-ID", help="its IRI, or its id where unique"
    )
    add_db(parser)
    add_object_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Retract; exit code 1 if one of several reports is not known, 2 if none is."""
    from kg.commands.reading import must_exist
    from kg.pipeline import Pipeline, count_of_type
    from kg.store import open_store
    from kg.terms import DM

    must_exist(arguments.db)
    store = open_store(arguments.db)
    try:
        pipeline = Pipeline(store)
        retracted, refused = _retract(pipeline, arguments.reports)
        tell_left_as_read(pipeline.left_as_read)
        meetings = count_of_type(store, DM.Meeting)
    finally:
        store.close()
    write_object(
        {"retracted": retracted, "refused": refused, "meetings": meetings}, arguments.format
    )
    return 1 if refused else 0


def _retract(pipeline: Pipeline, reports: Sequence[str]) -> tuple[list[str], list[dict[str, Any]]]:
    """IRIs of the reports that are gone, and the names that no report has.

    Raises:
        UnknownNameError: there is no report of any of the names.
    """
    from kg.errors import UnknownNameError

    retracted: list[str] = []
    unknown: list[tuple[str, UnknownNameError]] = []
    for name in dict.fromkeys(reports):
        try:
            retracted.append(pipeline.retract(name))
        except UnknownNameError as error:
            unknown.append((name, error))
    if not retracted:
        raise unknown[0][1]
    refused = [{"report": name, "reason": str(why)} for name, why in unknown]
    for one in refused:
        say(f"refused: {one['reason']}")
    return retracted, refused
