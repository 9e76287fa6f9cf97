"""The topic of the tree that a phrase names: the longest label found among its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from kg.ids import fold
from loaders.extraction.late_pattern import late
from ontology.lexicon import Topic, lexicon

_WORD = re.compile(r"[^\W_]+")
_STATE_OF_AFFAIRS = late(
    r"(?:(?:situation|developments|war|conflict|crisis|peace|stabili[sz]ation|future) (?:in|of)|war on) (?:the )?(.+)"
)
_SMALL = frozenset(["the", "a", "an", "of", "in", "on", "to", "for", "and", "s"])
_CONTEXT = frozenset(
    [
        "war",
        "aggression",
        "invasion",
        "conflict",
        "situation",
        "development",
        "crisis",
        "attack",
        "hostility",
        "settlement",
        "peace",
        "ceasefire",
        "military",
        "process",
        "operation",
        "unrest",
        "fighting",
        "violence",
        "truce",
        "territorial",
        "sovereignty",
    ]
)

Key = tuple[str, ...]


def _stem(word: str) -> str:
    if word == "crises":
        return "crisis"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=8192)
def key_of(phrase: str) -> Key:
    """Folded words of a phrase, plurals as singulars, possessive marks dropped."""
    plain = fold(phrase).replace("'s ", " ").replace("'", "").replace("u.s.", "us")
    return tuple(_stem(w) for w in _WORD.findall(plain))


class _Labels:
    """Labels by first word, and states and regions by the conflict that reports mean by them."""

    __slots__ = ("by_first", "by_region")

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.by_first: dict[str, list[tuple[Key, bool, str]]] = {}
        self.by_region: dict[Key, str] = {}
        for topic in topics:
            for name in (topic.label, *topic.names):
                self._add(name, topic)
        for rows in self.by_first.values():
            rows.sort(key=lambda row: (-len(row[0]), row))

    def _add(self, name: str, topic: Topic) -> None:
        key = key_of(name)
        if not key:
            return
        self.by_first.setdefault(key[0], []).append((key, topic.generic, topic.label))
        found = _STATE_OF_AFFAIRS.fullmatch(name)
        if found and not topic.generic:
            self.by_region.setdefault(key_of(found[1]), topic.label)


@cache
def _labels() -> _Labels:
    topics = lexicon().topics
    return _Labels(topics[slug] for slug in sorted(topics))


@lru_cache(maxsize=8192)
def topic_label(phrase: str) -> str | None:
    """Preferred label of the topic that `phrase` names, None if the tree has none.

    The longest label wins, one with a subject of its own before a stock phrase. A state or region
    stands for its conflict where it is the whole phrase or the phrase speaks of war and peace.
    """
    key = key_of(phrase)
    labels = _labels()
    bare = tuple(w for w in key if w not in _SMALL)
    if bare in labels.by_region:
        return labels.by_region[bare]
    best: tuple[bool, int, int, str] | None = None
    for at, size, generic, label in _found(key, labels):
        rank = (not generic, size, -at, label)
        best = rank if best is None or rank[:3] > best[:3] else best
    if best is not None and best[0] and best[1] > 1:
        return best[3]
    return _by_region(key, labels) or (best[3] if best else None)


@cache
def _stock() -> frozenset[str]:
    return frozenset(t.label for t in lexicon().topics.values() if t.generic)


def names_subject(label: str | None) -> bool:
    """True for a topic with a subject of its own, not for none or a stock phrase such as "relations"."""
    return label is not None and label not in _stock()


def _found(key: Key, labels: _Labels) -> Iterator[tuple[int, int, bool, str]]:
    for at, word in enumerate(key):
        for row, generic, label in labels.by_first.get(word, ()):
            if key[at : at + len(row)] == row:
                yield at, len(row), generic, label


def _by_region(key: Key, labels: _Labels) -> str | None:
    if not any(word in _CONTEXT for word in key):
        return None
    for at in range(len(key)):
        for size in (3, 2, 1):
            if key[at : at + size] in labels.by_region:
                return labels.by_region[key[at : at + size]]
    return None
