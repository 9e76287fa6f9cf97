"""Nouns that make one topic in pairs or behind a gathering noun: "peace and stability", "trade in A, B and C"."""

from __future__ import annotations

from loaders.extraction.content_heads import Part, has_preposition, head_index
from loaders.extraction.content_labels import names_subject, topic_label
from loaders.extraction.content_phrases import Range, is_adjective, waits
from loaders.extraction.content_tables import alike, word_class
from loaders.extraction.content_words import Words


def completes(words: Words, item: Range, before: Part, part: Range, separator: str) -> bool:
    """Rules for a short bare part: paired nouns, or one more object of a gathering noun."""
    first, last = part
    head = head_index(words, first, last)
    size = words.content[head + 1] - words.content[first]
    listed = separator != "," or has_preposition(words, *item)
    if listed and (is_pair(words, before[1] - 1, head) or is_pair(words, before[1] - 1, first)):
        return True  # "peace and stability", "oil and gas ventures"
    if words.low[head : head + 2] == ["rule", "of"] and has_preposition(words, *item):
        return words.low[before[1] - 1] in word_class("list", "paired")
    if words.low[first] in word_class("clause", "determiners"):
        at = gathering(words, *item, any_noun=False)
        if separator == "," and "for" in words.low[max(0, at - 2) : at]:
            return False  # "support for Peru, the Green Pact and ..."
        named = first + 1 < last and words.is_capital(first + 1) and words.is_capital(at)
        plural = words.low[head].endswith("s") and not words.low[head].endswith("ss")
        plural = plural and words.low[head] not in word_class("list", "counted")
        named = named and (words.is_capital(head) or plural or words.low[head] in _LANDS)
        same = named or words.low[head] in word_class("list", "generic_heads")
        return at > 0 and same and not has_preposition(words, first, last)
    if size > 2 or has_preposition(words, first, last):
        return False
    if separator == "," and "and" in words.low[item[0] : item[1]]:
        return False  # "trade in rupees and rials, consular access"
    at = gathering(words, *item, any_noun=size == 1 and separator == "and")
    if size > 1 and separator == "," and at and _begins_anew(words, at):
        return False  # "the expansion of ports, visa facilitation"
    if at and size > 1 and separator == "and" and "and" in words.low[at : item[1]]:
        return False  # "cooperation in wool and timber and regional security"
    if at:
        return words.is_capital(at) == words.is_capital(first)
    described = size == 1 and item[1] - item[0] > 1 and is_adjective(words.low[item[0]])
    return separator == "and" and described and not names_subject(topic_label(words.low[first]))


def _begins_anew(words: Words, at: int) -> bool:
    """True behind "the expansion of": it gathers over no comma, as "the use of" does."""
    near = words.low[max(0, at - 4) : at]
    return "of" in near[-2:] and _GATHERING.isdisjoint(near)


_GATHERING = frozenset(
    {"use", "export", "exports", "import", "imports", "sale", "sales", "purchase", "supply", "supplies", "delivery"}
    | {"deliveries", "prices", "exchange", "exchanges", "respect", "principles", "threat", "threats"}
)  # fmt: skip
_BOTH = frozenset({"countries", "sides", "nations", "peoples", "parties", "governments"})
_LANDS = frozenset({"region", "area", "peninsula", "strip", "basin", "zone", "belt", "states"})


def is_pair(words: Words, left: int, right: int) -> bool:
    return alike("list", "paired", words.low[left], words.low[right])


def gathering(words: Words, first: int, last: int, *, any_noun: bool) -> int:
    """Index of the object after "situation in", "cooperation in"; 0 if there is none."""
    for index in range(last - 2, first, -1):
        if words.low[index] == "between" and words.low[last - 1] in _BOTH:
            return 0  # "cooperation between the two countries"
        if words.low[index] in word_class("clause", "prepositions"):
            if any_noun or words.low[index - 1] in word_class("list", "containers"):
                at = index + 1
                light = word_class("clause", "determiners")
                while at < last - 1 and (words.low[at] in light or waits(words, at)):
                    at += 1
                return at
            if words.low[index] != "of":
                return 0
    return 0
