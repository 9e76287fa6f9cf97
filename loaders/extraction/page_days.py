"""The day of a page: in its header lines, above its text, in its dateline or title, under its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from loaders.extraction.dates import resolve, time_words
from loaders.extraction.segment import Segmented

_FRESH = timedelta(days=7)  # between what was written and its publication
_SLACK = timedelta(days=2)  # clocks differ, and mornings' papers are dated ahead


def header_day(segmented: Segmented) -> date | None:
    """The day in a header line."""
    for header in segmented.headers:
        if header.key == "date":
            for word in time_words(segmented.text, *header.value):
                found = resolve(word, None, False)
                if found is not None and found.is_day:
                    return found.first
    return None


def opening_lines(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the short lines above a text, in which its place and its day may stand."""
    for line in _LINE.finditer(text, 0, _ABOVE):
        if line.end() - line.start() <= _SHORT:
            yield line.start(), line.end()


def without_day(text: str, start: int, end: int) -> tuple[int, int]:
    """What stands in a line before its day; the whole line where it has none."""
    found = time_words(text, start, end)
    last = min((w.start for w in found), default=end)
    return start, start + len(text[start:last].rstrip(" ,.(-–—|"))


def line_day(text: str) -> date | None:
    """ "Press release, 5 May 2014": a day with its year in one of the lines above a text."""
    for start, end in opening_lines(text):
        for word in time_words(text, start, end):
            found = resolve(word, None, False) if word.has_year else None
            if found is not None and found.is_day and not _SAYS_MORE.search(text, word.end, end):
                return found.first
    return None


_ABOVE = 400  # characters in which the lines above a text stand
_SHORT = 70  # characters of such a line
_LINE = re.compile(r"[^\s][^\n]*")
_SAYS_MORE = re.compile(r"[a-z]{3,} [a-z]{2,}")


def dateline_day(segmented: Segmented, published: date | None) -> date | None:
    """The day of the dateline, if it is not far ahead of publication."""
    line = segmented.dateline
    if line is None or line.date is None:
        return None
    words = segmented.text[slice(*line.date)]
    words = words.title() if words.isupper() else words  # "NEW YORK, SEPTEMBER 24"
    for word in time_words(words, 0, len(words)):
        found = resolve(word, published, False)
        if found is not None and found.is_day and not word.vague:
            far = published is not None and found.first - published > _SLACK
            return None if far else found.first
    return None


def signed_day(text: str, published: date | None) -> date | None:
    """ "New York, 4 March 2021": place and day under a readout, near publication."""
    found = _SIGNED.search(text, max(0, len(text) - _SHORT))
    if found is None or published is None:
        return None
    for word in time_words(text, found.start(), len(text)):
        when = resolve(word, published, False)
        if when is not None and when.is_day:
            return when.first if timedelta(0) <= published - when.first <= _FRESH else None
    return None


_SIGNED = re.compile(r"\n[ \t]*[A-Z][\w .'’-]{2,30}, \d{1,2} [A-Z][a-z]+ \d{4}[ .\n]*\Z")


def titled_day(title: str | None, published: date | None) -> date | None:
    """The day that a title closes with, "PM call with President Mora: 4 March 2021", near publication.

    An item may be put up days after it was written; its "this morning" is that of its title.
    """
    if not title or published is None or not _CLOSING_DAY.search(title):
        return None
    for word in time_words(title, 0, len(title)):
        found = resolve(word, published, False)
        if found is not None and found.is_day and word.end == len(title.rstrip(" ).")):
            return found.first if timedelta(0) <= published - found.first <= _FRESH else None
    return None


_CLOSING_DAY = re.compile(r"[:,(–—-]\s?\d{1,2}\s[A-Z][a-z]+\s\d{4}[ ).]*\Z")
