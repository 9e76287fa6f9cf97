"""The committed results fit together, and hold nothing that they must not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.accuracy.annotations import read_lines
from benchmarks.accuracy.cases import SETS
from benchmarks.accuracy.frozen import read_frozen
from benchmarks.accuracy.outcome import Outcome, total
from benchmarks.accuracy.readme import with_tables
from benchmarks.accuracy.rows import rows_by_key

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
FOLDER = BENCHMARKS / "accuracy"


def results() -> dict[str, Any]:
    sets: dict[str, Any] = json.loads((FOLDER / "results.json").read_text(encoding="utf-8"))["sets"]
    return sets


def test_the_figures_are_the_sums_of_the_cases() -> None:
    frozen, sets = read_frozen(FOLDER), results()
    assert list(frozen) == list(sets) == [which.name for which in SETS]
    for which in SETS:
        rows, cases = rows_by_key(which.rows), frozen[which.name]
        counts = total(Outcome(name, case.rows) for name, case in cases.items())
        assert sets[which.name]["reports"] == len(cases)
        assert {
            key: tuple(row["counts"]) for key, row in sets[which.name]["rows"].items()
        } == counts
        for key, row in sets[which.name]["rows"].items():
            value = rows[key].value(counts[key])
            assert row["value"] == (None if value is None else round(value, 4))


def test_words_are_kept_only_of_written_reports_that_may_be_looked_at() -> None:
    kept = {
        name for name, cases in read_frozen(FOLDER).items() if any(c.wrong for c in cases.values())
    }
    assert kept == {"written-look", "written-wires", "russian-look"}


def test_the_page_shows_the_committed_figures_and_every_row() -> None:
    page = (BENCHMARKS / "README.md").read_text(encoding="utf-8")
    assert with_tables(page, results()) == page
    assert all(f"| {row.title} | {row.meaning} |" in page for which in SETS for row in which.rows)


def test_every_set_has_its_annotations_and_no_report_is_in_two_of_one_kind() -> None:
    for kind, ending in (("written", "-gold"), ("development", "")):
        ids = [
            str(record["id"])
            for which in SETS
            if which.kind == kind
            for _, record in read_lines(BENCHMARKS / "gold" / f"{which.name}{ending}.jsonl")
        ]
        assert len(ids) == len(set(ids)) >= 60
