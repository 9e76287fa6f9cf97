"""Names in a list of topics: "the Belt and Road Initiative", "Chile and Peru's priorities" are one each."""

from __future__ import annotations

from functools import cache

from kg.ids import fold
from loaders.extraction.content_heads import head_index
from loaders.extraction.content_phrases import Range
from loaders.extraction.content_tables import word_class
from loaders.extraction.content_words import Words
from ontology.lexicon import lexicon


def article(words: Words, first: int, last: int) -> int:
    """Index of the "the" before the name that ends at `last`, else of the name."""
    index = last
    while index > first and (words.is_capital(index - 1) or words.low[index - 1] == "of"):
        index -= 1
    return index - (words.low[index - 1] == "the")


def is_name(words: Words, first: int, last: int) -> bool:
    """True for "the Organization of Turkic States": capital words, "of" and "the"."""
    last = next((i for i in range(first + 2, last) if words.low[i] == "to"), last)
    return words.low[first] == "the" and all(
        words.is_capital(i) or words.low[i] in ("of", "the") for i in range(first + 1, last)
    )


def shares_owner(words: Words, item: Range, part: Range) -> bool:
    """True for "Chile and Peru's priorities": names alone before "'s"."""
    plain = word_class("clause", "determiners")
    bare = all(words.is_capital(i) or words.low[i] in plain for i in range(*item))
    near = range(part[0], min(part[1], part[0] + 4))
    own = next((i for i in near if words.low[i] in ("'s", "'", "’")), 0)
    owned = own > 0 and all(words.is_capital(i) for i in range(part[0], own))
    return bare and owned and words.low[head_index(words, *part)].endswith("s")


def is_one_name(words: Words, end: int, part: Range) -> bool:
    """True for "the Belt and Road Initiative"."""
    head = head_index(words, *part)
    start = end
    while start > 0 and end - start < _LONGEST_NAME and words.is_capital(start):
        start -= 1
    return (
        start < end
        and words.low[start] == "the"
        and words.is_capital(part[0])
        and words.is_capital(head)
        and words.low[head] in word_class("list", "institutions")
    )


_LONGEST_NAME = 3


def shares_object(words: Words, end: int, first: int, last: int) -> bool:
    """ "from the United States and NATO to ...", "holding X and his aides to account"."""
    if not words.is_capital(end):
        return False
    if words.low[first] in ("his", "her", "their"):
        return True
    following = words.low[first + 1] if first + 1 < last else ""
    if words.low[first] == "the":
        return _is_party(words, end) and _opens_with_party(words, first + 1, last)
    return words.is_capital(first) and following in word_class("clause", "prepositions")


def _is_party(words: Words, end: int) -> bool:
    """True for the "Peru" of "ties with Peru", "the need for Peru": a party behind a preposition."""
    start = end
    while start > 0 and (words.is_capital(start - 1) or words.low[start - 1] == "of"):
        start -= 1
    named = start <= end and fold(words.slice(start, end + 1)) in _parties()
    before = words.low[start - 1 - (words.low[start - 1] == "the")] if start > 1 else ""
    return named and before in word_class("clause", "prepositions")


def _opens_with_party(words: Words, first: int, last: int) -> bool:
    """True for "United States", "Kingdom of Tonga to work": a state or an organization, alone or before a preposition."""
    ends = range(min(last, first + _LONGEST_PARTY), first, -1)
    stop = next((i for i in ends if fold(words.slice(first, i)) in _parties()), 0)
    return stop == last or (stop > 0 and words.low[stop] in word_class("clause", "prepositions"))


_LONGEST_PARTY = 5


@cache
def _parties() -> frozenset[str]:
    """Folded names of all states and organizations, without their article."""
    data = lexicon()
    states = (n for s in data.states.values() for n in (*s.names, *s.weak, s.label))
    others = (n for o in data.organizations.values() for n in (*o.names, o.label))
    return frozenset(fold(n).removeprefix("the ") for n in (*states, *others))


def is_acting(words: Words, item: Range, part: Range) -> bool:
    """True for "the need of Peru and Chile working together": a gerund shared by two names."""
    first, last = part
    if last - first < 2 or not words.is_capital(first) or not words.is_capital(item[1] - 1):
        return False
    following = words.low[first + 1]
    return following.endswith("ing") and following not in word_class("list", "not_adjectives")
