"""Reports written for the purpose become one meeting where they tell of one, and stay apart else."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

import kg

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "benchmarks" / "merging"


@pytest.fixture(scope="module")
def tally() -> Any:
    sys.path.insert(0, str(FOLDER))
    try:
        import score
    finally:
        sys.path.remove(str(FOLDER))
    with kg.open() as graph:
        graph.load([FOLDER / "written.jsonl"])
        return score.score(graph.view, score.events([FOLDER / "written-events.jsonl"]))


def test_most_labelled_pairs_are_extracted(tally: Any) -> None:
    assert tally["same, one"] + tally["same, two"] >= 25
    assert tally["different, one"] + tally["different, two"] >= 25


def test_what_became_one_meeting_is_one(tally: Any) -> None:
    joined = tally["same, one"] + tally["different, one"]
    assert tally["same, one"] >= 0.95 * joined, tally.errors


def test_what_is_one_meeting_became_one(tally: Any) -> None:
    told = tally["same, one"] + tally["same, two"]
    assert tally["same, one"] >= 0.92 * told, tally.errors


def test_a_plan_is_linked_and_not_merged(tally: Any) -> None:
    assert tally["plan, linked"] >= 1
    assert tally["plan, merged"] == 0
