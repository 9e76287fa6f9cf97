"""One order for the words of a name that is written in two: `Akiba Takeo`, `Takeo Akiba`.

Only where the order alone differs, and where both orders are in use: elsewhere a son would be taken
for his father.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

FAMILY_FIRST: Final = frozenset("CHN HKG HUN JPN KHM KOR MAC PRK SGP TWN VNM".split())  # noqa: SIM905
"""Codes of the states where the family's name comes first at home and often last abroad."""
# Where lists put the family's name first, and endings tell it from others.
_TOLD_BY_ENDING: Final = frozenset(
    "ARM AZE BGR BLR GEO KAZ KGZ MDA RUS SUN TJK TKM UKR UZB".split()  # noqa: SIM905
)
_FAMILY: Final = re.compile(
    r"[\w'-]{2,}(?:[oe]va?|sk(?:iy|ii|yi|y|i|aya|a)|enko|chuk|yuk|yan|adze|idze|shvili)"
)


def in_one_order(words: Sequence[str], state: str | None) -> tuple[str, ...]:
    """The folded words of a name in an order that does not depend on how it was written.

    Where the family's name comes first it is, of the orders that are had by moving words from the
    front to the end, the first in the alphabet; else the family's name goes to the end.
    """
    written = tuple(words)
    if state in FAMILY_FIRST:
        return min(written[n:] + written[:n] for n in range(len(written) or 1))
    if state in _TOLD_BY_ENDING and len(written) > 1:
        if _FAMILY.fullmatch(written[0]) and not _FAMILY.fullmatch(written[-1]):
            return (*written[1:], written[0])
    return written
