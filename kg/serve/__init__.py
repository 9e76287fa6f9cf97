"""A read-only SPARQL 1.1 endpoint over a graph, and a page that shows what is in it.

`run` serves until it is told to stop; `kg.serve.app.create_app` gives the application for another
server. Needs the extra `server`. The design is in `docs/decisions/2026-11-24-sparql-endpoint.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kg.serve.limits import Limits

__all__ = ["Limits", "run"]


def run(
    path: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    limits: Limits | None = None,
    workers: int | None = None,
    allow_origins: Sequence[str] = (),
    token_file: str | Path | None = None,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the graph in a directory until SIGINT or SIGTERM.

    Args:
        host: address to listen on; beyond the own machine everybody who reaches it can read,
            unless there is a token file.
        port: 0 takes a free one, which `on_ready` is told.
        limits: what one query may cost.
        workers: how many queries are answered at once; default: one per processor, at least two.
        allow_origins: web pages of which origins may read (`*`: all); none by default.
        token_file: who may read, see `kg.serve.tokens`.
        on_ready: called with the address as soon as it answers.

    Raises:
        MissingExtraError: the extra `server` is not installed.
        StoreError: there is no graph in the directory.
        UsageError: the port is taken, the address is not this machine's, or the token file is
            wrong or not private.
    """
    from kg.serve.running import serve

    serve(
        path,
        host=host,
        port=port,
        limits=limits or Limits(),
        workers=workers,
        allow_origins=allow_origins,
        token_file=token_file,
        on_ready=on_ready,
    )
