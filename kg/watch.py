"""Addresses that are looked at again and again, politely: when next, what was known, what came of it.

What is known of an address lies beside the graph, one small file an address, replaced as a whole
and only after the reports are in the graph. So a restart neither fetches again what is not due nor
loses what was fetched. Nothing of it is part of the graph.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.ids import digest
from kg.model import Refusal, Report
from kg.pipeline import LoadSummary
from kg.store.directory import write_atomically
from loaders import LOADERS, Skipped
from loaders.web.fetch import Answer, Fetcher, Known
from loaders.web.hosts import FetchError
from loaders.web.pages import read_answer

LONGEST: Final = 24 * 3600.0
"""Seconds after which an address that keeps failing is tried all the same."""
Take = Callable[[Iterable[Report | Refusal | Skipped]], LoadSummary]


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
class Look:
    """What one look at an address gave.

    Attributes:
        outcome: "loaded", "unchanged" or "failed".
        reason: why it failed, else None.
    """

    outcome: str
    watched: Watched
    reason: str | None = None
    summary: LoadSummary | None = None


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


@dataclass(frozen=True, slots=True)
class Watch:
    """Looks at addresses.

    Attributes:
        take: brings outcomes into the graph.
        interval: seconds between two looks at an address.
        now: seconds since 1970.
    """

    ledger: Ledger
    fetcher: Fetcher
    take: Take
    interval: float
    now: Callable[[], float] = field(repr=False)

    def wait(self, address: str) -> float | None:
        """Seconds until an address is due, 0 if it is; None if it is gone for good."""
        watched = self.ledger.read(address)
        # A clock that was put back must not make an address wait for longer than it ever has to.
        return None if watched.gone else min(max(0.0, watched.due - self.now()), 7 * LONGEST)

    def look(self, address: str) -> Look:
        """Fetch an address if it has changed, and bring what it holds into the graph.

        Raises:
            StoreError: the graph or the ledger cannot be written; the address is then still due.
        """
        known = self.ledger.read(address)
        try:
            answer = self.fetcher.get(address, Known(known.etag, known.modified))
        except FetchError as error:
            return self._failed(known, error)
        content = _content(answer) or known.content
        unchanged = answer.body is None or content == known.content
        summary = None if unchanged else self.take(read_answer(answer, LOADERS))
        watched = Watched(
            address,
            due=self.now() + self.interval,
            etag=answer.known.etag,
            modified=answer.known.modified,
            content=content,
        )
        self.ledger.write(watched)
        return Look("unchanged" if unchanged else "loaded", watched, summary=summary)

    def _failed(self, known: Watched, error: FetchError) -> Look:
        """Twice the pause for each failure in a row, and as long as the server asks for."""
        failures = known.failures + 1
        pause = min(self.interval * 2 ** min(failures, 16), max(LONGEST, self.interval))
        due = self.now() + max(pause, error.retry_after or 0.0)
        watched = replace(known, due=due, failures=failures, gone=error.gone)
        self.ledger.write(watched)
        return Look("failed", watched, reason=error.reason)


def _content(answer: Answer) -> str | None:
    return hashlib.sha256(answer.body).hexdigest() if answer.body is not None else None
