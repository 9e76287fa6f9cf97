"""Verbs and phrases that put a topic on the table, found by their first word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from kg.model import Treatment
from loaders.extraction.content_openings import left_start
from loaders.extraction.content_phrases import Range
from loaders.extraction.content_subjects import (
    Reading,
    opening_gerund,
    read_verb,
    skip_adverbs,
)
from loaders.extraction.content_tables import spaced, table, word_class
from loaders.extraction.content_words import Words
from loaders.extraction.late_pattern import LatePattern

Takes = Literal["object", "left", "person", "intent", "clause", "noun"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of `content_topics.toml`, compiled."""

    id: str
    then: LatePattern
    treatment: Treatment
    alone: Treatment
    takes: Takes
    subject: str
    passive: bool
    adjective: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found in a sentence.

    Attributes:
        at: index of its first word.
        after: index of the first word behind it.
    """

    cue: Cue
    at: int
    after: int
    reading: Reading


@cache
def cues() -> dict[str, tuple[Cue, ...]]:
    """Rows by each of their first words, in the order of the file."""
    found: dict[str, tuple[Cue, ...]] = {}
    for row in table("topics")["cue"]:
        cue = _cue(row)
        for word in row["words"].split():
            found[word] = (*found.get(word, ()), cue)
    return {word: tuple(sorted(rows, key=_specific)) for word, rows in found.items()}


def _specific(cue: Cue) -> int:
    """Rows that ask for more words come first."""
    pattern = cue.then.pattern.removeprefix("(?:").removesuffix(r")(?!\w)")
    return 0 if cue.takes == "left" else 1 if pattern and not pattern.endswith((")?", "*")) else 2


def _cue(row: dict[str, Any]) -> Cue:
    return Cue(
        id=row["id"],
        then=LatePattern(spaced(f"(?:{row['then']})(?!\\w)")),
        treatment=row["treatment"],
        alone=row.get("alone", row["treatment"]),
        takes=row.get("takes", "object"),
        subject=row.get("subject", "any"),
        passive=row.get("passive", False),
        adjective=row.get("form") == "adjective",
        first=row.get("first", False),
    )


def find_hits(words: Words, *, line: bool = False) -> list[Hit]:
    """All cues of a sentence in order; those inside another's phrase are left out.

    A verb that opens the sentence, as in "Thanked him for ...", has no subject of its own.

    Args:
        line: a line of a list, so that any verb may open it: "b. called upon all members to ...".
    """
    found: list[Hit] = []
    index = 0
    known = cues()
    count = len(words)
    while index < count:
        rows = known.get(words.low[index])
        named = rows is None or _is_name(words, index)
        hit = _hit(words, index, rows, found, line) if rows and not named else None
        if hit:
            found.append(hit)
            index = max(index + 1, min(hit.after, count))
        else:
            index += 1
    return found


def _is_name(words: Words, index: int) -> bool:
    """True for a capital word next to another, such as the given name "Said"."""
    if index == 0 or not words.is_capital(index):
        return False
    return words.is_capital(index - 1) or (index + 1 < len(words) and words.is_capital(index + 1))


def _hit(words: Words, at: int, rows: tuple[Cue, ...], before: list[Hit], line: bool) -> Hit | None:
    for cue in rows:
        match = cue.then.match(words.text, words.ends[at], words.stop)
        if not match:
            continue
        after = words.at(match.end())
        opens = at == 0 and _may_open(words, cue, after, line)
        opening = opening_gerund(words, at) if cue.subject in ("any", "known") else None
        reading = Reading("active", 0) if opens else opening or _reading(words, at, cue, before)
        if reading and _allowed(words, cue, at, after, reading):
            return Hit(cue, at, after, reading)
    return None


def _may_open(words: Words, cue: Cue, after: int, line: bool) -> bool:
    """True for the verb of "Thanked him for ..."; not for "Asked by reporters, she ..."."""
    if cue.subject in ("none", "front", "event") or cue.takes == "left":
        return False
    if after >= len(words) or words.low[after] in word_class("clause", "be"):
        return False
    if not words.low[0].endswith("ed") or not (line or cue.treatment != "called-for"):
        return False
    if words.low[0] in ("asked", "pressed", "questioned") and not line:
        return False
    return line or after > 1 or words.low[1] not in word_class("clause", "prepositions")


def _reading(words: Words, at: int, cue: Cue, hits: list[Hit]) -> Reading | None:
    after_hit = bool(hits)
    if cue.first and after_hit and hits[-1].reading.mode != "passive":
        return None
    if cue.takes == "left":
        return _read_left(words, at, cue)
    if cue.subject == "none":
        negated = at > 0 and words.low[at - 1] in word_class("clause", "negations")
        return None if negated or _is_intended(words, at, hits) else Reading("active", at)
    if cue.subject == "front":
        return Reading("active", at) if _is_front(words, at) else None
    if cue.adjective:
        return _read_adjective(words, at, after_hit)
    if cue.treatment == "discussed" and (event := _event_before(words, at)):
        return Reading("active", event[1], event)
    found = read_verb(words, at, after_hit=after_hit)
    if found is None and cue.treatment == "discussed" and (event := _event_opening(words, at)):
        return Reading("active", event[0], event)
    return found


def _read_left(words: Words, at: int, cue: Cue) -> Reading | None:
    """The topic stands before the cue; "with ..." before it where the cue has no verb."""
    if not word_class("clause", "negations").isdisjoint(words.low[max(0, at - 3) : at]):
        return None
    start = left_start(words, at)
    if cue.subject == "with":
        verbs = word_class("clause", "finite") | word_class("clause", "be")
        if words.low[start - 1 : start] != ["with"] or not verbs.isdisjoint(words.low[start:at]):
            return None
    return Reading("passive", start, (start, at))


def _is_intended(words: Words, at: int, hits: list[Hit]) -> bool:
    """True for "agreed to begin talks on": to talk is what is agreed, not what was done."""
    if not hits or at == 0 or words.low[at - 1] != "to":
        return False
    intending = hits[-1].cue.treatment in ("agreed", "called-for", "raised", "reaffirmed")
    return intending and hits[-1].reading.mode != "modal"


def _event_opening(words: Words, at: int) -> Range | None:
    """The "Talks" of "Talks at the old mill dealt with ...": an event that opens the clause."""
    first = at
    while first > 0 and words.low[first - 1] not in ",;:":
        first -= 1
    verbs = (
        word_class("clause", "finite") | word_class("clause", "negations") | {"to", "that", "and"}
    )
    if at - first > _REACH_EVENT or not verbs.isdisjoint(words.low[first:at]):
        return None
    events = word_class("subject", "events") - _NO_TALKS
    at_event = next((i for i in range(first, min(first + 3, at)) if words.low[i] in events), None)
    if at_event is None or at_event + 1 >= at:
        return None
    between = words.low[at_event + 1]
    return (first, at_event + 1) if between in word_class("clause", "prepositions") else None


def _event_before(words: Words, at: int) -> Range | None:
    """The "talks" of "held talks in Lima that covered ...", "..., which dealt with ..."."""
    before = skip_adverbs(words, at - 1)
    if before < 1 or words.low[before] not in ("that", "which"):
        return None
    events = word_class("subject", "events") | {"topics"}
    for index in range(before - 1, max(-1, before - _REACH_EVENT), -1):
        if words.low[index] in events:
            return index, index + 1
        if words.low[index] in ";:":
            return None
    return None


_REACH_EVENT = 20
_NO_TALKS = frozenset(
    {
        "matters",
        "issues",
        "topics",
        "issue",
        "topic",
        "subjects",
        "subject",
        "matter",
        "time",
        "attention",
        "theme",
    }
)


def _is_front(words: Words, at: int) -> bool:
    """True for a participle that opens its clause: "Also discussed were ..."."""
    before = skip_adverbs(words, at - 1)
    return before < 0 or words.low[before] in (",", ";", "and", ":", "”", '"', "—", "–")


def _read_adjective(words: Words, at: int, after_hit: bool) -> Reading | None:
    """ "is ready to", "stands ready to": the verb stands before the adjective."""
    before = skip_adverbs(words, at - 1)
    if before < 0 or words.low[before] not in word_class("clause", "copulas"):
        return None
    return read_verb(words, before, after_hit=after_hit)


def _allowed(words: Words, cue: Cue, at: int, after: int, reading: Reading) -> bool:
    if cue.subject == "event":
        return _speaks_of_event(words, reading.start, at)
    if (
        reading.mode == "passive"
        and cue.treatment == "agreed"
        and words.low[after : after + 1] == ["by"]
    ):
        return not _BOTH.isdisjoint(words.low[after : after + 4])  # not "approved by the Sejm"
    if reading.mode == "passive":
        return cue.passive or cue.takes == "left" or bool(words.at(0) < after < len(words))
    if after < len(words) and words.low[after] == "by" and cue.passive:
        return False
    return True


_BOTH = frozenset({"both", "two", "sides", "parties", "ministers", "presidents", "leaders"})


def _speaks_of_event(words: Words, start: int, at: int) -> bool:
    """True if the subject is the talks, the agenda, a topic, whatever follows that noun."""
    events = word_class("subject", "events")
    first = start
    while first > 0 and words.low[first - 1] not in ",;:":
        first -= 1
    return any(w in events for w in words.low[first : min(at, first + 8)])
