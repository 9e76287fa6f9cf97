"""The graph in the formats that other programs read; the same graph gives the same bytes.

Turtle has the merged facts (the default graph); N-Quads, TriG and JSON-LD have everything, report
graphs with their texts and reference data included. GraphML is the property graph, FTM the meetings as
followthemoney entities. CSV and Parquet are one row per meeting and pair, as
`kg who-met-whom --status all` gives them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import IO, Any

from pyoxigraph import RdfFormat

from kg.errors import MissingExtraError
from kg.store.base import DEFAULT_GRAPH, View


def _rdf(form: RdfFormat, *, merged_only: bool = False) -> Callable[[View, IO[bytes]], None]:
    def write(view: View, output: IO[bytes]) -> None:
        view.export(output, form, graph=DEFAULT_GRAPH if merged_only else None)

    return write


def _graphml(view: View, output: IO[bytes]) -> None:
    from kg.project import project, to_graphml

    output.write(to_graphml(project(view)))


def _ftm(view: View, output: IO[bytes]) -> None:
    from kg.ftm import write_ftm
    from kg.project import project

    write_ftm(project(view), output)


def _rows(view: View) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    from queries import who_met_whom

    rows = who_met_whom(view, status="all")
    return rows.columns, rows.as_dicts()


def _csv(view: View, output: IO[bytes]) -> None:
    columns, rows = _rows(view)
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({k: "; ".join(v) if isinstance(v, list) else v for k, v in row.items()})
    output.write(text.getvalue().encode())


def _parquet(view: View, output: IO[bytes]) -> None:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtraError("export --to parquet", "parquet") from error
    columns, rows = _rows(view)
    lists = {"topics", "agreed", "documents"}
    kinds = {
        name: pyarrow.list_(pyarrow.string())
        if name in lists
        else pyarrow.int64()
        if name == "reports"
        else pyarrow.string()
        for name in columns
    }
    schema = pyarrow.schema(list(kinds.items()))
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), output)


FORMATS: dict[str, Callable[[View, IO[bytes]], None]] = {
    "ttl": _rdf(RdfFormat.TURTLE, merged_only=True),
    "nq": _rdf(RdfFormat.N_QUADS),
    "trig": _rdf(RdfFormat.TRIG),
    "jsonld": _rdf(RdfFormat.JSON_LD),
    "graphml": _graphml,
    "ftm": _ftm,
    "csv": _csv,
    "parquet": _parquet,
}


def export(view: View, form: str, output: IO[bytes]) -> None:
    """Write the graph as one of `FORMATS`.

    Raises:
        KeyError: no such format.
        MissingExtraError: Parquet without pyarrow.
    """
    FORMATS[form](view, output)
