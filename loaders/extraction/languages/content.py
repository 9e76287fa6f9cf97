"""What a meeting was about: subjects with their treatment, papers, sums, words spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from kg.model import (
    AgendaItem,
    Document,
    DocumentStatus,
    Figure,
    Report,
    ReportedMeeting,
    Span,
    Statement,
    Treatment,
)
from loaders.extraction.languages.cast import Cast
from loaders.extraction.languages.lexis import Lexis
from loaders.extraction.languages.pack import Pack, expanded
from loaders.extraction.languages.papers import Papers
from loaders.extraction.languages.phrases import Phrases
from loaders.extraction.languages.sentences import Line
from loaders.extraction.languages.subjects import Subjects
from loaders.extraction.languages.sums import Sums
from loaders.extraction.languages.words import Words
from loaders.extraction.quotation import quotations

_REACH = 7  # words between a cue and the word that leads to what it puts on the table
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A line that tells of a meeting, with those it may speak of."""

    line: Line
    cast: Cast
    status: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that puts something on the table."""

    words: tuple[str, ...]
    treatment: Treatment
    then: tuple[str, ...]
    joint: bool
    back: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A cue at words `first` to `last`, and where what it puts on the table stands."""

    cue: Cue
    first: int
    last: int
    begin: int


class Contents:
    """The words of content of one language."""

    def __init__(self, own: Pack, names: Lexis, phrases: Phrases) -> None:
        self._phrases, self._pack = phrases, own
        self._cues: dict[str, list[Cue]] = {}
        for row in own.content["cue"]:
            for cue in _cues(own, row):
                self._cues.setdefault(cue.words[0], []).append(cue)
        for cues in self._cues.values():
            cues.sort(key=lambda c: (-len(c.words), c.treatment))
        self._that = own.words("words", "that")
        self._subjects = Subjects(own)
        self._papers = Papers(own, names)
        self._sums = Sums(own, names)
        self._say = frozenset(map(own.low, own.content["quotes"]["say"].split()))

    def fill(
        self, meetings: list[ReportedMeeting], told: list[list[Told]], report: Report
    ) -> Iterator[ReportedMeeting]:
        """The meetings with what their lines say."""
        quotes = quotations(report.text)
        for meeting, lines in zip(meetings, told, strict=True):
            if meeting.status == "background":
                yield meeting
                continue
            yield replace(
                meeting,
                topics=tuple(_body_first(t for one in lines for t in self._topics(one))),
                documents=tuple(
                    _papers_once(d for one in lines for d in self._papers.of(one.line, one.status))
                ),
                figures=tuple(
                    _sums_once(f for one in lines for f in self._sums.of(one.line, one.cast.day))
                ),
                statements=tuple(s for one in lines for s in self._statements(one, quotes)),
            )

    # Topics ----------------------------------------------------------------------------------

    def _topics(self, told: Told) -> Iterator[AgendaItem]:
        words = told.line.words
        found = self._found(told.line)
        for n, one in enumerate(found):
            stop = found[n + 1].first if n + 1 < len(found) else len(words)
            by = None if one.cue.joint else self._speaker(told, one)
            if by is None and not one.cue.joint and self._is_other(told, one):
                continue
            regions = [(one.begin, stop)]
            if one.cue.back and not self._subjects.holds(words, one.begin, stop):
                regions = [(found[n - 1].last if n else 0, one.first)]
            for first, last in regions:
                for start, end in self._subjects.parts(
                    words, first, last, words.low(first - 1) not in self._that
                ):
                    yield self._item(told.line, start, end, one.cue.treatment, by)

    def _item(
        self, line: Line, start: int, end: int, treatment: Treatment, by: str | None
    ) -> AgendaItem:
        text = line.source[start:end]
        title = line.kind == "title"
        span = None if title else Span(start, end)
        return AgendaItem(self._subjects.topic(text), text, treatment, by, span, title)

    def _found(self, line: Line) -> list[Found]:
        words, found = line.words, list[Found]()
        inside = {k for m in line.mentions for k in range(m.first, m.last)}
        i = 0
        while i < len(words):
            one = self._cue_at(words, i, line) if i not in inside else None
            if one is not None and found and found[-1].begin == one.first:
                i = one.last  # "попросил рассмотреть": what is asked for
            elif one is not None:
                found.append(one)
                i = max(one.last, i + 1)
            else:
                i += 1
        return found

    def _cue_at(self, words: Words, i: int, line: Line) -> Found | None:
        for cue in self._cues.get(words.lows[i], ()):
            last = i + len(cue.words)
            if tuple(words.lows[i:last]) != cue.words or words.low(i - 1) in self._phrases.negation:
                continue
            begin = self._begin(words, last, cue, line)
            if begin is not None:
                return Found(cue, i, last, begin)
        return None

    def _begin(self, words: Words, last: int, cue: Cue, line: Line) -> int | None:
        """The first word of what a cue puts on the table."""
        after = self._past_addressee(words, last, line)
        reach = last + _REACH if "" not in cue.then else after + 2
        for lead in filter(None, cue.then):
            for k in range(last, min(len(words), reach)):
                if words.lows[k] == lead and (
                    k == after or words.texts[k - 1] == "," or "" not in cue.then
                ):
                    return k + 1
                if words.texts[k] in ".;" or (words.texts[k] == "," and words.low(k + 1) != lead):
                    break
        bare = "" in cue.then and after < len(words) and words.texts[after] != ","
        return after if bare else None

    def _past_addressee(self, words: Words, at: int, line: Line) -> int:
        """After somebody whom a proposal or a request is made to."""
        for mention in line.mentions:
            if mention.first == at and mention.role != "party":
                return mention.last
        return at

    # Who said it -----------------------------------------------------------------------------

    def _speaker(self, told: Told, one: Found) -> str | None:
        """The one person who did it: the nearest before the cue that may be its subject."""
        free = [m for m in told.line.mentions if not m.cases or "n" in m.cases]
        near = [m for m in free if m.last <= one.first][-_NAMED:]
        persons = [m for m in near if m.role != "party"]
        for mention in reversed(persons or near):
            if (
                mention.before in self._phrases.prepositions
                or mention.before in self._phrases.with_
            ):
                continue
            for ref in told.cast.refs(told.line, mention, None):
                return ref.name or ref.state
            break
        if not near and told.cast.author is not None:
            return told.cast.author.name
        after = [m for m in free if m.first == one.last]
        for mention in after:
            for ref in told.cast.refs(told.line, mention, None):
                return ref.name or ref.state
        return None

    def _is_other(self, told: Told, one: Found) -> bool:
        """True if somebody who takes no part said it: a spokesman, an agency."""
        near = [m for m in told.line.mentions if m.last <= one.first and m.office is not None]
        return bool(near) and not told.cast.refs(told.line, near[-1], None) and not near[-1].plural

    # What was said ---------------------------------------------------------------------------

    def _statements(self, told: Told, quotes: list[tuple[int, int]]) -> Iterator[Statement]:
        line = told.line
        if line.kind == "title":
            return
        said = [k for k, low in enumerate(line.words.lows) if low in self._say]
        for start, end in quotes:
            if not (line.start <= start and end <= line.end and said):
                continue
            if len(line.source[start:end].split()) < _NAMED:
                continue
            speaker = self._teller(told, said)
            if speaker is not None:
                quote = line.source[start:end].strip()
                yield Statement(speaker, quote, True, Span(start, end))

    def _teller(self, told: Told, said: list[int]) -> str | None:
        for mention in told.line.mentions:
            if min(abs(mention.first - k) for k in said) <= _REACH:
                for ref in told.cast.refs(told.line, mention, None):
                    if ref.name is not None:
                        return ref.name
        return None


def _cues(own: Pack, row: dict[str, Any]) -> Iterator[Cue]:
    then = tuple(own.low(w) for w in row["then"])
    for phrase in expanded(row["words"]):
        words = tuple(own.low(w) for w in phrase.split())
        yield Cue(words, row["treatment"], then, bool(row.get("joint")), bool(row.get("back")))


def _each_once(items: Iterator[AgendaItem]) -> Iterator[AgendaItem]:
    seen: set[str] = set()
    for item in items:
        key = re.sub(r"\W+", " ", item.text.lower())
        if key not in seen:
            seen.add(key)
            yield item


def _body_first(items: Iterator[AgendaItem]) -> list[AgendaItem]:
    """Each subject once; those of the title only where the text has none."""
    once = list(_each_once(items))
    return [t for t in once if not t.in_title] or once


def _papers_once(items: Iterator[Document]) -> Iterator[Document]:
    seen: set[tuple[str, DocumentStatus]] = set()
    for item in items:
        key = (item.type, item.status)
        if key not in seen or len(item.title.split()) > 2:
            yield item
        seen.add(key)


def _sums_once(items: Iterator[Figure]) -> Iterator[Figure]:
    seen: set[tuple[str, float]] = set()
    for item in items:
        if (item.indicator, item.value) not in seen:
            seen.add((item.indicator, item.value))
            yield item
