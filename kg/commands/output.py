"""How answers leave the program: rows as table, JSON or CSV; objects as JSON or for reading."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from kg.ids import BASE

if TYPE_CHECKING:
    from kg.model import Refusal

FORMATS = ("table", "json", "csv")
OBJECT_FORMATS = ("text", "json")
# How wide a line may be where no terminal says so.
_WIDTH = 100
# Columns that a person searches for: never broken over lines.
_WHOLE = frozenset({"date", "who", "whom", "place", "name", "topic", "from", "to", "format",
                    "meeting"})  # fmt: skip


def on_terminal() -> bool:
    """True if standard output is a terminal."""
    return sys.stdout.isatty()


def write_rows(
    columns: Sequence[str], rows: Sequence[Mapping[str, Any]], wanted: str | None
) -> None:
    """Print rows in the wanted form: by default a table on a terminal, JSON elsewhere."""
    form = wanted or ("table" if on_terminal() else "json")
    if form == "json":
        write_json(list(rows))
    elif form == "csv":
        _write_csv(columns, rows)
    else:
        _write_table(columns, rows)


def write_json(value: Any) -> None:
    """Print one JSON value, keys in their order, characters as they are."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def _write_csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(c)) for c in columns])


def _write_table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = [c for c in columns if any(row.get(c) not in (None, "", []) for row in rows)]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in shown:
        table.add_column(column, overflow="fold", no_wrap=column in _WHOLE)
    for row in rows:
        # The short form of an address fits a line, and `kg show` takes it too.
        table.add_row(*(Text(_cell(row.get(c)).removeprefix(BASE)) for c in shown))
    # Elsewhere than on a terminal nothing says how wide a line may be: names must stay whole.
    console = Console(width=None if on_terminal() else 180, highlight=False)
    console.print(table if rows else Text("no rows"))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return str(value)


def as_text(wanted: str | None) -> bool:
    """True if an object is to be printed for reading: by default on a terminal only."""
    return wanted == "text" or (wanted is None and on_terminal())


def write_object(value: Mapping[str, Any], wanted: str | None) -> None:
    """Print one object in the wanted form: by default for reading on a terminal, JSON elsewhere."""
    if as_text(wanted):
        _write_readable(value, 0)
    else:
        write_json(value)


def write_lines(lines: Iterable[tuple[str, int, str]]) -> None:
    """Print lines of text, indent and style for reading; long ones go on under their beginning."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    width = max(40, console.width if on_terminal() else _WIDTH)
    for text, indent, style in lines:
        # An address must stay whole, so that it can be copied.
        folded = wrap(text, width - indent, break_long_words=False, break_on_hyphens=False)
        hanging = "  " if text.startswith("- ") else ""
        for number, part in enumerate(folded):
            pad = " " * indent + (hanging if number else "")
            console.print(Text(pad + part, style=style))


def _write_readable(value: Mapping[str, Any], depth: int) -> None:
    pad = "  " * depth
    for key, item in value.items():
        if item in ([], ()):
            continue
        if isinstance(item, Mapping):
            sys.stdout.write(f"{pad}{key}:\n")
            _write_readable(item, depth + 1)
        elif isinstance(item, list | tuple) and item and isinstance(item[0], Mapping):
            sys.stdout.write(f"{pad}{key}:\n")
            for entry in item:
                _write_readable(entry, depth + 1)
                sys.stdout.write("\n")
        else:
            sys.stdout.write(f"{pad}{key}: {_cell(item)}\n")


def say(message: str) -> None:
    """A message to the person at the terminal, on standard error."""
    sys.stderr.write(f"{message}\n")


def tell_refused(refused: Iterable[Refusal]) -> None:
    """One line on standard error for each refusal: the file, the line where there is one, why."""
    for refusal in refused:
        where = refusal.path if refusal.line is None else f"{refusal.path}:{refusal.line}"
        say(f"refused: {where}: {refusal.reason}")


def tell_left_as_read(reports: int) -> None:
    """One line on standard error if reference data changed and so many reports were not read anew."""
    if reports:
        say(
            f"reports that came with their facts: {reports} stay as they were read (entities of "
            "followthemoney and Wikidata, rows of a state that is not known any more); load their "
            "files again to read them with these reference data"
        )
