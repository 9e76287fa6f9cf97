"""The report as plain text: one table a set, one by style, one by phenomenon, and confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.accuracy.calibration import Reliability
from benchmarks.accuracy.rows import Counts, Row
from benchmarks.accuracy.summary import Group, Summary

_NOTHING = "-"


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines with columns side by side: the first to the left, the others to the right."""
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    for row in rows:
        first, *others = row
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()


def summary_lines(result: Summary) -> Iterator[str]:
    """All tables of one set."""
    whole = result.whole
    note = " (held: figures only)" if result.which.held else ""
    yield f"== {whole.name}, {whole.reports} reports{note}"
    counted = [row for row in result.which.rows if any(whole.counts.get(row.key, ()))]
    yield from table([("", "value", "counts"), *(_line(whole, row) for row in counted)])
    if len(result.styles) > 1:
        yield ""
        yield from groups("by style", result.styles, result.heads)
    if (worst := result.worst_style) is not None:
        yield f"worst style: {worst.name} (mean {_number(worst.overall(result.heads))})"
    if result.phenomena:
        yield ""
        yield from groups("by phenomenon", result.phenomena, result.heads)


def _line(group: Group, row: Row) -> tuple[str, str, str]:
    return row.title, _number(group.value(row)), counts_text(row, group.counts[row.key])


def counts_text(row: Row, counts: Counts) -> str:
    """Counts in words short enough for a table."""
    if row.kind == "f1":
        found, invented, missed = counts
        return f"{found} found, {invented} invented, {missed} missed"
    return f"{counts[0]} of {counts[1]}"


def groups(title: str, every: Iterable[Group], heads: Sequence[Row]) -> Iterator[str]:
    """A line for each group, a column for each main row."""
    header = (title, "reports", *(row.head for row in heads), "mean")
    lines = [
        (
            group.name,
            str(group.reports),
            *(_number(group.value(row)) for row in heads),
            _number(group.overall(heads)),
        )
        for group in every
    ]
    yield from table([header, *lines])


def reliability_lines(title: str, one: Reliability) -> Iterator[str]:
    """Confidence against truth, in bins."""
    yield f"== confidence of {one.level}, {title}: {one.cases} cases, Brier score {one.brier:.3f}"
    rows = [
        (f"{b.low:g} to {b.high:g}", str(b.cases), f"{b.said:.3f}", f"{b.right:.3f}")
        for b in one.bins
    ]
    yield from table([("said", "cases", "mean said", "right"), *rows])


def _number(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.3f}"
