"""The table of visits and trips: CSV with one visit a row, facts only.

Columns, in any order, others ignored: `record who office state visited from until place met kind`.
`state` and `visited` are codes (BLR) or names; `from` and `until` days; several places are
separated by ` | `; `met` is `name; office; state` or `name; office; state; day`, several again
separated by ` | `.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO, Final

from kg.dates import When
from kg.errors import DateError
from kg.model import VISIT_KINDS, Refusal, Report, Source, VisitKind
from loaders.encoding import decode, read_whole, told_by
from loaders.fact_text import Met, RecordError
from loaders.visit_record import FIELDS, Field, VisitRecord, visit_report

_BETWEEN: Final = " | "
_INSIDE: Final = "; "
_NEEDED: Final[tuple[Field, ...]] = ("record", "who", "visited", "from")


@dataclass(frozen=True, slots=True)
class FactsLoader:
    """A table of visits, one report a row."""

    name: str = "facts"
    suffixes: tuple[str, ...] = (".csv",)
    description: str = "CSV table of visits and trips: " + ",".join(FIELDS)

    def mismatch(self, head: bytes, /) -> str | None:
        """Which columns are missing."""
        missing = [f for f in FIELDS if f not in _header(head)]
        if not missing:
            return None
        named = ",".join(FIELDS)
        return f"the table has no column {', '.join(missing)}; its header must name {named}, or a mapping must say what its columns mean"

    def read(self, stream: IO[bytes], source: Source) -> Iterator[Report | Refusal]:
        """One report or refusal a row.

        Raises:
            UnreadableSourceError: empty, binary, or not a table of visits.
        """
        rows = csv.DictReader(
            io.StringIO(decode(read_whole(stream, source.path), source.path)), strict=True
        )
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                reason = f"the row cannot be read as CSV ({error}); mend its quotes"
                yield Refusal(source.path, rows.line_num, reason)
                continue
            yield _row_report(row, Source(source.path, rows.line_num))


def write_facts(records: Iterable[VisitRecord], stream: IO[str]) -> None:
    """Write records as the table that `FactsLoader` reads, in the order given."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(FIELDS)
    for r in records:
        met = _BETWEEN.join(_INSIDE.join(_cells(m)) for m in r.met)
        place = _BETWEEN.join(r.places)
        writer.writerow(
            (r.record, r.who, r.office, r.state, r.visited, r.first, r.last, place, met, r.kind)
        )


def _cells(met: Met) -> tuple[str, ...]:
    cells = (met.name, met.office, met.state)
    return (*cells, met.day) if met.day else cells


def _header(head: bytes) -> list[str]:
    text = head.decode(told_by(head) or "utf-8", "replace").lstrip("\ufeff\r\n")
    return next(csv.reader([text.splitlines()[0]]), []) if text else []


def _row_report(
    row: Mapping[str | None, str | list[str] | None], source: Source
) -> Report | Refusal:
    if None in row or None in row.values():
        count = "more" if None in row else "fewer"
        return Refusal(source.path, source.line, f"the row has {count} cells than the header")
    cells: dict[Field, str] = {f: " ".join(str(row[f]).split()) for f in FIELDS}
    try:
        return visit_report(_record(cells), source)
    except RecordError as error:
        return Refusal(source.path, source.line, f"column {error.field!r}: {error}")


def _record(cells: Mapping[Field, str]) -> VisitRecord:
    for name in _NEEDED:
        if not cells[name]:
            raise RecordError(name, "the cell is empty")
    first = _day(cells, "from")
    last = _day(cells, "until") if cells["until"] else first
    if last < first:
        raise RecordError("until", f"{last} is before {first}")
    return VisitRecord(
        record=cells["record"],
        who=cells["who"],
        office=cells["office"],
        state=cells["state"],
        visited=cells["visited"],
        first=first,
        last=last,
        places=tuple(p.strip() for p in cells["place"].split("|") if p.strip()),
        met=tuple(_met(item) for item in cells["met"].split("|") if item.strip()),
        kind=_kind(cells["kind"]),
    )


def _day(cells: Mapping[Field, str], name: Field) -> date:
    try:
        when = When.parse(cells[name])
    except DateError as error:
        raise RecordError(name, str(error)) from error
    if not when.is_day:
        raise RecordError(name, f"{cells[name]!r} is not one day such as 2019-10-25")
    return when.first


def _met(item: str) -> Met:
    parts = [part.strip() for part in item.split(";")]
    if len(parts) > 4 or not any(parts):
        raise RecordError("met", f"{item.strip()!r} is not `name; office; state` (and a day)")
    return Met(*parts)


def _kind(cell: str) -> VisitKind:
    for kind in VISIT_KINDS:
        if kind == (cell or "other"):
            return kind
    raise RecordError("kind", f"{cell!r} is none of {', '.join(VISIT_KINDS)}")
