"""Files for `neo4j-admin database import full`: the quick way to fill a new database with millions.

Invariant: the tool makes of them what a sync would have made, so that the next `kg sync` has
nothing to send and only adds the constraints, the indexes and its ledger.
"""

from __future__ import annotations

import math
import shlex
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from kg.errors import UsageError
from kg.property_graph import Loss, Properties, PropertyGraph, Relationship, Value
from kg.sync.statements import MARK

TYPES: Final[Mapping[type, str]] = {
    str: "string",
    bool: "boolean",
    int: "long",
    float: "double",
    date: "date",
    tuple: "string[]",
}
_LARGE: Final = 1_000_000
"""Bytes of a value from which the tool wants to be told that there are such."""
Thing = TypeVar("Thing")
Key = TypeVar("Key", bound=Hashable)
_Row: TypeAlias = tuple[tuple[str, ...], Properties]
"""Fields that every row of a table has, and those that not every one has."""


@dataclass(frozen=True, slots=True)
class BulkReport:
    """What was written.

    Attributes:
        files: names inside the folder.
        command: for a shell in that folder.
        not_representable: triples that have no place in a property graph, with the reason.
    """

    folder: Path
    nodes: int
    relationships: int
    files: tuple[str, ...]
    command: str
    not_representable: tuple[Loss, ...]

    def as_json(self) -> dict[str, object]:
        """The object that `kg sync --bulk` prints."""
        return {
            "directory": str(self.folder),
            "nodes": self.nodes,
            "relationships": self.relationships,
            "files": list(self.files),
            "command": self.command,
            "not_representable": [loss.as_json() for loss in self.not_representable],
        }


def write_bulk(
    graph: PropertyGraph, folder: Path, *, name: str = "default", database: str = "neo4j"
) -> BulkReport:
    """Write the files of a graph and say by which command they become a database.

    Args:
        folder: is made; must be empty.
        name: that our nodes and relationships are marked with.
        database: that the command names.

    Raises:
        UsageError: the folder holds something, or cannot be written to.
    """
    try:
        _make(folder)
        return _Bulk(graph, folder, name).written(database)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}") from error


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    there = min((entry.name for entry in folder.iterdir()), default=None)
    if there is not None:
        raise UsageError(f"{folder} holds {there!r} already; choose a new or empty directory")


class _Bulk:
    """The files of one graph."""

    def __init__(self, graph: PropertyGraph, folder: Path, name: str) -> None:
        self._graph, self._folder, self._mark = graph, folder, _text(name)
        self._between = _unused(graph)
        self._largest = 0

    def written(self, database: str) -> BulkReport:
        """Write them all."""
        graph = self._graph
        options = [
            *(f"--nodes={':'.join(kind)}=./{file}" for kind, file in self._nodes()),
            *(f"--relationships={kind}=./{file}" for kind, file in self._relationships()),
        ]
        tool = ("neo4j-admin", "database", "import", "full", database)
        command = shlex.join([*tool, *options, *self._settings()])
        return BulkReport(
            self._folder.absolute(),
            len(graph.nodes),
            len(graph.relationships),
            tuple(option.rpartition("/")[2] for option in options),
            command,
            graph.not_representable,
        )

    def _settings(self) -> Iterator[str]:
        yield f"--array-delimiter=U+{ord(self._between):04X}"
        yield "--multiline-fields=true"
        yield "--legacy-style-quoting=false"
        if self._largest > _LARGE:
            yield f"--read-buffer-size={4 * self._largest}"

    def _nodes(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """One table for all nodes of the same labels."""
        for labels, nodes in _grouped(self._graph.nodes, lambda n: n.labels).items():
            rows = [((_text(n.iri),), n.properties) for n in nodes]
            for number, same in enumerate(_alike(rows)):
                file = f"nodes-{'-'.join(labels)}{_more(number)}.csv"
                self._table(file, ["iri:ID"], same)
                yield labels, file

    def _relationships(self) -> Iterator[tuple[str, str]]:
        """One table for all relationships of a type."""
        for kind, found in _grouped(self._graph.relationships, lambda r: r.type).items():
            parts = _grouped(map(_relationship_row, found), lambda row: len(row[0])).values()
            for number, same in enumerate(s for part in parts for s in _alike(part)):
                file = f"relationships-{kind}{_more(number)}.csv"
                columns = [":START_ID", ":END_ID", "iri:string"]
                self._table(file, columns[: len(same[0][0])], same)
                yield kind, file

    def _table(self, file: str, columns: Sequence[str], rows: Sequence[_Row]) -> None:
        types = {k: TYPES[type(v)] for _, properties in rows for k, v in properties.items()}
        names = sorted(types)
        header = [*columns, f"{MARK}:string", *(f"{k}:{types[k]}" for k in names)]
        with (self._folder / file).open("w", encoding="utf-8", newline="") as stream:
            stream.write(",".join(header) + "\n")
            for fixed, properties in rows:
                values = (self._cell(properties.get(name)) for name in names)
                stream.write(",".join((*fixed, self._mark, *values)) + "\n")

    def _cell(self, value: Value | None) -> str:
        if value is None:
            return ""
        if isinstance(value, tuple):
            value = self._between.join(value)
        if isinstance(value, str):
            self._largest = max(self._largest, len(value.encode()))
            return _text(value)
        return _plain(value)


def _plain(value: bool | float | date) -> str:
    """A value that needs no quotes, as the tool spells it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, float) and math.isnan(value):
        return "NaN"
    return value.isoformat() if isinstance(value, date) else repr(value)


def _text(value: str) -> str:
    """Always in quotes: an empty field without them is no value at all."""
    return '"' + value.replace('"', '""') + '"'


def _more(number: int) -> str:
    return f"-{number + 1}" if number else ""


def _relationship_row(r: Relationship) -> _Row:
    own = (_text(r.key),) if r.key else ()
    return (_text(r.start), _text(r.end), *own), r.properties


def _alike(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Rows in lists in which every property has one type, as a column must."""
    types: dict[str, set[type]] = {}
    for _, properties in rows:
        for name, value in properties.items():
            types.setdefault(name, set()).add(type(value))
    mixed = sorted(name for name, found in types.items() if len(found) > 1)

    def kind(row: _Row) -> tuple[str, ...]:
        return tuple(TYPES[type(row[1][name])] if name in row[1] else "" for name in mixed)

    groups = _grouped(rows, kind)
    yield from (groups[k] for k in sorted(groups))


def _grouped(things: Iterable[Thing], key: Callable[[Thing], Key]) -> dict[Key, list[Thing]]:
    groups: dict[Key, list[Thing]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return groups


def _unused(graph: PropertyGraph) -> str:
    """A character that no list holds, so that it can stand between the members of one.

    Control characters first, which texts hardly ever have.
    """
    candidates = {chr(n) for n in (*range(0x1F, 0x1B, -1), *range(0xE000, 0xF8FF))}
    holders = (graph.nodes, graph.relationships)
    for properties in (x.properties for things in holders for x in things):
        for value in properties.values():
            if isinstance(value, tuple):
                candidates.difference_update(*value)
    return min(candidates, key=lambda c: (ord(c) > 0x1F, ord(c)))
