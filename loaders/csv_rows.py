"""Rows of a table as text (RFC 4180), each with the line it starts on, each broken one by itself.

The standard library's reader takes a quote that is never closed for a cell up to the end of the
file, and refuses cells over 128 KiB; here the row is refused and reading goes on with the next
line, and a cell may hold a whole report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

DELIMITERS: Final = (",", ";", "\t", "|")
_ANNOUNCED: Final = re.compile(r"sep=(.)\n", re.I)


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        line: number of its first line, from 1.
        cells: empty if the row is broken.
        broken: why it cannot be read, or None.
    """

    line: int
    cells: tuple[str, ...]
    broken: str | None = None


def rows(text: str, delimiter: str) -> Iterator[Row]:
    """The rows that are not blank; a first line `sep=;` is passed over."""
    announced = _ANNOUNCED.match(text)
    start = announced.end() if announced else 0
    line = 2 if announced else 1
    while start < len(text):
        cells, end, broken = _row(text, start, delimiter)
        if broken:
            yield Row(line, (), broken)
        elif any(cell.strip() for cell in cells):
            yield Row(line, tuple(cells))
        line += text.count("\n", start, end)
        start = end


def header(text: str, delimiter: str) -> tuple[str, ...]:
    """Names of the columns, each on one line; empty if there is no row."""
    first = next(rows(text, delimiter), None)
    return tuple(" ".join(cell.split()) for cell in first.cells) if first else ()


def announced_delimiter(text: str) -> str | None:
    """What the first line says in the way of spreadsheets (`sep=;`)."""
    found = _ANNOUNCED.match(text)
    return found[1] if found else None


def _row(text: str, start: int, delimiter: str) -> tuple[list[str], int, str | None]:
    """Cells of the row at `start`, where the next one starts, and why it is broken, if it is."""
    cell, cells, at = _cell(delimiter), list[str](), start
    while found := cell.match(text, at):
        quoted, plain, end = found.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        at = found.end()
        if end != delimiter:
            return cells, at, None
    next_line = text.find("\n", start) + 1 or len(text)
    return [], next_line, "a quote is not closed, or not doubled inside its cell; mend the row"


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    end = re.escape(delimiter)
    return re.compile(rf'(?:"((?:[^"]|"")*+)"[ ]*|([^"{end}\n][^{end}\n]*|))({end}|\n|\Z)')
