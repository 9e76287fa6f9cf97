"""Mapping files: which column of somebody's table means what, in TOML beside it or named outright.

A mapping only renames, joins and translates; what a field means and how it is checked is the same
for every table.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from kg.errors import UsageError
from loaders.csv_rows import DELIMITERS

TEXT_FIELDS: Final = ("id", "text", "title", "published", "outlet", "url", "language")
MEETING_FIELDS: Final = (
    "id", "who", "office", "state", "whom", "whom_office", "whom_state", "date", "until", "place",
    "place_state", "topic", "format", "status", "summary", "title", "published", "outlet", "url",
    "language",
)  # fmt: skip
FIELDS: Final = tuple(dict.fromkeys((*TEXT_FIELDS, *MEETING_FIELDS)))
_DATES: Final = ("day-first", "month-first")
_KEYS: Final = (
    "encoding", "delimiter", "separator", "dates", "columns", "constants", "values",
)  # fmt: skip


class MappingError(UsageError):
    """A mapping file that cannot be used; the text says what to change in it."""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What the columns of one kind of table mean.

    Attributes:
        columns: field -> names of the columns that make it, joined by a blank line.
        constants: field -> value for every row.
        values: field -> what is written -> what it means.
        encoding: name of the table's encoding, None to recognise it.
        delimiter: between cells, None to recognise it.
        separator: between several persons or topics in one cell.
        dates: how 03/04/2019 is meant: "day-first", "month-first", None to refuse it.
    """

    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None
    separator: str = "|"
    dates: str | None = None

    @property
    def of_texts(self) -> bool:
        """True for a table of texts, false for one of meetings."""
        return "text" in self.columns

    @property
    def names(self) -> tuple[str, ...]:
        """All columns that it needs."""
        return tuple(dict.fromkeys(name for names in self.columns.values() for name in names))


def own_names(header: Sequence[str]) -> TableMapping | None:
    """The mapping of a table whose columns have the fields' own names; None if it has too few."""
    columns = {f: (name,) for f in FIELDS for name in header if name.casefold() == f}
    if "outlet" not in columns and "source" in header:
        columns["outlet"] = ("source",)
    return TableMapping(columns) if _enough(columns) else None


def mapping_beside(path: Path) -> Path | None:
    """The mapping that lies beside a table: `visits.csv.toml` or `visits.toml`; None if none."""
    for candidate in (path.with_name(path.name + ".toml"), path.with_suffix(".toml")):
        if candidate.is_file():
            return candidate
    return None


def read_mapping(path: Path) -> TableMapping:
    """Read a mapping file; docs/sources.md describes it.

    Raises:
        MappingError: it cannot be read, or holds what no mapping has.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise MappingError(f"the mapping {path} cannot be read ({reason})") from error
    try:
        return _mapping(data)
    except MappingError as error:
        raise MappingError(f"the mapping {path}: {error}") from error


def _mapping(data: Mapping[str, Any]) -> TableMapping:
    _known(data, _KEYS, "key")
    columns = {f: _names(f, value) for f, value in _table(data, "columns", FIELDS).items()}
    constants = {
        f: _string(value, f"constants.{f}")
        for f, value in _table(data, "constants", FIELDS).items()
    }
    if not _enough({**constants, **columns}):
        raise MappingError("[columns] names neither `text` nor `who` and `whom`; name one of them")
    return TableMapping(
        columns=columns,
        constants=constants,
        values={f: _values(f, value) for f, value in _table(data, "values", FIELDS).items()},
        encoding=_optional(data, "encoding"),
        delimiter=_delimiter(_optional(data, "delimiter")),
        separator=_optional(data, "separator") or "|",
        dates=_dates(_optional(data, "dates")),
    )


def _enough(fields: Mapping[str, object]) -> bool:
    sides = [{f, f"{f}_state".removeprefix("who_")} for f in ("who", "whom")]
    return "text" in fields or all(side & fields.keys() for side in sides)


def _table(data: Mapping[str, Any], key: str, known: Sequence[str]) -> Mapping[str, Any]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise MappingError(f"{key} is no table; write [{key}]")
    _known(value, known, f"field in [{key}]")
    return value


def _known(data: Mapping[str, Any], known: Sequence[str], what: str) -> None:
    for key in data:
        if key not in known:
            near = get_close_matches(key, known, 1, 0.5)
            hint = f"; did you mean {near[0]}?" if near else f"; known are {', '.join(known)}"
            raise MappingError(f"{key!r} is no {what}{hint}")


def _names(key: str, value: object) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [value]
    found = tuple(" ".join(_string(name, f"columns.{key}").split()) for name in names)
    if len(found) != 1 and key not in ("text", "summary"):
        raise MappingError(f"columns.{key} names {len(found)} columns; only text may join several")
    if not found:
        raise MappingError(f"columns.{key} names no column")
    return found


def _values(key: str, value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise MappingError(f'values.{key} is no table; write [values.{key}] "written" = "meant"')
    return {written: _string(meant, f"values.{key}") for written, meant in value.items()}


def _string(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise MappingError(f"{where} is {value!r} where text is needed")
    return value


def _optional(data: Mapping[str, Any], key: str) -> str | None:
    value = data.get(key)
    if value is not None and (not isinstance(value, str) or not value):
        raise MappingError(f"{key} is {value!r} where text is needed")
    return value


def _delimiter(value: str | None) -> str | None:
    if value is not None and value not in DELIMITERS:
        raise MappingError(f"delimiter is {value!r}; known are {' '.join(map(repr, DELIMITERS))}")
    return value


def _dates(value: str | None) -> str | None:
    if value is not None and value not in _DATES:
        raise MappingError(f"dates is {value!r}; it is {' or '.join(map(repr, _DATES))}")
    return value
