"""Entities of followthemoney: every `Event` with those involved in it is a meeting.

The other entities of the file only tell who is meant. An entity may come in several pieces; their
values are put together. A body whose name and country say that it is a state's or an organization's
is a side without a name; one that is neither is told in the text and takes no side.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Final, TypeVar

from kg.dates import When
from kg.errors import DateError, UnreadableSourceError
from kg.model import FORMATS, STATUSES, Refusal, Report, Source
from loaders.addresses import domain, web_address
from loaders.base import UNKNOWN_JSON
from loaders.encoding import decode, read_whole
from loaders.fact_text import Met, RecordError
from loaders.ftm_codes import code_of_country
from loaders.holders import state_of_holder
from loaders.meeting_record import TODAY, MeetingRecord, meeting_report
from loaders.states import named_code

_HEAD: Final = re.compile(r'\s*\[?\s*\{[^\n]*?"schema"\s*:\s*"[A-Z]\w+"')
_PROPERTIES: Final = re.compile(r'"properties"\s*:\s*\{')
_EVENT: Final = "Event"
_PERSON: Final = "Person"
_COUNTRIES: Final = ("country", "citizenship", "nationality", "jurisdiction")
_NOTE: Final = re.compile(r"(status|format): ([a-z-]+)\Z")
Word = TypeVar("Word", bound=str)


@dataclass(slots=True)
class Entity:
    """One entity, put together from its pieces."""

    id: str
    schema: str
    line: int
    properties: dict[str, list[Any]] = field(default_factory=dict)

    def all(self, *names: str) -> list[str]:
        """The texts of some properties, each once, in order."""
        found = (v for name in names for v in self.properties.get(name, []))
        return list(dict.fromkeys(v.strip() for v in found if isinstance(v, str) and v.strip()))

    def first(self, *names: str) -> str:
        """The first text of some properties, empty if there is none."""
        return next(iter(self.all(*names)), "")


@dataclass(frozen=True, slots=True)
class FtmLoader:
    """One file of entities, a report an event."""

    name: str = "ftm"
    suffixes: tuple[str, ...] = (".ftm", ".ijson", ".json", ".jsonl", ".ndjson")
    description: str = "followthemoney entities, one JSON object a line: each Event is a meeting"

    def mismatch(self, head: bytes, /) -> str | None:
        """Says so if the first line is no entity."""
        text = head.decode("utf-8", "replace").lstrip("\ufeff")
        if _HEAD.match(text) and _PROPERTIES.search(text):
            return None
        return UNKNOWN_JSON

    def read(self, stream: IO[bytes], source: Source) -> Iterator[Report | Refusal]:
        """One report or refusal an event, and a refusal for each line that is no entity.

        Raises:
            UnreadableSourceError: there is no event in it.
        """
        text = decode(read_whole(stream, source.path), source.path)
        entities: dict[str, Entity] = {}
        for number, line in enumerate(text.split("\n"), start=1):
            if reason := _gather(line, number, entities):
                yield Refusal(source.path, number, reason)
        events = [entity for entity in entities.values() if entity.schema == _EVENT]
        for event in events:
            place = Source(source.path, event.line)
            try:
                yield meeting_report(_record(event, entities), place, looked_up=True)
            except RecordError as error:
                yield Refusal(place.path, place.line, f"{event.id}: {error}")
        if not events:
            raise UnreadableSourceError(source.path, "there is no Event among the entities")


def _gather(line: str, number: int, entities: dict[str, Entity]) -> str | None:
    """Add the entity of a line to the others; why it is none, or None."""
    line = line.strip().rstrip(",")
    if line in ("", "[", "]"):
        return None
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return "not JSON; an entity is one JSON object on one line"
    return _add(data, number, entities)


def _add(data: Any, number: int, entities: dict[str, Entity]) -> str | None:
    parts = (
        (data.get("id"), data.get("schema"), data.get("properties"))
        if isinstance(data, dict)
        else ()
    )
    if not (parts and all(parts[:2]) and isinstance(parts[2], dict)):
        return "no entity: it needs an id, a schema and properties"
    key, schema, properties = str(parts[0]), str(parts[1]), parts[2]
    entity = entities.setdefault(key, Entity(key, schema, number))
    for name, values in properties.items():
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, dict):  # an entity inside another one
                _add(value, number, entities)
                value = str(value.get("id", ""))
            entity.properties.setdefault(name, []).append(value)
    return None


def _record(event: Entity, entities: Mapping[str, Entity]) -> MeetingRecord:
    when = _when(event)
    involved = [_known(key, entities) for key in event.all("involved")]
    people, others = _sides(involved, when)
    words = [*event.all("summary", "description")]
    if others:
        words.append(f"Also involved: {', '.join(others)}.")
    url = web_address(event.first("sourceUrl"))
    country = code_of_country(event.first("country"))
    return MeetingRecord(
        id=event.id,
        people=people,
        when=when,
        place=event.first("location"),
        place_state=country or "",
        format=_noted(event, "format", FORMATS, "unspecified"),
        status=_noted(event, "status", STATUSES, "held"),
        topics=tuple(event.all("keywords")),
        summary="\n".join(words),
        title=event.first("name") or None,
        outlet=event.first("publisher") or domain(url),
        url=url,
    )


def _known(key: str, entities: Mapping[str, Entity]) -> Entity:
    found = entities.get(key)
    if found is None or not found.first("name"):
        raise RecordError("involved", f"{key} is not in this file, or has no name; export it too")
    return found


def _sides(involved: list[Entity], when: When | None) -> tuple[tuple[Met, ...], list[str]]:
    """Who met, and the names of those who are no side of a meeting between states.

    A person stands for the only one of their countries whose body takes part, else for the state
    whose office they held on the day, else for their only country.
    """
    day = when.first if when else TODAY
    bodies = {
        entity.id: _body_code(entity, when) for entity in involved if entity.schema != _PERSON
    }
    persons: list[Met] = []
    for person in (entity for entity in involved if entity.schema == _PERSON):
        name, offices = person.first("name"), person.all("position")
        codes = [c for country in person.all(*_COUNTRIES) if (c := code_of_country(country))]
        state = _of_body(codes, set(bodies.values())) or state_of_holder(name, day)
        state = state or (codes[0] if len(set(codes)) == 1 else "")
        persons.append(Met(name, offices[0] if len(offices) == 1 else "", state))
    spoken_for = {person.state for person in persons}
    unnamed = dict.fromkeys(c for c in bodies.values() if c and c not in spoken_for)
    others = [entity.first("name") for entity in involved if bodies.get(entity.id, "x") is None]
    return (*persons, *(Met("", "", code) for code in unnamed)), others


def _body_code(body: Entity, when: When | None) -> str | None:
    """The state or organization that a body is or belongs to; None if it is neither's."""
    named = named_code(body.first("name"), when.first if when else TODAY)
    if named or body.schema != "PublicBody":
        return named
    return next((c for country in body.all("country") if (c := code_of_country(country))), None)


def _of_body(codes: list[str], present: set[str | None]) -> str | None:
    """The only one of a person's countries whose body takes part too."""
    here = sorted({code for code in codes if code in present})
    return here[0] if len(here) == 1 else None


def _when(event: Entity) -> When | None:
    """The date, else from start to end; a time of the day is left out."""
    dates = [event.first(name)[:10] for name in ("date", "startDate", "endDate")]
    try:
        if dates[0] or not (dates[1] and dates[2]):
            written = next((text for text in dates if text), "")
            return When.parse(written) if written else None
        return When.parse(f"{dates[1]}/{dates[2]}")
    except DateError as error:
        raise RecordError("date", str(error)) from error


def _noted(event: Entity, name: str, known: tuple[Word, ...], default: Word) -> Word:
    """What a note such as `format: phone` says, as our own export writes it."""
    for note in event.all("notes"):
        found = _NOTE.match(note)
        for word in known:
            if found and (found[1], found[2]) == (name, word):
                return word
    return default
