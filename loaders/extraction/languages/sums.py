"""Sums of money with what they say: bilateral trade of 7.7 billion dollars in 2018."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kg.model import Figure, Modality, Span
from loaders.extraction.languages.lexis import Lexis
from loaders.extraction.languages.pack import Pack
from loaders.extraction.languages.sentences import Line
from loaders.extraction.languages.words import Words

_BACK = 14  # words between what is measured and the sum
_MONTHS = 12
_MODALITIES: dict[str, Modality] = {"target": "target", "forecast": "forecast"}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Sum:
    first: int
    last: int
    value: float
    unit: str


class Sums:
    """How one language writes sums."""

    def __init__(self, own: Pack, names: Lexis) -> None:
        self._lexis, content = names, own.content
        self._units: dict[str, str] = {}
        self._signs: dict[str, str] = {}
        for row in content["currency"]:
            self._signs.update(dict.fromkeys(row["signs"].split(), row["code"]))
            self._units.update(self._learned(own, row["words"], row["code"]))
        self._scales: dict[str, float] = {}
        for value, words in content["scale"].items():
            self._scales.update({w: float(value) for w in self._learned(own, words, value)})
        self._measured: dict[str, str] = {}
        for row in content["figure"]:
            self._measured.update(self._learned(own, row["words"], row["indicator"]))
        self._modality: dict[str, Modality] = {
            own.low(w): _MODALITIES[name]
            for name, ws in content["modality"].items()
            for w in ws.split()
        }
        self._comparators = _by_word(own, content["comparators"])
        self._year, self._last = own.words("time", "year"), own.words("time", "last")
        periods = own.language["periods"]
        self._half, self._first = own.words("periods", "half_year"), own.words("periods", "first")
        told = own.language["months"].items()
        self._month_names = {own.low(w): int(n) for n, ws in told for w in ws.split()}
        self._month = own.words("periods", "month")
        self._numbers = {
            own.low(w): n + 1 for n, ws in enumerate(periods["numbers"]) for w in ws.split()
        }

    def _learned(self, own: Pack, words: str, value: str) -> dict[str, str]:
        for word in words.split():
            self._lexis.learn(word)
        return {own.low(word): value for word in words.split()}

    def of(self, line: Line, day: date | None = None) -> Iterator[Figure]:
        """The sums of a sentence that say something of the two sides' dealings.

        Args:
            day: of the report, for "last year".
        """
        words, after = line.words, 0
        for i in range(len(words)):
            found = self._sum(words, i) if i >= after else None
            indicator = self._indicator(words, i) if found else None
            if found is None or indicator is None:
                continue
            after = found.last
            start, end = words.starts[found.first], words.ends[found.last - 1]
            before = words.lows[max(0, found.first - _BACK) : found.first]
            title = line.kind == "title"
            told = (self._modality[w] for w in before if w in self._modality)
            modality: Modality = next(told, "actual")
            yield Figure(
                indicator, found.value, found.unit, self._period(words, day), modality,
                next((c for w in reversed(before[-3:]) if (c := self._comparators.get(w))), None),
                None if title else Span(start, end), title,
            )  # fmt: skip

    def _sum(self, words: Words, i: int) -> _Sum | None:
        number = _number(words.lows[i])
        if number is None:
            return None
        first, unit, at = i, self._signs.get(words.low(i - 1)), i + 1
        if unit is not None:
            first = i - 1
        scale = next((s for s in self._read(words, at, self._scales)), None)
        if scale is not None:
            number, at = self._scaled(words, number, scale, at + 1)
        if unit is None:
            unit = next((u for u in self._read(words, at, self._units)), None) or self._signs.get(
                words.low(at)
            )
            at += 1
        return _Sum(first, min(at, len(words)), round(number, 2), unit) if unit else None

    def _scaled(self, words: Words, number: float, scale: float, at: int) -> tuple[float, int]:
        """The number times its scale, with what a smaller scale adds: "1 млрд 200 млн"."""
        number *= scale
        if words.low(at) == ".":
            at += 1
        more = _number(words.low(at)) if at < len(words) else None
        smaller = next(iter(self._read(words, at + 1, self._scales)), scale)
        if more is None or smaller >= scale:
            return number, at
        return number + more * smaller, at + 2

    def _read(self, words: Words, k: int, table: dict[str, T]) -> Iterator[T]:
        if k < len(words):
            for form in self._lexis.readings(words.lows[k]):
                if form.word in table:
                    yield table[form.word]

    def _indicator(self, words: Words, i: int) -> str | None:
        for k in range(i - 1, max(-1, i - _BACK), -1):
            for found in self._read(words, k, self._measured):
                return found
        return None

    def _period(self, words: Words, day: date | None) -> str | None:
        """The year, half-year or first months of a year that a sentence names."""
        for k, low in enumerate(words.lows):
            if not (
                low.isdecimal()
                and low.isascii()
                and len(low) == 4
                and words.low(k + 1) in self._year
            ):
                continue
            return self._part_of_year(words, k, low)
        for k, low in enumerate(words.lows):
            if low in self._last and words.low(k + 1) in self._year and day is not None:
                return str(day.year - 1)
        return None

    def _part_of_year(self, words: Words, k: int, year: str) -> str:
        before = words.lows[max(0, k - 3) : k]
        first, dash, last = words.low(k - 1).partition("-")
        if dash and first in self._month_names and last in self._month_names:
            named = self._month_names
            return f"{year}-{named[first]:02d}/{year}-{named[last]:02d}"
        if any(w in self._half for w in before):
            return f"{year}-H{1 if any(w in self._first for w in before) else 2}"
        months = next(
            (self._numbers.get(w) or _small(w) for w in before if w in self._numbers or _small(w)),
            None,
        )
        if months and any(w in self._month for w in before) and months < _MONTHS:
            return f"{year}-H1" if months == 6 else f"{year}-01/{year}-{months:02d}"
        return year


def _small(word: str) -> int | None:
    return int(word) if word.isdecimal() and word.isascii() and len(word) <= 2 else None


def _number(low: str) -> float | None:
    text = low.replace(",", ".")
    if not low[0].isdigit() or not low.isascii() or text.count(".") > 1:
        return None
    try:
        return float(text)
    except ValueError:
        return None


def _by_word(own: Pack, table: dict[str, str]) -> dict[str, str]:
    return {own.low(w): name for name, words in table.items() for w in words.split()}
