"""Expressions of time in a sentence, and the days they mean as seen from an anchor day.

The anchor is the dateline's day, else the day of publication. Nothing is filled in: a month stays
a month, and a weekday without an anchor means nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from kg.dates import When
from kg.errors import DateError
from kg.model import DateBasis
from loaders.extraction.alternation import by_first_letter
from loaders.extraction.late_pattern import late

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_M = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_W = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_Y = r"(?:1[89]|20)\d\d"
_TO = r"\s?(?:-|–|—|to|and|through|until|till|&)\s?"
# Looked for only where a word begins, or behind a word before the space that a weekday may take
# along: the engine would try all ways at every letter.
_DATE = late(
    rf"(?:(?<!\w)(?=\w)|(?<=\w)(?= (?:{_W})))(?:"
    rf"(?P<iso>\b{_Y}-\d\d-\d\d\b)"
    rf"|\b(?P<ad>{_D}) (?:of )?(?P<am>{_M}){_TO}(?P<bd>{_D}) (?:of )?(?P<bm>{_M})(?:,? (?P<by>{_Y}))?\b"
    rf"|\b(?P<cm>{_M}) (?P<cd>{_D}){_TO}(?P<dm>{_M}) (?P<dd>{_D})(?:,? (?P<dy>{_Y}))?\b"
    rf"|\b(?P<ed>{_D}){_TO}(?P<fd>{_D}) (?:of )?(?P<fm>{_M})(?:,? (?P<fy>{_Y}))?\b"
    rf"|\b(?P<gm>{_M}) (?P<gd>{_D}){_TO}(?P<hd>{_D})(?:,? (?P<hy>{_Y}))?\b(?! (?:{_M}))"
    rf"|\b(?:(?P<d8>{_D}) (?:of )?)?(?P<m8>{_M}),? (?P<rel8>last|this|next) year\b"
    rf"|\b(?P<d1>{_D}) (?:of )?(?P<m1>{_M})(?:,? (?P<y1>{_Y}))?\b"
    rf"|\b(?P<m2>{_M}) (?P<d2>{_D})(?:(?:,| of|,? in)? (?P<y2>{_Y}))?\b(?!:)"
    rf"|\b(?P<d3>\d{{1,2}})[./](?P<m3>\d{{1,2}})[./](?P<y3>{_Y})\b"
    rf"|\b(?P<m4>{_M}),? (?:of )?(?P<y4>{_Y})\b"
    rf"|\b(?:[Ii]n (?:early |mid-|late )?|(?:[Ii]n|[Dd]uring|[Ff]or|[Oo]f|[Ii]nto) (?:the (?:first|second) half of |the (?:beginning|middle|end|course) of |early[ -]|mid-|late[ -])"
    rf"|(?:[Ee]arly|[Ll]ate|[Ll]ater) in )(?P<m5>{_M})\b(?! \d|,? (?:last|this|next) year\b)"
    rf"|\b(?:[Ii]n|[Dd]uring|[Ss]ince|[Bb]y|[Uu]ntil) (?P<y6>{_Y})\b"
    rf"|\b(?P<y7>{_Y}),? (?P<m7>{_M})(?: (?P<d7>{_D})(?:-\d{{1,2}})?)?\b(?! {_Y})"
    rf"|(?<![^\n])(?P<y8>{_Y})(?= ?[-–—:])"
    r"|\b[Oo]n the (?P<d9>(?:3[01]|[12]?\d)(?:st|nd|rd|th))\b(?=[.,;)]|$| (?:and|in|at|to|for|with|by|after|before)\b)"
    rf"|\b(?P<which>last|this|next|coming|past|previous)? ?(?P<wd>{_W})\b(?! (?:Agreement|Times|Mail|Post))"
    r"|\b(?P<rel>[Tt]o-?day|[Yy]esterday|[Tt]omorrow|[Tt]onight|[Ll]ast night|[Tt]his (?:morning|afternoon|evening)|(?:[Ee]arlier|[Ll]ater) in the day"
    r"|(?:[Tt]he )?(?:[Ss]ame day|day before yesterday|previous day|day before)|(?:[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Tt]welve|\d{1,2}) days ago|[Aa] fortnight ago)\b"
    rf"|\b(?P<vague>[Ee]arlier this (?:month|year)|[Ll]ast (?:week|month|year|spring|summer|autumn|winter|{_M}(?! \d))|(?:[Tt]his|[Nn]ext) (?:week|month|year)|(?:[Aa] |[Tt]wo |[Tt]hree |two |three |four |five |six |seven |eight |ten |\d+ )?(?:weeks?|months?|years?) ago|(?:[Aa]t the (?:beginning|start) of|[Ee]arly) this (?:month|year)|[Aa]t the (?:beginning|start) of the (?:month|year)|in the past)\b"
    r")"
)
_NOT_ITS_DAY = (
    r"since|until|till|by|anniversary of(?: the)?|before|between|as of|from|after|ending|starting|dated|statements? of|"
    r"declarations? of|agreements? of|resolution of|born(?: on)?|in force(?: on)?|elections?(?: of| on| in)?|elected(?: on| in)?|"
    r"referendum(?: of| on)?|attacks? (?:of|on)|invasion (?:of|on)|coup (?:of|on)|launch(?:es|ed)? (?:of|on)|tests? (?:of|on)|held on|scheduled for|set for|slated for|due on|planned for|"
    r"(?<!was )(?<!were )(?<!been )(?<!have )(?<!has )(?:reached|achieved|concluded|adopted) (?:on|in)|"
    r"(?:agreements?|treaty|treaties|declarations?|memorand(?:um|a)|protocols?|accords?|documents?),? signed (?:in [A-Z][\w’'-]+ )?(?:on|in)|"
    r", (?:initiated|launched|founded|established|created|inaugurated|first announced) (?:in [A-Z][\w’'-]+ )?(?:on|in)|"
    r"to be (?:held|hosted|convened|staged|organi[sz]ed|opened|signed|launched)(?: (?:in|at) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)?(?: on| in)?"
)
_NOT_THE_DAY = late(
    rf"\b{by_first_letter(_NOT_ITS_DAY)}(?: the| late| early| last)?\s*\Z", re.IGNORECASE
)
_CONTACT_HELD = late(
    r"\b(?:talks?|meetings?|consultations|negotiations|discussions?|conversations?|calls?|sessions?|rounds?|audiences?)"
    r" (?:(?:was|were|has been|had been|being) )?held on(?: the| late| early)?\s*\Z",
    re.IGNORECASE,
)
_NOT_THE_DAY_AFTER = late(
    r"\A(?:,? \d{4})?\s*(?:agreements?|elections?|declaration|statements?|attacks?|coup|resolution|referendum|treaty|"
    r"ceasefire|truce|protests?|revolution|anniversary|invasion|earthquake|deadline|accords?|vote|summit agreements?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TimeWord:
    """An expression of time.

    Attributes:
        basis: "explicit", "weekday" or "relative".
        start, end: offsets into the text it was found in.
        plain: it is not governed by words such as "since" that make it another event's day.
    """

    start: int
    end: int
    basis: DateBasis
    plain: bool
    parts: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str | None:
        """A part of the expression by its name in the pattern."""
        return dict(self.parts).get(name)

    @property
    def vague(self) -> bool:
        """True for "last week": it says when, but gives no day."""
        return self.get("vague") is not None

    @property
    def same_day(self) -> bool:
        """True for "earlier in the day": the day last spoken of, not the report's."""
        told = (self.get("rel") or "").lower()
        return told in ("earlier in the day", "same day", "the same day", "later in the day")

    @property
    def past(self) -> bool:
        """True for "last week", "two years ago": vague, and over before the report's own week."""
        vague = self.get("vague") or self.get("rel8")
        return vague is not None and not vague.lower().startswith(("this", "next"))

    @property
    def has_year(self) -> bool:
        """True if a year stands in it."""
        return any(
            k in ("iso", "by", "dy", "fy", "hy", "y1", "y2", "y3", "y4", "y6", "y7", "y8")
            for k, _ in self.parts
        )

    @property
    def is_day(self) -> bool:
        """True if it means exact days, not a month or a year."""
        told = {k for k, _ in self.parts}
        if ("y7" in told and "d7" not in told) or ("m8" in told and "d8" not in told):
            return False
        return not told & {"m4", "m5", "y6", "y8", "vague"}


def time_words(text: str, start: int, end: int) -> tuple[TimeWord, ...]:
    """All expressions of time in `text[start:end]`; the last answers are remembered."""
    return _read(text, start, end) if len(text) > _LONGEST_KEPT else _kept(text, start, end)


def _may_hold(words: str) -> bool:
    """True if a digit, a month, a day or a word for a stretch of time stands in a sentence."""
    for part in _PARTS:  # a loop, not any(): this runs for every sentence
        if part in words:
            return True
    return _DIGIT.search(words) is not None


# Each expression of time without a digit holds one of these; the months by their first letters.
_PARTS = (
    *("day", "week", "month", "year", "tomorrow", "Tomorrow", "night", "morning", "noon", "evening", "the past"),
    *("spring", "summer", "autumn", "winter", *(month.capitalize() for month in _MONTHS)),
)  # fmt: skip
_DIGIT = re.compile(r"\d")


def _read(text: str, start: int, end: int) -> tuple[TimeWord, ...]:
    if not _may_hold(text[start:end]):
        return ()
    found: list[TimeWord] = []
    for match in _DATE.finditer(text, start, end):
        parts = tuple((k, v) for k, v in match.groupdict().items() if v is not None)
        names = {k for k, _ in parts}
        basis: DateBasis = (
            "weekday" if "wd" in names else "relative" if names & {"rel", "vague"} else "explicit"
        )
        before = text[max(start, match.start() - 48) : match.start()]
        after = text[match.end() : match.end() + 30]
        if names & {"ad", "cd", "ed", "gd"}:
            before = re.sub(r"\b(?:[Ff]rom|[Bb]etween) \Z", "", before)
        other = _NOT_THE_DAY.search(before) and not _CONTACT_HELD.search(before)
        plain = not other and not _NOT_THE_DAY_AFTER.match(after)
        if match[0].lower().startswith(("since", "by", "until")) or _goes_on(text, found, match):
            plain = False
        found.append(TimeWord(match.start(), match.end(), basis, plain, parts))
    return tuple(found)


def _goes_on(text: str, found: list[TimeWord], match: re.Match[str]) -> bool:
    """ "agreements reached on 9 November and 11 January": the second day is no meeting's either."""
    if not found or found[-1].plain:
        return False
    return text[found[-1].end : match.start()] in (", and ", " and ", ", ")


_LONGEST_KEPT = 100_000  # characters: a longer text would be kept in memory with its answers
_kept = lru_cache(maxsize=64)(_read)


def resolve(word: TimeWord, anchor: date | None, future: bool) -> When | None:
    """The days an expression means from an anchor; None where it cannot be known."""
    try:
        return _resolve(dict(word.parts), anchor, future)
    except (ValueError, DateError, OverflowError):
        return None


def _resolve(parts: dict[str, str], anchor: date | None, future: bool) -> When | None:
    if "iso" in parts:
        return When.parse(parts["iso"])
    if "d3" in parts:
        return When.day(date(int(parts["y3"]), int(parts["m3"]), int(parts["d3"])))
    for day, month, day2, month2, year in _INTERVALS:
        if day in parts:
            return _interval(parts, (day, month, day2, month2, year), anchor, future)
    if "m8" in parts:
        return _of_year(parts, anchor)
    for day, month, year in (("d1", "m1", "y1"), ("d2", "m2", "y2")):
        if day in parts:
            found = _day(parts[day], parts[month], parts.get(year), anchor, future)
            return When.day(found) if found else None
    if "y7" in parts:
        month = f"{parts['y7']}-{_month(parts['m7']):02d}"
        return When.parse(f"{month}-{_number(parts['d7']):02d}" if "d7" in parts else month)
    if "y8" in parts:
        return When.parse(parts["y8"])
    if "d9" in parts:
        return _day_only(_number(parts["d9"]), anchor, future)
    if "m4" in parts:
        return When.parse(f"{parts['y4']}-{_month(parts['m4']):02d}")
    if "m5" in parts:
        return _month_only(_month(parts["m5"]), anchor, future)
    if "y6" in parts:
        return When.parse(parts["y6"])
    return _deictic(parts, anchor, future)


def _of_year(parts: dict[str, str], anchor: date | None) -> When | None:
    """ "in March last year", "on 5 May this year"."""
    if anchor is None:
        return None
    month = f"{anchor.year + _SHIFTS[parts['rel8']]}-{_month(parts['m8']):02d}"
    return When.parse(f"{month}-{_number(parts['d8']):02d}" if "d8" in parts else month)


_INTERVALS = (
    ("ad", "am", "bd", "bm", "by"), ("cd", "cm", "dd", "dm", "dy"), ("ed", "fm", "fd", "fm", "fy"),
    ("gd", "gm", "hd", "gm", "hy"),
)  # fmt: skip


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _interval(
    parts: dict[str, str], names: tuple[str, str, str, str, str], anchor: date | None, future: bool
) -> When | None:
    day, month, day2, month2, year = names
    last = _day(parts[day2], parts[month2], parts.get(year), anchor, future)
    if last is None:
        return None
    first = date(last.year, _month(parts[month]), _number(parts[day]))
    if first > last:
        first = first.replace(year=last.year - 1)
    return When.between(first, last)


def _day(day: str, month: str, year: str | None, anchor: date | None, future: bool) -> date | None:
    number, moon = _number(day), _month(month)
    if year:
        return date(int(year), moon, number)
    if anchor is None:
        return None
    choices = [
        c for y in (anchor.year - 1, anchor.year, anchor.year + 1) if (c := _safe(y, moon, number))
    ]
    slack = timedelta(days=2)  # a page may be dated a day before the event where clocks differ
    if future:
        later = [c for c in choices if c >= anchor - slack]
        return min(later, default=None)
    past = max((c for c in choices if c <= anchor + slack), default=None)
    ahead = min((c for c in choices if c > anchor + slack), default=None)
    if past and ahead and anchor - past > _LONG_AGO and ahead - anchor < _SOON:
        return ahead  # "May 20" in a report of 10 May: nobody means last year's without saying so
    return past


_LONG_AGO = timedelta(days=240)
_SOON = timedelta(days=90)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_only(day: int, anchor: date | None, future: bool) -> When | None:
    """ "on the 6th": the last one before the anchor, or the next to come."""
    if anchor is None:
        return None
    for shift in (0, 1, 2):
        months = anchor.year * 12 + anchor.month - 1 + (shift if future else -shift)
        found = _safe(months // 12, months % 12 + 1, day)
        if found is not None and (found >= anchor if future else found <= anchor):
            return When.day(found)
    return None


def _month_only(month: int, anchor: date | None, future: bool) -> When | None:
    if anchor is None:
        return None
    year = anchor.year
    if future and month < anchor.month:
        year += 1
    if not future and month > anchor.month:
        year -= 1
    return When.parse(f"{year}-{month:02d}")


def _deictic(parts: dict[str, str], anchor: date | None, future: bool) -> When | None:
    if anchor is None:
        return None
    if "vague" in parts:
        return _about(parts["vague"].lower(), anchor)
    if "wd" in parts:
        return _weekday(parts["wd"], parts.get("which"), anchor, future)
    shift = _shift(parts["rel"].lower())
    return When.day(anchor + timedelta(days=shift)) if shift is not None else None


_AGO = re.compile(r"(a|two|three|four|five|six|seven|eight|ten|\d{1,2}) (month|year)s? ago")
_BACK = {
    "a": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "ten": 10,
}
_SHIFTS = {"last": -1, "this": 0, "next": 1}


def _about(words: str, anchor: date) -> When | None:
    """ "last month", "two years ago", "last April": the month or the year, no more; of a week nothing."""
    ago = _AGO.fullmatch(words)
    if ago is not None:
        return _moved(ago[2], -(_BACK.get(ago[1]) or int(ago[1])), anchor)
    if words.startswith(("at the ", "early ")):
        return _moved(words.rsplit(" ", 1)[1], 0, anchor)
    which, what = words.removeprefix("earlier ").split()[:2]
    if which == "last" and what[:3] in _MONTHS:
        return _month_only(_month(what), anchor.replace(day=1) - timedelta(days=1), False)
    return _moved(what, _SHIFTS[which], anchor) if which in _SHIFTS else None


def _moved(unit: str, shift: int, anchor: date) -> When | None:
    if unit == "year":
        return When.parse(f"{anchor.year + shift}")
    if unit != "month":
        return None
    months = anchor.year * 12 + anchor.month - 1 + shift
    return When.parse(f"{months // 12}-{months % 12 + 1:02d}")


def _weekday(name: str, which: str | None, anchor: date, future: bool) -> When:
    back = (anchor.weekday() - _WEEKDAYS.index(name[:3].lower())) % 7
    if which in ("next", "coming") or (future and which != "last"):
        ahead = (-back) % 7
        return When.day(anchor + timedelta(days=7 if ahead == 0 and which == "next" else ahead))
    if which in ("last", "previous", "past") and back == 0:
        back = 7
    return When.day(anchor - timedelta(days=back))


_DAYS_BACK = {**_BACK, "nine": 9, "twelve": 12}


def _shift(word: str) -> int | None:
    if "before yesterday" in word:
        return -2
    if word == "a fortnight ago":
        return -14
    if word.endswith(" days ago"):
        number = word.split()[0]
        return -(_DAYS_BACK.get(number) or int(number))
    if word in ("yesterday", "last night"):
        return -1
    if word == "tomorrow":
        return 1
    if "same day" in word or "previous day" in word or "day before" in word:
        return None
    return 0
