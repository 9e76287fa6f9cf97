"""At what time of the day a call was, as far as its sentence says: what tells two calls apart.

Only calls are told apart by the hour. A visit lasts, and a report may name its morning and another
one its dinner.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kg.model import Report, ReportedMeeting

_CALLS = frozenset({"phone", "video"})
_STOP = re.compile(r"[.!?](?=\s)|\n")
_NEAR = 300
APART = 3.0
"""Two times of one day that so many hours lie between are two calls."""


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
    """The time of the day that the sentence of a call gives: of several the one nearest to it."""
    if meeting.format not in _CALLS or meeting.span is None:
        return None
    start, end = meeting.span.start, meeting.span.end
    before, after = _sentence(report.text, start, end)
    found = [
        (max(start - m.end(), m.start() - end, 0), hours.start, hours)
        for pattern, hours in _rows()
        for m in pattern.finditer(report.text, before, after)
    ]
    return min(found, key=lambda f: f[:2])[2] if found else None


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence of some words begins and ends, as far as stops show it."""
    near = max(0, start - _NEAR)
    before = max((m.end() for m in _STOP.finditer(text, near, start)), default=near)
    after = _STOP.search(text, end, end + _NEAR)
    return before, after.start() if after else min(len(text), end + _NEAR)
