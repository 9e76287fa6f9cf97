"""The year, quarter, half year or month that a number is for: `2018`, `2022-Q1`, `2021-01/2021-09`, `2019-11`.

"Last year" counts from the day of the report. Nothing is filled in: without an anchor relative words mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from loaders.extraction.late_pattern import late

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_M = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
_N = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|\d{1,2})"
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
}  # fmt: skip
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "last": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
_YEAR = r"(?:1[89]|20)\d\d"
# The year a part of a year belongs to: "of 2021", "of this year", "last year", or nothing.
_OF = rf"(?:,?\s(?:of\s|in\s)?(?:the\s)?(?P<of>{_YEAR}|this\syear|last\syear|(?:current\s|previous\s)?year|next\syear))?"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time named in a sentence.

    Attributes:
        text: as in `Figure.period`.
        ahead: it lies after the report, or is a date by which something shall be.
    """

    start: int
    end: int
    text: str
    ahead: bool = False


Reader = Callable[[re.Match[str], date | None], str | None]


def _base(word: str | None, anchor: date | None) -> int | None:
    """The year that "2021", "this year", "last year" mean; the anchor's where none is named."""
    if word and word[:2].isdigit():
        return int(word)
    if anchor is None:
        return None
    low = (word or "").lower()
    if low.startswith(("last", "previous")):
        return anchor.year - 1
    return anchor.year + (1 if low.startswith("next") else 0)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _month_number(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _quarter(found: re.Match[str], anchor: date | None) -> str | None:
    year = _base(found["of"], anchor)
    number = found["q"] or str(_ORDINALS[found["nth"].lower()])
    return f"{year}-Q{number}" if year else None


def _half(found: re.Match[str], anchor: date | None) -> str | None:
    year = _base(found["of"], anchor)
    first = found["nth"].lower() in ("first", "1st")
    months = ("01", "06") if first else ("07", "12")
    return f"{year}-{months[0]}/{year}-{months[1]}" if year else None


def _first_months(found: re.Match[str], anchor: date | None) -> str | None:
    year, count = _base(found["of"], anchor), _count(found["n"])
    if found["unit"].lower().startswith("quarter"):
        count *= 3
    if year is None or count > 12:
        return None
    return f"{year}-01/{year}-{count:02d}"


def _last_months(found: re.Match[str], anchor: date | None) -> str | None:
    """Said soon after the end of a quarter, "the last nine months" are January to September."""
    count = _count(found["n"])
    if anchor is None or count not in (3, 6, 9, 11) or not count < anchor.month <= count + 3:
        return None
    return f"{anchor.year}-01/{anchor.year}-{count:02d}"


def _from_to(found: re.Match[str], anchor: date | None) -> str | None:
    first, last = _month_number(found["first"]), _month_number(found["last"])
    year = _base(found["of"], anchor)
    if year is None or first > last:
        return None
    if found["of"] is None and anchor and last > anchor.month:
        year -= 1
    return f"{year}-{first:02d}/{year}-{last:02d}"


def _month(found: re.Match[str], anchor: date | None) -> str | None:
    year = _base(found["of"], anchor)
    month = _month_number(found["month"])
    if year is None:
        return None
    if found["of"] is None and anchor and month > anchor.month:
        year -= 1
    return f"{year}-{month:02d}"


def _years(found: re.Match[str], anchor: date | None) -> str | None:
    first, last = int(found["a"]), found["b"]
    second = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return f"{first}/{second}" if first < second <= first + 60 else None


def _past_years(found: re.Match[str], anchor: date | None) -> str | None:
    return f"{anchor.year - _count(found['n'])}/{anchor.year}" if anchor else None


def _coming_years(found: re.Match[str], anchor: date | None) -> str | None:
    return str(anchor.year + _count(found["n"])) if anchor else None


def _decade(found: re.Match[str], anchor: date | None) -> str | None:
    return str(anchor.year // 10 * 10 + 10) if anchor else None


def _year(found: re.Match[str], anchor: date | None) -> str | None:
    return found["year"]


def _relative_year(found: re.Match[str], anchor: date | None) -> str | None:
    year = _base(found["word"], anchor)
    return str(year) if year else None


def _relative_month(found: re.Match[str], anchor: date | None) -> str | None:
    if anchor is None:
        return None
    back = 0 if found["word"].lower().startswith("this") else 1
    month, year = anchor.month - back, anchor.year
    return f"{year - 1}-12" if month == 0 else f"{year}-{month:02d}"


def _nothing(found: re.Match[str], anchor: date | None) -> str | None:
    return None


# In order: what is more exact comes first, so that "the first half of 2021" is not the year 2021.
_FORMS: tuple[tuple[str, Reader], ...] = (
    (rf"\bsince\s(?:\w+\s){{0,2}}(?:{_YEAR}|last\syear|{_M})|\b\d{{1,2}}\s{_M},?\s{_YEAR}|\b{_M}\s\d{{1,2}},?\s{_YEAR}", _nothing),
    (rf"\b(?:Q(?P<q>[1-4])|(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th)\squarter)\b{_OF}", _quarter),
    (rf"\b(?P<nth>first|second|1st|2nd)\shalf\b(?!\sof\s(?:an?|his|her|its|their)\b){_OF}", _half),
    (rf"\b(?:first\s|the\s|in\s|over\s)+(?P<n>{_N})[\s-](?P<unit>months?|quarters?)\b{_OF}", _first_months),
    (rf"\b(?P<first>{_M})\s?(?:-|–|to|through|and|until)\s?(?P<last>{_M})\b{_OF}", _from_to),
    (rf"\b(?:in|of|by|for|as\sof)\s(?:early\s|late\s)?(?P<month>{_M})\b(?!\s\d{{1,2}}\b){_OF}", _month),
    (rf"\b(?P<a>{_YEAR})\s?[-–/]\s?(?P<b>\d\d(?:\d\d)?)\b|\b(?:between\s(?P<a2>{_YEAR})\sand|(?:from|in|years|for)\s(?P<a3>{_YEAR})\s(?:to|through))\s(?P<b2>{_YEAR})\b", _years),
    (rf"\b(?:over|in|during|for)\s(?:the\s)?(?:past|last)\s(?P<n>{_N})\syears\b", _past_years),
    (rf"\b(?:last|past)\s(?P<n>{_N})\smonths\b", _last_months),
    (rf"\btime\sin\s{_N}\syears\b", _nothing),
    (rf"\b(?:within\s|in\s|(?:over|during)\s(?=(?:the\s)?(?:next|coming)))(?:the\s)?(?:next|coming)?\s?(?P<n>{_N})\syears(?:[’']\stime)?\b|\bfor\sthe\snext\s(?P<n2>{_N})\syears\b", _coming_years),
    (r"\bby\sthe\send\sof\s(?:the|this)\sdecade\b", _decade),
    (rf"\b{_YEAR}\s(?:\w+\s)?(?:agenda|vision|summit|strategy|elections?|agreement|treaty|(?:world\s)?cup|games|goals|olympics)\b", _nothing),
    (rf"\b(?P<year>{_YEAR})\b(?![-–/]\d)", _year),
    (r"\b(?P<word>last|this|next|previous|current)\syear\b|\b(?P<word2>end)\sof\sthe\syear\b|\b(?P<word3>past)\syear\b", _relative_year),
    (r"\b(?P<word>last|this|past|previous)\smonth\b", _relative_month),
)  # fmt: skip
_COMPILED = tuple((late(p, re.IGNORECASE), reader) for p, reader in _FORMS)
_MAY = re.compile(r"\d{4}|\byears?\b|\bmonths?\b|quarter|half|decade", re.IGNORECASE)
_BY = late(
    r"\b(?:by|until|till|before|within|next|coming)\b(?:\sthe)?(?:\send\sof)?(?:\sthe)?\s*\Z",
    re.IGNORECASE,
)
_MONTH = re.compile(_M)


def periods(text: str, start: int, end: int, anchor: date | None) -> list[Period]:
    """The periods named in `text[start:end]`, in order, none inside another."""
    if not _MAY.search(text, start, end) and not _MONTH.search(text, start, end):
        return []
    taken: list[tuple[int, int]] = []
    found: list[Period] = []
    for pattern, reader in _COMPILED:
        for match in pattern.finditer(text, start, end):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            taken.append(match.span())
            written = _read(reader, match, anchor)
            if written:
                found.append(_period(text, match, written, anchor))
    return sorted(found, key=lambda p: p.start)


def _read(reader: Reader, match: re.Match[str], anchor: date | None) -> str | None:
    if reader is _years and match["a"] is None:
        return f"{match['a2'] or match['a3']}/{match['b2']}"
    if reader is _coming_years and match["n"] is None:
        return str(anchor.year + _count(match["n2"])) if anchor else None
    if reader is _relative_year and match["word"] is None:
        if anchor is None:
            return None
        return str(anchor.year - (1 if match["word3"] else 0))
    return reader(match, anchor)


def _period(text: str, match: re.Match[str], written: str, anchor: date | None) -> Period:
    by = _BY.search(text[max(0, match.start() - 24) : match.start()]) is not None
    last = int(written.rpartition("/")[2][:4])
    later = anchor is not None and last > anchor.year
    by = by and (anchor is None or last >= anchor.year)
    coming = match.re.pattern.startswith(r"\b(?:within")
    return Period(match.start(), match.end(), written, by or later or coming)
