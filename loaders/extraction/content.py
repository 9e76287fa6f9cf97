"""Fills in what meetings were about: topics, documents, figures and statements, in one pass."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from kg.model import AgendaItem, ReportedMeeting
from loaders.extraction.content_cues import find_hits
from loaders.extraction.content_documents import (
    DatedDocument,
    documents_of,
    listed_documents,
    meeting_documents,
)
from loaders.extraction.content_figures import ToldFigure, meeting_figures, told_figures
from loaders.extraction.content_parties import Parties
from loaders.extraction.content_words import Words, read_words
from loaders.extraction.documents import may_name
from loaders.extraction.figures import last_indicator, plain_indicator, sentence_figures
from loaders.extraction.figures import may_name as may_name_figure
from loaders.extraction.segment import Segmented
from loaders.extraction.topics import sentence_topics

_LONGEST_SENTENCE = 2500
_ASKS = re.compile(r"(?:QUESTION|Question|Q|MODERATOR|Moderator)\b")
_ACTED_ON = ("sign", "adopt", "exchang", "initial", "conclu", "approv")


@dataclass
class Reader:
    """Reads each sentence once, however many meetings it tells of.

    Attributes:
        anchor: the day of the report.
    """

    segmented: Segmented
    anchor: date | None
    _words: dict[int, Words] = field(default_factory=dict)
    _documents: dict[int, list[DatedDocument]] = field(default_factory=dict)
    _figures: dict[int, list[ToldFigure]] = field(default_factory=dict)

    def words(self, index: int) -> Words:
        """The words of a sentence."""
        if index not in self._words:
            self._words[index] = read_words(self.segmented.text, *self._stretch(index))
        return self._words[index]

    def documents(self, index: int) -> list[DatedDocument]:
        """The documents that a sentence names or introduces."""
        if index not in self._documents:
            self._documents[index] = self._read_documents(index)
        return self._documents[index]

    def _read_documents(self, index: int) -> list[DatedDocument]:
        turn = self.segmented.sentences[index].kind == "turn"
        if turn and not self._mentions(index, _ACTED_ON):
            return []
        words = self.words(index)
        if not may_name(words):
            return []
        before = self._documents.get(index - 1)
        follows = before[0].named.status if before else None
        found = documents_of(words, self.anchor, turn=turn, follows=follows)
        return found + listed_documents(self.segmented, index, words)

    def figures(self, index: int) -> list[ToldFigure]:
        """The figures that a sentence names."""
        if index not in self._figures:
            self._figures[index] = self._read_figures(index)
        return self._figures[index]

    def _read_figures(self, index: int) -> list[ToldFigure]:
        text, (start, end) = self.segmented.text, self._stretch(index)
        speaker = self.segmented.sentences[index].speaker
        if not may_name_figure(text, start, end) or (speaker and _ASKS.match(speaker)):
            return []
        named = sentence_figures(text, start, end, self.anchor, self._indicator(index - 1))
        return told_figures(text, start, end, named) if named else []

    def _indicator(self, index: int) -> str | None:
        """What a sentence measures last, for "it" and "the mark" in the next."""
        if index < 0:
            return None
        named = last_indicator(self.segmented.text, *self._stretch(index))
        told = self._figures.get(index)
        return named or (plain_indicator(told[-1].named.indicator) if told else None)

    def _stretch(self, index: int) -> tuple[int, int]:
        """Offsets of a sentence; of what runs on for pages only the head."""
        sentence = self.segmented.sentences[index]
        return sentence.start, min(sentence.end, sentence.start + _LONGEST_SENTENCE)

    def _mentions(self, index: int, stems: tuple[str, ...]) -> bool:
        sentence = self.segmented.sentences[index]
        words = self.segmented.text[sentence.start : sentence.end]
        return any(stem in words for stem in stems)


def add_content(
    segmented: Segmented,
    meetings: tuple[ReportedMeeting, ...],
    scopes: tuple[tuple[int, ...], ...],
    anchor: date | None,
) -> tuple[ReportedMeeting, ...]:
    """The meetings with what their sentences (`scopes`) say was discussed, signed, counted, said.

    Args:
        anchor: the day of the report, from which "last year" counts.
    """
    reader = Reader(segmented, anchor)
    return tuple(_filled(reader, m, s) for m, s in zip(meetings, scopes, strict=True))


def _filled(reader: Reader, meeting: ReportedMeeting, scope: tuple[int, ...]) -> ReportedMeeting:
    topics = tuple(_topics(reader, meeting, scope))
    if meeting.status not in ("held", "planned"):
        return replace(meeting, topics=topics)
    told = [d for i in scope for d in reader.documents(i)]
    documents = meeting_documents(reader.segmented.text, told, meeting, reader.anchor)
    figures = meeting_figures([f for i in scope for f in reader.figures(i)], meeting)
    return replace(meeting, topics=topics, documents=documents, figures=figures)


def _topics(reader: Reader, meeting: ReportedMeeting, scope: tuple[int, ...]) -> list[AgendaItem]:
    parties = Parties(meeting.participants)
    items: list[AgendaItem] = []
    for i in scope:
        if reader.segmented.sentences[i].kind == "narrative":
            w = reader.words(i)
            planned = meeting.status == "planned"
            items += sentence_topics(w, find_hits(w), parties, planned=planned)
    return items
