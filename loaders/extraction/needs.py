"""Strings that a text must hold before a pattern row is worth trying on it.

What is read off a pattern here is necessary for a match, never sufficient: a row that is passed
over could not have matched. Only sequences, groups and alternatives are understood; of anything
else (classes, look-around, what a quantifier makes optional) nothing is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Needs = tuple[tuple[str, ...], ...]
"""For each tuple at least one of its strings must stand in the text."""

_ATOM = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[A-Za-z][A-Za-z:|]*\}|\((?:\?(?:P<\w+>|:|[=!]|<[=!]|[a-z]+:))?|.",
    re.DOTALL,
)
_QUANTIFIER = re.compile(r"[?*+]\??|\{\d*(?:,\d*)?\}\??")
_SEQUENCE = re.compile(r"\((?:\?(?:P<\w+>|:))?")
_PLAIN = re.compile(r"[A-Za-z -]")


def needs_of(pattern: str, macros: Mapping[str, tuple[str, ...]]) -> Needs:
    """The strings that every match of `pattern` holds, the longest first.

    Args:
        macros: for each macro that stands for words, strings one of which each of its words holds.
    """
    found = _Reader(pattern, macros).alternatives()
    return tuple(sorted(dict.fromkeys(found), key=lambda s: (-min(map(len, s)), s)))


def holds(text: str, needs: Needs) -> bool:
    """True if the text has at least one string of each tuple."""
    for strings in needs:
        for string in strings:
            if string in text:
                break
        else:
            return False
    return True


class _Reader:
    """Reads one pattern from left to right."""

    __slots__ = ("_at", "_macros", "_pattern")

    def __init__(self, pattern: str, macros: Mapping[str, tuple[str, ...]]) -> None:
        self._pattern = pattern
        self._macros = macros
        self._at = 0

    def alternatives(self) -> list[tuple[str, ...]]:
        """What a group asks for, up to its closing bracket: of several ways one must be open."""
        ways = [self._way()]
        while self._take("|"):
            ways.append(self._way())
        self._take(")")
        if len(ways) == 1:
            return ways[0]
        if not all(ways):
            return []
        return [
            tuple(s for way in ways for s in max(way, key=lambda strings: min(map(len, strings))))
        ]

    def _take(self, sign: str) -> bool:
        taken = self._pattern.startswith(sign, self._at)
        self._at += taken
        return taken

    def _way(self) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        literal = ""
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            atom, asked, certain = self._atom()
            if certain and _PLAIN.fullmatch(atom):
                literal += atom
                continue
            found += [(literal,)] if literal.strip() else []
            literal = ""
            found += asked if certain else []
        return found + ([(literal,)] if literal.strip() else [])

    def _atom(self) -> tuple[str, list[tuple[str, ...]], bool]:
        """The next piece, what it asks for, and whether it must be there exactly once."""
        atom = _ATOM.match(self._pattern, self._at)
        assert atom is not None
        self._at = atom.end()
        asked: list[tuple[str, ...]] = []
        if atom[0][0] == "(":
            asked = self.alternatives()
            asked = asked if _SEQUENCE.fullmatch(atom[0]) else []
        elif (words := self._macros.get(atom[0][1:-1])) and atom[0][0] == "{":
            asked = [words]
        quantifier = _QUANTIFIER.match(self._pattern, self._at)
        self._at = quantifier.end() if quantifier else self._at
        return atom[0], asked, quantifier is None
