"""A report in lines: the title and the sentences, each with its words and mentions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from kg.model import Report
from loaders.extraction.furniture import read_headers
from loaders.extraction.languages.mention import Mention
from loaders.extraction.languages.pack import Pack
from loaders.extraction.languages.words import UPPER, Words, words_of
from loaders.extraction.late_pattern import late

_PARAGRAPH = re.compile(r"[^\s](?:[^\n\r]*[^\s])?")
_END = re.compile(r"[.!?…]+[\"”’»)\]]{0,3}(?=\s)")
_NEXT = late(rf"\s+[\"“«(„–—-]*\s?(?:{UPPER}|\d)")
_LAST_WORD = re.compile(r"([^\W\d_]+)\.\Z")
_LONGEST = 2500
_MOST = 4000  # sentences of one report that are read

Kind = Literal["title", "body"]


@dataclass(slots=True)
class Line:
    """One sentence, or the title.

    Attributes:
        number: its place among the sentences; -1 for the title.
        paragraph: number of the paragraph it stands in.
        skip: characters at its head that belong to a dateline.
    """

    source: str
    start: int
    end: int
    number: int
    paragraph: int
    kind: Kind
    words: Words
    mentions: list[Mention] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its characters."""
        return self.source[self.start : self.end]


def lines_of(report: Report, own: Pack, begin: int) -> list[Line]:
    """The title and the sentences of a report from character `begin` of its text."""
    found: list[Line] = []
    if report.title:
        end = min(len(report.title), _LONGEST)
        found.append(_line(report.title, 0, end, -1, -1, "title", own))
    headers = max((h.end for h in read_headers(report.text)), default=0)
    number = 0
    for paragraph, match in enumerate(_PARAGRAPH.finditer(report.text, max(begin, headers))):
        for start, end in cuts(report.text, match.start(), match.end(), own):
            if number >= _MOST:
                return found
            end = min(end, start + _LONGEST)
            found.append(_line(report.text, start, end, number, paragraph, "body", own))
            number += 1
    return found


def _line(
    source: str, start: int, end: int, number: int, paragraph: int, kind: Kind, own: Pack
) -> Line:
    return Line(source, start, end, number, paragraph, kind, words_of(source, start, end, own))


def cuts(text: str, start: int, end: int, own: Pack) -> list[tuple[int, int]]:
    """Offsets of the sentences of one paragraph."""
    found: list[tuple[int, int]] = []
    first = start
    for mark in _END.finditer(text, start, end):
        if _NEXT.match(text, mark.end(), end) and not _abbreviates(text, first, mark, own):
            found.append((first, mark.end()))
            first = _past_space(text, mark.end(), end)
    if first < end:
        found.append((first, end))
    return found


def _abbreviates(text: str, first: int, mark: re.Match[str], own: Pack) -> bool:
    """True for the stop of an abbreviation or of an initial."""
    word = _LAST_WORD.search(text, max(first, mark.end() - 12), mark.end())
    if word is None:
        return False
    if len(word[1]) == 1 and word[1].isupper():
        return True
    return own.low(word[1]) in own.words("words", "abbreviations")


def _past_space(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at
