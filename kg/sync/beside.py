"""Reading a server while this process does something else."""

from __future__ import annotations

import pickle
import threading
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TypeAlias, TypeVar

T = TypeVar("T")
_Packed: TypeAlias = "SimpleQueue[bytes | None]"


@contextmanager
def beside(items: Iterable[T]) -> Iterator[Iterator[T]]:
    """Let a thread take the items at once, and give them, packed meanwhile, when they are asked for.

    Whatever goes wrong in the thread is raised where its items are asked for; leaving the block
    ends the thread.
    """
    packed: _Packed = SimpleQueue()
    given_up = threading.Event()
    with ThreadPoolExecutor(1, "server-reader") as thread:
        try:
            yield _unpacked(packed, thread.submit(_pack, items, packed, given_up))
        finally:
            given_up.set()


def _pack(items: Iterable[T], packed: _Packed, given_up: threading.Event) -> None:
    try:
        for item in items:
            if given_up.is_set():
                return
            packed.put(zlib.compress(pickle.dumps(item, pickle.HIGHEST_PROTOCOL), 1))
    finally:
        packed.put(None)


def _unpacked(packed: _Packed, done: Future[None]) -> Iterator[T]:
    while (found := packed.get()) is not None:
        yield pickle.loads(zlib.decompress(found))  # packed above: it never left the process
    done.result()
