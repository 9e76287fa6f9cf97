"""Dates with their precision: a small part of EDTF (ISO 8601-2) that sorts and has two ends.

A `When` is a day (`2019-10-25`), a month (`2016-05`), a year (`1992`) or an interval of two of
these (`2021-06-09/2021-06-13`). Nothing is ever filled in: `2016-05` stays a month.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from kg.errors import DateError

_PART = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z", re.ASCII)


def _bounds(text: str) -> tuple[date, date]:
    found = _PART.match(text)
    if not found:
        raise DateError(f"{text!r} is not a date such as 2019-10-25, 2016-05 or 1992")
    year, month, day = int(found[1]), found[2], found[3]
    try:
        if day:
            exact = date(year, int(month), int(day))
            return exact, exact
        if month:
            last = calendar.monthrange(year, int(month))[1]
            return date(year, int(month), 1), date(year, int(month), last)
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError as error:  # calendar.IllegalMonthError is one too
        raise DateError(f"{text!r} is not a day of the calendar") from error


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A span of days, as precise as its source. Orders by first day, last day, text.

    Attributes:
        first: first day, inclusive.
        last: last day, inclusive.
        edtf: the text it was made from, in EDTF.
    """

    first: date
    last: date
    edtf: str

    @classmethod
    def parse(cls, text: str) -> When:
        """Read `YYYY[-MM[-DD]]` or `A/B`.

        Raises:
            DateError: the text is something else, no day of the calendar, or ends before it starts.
        """
        start, slash, end = text.strip().partition("/")
        first, last = _bounds(start)
        if slash:
            last = _bounds(end)[1]
            if last < first:
                raise DateError(f"{text!r} ends before it starts")
            if start == end:
                return cls(first, last, start)
        return cls(first, last, f"{start}/{end}" if slash else start)

    @classmethod
    def day(cls, value: date) -> When:
        """The single day `value`."""
        return cls(value, value, value.isoformat())

    @classmethod
    def between(cls, first: date, last: date) -> When:
        """The days from `first` to `last`, both included.

        Raises:
            DateError: `last` is before `first`.
        """
        if first == last:
            return cls.day(first)
        return cls.parse(f"{first.isoformat()}/{last.isoformat()}")

    @property
    def is_day(self) -> bool:
        """True if it is one exact day."""
        return self.first == self.last

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.last - self.first).days + 1

    def contains(self, other: When) -> bool:
        """True if all days of `other` lie inside."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: When) -> bool:
        """True if they share a day."""
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        return self.edtf
