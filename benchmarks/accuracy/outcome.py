"""What scoring one report gives: counts for the rows, remarks in words, and how sure was right.

A `Book` is filled while one report is scored; an `Outcome` is its frozen result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from benchmarks.accuracy.facts import Span
from benchmarks.accuracy.rows import Counts

Level = Literal["held meetings", "other meetings", "participants"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One difference: what was wanted and what was found, either of them None.

    Attributes:
        about: the meeting that it is a detail of.
    """

    what: str
    wanted: str | None
    found: str | None
    span: Span | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Trust:
    """How sure the extractor was of something, and whether it was right."""

    level: Level
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one report."""

    id: str
    counts: Mapping[str, Counts]
    remarks: tuple[Remark, ...] = ()
    trust: tuple[Trust, ...] = ()


@dataclass(slots=True)
class Book:
    """Counts and remarks of one report, while it is being scored."""

    counts: dict[str, Counts] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    trust: list[Trust] = field(default_factory=list)
    about: str | None = None

    def add(self, key: str, *numbers: int) -> None:
        """Add to the counts of a row."""
        before = self.counts.get(key, (0,) * len(numbers))
        self.counts[key] = tuple(a + b for a, b in zip(before, numbers, strict=True))

    def share(self, key: str, right: bool) -> None:
        """One more case of a row, right or not."""
        self.add(key, int(right), 1)

    def remark(self, what: str, wanted: object, found: object, span: Span | None = None) -> None:
        """Note a difference in words."""
        said = [None if side is None else str(side) for side in (wanted, found)]
        self.remarks.append(Remark(what, said[0], said[1], span, self.about))

    def sure(self, level: Level, confidence: float | None, right: bool) -> None:
        """Note how sure the extractor was, if it said."""
        if confidence is not None:
            self.trust.append(Trust(level, confidence, right))

    def closed(self, report: str) -> Outcome:
        """The frozen result, without rows where nothing was counted."""
        counts = {key: value for key, value in sorted(self.counts.items()) if any(value)}
        return Outcome(report, counts, tuple(self.remarks), tuple(self.trust))


def total(outcomes: Iterable[Outcome]) -> dict[str, Counts]:
    """The counts of several reports together."""
    book = Book()
    for outcome in outcomes:
        for key, numbers in outcome.counts.items():
            book.add(key, *numbers)
    return book.counts
