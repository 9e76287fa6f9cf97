"""An extraction as the JSON object that `kg extract` writes, one per report."""

from __future__ import annotations

from typing import Any

from kg.model import (
    AgendaItem,
    Document,
    Extraction,
    Figure,
    MentionedPlace,
    Participant,
    Report,
    ReportedMeeting,
    Span,
    Statement,
)


def extraction_json(report: Report, extraction: Extraction) -> dict[str, Any]:
    """The object of one report: its identity, its meetings, and why there are none if so."""
    return {
        "id": report.id,
        "title": report.title,
        "published": report.published,
        "outlet": report.outlet,
        "language": report.language,
        "meetings": [_meeting(m) for m in extraction.meetings],
        "skipped": extraction.skipped,
    }


def _span(span: Span | None, in_title: bool) -> dict[str, Any]:
    """A fact that stands only in the title says so instead of a span."""
    if span is not None:
        return {"span": [span.start, span.end]}
    return {"span": None, "in": "title"} if in_title else {"span": None}


def _meeting(meeting: ReportedMeeting) -> dict[str, Any]:
    return {
        "status": meeting.status,
        "format": meeting.format,
        "date": meeting.when.edtf if meeting.when else None,
        "date_basis": meeting.date_basis,
        "place": _place(meeting.place),
        "sidelines_of": meeting.sidelines_of,
        "multilateral": meeting.multilateral,
        "participants": [_participant(p) for p in meeting.participants],
        "topics": [_topic(t) for t in meeting.topics],
        "documents": [_document(d) for d in meeting.documents],
        "figures": [_figure(f) for f in meeting.figures],
        "statements": [_statement(s) for s in meeting.statements],
        "confidence": meeting.confidence,
        **_span(meeting.span, meeting.in_title),
    }


def _place(place: MentionedPlace | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"name": place.name, "state": place.state, "basis": place.basis}


def _participant(person: Participant) -> dict[str, Any]:
    return {
        "name": person.name,
        "as_written": person.as_written,
        "office": person.office,
        "state": person.state,
        "role": person.role,
        **_span(person.span, person.in_title),
    }


def _topic(item: AgendaItem) -> dict[str, Any]:
    return {
        "topic": item.topic,
        "text": item.text,
        "treatment": item.treatment,
        "by": item.by,
        **_span(item.span, item.in_title),
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "type": document.type,
        "title": document.title,
        "status": document.status,
        **_span(document.span, document.in_title),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    value = int(figure.value) if figure.value == int(figure.value) else figure.value
    return {
        "indicator": figure.indicator,
        "value": value,
        "unit": figure.unit,
        "period": figure.period,
        "modality": figure.modality,
        "comparator": figure.comparator,
        **_span(figure.span, figure.in_title),
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "speaker": statement.speaker,
        "quote": statement.quote,
        "direct": statement.direct,
        **_span(statement.span, statement.in_title),
    }
