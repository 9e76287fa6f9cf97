"""Names of persons in running text, and their nominative.

A name is a row of capitalised words and initials. Each word is brought back to the nominative on
its own, by what is known of it (a word of a known leader's name, a word that stands elsewhere in
the report as it would in the nominative), then by the cases that its place allows.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from loaders.extraction.languages.forms import Forms
from loaders.extraction.languages.pack import Pack
from loaders.extraction.languages.words import Words
from ontology.lexicon import lexicon

_LONGEST = 6
_KNOWN, _SEEN = 4, 3
_PROPER = re.compile(r"[^\W\d_][\w'’ʼ‑-]{2,}(?!\.)")


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the reference data under one spelling in the language's script."""

    slug: str
    words: tuple[str, ...]


class People:
    """The words of which names of persons are made, in one language."""

    def __init__(self, own: Pack, forms: Forms) -> None:
        self._pack, self._forms = own, forms
        self.particles = own.words("words", "particles")
        self.no_names = own.words("words", "no_names")
        names = ("prepositions", "with", "to", "about", "and", "at", "joins", "negation")
        self._small = frozenset(w for name in names for w in own.words("words", name))
        self.honorifics = own.words("words", "honorifics")
        self.known, self.by_last = _known_people(own)

    def read(self, words: Words, i: int, stop: Collection[int]) -> int:
        """Index after the name that begins at word `i`; `i` itself if none does.

        Args:
            stop: words that belong to something else, such as a state's name.
        """
        at, proper = i, 0
        while at < len(words) and at - i < _LONGEST and at not in stop:
            if words.is_initials(at):
                if proper and at > i + 1:
                    break
            elif self._is_word(words, at, at == i):
                proper += 1
            elif not self._leads_on(words, at):
                break
            if at > i and words.starts[at] - words.ends[at - 1] > 1:
                break
            at += 1
            if proper and words.is_initials(at - 1):
                break
        return at if proper else i

    def _is_word(self, words: Words, at: int, first: bool) -> bool:
        text, low = words.texts[at], words.lows[at]
        if low in self.no_names or (first and low in self.particles):
            return False
        if not text[0].isalpha() or (text[0].islower() and not _hyphened(text)):
            return False
        following = words.texts[at + 1] if at + 1 < len(words) else ""
        return len(text) > 1 or (low not in self._small and following[:1].isupper())

    def _leads_on(self, words: Words, at: int) -> bool:
        """A particle belongs to a name if a name word follows: "ван дер Дерлин"."""
        if words.lows[at] not in self.particles:
            return False
        return at + 1 < len(words) and (
            words.texts[at + 1][0].isupper() or words.lows[at + 1] in self.particles
        )

    def nominative(self, text: str, cases: str, seen: Collection[str]) -> str:
        """A name in the nominative, word by word.

        Args:
            cases: letters of the cases it may stand in; empty where nothing tells.
            seen: words that the report has in names elsewhere, small letters.
        """
        turned = _PROPER.sub(lambda found: self._word(found[0], cases, seen), text)
        return re.sub(r"\s+", " ", turned)

    def _word(self, word: str, cases: str, seen: Collection[str]) -> str:
        if self._pack.low(word) in self.particles:
            return word
        candidates = self._forms.nominatives(word, cases)
        best, best_worth = candidates[0], -1
        for n, candidate in enumerate(candidates):
            worth = self._worth(candidate, seen) * 10 - n
            if best_worth < worth or n == 0:
                best, best_worth = candidate, worth
        return best

    def _worth(self, candidate: str, seen: Collection[str]) -> int:
        low = self._pack.low(candidate)
        return _KNOWN * (low in self.known) + _SEEN * (low in seen)


def _hyphened(text: str) -> bool:
    """ "аль-Сулейти", "эль-Вакиль": a small first part before a capital."""
    return "-" in text and any(part[:1].isupper() for part in text.split("-")[1:])


def _known_people(own: Pack) -> tuple[frozenset[str], dict[str, tuple[Known, ...]]]:
    words = set[str]()
    script = re.compile(f"[{own.language['detect']['script']}]")
    by_last: dict[str, list[Known]] = {}
    for slug, person in lexicon().persons.items():
        for name in (*person.names, *person.short):
            if script.match(name) is None:
                continue
            parts = tuple(own.low(p) for p in name.split() if "." not in p)
            words.update(parts)
            if len(parts) > 1:
                by_last.setdefault(parts[-1], []).append(Known(slug, parts))
    return frozenset(words), {last: tuple(found) for last, found in by_last.items()}
