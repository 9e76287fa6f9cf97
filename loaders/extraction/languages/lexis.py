"""What a language calls states, organizations, places and offices: found in any of their forms.

Each name is a row of words; a word of a text stands for every word it may be a form of. A name is
found by its first word and then the longest that stands there, so a text is read in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.extraction.languages.forms import CASES, Form, Forms
from loaders.extraction.languages.pack import Pack
from loaders.extraction.languages.words import Words
from ontology.lexicon import SECOND_LANGUAGE, Lexicon, lexicon

_SPLIT = re.compile(r"\w+(?:[-’'ʼ‑]\w+)*")
_LONGEST_CODE = 6
KINDS = ("state", "adjective", "organization", "place", "office")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for.

    Attributes:
        kind: "state", "adjective", "organization", "place" or "office".
        name: as the language writes it, in the nominative.
        codes: of states and organizations, else the slug; several for a name that several bear.
    """

    kind: str
    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found at words `first` to `last` (exclusive), in these cases."""

    first: int
    last: int
    meaning: Meaning
    cases: str
    plural: bool


class Lexis:
    """All names of the reference data in one language."""

    def __init__(self, own: Pack) -> None:
        self.forms = Forms(own)
        self._pack = own
        self._of: dict[str, list[Form]] = {}
        self._known: set[str] = set()
        self._rows: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
        self._meanings: dict[tuple[tuple[str, ...], str], Meaning] = {}
        for kind, name, code in (*_reference_names(own.code, lexicon()), *_own_names(own)):
            self._add(kind, name, code)
        for rows in self._rows.values():
            rows.sort(key=lambda row: (-len(row[0]), row))

    def _add(self, kind: str, name: str, code: str) -> None:
        parts = _SPLIT.findall(name)
        key = tuple(self._pack.low(part) for part in parts)
        if not key:
            return
        held = self._meanings.get((key, kind))
        codes = (*held.codes, code) if held and code not in held.codes else (code,)
        self._meanings[key, kind] = Meaning(kind, name, codes if held is None or codes else ())
        if held is None:
            small = kind in ("adjective", "office")
            self._rows.setdefault(key[0], []).append((key, kind, small))
            for part in parts:
                self.learn(part)

    def learn(self, word: str) -> None:
        """Make the forms of a word known."""
        low = self._pack.low(word)
        if low in self._known:
            return
        self._known.add(low)
        code = word.isupper() and len(word) <= _LONGEST_CODE
        for text, form in ({low: Form(low, CASES, False)} if code else self.forms.of(word)).items():
            self._of.setdefault(text, []).append(form)

    def readings(self, low: str) -> list[Form]:
        """Which words of the reference data a word may be a form of."""
        return self._of.get(low, _NOTHING)

    def at(self, words: Words, i: int, kinds: frozenset[str], most: int = 99) -> Hit | None:
        """The longest name of one of these kinds that begins at word `i`, of `most` words."""
        best: Hit | None = None
        for form in self.readings(words.lows[i]):
            for key, kind, small in self._rows.get(form.word, ()):
                if best is not None and len(key) <= best.last - best.first:
                    break
                if (
                    len(key) > most
                    or kind not in kinds
                    or not (small or words.texts[i][0].isupper())
                ):
                    continue
                if self._continues(key, words, i) and self._as_written(key, kind, words, i):
                    meaning = self._meanings[key, kind]
                    best = Hit(i, i + len(key), meaning, form.cases, form.plural)
        return best

    def _continues(self, key: tuple[str, ...], words: Words, i: int) -> bool:
        if i + len(key) > len(words):
            return False
        for n in range(1, len(key)):
            low = words.lows[i + n]
            if low != key[n] and all(f.word != key[n] for f in self.readings(low)):
                return False
        return True

    def _as_written(self, key: tuple[str, ...], kind: str, words: Words, i: int) -> bool:
        """A name in capitals is found in capitals only: "ООН", "РФ"."""
        name = self._meanings[key, kind].name
        if kind == "adjective":
            return True
        return not (name.isupper() and len(name) <= _LONGEST_CODE) or words.texts[i].startswith(
            name
        )


_NOTHING: list[Form] = []


def _reference_names(language: str, data: Lexicon) -> Iterator[tuple[str, str, str]]:
    """Kind, name and code or slug of all that the reference data name in a language."""
    if language != SECOND_LANGUAGE:
        return
    for code, state in data.states.items():
        yield from (("state", name, code) for name in state.ru_names)
        yield from (("adjective", name, code) for name in state.ru_adjectives)
    for code, body in data.organizations.items():
        yield from (("organization", name, code) for name in body.ru)
    for slug, place in data.places.items():
        yield from (("place", name, slug) for name in place.ru)
    for slug, office in data.offices.items():
        yield from (("office", name, slug) for name in office.ru)


def _own_names(own: Pack) -> Iterator[tuple[str, str, str]]:
    """The same of `names.toml`."""
    for kind in KINDS:
        for code, names in own.names.get(kind, {}).items():
            yield from ((kind, name.strip(), code) for name in names.split(";"))
