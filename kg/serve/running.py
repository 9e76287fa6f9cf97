"""The server process: bind first, so that a taken port is one clear error; stop without a trace."""

from __future__ import annotations

import asyncio
import errno
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import MissingExtraError, ServerError, UsageError
from kg.serve.limits import Limits
from kg.serve.tokens import read_tokens

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

_STOPPING = (signal.SIGINT, signal.SIGTERM)
_GRACE = 2
"""Seconds that answers get to finish when the server is told to stop."""


def serve(
    path: str | Path,
    *,
    host: str,
    port: int,
    limits: Limits,
    workers: int | None,
    allow_origins: Sequence[str],
    token_file: str | Path | None,
    on_ready: Callable[[str], None] | None,
) -> None:
    """See `kg.serve.run`."""
    try:
        from kg.serve.app import create_app
        from kg.serve.guard import is_loopback
    except ModuleNotFoundError as error:
        raise MissingExtraError("kg serve", "server") from error
    app = create_app(
        path,
        limits=limits,
        workers=workers,
        local=is_loopback(host),
        allow_origins=allow_origins,
        tokens=read_tokens(token_file) if token_file is not None else None,
    )
    with bind(host, port) as listening:
        address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"
        ready = (lambda: on_ready(address)) if on_ready else None
        server = _server(app, limits, ready)

        def stop() -> None:
            server.should_exit = True

        with _signals(stop):
            server.run(sockets=[listening])
        if not server.started:
            raise ServerError("the server could not start; the reason is above")


def _server(app: Starlette, limits: Limits, ready: Callable[[], None] | None) -> uvicorn.Server:
    import uvicorn

    from kg.serve.connections import patient

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if ready and self.started:
                ready()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            ending = asyncio.create_task(_end_answers(app))
            await super().shutdown(sockets)
            ending.cancel()

    config = uvicorn.Config(
        app,
        http=patient(limits.stall),
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=limits.connections,
        timeout_graceful_shutdown=_GRACE + 2,
        lifespan="on",
    )
    logging.getLogger("uvicorn.error").addFilter(_not_on_purpose)
    return Server(config)


async def _end_answers(app: Starlette) -> None:
    """Those that wait longer than the grace are told that the server stops."""
    await asyncio.sleep(_GRACE)
    await app.state.pool.close()


def _not_on_purpose(record: logging.LogRecord) -> bool:
    """An answer that is broken off on purpose is reported by `kg.serve.responses`."""
    return not record.getMessage().startswith("ASGI callable returned without completing")


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        UsageError: the port is taken or forbidden, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()
    except OSError as error:
        listening.close()
        reasons = {
            errno.EADDRINUSE: f"port {port} is in use; choose another with --port",
            errno.EACCES: f"port {port} needs special rights; choose one above 1023",
            errno.EADDRNOTAVAIL: f"{host} is not an address of this machine",
        }
        reason = reasons.get(error.errno or 0, error.strerror or str(error))
        raise UsageError(f"cannot serve on {host}: {reason}") from error
    return listening


@contextmanager
def _signals(stop: Callable[[], None]) -> Iterator[None]:
    """Being told to stop ends the server, not the process that called it.

    While it runs the server takes the signals itself, and sends them again when it is done.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, lambda *_: stop()) for number in _STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
