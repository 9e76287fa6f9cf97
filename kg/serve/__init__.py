"""A read-only SPARQL 1.1 endpoint over a graph, and a page that shows what is in it.

`run` serves until it is told to stop; `kg.serve.app.create_app` gives the application for another
server. Needs the extra `server`. The design is in `docs/decisions/2026-11-24-sparql-endpoint.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

__all__ = ["run"]


def run(
    path: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    timeout: float = 30.0,
    workers: int | None = None,
    allow_origins: Sequence[str] = (),
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the graph in a directory until SIGINT or SIGTERM.

    Args:
        host: address to listen on; beyond the own machine everybody who reaches it can read.
        timeout: seconds that a query may take, then it is killed.
        workers: how many queries are answered at once; default: one per processor, at least two.
        allow_origins: web pages of which origins may read (`*`: all); none by default.
        on_ready: called with the address as soon as it answers.

    Raises:
        MissingExtraError: the extra `server` is not installed.
        StoreError: there is no graph in the directory.
        ServerError: the port is taken, or the address is not this machine's.
    """
    from kg.serve.running import serve

    serve(
        path,
        host=host,
        port=port,
        timeout=timeout,
        workers=workers,
        allow_origins=allow_origins,
        on_ready=on_ready,
    )
