"""Strings that a text must hold before a pattern row is worth trying on it.

What is read off a pattern here is necessary for a match, never sufficient: a row that is passed
over could not have matched. Only sequences, groups and alternatives are understood; of anything
else (classes, look-around, what a quantifier makes optional) nothing is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_

from loaders.extraction.late_pattern import late

Needs = tuple[tuple[str, ...], ...]
"""For each tuple at least one of its strings, in lower case, must stand in the text."""
_Way = list[tuple[str, ...]]
_Asked = tuple[bool, tuple[str, ...]]

_ATOM = late(
    r"[A-Za-z -]{2,}(?![?*+{])|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[A-Za-z][A-Za-z:|]*\}|\((?:\?(?:P<\w+>|:|[=!]|<[=!]|[a-z]+:))?|.",
    re.DOTALL,
)
_QUANTIFIER = re.compile(r"[?*+]\??|\{\d*(?:,\d*)?\}\??")
_SEQUENCE = re.compile(r"\((?:\?(?:P<\w+>|i?:|=))?")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_REMEMBERED = 16_384
_OPENING = 2  # letters by which a string is looked for inside a word
_MOST_WAYS = 12
_RARER = 2.5
_COMMON = frozenset(("and", "her", "the", "for", "from", "that", "their", "with"))
_PLAIN = re.compile(r"[A-Za-z -]+")


def needs_of(pattern: str, macros: Mapping[str, tuple[str, ...]]) -> Needs:
    """The strings that every match of `pattern` holds, the longest first.

    Args:
        macros: for each macro that stands for words, strings one of which each of its words holds.
    """
    return _longest_first(_common(_Reader(pattern, macros).ways()))


def ways_of(pattern: str, macros: Mapping[str, tuple[str, ...]]) -> tuple[Needs, ...]:
    """For each way in which `pattern` may match the strings that such a match holds."""
    return tuple(dict.fromkeys(_longest_first(w) for w in _Reader(pattern, macros).ways()))


def _longest_first(needs: list[tuple[str, ...]]) -> Needs:
    return tuple(sorted(dict.fromkeys(needs), key=lambda s: (-min(map(len, s)), s)))


class Sieve:
    """Keeps of many rows those worth trying on a text, at a cost that hardly grows with the rows.

    A text is looked at word by word, and what a word is good for is remembered. Of a string with
    blanks only the longest part is asked for.
    """

    def __init__(self, rows: Sequence[tuple[frozenset[str], tuple[Needs, ...]]]) -> None:
        """Each row with words of which one must stand in the text (empty: any) and its ways."""
        ways = [
            (n, asked) for n, (words, each) in enumerate(rows) for asked in _told_apart(words, each)
        ]
        self._numbers = [number for number, _ in ways]
        self._all_ways = (1 << len(ways)) - 1
        self._met: dict[_Asked, int] = {}
        self._masks = [self._mask(way, asked) for way, (_, asked) in enumerate(ways)]
        self._always = sum(1 << way for way, mask in enumerate(self._masks) if not mask)
        self._words: dict[str, int] = {}
        self._parts: dict[str, int] = {}
        for (whole, strings), met in self._met.items():
            known = self._words if whole else self._parts
            for string in strings:
                known[string] = known.get(string, 0) | met
        self._by_opening: dict[str, list[tuple[str, int]]] = {}
        for string, met in self._parts.items():  # a single letter is none of them
            self._by_opening.setdefault(string[:_OPENING], []).append((string, met))
        self._good_for = lru_cache(_REMEMBERED)(self._read)

    def _mask(self, way: int, asked: frozenset[_Asked]) -> int:
        """All that a way asks for, as bits; the rarest brings the bit of the way as well.

        So only the ways whose rarest need is met are looked at.
        """
        mask = 0
        for one in sorted(asked):
            bit = 1 << len(self._numbers) + len(self._met)
            bit = self._met.setdefault(one, bit) & ~self._all_ways
            mask |= bit
        if asked:
            self._met[min(sorted(asked), key=_how_common)] |= 1 << way
        return mask

    def passing(self, low: str) -> list[int]:
        """Numbers of the rows that a text in lower case may match."""
        return list(dict.fromkeys(self._numbers[way] for way in self._open(low)))

    def lets(self, low: str) -> bool:
        """True if any row may match a text in lower case."""
        return bool(self._open(low))

    def _open(self, low: str) -> list[int]:
        """The ways all of whose needs a text meets."""
        met = reduce(or_, map(self._good_for, set(low.split())), self._always)
        masks, unmet = self._masks, ~met
        return [way for way in _numbers(met & self._all_ways) if not masks[way] & unmet]

    def _read(self, token: str) -> int:
        """The needs that a token meets, as bits, and the ways to be looked at for it."""
        met = 0
        for word in _WORD.findall(token):
            met |= self._words.get(word, 0)
        for start, letter in enumerate(token):  # fewer looks than there are strings to look for
            met |= self._parts.get(letter, 0)
            for string, good_for in self._by_opening.get(token[start : start + _OPENING], ()):
                if token.startswith(string, start):
                    met |= good_for
        return met


def _told_apart(words: frozenset[str], ways: tuple[Needs, ...]) -> list[frozenset[_Asked]]:
    """What each way asks for, but for what most texts hold and for ways that another includes."""
    whole = [(True, tuple(sorted(words)))] if words else []
    asked = dict.fromkeys(frozenset([*whole, *_asked(needs)]) for needs in ways)
    return [one for one in asked if not any(other < one for other in asked)]


def _asked(needs: Needs) -> list[_Asked]:
    return [(False, tuple(max(s.split(), key=len) for s in strings)) for strings in needs]


def _how_common(asked: _Asked) -> float:
    """How often one of the strings may stand in a text, roughly: the shorter, the oftener."""
    whole, strings = asked
    return sum(1.0 if s in _COMMON else float(_RARER ** -(len(s) + whole)) for s in strings)


def _numbers(bits: int) -> list[int]:
    found: list[int] = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found


def _common(ways: list[_Way]) -> _Way:
    """What is asked for whichever way is open: of several, one string of each."""
    if len(ways) == 1:
        return ways[0]
    if not all(ways):
        return []
    return [tuple(s for way in ways for s in max(way, key=lambda strings: min(map(len, strings))))]


class _Reader:
    """Reads one pattern from left to right."""

    __slots__ = ("_at", "_macros", "_pattern")

    def __init__(self, pattern: str, macros: Mapping[str, tuple[str, ...]]) -> None:
        self._pattern = pattern
        self._macros = macros
        self._at = 0

    def ways(self) -> list[_Way]:
        """What each alternative of a group asks for, up to its closing bracket."""
        found = self._way()
        while self._take("|"):
            found += self._way()
        self._take(")")
        if all(len(way) < 2 for way in found):
            return [_common(found)]
        return found

    def _take(self, sign: str) -> bool:
        taken = self._pattern.startswith(sign, self._at)
        self._at += taken
        return taken

    def _way(self) -> list[_Way]:
        ways: list[_Way] = [[]]
        literal = ""
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            atom, asked, certain = self._atom()
            if certain and _PLAIN.fullmatch(atom):
                literal += atom.lower()
                continue
            if literal:
                ways = _each_with(ways, [[(literal,)]] if literal.strip() else [[]])
                literal = ""
            ways = _each_with(ways, asked) if certain else ways
        return _each_with(ways, [[(literal,)]] if literal.strip() else [[]])

    def _atom(self) -> tuple[str, list[_Way], bool]:
        """The next piece, what each of its ways asks for, and whether it must be there exactly once."""
        atom = _ATOM.match(self._pattern, self._at)
        assert atom is not None
        self._at = atom.end()
        asked: list[_Way] = [[]]
        if atom[0][0] == "(":
            asked = self.ways()
            asked = asked if _SEQUENCE.fullmatch(atom[0]) else [[]]
        elif (words := self._macros.get(atom[0][1:-1])) and atom[0][0] == "{":
            asked = [[words]]
        quantifier = _QUANTIFIER.match(self._pattern, self._at)
        self._at = quantifier.end() if quantifier else self._at
        return atom[0], asked, quantifier is None


def _each_with(ways: list[_Way], then: list[_Way]) -> list[_Way]:
    """All ways to go on from each of `ways`; where they would be too many, what is common to them."""
    if then == [[]]:  # most pieces of a pattern ask for nothing
        return ways
    if len(ways) * len(then) > _MOST_WAYS:
        then = [_common(then)]
    return [way + more for way in ways for more in then]
