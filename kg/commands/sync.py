"""`kg sync`: make a Neo4j database equal to the graph."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.commands.options import (
    Parser,
    add_db,
    add_graph,
    add_neo4j,
    add_object_format,
    neo4j_target,
)
from kg.commands.output import say, write_object
from kg.commands.progress import counting
from kg.errors import RefusedByServerError, ServerError

if TYPE_CHECKING:
    from kg.sync import Neo4jTarget

SUMMARY = "make Neo4j equal the graph: additions, changes and removals only"
PAUSE: Final = 1.0
RETRY: Final = 5.0
"""Seconds between two looks at the graph, and after a server that did not answer."""


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    add_neo4j(parser, "the server")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--dry-run", action="store_true", help="say what would change, send nothing")
    group.add_argument(
        "--verify", action="store_true", help="compare completely; exit code 1 on a difference"
    )
    group.add_argument(
        "--full", action="store_true", help="compare every value, whatever the server's token says"
    )
    group.add_argument(
        "--watch", action="store_true", help="sync again whenever the graph has changed"
    )
    group.add_argument(
        "--bulk", metavar="DIR",
        help="for the first load of millions: files there for neo4j-admin, and its command",
    )  # fmt: skip
    add_graph(parser)
    add_db(parser)
    add_object_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Sync or verify."""
    from kg.commands.reading import reading
    from kg.sync import sync, verify

    if arguments.bulk is not None:
        return _bulk(arguments)
    target = neo4j_target(arguments.neo4j)
    if arguments.watch:
        return _watch(target, arguments)
    with reading(arguments.db) as view:
        if arguments.verify:
            with counting("nodes and relationships compared") as progress:
                report = verify(view, target, graph=arguments.graph, progress=progress)
            write_object(report.as_json(), arguments.format)
            return 0 if report.equal else 1
        with counting("nodes and relationships sent") as progress:
            done = sync(
                view,
                target,
                dry_run=arguments.dry_run,
                full=arguments.full,
                graph=arguments.graph,
                progress=progress,
            )
    more = {"changes": done.changes()} if arguments.dry_run else {}
    write_object(done.as_json() | more, arguments.format)
    return 0


def _bulk(arguments: argparse.Namespace) -> int:
    """Write the files; no server is asked."""
    from kg.commands.reading import reading
    from kg.project import project
    from kg.sync.bulk import write_bulk

    database = os.environ.get("NEO4J_DATABASE") or "neo4j"
    with reading(arguments.db) as view:
        graph = project(view)
    folder = Path(arguments.bulk)
    report = write_bulk(graph, folder, name=arguments.graph, database=database)
    write_object(report.as_json(), arguments.format)
    return 0


def _watch(target: Neo4jTarget, arguments: argparse.Namespace) -> int:
    """Sync each state of the graph that somebody publishes, one report a line.

    A server that is away is waited for; one that refuses for good ends the command.
    """
    from kg.commands.reading import reading
    from kg.sync import sync

    synced = None
    while True:
        pause = PAUSE
        with reading(arguments.db) as view:
            if view.revision() != synced:
                try:
                    done = sync(view, target, graph=arguments.graph)
                except RefusedByServerError:
                    raise
                except ServerError as error:
                    say(f"kg: {error}; trying again")
                    pause = RETRY
                else:
                    synced = view.revision()
                    sys.stdout.write(json.dumps(done.as_json(), ensure_ascii=False) + "\n")
                    sys.stdout.flush()
        time.sleep(pause)
