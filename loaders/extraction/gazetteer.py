"""States, organizations and places by what they are called: one dictionary probe per word.

The index is built once from `ontology.lexicon()`. A name is found by its first word and then by
the longest continuation, so that a pass over a text is linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.ids import fold
from loaders.extraction.institutions import institutions
from loaders.extraction.tokens import Tokens
from loaders.extraction.values import quickly_made
from ontology.lexicon import Lexicon, lexicon

_Seconds = dict[str, list[tuple[str, ...]]]
"""Names of several words by their second."""
_Called = tuple[str, str, bool]
"""What a name is called: a kind of things, the code of one of them, whether it often means another."""
_REMEMBERED = 8192
_WORDS = re.compile(r"(?:[^\W\d_]\.\s?){2,}|\b[^\W\d_]\.(?=\s)|\w+(?:['’ʼʻ`‑-]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name may stand for.

    Attributes:
        states: codes of states or organizations called so.
        adjectives: codes of states of which it is the adjective or demonym.
        places: slugs of places called so.
        organizations: codes of organizations.
        institutions: codes of the states or organizations of whose offices it is part ("Knesset").
        weak: True if the name often means something else.
    """

    states: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    weak: bool = False

    @property
    def only_institution(self) -> bool:
        """True for a name that stands for nothing but a body or region."""
        named = self.states or self.adjectives or self.places or self.organizations
        return bool(self.institutions) and not named


@quickly_made
@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found at tokens `first` to `last` (exclusive)."""

    first: int
    last: int
    entry: Entry


class Gazetteer:
    """Longest-match lookup of names in a sequence of tokens."""

    __slots__ = ("_entries", "_longer", "_openings", "_rows")

    def __init__(self, rows: Iterable[tuple[str, str, str, bool]]) -> None:
        self._rows: dict[tuple[str, ...], list[_Called]] = {}
        for name, kind, code, weak in rows:
            key = name_key(name)
            if key and key[0]:
                self._rows.setdefault(key, []).append((kind, code, weak))
        self._longer: dict[str, _Seconds] = {}
        for key in self._rows:
            seconds = self._longer.setdefault(key[0], {})
            if len(key) > 1:
                seconds.setdefault(key[1], []).append(key)
        for seconds in self._longer.values():
            for keys in seconds.values():
                keys.sort(key=lambda k: (-len(k), k))
        self._entries: dict[tuple[str, ...], Entry] = {}
        self._openings = lru_cache(_REMEMBERED)(self._opened_by)

    def _opened_by(self, word: str) -> tuple[tuple[str, _Seconds], ...]:
        """The spellings of a word that open names, each with the names of several words; mostly none."""
        return tuple((w, self._longer[w]) for w in word_keys(word) if w in self._longer)

    def at(self, tokens: Tokens, i: int) -> Hit | None:
        """The longest name that begins at token `i`, or None."""
        for first, seconds in self._openings(tokens.words[i]):
            key = _longest(seconds, tokens.words, i) if seconds else None
            entry = self._entry(key or (first,))
            if entry is not None:
                return Hit(i, i + len(key or (first,)), entry)
        return None

    def exact(self, name: str) -> Entry | None:
        """The entry of exactly this name, or None."""
        return self._entry(name_key(name))

    def _entry(self, key: tuple[str, ...]) -> Entry | None:
        """What a name stands for, made when it is first met: a run meets few of all names."""
        entry = self._entries.get(key)
        if entry is None and key in self._rows:
            entry = self._entries[key] = _made(self._rows[key])
        return entry


def _made(rows: list[_Called]) -> Entry:
    codes: dict[str, set[str]] = {}
    for kind, code, _ in rows:
        codes.setdefault(kind, set()).add(code)
    kinds = {k: tuple(sorted(v)) for k, v in _of_states(codes).items()}
    unsure = any(weak and code in kinds.get(kind, ()) for kind, code, weak in rows)
    return Entry(**kinds, weak=unsure)


def _of_states(kinds: dict[str, set[str]]) -> dict[str, set[str]]:
    """ "Liberia": the state, not the town of another one that bears its name."""
    states, places = kinds.get("states"), kinds.get("places")
    if not states or not places:
        return kinds
    own = {slug for slug in places if slug.partition("-")[0] in states}
    left = {kind: codes for kind, codes in kinds.items() if kind != "places"}
    return left | {"places": own} if own else left


def _longest(seconds: _Seconds, words: list[str], i: int) -> tuple[str, ...] | None:
    """Of the names with the first word at `i`, by their second word, the longest that stands there."""
    best: tuple[str, ...] | None = None
    for second in word_keys(words[i + 1]) if i + 1 < len(words) else ():
        for key in seconds.get(second, ()):
            if best is not None and len(best) >= len(key):
                break
            if len(key) == 2 or _continues(key, words, i):
                best = key
                break
    return best


def _continues(key: tuple[str, ...], words: list[str], i: int) -> bool:
    size = len(key)
    if i + size > len(words):
        return False
    for n in range(2, size):  # a loop, not all(): this runs for every capital letter of a text
        if key[n] not in word_keys(words[i + n]):
            return False
    return True


def name_key(name: str) -> tuple[str, ...]:
    """A name as the words it is compared by."""
    if name.isascii() and name.replace(" ", "").isalpha():
        return tuple(name.split())
    return tuple(_spell(part) for word in _WORDS.findall(name) for part in _parts(word))


def _parts(word: str) -> tuple[str, ...]:
    """A possessive is a word of its own, as in the tokens it is compared with."""
    return (word[:-2], "'s") if len(word) > 2 and word[-2:] in ("'s", "’s") else (word,)


def _spell(word: str) -> str:
    word = word.replace(" ", "").replace("’", "'").replace("‑", "-")
    return word if word.isascii() else _unaccented(word)


def _unaccented(word: str) -> str:
    bare = fold(word)
    return bare[:1].upper() + bare[1:] if word[:1].isupper() else bare


@lru_cache(maxsize=_REMEMBERED)
def word_keys(word: str) -> tuple[str, ...]:
    """Spellings under which a word may be indexed: as it is, and capitalised if in capitals."""
    plain = _spell(word)
    if len(plain) > 1 and plain.isupper() and "." not in plain:
        parts = "-".join(p.capitalize() for p in plain.split("-"))
        return (plain, parts)
    return (plain,)


def _state_rows(data: Lexicon) -> Iterable[tuple[str, str, str, bool]]:
    for code, state in data.states.items():
        for name in (*state.names, *state.weak):
            yield name.removeprefix("The ").removeprefix("the "), "states", code, name in state.weak
        for name in (*state.adjectives, *state.demonyms):
            yield name, "adjectives", code, False
        for name in state.demonyms:
            yield name + "s", "adjectives", code, False


def _other_rows(data: Lexicon) -> Iterable[tuple[str, str, str, bool]]:
    for code, body in data.organizations.items():
        for name in (*body.names, *body.weak):
            bare = name.removeprefix("The ").removeprefix("the ")
            if "High Commissioner" in bare and "Office" not in bare:
                continue  # the name of an office, which reads its holder's name as well
            yield bare, "organizations", code, name in body.weak
    for slug, place in data.places.items():
        for name in (*place.names, *place.weak):
            bare = name.removeprefix("The ").removeprefix("the ")
            yield bare, "places", slug, name in place.weak


@cache
def gazetteer() -> Gazetteer:
    """The index over the shipped reference data."""
    data = lexicon()
    bodies = [(b.name, "institutions", b.code, False) for b in institutions()]
    return Gazetteer([*_state_rows(data), *_other_rows(data), *bodies])
