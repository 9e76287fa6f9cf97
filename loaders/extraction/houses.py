"""The house in which somebody serves, as part of his office: "Minister in the Prime Minister's Office"."""

from __future__ import annotations

from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.tokens import Tokens
from loaders.extraction.vocabulary import Vocabulary

_SERVE = frozenset(
    {"minister", "ministers", "secretary", "undersecretary", "under-secretary", "director", "director-general",
     "commissioner", "coordinator", "adviser", "advisor", "counsellor", "counselor", "attaché", "attache", "mission", "head", "chief",
     "official", "officer"}
)  # fmt: skip
_HOUSES = frozenset(
    {
        "office",
        "ministry",
        "department",
        "chancellery",
        "cabinet",
        "presidency",
        "amt",
        "embassy",
        "consulate",
        "legation",
    }
)
_PLAIN = frozenset(
    {"foreign", "defence", "defense", "finance", "interior", "economy", "trade", "ministry", "office", "embassy"}
)  # fmt: skip
_WORDS = 6  # of the name of a house
_OF_WHOM = 4  # words that name whose office it is


def past_own_house(tokens: Tokens, words: Vocabulary, i: int, head: str) -> int:
    """The index after the house that the "in", "at" or "for" at token `i` leads to; `i` without one."""
    if head not in _SERVE:
        return i
    first = n = i + 1 + (_low(tokens, i + 1) == "the")
    while n < first + _WORDS and _is_part(tokens, words, n):
        n += 1
        if _low(tokens, n - 1) in _HOUSES:
            return _past_owner(tokens, words, n) if _low(tokens, n) == "of" else n
    return i


def state_of_house(tokens: Tokens, i: int, end: int) -> tuple[str, ...]:
    """ "at the German Ministry for", "at the US Embassy": codes of the state whose house stands there."""
    k = i + (_low(tokens, i) == "the")
    hit = gazetteer().at(tokens, k) if k < end else None
    entry = hit.entry if hit is not None else None
    return (entry.adjectives or entry.states or entry.institutions) if entry is not None else ()


def _low(tokens: Tokens, i: int) -> str:
    return tokens.lows[i] if i < len(tokens) else ""


def _upper(tokens: Tokens, i: int) -> bool:
    return i < len(tokens) and tokens.words[i][0].isupper()


def _is_part(tokens: Tokens, words: Vocabulary, n: int) -> bool:
    if _low(tokens, n) in _PLAIN:  # "at Japan's foreign ministry", in small letters
        return _low(tokens, n) in _HOUSES or _low(tokens, n + 1) in _HOUSES
    return _low(tokens, n) == "'s" or (
        _upper(tokens, n) and _low(tokens, n) not in words.honorifics
    )


def _past_owner(tokens: Tokens, words: Vocabulary, n: int) -> int:
    """ "Ministry of Foreign Affairs", "Office of the State Counsellor": past the field or whose it is."""
    k = n + 1 + (_low(tokens, n + 1) == "the")
    last = k
    while _upper(tokens, last) and _low(tokens, last) in words.portfolios:
        last += 1
    for m in range(k, min(k + _OF_WHOM, len(tokens))):
        if not _upper(tokens, m):
            break
        if _low(tokens, m) in words.heads:
            return m + 1
    return last if last > k and k == n + 1 else n
