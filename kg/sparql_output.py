"""Writes SPARQL answers in the standard result formats, and reads terms from a command line."""

from __future__ import annotations

import io
import re
from typing import IO

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
)

from kg.errors import UsageError
from kg.store.base import Answer, Term
from kg.terms import XSD_DATE, XSD_DECIMAL, XSD_INTEGER

_RESULTS = {
    "json": QueryResultsFormat.JSON,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
}
_GRAPHS = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES}


def term(text: str) -> Term:
    """An IRI (`http…`, `<…>`), a day, a number, `"a text"` or a plain text as an RDF term."""
    if re.fullmatch(r"<[^<>\s]+>|https?://\S+", text):
        return NamedNode(text.strip("<>"))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return Literal(text, datatype=XSD_DATE)
    if re.fullmatch(r"[+-]?\d+", text):
        return Literal(text, datatype=XSD_INTEGER)
    if re.fullmatch(r"[+-]?\d+\.\d+", text):
        return Literal(text, datatype=XSD_DECIMAL)
    quoted = re.fullmatch(r'"(.*)"', text, re.DOTALL)
    return Literal(quoted[1] if quoted else text)


def write_answer(answer: Answer, form: str, output: IO[str]) -> None:
    """Write an answer as `form`.

    Raises:
        UsageError: triples asked for as rows, or rows as triples.
    """
    if isinstance(answer, QueryTriples):
        _write_triples(answer, form, output)
    elif form == "table":
        _write_table(answer, output)
    elif form in _RESULTS:
        output.write(_as_text(answer, _RESULTS[form]))
    else:
        raise UsageError(f"the answer is rows, not a graph: --format {form} does not fit")


def _as_text(answer: QuerySolutions | QueryBoolean, form: QueryResultsFormat) -> str:
    made = answer.serialize(format=form)
    text = made.decode() if made else ""
    return text if text.endswith("\n") else text + "\n"


def _write_triples(answer: QueryTriples, form: str, output: IO[str]) -> None:
    from pyoxigraph import serialize

    wanted = {"table": "turtle", "json": "turtle"}.get(form, form)
    if wanted not in _GRAPHS:
        raise UsageError(f"the answer is a graph, not rows: --format {form} does not fit")
    data = serialize(sorted(answer, key=str), format=_GRAPHS[wanted])
    output.write(data.decode() if data else "")


def _write_table(answer: QuerySolutions | QueryBoolean, output: IO[str]) -> None:
    if isinstance(answer, QueryBoolean):
        output.write(f"{bool(answer)}\n".lower())
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    names = [v.value for v in answer.variables]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    for solution in answer:
        table.add_row(*(Text(_shown(solution[n])) for n in names))
    buffer = io.StringIO()
    Console(file=buffer, width=Console().width, highlight=False).print(table)
    output.write(buffer.getvalue())


def _shown(value: object) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else ""
