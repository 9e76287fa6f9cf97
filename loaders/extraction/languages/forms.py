"""The forms of a language's words, from the endings of its paradigms.

Only words that somebody asked for have forms: a word of a text is looked up among them, never
analysed. A name, which no list has, is brought back to its nominative by the pack's rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from loaders.extraction.languages.pack import Pack

CASES = "ngdaip"
"""Nominative, genitive, dative, accusative, instrumental, prepositional: as the slots of a row."""

_ROWS = ("sg", "fem", "neu", "pl")
_SHORTEST = 3  # letters of a name before an ending of one; before a longer one, one less


@dataclass(frozen=True, slots=True)
class Form:
    """What a form may be of a word.

    Attributes:
        cases: as letters.
        plural: it is of several only; `several`: it may be.
    """

    word: str
    cases: str
    plural: bool
    several: bool = False


@dataclass(frozen=True, slots=True)
class NameRule:
    """A name in one of `cases` that ends in `from_` has `to` instead in the nominative.

    Attributes:
        doubtful: names that do not change end so too: only where something else speaks for it.
    """

    cases: str
    from_: str
    to: str
    doubtful: bool = False


class Forms:
    """The paradigms of one language."""

    def __init__(self, pack: Pack) -> None:
        self._low = pack.low
        self._paradigms: list[tuple[tuple[str, ...], bool, dict[str, Any]]] = []
        for row in pack.forms.get("paradigm", ()):
            any_of = bool(row.get("any_of"))
            ends = tuple(row["ends"]) if any_of else (row["ends"],)
            self._paradigms.append((ends, any_of, row))
        self._irregular = {
            pack.low(row.get("sg", row.get("pl", "")).split()[0]): row
            for row in pack.forms.get("irregular", ())
        }
        self.names = tuple(
            NameRule(
                row["cases"].replace(" ", ""), row["from"], row["to"], bool(row.get("doubtful"))
            )
            for row in pack.forms.get("name", ())
        )

    def of(self, word: str) -> dict[str, Form]:
        """All forms of a word, each with its cases; a word of no paradigm is the same in all."""
        low = self._low(word)
        found: dict[str, Form] = {}
        for form, case, plural in self._slots(low):
            held = found.get(form)
            cases = (held.cases if held else "") + case
            only = plural if held is None else held.plural and plural
            several = plural or (held is not None and held.several)
            found[form] = Form(low, "".join(sorted(set(cases), key=CASES.index)), only, several)
        return found or {low: Form(low, CASES, False)}

    def _slots(self, low: str) -> Iterator[tuple[str, str, bool]]:
        head, dash, last = low.rpartition("-")
        row = self._irregular.get(last)
        if row is not None:
            yield from _filled(row, head + dash, whole=True)
            return
        for ends, any_of, row in self._paradigms:
            end = next((e for e in ends if last.endswith(e)), None)
            if end is not None and len(last) > max(2, len(end)):
                stem = head + dash + (last if any_of else last[: -len(end)])
                yield from _filled(row, stem, whole=False)
                return

    def nominatives(self, word: str, cases: str) -> list[str]:
        """What a name may be in the nominative, the likeliest by its ending first."""
        low = word.lower()
        sure: list[str] = [] if cases and "n" not in cases else [word]
        doubtful: list[str] = []
        for rule in self.names:
            if cases and not set(rule.cases) & set(cases):
                continue
            shortest = _SHORTEST if len(rule.from_) == 1 else _SHORTEST - 1
            if low.endswith(rule.from_) and len(word) - len(rule.from_) >= shortest:
                base = word[: len(word) - len(rule.from_)] + rule.to
                (doubtful if rule.doubtful else sure).append(base)
        return list(dict.fromkeys([*sure, word, *doubtful]))


def _filled(row: dict[str, Any], stem: str, *, whole: bool) -> Iterator[tuple[str, str, bool]]:
    for name in _ROWS:
        slots = row.get(name, "").split()
        for case, slot in zip(CASES, slots, strict=False):
            for ending in slot.split("/"):
                if ending != ".":
                    form = stem + (ending if whole else ending.replace("-", ""))
                    yield form, case, name == "pl"
