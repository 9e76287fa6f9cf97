"""One record of a meeting, and the report that it is.

A row of a table, an item of Wikidata and an entity of an investigation all become a
`MeetingRecord`, and only from that is the report made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kg.dates import When
from kg.ids import digest
from kg.model import (
    AgendaItem,
    Extraction,
    Format,
    MentionedPlace,
    Participant,
    Report,
    ReportedMeeting,
    Source,
    Span,
    Status,
)
from loaders.extraction.content_labels import topic_label
from loaders.fact_text import FactText, Met, RecordError, tell_person
from loaders.holders import state_of_holder
from loaders.record_json import record_json
from loaders.states import code_of

TODAY: Final = date(9999, 12, 31)
"""The day for a record without one: states that exist are meant."""
_VERBS: Final[dict[Status, tuple[str, str]]] = {
    "held": ("met", "spoke"),
    "planned": ("are to meet", "are to speak"),
    "cancelled": ("were to meet, which was cancelled,", "were to speak, which was cancelled,"),
    "denied": ("did not meet", "did not speak"),
    "background": ("had met before,", "had spoken before,"),
}
_MEANS: Final[dict[Format, str]] = {
    "phone": " by phone",
    "video": " by video link",
    "in-person": " in person",
    "unspecified": "",
}


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A meeting as fields of text.

    Attributes:
        id: identity at its outlet; empty where it has none.
        people: the sides; at least two.
        place: town or venue as written, empty where unknown; `place_state` code or name.
        summary: words about the meeting, told after the facts and not read for more.
    """

    id: str
    people: tuple[Met, ...]
    when: When | None
    place: str = ""
    place_state: str = ""
    format: Format = "unspecified"
    status: Status = "held"
    topics: tuple[str, ...] = ()
    summary: str = ""
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None


def meeting_report(record: MeetingRecord, source: Source, *, looked_up: bool = False) -> Report:
    """The report of a record: its text is written from the fields, its facts point into the text.

    Args:
        looked_up: the reference data had a say in the fields already, so that the report cannot be
            made again of them with other ones.

    Raises:
        RecordError: fewer than two sides, or a state that is not known.
    """
    day = record.when.first if record.when else TODAY
    sides = _sides(record, day)
    text = FactText()
    people = _tell_people(text, sides, day)
    text.add(f" {_VERBS[record.status][record.format in ('phone', 'video')]}")
    text.add(f"{_MEANS[record.format]}{_days(record.when)}.")
    place = _tell_place(text, record, day)
    topics = _tell_topics(text, record.topics)
    facts = Span(0, text.end)
    text.add(f"\n{record.summary.strip()}" if record.summary.strip() else "")
    text.add("\n")
    kept = record_json(record)
    meeting = ReportedMeeting(
        status=record.status,
        format=record.format,
        when=record.when,
        date_basis="explicit" if record.when else None,
        participants=people,
        place=place,
        multilateral=len({p.state for p in people if p.state}) > 2,
        topics=topics,
        span=facts,
    )
    return Report(
        id=record.id or digest(kept),
        text=text.whole,
        source=source,
        outlet=record.outlet,
        title=record.title,
        published=record.published,
        published_basis="record" if record.published else None,
        url=record.url,
        language=record.language,
        facts=Extraction(meetings=(meeting,)),
        record=None if looked_up else kept,
    )


def _sides(record: MeetingRecord, day: date) -> tuple[Met, ...]:
    """Who met; a person named without a state stands for the one whose office they held then."""
    if len(record.people) < 2:
        raise RecordError("whom", "a meeting has at least two sides; name who met whom")
    for person in record.people:
        if person.state and code_of(person.state, day) is None:
            raise RecordError("state", f"no state or organization is known as {person.state!r}")
    return tuple(
        person if person.state else replace(person, state=state_of_holder(person.name, day) or "")
        for person in record.people
    )


def _days(when: When | None) -> str:
    if when is None:
        return ""
    first, slash, last = when.edtf.partition("/")
    return f" from {first} to {last}" if slash else f" {'on' if when.is_day else 'in'} {first}"


def _tell_people(text: FactText, sides: tuple[Met, ...], day: date) -> tuple[Participant, ...]:
    people: list[Participant] = []
    for number, person in enumerate(sides):
        last = number == len(sides) - 1
        text.add("" if not number else " and " if last else ", ")
        people.append(tell_person(text, person, day))
    return tuple(people)


def _tell_place(text: FactText, record: MeetingRecord, day: date) -> MentionedPlace | None:
    if not record.place:
        return None
    text.add(" Place: ")
    span = text.add(record.place)
    text.add(".")
    state = code_of(record.place_state, day) if record.place_state else None
    return MentionedPlace(record.place, state, "explicit", span)


def _tell_topics(text: FactText, topics: tuple[str, ...]) -> tuple[AgendaItem, ...]:
    items: list[AgendaItem] = []
    for number, words in enumerate(topics):
        text.add("; " if number else " Topics: ")
        items.append(AgendaItem(topic_label(words), words, "discussed", span=text.add(words)))
    if topics:
        text.add(".")
    return tuple(items)
