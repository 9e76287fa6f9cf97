"""Figures: what an amount in a sentence measures, for when, how sure it is and how exact.

The nearest indicator of `content_figures.toml` says what an amount is; without one, or beside a trap (votes, a
population), it is not a figure of the parties. A percentage counts only as growth or decline of an indicator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from kg.model import Modality
from loaders.extraction.amounts import Amount, amounts, holds_any, may_hold
from loaders.extraction.content_tables import compile_pattern
from loaders.extraction.earlier_periods import with_earlier
from loaders.extraction.figure_indicators import (
    Before,
    Place,
    figure_rows,
    label_of,
    namings_in,
)
from loaders.extraction.late_pattern import late
from loaders.extraction.periods import Period, periods

_WINDOW = 110
_COMPARED = late(
    r"\b(?:compared\s(?:to|with)|than(?:\sin)?|versus|against|relative\sto|over|from|same\s(?:period|months?|quarter|time)(?:\sof|\sin)?|(?:number|level|figure|volume|that|those)\s(?:of|in|for))\s(?:the\s|in\s)*\Z", re.IGNORECASE
)  # fmt: skip
_CLAUSE = re.compile(r"[,;(]|\band\b|\bbut\b|\bwhile\b")
_INNER = re.compile(r"\b(?:after|who|whose|whom)\b")
_FAR = 1000
_SINCE = re.compile(r"\bsince\s[^.,;]*\Z", re.IGNORECASE)
_FROM = late(r"(?:\sa\s\w+)?\sfrom\s", re.IGNORECASE)  # "$5,000 a day from 2031" is no comparison
_UNTIL = re.compile(r"\b(?:until|till)\s\Z", re.IGNORECASE)
_DATED_TEXT = late(
    r"\b(?:that|genocide|war|crisis|revolution|coup|earthquake|constitution|events|agreement|treaty|declaration|pact|memorandum|resolution|accord|protocol|convention)"
    r"\s(?:of|from|signed\sin)\s\Z", re.IGNORECASE
)  # fmt: skip
_YEARLY = late(r"(?:\s\w+){0,3}\s(?:(?:a|each|every|per)\s(?:year|day|month)|annually|yearly)\b")
_DOUBLING = ("oubl", "OUBL", "ripl", "RIPL", "rebl", "REBL", "uadrupl", "UADRUPL")


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A figure that a sentence names, before it is known whose it is.

    Attributes:
        indicator: label, e.g. "bilateral trade", "exports growth".
        start, end: offsets of the amount.
    """

    indicator: str
    value: float
    unit: str
    period: str | None
    modality: Modality
    comparator: str | None
    start: int
    end: int


def may_name(text: str, start: int, end: int) -> bool:
    """True if a sentence can name a figure at all."""
    return may_hold(text, start, end) or holds_any(text, start, end, _DOUBLING)


def sentence_figures(
    text: str, start: int, end: int, anchor: date | None, before: Before
) -> list[NamedFigure]:
    """The figures that a sentence names, in order.

    Args:
        anchor: the day of the report.
        before: gives the indicator that the sentence before ended with, for "it reached ...".
    """
    places = _places(_all_amounts(text, start, end), start, end)
    if not places:
        return []
    namings = namings_in(text, start, end)
    counted = [p.amount for p in places]
    assigned = _assigned(text, counted, periods(text, start, end, anchor))
    assigned = with_earlier(text, counted, assigned)
    found: list[NamedFigure] = []
    for number, place in enumerate(places):
        label = label_of(text, place, namings, before)
        if label is not None and not _trapped(text, place, start, end):
            shared = _shared(text, counted, assigned, number)
            found.append(_figure(text, place, label, assigned[number], shared, anchor))
    return found


def _all_amounts(text: str, start: int, end: int) -> list[Amount]:
    found = list(amounts(text, start, end))
    for row, pattern in figure_rows("growth"):
        if "times" not in row:
            continue
        for match in pattern.finditer(text, start, end):
            found.append(Amount(float(row["times"]), "times", "times", *match.span()))
    return sorted(found, key=lambda a: a.start)


def _places(found: list[Amount], start: int, end: int) -> list[Place]:
    return [
        Place(
            amount,
            found[n - 1].end if n else start,
            found[n + 1].start if n + 1 < len(found) else end,
        )
        for n, amount in enumerate(found)
    ]


def _trapped(text: str, place: Place, start: int, end: int) -> bool:
    amount = place.amount
    first = max(start, amount.start - 70)
    return any(
        amount.kind in row.get("units", amount.kind).split()
        and pattern.search(text, first, min(end, amount.end + int(row.get("reach", 50))))
        for row, pattern in figure_rows("trap")
    )


# How sure, how exact, for when ------------------------------------------------------------------------


def _figure(
    text: str,
    place: Place,
    label: str,
    own: Period | None,
    shared: Period | None,
    anchor: date | None,
) -> NamedFigure:
    amount = place.amount
    modality = _modality(text, place)
    if own is not None and modality == "actual" and own.ahead and _is_later(own, anchor):
        modality = "target"
    if own is not None and modality != "actual" and _is_past(own, anchor):
        modality, own = ("actual", own) if _is_told(own, amount) else (modality, None)
    period = own or (shared if modality == "actual" else None)
    comparator = "up-to" if amount.upper else _comparator(text, place)
    return NamedFigure(
        label, amount.value, amount.unit, period.text if period else None, modality, comparator,
        amount.start, amount.end,
    )  # fmt: skip


def _is_past(period: Period, anchor: date | None) -> bool:
    return not period.ahead and not (anchor and int(period.text[:4]) >= anchor.year)


def _is_told(period: Period, amount: Amount) -> bool:
    """True if a time gone by stands right behind an amount: it is told, whatever was wanted."""
    return 0 <= period.start - amount.end < 40


def _is_later(period: Period, anchor: date | None) -> bool:
    return anchor is None or int(period.text.rpartition("/")[2][:4]) > anchor.year


def _modality(text: str, place: Place) -> Modality:
    """By the telling word nearest before the amount; one that lies within another gives way."""
    amount = place.amount
    first = max(place.first, amount.start - _WINDOW)
    found = [
        (m.start(), m.end(), row["modality"])
        for row, pattern in figure_rows("modality")
        if row.get("where") != "after"
        for m in pattern.finditer(
            text, first, amount.end if amount.kind == "times" else amount.start
        )
    ]
    free = [
        f for f in found if not any(o[0] <= f[0] and f[1] <= o[1] and o[:2] != f[:2] for o in found)
    ]
    if free:
        return _as_modality(max(free)[2])
    for row, pattern in figure_rows("modality"):
        if row.get("where") == "after" and pattern.match(text, amount.end):
            return _as_modality(row["modality"])
    return "actual"


def _as_modality(written: str) -> Modality:
    return "target" if written == "target" else "forecast" if written == "forecast" else "actual"


def _comparator(text: str, place: Place) -> str | None:
    """The row that ends right before the amount; the longest wins: "not less than"."""
    before = text[max(place.first, place.amount.start - 40) : place.amount.start]
    found = [
        (m.end() - m.start(), row["id"])
        for row, _ in figure_rows("comparator")
        if (m := _closing(row["pattern"]).search(before))
    ]
    return max(found)[1] if found else None


@cache
def _closing(pattern: str) -> re.Pattern[str]:
    return compile_pattern(rf"\b(?:{pattern})\s*(?:a\s+total\s+of\s+)?\Z", re.IGNORECASE)


# For when ----------------------------------------------------------------------------------------------


def _assigned(text: str, found: list[Amount], times: list[Period]) -> list[Period | None]:
    """For each amount the period nearest to it; a period goes to one of its two neighbours."""
    best: list[tuple[int, Period] | None] = [None] * len(found)
    for period in times:
        single = len(period.text) in (4, 7) and "Q" not in period.text
        coming = period.ahead and any(
            _FROM.fullmatch(text, a.end, period.start) for a in found if a.end < period.start
        )
        if (
            single
            and not coming
            and _COMPARED.search(text, max(0, period.start - 24), period.start)
        ):
            continue
        if _SINCE.search(text, max(0, period.start - 90), period.start):
            continue
        until = _UNTIL.search(text, max(0, period.start - 12), period.start)
        if until and not any(0 < until.start() - a.end < 2 for a in found):
            continue  # "The treaty, for 6,000 troops, runs until 1973"
        if _DATED_TEXT.search(text, max(0, period.start - 30), period.start):
            continue
        index, gap = _neighbour(text, found, period)
        known = best[index]
        if gap < _FAR and (known is None or gap < known[0]):
            best[index] = (gap, period)
    return [b[1] if b else None for b in best]


def _neighbour(text: str, found: list[Amount], period: Period) -> tuple[int, int]:
    """Which amount a period belongs to, and how far away it is.

    A new clause counts as far; what stands before "who ..." or "after ..." is not for an amount inside.
    """
    right = next((n for n, a in enumerate(found) if a.start >= period.start), len(found))
    gaps = []
    if right > 0:
        gaps.append((_gap(text, found[right - 1].end, period.start), right - 1))
    if right < len(found):
        outside = _INNER.search(text, period.end, found[right].start) is not None
        gaps.append((_gap(text, period.end, found[right].start) + outside * _FAR, right))
    gap, index = min(gaps)
    return index, gap


def _gap(text: str, first: int, last: int) -> int:
    between = text[first:last]
    return len(between) + (40 if _CLAUSE.search(between) else 0)


def _shared(
    text: str, found: list[Amount], assigned: list[Period | None], index: int
) -> Period | None:
    """The period of the amount before, or of the one behind in "exports X and imports Y in 2020"."""
    if _YEARLY.match(text, found[index].end):
        return None
    alike = zip(found[:index], assigned, strict=False)
    before = next((p for a, p in reversed(list(alike)) if p and _alike(a, found[index])), None)
    if before is not None:
        return None if before.ahead else before
    if index + 1 < len(found) and assigned[index + 1] is not None:
        between = text[found[index].end : found[index + 1].start]
        if _AGAINST.search(between):
            return None
        follows = assigned[index + 1]
        if (
            follows
            and follows.start > found[index + 1].start
            and len(between) < 50
            and not follows.ahead
        ):
            return follows
    return None


_AGAINST = re.compile(r"\b(?:and that|compared|against(?!\s\w+\sof)|versus|than|from)\b")


def _alike(a: Amount, b: Amount) -> bool:
    """True for two sums or quantities, or two numbers of people or things, which a year may share."""
    return (a.kind in _COUNTED) == (b.kind in _COUNTED)


_COUNTED = frozenset({"people", "companies", "things", "doses"})
