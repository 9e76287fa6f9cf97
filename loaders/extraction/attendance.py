"""Who accompanied the principals, by the rows of `attendance.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from loaders.extraction.sketch import PERSONS, Sketch

_TRIGGER = re.compile(
    r"accompan|flanked|\bsat\b|stood|seated|joined|attend|presence|present|took part|participat|[Tt]aking part| side\b"
)


@cache
def rows() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Ids and patterns of the rows."""
    text = files("loaders.extraction").joinpath("attendance.toml").read_text(encoding="utf-8")
    return tuple(
        (
            r["id"],
            re.compile(r["pattern"].replace("{B}", f"(?P<b>[{PERSONS}])").replace("{P}", PERSONS)),
        )
        for r in tomllib.loads(text)["pattern"]
    )


def attendees_in(drawn: Sketch) -> list[int]:
    """Indexes of the groups of those who accompanied."""
    if not drawn.groups or drawn.unit.kind != "narrative" or not _TRIGGER.search(drawn.text):
        return []
    found = [drawn.group(m["b"]) for _, pattern in rows() for m in pattern.finditer(drawn.text)]
    return list(dict.fromkeys(found))
