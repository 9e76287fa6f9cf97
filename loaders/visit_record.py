"""One record of an official visit or trip, and the report that it is.

The archive's XML and a row of the shipped table both become a `VisitRecord`, and only from that is
the report made: so the same record from either is the same report, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from kg.dates import When
from kg.errors import DateError
from kg.model import (
    Extraction,
    MentionedPlace,
    Participant,
    Report,
    ReportedMeeting,
    ReportedVisit,
    Source,
    Span,
    VisitKind,
)
from loaders.fact_text import FactText, Met, RecordError, tell_person
from loaders.record_json import record_json
from loaders.states import code_of, label_of

TRAVELS: Final = {"president-travels": "president", "secretary-travels": "secretary"}
VISITS: Final = "visits"
_OUTLET: Final = "history.state.gov"
_SITE: Final = "https://history.state.gov/departmenthistory"
Field = Literal[
    "record", "who", "office", "state", "visited", "from", "until", "place", "met", "kind"
]
FIELDS: Final[tuple[Field, ...]] = get_args(Field)


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """A person's stay in a state and the people met there, as fields of text.

    Attributes:
        record: identity within the archive, e.g. "president-travels/obama-barack/2960".
        state: code of the state the visitor stood for; the name where there is no code.
        visited: the same for the state visited.
        places: towns as written.
    """

    record: str
    who: str
    office: str
    state: str
    visited: str
    first: date
    last: date
    places: tuple[str, ...]
    met: tuple[Met, ...]
    kind: VisitKind


def visit_report(record: VisitRecord, source: Source) -> Report:
    """The report of a record: its text is written from the fields, its facts point into the text.

    Raises:
        RecordError: the state visited has no code, or a day of a meeting is outside the visit.
    """
    visited = code_of(record.visited, record.first)
    if visited is None:
        raise RecordError(
            "visited", f"no state is known as {record.visited!r}; add it to the states"
        )
    text = FactText()
    visit, places = _tell_visit(text, record, visited)
    meetings = tuple(_tell_meetings(text, record, visit.visitor, places))
    archived = record.record.split("/")[0] in (*TRAVELS, VISITS)
    return Report(
        id=record.record,
        text=text.whole,
        source=source,
        outlet=_OUTLET if archived else None,
        title=f"{record.who} in {label_of(visited)}, {visit.when}",
        url=_url(record.record) if archived else None,
        language="en",
        facts=Extraction(meetings=meetings, visits=(visit,)),
        record=record_json(record),
    )


def _url(record: str) -> str:
    group, _, rest = record.partition("/")
    if group in TRAVELS:
        return f"{_SITE}/travels/{TRAVELS[group]}/{rest.partition('/')[0]}"
    return f"{_SITE}/visits"


def _tell_visit(
    text: FactText, record: VisitRecord, visited: str
) -> tuple[ReportedVisit, tuple[MentionedPlace, ...]]:
    when = When.between(record.first, record.last)
    visitor = tell_person(text, Met(record.who, record.office, record.state), record.first)
    days = f"on {record.first}" if when.is_day else f"from {record.first} until {record.last}"
    kind = "" if record.kind == "other" else f", {record.kind} visit"
    text.add(f" visited {label_of(visited)} {days}{kind}.")
    places = tuple(_tell_places(text, record.places, visited))
    visit = ReportedVisit(
        visitor=visitor,
        visited=visited,
        when=when,
        kind=record.kind,
        places=record.places,
        span=Span(0, text.end),
    )
    return visit, places


def _tell_places(text: FactText, places: tuple[str, ...], state: str) -> Iterator[MentionedPlace]:
    for number, place in enumerate(places):
        text.add(", " if number else " Place: ")
        yield MentionedPlace(place, state, "explicit", text.add(place))
    if places:
        text.add(".")


def _tell_meetings(
    text: FactText, record: VisitRecord, visitor: Participant, places: tuple[MentionedPlace, ...]
) -> Iterator[ReportedMeeting]:
    """A meeting is dated by the visit: the record bounds the day and seldom tells it."""
    for number, person in enumerate(record.met):
        text.add("; " if number else " Met: ")
        start = text.end
        met = tell_person(text, person, record.first)
        if person.day:
            text.add(f" on {person.day}")
        yield ReportedMeeting(
            status="held",
            format="in-person",
            when=_when(person, record),
            date_basis="explicit",
            participants=(visitor, met),
            place=places[0] if len(places) == 1 else None,
            span=Span(start, text.end),
        )
    if record.met:
        text.add(".")


def _when(person: Met, record: VisitRecord) -> When:
    visit = When.between(record.first, record.last)
    if not person.day:
        return visit
    try:
        day = When.parse(person.day)
    except DateError as error:
        raise RecordError("met", str(error)) from error
    if not (day.is_day and visit.contains(day)):
        raise RecordError("met", f"{person.day} is not a day of the visit {visit}")
    return day
