"""The period of an amount that is told beside another: "€9 million in 2017, up from €7 million a year before"."""

from __future__ import annotations

import re

from loaders.extraction.amounts import Amount
from loaders.extraction.late_pattern import late
from loaders.extraction.periods import Period

_YEAR_BEFORE = late(
    r"\s(?:(?:in|over|for|during)\s)?(?:(?:a|one|the)\syear\s(?:before|earlier|previously)\b|the\s(?:previous|preceding)\syear\b|the\syear\sbefore\b)",
    re.IGNORECASE,
)
_SAME_PERIOD = late(
    r"\s(?:(?:in|over|for|during|at)\s)?the\s(?:same|corresponding|like)\s(?:period|months?|quarter|half|time)(?:\s(?:of|in))?\s(?:the\s)?"
    r"(?:(?P<year>(?:19|20)\d\d)\b|(?:last|previous|preceding)\syear\b|year\sbefore\b|a\syear\s(?:ago|earlier|before)\b)",
    re.IGNORECASE,
)
_WRITTEN_YEAR = re.compile(r"(?:19|20)\d\d")


def with_earlier(
    text: str, found: list[Amount], assigned: list[Period | None]
) -> list[Period | None]:
    """`assigned`, where "a year before" and "the same period of 2016" count from the amount before them."""
    told: list[Period | None] = []
    for amount, own in zip(found, assigned, strict=True):
        before = next((p for p in reversed(told) if p), None)
        told.append(_earlier(text, amount, before) or own)
    return told


def _earlier(text: str, amount: Amount, before: Period | None) -> Period | None:
    if before is None:
        return None
    same = _SAME_PERIOD.match(text, amount.end)
    found = same or _YEAR_BEFORE.match(text, amount.end)
    if found is None:
        return None
    last = int(_WRITTEN_YEAR.findall(before.text)[-1])
    back = last - int(same["year"]) if same and same["year"] else 1
    shifted = _WRITTEN_YEAR.sub(lambda m: str(int(m[0]) - back), before.text)
    return Period(*found.span(), shifted)
