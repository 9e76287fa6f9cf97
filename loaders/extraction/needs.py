"""Strings that a text must hold before a pattern row is worth trying on it.

What is read off a pattern here is necessary for a match, never sufficient: a row that is passed
over could not have matched. Only sequences, groups and alternatives are understood; of anything
else (classes, look-around, what a quantifier makes optional) nothing is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

Needs = tuple[tuple[str, ...], ...]
"""For each tuple at least one of its strings, in lower case, must stand in the text."""

_ATOM = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[A-Za-z][A-Za-z:|]*\}|\((?:\?(?:P<\w+>|:|[=!]|<[=!]|[a-z]+:))?|.",
    re.DOTALL,
)
_QUANTIFIER = re.compile(r"[?*+]\??|\{\d*(?:,\d*)?\}\??")
_SEQUENCE = re.compile(r"\((?:\?(?:P<\w+>|i?:))?")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_REMEMBERED = 16_384
_PLAIN = re.compile(r"[A-Za-z -]")


def needs_of(pattern: str, macros: Mapping[str, tuple[str, ...]]) -> Needs:
    """The strings that every match of `pattern` holds, the longest first.

    Args:
        macros: for each macro that stands for words, strings one of which each of its words holds.
    """
    found = _Reader(pattern, macros).alternatives()
    return tuple(sorted(dict.fromkeys(found), key=lambda s: (-min(map(len, s)), s)))


class Sieve:
    """Keeps of many rows those worth trying on a text, at a cost that hardly grows with the rows.

    A text is looked at word by word, and what a word is good for is remembered. Of a string with
    blanks only the longest part is asked for.
    """

    def __init__(self, rows: Sequence[tuple[frozenset[str], Needs]]) -> None:
        """Each row with words of which one must stand in the text (empty: any) and its needs."""
        self._by_word: dict[str, int] = {}
        self._wordless = 0
        asked: dict[tuple[str, ...], int] = {}
        for number, (words, needs) in enumerate(rows):
            for word in words:
                self._by_word[word] = self._by_word.get(word, 0) | 1 << number
            self._wordless |= 0 if words else 1 << number
            for strings in needs:
                parts = tuple(max(s.split(), key=len) for s in strings)
                asked[parts] = asked.get(parts, 0) | 1 << number
        self._asked = tuple(asked.items())
        meets: dict[str, int] = {}
        for number, parts in enumerate(asked):
            for part in parts:
                meets[part] = meets.get(part, 0) | 1 << number
        self._meets = meets
        self._longest = max(map(len, meets), default=0)
        self._good_for = lru_cache(_REMEMBERED)(self._read)
        self._left_by = lru_cache(_REMEMBERED)(self._left)

    def passing(self, low: str) -> list[int]:
        """Numbers of the rows that a text in lower case may match."""
        rows, met = self._wordless, 0
        good_for = self._good_for
        for token in low.split():
            with_word, with_part = good_for(token)
            rows |= with_word
            met |= with_part
        return _numbers(rows & self._left_by(met))

    def _read(self, token: str) -> tuple[int, int]:
        """The rows one of whose words a token holds, and the needs that it meets, as bits."""
        rows = met = 0
        for word in _WORD.findall(token):
            rows |= self._by_word.get(word, 0)
        for start in range(len(token)):  # fewer looks than there are strings to look for
            for end in range(start + 1, min(len(token), start + self._longest) + 1):
                met |= self._meets.get(token[start:end], 0)
        return rows, met

    def _left(self, met: int) -> int:
        """The rows all of whose needs are met, as bits."""
        left = -1
        for number, (_, asking) in enumerate(self._asked):
            if not met >> number & 1:
                left &= ~asking
        return left


def _numbers(bits: int) -> list[int]:
    found: list[int] = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found


def prefixes(words: Iterable[str]) -> str:
    """A pattern for all that begins with one of the words: a tree, tried letter by letter."""
    rest: dict[str, list[str]] = {}
    for word in sorted(words):
        if not word:
            return ""
        rest.setdefault(word[0], []).append(word[1:])
    ways = [re.escape(letter) + prefixes(ends) for letter, ends in rest.items()]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


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
                literal += atom.lower()
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
