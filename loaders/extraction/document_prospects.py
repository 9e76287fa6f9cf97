"""When a document came about: an act that is still to come, one of before, and a name with "was put off" behind it."""

from __future__ import annotations

import re
from functools import cache

from loaders.extraction.content_tables import compile_pattern, table, word_class
from loaders.extraction.content_words import Words

FUTURE = word_class("clause", "modals") - {"to"}

# "in time" and ", officials said," may stand between.
_ASIDE = r"(?:,? (?:in|on|at|by|for) (?:[\w-]+ ){0,3}[\w-]+)?(?:,[^,.;]{3,60},)? "


@cache
def _tails() -> tuple[re.Pattern[str], ...]:
    rows = table("documents")["tail"]
    return tuple(compile_pattern(_ASIDE + f"(?:{row['pattern']})") for row in rows)


def is_to_come(words: Words, end: int) -> bool:
    """True if the words behind the document that ends before the word `end` say it is still to come."""
    if not 0 < end < len(words):
        return False
    return any(p.match(words.text, words.ends[end - 1], words.stop) for p in _tails())


def came_to(words: Words, to: int) -> bool:
    """True for "met to sign", "a ceremony to sign": it was done; not for "agreed to sign"."""
    low = words.low[max(0, to - 12) : to]
    if low and low[-1] in word_class("document", "intending"):
        return False
    if "became" in low and "first" in low:
        return True  # "became the first state to sign"
    return any(w in word_class("document", "gathered") for w in low) and not any(
        w in FUTURE for w in low
    )


def is_earlier(words: Words, at: int) -> bool:
    """True for "had signed", "which they signed": before the talks that are told."""
    first = max(0, at - 4)
    near = words.low[first : at + 1]
    relative = at > 0 and (
        words.low[at - 1] == "that" or "who" in near[:-1] or _is_relative(words, first, at)
    )
    clause = words.low[max(0, at - 14) : at]
    return relative or any(w in ("when", "since") for w in clause) or any(
        w in ("had", "previously", "earlier") for w in near
    )  # fmt: skip


def _is_relative(words: Words, first: int, at: int) -> bool:
    """True for "which they signed in May"; not for "talks, after which they signed"."""
    return any(
        words.low[i] == "which" and (i == 0 or words.low[i - 1] not in _THEREUPON)
        for i in range(first, at)
    )


_THEREUPON = frozenset({"after", "following", "upon", "during", "at", "in"})
