"""Lists that a sentence opens: "She met with the following:", and a line for each of those she met.

A line is an item if it begins with a mark or a number; what stands between two items tells of the one
before. The sentence that opens the list tells of talks that were held, not of talks to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from loaders.extraction.late_pattern import late
from loaders.extraction.sketch import Unit

_OPENS = late(
    r"\b(?:with|met|saw|received|hosted|were|following|follows|including)(?: (?!(?:and|he|she|they|that)\b)[\w’'-]+){0,9}:\Z",
    re.IGNORECASE,
)
_TO_COME = late(
    r"\b(?:will|shall|to (?:meet|hold|have|receive)|plans?|planned|scheduled|expected|due)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"[-–—•*·▪●◦]\s?(?=\S)|\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: ?[:–—-])? (?=\S)")
_NUMBER = re.compile(r"(?:\A|[\n\r])\s*\(?\d{1,2}[.)]\s*\Z")
_BEFORE = 12  # characters before a sentence in which its number stands
_HEAD = 200  # characters of a sentence's end in which it may open a list


def with_lists(units: Iterable[Unit]) -> list[Unit]:
    """The units of a report, those marked that are lines of a list of persons met."""
    made: list[Unit] = []
    inside = False
    for unit in units:
        text = unit.source[unit.start : unit.end]
        inside = inside and unit.kind == "narrative"
        item = inside and _is_item(unit, text)
        made.append(replace(unit, listed=True) if item else unit)
        inside = inside or _opens(unit, text)
    return made


def _is_item(unit: Unit, text: str) -> bool:
    """ "- Minister X", "2. Minister X", where the number has been cut off as a sentence."""
    before = unit.source[max(0, unit.start - _BEFORE) : unit.start]
    return _ITEM.match(text) is not None or _NUMBER.search(before) is not None


def _opens(unit: Unit, text: str) -> bool:
    if unit.kind != "narrative" or not text.endswith(":"):
        return False
    return _OPENS.search(text, max(0, len(text) - _HEAD)) is not None and not _TO_COME.search(text)
