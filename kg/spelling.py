"""How far two written names can be the same person's: words, initials and transliterations."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files

from kg.ids import fold
from kg.letters import is_cyrillic, romanized
from ontology.lexicon import Person

_HONORIFICS = frozenset(
    "mr mrs ms dr sir dame lord h.e he hh hm hrh sheikh shaikh sayyid gen general".split()  # noqa: SIM905
)
_SHORTEST_SOUND = 2
# South Slavic, Polish and Hungarian endings and pairs, as they are transcribed from hearing.
_ORTHOGRAPHIES = (
    (r"ic\Z", "ich"),
    (r"ck[iy]\Z", "tskiy"),
    (r"cs", "ch"),
    (r"cz", "ch"),
    (r"sz", "s"),
)
_PARTICLES = frozenset("al el bin ibn ben de di da van von der".split())  # noqa: SIM905
_TWO_SLIPS = 8
_THREE_SLIPS = 12
_ONE_SLIP = 5
# Between a name and the father's, which cannot change places.
_CHILD_OF = frozenset({"bin", "ibn", "bint"})
# The article before some letters, and as it is written in other transliterations.
_ARTICLE = re.compile(r"\b(?:el|as|ash|ad|an|ar|at|az|es|ul|ur|us)-(?=\w)")
_ORDINALS = {"1st": "i", "2nd": "ii", "3rd": "iii", "4th": "iv", "5th": "v", "6th": "vi"}
# An office in short before a name, which is no word of it: "DFM Morgan".
_ABBREVIATION = re.compile(r"\A(?:[B-DF-HJ-NP-TV-XZ]{3,4}\s+)+(?=[^\W\d_]\w*[^\W\d_A-Z])")
_SHORTEST_START = 3
_SERVANT = "abd"
# A rest of a name that stands behind the family's: so long, it may differ by two letters.
_LONG_REST = 6
# Letters and pairs that one sound is written with in different transliterations, in this order.
_SOUNDS = (
    ("x", "ks"), ("ph", "f"), ("ck", "k"), ("kh", "h"), ("zh", "z"), ("sh", "s"), ("ch", "č"),
    ("tz", "ts"), ("w", "v"), ("q", "k"), ("gu", "g"),
)  # fmt: skip


def name_tokens(name: str) -> tuple[str, ...]:
    """Folded words of a name without honorifics: `H.E. José Ramos-Horta` -> jose, ramos, horta.

    The dots of initials part words: `George H.W. Bush` -> george, h, w, bush. Arabic articles are
    one, and ordinals are numerals: `Sabah as-Salim`, `Aquino 3rd` -> sabah, al, salim; aquino, iii.
    """
    words = re.sub(
        r"\b(\w)\.(?=\w)", r"\1. ", fold(_ABBREVIATION.sub("", name)).removeprefix("h.e.")
    )
    words = _ARTICLE.sub("al-", words).replace("'", "")
    parts = (_ORDINALS.get(w, w).strip(".") for w in re.split(r"[\s,()\"“”«»-]+", words))
    return tuple(w for w in parts if w and w not in _HONORIFICS)


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """What transliterations of one given name share: `Aleksandr`, `Alexander` -> alksndr."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    word = re.sub(r"c(?=[eiy])", "s", word).replace("c", "k")
    word = re.sub(r"\A[yji](?=[aeiou])", "", word)
    word = re.sub(r"d\Z", "t", word)
    bare = word[:1] + re.sub(r"[aeiouyjh]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", bare)


def given_names_agree(a: str, b: str) -> bool:
    """True for the same name, its initial, a short form or another transliteration of it."""
    if len(a) == 1 or len(b) == 1:
        return a[:1] == b[:1]
    if a == b or (len(sound(a)) > 1 and sound(a) == sound(b)):
        return True
    return b in short_forms().get(a, ()) or a in short_forms().get(b, ())


@cache
def short_forms() -> Mapping[str, frozenset[str]]:
    """What somebody of a given name is called: `anthony` -> tony; from `given_names.toml`."""
    text = files("kg").joinpath("given_names.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["name"]
    return {row["formal"]: frozenset(row["short"]) for row in rows}


def names_agree(a: Sequence[str], b: Sequence[str]) -> bool:
    """True if two names (as tokens) can be one person's: surname equal, given names not at odds.

    A name of one word agrees with any name that it begins or ends.
    """
    if not a or not b:
        return False
    if is_cyrillic(a[-1]) != is_cyrillic(b[-1]):
        return _agree_across(a, b)
    if len(a) == 1 or len(b) == 1:
        one, other = (a, b) if len(a) == 1 else (b, a)
        return one[0] in (other[0], other[-1])
    if sorted(a) == sorted(b):
        return True
    return a[-1] == b[-1] and given_names_agree(a[0], b[0])


def _agree_across(a: Sequence[str], b: Sequence[str]) -> bool:
    """The same of a name in Cyrillic and one in Latin letters: surnames by sound."""
    one, other = ([romanized(w) for w in name] for name in (a, b))
    if len(one) == 1 or len(other) == 1:
        short, long = sorted((one, other), key=len)
        return any(surnames_sound_alike(short[0], w) for w in (long[0], long[-1]))
    straight = surnames_sound_alike(one[-1], other[-1]) and given_names_agree(one[0], other[0])
    turned = surnames_sound_alike(one[0], other[-1]) and given_names_agree(one[-1], other[0])
    return straight or turned


def surnames_sound_alike(a: str, b: str) -> bool:
    """True for two spellings of one surname: `mirzieev`, `mirziyoyev`; `petrovich`, `petrovic`."""
    one, other = _as_heard(a), _as_heard(b)
    return a == b or (len(one) > _SHORTEST_SOUND and one == other)


def _as_heard(surname: str) -> str:
    """The sound of a surname, also as it is written in countries with Latin letters."""
    for written, heard in _ORTHOGRAPHIES:
        surname = re.sub(written, heard, surname)
    return sound(surname)


class Fit(IntEnum):
    """How well a written name fits a known person.

    FULL: a known spelling, in any order of its words. SHORT: a form that is known to stand alone.
    PARTIAL: the last word of a spelling, or a surname with a given name or initial that fits.
    """

    NONE = 0
    PARTIAL = 1
    SHORT = 2
    FULL = 3


@dataclass(frozen=True, slots=True)
class Spellings:
    """The spellings of one known person, made ready for comparison.

    Attributes:
        names: the words of each spelling, in its order.
        full: the words of each spelling, sorted.
        short: forms known to stand alone; `last`: last words of spellings.
        words: every word of them.
    """

    names: tuple[tuple[str, ...], ...]
    full: frozenset[tuple[str, ...]]
    short: frozenset[tuple[str, ...]]
    last: frozenset[tuple[str, ...]]
    words: frozenset[str]

    @classmethod
    def of(cls, person: Person) -> Spellings:
        """The spellings of a person of the reference data."""
        names = tuple(n for n in map(name_tokens, (person.label, *person.names)) if n)
        short = frozenset(s for s in map(name_tokens, person.short) if s)
        return cls(
            names=names,
            full=frozenset(tuple(sorted(n)) for n in names),
            short=short,
            last=frozenset(n[-1:] for n in names),
            words=frozenset(w for n in (*names, *short) for w in n),
        )

    def fit(self, tokens: tuple[str, ...]) -> Fit:
        """How well a written name fits."""
        if not tokens:
            return Fit.NONE
        if tokens in self.names or (
            not _CHILD_OF & set(tokens) and tuple(sorted(tokens)) in self.full
        ):
            return Fit.FULL
        if tokens in self.short:
            return Fit.SHORT
        if tokens in self.last or self._is_variant(tokens):
            return Fit.PARTIAL
        return Fit.NONE

    def sounds_like(self, tokens: tuple[str, ...]) -> bool:
        """True if a name in Cyrillic can be a spelling in Latin letters of a given and a surname."""
        latin = (n for n in self.names if len(n) > 1 and not is_cyrillic(n[-1]))
        return len(tokens) > 1 and any(names_agree(tokens, n) for n in latin)

    def nearly(self, tokens: tuple[str, ...]) -> bool:
        """True if this is a spelling but for a slip: a surname that sounds alike or differs by a
        letter (by two in long ones), and a given name of the same initial; or behind the same
        family name another that is nearly theirs."""
        if self._is_nearly_surname("".join(tokens)) or self._is_nearly_behind(tokens):
            return True
        if not any(self._is_nearly_surname(w) for w in (tokens[-1], "".join(tokens[-2:]))):
            return False
        if tokens[0] in _PARTICLES:
            return True
        givens = sorted({n[0] for n in self.names if len(n) > 1})
        return any(g[0] == tokens[0][0] or _nearly(tokens[0], g) for g in givens)

    def _is_nearly_surname(self, word: str) -> bool:
        known = {"".join(s) for s in (*self.last, *self.short, *(n[-2:] for n in self.names))}
        return any(
            _nearly(word, s) or surnames_sound_alike(word, s) or _as_f(word) == _as_f(s)
            for s in sorted(known)
        )

    def _is_nearly_behind(self, tokens: tuple[str, ...]) -> bool:
        """Of names that begin with the family's: `Wang Li` for Wang Yi."""
        rest = "".join(tokens[1:])
        known = sorted({"".join(n[1:]) for n in self.names if len(n) > 1 and n[0] == tokens[0]})
        most = 2 if len(rest) >= _LONG_REST else 1
        return bool(rest) and any(_slips(rest, k, most) <= most for k in known)

    def respelt(self, tokens: tuple[str, ...]) -> bool:
        """True if every word is the word of a spelling in its place, in another transliteration."""
        if len(tokens) < 2 or any(len(t) == 1 for t in tokens):
            return False
        same = (n for n in self.names if len(n) == len(tokens))
        return any(all(map(_is_respelt, tokens, n)) for n in same)

    def has_word(self, tokens: tuple[str, ...]) -> bool:
        """True for a single word, particles and initials apart, that is nearly one of a spelling."""
        words = [t for t in tokens if len(t) >= _SHORTEST_START and t not in _PARTICLES]
        known = sorted(self.words - _PARTICLES)
        return len(words) == 1 and any(_nearly(words[0], w) for w in known)

    def within(self, tokens: Iterable[str]) -> bool:
        """True if some spelling has every one of these words: `George Bush` in George W. Bush."""
        wanted = set(tokens)
        return any(wanted <= set(full) for full in self.full)

    def _is_variant(self, tokens: tuple[str, ...]) -> bool:
        """A surname with a given name or initial that fits, and nothing that contradicts."""
        if len(tokens) < 2:
            return "".join(tokens) in {"".join(n[-2:]) for n in self.names}
        if not self._initials_fit(tokens):
            return False
        return any(_one_says_more(tokens, n) for n in self.names if len(n) > 1)

    def _initials_fit(self, tokens: tuple[str, ...]) -> bool:
        """A middle initial that the person does not have means somebody else of that surname."""
        names = self.names
        if any(is_cyrillic(t) for t in tokens):  # a patronymic is known only from its own script
            names = tuple(n for n in names if is_cyrillic(n[-1]))
        if all(len(n) < 3 for n in names):
            return True
        initials = {w[0] for w in self.words}
        return all(t in initials for t in tokens if len(t) == 1)


def _one_says_more(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True if one of two names has all words of the other, and they share a surname."""
    if not {a[0], a[-1]} & {w for w in (b[0], b[-1]) if len(w) > 1}:
        return False
    if _CHILD_OF & set(a) and _CHILD_OF & set(b) and not given_names_agree(a[0], b[0]):
        return False
    left = list(b)
    unmatched = 0
    for word in sorted(a, key=len, reverse=True):
        found = next((w for w in left if w == word), None) or next(
            (w for w in left if _loosely_agree(w, word)), None
        )
        if found is None:
            unmatched += 1
        else:
            left.remove(found)
    return len(b) - len(left) > 1 and not (unmatched and left)


def _loosely_agree(a: str, b: str) -> bool:
    return given_names_agree(a, b) or (
        min(len(a), len(b)) >= _SHORTEST_START and a[:3] == b[:3] and not _both_serve(a, b)
    )


def _both_serve(a: str, b: str) -> bool:
    """True for two names of the servant of God: `abdulaziz`, `abdulrahman`."""
    return a.startswith(_SERVANT) and b.startswith(_SERVANT)


def _is_respelt(a: str, b: str) -> bool:
    return _nearly(a, b) or (len(sound(a)) > _SHORTEST_SOUND and sound(a) == sound(b))


def _nearly(a: str, b: str) -> bool:
    """True for the same word, or a long one with one letter more, less, other or out of place; two
    in longer, three in the longest."""
    length = min(len(a), len(b))
    slips = sum(length >= shortest for shortest in (_ONE_SLIP, _TWO_SLIPS, _THREE_SLIPS))
    return a == b or _slips(a, b, slips) <= slips


def _as_f(word: str) -> str:
    """Theta as some languages hear it: `thaci`, `faci`."""
    return word.replace("th", "f")


def _slips(a: str, b: str, most: int) -> int:
    """How many letters have to be put in, left out, changed or swapped with the next; more than
    `most` if many."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    rows = [list(range(len(b) + 1))]
    for i in range(1, len(a) + 1):
        row = [i]
        for j in range(1, len(b) + 1):
            change = rows[-1][j - 1] + (a[i - 1] != b[j - 1])
            row.append(min(rows[-1][j] + 1, row[j - 1] + 1, change))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                row[j] = min(row[j], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]
