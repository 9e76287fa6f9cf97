"""The server process: bind first, so that a taken port is one clear error; stop without a trace."""

from __future__ import annotations

import errno
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kg.errors import MissingExtraError, ServerError

_STOPPING = (signal.SIGINT, signal.SIGTERM)
_GRACE = 3
"""Seconds that answers get to finish when the server is told to stop."""


def serve(
    path: str | Path,
    *,
    host: str,
    port: int,
    timeout: float,
    workers: int | None,
    allow_origins: Sequence[str],
    on_ready: Callable[[str], None] | None,
) -> None:
    """See `kg.serve.run`."""
    try:
        import uvicorn

        from kg.serve.app import create_app
        from kg.serve.guard import is_loopback
        from kg.serve.pool import Limits
    except ModuleNotFoundError as error:
        raise MissingExtraError("kg serve", "server") from error
    app = create_app(
        path,
        limits=Limits(timeout=timeout),
        workers=workers,
        local=is_loopback(host),
        allow_origins=allow_origins,
    )
    listening = bind(host, port)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
        lifespan="on",
    )
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if on_ready and self.started:
                on_ready(address)

    server = Server(config)

    def stop() -> None:
        server.should_exit = True

    with listening, _signals(stop):
        server.run(sockets=[listening])


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        ServerError: the port is taken or forbidden, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        reasons = {
            errno.EADDRINUSE: f"port {port} is in use; choose another with --port",
            errno.EACCES: f"port {port} needs special rights; choose one above 1023",
            errno.EADDRNOTAVAIL: f"{host} is not an address of this machine",
        }
        reason = reasons.get(error.errno or 0, error.strerror or str(error))
        raise ServerError(f"cannot serve on {host}: {reason}") from error
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
