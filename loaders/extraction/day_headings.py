"""Days that head the lines under them: "TUESDAY, JUNE 9" in a diary, "July 9: The President ..." in a circular.

Only where two different days are headings: a lone day above a text is that of the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from kg.dates import When
from kg.model import DateBasis
from loaders.extraction.dates import resolve, time_words
from loaders.extraction.late_pattern import late

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,7}\.?"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_HEADING = late(
    rf"^[ \t*#•–—-]*(?P<day>(?:{_WEEKDAY}[,.]? )?(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?)(?:,? \d{{4}})?"
    rf"|{_WEEKDAY})[ \t]*(?:[:–—-]?[ \t]*$|: )",
    re.IGNORECASE | re.MULTILINE,
)
_LEAST = 2


@dataclass(frozen=True, slots=True)
class DayHeadings:
    """The days that head parts of a text.

    Attributes:
        starts: offsets at which the parts begin, in order.
        days: the words of each heading.
    """

    starts: tuple[int, ...]
    days: tuple[str, ...]

    def day_above(
        self, offset: int, anchor: date | None, future: bool
    ) -> tuple[When, DateBasis] | None:
        """The day of the part in which an offset lies, and how it is known."""
        n = bisect_right(self.starts, offset) - 1
        if n < 0:
            return None
        words = self.days[n]
        found = time_words(words, 0, len(words))
        for word in sorted(found, key=lambda w: w.basis != "explicit"):
            when = resolve(word, anchor, future)
            if when is not None and when.is_day:
                return when, word.basis
        return None


def day_headings(text: str) -> DayHeadings:
    """The headings of a text; none where fewer than two days are told so."""
    found = list(_HEADING.finditer(text))
    words = [m["day"].title() if m["day"].isupper() else m["day"] for m in found]
    if len(set(words)) < _LEAST:
        return DayHeadings((), ())
    return DayHeadings(tuple(m.start() for m in found), tuple(words))
