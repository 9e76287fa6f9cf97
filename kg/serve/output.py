"""The writing end of an answer: collects chunks, counts rows and bytes, stops at the limits."""

from __future__ import annotations

from typing import IO, cast

from kg.serve.frames import CHUNK, DATA, HEAD, Head, describe, frame

# What stands once for each row in the engine's own output; quotes inside values are escaped there.
# The number is what to add: separators are one less than rows, and a line of names is no row.
_MARKERS = {
    "application/sparql-results+json": (b'"}},{"', 1),
    "application/json": (b'"}},{"', 1),
    "application/sparql-results+xml": (b"<result>", 0),
    "application/xml": (b"<result>", 0),
    "text/csv": (b"\r\n", -1),
    "text/tab-separated-values": (b"\n", -1),
    "application/n-triples": (b"\n", 0),
}


class LimitExceededError(Exception):
    """The answer is larger than the server gives; its text says what to do.

    Args:
        limit: such as `1000 rows`.
    """

    def __init__(self, limit: str) -> None:
        super().__init__(
            f"the answer has more than {limit}; narrow the query or ask in parts with LIMIT"
        )


class Output:
    """A file-like object for the engine's serialisers.

    The head goes out with the first full chunk: until then an error can still become a status.
    """

    def __init__(
        self, pipe: IO[bytes], media_type: str, *, max_bytes: int = 0, max_rows: int = 0
    ) -> None:
        self._pipe = pipe
        self._media_type = media_type
        self._max_bytes, self._max_rows = max_bytes, max_rows
        self._marker, self._rows = _MARKERS.get(media_type, (b"", 0))
        self._chunk = bytearray()
        self._tail = b""
        self._bytes = 0
        self._begun = False
        self._exceeded: LimitExceededError | None = None

    def as_file(self) -> IO[bytes]:
        """This object, for a signature that asks for a file and only writes."""
        return cast("IO[bytes]", self)

    def write(self, data: bytes) -> int:
        """Take some bytes of the answer."""
        self._chunk += data
        if len(self._chunk) >= CHUNK:
            self._send(complete=False)
        return len(data)

    def flush(self) -> None:
        """Nothing: small writes are what is to be avoided."""

    def finish(self) -> None:
        """Send what is left."""
        if self._chunk or not self._begun:
            self._send(complete=not self._begun)

    def check(self) -> None:
        """Raise LimitExceededError if a limit was the reason for a failed write."""
        if self._exceeded:
            raise self._exceeded

    def _send(self, *, complete: bool) -> None:
        chunk = bytes(self._chunk)
        self._chunk.clear()
        self._count(chunk)
        if not self._begun:
            self._pipe.write(frame(HEAD, describe(Head(self._media_type, complete))))
            self._begun = True
        self._pipe.write(frame(DATA, chunk))
        self._pipe.flush()

    def _count(self, chunk: bytes) -> None:
        self._bytes += len(chunk)
        if self._marker:
            self._rows += (self._tail + chunk).count(self._marker)
            self._tail = chunk[-(len(self._marker) - 1) :] if len(self._marker) > 1 else b""
        if self._max_bytes and self._bytes > self._max_bytes:
            self._stop(f"{self._max_bytes} bytes")
        if self._max_rows and self._rows > self._max_rows:
            self._stop(f"{self._max_rows} rows")

    def _stop(self, limit: str) -> None:
        self._exceeded = LimitExceededError(limit)
        raise self._exceeded
