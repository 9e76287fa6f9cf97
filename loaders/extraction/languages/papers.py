"""Papers that were signed, adopted, exchanged, or are to be signed."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Document, DocumentStatus, Span
from loaders.extraction.languages.lexis import Lexis
from loaders.extraction.languages.pack import Pack, expanded
from loaders.extraction.languages.sentences import Line
from loaders.extraction.languages.words import Words

_REACH = 12  # words between what is done and the paper


class Papers:
    """The words for papers in one language."""

    def __init__(self, own: Pack, names: Lexis) -> None:
        self._lexis = names
        self._kinds: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for row in own.content["document"]:
            before = frozenset(map(own.low, row.get("before", "").split()))
            for noun in row["nouns"].split():
                names.learn(noun)
                self._kinds.setdefault(own.low(noun), []).append((row["type"], before))
        self._acts: dict[str, DocumentStatus] = {
            own.low(w): row["status"] for row in own.content["act"] for w in expanded(row["words"])
        }
        table = own.content["documents"]
        self._longest = int(table["longest"])
        self._texts = frozenset(table["texts"])
        self._adjectives = tuple(table["adjectives"].split())
        self._and = own.words("words", "and")

    def of(self, line: Line, status: str) -> Iterator[Document]:
        """The papers of a sentence.

        Args:
            status: of the meeting: what is to be signed at a planned one is planned.
        """
        words = line.words
        acts = [(i, self._acts[low]) for i, low in enumerate(words.lows) if low in self._acts]
        for n, (i, act) in enumerate(acts):
            stop = acts[n + 1][0] if n + 1 < len(acts) else len(words)
            near = i
            for k in range(i + 1, stop):
                kind = self._kind(words, k)
                if kind is None or not self._reaches(near, k, act, kind):
                    continue
                near = k
                known: DocumentStatus = "planned" if status in ("planned", "cancelled") else act
                yield self._document(
                    line, self._first(words, i + 1, k), self._last(words, k), kind, known
                )

    def _reaches(self, i: int, k: int, act: DocumentStatus, kind: str) -> bool:
        """A paper follows what is done to it; what is only adopted is a text, not a programme."""
        return k - i <= _REACH and (act != "adopted" or kind in self._texts)

    def _kind(self, words: Words, k: int) -> str | None:
        for form in self._lexis.readings(words.lows[k]):
            for kind, before in self._kinds.get(form.word, ()):
                if not before or words.low(k - 1) in before:
                    return kind
        return None

    def _first(self, words: Words, lo: int, k: int) -> int:
        """A paper's name begins with the adjectives before its noun."""
        while k > lo and (
            words.lows[k - 1].endswith(self._adjectives) and words.texts[k - 1].isalpha()
        ):
            k -= 1
        return k

    def _last(self, words: Words, k: int) -> int:
        end = k + 1
        while end < len(words) and end - k < self._longest:
            if words.texts[end] in ",.;":
                break
            if self._kind(words, end) is not None and words.lows[end - 1] in self._and:
                break
            end += 1
        while end > k + 1 and (words.lows[end - 1] in self._and or words.texts[end - 1] in ",.;"):
            end -= 1
        return end

    def _document(
        self, line: Line, first: int, last: int, kind: str, status: DocumentStatus
    ) -> Document:
        start, end = line.words.starts[first], line.words.ends[last - 1]
        title = line.kind == "title"
        span = None if title else Span(start, end)
        return Document(kind, line.source[start:end], status, span, title)
