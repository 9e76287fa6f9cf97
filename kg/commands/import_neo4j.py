"""`kg import-neo4j`: the triples of a synced database, from the database alone."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.commands.options import Parser, add_graph, add_neo4j, add_object_format, neo4j_target
from kg.commands.output import write_object

SUMMARY = "turn a synced Neo4j database back into triples (N-Triples)"


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    add_neo4j(parser, "the server")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write there, and say what cannot come back"
    )
    add_graph(parser)
    add_object_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Import."""
    from pyoxigraph import RdfFormat, serialize

    from kg.sync import import_graph
    from kg.sync.restore import one_way

    target = neo4j_target(arguments.neo4j)
    quads = import_graph(target, graph=arguments.graph)
    text = serialize((q.triple for q in quads), format=RdfFormat.N_TRIPLES) or b""
    if arguments.output in (None, "-"):
        sys.stdout.buffer.write(text)
        return 0
    _write(Path(arguments.output), text)
    lost = [{"what": x.what, "why": x.why} for x in one_way()]
    write_object({"triples": len(quads), "one_way": lost}, arguments.format)
    return 0


def _write(path: Path, text: bytes) -> None:
    from kg.errors import UsageError

    try:
        path.write_bytes(text)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error
