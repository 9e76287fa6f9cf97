"""Parts of a list that lie inside the item before them: "the removal of foreign troops and hired fighters"."""

from __future__ import annotations

from loaders.extraction.content_heads import Part, has_preposition, head_index, head_of
from loaders.extraction.content_phrases import Range, waits
from loaders.extraction.content_tables import alike, word_class
from loaders.extraction.content_words import Words

ARTICLES = frozenset({"the", "a", "an", "this", "these", "its", "their", "his", "her", "our"})


def does_too(words: Words, item: Range, part: Range) -> bool:
    """True for "cooperation in mending nets and in marking wrecks"."""
    if part[1] - part[0] < 2 or not words.low[part[0] + 1].endswith("ing"):
        return False
    inside = range(item[0] + 1, item[1] - 1)
    return any(words.low[i] == "in" and words.low[i + 1].endswith("ing") for i in inside)


def aims_too(words: Words, item: Range, part: Range) -> bool:
    """True for "efforts aimed at mending nets and marking wrecks"."""
    if not words.low[part[0]].endswith("ing") or part[1] - part[0] < 2:
        return False
    inside = range(item[0] + 1, item[1] - 2)
    return any(words.low[i].startswith("aim") and words.low[i + 1] == "at" for i in inside)


def is_cause(words: Words, item: Range, part: Range) -> bool:
    """True for "the dangers posed by drought and the heat": a second cause, as short as the first."""
    near = range(max(item[0], item[1] - 4), item[1] - 1)
    by = next((i for i in near if words.low[i] == "by" and words.low[i - 1].endswith("ed")), 0)
    short = part[1] - part[0] <= 3 and not has_preposition(words, *part)
    return by > 0 and short


def shares_owner_before(words: Words, item: Range, part: Range) -> bool:
    """True for "Cuba's disarmament and neutrality", "Cuba's ABM and cruise missile plans"."""
    end = item[1] - 1
    if end - 1 < item[0] or words.low[end - 1] != "'s" or part[1] - part[0] > _SHORT:
        return False
    light = word_class("clause", "determiners") | word_class("clause", "prepositions")
    if words.is_capital(part[0]) or not light.isdisjoint(words.low[part[0] : part[1]]):
        return False
    return part[1] - part[0] == 1 or words.is_capital(end)


_SHORT = 3


def pairs_inside(words: Words, item: Range, before: Part, part: Range) -> bool:
    """True for "the removal of foreign troops and hired fighters": a bare noun goes with the bare one before.

    The noun before "and" stands behind a preposition or a verb of the item, without an article of
    its own; a name, or a general word such as "relations", begins a topic of its own.
    """
    if before[2] == "," or _is_second_of_pair(words, item, before) or words.is_capital(item[1] - 1):
        return False
    start = _inner_start(words, item)
    if start == item[0] or words.low[start] in ARTICLES:
        return False
    first, last = part
    own_start = word_class("clause", "determiners") | word_class("clause", "prepositions")
    if words.low[first] in own_start or words.low[first].endswith("ing"):
        return False
    acts = last - first > 1 and words.low[first] in word_class("list", "verbs")
    owned = words.is_capital(first) and "'s" in words.low[first : min(last - 1, first + 4)]
    if acts or owned or words.low[item[1] - 1].isdigit():
        return False
    own_heads = word_class("list", "generic_heads") | word_class("list", "intentions")
    return words.low[head_index(words, first, last)] not in own_heads


def _is_second_of_pair(words: Words, item: Range, before: Part) -> bool:
    """True for the "investment" of "cooperation in trade and investment and border security"."""
    first, last, separator = before
    if separator != "and" or first - 2 < item[0] or last - first != 1:
        return False
    return alike("list", "paired", words.low[first - 2], words.low[first])


def _inner_start(words: Words, item: Range) -> int:
    """Where the last noun phrase of an item begins: behind its last preposition or "to" and verb."""
    for index in range(item[1] - 1, item[0], -1):
        if words.low[index - 1] in word_class("clause", "prepositions"):
            verb = words.low[index - 1] == "to" and words.low[index] in word_class("list", "verbs")
            return min(index + verb, item[1] - 1)
    return item[0]


def is_owned(words: Words, end: int, first: int, last: int) -> bool:
    """True for the "Egypt's role" of "ties between Sudan and Egypt and Egypt's role"."""
    if not (words.is_capital(end) and words.is_capital(first)):
        return False
    return "'s" in words.low[first : min(last - 1, first + 4)] and not words.is_capital(last - 1)


def is_of_the_day(words: Words, item: Range, part: Range) -> bool:
    """True for "ways to widen relations and regional issues": issues are no object of the verb."""
    opener = words.low[item[0]]
    acting = opener in ("ways", "how", "means", "steps", "prospects") or opener.endswith("ing")
    if waits(words, item[1] - 1) or "other" in words.low[part[0] : part[1]]:
        return False
    if not acting or head_of(words, *part) not in word_class("list", "of_the_day"):
        return False
    if not _SETTLING.isdisjoint(words.low[item[0] : item[0] + 4]):
        return False
    return waits(words, part[0]) or words.low[part[0]] in word_class("clause", "determiners")


_SETTLING = frozenset(
    {"address", "addressing", "resolve", "resolving", "settle", "settling", "solve", "solving", "tackle", "tackling"}
    | {"discuss", "discussing", "handle", "handling", "regulate", "regulating", "monitor", "monitoring"}
)  # fmt: skip
