"""A sentence as words with offsets, as the engine compares them."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.extraction.languages.pack import Pack
from loaders.extraction.late_pattern import late

UPPER = "[" + "".join(c for c in map(chr, range(0x41, 0x590)) if c.isupper()) + "]"
"""A capital letter, in a pattern: Latin, Greek, Cyrillic."""

LOWER = "[" + "".join(c for c in map(chr, range(0x61, 0x590)) if c.islower()) + "]"
_TOKEN = late(
    rf"(?:{UPPER}{LOWER}?\.[ \xa0]?){{1,3}}(?=[ \xa0]?{UPPER}\w|[ ,;.)]|$)"
    r"|\d+(?:[.,]\d+)*"
    r"|\w+(?:[-’'ʼ‑]\w+)*"
    r"|[^\w\s]"
)
_INITIALS = late(rf"(?:{UPPER}{LOWER}?\.[ \xa0]?)+\Z")


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel lists over one stretch of a text.

    Attributes:
        lows: as they are compared.
    """

    source: str
    texts: list[str]
    lows: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.texts)

    def is_name(self, i: int) -> bool:
        """True for a capitalised word of letters or for initials."""
        return self.texts[i][0].isupper() and (len(self.texts[i]) > 1)

    def is_initials(self, i: int) -> bool:
        """True for "С.В."."""
        return "." in self.texts[i] and _INITIALS.match(self.texts[i]) is not None

    def low(self, i: int) -> str:
        """The word at `i`, nothing outside the sentence."""
        return self.lows[i] if 0 <= i < len(self.lows) else ""


def words_of(source: str, start: int, end: int, pack: Pack) -> Words:
    """The words and marks of `source[start:end]` with offsets into `source`."""
    found = Words(source, [], [], [], [])
    for match in _TOKEN.finditer(source, start, end):
        text = match[0].rstrip(" \xa0")
        found.texts.append(text)
        found.lows.append(pack.low(text))
        found.starts.append(match.start())
        found.ends.append(match.start() + len(text))
    return found
