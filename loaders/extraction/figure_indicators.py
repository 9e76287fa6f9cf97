"""What an amount measures: the nearest indicator of `content_figures.toml`, else the words it stands with.

An amount without an indicator counts only if it is large; then the noun that is counted names it
("Samoan workers", "head of cattle"), or what the money is for ("repair of schools").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from loaders.extraction.amounts import Amount
from loaders.extraction.content_tables import compile_pattern, table
from loaders.extraction.late_pattern import late
from loaders.extraction.needs import Sieve, ways_of

Before = Callable[[], str | None]

_REACH_AFTER = 45
_DIRECT = late(
    r"[\s\"”-]*(?:(?:in|of|for|worth of|worth|as|to)\s)?(?:(?!(?:and|but|while|or|against|versus|compared)\b)[\w’'-]+\s){0,4}\Z",
    re.IGNORECASE,
)
_BY = late(r"\bby\s(?:(?:about|around|almost|nearly|over|more\sthan|some|the)\s)*\Z", re.IGNORECASE)
_REFERS = late(
    r"\bit\b|\b(?:this|that|the)\s(?:figure|number|volume|amount|indicator|sum|total|level)\b", re.IGNORECASE
)  # fmt: skip
_MARK = late(
    r"[\s-]*(?:dollars?[\s-])?(?:mark|threshold|milestone|target|goal|level)\b", re.IGNORECASE
)
_LEAST = {"money": 100_000.0, "people": 10.0, "things": 1000.0, "volume": 10.0}
_FOR = late(
    r"\s(?:(?:a|each|per) year )?(?:worth of|in|of|for|to|towards?|into) (?:(?:the|a|an|its|their|his|her|our) )?"
    r"(?P<noun>(?!(?:be|which|whom|this|that|last|next)\b)[a-z][\w’'-]*(?: (?:of (?:the )?)?(?!(?:in|of|for|to|by|at|on|and|or|that|which|with|from|was|were|had|is|are|last|this)\b)[A-Za-z][\w’'-]*){0,2})"
)
_OF = late(
    r"(?<![\w-])(?P<noun>(?!(?:the|a|an|of|its|their|his|her|which|who|it|that|this|there|and|or|by|in|with)\b)[A-Za-z][\w’'-]*(?:\s(?!(?:the|a|an|of|its|their|his|her)\b)[A-Za-z][\w’'-]*)?)"
    r"\s(?:of|at|to|was|is|were|worth)\s(?:(?:about|around|some|over|more\sthan|nearly|almost|up\sto)\s)?\Z"
)
_GOODS = re.compile(r"\s(?:a (?:day|year) )?of (?P<noun>[a-z][\w-]*)")


@dataclass(frozen=True, slots=True)
class Place:
    """An amount among its neighbours: the stretch of the sentence that is its own.

    Attributes:
        first, last: end of the amount before it, start of the one behind it.
    """

    amount: Amount
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Indicator:
    label: str
    units: frozenset[str]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Naming:
    """An indicator found in a sentence."""

    start: int
    end: int
    row: _Indicator


@cache
def _indicators() -> tuple[_Indicator, ...]:
    return tuple(
        _Indicator(r["label"], frozenset(r["units"].split()), compile_pattern(r["pattern"], re.IGNORECASE))
        for r in table("figures")["indicator"]
    )  # fmt: skip


@cache
def _indicator_sieve() -> Sieve:
    return Sieve([(frozenset(), ways_of(r["pattern"], {})) for r in table("figures")["indicator"]])


@cache
def figure_rows(kind: str) -> tuple[tuple[dict[str, str], re.Pattern[str]], ...]:
    """The rows of a kind ("growth", "modality", "trap", ...) with their compiled patterns."""
    return tuple(
        (row, compile_pattern(row["pattern"], re.IGNORECASE)) for row in table("figures")[kind]
    )


def last_indicator(text: str, start: int, end: int) -> str | None:
    """What the last indicator of a sentence is, to which the next may refer by "it"."""
    found = [n for n in namings_in(text, start, end) if {"times", "money"} <= n.row.units]
    return found[-1].row.label if found else None


def plain_indicator(indicator: str) -> str:
    """What grew or declined: "bilateral trade growth" -> "bilateral trade"."""
    return indicator.removesuffix(" growth").removesuffix(" decline")


def namings_in(text: str, start: int, end: int) -> list[Naming]:
    """The indicators that a sentence names, in order, the longer before the shorter."""
    rows = _indicators()
    found = [
        Naming(*match.span(), rows[number])
        for number in _indicator_sieve().passing(text[start:end].lower())
        for match in rows[number].pattern.finditer(text, start, end)
    ]
    return sorted(found, key=lambda n: (n.start, -n.end))


def label_of(text: str, place: Place, namings: list[Naming], before: Before) -> str | None:
    """What an amount measures; None for one that says nothing of the parties.

    Args:
        before: gives the indicator that the sentence before ended with.
    """
    amount = place.amount
    naming = _nearest(text, place, [n for n in namings if amount.kind in n.row.units])
    label = naming.row.label if naming else _referred(text, place, before)
    if label is None:
        return _worded(text, place)
    growth = _growth(text, place)
    if amount.kind in ("percent", "times"):
        return f"{label} {growth}" if growth else None
    by = _BY.search(text, max(place.first, amount.start - 30), amount.start)
    return f"{label} {growth}" if by and growth and amount.kind == "money" else label


def _nearest(text: str, place: Place, fitting: list[Naming]) -> Naming | None:
    """The indicator that goes on from the amount, else the last one before it, else the next."""
    amount = place.amount
    after = [
        n for n in fitting if amount.end <= n.start <= min(place.last, amount.end + _REACH_AFTER)
    ]
    inside = [n for n in fitting if amount.start <= n.start < amount.end]
    if inside:
        return inside[0]
    if after and _DIRECT.match(text[amount.end : after[0].start]):
        return after[0]
    earlier = [n for n in fitting if n.end <= amount.start]
    if earlier:
        return earlier[-1]
    return after[0] if after else None


def _referred(text: str, place: Place, before: Before) -> str | None:
    """The indicator of the sentence before, if "it" or "the figure" stands before the amount."""
    if place.amount.kind not in ("money", "percent", "times"):
        return None
    at_mark = _MARK.match(text, place.amount.end)
    return before() if at_mark or _REFERS.search(text, place.first, place.amount.start) else None


def _worded(text: str, place: Place) -> str | None:
    """The words of the report for a large amount that no indicator names."""
    amount = place.amount
    if amount.value < _LEAST.get(amount.kind, float("inf")) and not _is_given(text, place):
        return None
    if amount.kind in ("people", "things"):
        return amount.noun
    if amount.kind == "volume":
        goods = _GOODS.match(text, amount.end, place.last)
        return goods["noun"] if goods else amount.unit
    found = _FOR.match(text, amount.end, place.last) or _OF.search(text, place.first, amount.start)
    return " ".join(found["noun"].split()) if found else "sum of money"


def _is_given(text: str, place: Place) -> bool:
    """True for the "40 buses" of "donated 40 buses": few things count where they change hands."""
    amount = place.amount
    if amount.kind != "things" or amount.value < _FEWEST_GIVEN:
        return False
    near = max(0, amount.start - _REACH_GIVEN)
    return _GIVES.search(text, near, amount.start) is not None and not _PAPERS.search(amount.noun)


_FEWEST_GIVEN, _REACH_GIVEN = 10, 60
_GIVES = late(
    r"\b(?:donat\w+|deliver\w*|gift(?:ed|s|ing)?|hand(?:ed|ing)? over|suppl(?:y|ied|ies|ying)|provid\w+|sen[dt]|sending|pledg\w+|offer\w*|promis\w+|lend|lent|lending|"
    r"buy|bought|buying|purchas\w+|sell|sold|selling|order(?:ed|s)?|asked for|request\w*|financ\w+|grant\w*)\b"
)
_PAPERS = late(
    r"\b(?:agreements?|documents?|memoranda|treaties|accords|points|proposals|questions|papers|issues|countries|items|letters|notes|gifts|rounds|words|names|stages|phases|areas|sectors|fields)\b"
)


def _growth(text: str, place: Place) -> str | None:
    """ "growth" or "decline", by the word nearest to the amount; doubling is growth."""
    amount = place.amount
    if amount.kind == "times":
        return "growth"
    first, last = max(place.first, amount.start - 90), min(place.last, amount.end + 30)
    if _BY.search(text, first, amount.start):
        first = max(0, amount.start - 160)
    found = [
        (min(abs(amount.start - m.end()), abs(m.start() - amount.end)), row["suffix"])
        for row, pattern in figure_rows("growth")
        if "suffix" in row
        for m in pattern.finditer(text, first, last)
        if not text[m.end() :].startswith((" than", " to date"))
    ]
    return min(found)[1] if found else None
