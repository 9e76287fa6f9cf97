"""Locks on files that end with their holder, however it ends (POSIX `flock`)."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from pathlib import Path

from kg.errors import StoreError


class FileLock:
    """One lock, held while the file is open; also released by the system when the process dies."""

    def __init__(self, descriptor: int, path: Path) -> None:
        self._descriptor: int | None = descriptor
        self.path = path

    def release(self) -> None:
        """Give the lock back; releasing twice is no error."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def lock_exclusive(path: Path) -> FileLock | None:
    """Become the only holder; None if another one holds the lock in any way.

    The file then names the holder, for the message that others get.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    if not _flock(descriptor, fcntl.LOCK_EX):
        return None
    os.truncate(descriptor, 0)
    os.pwrite(descriptor, _own_name(), 0)
    return FileLock(descriptor, path)


def lock_shared(path: Path) -> FileLock | None:
    """Hold the lock together with others; None if the file is gone or exclusively held."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    if not _flock(descriptor, fcntl.LOCK_SH):
        return None
    if not _is_still_there(descriptor, path):
        os.close(descriptor)
        return None
    return FileLock(descriptor, path)


def holder(path: Path) -> str:
    """Who wrote its name into a lock file: `process 4711 on host`."""
    try:
        known = json.loads(path.read_bytes())
        return f"process {known['process']} on {known['host']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


def _own_name() -> bytes:
    return json.dumps({"process": os.getpid(), "host": socket.gethostname()}).encode()


def _flock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return False
    except OSError as error:
        os.close(descriptor)
        raise StoreError(f"the file system cannot lock files: {error.strerror}") from error
    return True


def _is_still_there(descriptor: int, path: Path) -> bool:
    """The file locked is the one that has this name now, not one just deleted."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
