"""A sentence as words with their lower-case forms: what all content rules look at."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property

from loaders.extraction.content_tables import phrases, word_class
from loaders.extraction.tokens import tokenize


@dataclass(frozen=True)
class Words:
    """Parallel lists over one sentence of `text`; offsets count into `text`."""

    text: str
    begin: int
    stop: int
    words: list[str]
    low: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.low)

    def at(self, offset: int) -> int:
        """Index of the first word that starts at or after `offset`."""
        return bisect_left(self.starts, offset)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of the words `first` to `last` (exclusive)."""
        return self.starts[first], self.ends[last - 1]

    def slice(self, first: int, last: int) -> str:
        """The words `first` to `last` (exclusive) as they stand in the text."""
        return self.text[self.starts[first] : self.ends[last - 1]] if last > first else ""

    def is_capital(self, index: int) -> bool:
        """True if the word starts with a capital letter, or a part of it does: `el-Sisi`, `d'Ivoire`."""
        word = self.words[index]
        if word[:1].isupper():
            return True
        return any(m in word and word.partition(m)[2][:1].isupper() for m in "-'’")

    def matches(self, index: int, section: str, name: str) -> int:
        """How many words of a phrase class stand at `index`; 0 if none does."""
        rows = phrases(section, name).get(self.low[index])
        if rows is None:
            return 0
        for row in rows:
            if len(row) == 1 or tuple(self.low[index : index + len(row)]) == row:
                owns = self.low[index + len(row) : index + len(row) + 1] == ["'s"]
                return 0 if owns or self._is_within_name(index) else len(row)
        return 0

    def _is_within_name(self, index: int) -> bool:
        """True for the "Plus" of "the GSP Plus scheme", no word of ours."""
        return index > 0 and self.words[index].istitle() and self.words[index - 1][0].isupper()

    @cached_property
    def content(self) -> list[int]:
        """For each index, how many content words stand before it."""
        light = _light()
        counts = [0]
        for word in self.low:
            heavy = word not in light and word[0].isalnum()
            counts.append(counts[-1] + heavy)
        return counts


@cache
def _light() -> frozenset[str]:
    prepositions, determiners = (word_class("clause", c) for c in ("prepositions", "determiners"))
    return prepositions | determiners | _LIGHT


_LIGHT = frozenset({"and", "or", "'s", "as", "s", "well", "there", "here"})


def read_words(text: str, start: int, end: int) -> Words:
    """The words of `text[start:end]`."""
    tokens = tokenize(text, start, end)
    low = tokens.lows
    if "’" in text[start:end]:
        low = [word.replace("’", "'") for word in low]
    return Words(text, start, end, tokens.words, low, tokens.starts, tokens.ends)
