"""A graph as lines of N-Triples, read while the engine is still writing them.

The engine writes in a thread that needs nothing of Python, so whoever reads can work at the same
time; nothing is held but what is in the pipe between the two.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat
from pyoxigraph import Store as Engine

from kg.errors import StoreError
from kg.store.base import GraphName

_BLOCK: Final = 1 << 20
# The engine's last step waits for the disk. A pipe has none, and says so when all is written.
_NO_DISK: Final = frozenset({errno.EINVAL, errno.ENOTSUP})
_NUMBER: Final = re.compile(r"\(os error (\d+)\)")


def can_write() -> bool:
    """Whether this system gives open files a name."""
    return Path("/dev/fd").is_dir()


def written(engine: Engine, graph: GraphName) -> Iterator[bytes]:
    """The triples of one graph as N-Triples, one subject after the other, in blocks cut anywhere.

    Raises:
        StoreError: the engine could not read them all.
    """
    reading, writing = _pipe()
    with ThreadPoolExecutor(1, "graph-writer") as thread:
        done = thread.submit(_write, engine, graph, writing)
        try:
            while block := os.read(reading, _BLOCK):
                yield block
        finally:
            os.close(reading)  # whoever still writes is told that nobody reads
    error = done.exception()
    if error and _number(error) not in _NO_DISK:
        raise StoreError(f"the graph could not be read: {error}") from error


def _pipe() -> tuple[int, int]:
    """A pipe of a whole block where the system lets us ask for that: neither end waits as often."""
    reading, writing = os.pipe()
    size = getattr(fcntl, "F_SETPIPE_SZ", None)
    if size is not None:
        with suppress(OSError):
            fcntl.fcntl(writing, size, _BLOCK)
    return reading, writing


def _write(engine: Engine, graph: GraphName, writing: int) -> None:
    try:
        engine.dump(f"/dev/fd/{writing}", RdfFormat.N_TRIPLES, from_graph=graph)
    finally:
        os.close(writing)


def _number(error: BaseException) -> int | None:
    """The system's number of an error; the engine tells it in words only."""
    found = _NUMBER.search(str(error))
    return int(found[1]) if found else None
