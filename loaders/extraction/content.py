"""Fills in what meetings were about: topics, documents, figures and statements, in one pass."""

from __future__ import annotations

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
from loaders.extraction.content_parties import Parties
from loaders.extraction.content_words import Words, read_words
from loaders.extraction.documents import may_name
from loaders.extraction.segment import Segmented
from loaders.extraction.topics import sentence_topics

_LONGEST_SENTENCE = 2500
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

    def words(self, index: int) -> Words:
        """The words of a sentence; of what runs on for pages only the head."""
        if index not in self._words:
            sentence = self.segmented.sentences[index]
            end = min(sentence.end, sentence.start + _LONGEST_SENTENCE)
            self._words[index] = read_words(self.segmented.text, sentence.start, end)
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
    return replace(meeting, topics=topics, documents=documents)


def _topics(reader: Reader, meeting: ReportedMeeting, scope: tuple[int, ...]) -> list[AgendaItem]:
    parties = Parties(meeting.participants)
    items: list[AgendaItem] = []
    for i in scope:
        if reader.segmented.sentences[i].kind == "narrative":
            w = reader.words(i)
            planned = meeting.status == "planned"
            items += sentence_topics(w, find_hits(w), parties, planned=planned)
    return items
