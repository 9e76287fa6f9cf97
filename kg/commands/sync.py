"""`kg sync`: make a Neo4j database equal to the graph."""

from __future__ import annotations

import argparse

from kg.commands.options import Parser, add_db, add_neo4j, add_object_format
from kg.commands.output import write_object

SUMMARY = "make Neo4j equal the graph: additions, changes and removals only"


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
    parser.add_argument(
        "--graph",
        metavar="NAME",
        default="default",
        help="name that our nodes carry; several graphs can live in one database",
    )
    add_db(parser)
    add_object_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Sync or verify."""
    from kg.commands.reading import reading
    from kg.sync import Neo4jTarget, sync, verify

    target = Neo4jTarget.from_environment(arguments.neo4j)
    with reading(arguments.db) as view:
        if arguments.verify:
            report = verify(view, target, graph=arguments.graph)
            write_object(report.as_json(), arguments.format)
            return 0 if report.equal else 1
        done = sync(
            view,
            target,
            dry_run=arguments.dry_run,
            full=arguments.full,
            graph=arguments.graph,
        )
    write_object(done.as_json(), arguments.format)
    return 0
