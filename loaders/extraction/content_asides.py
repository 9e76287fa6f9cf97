"""Where a list of topics goes on behind an aside: "..., whose summit Cairo hosted, and ..."."""

from __future__ import annotations

from loaders.extraction.content_phrases import acts_next
from loaders.extraction.content_tables import word_class
from loaders.extraction.content_words import Words

_SINCE = frozenset({"after", "following", "since", "amid"})


_LONGEST_ASIDE = 17


_OPENING_NOUNS = frozenset(
    {"matters", "issues", "questions", "problems", "ways", "prospects", "steps", "measures"}
)


def resumed(words: Words, end: int, limit: int, link: str) -> int | None:
    """Where a list goes on behind ", whose summit Cairo hosted, and ...", "next month and ..."."""
    if end >= limit - 2:
        return None
    behind = end + words.matches(end, "clause", "times")
    if behind > end and words.low[behind] == "and" and words.low[end - 1] != "of":
        return behind + 1 if _may_go_on(words, behind + 1, limit) else None
    since = words.low[end] in _SINCE and "and" in words.low[end:limit]
    if not since and not _is_told_of(words, end) and not words.matches(end, "clause", "tails"):
        return None
    near = range(end, min(limit - 2, end + _LONGEST_ASIDE))
    comma = next((i for i in near if words.low[i] == ","), limit)
    if comma >= limit:
        ahead = range(end, min(limit - 2, end + _LONGEST_ASIDE))
        return next((i + 1 for i in ahead if _opens_topic(words, i)), None)
    if not _may_go_on(words, comma + 1, limit):
        return None
    found = _next_item(words, comma, link, since=since)
    if since or not _is_told_of(words, end):
        return found
    listed = found == comma + 1  # "including ...": of the clause itself behind "which"
    return found if listed == (words.low[end] == "that") else None


def past_circumstance(words: Words, first: int, limit: int) -> int:
    """Past "on Tuesday, in Luanda,", "at a meeting on Thursday" between a verb and its object."""
    index = _past_event(words, first, limit)
    while index + 2 < limit and words.low[index] in ("on", "in"):
        day = words.low[index + 1] in word_class("clause", "weekdays")
        town = words.low[index] == "in" and words.is_capital(index + 1)
        closed = words.low[index + 2] == ","
        dated = town and words.low[index + 2] == "on" and index + 3 < limit and (
            words.low[index + 3] in word_class("clause", "weekdays")
        )  # fmt: skip
        if not (day or town) or not (closed or day or dated or index > first):
            break
        index += 3 if closed else 2
    if index > first and index < limit and _opens_object(words, index):
        return index
    return first


def _past_event(words: Words, first: int, limit: int) -> int:
    """Past the "at a meeting" of "discussed at a meeting on Thursday gas prices"."""
    if words.low[first : first + 1] not in (["at"], ["during"], ["over"]):
        return first
    near = range(first + 1, min(limit - 1, first + 6))
    events = word_class("subject", "events") | _MEALS
    at = next((i for i in near if words.low[i] in events), None)
    return first if at is None or words.low[at + 1] in ("of", "with", "between") else at + 1


_MEALS = frozenset({"lunch", "dinner", "breakfast", "luncheon", "coffee", "tea"})


def _opens_object(words: Words, index: int) -> bool:
    """True for a determiner, and for a plain noun that begins the object without one."""
    word = words.low[index]
    if word in word_class("clause", "determiners"):
        return True
    light = word_class("clause", "prepositions") | word_class("clause", "finite")
    others = (
        word_class("clause", "stops") | word_class("clause", "past_verbs") | {"and", "that", "to"}
    )
    return word.isalpha() and word not in light | others and not words.is_capital(index)


def _is_told_of(words: Words, end: int) -> bool:
    """True for "whose ...", "of which ...": a relative clause."""
    opener = end + (words.low[end] in ("about", "on", "of", "in", "for"))
    return words.low[opener] in ("which", "whose", "who", "where", "that")


def _may_go_on(words: Words, first: int, limit: int) -> bool:
    """True if nothing behind `first` is the verb of a new clause."""
    verbs = word_class("clause", "finite") | word_class("clause", "past_verbs")
    opens = words.low[first] in word_class("clause", "pronouns") or acts_next(words, first - 1)
    return not opens and verbs.isdisjoint(words.low[first + 1 : limit])


def _next_item(words: Words, comma: int, link: str, *, since: bool) -> int | None:
    """The item behind the comma that closes an aside; None if none begins there."""
    first, second = words.low[comma + 1], words.low[comma + 2]
    if first == link and link in ("on", "about", "of"):
        return comma + 2
    if first == "and":
        return None if second == "with" else comma + 2
    if since and first in word_class("clause", "determiners"):
        return comma + 1
    if words.matches(comma + 1, "clause", "strong"):
        return comma + 1
    if since and words.low[comma - 1] in _EVENTS and _is_bare_list(words, comma + 1):
        return comma + 1
    goes_on = first == "to" and second in word_class("list", "verbs")
    return comma + 2 if goes_on else None


# "after the spring elections, migration and trade"; "amid drought, hunger and fires" is one aside.
_EVENTS = frozenset(
    {"election", "elections", "vote", "referendum", "summit", "talks", "meeting", "visit", "withdrawal", "coup", "war"}
)  # fmt: skip


def _is_bare_list(words: Words, first: int) -> bool:
    """True for "migration and digital schools" up to the end of the sentence: nouns alone."""
    last = next((i for i in range(first, len(words)) if words.low[i] in ".;:—–"), len(words))
    light = (word_class("clause", "prepositions") | word_class("clause", "finite")) - {"of", "in"}
    rest = words.low[first:last]
    plain = light.isdisjoint(rest) and not any(
        w.endswith("ed") or w.endswith("ing") for w in rest[:2]
    )
    return plain and "and" in rest and last - first <= _LONGEST_ASIDE


def _opens_topic(words: Words, index: int) -> bool:
    """True for "and matters of", "and ways to": plainly a further topic."""
    if words.low[index] != "and" or words.low[index + 2] not in ("of", "to", "for", "concerning"):
        return False
    return words.low[index + 1] in _OPENING_NOUNS


def manner_size(words: Words, first: int) -> int:
    """Size of "in detail", "in great depth", "in practical terms" behind a verb."""
    size = words.matches(first, "clause", "manner")
    qualified = words.low[first] in ("in", "at") and words.low[first + 2 : first + 3]
    if size or not qualified or words.low[first + 1] in word_class("clause", "determiners") - _MUCH:
        return size
    return 3 if qualified[0] in _MANNERS else 0


_MANNERS = frozenset({"terms", "detail", "details", "depth", "length"})
_MUCH = frozenset({"some", "more"})
