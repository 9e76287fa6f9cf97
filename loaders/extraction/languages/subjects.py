"""A list of subjects parted into its items, and the topic of the tree that an item is of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.extraction.languages.pack import Pack
from loaders.extraction.languages.words import Words
from ontology.lexicon import SECOND_LANGUAGE, lexicon

_WORD = re.compile(r"\w+(?:-\w+)*")
_STEM = 4
_CLOSERS = frozenset(".;:!?")


class Subjects:
    """How one language lists subjects."""

    def __init__(self, own: Pack) -> None:
        lists = own.content["lists"]
        self._low = own.low
        self._and = frozenset(map(own.low, lists["and"].split()))
        self._parts = [tuple(own.low(w) for w in p.split("-")) for p in lists["parts"].split()]
        self._opening = frozenset(map(own.low, lists["opening"].split()))
        self._fields = frozenset(map(own.low, lists["fields"].split()))
        self._frames = frozenset(map(own.low, lists["frames"].split()))
        self._ends = frozenset(map(own.low, lists["ends"].split()))
        self._passive = tuple(own.language["words"]["participles_before"].split())
        self._prepositions = own.words("words", "prepositions") | own.words("words", "with")
        self._participles = tuple(own.language["words"]["participles"].split())
        self._longest = int(lists["longest"])
        self._cases = {case: tuple(ends.split()) for case, ends in lists["cases"].items()}
        self._verbs = tuple(lists["verbs"].split())
        self._endings = tuple(
            sorted(set(lists["stem_endings"].split()), key=lambda e: (-len(e), e))
        )
        self._topics = self._tree(own)

    def holds(self, words: Words, first: int, last: int) -> bool:
        """True if anything but a mark stands between two words."""
        return any(words.texts[k][0].isalnum() for k in range(first, last))

    def parts(self, words: Words, first: int, last: int, listed: bool) -> Iterator[tuple[int, int]]:
        """Offsets of the subjects between two words, in order.

        Args:
            listed: a list may stand there; else it is one clause.
        """
        last = self._bounded(words, first, last)
        whole = [(first, last)]
        for start, end in self._split(words, first, last) if listed else whole:
            a, b = self._trimmed(words, start, end)
            a, b = self._trimmed(words, a, min(b, a + self._longest))
            if any(words.lows[k] not in self._frames for k in range(a, b)):
                yield words.starts[a], words.ends[b - 1]

    def _bounded(self, words: Words, first: int, last: int) -> int:
        for k in range(first, last):
            low = words.lows[k]
            if words.texts[k] in _CLOSERS and k > first:
                return k
            if low in self._ends and words.low(k - 1) in (",", "-", "–", "—"):
                return k
        return last

    def _split(self, words: Words, first: int, last: int) -> Iterator[tuple[int, int]]:
        begin, comma = first, False
        k = first
        while k < last:
            if words.lows[k] in self._fields and not comma and self._lists_fields(words, k, last):
                begin, comma = k + 1, True  # "сотрудничество в сферах А, Б и В": three subjects
            size = self._part_at(words, k)
            if size or (words.texts[k] == "," and self._goes_on(words, begin, k, last)):
                yield begin, k
                begin, comma = k + max(size, 1), True
                k = begin
                continue
            if words.lows[k] in self._and and self._are_two(words, begin, k, last, comma):
                yield begin, k
                begin = k + 1
            k += 1
        yield begin, last

    def _lists_fields(self, words: Words, k: int, last: int) -> bool:
        """True if a list of fields follows, and no single one."""
        comma = next((n for n in range(k + 1, last) if words.texts[n] == ","), None)
        return comma is not None and self._goes_on(words, k + 1, comma, last)

    def _part_at(self, words: Words, k: int) -> int:
        for part in self._parts:
            if tuple(words.lows[k : k + len(part)]) == part:
                return len(part)
        return 0

    def _goes_on(self, words: Words, begin: int, k: int, last: int) -> bool:
        """A comma between two subjects, not one before a participle or inside a row of adjectives."""
        if k + 1 >= last or self._is_participle(words, k + 1):
            return False
        return bool(self._cases_of(words, begin) & self._cases_of(words, k + 1))

    def _is_participle(self, words: Words, k: int) -> bool:
        low = words.lows[k]
        governs = words.low(k + 1) in self._prepositions
        return low.endswith(self._participles) or (governs and low.endswith(self._passive))

    def _are_two(self, words: Words, begin: int, k: int, last: int, comma: bool) -> bool:
        """ "А и Б" are two subjects if both are phrases of their own in one case."""
        end = next((n for n in range(k + 1, last) if words.texts[n] == ","), last)
        left, right = k - begin, end - k - 1
        if not self._cases_of(words, begin) & self._cases_of(words, k + 1):
            return False
        if comma or (left == right == 1):
            return True
        return left >= 2 and right >= 2

    def _cases_of(self, words: Words, k: int) -> frozenset[str]:
        """The cases that the ending of a subject's first word allows."""
        while k < len(words) and words.lows[k] in self._opening:
            k += 1
        if k >= len(words) or words.lows[k].endswith(self._verbs):
            return frozenset()
        low = words.lows[k]
        found = {case for case, ends in self._cases.items() if low.endswith(ends)} or {"n", "a"}
        if low in self._frames:
            found |= self._cases_of(words, k + 1)
        return frozenset(found)

    def _trimmed(self, words: Words, start: int, end: int) -> tuple[int, int]:
        while start < end and (
            words.lows[start] in self._opening
            or (not words.texts[start][0].isalnum() and words.texts[start] not in '«"“(')
        ):
            start += 1
        while end > start and (
            (not words.texts[end - 1][0].isalnum() and words.texts[end - 1] not in '»"”)')
            or words.lows[end - 1] in self._opening
            or words.lows[end - 1] in self._and
        ):
            end -= 1
        return start, end

    # Topics of the tree ----------------------------------------------------------------------

    def _tree(self, own: Pack) -> dict[str, list[tuple[tuple[str, ...], str, bool]]]:
        found: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
        told = own.names.get("topic", {})
        for topic in lexicon().topics.values():
            known = topic.ru if own.code == SECOND_LANGUAGE else ()
            for name in (*known, *filter(None, told.get(topic.label, "").split(";"))):
                key = self._stems(name)
                if key:
                    found.setdefault(key[0], []).append((key, topic.label, topic.generic))
        for rows in found.values():
            rows.sort(key=lambda row: (row[2], -len(row[0]), row))
        return found

    def _stems(self, text: str) -> tuple[str, ...]:
        return tuple(self._stem(self._low(w)) for w in _WORD.findall(text))

    def _stem(self, word: str) -> str:
        for ending in self._endings:
            if word.endswith(ending) and len(word) - len(ending) >= _STEM:
                return word[: -len(ending)]
        return word

    def topic(self, text: str) -> str | None:
        """The English label of the topic that a subject names, the most particular first."""
        stems = self._stems(text)
        best: tuple[bool, int, int, str] | None = None
        for n, stem in enumerate(stems):
            for key, label, generic in self._topics.get(stem, ()):
                if stems[n : n + len(key)] == key:
                    rank = (generic, -len(key), n, label)
                    best = rank if best is None or rank < best else best
        return best[3] if best else None
