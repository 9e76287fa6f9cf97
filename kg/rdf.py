"""A report and what it says, as the triples of its named graph, and back.

The round trip is a law: `read_report(report_quads(r, e)) == (r', e')`, where r' is r without its
`source`, `facts` and `excerpt`. Nodes of a mention are numbered by their order, and a mention is named by what it says,
so that reading a report again gives the same IRIs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from kg import ids
from kg.blocks import block, day_keys, month_keys, reach, visit_block
from kg.model import (
    AgendaItem,
    Document,
    Extraction,
    Figure,
    Participant,
    Report,
    ReportedMeeting,
    ReportedVisit,
    Span,
    Statement,
)
from kg.terms import (
    DM,
    IDENTIFIER,
    LABEL,
    LANGUAGE,
    RDF_TYPE,
    TITLE,
    URL,
    XSD_BOOLEAN,
    XSD_DATE,
    XSD_DECIMAL,
    XSD_INTEGER,
)


def text_hash(report: Report) -> str:
    """SHA-256 over all that was read of the report: equal means nothing changed."""
    parts = [report.title, report.published, report.published_basis, report.url, report.language]
    facts = asdict(report.facts) if report.facts else None
    whole = json.dumps([parts, facts, report.text], ensure_ascii=False, default=str)
    return hashlib.sha256(whole.encode()).hexdigest()


def report_node(report: Report) -> NamedNode:
    """The report's IRI, which also names its graph."""
    return NamedNode(ids.report(report.outlet, report.id))


def number(value: float) -> Literal:
    """A decimal literal in its shortest plain form: 900000000, 1.25."""
    exact = Decimal(repr(value)) if value != int(value) else Decimal(int(value))
    return Literal(format(exact, "f"), datatype=XSD_DECIMAL)


def integer(value: int) -> Literal:
    """An xsd:integer literal."""
    return Literal(str(value), datatype=XSD_INTEGER)


def boolean(value: bool) -> Literal:
    """An xsd:boolean literal."""
    return Literal("true" if value else "false", datatype=XSD_BOOLEAN)


class GraphWriter:
    """Collects the quads of one graph; values that are None are left out.

    Args:
        graph: name of the graph, or None for the default graph.
    """

    def __init__(self, graph: NamedNode | None) -> None:
        self._graph = graph
        self.quads: set[Quad] = set()

    def add(
        self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal | str | None
    ) -> None:
        """One triple; a str becomes a plain literal."""
        if value is None:
            return
        node = Literal(value) if isinstance(value, str) else value
        quad = (
            Quad(subject, predicate, node, self._graph)
            if self._graph
            else Quad(subject, predicate, node)
        )
        self.quads.add(quad)

    def when(self, subject: NamedNode, first: str, last: str, edtf: str) -> None:
        """The three properties of a date."""
        self.add(subject, DM.when, edtf)
        self.add(subject, DM.date, Literal(first, datatype=XSD_DATE))
        self.add(subject, DM.endDate, Literal(last, datatype=XSD_DATE))


def span_node(report: NamedNode, span: Span) -> NamedNode:
    """IRI of a stretch of text, after RFC 5147."""
    return NamedNode(f"{report.value}#char={span.start},{span.end}")


def _describe(w: GraphWriter, report: Report) -> None:
    me = report_node(report)
    w.add(me, RDF_TYPE, DM.Report)
    w.add(me, IDENTIFIER, report.id)
    w.add(me, TITLE, report.title)
    w.add(me, LABEL, report.title or report.id)
    w.add(me, DM.published, report.published)
    w.add(me, LANGUAGE, report.language)
    w.add(me, URL, report.url)
    if report.outlet is not None:
        w.add(me, DM.outletName, report.outlet)
        w.add(me, DM.publishedBy, NamedNode(ids.outlet(report.outlet)))


def report_card(report: Report) -> set[Quad]:
    """What the default graph says of a report: all but its text."""
    w = GraphWriter(None)
    _describe(w, report)
    return w.quads


class _ReportGraph(GraphWriter):
    def __init__(self, report: Report) -> None:
        self.report = report_node(report)
        self._told = report
        super().__init__(self.report)

    def anchor(self, subject: NamedNode, span: Span | None, in_title: bool) -> None:
        """Where a fact stands: a span, or the title."""
        if in_title:
            self.add(subject, DM.foundIn, "title")
        if span is None:
            return
        node = span_node(self.report, span)
        self.add(subject, DM.span, node)
        self.add(node, RDF_TYPE, DM.Span)
        self.add(node, DM.start, integer(span.start))
        self.add(node, DM.end, integer(span.end))

    def child(self, parent: NamedNode, link: NamedNode, kind: str, n: int, cls: str) -> NamedNode:
        node = NamedNode(f"{parent.value}-{kind}-{n}")
        self.add(parent, link, node)
        self.add(node, RDF_TYPE, DM[cls])
        self.add(node, DM.order, integer(n))
        return node

    def describe(self, report: Report, skipped: str | None) -> None:
        _describe(self, report)
        self.add(self.report, DM.publishedBasis, report.published_basis)
        self.add(self.report, DM.text, report.text)
        self.add(self.report, DM.record, report.record)
        self.add(self.report, DM.textHash, text_hash(report))
        self.add(self.report, DM.skipped, skipped)

    def participant(self, parent: NamedNode, n: int, p: Participant) -> None:
        node = self.child(parent, DM.participation, "participation", n, "Participation")
        self.add(node, DM.personName, p.name)
        self.add(node, DM.asWritten, p.as_written)
        self.add(node, DM.office, p.office)
        self.add(node, DM.code, p.state)
        self.add(node, DM.role, p.role)
        self.anchor(node, p.span, p.in_title)

    def item(self, parent: NamedNode, n: int, item: AgendaItem) -> None:
        node = self.child(parent, DM.agendaItem, "item", n, "AgendaItem")
        self.add(node, DM.topicLabel, item.topic)
        self.add(node, DM.verbatim, item.text)
        self.add(node, DM.treatment, item.treatment)
        self.add(node, DM.byName, item.by)
        self.anchor(node, item.span, item.in_title)

    def document(self, parent: NamedNode, n: int, document: Document) -> None:
        node = self.child(parent, DM.produced, "document", n, "Document")
        self.add(node, DM.documentType, document.type)
        self.add(node, TITLE, document.title)
        self.add(node, DM.documentStatus, document.status)
        self.anchor(node, document.span, document.in_title)

    def figure(self, parent: NamedNode, n: int, figure: Figure) -> None:
        node = self.child(parent, DM.stated, "figure", n, "Figure")
        self.add(node, DM.indicator, figure.indicator)
        self.add(node, DM.value, number(figure.value))
        self.add(node, DM.unit, figure.unit)
        self.add(node, DM.period, figure.period)
        self.add(node, DM.modality, figure.modality)
        self.add(node, DM.comparator, figure.comparator)
        self.anchor(node, figure.span, figure.in_title)

    def statement(self, parent: NamedNode, n: int, statement: Statement) -> None:
        node = self.child(parent, DM.stated, "statement", n, "Statement")
        self.add(node, DM.speakerName, statement.speaker)
        self.add(node, DM.quote, statement.quote)
        self.add(node, DM.direct, boolean(statement.direct))
        self.anchor(node, statement.span, statement.in_title)

    def meeting(self, node: NamedNode, order: int, m: ReportedMeeting) -> None:
        self.add(node, RDF_TYPE, DM.ReportedMeeting)
        self.add(node, DM.reportedIn, self.report)
        self.add(node, DM.order, integer(order))
        self._keys(node, m)
        self.add(node, DM.status, m.status)
        self.add(node, DM.format, m.format)
        self.add(node, DM.multilateral, boolean(m.multilateral))
        self.add(node, DM.sidelinesOf, m.sidelines_of)
        self.add(node, DM.dateBasis, m.date_basis)
        self.add(node, DM.confidence, number(m.confidence))
        if m.when:
            self.when(node, m.when.first.isoformat(), m.when.last.isoformat(), m.when.edtf)
        if m.place:
            self._place(node, m)
        self.anchor(node, m.span, m.in_title)
        for n, p in enumerate(m.participants):
            self.participant(node, n, p)
        for n, item in enumerate(m.topics):
            self.item(node, n, item)
        for n, document in enumerate(m.documents):
            self.document(node, n, document)
        for n, figure in enumerate(m.figures):
            self.figure(node, n, figure)
        for n, statement in enumerate(m.statements):
            self.statement(node, n, statement)

    def _keys(self, node: NamedNode, m: ReportedMeeting) -> None:
        days = reach(m, self._told)
        self.add(node, DM.block, block(m))
        for key in month_keys(block(m), days) if days else ():
            self.add(node, DM.monthBlock, key)
        for key in day_keys(m):
            self.add(node, DM.dayBlock, key)

    def _place(self, node: NamedNode, m: ReportedMeeting) -> None:
        assert m.place is not None
        self.add(node, DM.placeName, m.place.name)
        self.add(node, DM.placeState, m.place.state)
        self.add(node, DM.placeBasis, m.place.basis)
        if m.place.span is not None:
            place = NamedNode(f"{node.value}-place")
            self.add(node, DM.place, place)
            self.add(place, RDF_TYPE, DM.Place)
            self.anchor(place, m.place.span, False)

    def visit(self, node: NamedNode, order: int, v: ReportedVisit) -> None:
        self.add(node, RDF_TYPE, DM.ReportedVisit)
        self.add(node, DM.reportedIn, self.report)
        self.add(node, DM.order, integer(order))
        self.add(node, DM.block, visit_block(v))
        self.add(node, DM.visitedCode, v.visited)
        self.add(node, DM.kind, v.kind)
        self.add(node, DM.when, v.when.edtf)
        self.add(node, DM["from"], Literal(v.when.first.isoformat(), datatype=XSD_DATE))
        self.add(node, DM.until, Literal(v.when.last.isoformat(), datatype=XSD_DATE))
        for n, name in enumerate(v.places):
            place = self.child(node, DM.place, "place", n, "Place")
            self.add(place, DM.placeName, name)
        self.anchor(node, v.span, False)
        self.participant(node, 0, v.visitor)


def _numbered(keys: Iterable[str]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for key in keys:
        seen[key] = n = seen.get(key, 0) + 1
        yield key if n == 1 else f"{key}-{n}"


def meeting_names(meetings: Iterable[ReportedMeeting]) -> Iterator[str]:
    """Local names of a report's mentions: a digest of what each says, not of where it stands."""
    return _numbered(
        "meeting-" + ids.digest(m.status, block(m), m.when.edtf if m.when else "", m.format)
        for m in meetings
    )


def visit_names(visits: Iterable[ReportedVisit]) -> Iterator[str]:
    """Local names of a report's visits."""
    return _numbered(
        "visit-" + ids.digest(v.visitor.name or "", v.visited, v.when.edtf) for v in visits
    )


def report_quads(report: Report, extraction: Extraction) -> set[Quad]:
    """All quads of the report's named graph."""
    graph = _ReportGraph(report)
    graph.describe(report, extraction.skipped)
    base = graph.report.value + "#"
    for n, (m, name) in enumerate(
        zip(extraction.meetings, meeting_names(extraction.meetings), strict=True)
    ):
        graph.meeting(NamedNode(base + name), n, m)
    for n, (v, name) in enumerate(
        zip(extraction.visits, visit_names(extraction.visits), strict=True)
    ):
        graph.visit(NamedNode(base + name), n, v)
    return graph.quads
