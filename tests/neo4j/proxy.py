"""A TCP proxy that lets a number of bytes through and then does something drastic."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class Proxy:
    """Passes bytes on both ways and counts them.

    Args:
        uri: of the server behind it.
        limit: after so many bytes, `then` is called once; None for never.
        then: what happens; without it, every open connection is cut.
    """

    def __init__(
        self, uri: str, limit: int | None, then: Callable[[], object] | None = None
    ) -> None:
        parts = urlsplit(uri)
        self._behind = (str(parts.hostname), int(parts.port or 7687))
        self._limit, self._then = limit, then or self.cut
        self._open: list[socket.socket] = []
        self._guard = threading.Lock()
        self.passed, self.cuts = 0, 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.uri = f"bolt://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Close every connection as it stands."""
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open.clear()

    def close(self) -> None:
        """No more connections."""
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                try:
                    server = socket.create_connection(self._behind)
                except OSError:
                    client.close()
                    continue
                self._open += [client, server]
                for one, other in ((client, server), (server, client)):
                    threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while some := source.recv(512):
                if not self._count(len(some)):
                    break
                sink.sendall(some)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _count(self, size: int) -> bool:
        """Whether the bytes may pass."""
        with self._guard:
            before, self.passed = self.passed, self.passed + size
            if self._limit is None or self.passed < self._limit or before >= self._limit:
                return True
            self.cuts += 1
        self._then()
        return False


@contextmanager
def through(
    uri: str, limit: int | None = None, then: Callable[[], object] | None = None
) -> Iterator[Proxy]:
    """A proxy in front of a server."""
    proxy = Proxy(uri, limit, then)
    try:
        yield proxy
    finally:
        proxy.close()
