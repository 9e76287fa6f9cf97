"""Records as JSON, kept with their report, so that it can be made again with other reference data.

What is kept is what the source said, before any state, holder or topic was looked up. A report made
again from it is the one that a loader would make of the source now.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from kg.dates import When
from loaders.fact_text import Met

R = TypeVar("R")


def record_json(record: Any) -> str:
    """The fields of a record that say something, in the order of the alphabet."""
    said = {f.name: _plain(value) for f in fields(record) if (value := getattr(record, f.name))}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, When):
        return value.edtf
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Met):
        return [value.name, value.office, value.state, value.day]
    return [_plain(v) for v in value] if isinstance(value, tuple) else value


def record_fields(text: str) -> dict[str, Any]:
    """The fields that `record_json` wrote, as they were."""
    said: Mapping[str, Any] = json.loads(text)
    return {name: _read(name, value) for name, value in said.items()}


def _read(name: str, value: Any) -> Any:
    if name in ("people", "met"):
        return tuple(Met(*one) for one in value)
    if name == "when":
        return When.parse(value)
    if name in ("first", "last"):
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
