"""The frozen values that flow from a source to the graph: Report, then Extraction.

A `Report` is what somebody published; an `Extraction` is what that report *says*, each fact with
the characters it rests on. Neither knows a store, a merged meeting or another report.

Offsets (`Span`) count Unicode code points of `Report.text`, end exclusive. A fact that stands
only in the title has `span=None` and `in_title=True`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from kg.dates import When

Status = Literal["held", "planned", "cancelled", "denied", "background"]
Format = Literal["in-person", "phone", "video", "unspecified"]
Treatment = Literal["discussed", "agreed", "raised", "called-for", "reaffirmed", "thanked", "other"]
DateBasis = Literal["explicit", "weekday", "relative", "dateline", "publication"]
PlaceBasis = Literal["explicit", "venue", "sidelines", "dateline"]
Role = Literal["principal", "attendee", "envoy"]
DocumentStatus = Literal["signed", "adopted", "exchanged", "planned", "referred-to"]
Modality = Literal["actual", "target", "forecast"]
VisitKind = Literal["state", "official", "working", "private", "transit", "other"]
PublishedBasis = Literal["record", "header", "markup", "dateline", "file-name"]

STATUSES: Final[tuple[Status, ...]] = ("held", "planned", "cancelled", "denied", "background")
FORMATS: Final[tuple[Format, ...]] = ("in-person", "phone", "video", "unspecified")
TREATMENTS: Final[tuple[Treatment, ...]] = (
    "discussed", "agreed", "raised", "called-for", "reaffirmed", "thanked", "other",
)  # fmt: skip
DATE_BASES: Final[tuple[DateBasis, ...]] = (
    "explicit", "weekday", "relative", "dateline", "publication",
)  # fmt: skip
PLACE_BASES: Final[tuple[PlaceBasis, ...]] = ("explicit", "venue", "sidelines", "dateline")
ROLES: Final[tuple[Role, ...]] = ("principal", "attendee", "envoy")
VISIT_KINDS: Final[tuple[VisitKind, ...]] = (
    "state", "official", "working", "private", "transit", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive) of a report's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report was read from, for messages only: never part of the graph."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class MentionedPlace:
    """A place as this report names it.

    Attributes:
        name: as written, e.g. "Nur-Sultan".
        state: code of the state it lies in, None where unknown.
        basis: how the place is known.
    """

    name: str
    state: str | None
    basis: PlaceBasis
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody (or an unnamed side) who took part, as this report names them.

    Attributes:
        name: the fullest form found in the report, without titles; None for an unnamed party.
        as_written: the words of the mention that `span` covers.
        office: e.g. "President"; None where the report gives none.
        state: ISO alpha-3 code, or the usual code of an organization; None where unknown.
    """

    name: str | None
    as_written: str
    office: str | None
    state: str | None
    role: Role = "principal"
    span: Span | None = None
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Something that was on the table.

    Attributes:
        topic: English preferred label in the topic tree, or None where the tree has none.
        text: the words of the report.
        by: name of the one side that raised it; None if jointly.
    """

    topic: str | None
    text: str
    treatment: Treatment
    by: str | None = None
    span: Span | None = None
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A treaty, memorandum, joint statement ... and what became of it."""

    type: str
    title: str
    status: DocumentStatus
    span: Span | None = None
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its meaning, e.g. bilateral trade of 900000000 USD in 2018 (actual).

    Attributes:
        unit: ISO 4217 code for money, else "percent", "times", "people", "tonnes" ...
        period: `2018`, `2022-Q1`, `2019-11` or `2021-01/2021-09`; None where the report gives none.
        comparator: "about", "over", "under", "up-to", "close-to" or None for a plain number.
    """

    indicator: str
    value: float
    unit: str
    period: str | None
    modality: Modality = "actual"
    comparator: str | None = None
    span: Span | None = None
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of one speaker, quoted or reported."""

    speaker: str
    quote: str
    direct: bool
    span: Span | None = None
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class ReportedMeeting:
    """One contact as one report tells it."""

    status: Status
    format: Format
    when: When | None
    date_basis: DateBasis | None
    participants: tuple[Participant, ...]
    place: MentionedPlace | None = None
    sidelines_of: str | None = None
    multilateral: bool = False
    topics: tuple[AgendaItem, ...] = ()
    documents: tuple[Document, ...] = ()
    figures: tuple[Figure, ...] = ()
    statements: tuple[Statement, ...] = ()
    confidence: float = 1.0
    span: Span | None = None
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class ReportedVisit:
    """A person's stay in a state as one report tells it; a trip is not a meeting.

    Attributes:
        visited: code of the state visited.
        places: towns as written.
    """

    visitor: Participant
    visited: str
    when: When
    kind: VisitKind
    places: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one report says of contacts.

    Attributes:
        skipped: why the report gave nothing, e.g. "letter", or how much of a text longer than any
            report was read; None if it was read in full.
    """

    meetings: tuple[ReportedMeeting, ...] = ()
    visits: tuple[ReportedVisit, ...] = ()
    skipped: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One published text with its identity: the outlet and the outlet's own id.

    Attributes:
        id: the record's own id, else derived from the content.
        outlet: name or domain of who published it; None where unknown.
        text: the whole text as stored; all spans count into it.
        published: EDTF text of the day (or day and time with zone) of publication, or None.
        published_basis: how that is known.
        facts: set by loaders of structured records, where nothing has to be extracted.
        record: the fields of such a record as JSON: with other reference data the report is made
            from them again.
        excerpt: True if this is only what a feed tells of the article at `url`.
        source: for messages only.
    """

    id: str
    text: str
    source: Source
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    published_basis: PublishedBasis | None = None
    url: str | None = None
    language: str | None = None
    facts: Extraction | None = None
    record: str | None = None
    excerpt: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file or record that could not be read, with its place and a reason a person can act on."""

    path: str
    line: int | None
    reason: str
