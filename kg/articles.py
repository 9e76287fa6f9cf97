"""The articles that a feed only announces: fetched once each, as politely as the feed itself.

What is known of an article lies in the ledger beside what is known of the feed, and is written only
after its report is in the graph. An article is asked for again only when its entry in the feed has
changed, or when fetching it failed and its pause is over. Of an address noted here, `content` is the
hash of the entry whose article the graph has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from kg.ledger import Ledger, Watched, failed
from kg.model import Refusal, Report
from kg.rdf import text_hash
from loaders import LOADERS, Skipped
from loaders.base import printable
from loaders.web.fetch import Fetcher, Known
from loaders.web.hosts import FetchError
from loaders.web.pages import read_answer

Outcome = Report | Refusal | Skipped
MOST: Final = 100
"""Articles of one look at a feed; the next look goes on."""


@dataclass(slots=True)
class Articles:
    """Fills the entries of one feed with their articles, for one look at it.

    Attributes:
        interval: seconds of the first pause after a failure.
        now: seconds since 1970.
        fetched: how many articles were asked for.
        known: how many entries are in the graph with their article, and have not changed.
        left: how many are left for the next look.
        refused: articles that could not be had; their entries come as the feed has them.
    """

    ledger: Ledger
    fetcher: Fetcher
    interval: float
    now: Callable[[], float]
    fetched: int = 0
    known: int = 0
    left: int = 0
    refused: list[Refusal] = field(default_factory=list)
    _notes: list[Watched] = field(default_factory=list)

    def filled(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """The outcomes, with articles in place of excerpts; those in the graph are left out."""
        for outcome in outcomes:
            if not isinstance(outcome, Report) or not outcome.excerpt or not outcome.url:
                yield outcome
                continue
            entry, seen = text_hash(outcome), self.ledger.read(outcome.url)
            if seen.content == entry:
                self.known += 1
            elif seen.gone or (seen.failures and seen.due > self.now()):
                yield self._without(outcome, seen)
            elif self.fetched >= MOST:
                self.left += 1
            else:
                self.fetched += 1
                yield self._article(outcome, outcome.url, seen)

    def settle(self) -> None:
        """Keep what is now known; to be called when the reports are in the graph.

        Raises:
            StoreError: it cannot be written.
        """
        for note in self._notes:
            self.ledger.write(note)
        self._notes.clear()

    def _without(self, entry: Report, seen: Watched) -> Report | Skipped:
        """An entry whose article cannot be had now: an article that the graph has stays."""
        return Skipped(entry.source.path, "the article had before") if seen.content else entry

    def _article(self, entry: Report, url: str, seen: Watched) -> Report | Skipped:
        try:
            answer = self.fetcher.get(url, Known())
            found = [o for o in read_answer(answer, LOADERS) if not isinstance(o, Skipped)]
            page = _only_page(found)
        except FetchError as error:
            note = failed(seen, error, interval=self.interval, now=self.now())
            self._notes.append(note)
            reason = f"the article could not be had, so its entry stands for it: {error.reason}"
            self.refused.append(Refusal(printable(url), None, reason))
            return self._without(entry, seen)
        self._notes.append(Watched(url, content=text_hash(entry)))
        longer = len(page.text) > len(entry.text)
        return replace(
            entry,
            text=page.text if longer else entry.text,
            title=entry.title or page.title,
            published=entry.published or page.published,
            published_basis=entry.published_basis or page.published_basis,
            language=entry.language or page.language,
            excerpt=False,
        )


def _only_page(found: list[Report | Refusal]) -> Report:
    """Raises:
    FetchError: there is no article, or more than one.
    """
    first = found[0] if found else None
    if isinstance(first, Refusal):
        raise FetchError(first.reason)
    if first is None or len(found) > 1 or first.facts or first.excerpt:
        raise FetchError("what is there is no article")
    return first
