"""Statements: quoted and reported words of one participant of a meeting.

A quotation counts if it is attributed to a participant, by name, office, state or pronoun, before it, behind it, or by
the quotation it goes on from. Scare quotes, titles and the words of anybody else are none. A turn of a
transcript is a statement of the participant whom its label names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from loaders.extraction.attribution import reported_clauses, speaker_before, speaker_behind
from loaders.extraction.content_parties import NOBODY, Parties, Subject
from loaders.extraction.content_subjects import speech_verbs, subject_end
from loaders.extraction.content_words import Words, read_words
from loaders.extraction.segment import Quote, Segmented, Sentence

_FEWEST_WORDS = 4
_LONGEST_TURN = 1500
_SHORTEST_TURN = 40
_INNER_DASH = re.compile(r",?\s[—–]\s")
_ATTRIBUTION = 160
_ENDS = frozenset(".,!?…–—-")


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a participant.

    Attributes:
        speaker: the participant.
        direct: quoted, not reported.
        start, end: offsets of the words.
    """

    speaker: Subject
    direct: bool
    start: int
    end: int


class Listener:
    """Goes through the sentences of one meeting and notes who says what."""

    __slots__ = (
        "_last_quote",
        "_parties",
        "_quote_starts",
        "_quotes",
        "_segmented",
        "_starts",
        "_words",
    )

    def __init__(
        self, segmented: Segmented, parties: Parties, words: Callable[[int], Words]
    ) -> None:
        self._segmented = segmented
        self._parties = parties
        self._words = words
        self._starts = [s.start for s in segmented.sentences]
        self._quote_starts = [q.start for q in segmented.quotes]
        self._quotes: dict[int, list[Quote]] = {}
        for quote in segmented.quotes:
            for index in range(self._sentence(quote.start), self._sentence(quote.end) + 1):
                self._quotes.setdefault(index, []).append(quote)
        self._last_quote: tuple[int, Subject] | None = None

    def said(self, scope: tuple[int, ...]) -> Iterator[Said]:
        """The statements of the sentences `scope`, in order."""
        turns: list[int] = []
        for index in scope:
            sentence = self._segmented.sentences[index]
            if sentence.kind == "turn":
                turns.append(index)
            elif sentence.kind == "narrative":
                yield from self._narrated(index, sentence)
        yield from self._turns(turns)

    # Narrative ------------------------------------------------------------------------------------------

    def _narrated(self, index: int, sentence: Sentence) -> Iterator[Said]:
        quotes = self._quotes.get(index, ())
        opening = [q for q in quotes if q.start >= sentence.start]
        found = [s for q in opening if (s := self._quoted(q, sentence))]
        yield from found
        if not found and all(self._is_scare(q) for q in quotes):
            yield from self._reported(index)

    def _reported(self, index: int) -> Iterator[Said]:
        words = self._words(index)
        if speech_verbs().isdisjoint(words.low) and words.low[:1] not in (
            ["according"],
            ["in"],
            ["to"],
        ):
            self._listen(words)
            return
        for clause in reported_clauses(words, self._parties):
            start, end = words.span(clause.first, clause.last)
            yield Said(clause.speaker, False, start, end)

    def _listen(self, words: Words) -> None:
        """Note whom a sentence is about, for the "he" of the next."""
        last = subject_end(words, 0)
        if last:
            self._parties.resolve(words, 0, last)

    def _quoted(self, quote: Quote, sentence: Sentence) -> Said | None:
        if self._is_scare(quote):
            return None
        dashed = self._dashed(quote)
        if dashed is not None:
            return dashed
        speaker = self._speaker(quote, sentence)
        if not speaker.known or speaker.joint:
            return None
        self._last_quote = (quote.end, speaker)
        start, end = self._trimmed(quote)
        return Said(speaker, True, start, end)

    def _dashed(self, quote: Quote) -> Said | None:
        """Speech that a dash opens: "— We shall learn, — said the premier." """
        text = self._segmented.text
        if text[max(0, quote.start - 2) : quote.start].strip() not in ("—", "–"):
            return None
        for dash in _INNER_DASH.finditer(text, quote.start, quote.end):
            behind = read_words(text, dash.end(), min(quote.end, dash.end() + _ATTRIBUTION))
            speaker = speaker_behind(behind, self._parties)
            if speaker.known and not speaker.joint:
                return Said(speaker, True, quote.start, dash.start())
        return None

    def _is_scare(self, quote: Quote) -> bool:
        """True for a few quoted words that make no sentence, and for quoted titles."""
        return len(self._segmented.text[quote.start : quote.end].split()) < _FEWEST_WORDS

    def _trimmed(self, quote: Quote) -> tuple[int, int]:
        """The quoted words without the comma that newsrooms put inside the marks."""
        text, end = self._segmented.text, quote.end
        while end > quote.start and text[end - 1] in ", \u00a0":
            end -= 1
        return quote.start, end

    def _speaker(self, quote: Quote, sentence: Sentence) -> Subject:
        before, behind = self._around(quote, sentence)
        after = speaker_behind(behind, self._parties) if self._leads_on(quote) else NOBODY
        if after.known or after.by:
            return after
        found = speaker_before(before, self._parties) if len(before) else NOBODY
        if found.known:
            return found
        return self._going_on(quote, len(before) > 2)

    def _leads_on(self, quote: Quote) -> bool:
        """True if the quotation closes with a comma, or its sentence goes on behind the marks."""
        text = self._segmented.text
        rest = text[quote.end : quote.end + 3].lstrip("\"”»“’'")
        return text[quote.end - 1] in _ENDS or rest[:1] in ",–—- "

    def _around(self, quote: Quote, sentence: Sentence) -> tuple[Words, Words]:
        """The words outside quotations before and behind one, within its sentences."""
        text, quotes = self._segmented.text, self._segmented.quotes
        place = bisect_right(self._quote_starts, quote.start) - 1
        first = max(sentence.start, quotes[place - 1].end + 1 if place > 0 else 0)
        last = self._segmented.sentences[self._sentence(quote.end)].end
        if place + 1 < len(quotes):
            last = min(last, quotes[place + 1].start)
        before = read_words(text, min(first, quote.start), quote.start)
        return before, read_words(text, min(quote.end + 1, last), last)

    def _going_on(self, quote: Quote, led: bool) -> Subject:
        """A quotation of whole sentences goes on with the speaker of the one just before."""
        if led or self._last_quote is None:
            return NOBODY
        at, speaker = self._last_quote
        between = self._segmented.text[at : quote.start]
        return speaker if len(between) < 200 and between.count("\n") <= 2 else NOBODY

    def _sentence(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    # Transcripts -----------------------------------------------------------------------------------------

    def _turns(self, indices: list[int]) -> Iterator[Said]:
        """Each paragraph of a participant's turn, parted where it grows very long."""
        start = end = -1
        label: str | None = None
        for index in indices:
            sentence = self._segmented.sentences[index]
            if label != sentence.speaker or not self._joins(start, end, sentence):
                yield from self._turn(label, start, end)
                start, label = sentence.start, sentence.speaker
            end = sentence.end
        yield from self._turn(label, start, end)

    def _joins(self, start: int, end: int, sentence: Sentence) -> bool:
        if sentence.end - start > _LONGEST_TURN:
            return False
        return "\n" not in self._segmented.text[end : sentence.start]

    def _turn(self, label: str | None, start: int, end: int) -> Iterator[Said]:
        if label is None or end - start < _SHORTEST_TURN:
            return
        speaker = self._parties.by_words(label)
        if speaker.known and not speaker.joint:
            yield Said(speaker, True, start, end)
