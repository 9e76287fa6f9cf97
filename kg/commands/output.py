"""How answers leave the program: rows as table, JSON or CSV; objects as JSON or for reading."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

FORMATS = ("table", "json", "csv")
# Columns that a person searches for: never broken over lines.
_WHOLE = frozenset({"date", "who", "whom", "place", "name", "topic", "from", "to", "format"})


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
        table.add_row(*(Text(_cell(row.get(c))) for c in shown))
    # Elsewhere than on a terminal nothing says how wide a line may be: names must stay whole.
    console = Console(width=None if on_terminal() else 180, highlight=False)
    console.print(table if rows else Text("no rows"))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return str(value)


def write_object(value: Mapping[str, Any]) -> None:
    """Print one object: as JSON unless a person looks at it."""
    if on_terminal():
        _write_readable(value, 0)
    else:
        write_json(value)


def _write_readable(value: Mapping[str, Any], depth: int) -> None:
    pad = "  " * depth
    for key, item in value.items():
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
