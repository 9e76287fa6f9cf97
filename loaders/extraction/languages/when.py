"""When: the expressions of time in a sentence, as seen from the day of the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kg.dates import When
from kg.errors import DateError
from kg.model import DateBasis
from loaders.extraction.languages.pack import Pack
from loaders.extraction.languages.words import Words

_FAR = 200  # days: a day without a year is the nearest of its name
_LAST_YEAR = 2100


@dataclass(frozen=True, slots=True)
class TimeWord:
    """An expression of time at words `first` to `last` (exclusive).

    Attributes:
        when: the days it means; None where that cannot be told.
    """

    first: int
    last: int
    when: When | None
    basis: DateBasis


class Calendar:
    """How one language tells time."""

    def __init__(self, own: Pack) -> None:
        told = own.language
        self._months = {own.low(w): int(n) for n, ws in told["months"].items() for w in ws.split()}
        self._weekdays = {
            own.low(w): int(n) for n, ws in told["weekdays"].items() for w in ws.split()
        }
        self._days = {own.low(w): int(n) for w, n in told["days"].items()}
        self._year, self._last = own.words("time", "year"), own.words("time", "last")
        self._next = own.words("time", "next")
        self._from, self._until = own.words("time", "from"), own.words("time", "until")
        self._vague, self._at = own.words("time", "vague"), own.words("words", "at")
        self._and = own.words("words", "and")
        self._links = own.words("words", "links")
        self._earlier = own.words("time", "earlier")
        phrases = told["time"]["long_ago"].split(";")
        self._long_ago = [tuple(own.low(w) for w in p.split()) for p in phrases]

    def read(self, words: Words, anchor: date | None, ahead: bool) -> list[TimeWord]:
        """The expressions of time in a sentence, in order.

        Args:
            ahead: a plan is told, so that "в четверг" is one that comes.
        """
        found: list[TimeWord] = []
        i = 0
        while i < len(words):
            one = self._at_word(words, i, anchor, ahead)
            if one is not None:
                found.append(one)
            i = one.last if one is not None else i + 1
        return found

    def _at_word(self, words: Words, i: int, anchor: date | None, ahead: bool) -> TimeWord | None:
        low = words.lows[i]
        if low[0].isdigit():
            return self._numbered(words, i, anchor, ahead)
        if low in self._weekdays:
            return self._weekday(words, i, anchor, ahead)
        if low in self._days and anchor is not None:
            when = When.day(anchor + timedelta(days=self._days[low]))
            return TimeWord(i, i + 1, when, "relative")
        if low in self._months and words.low(i - 1) in self._at:
            return self._month(words, i, anchor, ahead)
        return None

    def _numbered(self, words: Words, i: int, anchor: date | None, ahead: bool) -> TimeWord | None:
        parts = words.lows[i].split(".")
        if len(parts) == 3 and all(p.isdigit() for p in parts) and len(parts[2]) == 4:
            return TimeWord(
                i, i + 1, _parsed(f"{parts[2]}-{parts[1]:0>2}-{parts[0]:0>2}"), "explicit"
            )
        if not self._is_day(words.lows[i]):
            return None
        first = last = int(words.lows[i])
        at = i + 1
        joined = words.low(at) in ("-", "–", "—", *self._until, *self._and)
        if joined and self._is_day(words.low(at + 1)):
            last, at = int(words.lows[at + 1]), at + 2
        at = self._past_links(words, at)
        month = self._months.get(words.low(at))
        if month is None:
            return None
        year, end = self._year_at(words, self._past_links(words, at + 1))
        at = end if year is not None else at + 1
        if words.low(i - 1) in self._vague and first == last and words.low(i - 1) not in self._from:
            return None
        return TimeWord(i, at, _days(year, month, first, last, anchor, ahead), "explicit")

    def _past_links(self, words: Words, at: int) -> int:
        while words.low(at) in self._links:
            at += 1
        return at

    def _is_day(self, low: str) -> bool:
        return low.isdecimal() and low.isascii() and len(low) <= 2 and 1 <= int(low) <= 31

    def _year_at(self, words: Words, at: int) -> tuple[int | None, int]:
        low = words.low(at)
        if not (low.isdecimal() and low.isascii() and len(low) == 4 and int(low) < _LAST_YEAR):
            return None, at
        return int(low), at + 2 if words.low(at + 1).rstrip(".") in self._year else at + 1

    def _weekday(self, words: Words, i: int, anchor: date | None, ahead: bool) -> TimeWord | None:
        before = words.low(i - 1)
        modified = before in self._last or before in self._next
        if not modified and before not in self._at:
            return None
        if anchor is None:
            return TimeWord(i, i + 1, None, "weekday")
        ahead = (ahead and before not in self._last) or before in self._next
        step = (anchor.weekday() - self._weekdays[words.lows[i]]) % 7
        if ahead:
            return TimeWord(i, i + 1, When.day(anchor + timedelta(days=(-step) % 7)), "weekday")
        back = 7 if step == 0 and before in self._last else step
        return TimeWord(i, i + 1, When.day(anchor - timedelta(days=back)), "weekday")

    def _month(self, words: Words, i: int, anchor: date | None, ahead: bool) -> TimeWord | None:
        month = self._months[words.lows[i]]
        year, at = self._year_at(words, i + 1)
        if year is None:
            if anchor is None:
                return None
            year = anchor.year
            if ahead and month < anchor.month:
                year += 1
            elif not ahead and month > anchor.month:
                year -= 1
        return TimeWord(i, at, _parsed(f"{year:04d}-{month:02d}"), "explicit")

    def day_in(self, words: Words, limit: int, anchor: date | None) -> When | None:
        """The first exact day among the first words, as in a dateline or the head of a record."""
        for one in self.read(words, anchor, False):
            if one.first < limit and one.when is not None and one.basis == "explicit":
                return one.when
        return None

    def is_earlier(self, words: Words, lo: int, hi: int) -> bool:
        """True if a word between says that something was before something else."""
        return any(low in self._earlier for low in words.lows[lo:hi])

    def is_long_ago(self, words: Words, lo: int, hi: int) -> bool:
        """True if words between say that something was long before: "в прошлом году"."""
        return any(
            tuple(words.lows[k : k + len(p)]) == p for p in self._long_ago for k in range(lo, hi)
        )


def _days(
    year: int | None, month: int, first: int, last: int, anchor: date | None, ahead: bool
) -> When | None:
    if year is None and anchor is None:
        return None
    if year is None and anchor is not None:
        year = _nearest(month, first, anchor, ahead)
    start = f"{year:04d}-{month:02d}-{first:02d}"
    return _parsed(start if first >= last else f"{start}/{year:04d}-{month:02d}-{last:02d}")


def _nearest(month: int, day: int, anchor: date, ahead: bool) -> int:
    """The year of a day without one: what was is not ahead, what is planned not far behind."""
    try:
        here = date(anchor.year, month, day)
    except ValueError:
        return anchor.year
    apart = (here - anchor).days
    if ahead:
        return anchor.year + 1 if apart < -_FAR else anchor.year
    return anchor.year - 1 if apart > 1 else anchor.year


def _parsed(text: str) -> When | None:
    try:
        return When.parse(text)
    except DateError:
        return None
