"""Turns of a transcript whose speakers only tell of others: they are read as any report is.

A presenter and a correspondent tell the news; a spokesperson's answers tell of a meeting only where
they say that it was today or yesterday. What leaders say to each other stays a turn.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.extraction.late_pattern import late

if TYPE_CHECKING:
    from loaders.extraction.segment import Sentence

_NEWSROOM = late(
    r"\b(?:HOST|ANCHOR|PRESENTER|BYLINE|NEWSREADER|NARRATOR|REPORTER|CORRESPONDENT|INTRO|OUTRO|Intro|Outro|Host|Anchor|Presenter|Newsreader|Narrator|Reporter|Correspondent)\b"
)
_WORKS_FOR = r"(?i:\b(?:correspondent|reporter|editor|colleague)(?:,)? (?:[\w.’'-]+ ){0,2})"
_BRIEFING = re.compile(r"\b(?:[Ss]pokes(?:person|man|woman)|[Pp]ress [Cc]onference)\b")
_ANSWERS = re.compile(r"(?:A|ANSWER|Answer|.*\b(?:[Ss]pokes|SPOKES)\w+.*)\Z")
_FRESH = late(
    r"\b(?:today|yesterday|this (?:morning|afternoon|evening)|earlier today|last night|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|will (?:also )?(?:pay|hold|meet|receive|call on|visit|travel))\b"
)


def told_as_news(text: str, title: str | None, sentences: list[Sentence]) -> list[Sentence]:
    """The sentences of a text, those of newsrooms and spokespersons made narrative."""
    labels = list(dict.fromkeys(s.speaker for s in sentences if s.speaker))
    if not labels:
        return sentences
    journalists = _journalists(text, labels)
    officials = _spokespersons(title, labels)
    if not journalists and not officials:
        return sentences
    told: list[Sentence] = []
    before: Sentence | None = None
    fresh = False  # the turn has told of today, and goes on to say of what
    for one in sentences:
        same = before is not None and before.speaker == one.speaker
        fresh = fresh and same and one.kind == "turn"
        if one.speaker in officials and _FRESH.search(text, one.start, one.end):
            fresh = True
        news = one.kind == "turn" and (one.speaker in journalists or fresh)
        told.append(replace(one, kind="narrative", speaker=None) if news else one)
        before = one
    return told


def _journalists(text: str, labels: list[str]) -> frozenset[str]:
    """Who presents and who reports, where a label says that it is a broadcast."""
    marked = [one for one in labels if _NEWSROOM.search(one)]
    if not marked:
        return frozenset()
    surnames = {word.lower() for one in marked for word in re.findall(r"[^\W\d_]+", one)[:2]}
    found = set(marked)
    for one in labels:
        name = rf"(?i:\b{re.escape(one)}\b)"
        told = rf"{_WORKS_FOR}{name}|{name}(?: reports| reporting| has (?:the|more)| joins us)\b"
        reports = re.search(told, text) is not None
        if one.isupper() and (one.lower() in surnames or reports):
            found.add(one)
    return frozenset(found)


def _spokespersons(title: str | None, labels: list[str]) -> frozenset[str]:
    """Who answers at a briefing: "A", "Spokesperson", or whom the title names."""
    if not title or not _BRIEFING.search(title):
        return frozenset()
    return frozenset(one for one in labels if _ANSWERS.match(one) or (" " in one and one in title))
