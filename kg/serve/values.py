"""Values of rows and cards as HTML: names lead to cards, codes to states, nothing is left raw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from kg.serve.html import link, short, table
from kg.serve.links import to_card, to_entity

# A column with IRIs is not shown: it makes a link of the first of these columns that is there.
_NAMED_BY: Mapping[str, tuple[str, ...]] = {
    "meeting": ("label", "date"),
    "person": ("name",),
    "report": ("title", "outlet"),
    "visit": ("label", "from"),
    "iri": ("label",),
}
# A column that another one explains: `who` has its office and state beside it.
_EXPLAINED = ("_office", "_state")
_SAID_BY_DATE = "end_date"
# Values that `kg show` takes: codes and names.
_SHOWN = frozenset(
    {"state", "code", "who_state", "whom_state", "who", "whom", "visitor", "visited"}
)

Row = Mapping[str, Any]


def heading(name: str) -> str:
    """`whom_state` as a person reads it."""
    return name.replace("_", " ").strip()


def plain(value: Any) -> str:
    """A value as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(filter(None, map(plain, value.values())))
    if isinstance(value, list | tuple):
        return "; ".join(map(plain, value))
    return str(value)


def value_of(name: str, value: Any) -> str:
    """A value as HTML."""
    if name in _SHOWN and isinstance(value, str):
        return link(to_card(value), value)
    if isinstance(value, str) and value.startswith(("https://", "http://")):
        is_ours = short(value) != value
        return link(to_entity(value) if is_ours else value, short(value))
    return escape(plain(value))


def rows_table(caption: str, rows: Sequence[Row], columns: Sequence[str] = ()) -> str:
    """Rows as a table, without the columns that are empty everywhere."""
    known = columns or list(dict.fromkeys(name for row in rows for name in row))
    filled = [c for c in known if any(row.get(c) not in (None, "", [], False) for row in rows)]
    leading = _leading(filled)
    shown = [c for c in filled if c not in leading.values() and not _is_explanation(c, filled)]
    cells = ([_cell(c, row, leading.get(c)) for c in shown] for row in rows)
    return table(caption, [heading(c) for c in shown], cells)


def _is_explanation(column: str, columns: Sequence[str]) -> bool:
    """Whether it stands in the cell of another column."""
    if column == _SAID_BY_DATE:
        return "date" in columns
    return any(column.endswith(e) and column.removesuffix(e) in columns for e in _EXPLAINED)


def _leading(columns: Sequence[str]) -> Mapping[str, str]:
    """Column that becomes a link -> column with the IRI that it leads to."""
    found: dict[str, str] = {}
    for iri, names in _NAMED_BY.items():
        name = next((n for n in names if n in columns), None)
        if iri in columns and name is not None:
            found[name] = iri
    return found


def _cell(column: str, row: Row, iri_column: str | None) -> str:
    iri = row.get(iri_column) if iri_column else None
    if iri:
        return link(to_entity(iri), plain(row.get(column)) or short(iri))
    value = value_of(column, row.get(column))
    beside = [_explanation(column + e, row) for e in _EXPLAINED if row.get(column + e)]
    return f"<span>{value} <small>{', '.join(beside)}</small></span>" if beside else value


def _explanation(column: str, row: Row) -> str:
    return value_of(column, row[column])
