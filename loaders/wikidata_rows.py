"""Answers of Wikidata's query service in JSON: the rows of one meeting are put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from loaders.wikidata_item import Item, Taker, Time, number_of

# What a variable means -> the names it may have; a label is the variable's name and `Label`.
_NAMES: Final = {
    "meeting": ("meeting", "event", "item"),
    "participant": ("participant", "person", "who"),
    "state": ("participantState", "represents"),
    "office": ("participantOffice", "office"),
    "citizenship": ("citizenship", "participantCountry"),
    "date": ("date", "pointInTime", "time"),
    "start": ("start", "startTime"),
    "end": ("end", "endTime"),
    "precision": ("precision", "datePrecision"),
    "place": ("place", "location"),
    "country": ("country",),
    "kind": ("type", "instance", "kind"),
}


def row_items(data: Mapping[str, Any]) -> Iterable[Item]:
    """The meetings of the rows, in the order of their first row; rows without one are left out."""
    items: dict[str, Item] = {}
    for row in data["results"]["bindings"]:
        number = number_of(_raw(row, "meeting"))
        if number:
            _add(items.setdefault(number, Item(number)), row)
    return items.values()


def _add(item: Item, row: Mapping[str, Any]) -> None:
    item.label = item.label or _label(row, "meeting")
    item.description = item.description or _first(row, "meeting", "Description")
    item.point = item.point or _time(row, "date")
    item.start = item.start or _time(row, "start")
    item.end = item.end or _time(row, "end")
    item.place = item.place or _label(row, "place")
    item.country = item.country or _label(row, "country")
    kind, taker = _label(row, "kind"), _taker(row)
    if kind and kind not in item.kinds:
        item.kinds.append(kind)
    if taker and all(known.label != taker.label for known in item.takers):
        item.takers.append(taker)


def _taker(row: Mapping[str, Any]) -> Taker | None:
    label = _label(row, "participant") or number_of(_raw(row, "participant"))
    if not label:
        return None
    return Taker(label, *(_label(row, name) for name in ("state", "citizenship", "office")))


def _time(row: Mapping[str, Any], name: str) -> Time | None:
    text = _raw(row, name)
    if not text.lstrip("+").startswith(tuple("0123456789")):
        return None
    precision = _raw(row, "precision")
    return Time(text, int(precision) if precision.isdecimal() else None)


def _label(row: Mapping[str, Any], name: str) -> str:
    """The label of a variable, or its value where that is no address."""
    value = _raw(row, name)
    return _first(row, name, "Label") or ("" if "://" in value else value)


def _raw(row: Mapping[str, Any], name: str) -> str:
    return _first(row, name, "")


def _first(row: Mapping[str, Any], name: str, ending: str) -> str:
    for variable in _NAMES[name]:
        if variable + ending in row:
            return str(row[variable + ending]["value"]).strip()
    return ""
