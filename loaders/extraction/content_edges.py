"""The edges of a topic: no conjunction, mark or number of a list, and at most ten words that count."""

from __future__ import annotations

from loaders.extraction.content_phrases import Range, past_quoted
from loaders.extraction.content_tables import word_class
from loaders.extraction.content_words import Words

_CONTENT_LIMIT = 11
_OPENING, _CLOSING = frozenset('"“«'), frozenset('"”»')
_TRAILING = frozenset(
    {
        "it",
        "they",
        "he",
        "she",
        "we",
        "there",
        "here",
        "also",
        "which",
        "who",
        "together",
        "continued",
    }
)
_JOINED = frozenset({"work", "working", "act", "acting", "live", "living"})
_WHOM = frozenset({"him", "her", "them"})
_REPEATED = frozenset({"discussing", "reviewing"})
_NAMED = (["called"], ["termed"], ["calls"], ["dubbed"])
_START_KEEP = frozenset({"the", "a", "an", "both"})


def trim(words: Words, first: int, last: int) -> Range:
    """Drop conjunctions, prepositions, marks and the numbers of a list at both edges."""
    edges = word_class("list", "edges")
    while first < last:
        word = words.low[first]
        if past_quoted(words, first, last - 1):
            break
        if (
            (word in edges and word not in _START_KEEP)
            or word in _REPEATED
            or (word == "both" and _is_left_alone(words, first, last))
        ):
            first += 1
        elif is_item_number(words, first, last):
            first += 2
        elif words.low[first:last][:1] == ["what"] and words.low[first + 2 : last][:1] in _NAMED:
            first += 3
        elif words.low[first] == "what" and words.low[first + 2 : last][:2] == ["described", "as"]:
            first += 4
        else:
            break
    if words.low[last - 1] in _WHOM and words.low[last - 2] == "with" and last - 2 > first:
        last -= 2  # "discussed visas with him"
    while last > first and (words.low[last - 1] in edges or words.low[last - 1] in _TRAILING):
        if words.low[last - 1] == "together" and words.low[last - 2] in _JOINED:
            break
        if words.low[last - 1] in _CLOSING and not _OPENING.isdisjoint(words.low[first : last - 2]):
            break
        last -= 1
    return first, last


def _is_left_alone(words: Words, first: int, last: int) -> bool:
    """True for the "both" of "both trade", whose "and wool" has become a topic of its own."""
    parties = word_class("subject", "plural") | word_class("clause", "determiners")
    return words.low[first + 1 : first + 2] != ["'s"] and "and" not in words.low[first:last] and (
        first + 1 < last and words.low[first + 1] not in parties
    )  # fmt: skip


def is_item_number(words: Words, first: int, last: int) -> bool:
    """True for the "1)", "2." or "a)" of a list."""
    word = words.low[first]
    if first + 1 >= last or not ((word.isdigit() and len(word) < 3) or len(word) == 1):
        return False
    return words.low[first + 1] == ")" or (words.low[first + 1] == "." and word.isalnum())


def capped(words: Words, first: int, last: int) -> Range:
    """Cut a long phrase at the last boundary that leaves at most ten content words."""
    if words.content[last] - words.content[first] <= _CONTENT_LIMIT:
        return first, last
    best = 0
    for index in range(first + 1, last):
        if words.content[index] - words.content[first] > _CONTENT_LIMIT:
            break
        if _is_boundary(words.low[index]) and words.content[index] - words.content[first] >= 3:
            best = index
    return trim(words, first, best or index)


_OTHER_BOUNDARIES = frozenset({",", "and", "or", "through", "that"})


def _is_boundary(word: str) -> bool:
    return word in _OTHER_BOUNDARIES or word in word_class("clause", "prepositions")


def past_intention(words: Words, first: int, last: int) -> int:
    """Past "their shared commitment to", "the fact that": what somebody is committed to is the topic."""
    if words.low[first : first + 3] == ["the", "fact", "that"] and last > first + 4:
        return first + 3
    for index in range(first, min(last - 1, first + 6)):
        if words.low[index] in word_class("list", "intentions") and words.low[index + 1] in (
            "to",
            "in",
            "for",
        ):
            rest = index + 2
            return rest if words.content[last] - words.content[rest] >= 2 else first
    return first
