"""Dates in an English question, as the parameters `since` and `until` in EDTF."""

from __future__ import annotations

import re
from collections.abc import Mapping

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_DATE = (
    rf"(?:\d{{4}}(?:-\d\d(?:-\d\d)?)?|(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTH}) \d{{4}}"
    rf"|(?:{_MONTH}) \d{{1,2}},? \d{{4}})"
)
_BETWEEN = re.compile(
    rf"\b(?:between|from) (?P<since>{_DATE}) (?:and|to|until) (?P<until>{_DATE})\b", re.IGNORECASE
)
_WHEN = re.compile(
    r"\b(?:(?P<since>since|after|from)|(?P<until>until|before|up to)|in|during|on) "
    rf"(?P<date>{_DATE})\b",
    re.IGNORECASE,
)
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)")


def dates_in(text: str) -> tuple[dict[str, str], str]:
    """The interval that a sentence names, and the sentence without it."""
    dates: dict[str, str] = {}
    for found in _BETWEEN.finditer(text):
        dates |= {"since": edtf(found["since"]), "until": edtf(found["until"])}
    text = _BETWEEN.sub(" ", text)
    for found in _WHEN.finditer(text):
        day = edtf(found["date"])
        if not found["until"]:
            dates["since"] = day
        if not found["since"]:
            dates["until"] = day
    return dates, _tidy(_WHEN.sub(" ", text))


def edtf(date: str) -> str:
    """`25 October 2019`, `October 25, 2019`, `October 2019` or a date in EDTF, in EDTF."""
    words: Mapping[str, int] = {name: n for n, name in enumerate(_MONTHS, 1)}
    month = next((words[w] for w in date.casefold().replace(",", " ").split() if w in words), None)
    if month is None:
        return date
    day = _DAY.search(date[:-4])
    return f"{date[-4:]}-{month:02}" + (f"-{int(day[1]):02}" if day else "")


def _tidy(text: str) -> str:
    return " ".join(text.split()).replace(" ?", "?")
