"""The tables of `benchmarks/README.md` that follow from the rows and the committed results.

They stand between `<!-- NAME -->` and `<!-- /NAME -->`; everything around them is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from benchmarks.accuracy.cases import SETS, GoldSet
from benchmarks.accuracy.rows import GOLD_ROWS, SILVER_ROWS, Row

_KINDS: Final = {
    "f1": "F1 of found, invented, missed",
    "share": "share that is right",
    "harm": "share that is wrong: 0 is best",
}


def with_tables(page: str, sets: Mapping[str, Any]) -> str:
    """The page with its tables made anew; a table whose marks are missing is not added.

    Args:
        sets: the committed results, by set.
    """
    annotated = [which for which in SETS if which.kind != "titles" and which.name in sets]
    titles = [which for which in SETS if which.kind == "titles" and which.name in sets]
    for name, lines in (
        ("annotated", _figures(annotated, GOLD_ROWS, sets)),
        ("titles", _figures(titles, SILVER_ROWS, sets)),
        ("rows", _meanings(GOLD_ROWS)),
        ("title-rows", _meanings(SILVER_ROWS)),
    ):
        page = _replaced(page, name, "\n".join(lines))
    return page


def _replaced(page: str, name: str, table: str) -> str:
    marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    return marks.sub(lambda found: f"{found[1]}{table}\n{found[2]}", page)


def _figures(
    chosen: Sequence[GoldSet], rows: Sequence[Row], sets: Mapping[str, Any]
) -> Iterator[str]:
    yield from _header(["", *(f"{s.name}, {sets[s.name]['reports']} reports" for s in chosen)])
    for row in rows:
        cells = [_cell(row, sets[which.name]["rows"].get(row.key)) for which in chosen]
        if any(cells):
            yield _line([row.title, *cells])


def _cell(row: Row, found: Mapping[str, Any] | None) -> str:
    if found is None or found["value"] is None:
        return ""
    first, second = found["counts"][0], found["counts"][1]
    counts = "" if row.kind == "f1" else f" ({first}/{second})"
    return f"{found['value']:.3f}{counts}"


def _meanings(rows: Sequence[Row]) -> Iterator[str]:
    yield from _header(["row", "counts", "value"])
    for row in rows:
        yield _line([row.title, row.meaning, _KINDS[row.kind]])


def _header(cells: Sequence[str]) -> Iterator[str]:
    yield _line(cells)
    yield _line(["---"] * len(cells))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
