"""A literal as the value of a property, and what of it a property graph cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from kg.fact_index import Cell, Found
from kg.fact_runs import STRING, Text, Thing
from kg.property_graph import Value
from kg.property_mapping import PropertyRule
from kg.terms import XSD

ONE_VALUE = "the mapping keeps one value: the first in alphabetical order"
NOT_A_VALUE = "neither an IRI nor a text, number or date"
NOT_A_DATE = "not a day between the years 1 and 9999"
OTHER_LANGUAGE = "in another language than the one that the mapping keeps"
NO_LANGUAGE = "kept without its language: the mapping has no place for it"
ROUNDED = "kept rounded: a property graph has 64-bit numbers"

_INTEGERS = frozenset(
    XSD + name
    for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")
)
_DECIMALS = frozenset(XSD + name for name in ("decimal", "double", "float"))


class Evaluated(NamedTuple):
    """Values of one property rule for one thing.

    Attributes:
        values: by property name; empty if there is nothing.
        trail: numbers of the triples that they hold.
        refused: numbers of the triples left out, with the reason.
        partial: numbers of triples that are held, but not in full, with the reason.
    """

    values: tuple[tuple[str, Value], ...] = ()
    trail: tuple[int, ...] = ()
    refused: tuple[tuple[int, str], ...] = ()
    partial: tuple[tuple[int, str], ...] = ()


def whole(rule: PropertyRule, cells: Sequence[Cell]) -> Value | None:
    """What `evaluate` gives for objects of which nothing can be lost; None: look closer.

    Most values are IRIs and plain texts, and most rules just keep them.
    """
    if rule.as_date or rule.languages or not (rule.many or len(cells) == 1):
        return None
    texts = []
    for thing, _ in cells:
        if type(thing) is str:
            texts.append(thing)
        elif type(thing) is Text and thing.language is None and thing.datatype == STRING:
            texts.append(thing.value)
        else:
            return None
    return tuple(sorted({*texts})) if rule.many else texts[0]


def evaluate(rule: PropertyRule, found: Sequence[Found]) -> Evaluated:
    """The rule's value from what its path led to; the same whatever the order of `found`."""
    return _one(rule, *found[0]) if len(found) == 1 else _best(rule, found)


def _one(rule: PropertyRule, thing: Thing, trail: tuple[int, ...]) -> Evaluated:
    """What `_best` gives for the only thing that there is."""
    try:
        value = _date(thing) if rule.as_date else _value(thing, rule)
    except _RefusedError as error:
        return Evaluated(refused=((trail[-1], str(error)),))
    values: tuple[tuple[str, Value], ...] = ((rule.name, value),)
    if rule.many:
        values = _listed(rule, [(value, _language(thing), trail)])
    # Only these can fall short: see `_shortfalls`.
    if type(thing) is Text and (thing.language or type(value) is float):
        return Evaluated(
            values, trail, (), tuple((trail[-1], w) for w in _shortfalls(thing, value, rule))
        )
    return Evaluated(values, trail)


def _best(rule: PropertyRule, found: Iterable[Found]) -> Evaluated:
    """The rule's value from several things."""
    good: list[tuple[Value, str, tuple[int, ...]]] = []
    refused: list[tuple[int, str]] = []
    partial: list[tuple[int, str]] = []
    for thing, trail in found:
        try:
            value = _date(thing) if rule.as_date else _value(thing, rule)
        except _RefusedError as error:
            refused.append((trail[-1], str(error)))
            continue
        good.append((value, _language(thing), trail))
        partial += [(trail[-1], why) for why in _shortfalls(thing, value, rule)]
    if not good:
        return Evaluated(refused=tuple(refused))
    good.sort(key=lambda g: (str(g[0]), g[1], g[2]))
    if not rule.many:
        refused += [(trail[-1], ONE_VALUE) for _, _, trail in good[1:]]
        good = good[:1]
    trail = tuple(n for _, _, steps in good for n in steps)
    values = _listed(rule, good) if rule.many else ((rule.name, good[0][0]),)
    return Evaluated(values, trail, tuple(refused), tuple(partial))


def _listed(
    rule: PropertyRule, good: list[tuple[Value, str, tuple[int, ...]]]
) -> tuple[tuple[str, Value], ...]:
    pairs = sorted({(str(value), language) for value, language, _ in good})
    if rule.languages is None:
        return ((rule.name, tuple(sorted({text for text, _ in pairs}))),)
    texts = (rule.name, tuple(text for text, _ in pairs))
    if not any(language for _, language in pairs):
        return (texts,)
    return (texts, (rule.languages, tuple(language for _, language in pairs)))


class _RefusedError(Exception):
    """A value that the rule cannot take; its text is the reason."""


def _language(thing: Thing) -> str:
    return (thing.language or "") if isinstance(thing, Text) else ""


def _value(thing: Thing, rule: PropertyRule) -> Value:
    if isinstance(thing, str):
        return thing
    if not isinstance(thing, Text):
        raise _RefusedError(NOT_A_VALUE)
    if rule.language and thing.language not in (None, rule.language):
        raise _RefusedError(OTHER_LANGUAGE)
    convert = _CONVERSIONS.get(thing.datatype)
    try:
        return convert(thing.value) if convert and not rule.many else thing.value
    except ValueError:
        return thing.value  # not in the lexical space of its own type: kept as it is written


def _date(thing: Thing) -> date:
    try:
        return date.fromisoformat(thing.value if isinstance(thing, Text) else "")
    except ValueError as error:
        raise _RefusedError(NOT_A_DATE) from error


def _integer(text: str) -> int | float:
    value = int(text)
    return value if -(2**63) <= value < 2**63 else float(value)


def _boolean(text: str) -> bool:
    if text not in ("true", "1", "false", "0"):
        raise ValueError(text)
    return text in ("true", "1")


_CONVERSIONS: dict[str, Callable[[str], Value]] = {
    **dict.fromkeys(_INTEGERS, _integer),
    **dict.fromkeys(_DECIMALS, float),
    XSD + "boolean": _boolean,
}


def _shortfalls(thing: Thing, value: Value, rule: PropertyRule) -> Iterable[str]:
    if isinstance(thing, Text):
        if thing.language and not rule.language and not rule.languages:
            yield NO_LANGUAGE
        if isinstance(value, float) and not _exact(thing.value, value):
            yield ROUNDED


def _exact(text: str, value: float) -> bool:
    try:
        return Decimal(text) == Decimal(repr(value))
    except InvalidOperation:
        return True  # INF and NaN
