"""Addresses that are looked at again and again, politely: when next, what was known, what came of it.

What is known of an address lies beside the graph, one small file an address, replaced as a whole
and only after the reports are in the graph. So a restart neither fetches again what is not due nor
loses what was fetched. Nothing of it is part of the graph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg.articles import Articles
from kg.ledger import LONGEST, Ledger, Watched, failed
from kg.model import Refusal, Report
from kg.pipeline import LoadSummary
from loaders import LOADERS, Skipped
from loaders.web.fetch import Answer, Fetcher, Known
from loaders.web.hosts import FetchError
from loaders.web.pages import read_answer

Take = Callable[[Iterable[Report | Refusal | Skipped]], LoadSummary]


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
class Watch:
    """Looks at addresses.

    Attributes:
        take: brings outcomes into the graph.
        interval: seconds between two looks at an address.
        now: seconds since 1970.
        articles: fetch what a feed only announces.
    """

    ledger: Ledger
    fetcher: Fetcher
    take: Take
    interval: float
    now: Callable[[], float] = field(repr=False)
    articles: bool = False

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
        summary, whole = (None, True) if unchanged else self._taken(answer)
        watched = Watched(
            address,
            due=self.now() + self.interval,
            etag=answer.known.etag if whole else None,
            modified=answer.known.modified if whole else None,
            content=content if whole else None,
        )
        self.ledger.write(watched)
        return Look("unchanged" if unchanged else "loaded", watched, summary=summary)

    def _taken(self, answer: Answer) -> tuple[LoadSummary, bool]:
        """What came of an answer, and whether nothing of it is left for the next look."""
        outcomes = read_answer(answer, LOADERS)
        if not self.articles:
            return self.take(outcomes), True
        articles = Articles(self.ledger, self.fetcher, self.interval, self.now)
        summary = self.take(articles.filled(outcomes))
        articles.settle()
        summary.read += articles.known
        summary.unchanged += articles.known
        summary.refused += articles.refused
        return summary, not articles.left

    def _failed(self, known: Watched, error: FetchError) -> Look:
        watched = failed(known, error, interval=self.interval, now=self.now())
        self.ledger.write(watched)
        return Look("failed", watched, reason=error.reason)


def _content(answer: Answer) -> str | None:
    return hashlib.sha256(answer.body).hexdigest() if answer.body is not None else None
