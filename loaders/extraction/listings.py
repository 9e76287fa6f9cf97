"""Lists that a sentence opens: "She met with the following:", and a line for each of those she met.

A line belongs to the list as long as it begins with the mark of an item and the sentence that opens
the list tells of talks that were held, not of talks to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from loaders.extraction.sketch import Unit

_OPENS = re.compile(
    r"\b(?:with|met|saw|received|hosted|were|was|following|follows)\b[^.;:\n]{0,80}:\s*\Z",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|shall|to (?:meet|hold|have|receive)|plans?|planned|scheduled|expected|due)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:[-–—•*·▪●◦]|\(?\d{1,2}[.)])\s?(?=\S)")
_HEAD = 200  # characters of a sentence's end in which it may open a list


def with_lists(units: Iterable[Unit]) -> list[Unit]:
    """The units of a report, those marked that are lines of a list of persons met."""
    made: list[Unit] = []
    inside = False
    for unit in units:
        text = unit.source[unit.start : unit.end]
        inside = inside and unit.kind == "narrative" and _ITEM.match(text) is not None
        made.append(replace(unit, listed=True) if inside else unit)
        inside = inside or _opens(unit, text)
    return made


def _opens(unit: Unit, text: str) -> bool:
    if unit.kind != "narrative" or not text.endswith(":"):
        return False
    return _OPENS.search(text, max(0, len(text) - _HEAD)) is not None and not _TO_COME.search(text)
