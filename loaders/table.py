"""Tables of texts or of meetings in CSV, with anybody's columns: a mapping says what they mean.

A table whose columns have the fields' own names needs no mapping. One row is one report; a row
that cannot be understood is refused with the line it starts on and its column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO, Final, TypeVar

from kg.dates import When
from kg.errors import DateError, UnreadableSourceError
from kg.model import FORMATS, STATUSES, Refusal, Report, Source
from loaders.csv_rows import DELIMITERS, Row, announced_delimiter, header, rows
from loaders.encoding import decode, read_whole, told_by
from loaders.fact_text import Met, RecordError
from loaders.mapping import TableMapping, own_names
from loaders.meeting_record import MeetingRecord, meeting_report
from loaders.published import parse_published
from loaders.text_record import record_report

TABLES: Final = (".csv", ".tsv")
_NUMBERS: Final = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")
Word = TypeVar("Word", bound=str)


@dataclass(frozen=True, slots=True)
class TableLoader:
    """A table, one report a row.

    Attributes:
        mapping: what the columns mean; None if they have the fields' own names.
    """

    name: str = "table"
    suffixes: tuple[str, ...] = TABLES
    description: str = "CSV tables of texts or meetings, with a mapping of their columns"
    mapping: TableMapping | None = None

    def mismatch(self, head: bytes, /) -> str | None:
        """Says so if there is no mapping and the columns do not speak for themselves."""
        text = head.decode(told_by(head) or "utf-8", "replace").lstrip("\ufeff")
        if self.mapping or _by_own_names(text.replace("\r\n", "\n").replace("\r", "\n")):
            return None
        return "the table has neither a column `text` nor columns `who` and `whom`; name its columns in a mapping"

    def read(self, stream: IO[bytes], source: Source) -> Iterator[Report | Refusal]:
        """One report or refusal a row.

        Raises:
            UnreadableSourceError: empty, binary, or without a row or a column that the mapping names.
        """
        declared = self.mapping.encoding if self.mapping else None
        text = decode(read_whole(stream, source.path), source.path, declared=declared)
        delimiter, mapping = self._understood(text, source.path)
        body = rows(text, delimiter)
        columns = _columns(next(body), mapping, source.path)
        empty = True
        for row in body:
            empty = False
            place = Source(source.path, row.line)
            try:
                yield _report(row, columns, mapping, place)
            except RecordError as error:
                yield Refusal(place.path, place.line, f"{error.field}: {error}")
            except ValueError as error:
                yield Refusal(place.path, place.line, str(error))
        if empty:
            raise UnreadableSourceError(source.path, "the table has no row below its header")

    def _understood(self, text: str, path: str) -> tuple[str, TableMapping]:
        if self.mapping:
            return self.mapping.delimiter or _delimiter(text, self.mapping), self.mapping
        found = _by_own_names(text)
        if found is None:
            raise UnreadableSourceError(path, "the columns have no known names; write a mapping")
        return found


def _by_own_names(text: str) -> tuple[str, TableMapping] | None:
    for delimiter in DELIMITERS:
        mapping = own_names(header(text, delimiter))
        if mapping:
            return delimiter, mapping
    return None


def _delimiter(text: str, mapping: TableMapping) -> str:
    """The one by which most of the mapped columns are found, then most columns at all."""

    def found(delimiter: str) -> tuple[int, int]:
        names = header(text, delimiter)
        return len(set(names) & set(mapping.names)), len(names)

    return announced_delimiter(text) or max(DELIMITERS, key=found)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the mapped columns stand, and how many there are in all."""

    places: Mapping[str, tuple[int, ...]]
    count: int


def _columns(first: Row, mapping: TableMapping, path: str) -> _Columns:
    names = [" ".join(cell.split()) for cell in first.cells]
    missing = [name for name in mapping.names if name not in names]
    if missing:
        listed, has = ", ".join(map(repr, missing)), ", ".join(map(repr, names))
        raise UnreadableSourceError(path, f"the table has no column {listed}; it has {has}", 1)
    twice = [name for name in mapping.names if names.count(name) > 1]
    if twice:
        raise UnreadableSourceError(path, f"two columns are called {twice[0]!r}; rename one", 1)
    places = {f: tuple(names.index(n) for n in wanted) for f, wanted in mapping.columns.items()}
    return _Columns(places, len(names))


def _report(row: Row, columns: _Columns, mapping: TableMapping, source: Source) -> Report:
    fields = _fields(row, columns, mapping)
    if mapping.of_texts:
        return record_report(_with_day(fields, "published", mapping), source)
    return meeting_report(_meeting(fields, mapping), source)


def _fields(row: Row, columns: _Columns, mapping: TableMapping) -> dict[str, str]:
    if row.broken:
        raise ValueError(row.broken)
    if len(row.cells) != columns.count:
        has = f"{len(row.cells)} cells, the header {columns.count}"
        raise ValueError(f"the row has {has}; quote cells that hold the delimiter")
    fields = dict(mapping.constants)
    for name, places in columns.places.items():
        parts = [cell for place in places if (cell := row.cells[place].strip())]
        if parts:
            value = "\n\n".join(parts)
            fields[name] = mapping.values.get(name, {}).get(value, value)
    return fields


def _with_day(fields: dict[str, str], name: str, mapping: TableMapping) -> dict[str, str]:
    """The fields with a date of numbers turned round as the mapping says."""
    found = _NUMBERS.match(fields.get(name, ""))
    if not found or not mapping.dates:
        return fields
    first, second = int(found[1]), int(found[3])
    day, month = (first, second) if mapping.dates == "day-first" else (second, first)
    try:
        turned = date(int(found[4]), month, day).isoformat()
    except ValueError:  # no day of the calendar: told as it is written
        return fields
    return fields | {name: turned + fields[name][found.end() :]}


def _meeting(fields: dict[str, str], mapping: TableMapping) -> MeetingRecord:
    for name in ("date", "until", "published"):
        fields = _with_day(fields, name, mapping)
    given = {name: " ".join(value.split()) for name, value in fields.items()}
    published = given.get("published")
    if published and not (published := parse_published(published)):
        raise RecordError("published", f"{given['published']!r} is no day such as 2019-10-25")
    return MeetingRecord(
        id=given.get("id", ""),
        people=(*_side(given, "who", "", mapping), *_side(given, "whom", "whom_", mapping)),
        when=_when(given),
        place=given.get("place", ""),
        place_state=given.get("place_state", ""),
        format=_one_of(given, "format", FORMATS, "unspecified"),
        status=_one_of(given, "status", STATUSES, "held"),
        topics=tuple(_split(given.get("topic", ""), mapping)),
        summary=fields.get("summary", ""),
        title=given.get("title"),
        outlet=given.get("outlet"),
        url=given.get("url"),
        published=published,
        language=given.get("language"),
    )


def _side(given: Mapping[str, str], name: str, prefix: str, mapping: TableMapping) -> Iterator[Met]:
    """The persons of one side; a single office or state in the cell is that of each of them."""
    names = _split(given.get(name, ""), mapping)
    offices = _split(given.get(f"{prefix}office", ""), mapping)
    states = _split(given.get(f"{prefix}state", ""), mapping)
    count = max(len(names), len(states))
    for what, cells, allowed in (
        (name, names, (0, count)),
        (f"{prefix}office", offices, (0, 1, count)),
        (f"{prefix}state", states, (0, 1, count)),
    ):
        if len(cells) not in allowed:
            raise RecordError(what, f"{len(cells)} values for {count} persons or sides")
    for number in range(count):
        yield Met(*(_nth(cells, number) for cells in (names, offices, states)))


def _nth(cells: list[str], number: int) -> str:
    if not cells:
        return ""
    return cells[number] if len(cells) > 1 else cells[0]


def _split(cell: str, mapping: TableMapping) -> list[str]:
    return [part.strip() for part in cell.split(mapping.separator) if part.strip()]


def _when(given: Mapping[str, str]) -> When | None:
    first, last = (_day(given, name) for name in ("date", "until"))
    if first is None or last is None:
        return first
    if not (first.is_day and last.is_day):
        raise RecordError("until", f"{first} and {last} are not two days")
    try:
        return When.between(first.first, last.first)
    except DateError as error:
        raise RecordError("until", str(error)) from error


def _day(given: Mapping[str, str], name: str) -> When | None:
    written = given.get(name)
    if not written:
        return None
    try:
        return When.parse(written)
    except DateError:
        read = parse_published(written)
    if read is None:
        raise RecordError(name, f"{written!r} is no date such as 2019-10-25; see `dates` in docs")
    return When.day(date.fromisoformat(read[:10])) if "T" in read else When.parse(read)


def _one_of(given: Mapping[str, str], name: str, known: tuple[Word, ...], default: Word) -> Word:
    value = given.get(name)
    for word in known:
        if word == (value or default):
            return word
    raise RecordError(name, f"{value!r} is none of {', '.join(known)}; translate it in [values]")
