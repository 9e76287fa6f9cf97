"""One item of Wikidata as far as a meeting needs it, however it came."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kg.dates import When
from kg.errors import DateError
from loaders.fact_text import Met, RecordError
from loaders.holders import state_of_holder
from loaders.states import named_code

_TIME: Final = re.compile(r"\+?(\d{4})-(\d\d)-(\d\d)(?:T[\d:.]+Z?)?\Z", re.ASCII)
_YEAR, _MONTH, _DAY = 9, 10, 11
_JULIAN: Final = "Q1985786"
_NUMBER: Final = re.compile(r"Q\d+\Z")


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody or something that took part.

    Attributes:
        label: in the language of the labels; empty where the file has none.
        state: whom it is said to represent, name or code; empty where that is not said.
        citizenship: the only state of which the person is a citizen; empty where not told.
        office: the function it is said to have there; empty where not told.
    """

    label: str
    state: str = ""
    citizenship: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    """A time as Wikidata writes it.

    Attributes:
        precision: 11 a day, 10 a month, 9 a year; None where it is not told.
        calendar: Q number of the calendar, empty where it is not told.
    """

    text: str
    precision: int | None = None
    calendar: str = ""

    def when(self) -> When | None:
        """The day, month or year; None for one vaguer than a year.

        Where the precision is not told, a first of January may be a year and a first of any month
        the month, because the query service writes both so: no more is read from it.

        Raises:
            RecordError: in the Julian calendar, or no date.
        """
        found = _TIME.match(self.text)
        if self.calendar == _JULIAN or not found:
            raise RecordError("date", f"{self.text!r} is no date of the Gregorian calendar")
        year, month, day = found.groups()
        precision = self.precision or _told_by(month, day)
        if precision < _YEAR:
            return None
        try:
            return When.parse("-".join((year, month, day)[: min(precision, _DAY) - _YEAR + 1]))
        except DateError as error:
            raise RecordError("date", str(error)) from error


@dataclass(slots=True)
class Item:
    """A meeting that is being gathered from claims or rows.

    Attributes:
        id: the item's Q number.
        kinds: labels of what it is an instance of.
    """

    id: str
    label: str = ""
    description: str = ""
    kinds: list[str] = field(default_factory=list)
    takers: list[Taker] = field(default_factory=list)
    point: Time | None = None
    start: Time | None = None
    end: Time | None = None
    place: str = ""
    country: str = ""

    def when(self) -> When | None:
        """Point in time, else from start to end.

        Raises:
            RecordError: a time cannot be read, or the end is before the start.
        """
        if self.point:
            return self.point.when()
        start = self.start.when() if self.start else None
        end = self.end.when() if self.end else None
        if not (start and end):
            return start or end
        try:
            return When.parse(f"{start.edtf}/{end.edtf}")
        except DateError as error:
            raise RecordError("date", str(error)) from error

    def sides(self, day: date) -> tuple[Met, ...]:
        """Who took part: a state or organization by its name, else a person.

        A person stands for whom the item says, else for the state whose office they held on the
        day, else for the only state of which they are a citizen.

        Raises:
            RecordError: somebody has no label.
        """
        return tuple(_side(taker, day) for taker in self.takers)


def _side(taker: Taker, day: date) -> Met:
    if not taker.label or _NUMBER.match(taker.label):
        reason = f"a participant ({taker.label or '?'}) has no label in this file; ask for it too"
        raise RecordError("participant", reason)
    if not taker.state and not taker.citizenship and (code := named_code(taker.label, day)):
        return Met("", "", code)
    state = taker.state or state_of_holder(taker.label, day) or taker.citizenship
    return Met(taker.label, taker.office, state)


def _told_by(month: str, day: str) -> int:
    if day != "01":
        return _DAY
    return _YEAR if month == "01" else _MONTH


def number_of(address: object) -> str:
    """The Q number at the end of an entity's address."""
    return str(address).rpartition("/")[2]
