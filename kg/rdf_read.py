"""The way back: a report graph's quads to the report and what it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from pyoxigraph import Literal, NamedNode, Quad

from kg.dates import When
from kg.model import (
    AgendaItem,
    Document,
    Extraction,
    Figure,
    MentionedPlace,
    Participant,
    Report,
    ReportedMeeting,
    ReportedVisit,
    Source,
    Span,
    Statement,
)
from kg.terms import DM, IDENTIFIER, LANGUAGE, RDF_TYPE, TITLE, URL


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report graph read back.

    Attributes:
        meetings: mention IRI and mention, in the report's order; `visits` likewise.
        skipped: as in `Extraction`.
    """

    report: Report
    meetings: tuple[tuple[str, ReportedMeeting], ...]
    visits: tuple[tuple[str, ReportedVisit], ...]
    skipped: str | None = None

    @property
    def extraction(self) -> Extraction:
        """What was extracted."""
        meetings, visits = (m for _, m in self.meetings), (v for _, v in self.visits)
        return Extraction(tuple(meetings), tuple(visits), self.skipped)


class _Nodes:
    """The triples of one graph by subject and predicate."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._values: dict[str, dict[str, list[Any]]] = {}
        for quad in quads:
            subject = cast(NamedNode, quad.subject).value
            by_predicate = self._values.setdefault(subject, {})
            by_predicate.setdefault(quad.predicate.value, []).append(quad.object)

    def all(self, subject: str, predicate: NamedNode) -> list[Any]:
        return self._values.get(subject, {}).get(predicate.value, [])

    def text(self, subject: str, predicate: NamedNode) -> str | None:
        found = self.all(subject, predicate)
        return found[0].value if found else None

    def required(self, subject: str, predicate: NamedNode) -> str:
        return cast(str, self.all(subject, predicate)[0].value)

    def span(self, subject: str) -> Span | None:
        node = self.text(subject, DM.span)
        if node is None:
            return None
        return Span(int(self.required(node, DM.start)), int(self.required(node, DM.end)))

    def of_type(self, cls: NamedNode) -> list[str]:
        found = [s for s in self._values if cls in self.all(s, RDF_TYPE)]
        return sorted(found, key=self._order)

    def children(self, subject: str, predicate: NamedNode, cls: NamedNode) -> list[str]:
        found = [o.value for o in self.all(subject, predicate) if isinstance(o, NamedNode)]
        return sorted((c for c in found if cls in self.all(c, RDF_TYPE)), key=self._order)

    def _order(self, subject: str) -> int:
        return int(self.text(subject, DM.order) or 0)

    def in_title(self, subject: str) -> bool:
        return bool(self.all(subject, DM.foundIn))


def _number(text: str) -> float:
    value = float(text)
    return int(value) if value.is_integer() else value


def _participant(g: _Nodes, s: str) -> Participant:
    return Participant(
        name=g.text(s, DM.personName),
        as_written=g.required(s, DM.asWritten),
        office=g.text(s, DM.office),
        state=g.text(s, DM.code),
        role=cast(Any, g.required(s, DM.role)),
        span=g.span(s),
        in_title=g.in_title(s),
    )


def _item(g: _Nodes, s: str) -> AgendaItem:
    return AgendaItem(
        topic=g.text(s, DM.topicLabel),
        text=g.required(s, DM.verbatim),
        treatment=cast(Any, g.required(s, DM.treatment)),
        by=g.text(s, DM.byName),
        span=g.span(s),
        in_title=g.in_title(s),
    )


def _document(g: _Nodes, s: str) -> Document:
    return Document(
        type=g.required(s, DM.documentType),
        title=g.required(s, TITLE),
        status=cast(Any, g.required(s, DM.documentStatus)),
        span=g.span(s),
        in_title=g.in_title(s),
    )


def _figure(g: _Nodes, s: str) -> Figure:
    return Figure(
        indicator=g.required(s, DM.indicator),
        value=_number(g.required(s, DM.value)),
        unit=g.required(s, DM.unit),
        period=g.text(s, DM.period),
        modality=cast(Any, g.required(s, DM.modality)),
        comparator=g.text(s, DM.comparator),
        span=g.span(s),
        in_title=g.in_title(s),
    )


def _statement(g: _Nodes, s: str) -> Statement:
    return Statement(
        speaker=g.required(s, DM.speakerName),
        quote=g.required(s, DM.quote),
        direct=g.required(s, DM.direct) == "true",
        span=g.span(s),
        in_title=g.in_title(s),
    )


def _place(g: _Nodes, s: str) -> MentionedPlace | None:
    name = g.text(s, DM.placeName)
    if name is None:
        return None
    node = g.text(s, DM.place)
    return MentionedPlace(
        name=name,
        state=g.text(s, DM.placeState),
        basis=cast(Any, g.required(s, DM.placeBasis)),
        span=g.span(node) if node else None,
    )


def _meeting(g: _Nodes, s: str) -> ReportedMeeting:
    when = g.text(s, DM.when)
    return ReportedMeeting(
        status=cast(Any, g.required(s, DM.status)),
        format=cast(Any, g.required(s, DM.format)),
        when=When.parse(when) if when else None,
        date_basis=cast(Any, g.text(s, DM.dateBasis)),
        participants=_parts(g, s, DM.participation, DM.Participation, _participant),
        place=_place(g, s),
        sidelines_of=g.text(s, DM.sidelinesOf),
        multilateral=g.text(s, DM.multilateral) == "true",
        topics=_parts(g, s, DM.agendaItem, DM.AgendaItem, _item),
        documents=_parts(g, s, DM.produced, DM.Document, _document),
        figures=_parts(g, s, DM.stated, DM.Figure, _figure),
        statements=_parts(g, s, DM.stated, DM.Statement, _statement),
        confidence=float(g.required(s, DM.confidence)),
        span=g.span(s),
        in_title=g.in_title(s),
    )


def _parts(g: _Nodes, s: str, link: NamedNode, cls: NamedNode, read: Any) -> tuple[Any, ...]:
    return tuple(read(g, child) for child in g.children(s, link, cls))


def _visit(g: _Nodes, s: str) -> ReportedVisit:
    visitor = g.children(s, DM.participation, DM.Participation)[0]
    places = g.children(s, DM.place, DM.Place)
    return ReportedVisit(
        visitor=_participant(g, visitor),
        visited=g.required(s, DM.visitedCode),
        when=When.parse(g.required(s, DM.when)),
        kind=cast(Any, g.required(s, DM.kind)),
        places=tuple(g.required(p, DM.placeName) for p in places),
        span=g.span(s),
    )


def _report(g: _Nodes, s: str) -> Report:
    return Report(
        id=g.required(s, IDENTIFIER),
        text=g.required(s, DM.text),
        source=Source(s),
        outlet=g.text(s, DM.outletName),
        title=g.text(s, TITLE),
        published=g.text(s, DM.published),
        published_basis=cast(Any, g.text(s, DM.publishedBasis)),
        url=g.text(s, URL),
        language=g.text(s, LANGUAGE),
        record=g.text(s, DM.record),
    )


def read_report(quads: Iterable[Quad]) -> ReadReport:
    """Read one report graph back.

    Args:
        quads: all quads of the graph.

    Raises:
        IndexError: the graph is not one that this project wrote.
    """
    g = _Nodes(quads)
    node = g.of_type(DM.Report)[0]
    return ReadReport(
        report=_report(g, node),
        meetings=tuple((s, _meeting(g, s)) for s in g.of_type(DM.ReportedMeeting)),
        visits=tuple((s, _visit(g, s)) for s in g.of_type(DM.ReportedVisit)),
        skipped=g.text(node, DM.skipped),
    )


def literal_text(value: object) -> str:
    """The lexical form of a literal or the IRI of a node."""
    assert isinstance(value, Literal | NamedNode)
    return value.value
