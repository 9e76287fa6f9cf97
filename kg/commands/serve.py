"""`kg serve`: the SPARQL endpoint and the start page."""

from __future__ import annotations

import argparse
from functools import partial

from kg.commands.options import Parser, add_db, positive
from kg.commands.output import say

SUMMARY = "SPARQL 1.1 endpoint (read-only) and a page that shows what is in the graph"


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1, this machine only")
    parser.add_argument(
        "--port", type=_port, default=8000, metavar="N", help="default: 8000; 0: any free one"
    )
    parser.add_argument(
        "--timeout", type=positive, default=30, metavar="S", help="seconds a query may take"
    )
    parser.add_argument(
        "--max-rows", type=positive, default=1_000_000, metavar="N", help="rows of one answer"
    )
    parser.add_argument(
        "--workers", type=positive, metavar="N", help="queries answered at once (one per processor)"
    )
    parser.add_argument(
        "--token-file", metavar="F", help="who may read: NAME SCOPE TOKEN a line; chmod 600"
    )
    parser.add_argument(
        "--allow-origin", action="append", default=[], metavar="ORIGIN",
        help="let web pages of this origin read (*: all)",
    )  # fmt: skip
    add_db(parser)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: 0 to 65535")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from kg.errors import UsageError
    from kg.serve import Limits
    from kg.serve import run as serve

    if arguments.db.startswith(("http://", "https://")):
        raise UsageError(f"{arguments.db} is served by its own server already; give a directory")
    serve(
        arguments.db,
        host=arguments.host,
        port=arguments.port,
        limits=Limits(timeout=arguments.timeout, max_rows=arguments.max_rows),
        workers=arguments.workers,
        allow_origins=arguments.allow_origin,
        token_file=arguments.token_file,
        on_ready=partial(_greet, arguments),
    )
    return 0


def _greet(arguments: argparse.Namespace, address: str) -> None:
    from kg.serve.guard import is_loopback

    if not is_loopback(arguments.host) and not arguments.token_file:
        say(f"everybody who reaches {arguments.host} can read the graph; see --token-file")
    say(f"serving {arguments.db} at {address} (SPARQL: {address}sparql); Ctrl-C stops")
