"""The day a report was published, from however its source writes it, to EDTF; nothing is guessed.

A number form whose day and month could be swapped (03/04/2019) gives None.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

from kg.dates import When
from kg.errors import DateError

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan января", "february feb февраля", "march mar марта", "april apr апреля",
            "may мая", "june jun июня", "july jul июля", "august aug августа",
            "september sep sept сентября", "october oct октября", "november nov ноября",
            "december dec декабря",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH: Final = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_PRECISE: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?\Z", re.I
)
_DAY_MONTH_YEAR: Final = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(\d{{4}})\b", re.I
)
_MONTH_DAY_YEAR: Final = re.compile(
    rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.I
)
_NUMBERS: Final = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})\Z")
_OF_MAIL: Final = re.compile(r"\d:\d\d (?:GMT|UTC?|[ECMP][SD]T|[+-]\d{4})(?: \([^()]*\))?\Z")
_IN_FILE_NAME: Final = re.compile(r"(?<!\d)(\d{4})[-_.](\d\d)[-_.](\d\d)(?!\d)")


def parse_published(text: str) -> str | None:
    """EDTF of a day, or of a day and time with its zone; None if it is neither.

    A time keeps the zone as written and loses fractions of a second: "2021-05-20 01:10:00Z"
    becomes "2021-05-20T01:10:00Z", "Sat, 26 Oct 2019 09:00:00 +0200" (as mails and feeds write it)
    "2019-10-26T09:00:00+02:00".
    """
    text = " ".join(text.split())
    if _OF_MAIL.search(text) and (moment := _mail(text)):
        return moment
    return _edtf(text) or _precise(text) or _in_words(text) or _in_numbers(text) or _mail(text)


def day_in_words(text: str) -> str | None:
    """The first full day written in words within `text`, e.g. in a dateline."""
    return _in_words(text)


def day_in_file_name(path: str) -> str | None:
    """The day in the last step of a path such as `a.zip!2019-10-25-minsk.txt`, if there is one."""
    name = re.split(r"[/\\!]", path)[-1]
    found = {"-".join(m.groups()) for m in _IN_FILE_NAME.finditer(name)}
    return _edtf(found.pop()) if len(found) == 1 else None


def _edtf(text: str) -> str | None:
    try:
        return When.parse(text).edtf
    except DateError:
        return None


def _precise(text: str) -> str | None:
    found = _PRECISE.match(text)
    if not found or not _edtf(found[1]):
        return None
    zone = (found[3] or "").upper().replace("UTC", "Z").replace("GMT", "Z")
    if len(zone) == 5:
        zone = zone[:3] + ":" + zone[3:]
    return _iso(f"{found[1]}T{found[2] if len(found[2]) > 5 else found[2] + ':00'}{zone}")


def _iso(text: str) -> str | None:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return text


def _in_words(text: str) -> str | None:
    if found := _DAY_MONTH_YEAR.search(text):
        return _date(found[3], _MONTHS[found[2].lower()], found[1])
    if found := _MONTH_DAY_YEAR.search(text):
        return _date(found[3], _MONTHS[found[1].lower()], found[2])
    return None


def _in_numbers(text: str) -> str | None:
    found = _NUMBERS.match(text)
    if not found:
        return None
    a, separator, b = int(found[1]), found[2], int(found[3])
    if separator == "." or a > 12:
        return _date(found[4], b, a)
    return _date(found[4], a, b) if b > 12 else None


def _mail(text: str) -> str | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _date(year: str, month: int, day: str | int) -> str | None:
    return _edtf(f"{year}-{month:02d}-{int(day):02d}")
