"""The figures of one meeting: those of its sentences that are about its parties, each once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.model import Figure, ReportedMeeting, Span
from loaders.extraction.amounts import settled_unit
from loaders.extraction.figure_indicators import plain_indicator
from loaders.extraction.figures import NamedFigure
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.late_pattern import late
from loaders.extraction.tokens import tokenize

_BETWEEN_THEM = late(
    r"\b(?:our|we|us|bilateral|mutual|two-way|both|two (?:countries|states|nations|sides)|each other|reciprocal|sides|"
    r"their|they|he|she|joint)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A figure with the states that its sentence names.

    Attributes:
        others: codes of the states named, empty if words such as "mutual" tie it to the parties.
    """

    named: NamedFigure
    others: frozenset[str]


def told_figures(text: str, start: int, end: int, named: list[NamedFigure]) -> list[ToldFigure]:
    """The figures of a sentence with the states that it names."""
    amounts = [(n.start, n.end) for n in named]
    between = _BETWEEN_THEM.search(text, start, end)
    others = frozenset() if between else _states(text, start, end, amounts)
    return [ToldFigure(n, others) for n in named]


def _states(text: str, start: int, end: int, amounts: list[tuple[int, int]]) -> frozenset[str]:
    """The states that a sentence names; the "U.S." of "U.S. dollars" is none."""
    tokens = tokenize(text, start, end)
    found: set[str] = set()
    weak: set[str] = set()  # "Macedonia" may be a region; beside other states it counts
    for index, word in enumerate(tokens.words):
        within = any(a <= tokens.starts[index] < b for a, b in amounts)
        if word[:1].isupper() and not within:
            hit = gazetteer().at(tokens, index)
            if hit:
                named = weak if hit.entry.weak else found
                named.update(hit.entry.states, hit.entry.adjectives)
    return frozenset(found | weak if found else found)


def by_party(
    told: list[list[ToldFigure]], meetings: tuple[ReportedMeeting, ...]
) -> list[list[ToldFigure]]:
    """The figures told beside each meeting, those of the affairs of another meeting's party given to that one."""
    parties = [frozenset(p.state for p in m.participants) for m in meetings]
    given = [list(figures) for figures in told]
    for number, figures in enumerate(told):
        for one in figures:
            meant = [n for n, states in enumerate(parties) if one.others & states]
            if one.others and len(meant) == 1 and meant[0] != number and one not in told[meant[0]]:
                given[meant[0]].append(one)
    return given


def meeting_figures(told: list[ToldFigure], meeting: ReportedMeeting) -> tuple[Figure, ...]:
    """The figures of `meeting`; those of a third state's affairs are left out."""
    parties = frozenset(p.state for p in meeting.participants)
    found: list[Figure] = []
    for one in told:
        if one.others and not one.others & parties:
            continue
        _add(_figure(one.named, parties), found)
    return tuple(f for f in found if not _is_told_by_amount(f, found))


def _is_told_by_amount(growth: Figure, found: list[Figure]) -> bool:
    """True for the growth beside the amount it leads to: "87 billion, up 21 percent", "doubled to 20 billion"."""
    if growth.unit == "percent" and any(_stands_behind(growth, f) for f in found):
        return True
    return growth.unit in ("percent", "times") and any(
        f.indicator == plain_indicator(growth.indicator) and f.period == growth.period and f.unit != growth.unit
        and f.modality == growth.modality
        for f in found
    )  # fmt: skip


def _stands_behind(growth: Figure, amount: Figure) -> bool:
    """True for "60,000 tourists came in 2018, up 12 percent": the rate says how the amount came about."""
    if growth.span is None or amount.span is None or amount.unit in ("percent", "times"):
        return False
    return 0 < growth.span.start - amount.span.end < _NEAR and amount.unit in ("people", "visas")


_NEAR = 60


def _figure(named: NamedFigure, parties: frozenset[str | None]) -> Figure:
    return Figure(
        named.indicator, named.value, settled_unit(named.unit, parties), named.period, named.modality, named.comparator,
        Span(named.start, named.end),
    )  # fmt: skip


def _add(figure: Figure, found: list[Figure]) -> None:
    """Add a figure, or the period it gives to one already found."""
    for number, known in enumerate(found):
        if not _same(figure, known):
            continue
        if known.period is None and figure.period is not None:
            found[number] = replace(figure, comparator=figure.comparator or known.comparator)
        return
    found.append(figure)


def _same(a: Figure, b: Figure) -> bool:
    if (a.indicator, a.value, a.unit) != (b.indicator, b.value, b.unit):
        return False
    return a.period is None or b.period is None or a.period == b.period
