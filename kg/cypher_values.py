"""Answers of Cypher engines as plain values, the same from every engine.

A node or relationship becomes the map of its properties; a path a map of `nodes` and
`relationships`; dates, times and durations become ISO text.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

from kg.property_mapping import property_mapping

_NODE: Final = {"id", "labels", "properties"}
_RELATIONSHIP: Final = {"id", "start", "end", "type", "properties"}
_PATH: Final = {"nodes", "relationships"}
_DURATION: Final = {"months", "days", "seconds"}
AS_IT_IS: Final = frozenset([str, int, float, bool, type(None)])
"""Types of most values: to ask for them first takes less time than all other questions."""


def plain(value: Any) -> Any:
    """A value of the embedded engine in JSON's types."""
    if type(value) in AS_IT_IS:
        return value
    if isinstance(value, Mapping):
        return _plain_map(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value


def _plain_map(value: Mapping[str, Any]) -> Any:
    keys = set(value)
    if keys == _NODE:
        return _node(value)
    if keys == _RELATIONSHIP:
        return plain(dict(value["properties"]))
    if keys == _DURATION:
        return duration(value["months"], value["days"], value["seconds"])
    return {key: plain(item) for key, item in value.items()}


def _node(value: Mapping[str, Any]) -> dict[str, Any]:
    """The properties that we gave it: the engine adds an `id`, a `type` and a `title`."""
    declared = property_mapping().node_properties()
    ours = frozenset[str]().union(*(declared.get(label, ()) for label in value["labels"]))
    return {name: plain(v) for name, v in value["properties"].items() if name in ours}


def duration(months: int, days: int, seconds: float) -> str:
    """ISO 8601 text, for example P14M3DT2.5S; P0D for none."""
    text = "P" + (f"{months}M" if months else "") + (f"{days}D" if days else "")
    if seconds:
        text += f"T{seconds:.9f}".rstrip("0").rstrip(".") + "S"
    return text if text != "P" else "P0D"
