"""Heads that the parts of a list share: "defence and energy cooperation" names its noun but once."""

from __future__ import annotations

from loaders.extraction.content_phrases import Range, is_adjective, waits
from loaders.extraction.content_tables import alike, word_class
from loaders.extraction.content_words import Words

Part = tuple[int, int, str]
"""First and last (exclusive) word of a stretch, and the comma or "and" before it."""

_RELATIVES = frozenset({"that", "which", "who"})


BONDS = frozenset(
    {"relations", "ties", "cooperation", "dialogue", "interaction", "collaboration", "coordination"}
    | {
        "partnership",
        "links",
        "contacts",
        "exchanges",
        "support",
        "alliance",
        "friendship",
        "relationship",
    }
)


_INNER = frozenset({"between", "through", "via"})


_BARE_HEADS = frozenset(
    {
        "shipments",
        "management",
        "supplies",
        "deliveries",
        "exports",
        "imports",
        "prices",
        "production",
    }
)


def shares_last_head(words: Words, parts: list[Part]) -> bool:
    """True for "trade, energy and transport cooperation": short parts before a general noun."""
    if len(parts) < 2:
        return False
    last_first, last_last, _ = parts[-1]
    if _are_acronyms(words, parts):
        return True  # "further NATO, OSCE and EU support"
    if all(words.low[last - 1] in BONDS for _, last, _ in parts) and _are_bare(words, parts[1:]):
        return True  # "the long alliance, friendship and partnership"
    if head_of(words, last_first, last_last) not in word_class("list", "generic_heads"):
        return False
    if last_last - last_first < 2 or words.low[last_first] in word_class("clause", "determiners"):
        return False
    if any(w in word_class("clause", "prepositions") for w in words.low[last_first:last_last][:2]):
        return False
    if len(parts) == 2 and _is_of_the_world(words, parts):
        return False
    heads = word_class("list", "generic_heads")
    return all(
        last - first <= 2
        and words.low[last - 1] not in heads
        and words.low[first] not in word_class("clause", "prepositions")
        for first, last, _ in parts[:-1]
    ) and any(is_adjective(words.low[last - 1]) for _, last, _ in parts[:-1]) | (len(parts) == 2)


def _are_acronyms(words: Words, parts: list[Part]) -> bool:
    """True for short parts that end with acronyms, the last of which has the noun for all."""
    first, last, _ = parts[-1]
    if last - first != 2 or not words.words[first].isupper() or words.is_capital(last - 1):
        return False
    return all(e - s <= 2 and words.words[e - 1].isupper() for s, e, _ in parts[:-1])


def _is_of_the_world(words: Words, parts: list[Part]) -> bool:
    """True for "trade and regional issues": a noun, then the stock phrase for all the rest."""
    (_, before, _), (first, last, _) = parts
    stock = words.low[first] in _WORLDLY and words.low[last - 1] not in BONDS
    return stock and not waits(words, before - 1)


_WORLDLY = frozenset({"regional", "international", "global", "multilateral", "hybrid", "world"})


def fields_of_cooperation(words: Words, parts: list[Part]) -> bool:
    """True for "cooperation in trade and investment, transport and water", "ties in the tourism, water and energy sectors"."""
    if len(parts) < 3 or not _are_bare(words, parts[1:]):
        return False
    if all(separator == "and" for _, _, separator in parts[1:]):
        return False  # "cooperation in trade and investment and regional security"
    first, last, _ = parts[0]
    if words.low[last - 2] == "the" and last - first > 2:
        return words.low[parts[-1][1] - 1] in word_class("list", "shared_heads")
    at = next((i for i in range(first + 1, last - 1) if words.low[i] in ("in", "on")), 0)
    return at > 0 and words.low[at - 1] in BONDS | {"priorities"}


def _are_bare(words: Words, parts: list[Part]) -> bool:
    """True for short parts without an article or a preposition."""
    light = word_class("clause", "prepositions") | word_class("clause", "determiners")
    return all(
        stop - start <= 3
        and light.isdisjoint(words.low[start + _is_the_arts(words, start, stop) : stop])
        for start, stop, _ in parts
    )


def _is_the_arts(words: Words, first: int, last: int) -> bool:
    """True for "the arts", "the digital economy"; "the visa regime" is no field of work."""
    return words.low[first] == "the" and (last - first == 2 or waits(words, first + 1))


def one_article(words: Words, parts: list[Part]) -> int:
    """How many parts "the investment, energy and food security fields" has behind its first."""
    first, last, _ = parts[0]
    first += words.low[first] == "in"
    if words.low[first] != "the" or last - first != 2:
        return 0
    light = word_class("clause", "determiners") | word_class("clause", "prepositions")
    for number, (start, stop, _) in enumerate(parts[1:], 1):
        if stop - start > 4 or words.low[start] in light:
            return 0
        if head_of(words, start, stop) in word_class("list", "shared_heads"):
            return number
    return 0


def head_of(words: Words, first: int, last: int) -> str:
    return words.low[head_index(words, first, last)]


def head_index(words: Words, first: int, last: int) -> int:
    """Index of the noun before the first preposition."""
    for index in range(first + 1, last):
        if (
            words.low[index] in word_class("clause", "prepositions")
            or words.low[index] in _RELATIVES
        ):
            return index - 1
    return last - 1


def lacks_head(words: Words, item: Range, part: Range) -> bool:
    """True for "in the autumn and winter period": the noun behind "the" has its head in `part`."""
    longest = 3 + ("'s" in words.low[part[0] : part[1]])
    if words.low[item[1] - 2] != "the" or part[1] - part[0] > longest:
        return False
    light = word_class("clause", "determiners") | word_class("clause", "prepositions")
    bare = words.low[part[0]] not in light and not has_preposition(words, *part)
    return (
        bare
        and part[1] - part[0] > 1
        and words.low[part[1] - 1] in word_class("list", "shared_heads")
    )


def bare_modifier(words: Words, item: Range, part: Range) -> bool:
    """True for "grain and fertiliser shipments": one bare noun before a compound."""
    if item[1] - item[0] != 1 or part[1] - part[0] < 2:
        return False
    head = head_index(words, *part)
    return head - part[0] == 1 and words.low[head] in _BARE_HEADS


def is_trade_and(words: Words, item: Range, part: Range) -> bool:
    """True for "trade and economic cooperation": one bare noun, then an adjective with the shared head."""
    first, last = item
    described = words.low[last - 1] == "security" and waits(words, last - 2)
    bare = last - first == 1 or words.low[last - 1] in _MODIFYING or described
    head = head_index(words, *part)
    if head - part[0] != 1 or not bare or (head != part[1] - 1 and last - first == 1):
        return False
    if words.low[part[0]] in _WORLDLY and words.low[head] not in BONDS:
        return False
    return waits(words, part[0]) and words.low[head] in word_class("list", "generic_heads")


_MODIFYING = frozenset({"trade", "security", "defence", "defense", "energy", "food"})


def is_pair_of_issues(words: Words, item: Range, part: Range) -> bool:
    """True for "the peace and security issues of Asia": two nouns of one kind before one head."""
    head = head_index(words, *part)
    if not alike("list", "paired", words.low[item[1] - 1], words.low[part[0]]):
        return False
    return head == part[0] + 1 and words.low[head] in word_class("list", "generic_heads")


def is_named_pair(words: Words, item: Range, part: Range) -> bool:
    """True for "the US and NATO response": two names before one noun."""
    if item[1] - item[0] != 2 or words.low[item[0]] != "the" or not words.is_capital(item[1] - 1):
        return False
    size = head_index(words, *part) + 1 - part[0]
    if size not in (2, 3) or not words.is_capital(part[0]) or waits(words, part[0]):
        return False
    return not any(words.is_capital(i) for i in range(part[0] + 1, part[0] + size))


def is_kindred(words: Words, item: Range, part: Range) -> bool:
    """True for the parts of "food, energy and water security": bare nouns of one kind, one head."""
    first, last = part
    before = words.low[item[1] - 1]
    bare = item[1] - item[0] == 1 or words.low[item[1] - 2] in (",", "and", "of", "in", "on")
    if not bare or not alike("list", "kindred", before, words.low[first]):
        return False
    if last - first == 1:
        last += 3
        goes_on = words.low[first + 1 : first + 2] == ["and"] and last <= len(words)
        if not goes_on or not alike("list", "kindred", words.low[first], words.low[first + 2]):
            return False
    return last - first >= 2 and words.low[last - 1] in word_class("list", "kindred_heads")


def is_first_of_fields(words: Words, item: Range, part: Range) -> bool:
    """True for the "cultural" of "education, cultural and sports exchanges": one head for all."""
    first, last = part
    if last - first != 1 or not waits(words, first) or words.low[last : last + 1] != ["and"]:
        return False
    return not words.is_capital(first) and not has_preposition(words, *item)


def has_preposition(words: Words, first: int, last: int) -> bool:
    prepositions = word_class("clause", "prepositions")
    return any(w in prepositions and w not in _INNER for w in words.low[first:last])
