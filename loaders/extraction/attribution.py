"""Whose words they are: the attribution before, behind or around quoted or reported speech.

A verb or phrase of `content_statements.toml` joins words to a speaker: "X said", "said X", "according to X",
"in her words". Only the words of a sentence that stand outside its quotations are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from loaders.extraction.content_parties import NOBODY, Parties, Subject
from loaders.extraction.content_subjects import (
    Reading,
    read_verb,
    speech_verbs,
    subject_before,
    subject_end,
)
from loaders.extraction.content_tables import compile_pattern, table, word_class
from loaders.extraction.content_tails import attribution_tail
from loaders.extraction.content_words import Words, read_words

_REACH = 16
_THAT_REACH = 14
_OBLIQUE = frozenset(["him", "his", "her", "hers"])
_MARKS = frozenset(',.;:!?…-–—"“”«»„‘’()')


@dataclass(frozen=True, slots=True)
class Reported:
    """A clause that somebody is reported to have said: the words `first` to `last` (exclusive)."""

    speaker: Subject
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row such as "according to": `pattern` matches up to the words that name the speaker."""

    id: str
    pattern: re.Pattern[str]


@cache
def _phrases() -> tuple[Phrase, ...]:
    rows = table("statements")["phrase"]
    return tuple(Phrase(r["id"], compile_pattern(r["pattern"], re.IGNORECASE)) for r in rows)


@cache
def _bare_verbs() -> frozenset[str]:
    """Verbs that take a clause without "that": "said Minsk was ready"."""
    rows = table("statements")["verb"]
    return frozenset(w for row in rows if row.get("bare") for w in row["words"].split())


def _who(words: Words, first: int, last: int, parties: Parties) -> Subject:
    """Who is named: also "him" in "according to him", "his" in "in his words"."""
    if words.low[first:last] and words.low[first] in _OBLIQUE and last - first <= 2:
        return parties.pronoun()
    return parties.resolve(words, first, last)


# Around quotations --------------------------------------------------------------------------------------


def speaker_behind(words: Words, parties: Parties) -> Subject:
    """The speaker named right behind a quotation: ", said X", "- X stressed", "he added"."""
    first = 0
    while first < len(words) and words.low[first] in _MARKS:
        first += 1
    if first == len(words):
        return NOBODY
    verbs = speech_verbs()
    if words.low[first] in verbs:
        last = subject_end(words, first + 1)
        return parties.resolve(words, first + 1, last) if last > first + 1 else NOBODY
    at = next(
        (i for i in range(first, min(len(words), first + _REACH)) if words.low[i] in verbs), None
    )
    if at is None or at == first:
        return _by_phrase(words, first, parties)
    last = min(at, subject_end(words, first))
    found = parties.resolve(words, first, last) if last > first else NOBODY
    return found if found.known or "that" in words.low[first:at] else _nearer(words, at, parties)


def _nearer(words: Words, at: int, parties: Parties) -> Subject:
    subject = subject_before(words, at)
    return parties.resolve(words, *subject) if subject else NOBODY


def _by_phrase(words: Words, first: int, parties: Parties) -> Subject:
    if words.low[first : first + 2] == ["according", "to"]:
        last = max(first + 3, subject_end(words, first + 2))
        return _who(words, first + 2, last, parties) if len(words) > first + 2 else NOBODY
    return NOBODY


def speaker_before(words: Words, parties: Parties) -> Subject:
    """The speaker named before a quotation: "X said:", "X stressed that", "in X's words"."""
    verbs = speech_verbs()
    for at in range(len(words) - 1, -1, -1):
        if words.low[at] in verbs:
            reading = read_verb(words, at, after_hit=False)
            if reading is None or reading.mode == "modal" or reading.mode == "passive":
                return NOBODY
            if reading.subject is None:
                return _only(words, at, parties)
            return parties.resolve(words, *reading.subject)
    return _phrase_speaker(words, parties)


def _only(words: Words, at: int, parties: Parties) -> Subject:
    """A verb after "and" or a comma has the subject of the clause before."""
    last = subject_end(words, 0)
    return parties.resolve(words, 0, last) if last else NOBODY


def _phrase_speaker(words: Words, parties: Parties) -> Subject:
    for phrase in _phrases():
        found = phrase.pattern.match(words.text, words.begin, words.stop)
        if found:
            first = words.at(found.end())
            last = _possessor_end(words, first)
            return _who(words, first, last, parties) if last > first else NOBODY
    return NOBODY


def _possessor_end(words: Words, first: int) -> int:
    """The end of "X" in "X's words", of "his" in "his view"."""
    for index in range(first, min(len(words), first + 12)):
        if words.low[index] in ("'s", ",", "words", "view", "opinion", "own"):
            return index
    return subject_end(words, first)


# Reported clauses -----------------------------------------------------------------------------------------


def reported_clauses(words: Words, parties: Parties) -> list[Reported]:
    """What participants are reported to have said in a sentence, in order."""
    led = _led_by_phrase(words, parties)
    if led:
        return [led]
    acts = _speech_acts(words)
    found = list(_clauses(words, acts, parties))
    return found or _between_commas(words, acts, parties) or _tail(words, parties)


def _clauses(words: Words, acts: list[tuple[int, Reading]], parties: Parties) -> Iterator[Reported]:
    """The clause of each verb; it ends where the next speaker's clause begins."""
    subjects: list[Subject] = []
    for _, reading in acts:
        before = subjects[-1] if subjects else NOBODY
        own = reading.subject
        subjects.append(parties.resolve(words, *own) if own is not None else before)
    for number, ((at, _), subject) in enumerate(zip(acts, subjects, strict=True)):
        later = zip(acts[number + 1 :], subjects[number + 1 :], strict=True)
        stop = next((r.start for (_, r), who in later if who.known and r.start > at), len(words))
        clause = _clause(words, at, stop)
        if clause and subject.known and not subject.joint:
            yield Reported(subject, *clause)


def _between_commas(
    words: Words, acts: list[tuple[int, Reading]], parties: Parties
) -> list[Reported]:
    """ "In these fields, he noted, no question is open": the clause behind the second comma."""
    for at, reading in acts:
        if reading.subject is None or at + 1 >= len(words) or words.low[at + 1] != ",":
            continue
        speaker = parties.resolve(words, *reading.subject)
        clause = _trimmed(words, at + 2, len(words))
        if clause and speaker.known and not speaker.joint:
            return [Reported(speaker, *clause)]
    return []


def _speech_acts(words: Words) -> list[tuple[int, Reading]]:
    verbs = speech_verbs()
    found: list[tuple[int, Reading]] = []
    for at, word in enumerate(words.low):
        if word in verbs and not words.is_capital(at):
            reading = read_verb(words, at, after_hit=bool(found))
            if reading is not None and reading.mode == "active":
                found.append((at, reading))
    return found


def _clause(words: Words, at: int, stop: int) -> tuple[int, int] | None:
    """The words after "said (to reporters on Monday) that", or a bare clause after "said"."""
    if at + 1 >= stop:
        return None
    following = words.low[at + 1]
    told = words.low[at] in _ADDRESSED
    if told or following in _BEFORE_THAT or following.endswith("ly"):
        for index in range(at + 1, min(stop, at + _THAT_REACH)):
            word = words.low[index]
            if word == "that":
                return _trimmed(words, index + 1, stop)
            if word in ("of", "about") and index <= at + 4:
                return None
            if word in _finite():
                break
    if following in _SUBORDINATE:
        return None
    if words.low[at] in _bare_verbs() and any(w in _finite() for w in words.low[at + 2 : at + 15]):
        return _trimmed(words, at + 1, stop)
    return None


_ADDRESSED = frozenset(["told", "tells", "informed", "informs", "assured", "reminded", "warned"])
_BEFORE_THAT = frozenset(
    ["that", "to", "at", "in", "on", "during", "also", "once", "again", ",", "after", "as", "with", "yesterday", "today",
     "here", "earlier", "later", "further"]
)  # fmt: skip


def _goes_on(words: Words, index: int) -> bool:
    """True for the "and" of "and urged", "and thanked": another act of the speaker follows."""
    if words.low[index] != "and" or index + 1 >= len(words):
        return False
    return words.low[index + 1] in word_class("statement", "further_acts")


@cache
def _finite() -> frozenset[str]:
    names = ("finite", "auxiliaries", "modals", "be")
    return frozenset().union(*(word_class("clause", n) for n in names)) - {"to"}


def _trimmed(words: Words, first: int, last: int) -> tuple[int, int] | None:
    while first < last and words.low[first] == ",":
        first += 1
    last = next((i for i in range(first, last) if words.low[i] == ";"), last)
    last = next((i for i in range(first + 3, last) if _goes_on(words, i)), last)
    while last > first and (words.low[last - 1] in _MARKS or words.low[last - 1] in ("and", "but")):
        last -= 1
    return (first, last) if last - first >= 3 else None


def _led_by_phrase(words: Words, parties: Parties) -> Reported | None:
    """ "According to him, ...": the clause after the comma."""
    for phrase in _phrases():
        found = phrase.pattern.match(words.text, words.begin, words.stop)
        if not found:
            continue
        first = words.at(found.end())
        comma = next(
            (i for i in range(first, min(len(words), first + 20)) if words.low[i] == ","), None
        )
        if comma is None:
            return None
        last = min(comma, _possessor_end(words, first)) if phrase.id != "according-to" else comma
        speaker = _who(words, first, last, parties)
        clause = _trimmed(words, comma + 1, _cut(words))
        return (
            Reported(speaker, *clause) if clause and speaker.known and not speaker.joint else None
        )
    return None


_SUBORDINATE = frozenset(
    ["after", "when", "while", "as", "during", "following", "before", "speaking", "asked", "although"]
)  # fmt: skip


def _cut(words: Words) -> int:
    """Where ", the agency reports" at the end of a sentence begins."""
    tail = attribution_tail(words)
    return len(words) if tail is None else tail.cut


def _tail(words: Words, parties: Parties) -> list[Reported]:
    """ "..., the minister noted on Monday": the clause before the comma; agencies are passed over."""
    inner = words
    for _ in range(3):
        tail = attribution_tail(inner)
        if tail is None:
            return []
        speaker = parties.resolve(inner, *tail.speaker)
        if speaker.known:
            led = speaker.joint or inner.low[0] in _SUBORDINATE
            clause = None if led else _trimmed(inner, 0, tail.cut)
            return [Reported(speaker, *clause)] if clause else []
        inner = read_words(words.text, words.begin, words.starts[tail.cut])
    return []
