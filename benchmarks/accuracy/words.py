"""When two names, and when two topics, count as the same words. Case and accents never matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from benchmarks.accuracy.vocabulary import EMPTY, LETTERS, PARTICLES, TITLES

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"'s\b")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents, one kind of apostrophe and hyphen, single spaces."""
    split = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in split if not unicodedata.combining(c)).casefold()
    return " ".join(bare.translate(LETTERS).split())


def tokens(text: str) -> tuple[str, ...]:
    """The words in order, without the possessive ending."""
    return tuple(_WORD.findall(_POSSESSIVE.sub(" ", fold(text)).replace("u.s.", "us")))


@lru_cache(maxsize=65536)
def content(text: str) -> frozenset[str]:
    """The words that carry a subject; all words where none does."""
    every = frozenset(tokens(text))
    return every - EMPTY or every


def dice(a: str, b: str) -> float:
    """Twice the shared content words over all of both: 1 for the same words, 0 for none."""
    left, right = content(a), content(b)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def overlap(a: str, b: str) -> float:
    """Shared content words over those of the shorter: "President" is all of "State President"."""
    left, right = content(a), content(b)
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[str, ...]:
    """All words of a name, O'Neill being one."""
    return tuple(_WORD.findall(fold(name).replace("'", "")))


@lru_cache(maxsize=65536)
def surname(name: str) -> str | None:
    """The last word that is neither a title nor a particle; of a bare title, its last word."""
    words = name_words(name)
    untitled = [w for w in words if w not in TITLES] or words
    bare = [w for w in untitled if w not in PARTICLES] or untitled
    return bare[-1] if bare else None


def same_surname(a: str | None, b: str | None) -> bool:
    """True if the surname of one stands among the words of the other."""
    if not a or not b:
        return False
    return surname(a) in name_words(b) or surname(b) in name_words(a)
