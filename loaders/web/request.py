"""One request and its answer, within limits of size and time that no server can stretch."""

from __future__ import annotations

import socket
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Final

from kg.version import __version__
from loaders.web.hosts import FetchError, MayConnect, Place, connected, secured

AGENT: Final = "diplomatic-meetings-kg"
"""The name by which robots.txt may address this program."""
USER_AGENT: Final = f"{AGENT}/{__version__} (+https://w3id.org/diplomatic-meetings/ns)"
_TROUBLE: Final = (OSError, HTTPException, ValueError, zlib.error)
_CHUNK: Final = 1 << 16
_ACCEPT: Final = (
    "application/rss+xml, application/atom+xml, text/html;q=0.9, application/xml;q=0.9, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetching may take.

    Attributes:
        size: bytes of the body, also after unpacking.
        silence: seconds without a byte.
        seconds: for a whole request, from the first to the last byte.
        redirects: how many are followed.
        pause: seconds between two requests to one host, unless its robots.txt asks for more.
    """

    size: int = 64 << 20
    silence: float = 20.0
    seconds: float = 120.0
    redirects: int = 5
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server said to one request; the body only where the status is 200."""

    status: int
    headers: Message
    body: bytes


def ask(
    place: Place, headers: Mapping[str, str], limits: Limits, *, may_connect: MayConnect
) -> Reply:
    """The reply of a server.

    Raises:
        FetchError: the address is not allowed, nobody answers, the reply is broken, or over a limit.
    """
    try:
        connection = _Connection(place, limits, may_connect)
        with _deadline(connection, limits.seconds) as late:
            try:
                reply = _reply(connection, place, headers, limits)
            except _TROUBLE:
                if not late.is_set():
                    raise
            if late.is_set():  # also where the cut was taken for the end of the answer
                raise FetchError(f"no whole answer within {limits.seconds:g} s")
            return reply
    except FetchError:
        raise
    except _TROUBLE as error:
        words = " ".join(str(error).split()) or type(error).__name__
        raise FetchError(f"{place.host} gave no answer ({words})") from error


class _Connection(HTTPConnection):
    """A connection to the address that was checked, and to no other."""

    def __init__(self, place: Place, limits: Limits, may_connect: MayConnect) -> None:
        super().__init__(place.host, place.port, timeout=limits.silence)
        # A port that goes without saying is left out of the line `Host`.
        self.default_port = 443 if place.scheme == "https" else 80
        self._place, self._may_connect, self._silence = place, may_connect, limits.silence
        # Kept, because the library lets go of its own while an answer without length is read.
        self.line: socket.socket | None = None

    def connect(self) -> None:
        line = connected(self._place, timeout=self._silence, may_connect=self._may_connect)
        if self._place.scheme == "https":
            secure = secured(line, self._place)
            self.sock = self.line = secure
            secure.do_handshake()
        else:
            self.sock = self.line = line


@contextmanager
def _deadline(connection: _Connection, seconds: float) -> Iterator[threading.Event]:
    """Cuts the connection when the time is over, also while a server drips bytes one by one."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        if connection.line is not None:
            with suppress(OSError):
                connection.line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        connection.close()


def _reply(
    connection: HTTPConnection, place: Place, headers: Mapping[str, str], limits: Limits
) -> Reply:
    given = {"User-Agent": USER_AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
    connection.request("GET", place.path, headers=given | dict(headers))
    response = connection.getresponse()
    body = _body(response, limits.size) if response.status == 200 else b""
    return Reply(response.status, response.headers, body)


def _body(response: HTTPResponse, most: int) -> bytes:
    packed = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip", ""):
        raise FetchError(f"the answer is packed as {packed!r}, which was not asked for")
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS) if packed.endswith("gzip") else None
    announced = response.length
    if announced is not None and announced > most:
        raise _too_large(most)
    parts: list[bytes] = []
    size = received = 0
    while data := response.read(_CHUNK):
        received += len(data)
        if unpacker:
            data = unpacker.decompress(data, most - size + 1)
        size += len(data)
        if size > most:
            raise _too_large(most)
        parts.append(data)
    if (announced is not None and received < announced) or (unpacker and not unpacker.eof):
        raise FetchError("the answer was cut off")
    return b"".join(parts)


def _too_large(most: int) -> FetchError:
    return FetchError(f"the answer is larger than {most >> 20} MiB, or has no end")
