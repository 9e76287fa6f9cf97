"""Expressions of many alternatives, so written that few of them are tried at each letter.

An engine that tries alternatives one after another looks first whether the letter at hand can begin
one. Here the alternatives are joined by their first letters. What is found is the same: whether
something matches, though not which alternative.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_FIRST = re.compile(r"(?:([A-Za-z])|\[([A-Za-z]{1,3})\])(?![?*+{])", re.DOTALL)
_CHOICE = re.compile(r"\(\?:([^()\[\]\\]*)\)(?![?*+{])")


def prefixes(words: Iterable[str]) -> str:
    """A pattern for all that begins with one of the words: a tree, tried letter by letter."""
    rest: dict[str, list[str]] = {}
    for word in sorted(words):
        if not word:
            return ""
        rest.setdefault(word[0], []).append(word[1:])
    ways = [re.escape(letter) + prefixes(ends) for letter, ends in rest.items()]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def by_first_letter(pattern: str) -> str:
    """A pattern that matches where `pattern` does, its alternatives joined by their first letters."""
    ends: dict[str, list[str]] = {}
    others: list[str] = []
    for way in _spelled_out(alternatives(pattern)):
        first = _FIRST.match(way)
        if first is None:
            others.append(way)
            continue
        for letter in first[1] or first[2]:
            ends.setdefault(letter, []).append(way[first.end() :])
    joined = [f"{letter}{_joined(rest)}" for letter, rest in sorted(ends.items())]
    return f"(?:{'|'.join([*joined, *others])})"


def _joined(ends: list[str]) -> str:
    words = [e for e in ends if e.replace(" ", "").isalpha()]
    others = [e for e in ends if e not in words]
    return f"(?:{'|'.join([*([prefixes(words)] if words else []), *others])})"


def _spelled_out(ways: list[str]) -> list[str]:
    """ "(?:told|urged) [a-z]+ here" as two alternatives."""
    found: list[str] = []
    for way in ways:
        choice = _CHOICE.match(way)
        found += [w + way[choice.end() :] for w in choice[1].split("|")] if choice else [way]
    return found


def alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern, those inside its groups apart."""
    found = [""]
    depth = 0
    for piece in _PIECE.findall(pattern):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += piece
    return found
