"""At what time of the day a meeting was, as far as its sentence says: what tells two of one day apart.

Calls are told apart by the hour alone. A visit lasts, and a report may name its morning and another
one its dinner: meetings in person need more than that.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kg.another import says_another
from kg.model import Report, ReportedMeeting

_STOP = re.compile(r"[.!?](?=\s)|\n")
_NEAR = 300
# "at 10 a.m.", "at 19:30".
_CLOCK = re.compile(
    r"\bat (?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap]\.?m\b)?", re.IGNORECASE
)
_DAY = 24
APART = 3.0
"""Two times of one day that so many hours lie between are two."""


@dataclass(frozen=True, slots=True)
class Hours:
    """A time of the day, in hours of the outlet's own clock; `until` may lie after midnight."""

    start: float
    until: float

    def apart_from(self, other: Hours, east: float) -> bool:
        """True if hours lie between the two times.

        Args:
            east: by how many hours the clocks of the other are ahead.
        """
        return max(other.start - east - self.until, self.start - other.until + east) >= APART


@cache
def table() -> list[dict[str, Any]]:
    """The rows of `hours.toml`."""
    listed: list[dict[str, Any]] = tomllib.loads(
        files("kg").joinpath("hours.toml").read_text(encoding="utf-8")
    )["row"]
    return listed


@cache
def _rows() -> tuple[tuple[re.Pattern[str], Hours], ...]:
    return tuple(
        (re.compile(row["pattern"], re.IGNORECASE), Hours(row["from"], row["to"]))
        for row in table()
    )


def hours_of(meeting: ReportedMeeting, report: Report) -> Hours | None:
    """The time of the day that the sentence of a meeting gives: of several the one nearest to it."""
    if meeting.span is None:
        return None
    start, end = meeting.span.start, meeting.span.end
    before, after = _sentence(report.text, start, end)
    found = [
        (max(start - at[1], at[0] - end, 0), hours.start, hours)
        for at, hours in _times(report.text, before, after)
    ]
    return min(found, key=lambda f: f[:2])[2] if found else None


def _times(text: str, before: int, after: int) -> Iterator[tuple[tuple[int, int], Hours]]:
    """The times of the day between two offsets, each with its place."""
    for pattern, hours in _rows():
        for found in pattern.finditer(text, before, after):
            yield found.span(), hours
    for found in _CLOCK.finditer(text, before, after):
        hour = int(found["hour"]) + int(found["minute"] or 0) / 60
        half = (found["half"] or "")[:1].lower()
        if half:
            hour = hour % 12 + 12 * (half == "p")
        if hour < _DAY and (half or found["minute"]):
            yield found.span(), Hours(hour, hour)


def is_another(meeting: ReportedMeeting, report: Report) -> bool:
    """True if the sentence of a meeting says that the same parties had met before on that day."""
    if meeting.span is None:
        return False
    before, after = _sentence(report.text, meeting.span.start, meeting.span.end)
    return says_another(report.text[before:after])


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence of some words begins and ends, as far as stops show it."""
    near = max(0, start - _NEAR)
    before = max((m.end() for m in _STOP.finditer(text, near, start)), default=near)
    after = _STOP.search(text, end, end + _NEAR)
    return before, after.start() if after else min(len(text), end + _NEAR)
