"""A sentence as words with offsets: the level on which names and offices are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from loaders.extraction.late_pattern import late
from loaders.extraction.values import quickly_made

_TOKEN = late(
    r"(?=\S)(?:"  # a blank is passed over at once, not after all that may stand in its place
    r"[a-z]{2,}(?![\w'’ʼʻ`‑-])|[A-Z][a-z]+(?![\w'’ʼʻ`‑.-])|,"  # most words, before all that asks more
    r"|H\. ?(?:[EHM]|R\. ?H)\.|H\.E\b|(?:[^\W\d_]\.){2,}"
    r"|(?:Brig|Maj|Lt|Col|Vice|Rear)\.?-(?:Gen|Col|Adm)\.(?=\s)"
    r"|(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Gen|Lt|Col|Maj|Capt|Adm|Cdr|Brig|Sen|Rep|Gov|Amb|Hon|Rt|St|Sr|Jr|Rev"
    r"|Sh|Md|Mohd|Eng|Engr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.(?=\s)"
    r"|[^\W\d_a-zа-яё][a-z]?\.(?=[^\W\d_a-zа-яё][a-z])|[^\W\d_a-zа-яё]\.(?=\s?[^\W\d_])"
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?"
    r"|\w+(?:['’ʼʻ`‑-](?![^\W\d_]\.[^\W\d_]\.)\w+)*"  # "EU-U.S." is no "EU-U" and "S."
    r"|[^\w\s])"
)


@quickly_made
@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists over one stretch of text; a possessive `'s` is a token of its own.

    Attributes:
        lows: the words in lower case.
        low: gives the word at an index in lower case, "" a little before the first and behind the last.
    """

    words: list[str]
    lows: list[str]
    starts: list[int]
    ends: list[int]
    low: Callable[[int], str]

    def __len__(self) -> int:
        return len(self.words)


def tokenize(text: str, start: int, end: int) -> Tokens:
    """The words and marks of `text[start:end]` with offsets into `text`.

    Several steps look at the same sentence one after the other, so the last ones are remembered;
    not those of very long texts, which would be kept in memory with them.
    """
    return _read(text, start, end) if len(text) > _LONGEST_KEPT else _kept(text, start, end)


def _read(text: str, start: int, end: int) -> Tokens:
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _TOKEN.finditer(text, start, end):
        word = found[0]
        first, last = found.span()
        if word[-1] in "sS" and len(word) > 2 and word[-2] in "'’":
            words += (word[:-2], "'s")
            starts += (first, last - 2)
            ends += (last - 2, last)
        else:
            words.append(word)
            starts.append(first)
            ends.append(last)
    lows = list(map(str.lower, words))
    return Tokens(words, lows, starts, ends, [*lows, *_BEYOND].__getitem__)


_BEYOND = [""] * 64  # read by indexes behind the end, and by those below 0


_LONGEST_KEPT = 100_000
_kept = lru_cache(maxsize=128)(_read)
