"""Lines of a page as the printer set them, back to paragraphs as the writer wrote them.

A paragraph ends where the lines stand further apart than they mostly do, or change their size;
what stands at the head or foot of page after page belongs to the paper, not to the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

_APART: Final = 1.3
"""Times the usual distance between two lines."""
_LEADING: Final = 1.2
"""Times the size of its letters that a line takes where it stands alone, as a headline does."""
_SAME_SIZE: Final = 0.05
_PAGE_NUMBER: Final = re.compile(
    r"[-–—\s]*(?:page\s+|стр\.\s*)?\d{1,4}(?:\s*(?:/|of|из)\s*\d{1,4})?[-–—\s]*", re.I
)
_HYPHENATED: Final = re.compile(r"[^\W\d_]{2}[-\u00ad\u2010]\Z")
_GOES_ON: Final = re.compile(r"[^.!?:;\"”»)\]]\Z")
_FEWEST_PAGES: Final = 3
_FEWEST_STEPS: Final = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line.

    Attributes:
        height: of its foot over the page's, in any unit.
        size: of its letters, in the same unit.
    """

    text: str
    height: float
    size: float


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """The paragraphs of all pages, each on one line; one that runs over a page's end is whole."""
    found: list[str] = []
    for page in _without_heads(pages):
        for number, paragraph in enumerate(_of_page(page)):
            if number == 0 and found and _continues(found[-1], paragraph):
                found[-1] = _joined(found[-1], paragraph)
            else:
                found.append(paragraph)
    return found


def _without_heads(pages: Sequence[Sequence[Line]]) -> list[Sequence[Line]]:
    """The pages without running heads and feet, and without their numbers if there are several."""
    if len(pages) < 2:
        return list(pages)
    ends = Counter(
        key for page in pages for key in {_key(line) for line in (*page[:1], *page[-1:])}
    )
    often = {k for k, n in ends.items() if n >= max(_FEWEST_PAGES, len(pages) / 2)}
    stripped: list[Sequence[Line]] = []
    for page in pages:
        lines = list(page)
        while lines and _is_furniture(lines[0], often):
            del lines[0]
        while lines and _is_furniture(lines[-1], often):
            del lines[-1]
        stripped.append(lines)
    return stripped


def _is_furniture(line: Line, often: set[str]) -> bool:
    return _key(line) in often or _PAGE_NUMBER.fullmatch(line.text) is not None


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", " ".join(line.text.split()).casefold())


def _of_page(lines: Sequence[Line]) -> list[str]:
    usual = _usual_distance(lines)
    found: list[str] = []
    last: Line | None = None
    for line in lines:
        if last is None or _apart(last, line, usual):
            found.append(line.text)
        else:
            found[-1] = _joined(found[-1], line.text)
        last = line
    return found


def _usual_distance(lines: Sequence[Line]) -> float:
    """Of two lines of one size, the one below the other; 0 where there are too few to tell."""
    pairs = pairwise(lines)
    steps = [a.height - b.height for a, b in pairs if a.height > b.height and _same_size(a, b)]
    return median(steps) if len(steps) >= _FEWEST_STEPS else 0.0


def _same_size(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) <= _SAME_SIZE * max(a.size, b.size)


def _apart(above: Line, below: Line, usual: float) -> bool:
    step, line = above.height - below.height, max(usual, _LEADING * below.size)
    return not _same_size(above, below) or step < -line / 2 or step > _APART * line


def _continues(paragraph: str, following: str) -> bool:
    return bool(_GOES_ON.search(paragraph)) and following[:1].islower()


def _joined(one: str, other: str) -> str:
    if _HYPHENATED.search(one) and other[:1].islower():
        return one[:-1] + other
    return f"{one} {other}"
