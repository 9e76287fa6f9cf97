"""What a report says of meetings, as an annotator or an extractor wrote it down: frozen, one shape.

Values that more than one answer fits are tuples: the first is the main one. Names, dates and
places are kept as written; `words` and `agreement` decide what equals what.
"""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Party:
    """One who took part. `states` are the accepted codes, none if unknown."""

    name: str | None
    as_written: str | None
    office: str | None
    states: tuple[str, ...]
    attendee: bool
    confidence: float | None = None
    span: Span | None = None

    @property
    def called(self) -> str | None:
        """The name, else the words of the mention."""
        return self.name or self.as_written

    @property
    def known(self) -> bool:
        """False for a group that has neither a name nor a state: nothing can be compared."""
        return bool(self.name or self.states)

    def __str__(self) -> str:
        return f"{self.called or '(no name)'} ({self.states[0] if self.states else '?'})"


@dataclass(frozen=True, slots=True)
class Topic:
    """One item of an agenda in the report's words; an optional one is neither asked nor wrong."""

    text: str
    treatment: str
    optional: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty, memorandum ...; `referred_to` ones are older and not counted."""

    title: str
    status: str
    span: Span | None = None

    @property
    def referred_to(self) -> bool:
        """True for an older instrument that is only mentioned."""
        return "".join(c for c in self.status if c.isalpha()) == "referredto"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: absolute value, and the year with its quarter or the words of the period."""

    indicator: str
    value: float | None
    period: tuple[str, str] | None
    written: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A place; an inferred one may be left out at no cost."""

    name: str
    state: str | None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """One contact. An optional one may be found or not."""

    status: str
    formats: tuple[str, ...]
    dates: tuple[str, ...]
    site: Site | None
    parties: tuple[Party, ...]
    topics: tuple[Topic, ...] = ()
    documents: tuple[Instrument, ...] = ()
    figures: tuple[Quantity, ...] = ()
    optional: bool = False
    statuses: tuple[str, ...] = ()
    confidence: float | None = None
    span: Span | None = None

    @property
    def held(self) -> bool:
        """True if it is reported as having taken place."""
        return self.status == "held"

    @property
    def date(self) -> str | None:
        """The main date as written, None where there is none."""
        return self.dates[0] if self.dates else None

    @property
    def known_parties(self) -> tuple[Party, ...]:
        """Those that have a name or a state."""
        return tuple(p for p in self.parties if p.known)

    def __str__(self) -> str:
        who = " - ".join(str(p) for p in self.parties) or "nobody"
        return f"{self.status}, {self.formats[0]}, {self.date or 'no date'}: {who}"


@dataclass(frozen=True, slots=True)
class Annotation:
    """What a report says according to whoever annotated it."""

    id: str
    meetings: tuple[Meeting, ...]
    kind: str | None = None
    not_participants: tuple[str, ...] = ()
