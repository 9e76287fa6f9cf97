"""Whether a sentence tells of one more meeting of the same two on one day.

The words are rows of `another.toml`. Both who reads a report and who compares two reports ask here.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_WORDS = re.compile(r"again|more|second|another|further|after|following", re.IGNORECASE)


@cache
def table() -> dict[str, Any]:
    """What `another.toml` holds."""
    return tomllib.loads(files("kg").joinpath("another.toml").read_text(encoding="utf-8"))


@cache
def _rows() -> tuple[tuple[re.Pattern[str], bool], ...]:
    rows = table()["row"]
    return tuple((re.compile(r["pattern"], re.IGNORECASE), r.get("beside", False)) for r in rows)


@cache
def _beside() -> re.Pattern[str]:
    return re.compile(table()["beside"]["pattern"], re.IGNORECASE)


def goes_on_with_the_day(sentence: str) -> bool:
    """ "In the afternoon", "Later that day": of a day that was told before."""
    return _beside().search(sentence) is not None


def says_another(sentence: str) -> bool:
    """True if a sentence says of its meeting that the same two had met before on that day."""
    if _WORDS.search(sentence) is None:
        return False
    return any(
        pattern.search(sentence) and (not beside or goes_on_with_the_day(sentence))
        for pattern, beside in _rows()
    )
