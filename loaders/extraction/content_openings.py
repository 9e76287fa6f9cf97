"""Where the clause before a verb begins, going left: what stands between is the topic or who acts."""

from __future__ import annotations

from itertools import pairwise

from loaders.extraction.content_tables import word_class
from loaders.extraction.content_words import Words

_LONGEST_RELATIVE = 30
_LEFT_EDGES = frozenset(
    ["that", "while", "but", "which", "who", "if", "when", "because", "whether", "where"]
)


def left_start(words: Words, end: int) -> int:
    """Where the clause that ends before `end` begins: after a comma phrase, "and", a quotation mark."""
    index = _relative_before(words, end)
    absolute = words.low[end] not in _FINITE and not words.low[end].endswith("ed")
    while index > 0:
        word = words.low[index - 1]
        opening = _quotation_before(words, index)
        if opening:
            index = opening
            continue
        if word in '"“”«»;:—–' or word in _LEFT_EDGES:
            break
        if word == "with" and _opens_absolute(words, index - 1, absolute=absolute):
            break
        if word in ("said", "says") and words.is_capital(index - 2):
            break
        if word == "," and _opens_clause(words, index - 1):
            break
        index -= 1
    return index


def _relative_before(words: Words, end: int) -> int:
    """Where ", which has no mate," or ", in part by sea," begins that ends before `end`; else `end`."""
    if end < 4 or words.low[end - 1] != ",":
        return end
    for comma in range(end - 3, max(0, end - _LONGEST_RELATIVE), -1):
        if words.low[comma] == "," and _is_inserted(words, comma + 1):
            return comma
        if words.low[comma] in ",;:":
            return end
    return end


def _is_inserted(words: Words, first: int) -> bool:
    """True for the first word of a relative clause or of a circumstance set between commas."""
    if words.low[first] in ("which", "whose"):
        return True
    return words.matches(first, "clause", "tails") > words.matches(first, "clause", "strong")


def _opens_absolute(words: Words, index: int, *, absolute: bool) -> bool:
    """True for ", with trade topping the agenda"; not for "dialogue with Oslo was discussed"."""
    if not absolute and words.low[index - 1 : index] != [","]:
        return False
    return not _joins_partner(words, index)


def _joins_partner(words: Words, index: int) -> bool:
    """True for the "with" of "dialogue with Oslo and with Bergen", which begins no clause."""
    if words.low[index] != "with" or index == 0:
        return False
    before = words.low[index - 1]
    return before == "and" or before in word_class("list", "containers")


_FINITE = frozenset(
    {"was", "were", "is", "are", "has", "have", "had", "came", "come", "arose", "took"}
)


def _quotation_before(words: Words, end: int) -> int:
    """Where the few words in quotation marks begin that end before `end`, if they belong to a phrase."""
    if end < 4 or words.low[end - 1] not in '"”»' or words.low[end - 2] in ".,;:!?":
        return 0
    near = range(end - 3, max(0, end - 9), -1)
    at = next((i for i in near if words.low[i] in '"“«.,;:'), 0)
    return at if at and words.low[at] in '"“«' and words.low[at - 1] not in ".,;:" else 0


def _opens_clause(words: Words, comma: int) -> bool:
    """True if what stands before the comma is an adverbial such as "During the talks,"."""
    first = comma
    while first > 0 and words.low[first - 1] not in '"“”«»;:,':
        first -= 1
    opener = words.low[first]
    if opener == "with" or (first > 0 and words.matches(first, "clause", "strong")):
        return False
    if words.low[first + 1] == "which":
        return False  # "in which relations in the political, ..."
    if words.low[comma + 1] == "and":
        return _has_verb(words, comma)
    if words.matches(first, "clause", "asides") or words.low[comma + 1] == "with":
        return True
    stops, light = word_class("clause", "stops"), word_class("clause", "prepositions")
    return (
        opener in stops
        or opener in light
        or opener in word_class("clause", "adverbs") | {"according"}
    )


def _has_verb(words: Words, comma: int) -> bool:
    """True where a clause ends at the comma before "and"; in "wool, tugs, and reefs" none does."""
    first = comma
    while first > 0 and words.low[first - 1] not in ";:.":
        first -= 1
    verbs = word_class("clause", "finite") | word_class("clause", "past_verbs")
    stretch = words.low[first:comma]
    told = any(w.endswith("ed") and b in _BEHIND_VERB for w, b in pairwise(stretch))
    return told or not verbs.isdisjoint(stretch)


_BEHIND_VERB = frozenset(
    {"the", "a", "an", "that", "to", "on", "his", "her", "its", "their", "in", "with"}
)
