"""What is known of addresses that are looked at again: one small file each, replaced as a whole."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.ids import digest
from kg.store.directory import write_atomically
from loaders.web.hosts import FetchError

LONGEST: Final = 24 * 3600.0
"""Seconds after which an address that keeps failing is tried all the same."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What is known of one address.

    Attributes:
        due: when it may be asked next, in seconds since 1970; 0 for at once.
        failures: how many tries failed since the last that did not.
        gone: the server says that there will never be anything again.
        etag, modified: the server's marks of the version that was loaded.
        content: SHA-256 of what was loaded.
    """

    address: str
    due: float = 0.0
    failures: int = 0
    gone: bool = False
    etag: str | None = None
    modified: str | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The files in which it is kept what is known of each address."""

    folder: Path

    def read(self, address: str) -> Watched:
        """What is known of an address; nothing, if its file is missing or damaged."""
        try:
            data = json.loads(self._file(address).read_text(encoding="utf-8"))
            known = Watched(**{f.name: data[f.name] for f in fields(Watched)})
        except (OSError, ValueError, KeyError, TypeError):
            return Watched(address)
        sound = isinstance(known.due, int | float) and isinstance(known.failures, int)
        return known if sound and known.address == address else Watched(address)

    def write(self, watched: Watched) -> None:
        """Keep what is known of an address.

        Raises:
            StoreError: it cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file(watched.address), json.dumps(asdict(watched)) + "\n")
        except OSError as error:
            raise StoreError(f"{self.folder} cannot be written: {error.strerror}") from error

    def _file(self, address: str) -> Path:
        return self.folder / f"{digest(address, length=24)}.json"


def failed(known: Watched, error: FetchError, *, interval: float, now: float) -> Watched:
    """What is known after a failure: twice the pause for each in a row, and as long as the server
    asks for.

    Args:
        interval: seconds between two looks at an address that does not fail.
        now: seconds since 1970.
    """
    failures = known.failures + 1
    pause = min(interval * 2 ** min(failures, 16), max(LONGEST, interval))
    due = now + max(pause, error.retry_after or 0.0)
    return replace(known, due=due, failures=failures, gone=error.gone)
