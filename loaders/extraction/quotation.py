"""Where quoted words begin and end, in all the marks that newsrooms use."""

from __future__ import annotations

import re

# A mark, or a dash that opens a line (speech in the manner of continental newspapers).
_MARK = re.compile(r"[\"“”„«»]|(?<![\w])‘(?=\w)|(?<=[\w.,!?…])’(?!\w)|(?m:^[ \t]*[—–][ \t]*)|\n")
_CLOSERS = {'"': '"', "“": '”"', "„": "“”", "«": "»", "‘": "’"}
_LONGEST = 6000


def quotations(text: str) -> list[tuple[int, int]]:
    """Inner offsets of all quotations, outermost only, in order.

    A quotation left open ends with its line: agencies reopen the marks at each paragraph.
    """
    found: list[tuple[int, int]] = []
    opened: tuple[str, int] | None = None
    for mark in _MARK.finditer(text):
        char = mark[0].strip() or mark[0]
        if opened is None:
            if char[0] in _CLOSERS or char in "—–":
                opened = (char[0], mark.end())
        elif _closes(opened[0], char):
            _add(text, opened[1], mark.start(), found)
            opened = None
    if opened is not None:
        _add(text, opened[1], len(text), found)
    return found


def _closes(opener: str, char: str) -> bool:
    return char[0] == "\n" or char in _CLOSERS.get(opener, "")


def _add(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    end = min(end, start + _LONGEST)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        found.append((start, end))
