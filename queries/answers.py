"""The row types: one frozen dataclass per question, its fields the columns of the catalogue.

Dates are ISO or EDTF texts as in the graph (`2019-10-25`, `2016-05`); what a report leaves open is
None; lists are sorted tuples. Python keywords carry a trailing underscore (`from_`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Encounter:
    """One meeting and one pair of representatives of two parties.

    Attributes:
        topics: labels of the topic tree, or the report's words where the tree has no such topic.
        reports: how many reports tell of the meeting.
    """

    meeting: str
    date: str | None
    end_date: str | None
    who: str | None
    who_office: str | None
    who_state: str | None
    whom: str | None
    whom_office: str | None
    whom_state: str | None
    place: str | None
    format: str
    topics: tuple[str, ...]
    agreed: tuple[str, ...]
    documents: tuple[str, ...]
    reports: int
    status: str


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact in the history of a pair."""

    meeting: str
    date: str | None
    label: str
    status: str
    format: str
    place: str | None
    topics: tuple[str, ...]
    reports: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreed point, or a document by its type, in the words of the reports."""

    meeting: str
    date: str | None
    label: str
    kind: str
    agreed: str
    topic: str | None
    by: str | None


@dataclass(frozen=True, slots=True)
class SharedTopic:
    """A topic of a pair: in how many meetings, in how many agreed on, first and last day."""

    topic: str
    meetings: int
    agreed: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Call:
    """A phone call or video talk."""

    meeting: str
    date: str | None
    label: str
    format: str
    topics: tuple[str, ...]
    reports: int


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A person's stay in a state."""

    visit: str
    from_: str
    to: str
    visitor: str | None
    visited: str
    kind: str
    places: tuple[str, ...]
    meetings: int


@dataclass(frozen=True, slots=True)
class MetBoth:
    """A person who met both, with the number of meetings with each."""

    person: str
    name: str
    met_a: int
    met_b: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One of the differing values, with the outlets that give it."""

    meeting: str
    date: str | None
    label: str
    about: str
    value: str
    outlets: tuple[str, ...]


ROW_TYPES: dict[str, type] = {
    "who-met-whom": Encounter,
    "pair-history": Contact,
    "what-was-agreed": Agreement,
    "topics-of-pair": SharedTopic,
    "calls": Call,
    "visits": VisitRow,
    "who-met-both": MetBoth,
    "where-reports-disagree": Disagreement,
}
EDGES: dict[str, tuple[str, str]] = {
    "who-met-whom": ("who", "whom"),
    "visits": ("visitor", "visited"),
}
