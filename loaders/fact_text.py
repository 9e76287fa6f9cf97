"""The text of a record of facts, written from its fields, so that each fact has its characters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.model import Participant, Span
from loaders.states import code_of, label_of


class RecordError(ValueError):
    """A field of a record that cannot be understood; `field` is its column."""

    def __init__(self, field: str, reason: str) -> None:
        self.field = field
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody met, or a side of a meeting.

    Attributes:
        name: empty for a side with nobody named.
        office: empty where none is given.
        state: code, or a name that has none; empty where unknown.
        day: ISO day of the meeting where the record tells it, else empty.
    """

    name: str
    office: str = ""
    state: str = ""
    day: str = ""


class FactText:
    """A text under construction that tells where each piece went."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    def add(self, piece: str) -> Span:
        """Append a piece; gives its characters."""
        start = self._length
        self._parts.append(piece)
        self._length += len(piece)
        return Span(start, self._length)

    @property
    def end(self) -> int:
        """Where the next piece will go."""
        return self._length

    @property
    def whole(self) -> str:
        """All pieces in their order."""
        return "".join(self._parts)


def tell_person(text: FactText, person: Met, day: date) -> Participant:
    """Write "President Emmanuel Macron (France)"; the span leaves out the state."""
    words = " ".join(part for part in (person.office, person.name) if part)
    label = label_of(person.state)
    words = words or label
    span = text.add(words)
    if label and label != words:
        text.add(f" ({label})")
    return Participant(
        name=person.name or None,
        as_written=words,
        office=person.office or None,
        state=code_of(person.state, day) if person.state else None,
        span=span,
    )
