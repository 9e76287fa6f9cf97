"""The committed results: read, and renewed on request, with the tables of the page beside them.

`results.json` holds the figures of each set, `cases.jsonl` the counts of each report, one line
each, in the order of the sets. Neither holds words of a development report; differences in words
are kept only for the reports that were written for the project and may be looked at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.accuracy.annotations import read_lines
from benchmarks.accuracy.cases import SETS, GoldSet
from benchmarks.accuracy.errors import AnnotationError
from benchmarks.accuracy.outcome import Remark
from benchmarks.accuracy.readme import with_tables
from benchmarks.accuracy.rows import Counts
from benchmarks.accuracy.summary import Scored, Summary, summary_json

CASES, RESULTS, PAGE = "cases.jsonl", "results.json", "README.md"


@dataclass(frozen=True, slots=True)
class FrozenCase:
    """The result of one report: counts by row, and what was wrong in words where words are kept."""

    rows: Mapping[str, Counts]
    wrong: tuple[str, ...] = ()


Frozen = Mapping[str, Mapping[str, FrozenCase]]
"""Results by set and report."""


def read_frozen(folder: Path) -> Frozen:
    """The committed results; empty where there are none yet.

    Raises:
        AnnotationError: the file is damaged.
    """
    path = folder / CASES
    found: dict[str, dict[str, FrozenCase]] = {}
    for number, record in read_lines(path) if path.is_file() else ():
        try:
            rows = {key: tuple(map(int, counts)) for key, counts in record["rows"].items()}
            case = FrozenCase(rows, tuple(record.get("wrong", ())))
            found.setdefault(record["set"], {})[record["id"]] = case
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise AnnotationError(path, number, "damaged; renew with --write") from error
    return found


def frozen_case(which: GoldSet, one: Scored) -> FrozenCase:
    """What is kept of a result."""
    kept = which.kind == "written" and not one.case.held
    words = tuple(map(remark_text, one.outcome.remarks)) if kept else ()
    return FrozenCase(one.outcome.counts, words)


def remark_text(remark: Remark) -> str:
    """A difference in one line."""
    if remark.wanted is not None and remark.found is not None:
        return f"{remark.what}: {remark.found} instead of {remark.wanted}"
    if remark.wanted is not None and not remark.what.startswith("missed"):
        return f"{remark.what}: nothing instead of {remark.wanted}"
    return f"{remark.what}: {remark.wanted or remark.found}"


def write_frozen(folder: Path, results: Sequence[tuple[Summary, Sequence[Scored]]]) -> None:
    """Renew the files; sets that were not scored now keep what was frozen of them.

    Raises:
        OSError: a file cannot be written.
    """
    cases = {name: dict(of_set) for name, of_set in read_frozen(folder).items()}
    figures = _read_results(folder / RESULTS)
    for result, scored in results:
        which = result.which
        cases[which.name] = {one.case.report.id: frozen_case(which, one) for one in scored}
        figures[which.name] = summary_json(result)
    ordered = [which.name for which in SETS if which.name in cases]
    lines = [_line(name, report, case) for name in ordered for report, case in cases[name].items()]
    (folder / CASES).write_text("".join(lines), encoding="utf-8")
    sets = {which.name: figures[which.name] for which in SETS if which.name in figures}
    text = json.dumps({"sets": sets}, ensure_ascii=False, indent=1)
    (folder / RESULTS).write_text(f"{text}\n", encoding="utf-8")
    page = folder.parent / PAGE
    before = page.read_text(encoding="utf-8") if page.is_file() else ""
    if (now := with_tables(before, sets)) != before:
        page.write_text(now, encoding="utf-8")


def _read_results(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return dict(json.loads(path.read_text(encoding="utf-8"))["sets"])
    except (ValueError, KeyError, TypeError) as error:
        raise AnnotationError(path, None, "damaged; delete it and renew with --write") from error


def _line(name: str, report: str, case: FrozenCase) -> str:
    record: dict[str, Any] = {"set": name, "id": report, "rows": dict(case.rows)}
    if case.wrong:
        record["wrong"] = list(case.wrong)
    return json.dumps(record, ensure_ascii=False) + "\n"
