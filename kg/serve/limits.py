"""What one client may ask of the server."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one client may ask of the server.

    Attributes:
        timeout: seconds of a worker's time per answer.
        stall: seconds that a client may leave an answer unread, or its request unfinished.
        max_rows: rows of an answer, 0 for any number.
        max_bytes: bytes of an answer.
        memory: bytes of address space of a worker.
        waiting: queries that may wait for a free worker; further ones are turned away.
        connections: open connections; further ones are turned away.
    """

    timeout: float = 30.0
    stall: float = 60.0
    max_rows: int = 1_000_000
    max_bytes: int = 1 << 30
    memory: int = 4 << 30
    waiting: int = 256
    connections: int = 512
