"""`kg retract`: take a report out, as if it had never been loaded."""

from __future__ import annotations

import argparse

from kg.commands.options import Parser, add_db
from kg.commands.output import write_object

SUMMARY = "take a report out: the graph is then what it would be without it"


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    parser.add_argument("report", metavar="REPORT-ID", help="its IRI, or its id where unique")
    add_db(parser)


def run(arguments: argparse.Namespace) -> int:
    """Retract one report."""
    from kg.pipeline import Pipeline, count_of_type
    from kg.store import open_store
    from kg.terms import DM

    store = open_store(arguments.db)
    try:
        iri = Pipeline(store).retract(arguments.report)
        meetings = count_of_type(store, DM.Meeting)
    finally:
        store.close()
    write_object({"retracted": iri, "meetings": meetings})
    return 0
