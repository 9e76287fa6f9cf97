"""The attribution at the end of a sentence of reported speech: ", the minister said on Monday"."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.extraction.content_subjects import speech_verbs, subject_before, subject_end
from loaders.extraction.content_tables import word_class
from loaders.extraction.content_words import Words


@dataclass(frozen=True, slots=True)
class Attribution:
    """ ", the minister said on Monday" behind the words it belongs to.

    Attributes:
        cut: index of the comma where the attributed words end.
        speaker: the words that name the speaker.
    """

    cut: int
    speaker: tuple[int, int]


def attribution_tail(words: Words, verbs: frozenset[str] | None = None) -> Attribution | None:
    """The attribution at the end of a sentence of reported speech, if there is one.

    Args:
        verbs: other verbs than those of speech: ", the two sides agreed".
    """
    for comma in range(len(words) - 2, max(2, len(words) - 34), -1):
        if words.low[comma] != ",":
            continue
        speaker = _speaker_after(words, comma + 1, verbs or speech_verbs())
        if speaker:
            return Attribution(comma, speaker)
    return None


def _speaker_after(words: Words, first: int, verbs: frozenset[str]) -> tuple[int, int] | None:
    if words.low[first] in verbs:
        last = subject_end(words, first + 1)
        if last > first + 1:
            return (first + 1, last) if _closes(words, last) else None
        written = not _WRITTEN.isdisjoint(words.low[first + 2 : first + 4])
        return _stranger(words, first + 1, len(words) - 1) if written else None
    for index in range(first + 1, min(len(words), first + 12)):
        if words.low[index] in ("has", "have") and "learned" in words.low[index : index + 3]:
            return first, index
        if words.low[index] in verbs and not words.is_capital(index):
            found = subject_before(words, index - (words.low[index - 1] in ("has", "have", "had")))
            behind = index + 1 + (words.low[index : index + 2] == ["pointed", "out"])
            fits = found and found[0] == first and _closes(words, behind)
            return found if fits else _stranger(words, first, index)
    return None


def _stranger(words: Words, first: int, verb: int) -> tuple[int, int] | None:
    """The source of ", a diplomat in the room said": a noun phrase alone before the last verb."""
    closed = verb + 1 >= len(words) or words.low[verb + 1] == "."
    if not closed or words.low[first] not in _ARTICLES:
        return None
    light = word_class("clause", "finite") | word_class("clause", "stops")
    inner = words.low[first:verb]
    return (first, verb) if light.isdisjoint(inner) and "and" not in inner else None


_WRITTEN = frozenset(
    {"text", "release", "statement", "communiqué", "communique", "report", "note", "document"}
    | {"source", "readout", "agency", "ministry", "office", "presidency", "embassy", "paper"}
)
_ARTICLES = frozenset({"a", "an", "the", "its", "his", "her", "one"})


def _closes(words: Words, index: int) -> bool:
    """True if nothing that was said follows: the end, or when and where it was said."""
    if index >= len(words):
        return True
    rest = words.low[index:]
    if rest[0] == "," and len(rest) > 1 and rest[1].endswith("ing"):
        return True
    if rest[0] == "," and rest[1:2] and rest[1] in word_class("clause", "finite"):
        return False  # "A treaty, they said, will be drafted"
    return "that" not in rest and rest[0] in word_class("subject", "after_attribution")
