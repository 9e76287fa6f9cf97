"""Where quoted words begin and end, in all the marks that newsrooms use."""

from __future__ import annotations

import re

_MARK = re.compile('["“”„«»‘’—–\n]')
_CLOSERS = {'"': '"', "“": '”"', "„": "“”", "«": "»", "‘": "’"}
_WORD = re.compile(r"\w")
_CLOSED = re.compile(r"[\w.,!?…]")
_LONGEST = 6000
_INDENT = 200


def quotations(text: str) -> list[tuple[int, int]]:
    """Inner offsets of all quotations, outermost only, in order.

    A quotation left open ends with its line: agencies reopen the marks at each paragraph.
    """
    found: list[tuple[int, int]] = []
    opened: tuple[str, int] | None = None
    for mark in _MARK.finditer(text):
        char, at = mark[0], mark.start()
        if opened is None:
            if _opens(text, char, at):
                opened = (char, at + 1)
        elif char == "\n" or (char in _CLOSERS.get(opened[0], "") and _counts(text, char, at)):
            _add(text, opened[1], at, found)
            opened = None
    if opened is not None:
        _add(text, opened[1], len(text), found)
    return found


def _opens(text: str, char: str, at: int) -> bool:
    """A dash opens a line of speech, in the manner of continental newspapers."""
    if char in "—–":
        before = text[max(0, at - _INDENT) : at].rstrip(" \t")
        return before.endswith("\n") or (not before and at <= _INDENT)
    return char in _CLOSERS and (char != "‘" or _counts(text, char, at))


def _counts(text: str, char: str, at: int) -> bool:
    """False for an apostrophe: a single mark stands at the edge of a word."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if char == "‘":
        return _WORD.match(after) is not None and not _WORD.match(before)
    if char == "’":
        return _CLOSED.match(before) is not None and not _WORD.match(after)
    return True


def _add(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    end = min(end, start + _LONGEST)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        found.append((start, end))
