"""Fills in what meetings were about: topics, documents, figures and statements, in one pass."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import date

from kg.model import AgendaItem, ReportedMeeting, Span, Statement
from loaders.extraction.content_cues import Hit, find_hits
from loaders.extraction.content_documents import (
    DatedDocument,
    documents_of,
    listed_documents,
    meeting_documents,
    own_text,
    title_documents,
)
from loaders.extraction.content_figures import (
    ToldFigure,
    by_party,
    meeting_figures,
    told_figures,
)
from loaders.extraction.content_labels import names_subject
from loaders.extraction.content_parties import Parties
from loaders.extraction.content_words import Words, read_words
from loaders.extraction.documents import may_name
from loaders.extraction.figure_indicators import last_indicator, plain_indicator
from loaders.extraction.figures import may_name as may_name_figure
from loaders.extraction.figures import sentence_figures
from loaders.extraction.late_pattern import late
from loaders.extraction.needs import Sieve, ways_of
from loaders.extraction.segment import Segmented
from loaders.extraction.statements import Listener, Said
from loaders.extraction.topics import (
    Lead,
    Speakers,
    lead_of,
    listed_topics,
    sentence_topics,
    spoken_topics,
)

_LONGEST_SENTENCE = 2500
_ASKS = re.compile(r"(?:QUESTION|Question|Q|MODERATOR|Moderator)\b")
_WHO_AGREES = late(
    r"\b(?:they|we|sides?|both|two|leaders|countries|ministers|presidents|parties|governments|states)\b",
    re.IGNORECASE,
)
_PRESS = late(
    r"\b(?:reporters|journalists|correspondents|interview|newspaper|tweet(?:ed)?|afterwards|later|laughed|joked)\b"
)
_BULLET = re.compile(r"\s*(?:[-–—•*·]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+")
_WE_DID = late(
    r"\b(?:[Ww]e|and I)(?: also| have| just|[’']ve| [a-z]+ly)* (?:had|held|discussed|agreed|talked|spoke|exchanged|touched|reviewed|covered|addressed|considered|focused|decided|emphasi[sz]ed|stressed|underscored|reaffirmed|raised)\b"
)
_WE_WILL = late(
    r"(?:\b[Ww]e(?:’ll|'ll| will| shall| can|(?: are|’re|'re) going to)\b[^.;:?!]{0,60}?|[Ff]or (?:us|me) to|[Uu]s (?:an?|the|this) (?:[a-z]+ )?(?:opportunity|chance) to|"
    r"\b(?:happy|glad|pleased|delighted)\b[^.;:?!]{0,20} to (?:have|take) the (?:opportunity|chance)\b[^.;:?!]{0,50}? to|"
    r"[Ff]orward to(?: our)?|[Ww]e have [\w ]{3,30}? to|\bI (?:would|[’']d)(?: also)? like to) (?:discuss|talk|speak about|work on:|cover|address|touch|exchange views)"
)
_OURS = Sieve([(frozenset(), ways_of(p.pattern, {})) for p in (_WE_DID, _WE_WILL)])
_BY_PHONE = re.compile(r"\b(?:over|by|on) the (?:tele)?phone\b|\bby (?:tele)?phone\b")
_LATER = re.compile(r"\b(?:tomorrow|next (?:week|month|year|time))\b")
_FEWEST_WORDS = 3
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
            self._words[index] = read_words(self.segmented.text, *self.stretch(index))
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
        found: list[DatedDocument] = []
        if may_name(words):
            before = self._documents.get(index - 1) or self._documents.get(index - 2)
            follows = before[0].named.status if before else None
            found = documents_of(words, self.anchor, turn=turn, follows=follows)
        return found + listed_documents(self.segmented, index, words)

    def figures(self, index: int) -> list[ToldFigure]:
        """The figures that a sentence names."""
        if index not in self._figures:
            self._figures[index] = self._read_figures(index)
        return self._figures[index]

    def _read_figures(self, index: int) -> list[ToldFigure]:
        text, (start, end) = self.segmented.text, self.stretch(index)
        speaker = self.segmented.sentences[index].speaker
        if not may_name_figure(text, start, end) or (speaker and _ASKS.match(speaker)):
            return []
        named = sentence_figures(text, start, end, self.anchor, lambda: self._indicator(index - 1))
        return told_figures(text, start, end, named) if named else []

    def _indicator(self, index: int) -> str | None:
        """What a sentence measures last, for "it" and "the mark" in the next."""
        if index < 0:
            return None
        named = last_indicator(self.segmented.text, *self.stretch(index))
        told = self._figures.get(index)
        return named or (plain_indicator(told[-1].named.indicator) if told else None)

    def stretch(self, index: int) -> tuple[int, int]:
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
    figures = by_party(
        [[f for i in scope for f in reader.figures(i)] for scope in scopes], meetings
    )
    filled = [_filled(reader, *each) for each in zip(meetings, scopes, figures, strict=True)]
    return tuple(_headlined(segmented, filled))


def _headlined(segmented: Segmented, meetings: list[ReportedMeeting]) -> list[ReportedMeeting]:
    """The only meeting held also has the joint text that the report is, and what its headline tells.

    The headline counts if the sentences of the meeting name no document.
    """
    held = [m for m in meetings if m.status == "held"]
    if len(held) != 1:
        return meetings
    told = held[0].documents or title_documents(segmented.title or "")
    known = {d.type for d in told if d.status == "adopted"}
    documents = told + tuple(d for d in own_text(segmented) if d.type not in known)
    return [replace(m, documents=documents) if m is held[0] else m for m in meetings]


def _filled(
    reader: Reader, meeting: ReportedMeeting, scope: tuple[int, ...], figures: list[ToldFigure]
) -> ReportedMeeting:
    if meeting.status == "background":
        return replace(meeting, topics=tuple(_topics(reader, meeting, scope, [])))
    listener = Listener(reader.segmented, Parties(meeting.participants), reader.words)
    said = list(listener.said(scope))
    text = reader.segmented.text
    speakers = {p.name or p.as_written for p in meeting.participants if p.name or p.office}
    told = replace(
        meeting,
        topics=tuple(_topics(reader, meeting, scope, said)),
        statements=tuple(_statement(text, s) for s in said if s.speaker.by in speakers),
    )
    if told.status in ("cancelled", "denied"):
        return told
    return _counted(reader, told, scope, figures)


def _counted(
    reader: Reader, meeting: ReportedMeeting, scope: tuple[int, ...], figures: list[ToldFigure]
) -> ReportedMeeting:
    """With the documents and figures of what took place or is planned."""
    named = [d for i in scope for d in reader.documents(i)]
    documents = meeting_documents(reader.segmented.text, named, meeting, reader.anchor)
    return replace(meeting, documents=documents, figures=meeting_figures(figures, meeting))


def _statement(text: str, said: Said) -> Statement:
    words = text[said.start : said.end]
    return Statement(said.speaker.by or "", words, said.direct, Span(said.start, said.end))


def _topics(
    reader: Reader, meeting: ReportedMeeting, scope: tuple[int, ...], said: list[Said]
) -> list[AgendaItem]:
    reported = _InOrder([s for s in said if not s.direct])
    told = Told(reader, meeting, said)
    text, place = reader.segmented.text, meeting.place.span if meeting.place else None
    items = [_but_where(text, item, place) for i in scope for item in told.sentence(i)]
    items = [item for item in items if not _is_person(item, meeting)]
    return [_vouched(text, item, reported) for item in items]


def _is_person(item: AgendaItem, meeting: ReportedMeeting) -> bool:
    """ "welcomed President A with a salute", "with the envoy of the union, Mr B, on fish": somebody there, no topic."""
    span = item.span
    for one in meeting.participants if span is not None else ():
        name = (one.name or "").split()
        if not name or span is None:
            continue
        welcomed = item.treatment == "other" and item.text.split()[0] in name
        inside = one.span is not None and one.span.start <= span.start < one.span.end
        ends = item.text.split()[-1] == name[-1] and ", " in item.text and one.span is not None
        if (
            welcomed
            or inside
            or (ends and one.span is not None and span.start <= one.span.end <= span.end)
        ):
            return True
    return False


_WHERE = re.compile(r",? (?:in|at) (?:the )?(?:[a-z]+ of )?\Z")
_WHEN = late(
    r",? (?:on (?:\w+day|\d|[A-Z]\w+ \d)|today|yesterday|this (?:morning|afternoon|evening|week)|last \w+day)\b"
)


def _but_where(text: str, item: AgendaItem, place: Span | None) -> AgendaItem:
    """ "discussed visas in Split on Monday": where they met, with the day behind it, is no part of the topic."""
    span = item.span
    if place is None or span is None or not span.start < place.start < span.end <= place.end:
        return item
    where = _WHERE.search(text, span.start, place.start)
    if where is None or _WHEN.match(text, place.end) is None:
        return item
    words = text[span.start : where.start()]
    return replace(item, text=words, span=Span(span.start, where.start()))


class Told:
    """Reads the topics of one meeting sentence by sentence; lines behind a colon belong to it."""

    def __init__(self, reader: Reader, meeting: ReportedMeeting, said: list[Said]) -> None:
        self._reader = reader
        self._planned = meeting.status == "planned"
        self._parties = Parties(meeting.participants)
        self._quoted = _InOrder([s for s in said if s.direct])
        self._said = _by_sentence(reader.segmented, said)
        self._lead: Lead | None = None

    def sentence(self, index: int) -> list[AgendaItem]:
        """The items of a sentence in the order of its words."""
        sentence = self._reader.segmented.sentences[index]
        if sentence.kind == "turn":
            return self._turn(index)
        if sentence.kind != "narrative" or self._reader.segmented.text[sentence.end - 1] == "?":
            return []
        words = self._reader.words(index)
        bullet = _BULLET.match(words.text, words.begin, words.stop)
        if bullet and self._lead:
            return self._line(read_words(words.text, bullet.end(), words.stop), self._lead)
        hits = find_hits(words)
        self._lead = lead_of(words, hits, self._parties)
        speakers = _speaking(words, hits, self._quoted)
        found = list(
            sentence_topics(words, hits, self._parties, planned=self._planned, speakers=speakers)
        )
        return sorted(found + _spoken(words, self._said.get(index, []), found), key=_place)

    def _turn(self, index: int) -> list[AgendaItem]:
        """What a speaker of a transcript says that both sides discussed or agreed: "we discussed"."""
        start, end = self._reader.stretch(index)
        text = self._reader.segmented.text
        if not _OURS.lets(text[start:end].lower()):
            return []
        coming = bool(_WE_WILL.search(text, start, end)) and not _LATER.search(text, start, end)
        speaker = self._reader.segmented.sentences[index].speaker
        before = _WE_DID.search(text, start, end) and not _BY_PHONE.search(text, start, end)
        if (not coming and not before) or (speaker and _ASKS.match(speaker)):
            return []
        words = self._reader.words(index)
        hits = _ours(words, coming=coming)
        found = sentence_topics(words, hits, self._parties, planned=coming)
        return [t for t in found if t.topic is not None or len(t.text.split()) > _FEWEST_WORDS]

    def _line(self, words: Words, lead: Lead) -> list[AgendaItem]:
        hits = find_hits(words, line=True)
        if lead.act is None or (hits and hits[0].at == 0):
            return list(sentence_topics(words, hits, self._parties, leader=lead.leader))
        return listed_topics(words, lead)


def _place(item: AgendaItem) -> int:
    return item.span.start if item.span else 0


def _ours(words: Words, *, coming: bool) -> list[Hit]:
    """The cues of what both sides did: "we discussed A and exchanged views on B"."""
    found: list[Hit] = []
    ours = False
    for hit in find_hits(words):
        goes_on = hit.reading.subject is None and words.low[hit.reading.start] == "and"
        ours = _is_ours(words, hit, coming=coming) or (ours and goes_on and not coming)
        found += [hit] if ours else []
    return found


def _is_ours(words: Words, hit: Hit, *, coming: bool) -> bool:
    """True for "we discussed", "we had meaningful talks about"; in opening remarks also "we will discuss"."""
    treatments = (
        ("discussed", "agreed") if coming else ("discussed", "agreed", "raised", "reaffirmed")
    )
    if hit.cue.treatment not in treatments:
        return False
    near = words.low[max(0, hit.at - 4) : hit.at]
    if coming and hit.cue.treatment == "discussed":
        near = words.low[max(0, hit.at - _TO_COME) : hit.at]
        return not _OPENING.isdisjoint(near) or hit.cue.id == "much-to-discuss"
    together = "we" in near or any(near[i : i + 2] == ["and", "i"] for i in range(len(near)))
    return hit.reading.mode == "active" and together


_TO_COME = 40  # words before a verb in which "we" or "forward" stands
_OPENING = frozenset({"we", "us", "forward", "like", "opportunity", "chance"})


def _by_sentence(segmented: Segmented, said: list[Said]) -> dict[int, list[Said]]:
    """Statements by the sentence in which they begin."""
    starts = [sentence.start for sentence in segmented.sentences]
    found: dict[int, list[Said]] = {}
    for one in said:
        found.setdefault(bisect_right(starts, one.start) - 1, []).append(one)
    return found


def _spoken(words: Words, said: list[Said], before: list[AgendaItem]) -> list[AgendaItem]:
    """The main clause of what a participant said, where nothing in it is an item already.

    A quotation that names no subject of the topic tree is a figure of speech more often than not.
    """
    if _PRESS.search(words.text, words.begin, words.stop):
        return []
    found: list[AgendaItem] = []
    for one in said:
        taken = any(one.start <= _place(item) < one.end for item in before)
        whole = words.text[one.start].isupper() if one.direct else not before
        if whole and not taken:
            items = spoken_topics(words.text, one.start, one.end, one.speaker)
            found += [t for t in items if names_subject(t.topic) or not one.direct]
    return found


class _InOrder:
    """Statements by where they begin, to find the one around an offset."""

    def __init__(self, said: list[Said]) -> None:
        self._said = sorted(said, key=lambda s: s.start)
        self._starts = [s.start for s in self._said]

    def around(self, offset: int) -> Said | None:
        """The statement in which `offset` lies."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0 or self._said[place].end <= offset:
            return None
        return self._said[place]


def _speaking(words: Words, hits: list[Hit], quoted: _InOrder) -> Speakers:
    """The quotations of a sentence in which something is put on the table."""
    around = (quoted.around(words.starts[h.at]) for h in hits)
    return tuple(dict.fromkeys((s.start, s.end, s.speaker) for s in around if s))


def _vouched(text: str, item: AgendaItem, reported: _InOrder) -> AgendaItem:
    """What one speaker reports as agreed or raised, naming nobody who did it, is so by his word."""
    if item.treatment not in ("agreed", "raised") or item.by is not None or item.span is None:
        return item
    one = reported.around(item.span.start)
    if one is None or _WHO_AGREES.search(text, one.start, item.span.start):
        return item
    return replace(item, by=one.speaker.by)
