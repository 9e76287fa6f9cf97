"""Which mentions are looked at together: keys that the mention's own words give it.

Two mentions can be of one meeting only if they share a key, so a report touches what lies under
its own keys and nothing else, however large the graph. Every key is a pure function of one report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg import ids
from kg.dates import When
from kg.errors import DateError
from kg.model import Report, ReportedMeeting, ReportedVisit

PLAN_DAYS = 14
"""So long after its publication a plan without a date is expected to have come about."""
_LONG = 36
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """The days on which a meeting can have been, both ends included."""

    first: date
    last: date

    def shares(self, other: Days) -> bool:
        """True if they share a day."""
        return self.first <= other.last and other.first <= self.last

    def meets(self, other: Days) -> bool:
        """True if they share a day or lie next to each other."""
        return (self.first - other.last).days <= 1 and (other.first - self.last).days <= 1

    def widened(self, other: Days) -> Days:
        """The days from the earlier beginning to the later end."""
        return Days(min(self.first, other.first), max(self.last, other.last))


def parties(meeting: ReportedMeeting) -> tuple[str, ...]:
    """Codes of the parties, sorted: those of principals and envoys, attendees add none."""
    return tuple(
        sorted({p.state for p in meeting.participants if p.state and p.role != "attendee"})
    )


def block(meeting: ReportedMeeting) -> str:
    """Key of the mentions that may tell of the same meeting: the set of parties.

    A party whose state is unknown counts by its folded name, so that such mentions are compared
    with each other first.
    """
    unknown = {
        "?" + ids.fold(p.name or p.as_written)
        for p in meeting.participants
        if not p.state and p.role != "attendee"
    }
    return "|".join([*parties(meeting), *sorted(unknown)])


def visit_block(visit: ReportedVisit) -> str:
    """Key of the mentions that may tell of the same visit: state visited and month of arrival."""
    return f"visit|{visit.visited}|{visit.when.first.isoformat()[:7]}"


def reach(meeting: ReportedMeeting, report: Report) -> Days | None:
    """The days that a mention can be about; None if nothing says so.

    A plan without a date reaches from its publication two weeks ahead.
    """
    if meeting.when:
        return Days(meeting.when.first, meeting.when.last)
    return window(report.published) if meeting.status == "planned" else None


def window(published: str | None) -> Days | None:
    """The days on which a plan without a date is expected to come about."""
    days = published_days(published)
    if days is None:
        return None
    try:
        return Days(days.first, days.last + timedelta(days=PLAN_DAYS))
    except OverflowError:
        return days


def published_days(published: str | None) -> Days | None:
    """The day (or month) of a date of publication, with or without a time of day."""
    if not published:
        return None
    try:
        when = When.parse(published.partition("T")[0].partition(" ")[0])
    except DateError:
        return None
    return Days(when.first, when.last)


def month_keys(key: str, days: Days) -> Iterator[str]:
    """One key per month and block; one for all time where there would be too many."""
    first, last = _month(days.first), _month(days.last)
    if last - first > _LONG:
        yield f"{key} *"
        return
    for month in range(first, last + 1):
        yield f"{key} {month // 12:04}-{month % 12 + 1:02}"


def search_keys(key: str, days: Days) -> Iterator[str] | None:
    """Keys of all mentions of a block that lie on these days or next to them; None for all keys
    of the block."""
    around = Days(
        days.first - _DAY if days.first > date.min else days.first,
        days.last + _DAY if days.last < date.max else days.last,
    )
    if _month(around.last) - _month(around.first) > _LONG:
        return None
    return iter((*month_keys(key, around), f"{key} *"))


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def day_keys(meeting: ReportedMeeting) -> Iterator[str]:
    """One key per party, for a mention that knows its day."""
    if meeting.when and meeting.when.is_day:
        for code in parties(meeting):
            yield f"{meeting.when.first.isoformat()} {code}"
