"""The sentences that a meeting rests on, from the report graphs."""

from __future__ import annotations

import re
from typing import Any

from pyoxigraph import NamedNode

from kg.model import ReportedMeeting, Span
from kg.rdf_read import ReadReport, read_report
from kg.store.base import DEFAULT_GRAPH, View
from kg.terms import IS_REPLACED_BY

# The end of a sentence: a full stop after a word of at least three small letters or a closing
# mark, before white space; or the end of a line. Abbreviations such as "U.S." do not end one.
_END = re.compile(r"(?<=[a-zа-яё»”\")\d]{3})[.!?][»”\")]*(?=\s)|[.!?][»”\")]+(?=\s)|\n+")


def evidence(view: View, meeting: str, only_report: str | None = None) -> list[dict[str, Any]]:
    """What each report says in support of a meeting, in the order of the reports and their text.

    Returns:
        One entry per sentence: report, title, outlet, published, text, start, end, supports.
    """
    quads = view.quads(None, IS_REPLACED_BY, NamedNode(meeting), DEFAULT_GRAPH)
    mentions = sorted(q.subject.value for q in quads if isinstance(q.subject, NamedNode))
    found = []
    for mention in mentions:
        report_iri = mention.partition("#")[0]
        if only_report in (None, report_iri):
            read = read_report(view.quads(graph=NamedNode(report_iri)))
            told = next((m for iri, m in read.meetings if iri == mention), None)
            if told:
                found += _sentences(report_iri, read, told)
    return sorted(found, key=lambda e: (e["published"] or "9999", e["report"], e["start"]))


def _sentences(iri: str, read: ReadReport, meeting: ReportedMeeting) -> list[dict[str, Any]]:
    text = read.report.text
    by_sentence: dict[Span, list[str]] = {}
    for span, supports in _supports(meeting):
        by_sentence.setdefault(sentence_around(text, span), []).append(supports)
    return [
        {
            "report": iri,
            "title": read.report.title,
            "outlet": read.report.outlet,
            "published": read.report.published,
            "text": text[span.start : span.end],
            "start": span.start,
            "end": span.end,
            "supports": list(dict.fromkeys(supports)),
        }
        for span, supports in sorted(by_sentence.items())
    ]


def _supports(m: ReportedMeeting) -> list[tuple[Span, str]]:
    named = [(p.span, f"participant {p.name or p.as_written}") for p in m.participants]
    named += [(i.span, f"{i.treatment}: {i.topic or i.text}") for i in m.topics]
    named += [(d.span, f"{d.status}: {d.title}") for d in m.documents]
    named += [(f.span, f"figure: {f.indicator}") for f in m.figures]
    named += [(s.span, f"statement of {s.speaker}") for s in m.statements]
    if m.place:
        named.append((m.place.span, f"place {m.place.name}"))
    return [(span, what) for span, what in named if span is not None]


def sentence_around(text: str, span: Span) -> Span:
    """The sentence (or line) of `text` in which `span` lies, blanks at its ends left out."""
    window = max(0, span.start - 2000)
    start = window
    for end in _END.finditer(text, window, span.start):
        start = end.end()
    after = _END.search(text, max(span.end - 1, 0), min(len(text), span.end + 2000))
    stop = max(after.end() if after else min(len(text), span.end + 2000), span.end)
    piece = text[start:stop]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
