"""Fills in what meetings were about: topics, documents, figures and statements, in one pass."""

from __future__ import annotations

from dataclasses import replace

from kg.model import AgendaItem, ReportedMeeting
from loaders.extraction.content_cues import find_hits
from loaders.extraction.content_parties import Parties
from loaders.extraction.content_words import read_words
from loaders.extraction.segment import Segmented
from loaders.extraction.topics import sentence_topics


def add_content(
    segmented: Segmented,
    meetings: tuple[ReportedMeeting, ...],
    scopes: tuple[tuple[int, ...], ...],
) -> tuple[ReportedMeeting, ...]:
    out = []
    for m, scope in zip(meetings, scopes, strict=True):
        parties = Parties(m.participants)
        items: list[AgendaItem] = []
        for i in scope:
            s = segmented.sentences[i]
            if s.kind != "narrative":
                continue
            w = read_words(segmented.text, s.start, s.end)
            items += sentence_topics(w, find_hits(w), parties, planned=m.status == "planned")
        out.append(replace(m, topics=tuple(items)))
    return tuple(out)
