"""How far the extractor's own confidence can be trusted: what it said against what was right.

A well calibrated extractor is right in 8 of 10 cases of which it said 0.8. The Brier score is the
mean square of the difference: 0 is perfect, and saying 0.5 of everything gives 0.25.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, get_args

from benchmarks.accuracy.outcome import Level, Trust

EDGES: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
LEVELS: Final[tuple[Level, ...]] = get_args(Level)


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases of about one confidence: from `low` up to (and at the top including) `high`."""

    low: float
    high: float
    cases: int
    said: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Confidence against truth for one kind of thing."""

    level: Level
    cases: int
    brier: float
    bins: tuple[Bin, ...]


def reliability(trust: Iterable[Trust]) -> tuple[Reliability, ...]:
    """One table for each kind of thing that the extractor gave a confidence for."""
    every = list(trust)
    by_level = ((level, [t for t in every if t.level == level]) for level in LEVELS)
    return tuple(_table(level, cases) for level, cases in by_level if cases)


def _table(level: Level, cases: Sequence[Trust]) -> Reliability:
    brier = sum((t.confidence - t.right) ** 2 for t in cases) / len(cases)
    bins = [
        _bin(low, high, [t for t in cases if _inside(t, low, high)])
        for low, high in pairwise(EDGES)
    ]
    return Reliability(level, len(cases), brier, tuple(b for b in bins if b.cases))


def _inside(case: Trust, low: float, high: float) -> bool:
    return low <= case.confidence < high or (high == EDGES[-1] == case.confidence)


def _bin(low: float, high: float, cases: Sequence[Trust]) -> Bin:
    count = len(cases) or 1
    said = sum(t.confidence for t in cases) / count
    return Bin(low, high, len(cases), said, sum(t.right for t in cases) / count)
