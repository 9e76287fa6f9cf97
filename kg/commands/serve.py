"""`kg serve`: the SPARQL endpoint and the start page."""

from __future__ import annotations

import argparse

from kg.commands.options import Parser, add_db, positive

SUMMARY = "SPARQL 1.1 endpoint (read-only) and a page that shows what is in the graph"


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1")
    parser.add_argument("--port", type=positive, default=8000, metavar="N", help="default: 8000")
    parser.add_argument(
        "--timeout", type=positive, default=30, metavar="S", help="seconds a query may take"
    )
    add_db(parser)


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from kg.serve import run as serve

    serve(arguments.db, host=arguments.host, port=arguments.port, timeout=arguments.timeout)
    return 0
