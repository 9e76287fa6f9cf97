"""Better, worse, other: what a change did to single reports."""

from __future__ import annotations

import pytest

from benchmarks.accuracy.cases import SETS
from benchmarks.accuracy.changes import VERDICTS, change_lines, changes
from benchmarks.accuracy.frozen import FrozenCase
from benchmarks.accuracy.rows import Counts

LOOK = SETS[0]


def case(*wrong: str, **rows: Counts) -> FrozenCase:
    return FrozenCase({key.replace("_", "-"): counts for key, counts in rows.items()}, wrong)


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        (case(held=(0, 0, 1)), case(held=(1, 0, 0)), "better"),
        (case(held=(1, 0, 0)), case(held=(1, 1, 0)), "worse"),
        (case(topics=(3, 1, 2)), case(topics=(4, 3, 1)), "other"),
        (case(date=(1, 1)), case(date=(0, 1)), "worse"),
        (case(false_held=(1, 1)), case(false_held=(0, 1)), "better"),
        (case(date=(1, 1)), case(), "worse"),
        (case(held=(0, 0, 1)), case(held=(1, 0, 0), date=(0, 1)), "better"),
        (case(held=(1, 0, 0), office=(0, 1)), case(held=(0, 0, 1)), "worse"),
        (case(held=(1, 0, 1), office=(0, 1)), case(held=(2, 1, 0), office=(1, 1)), "better"),
        (case(date=(0, 1), place=(1, 1)), case(date=(1, 1), place=(0, 1)), "other"),
    ],
)
def test_verdicts(before: FrozenCase, now: FrozenCase, verdict: str) -> None:
    (change,) = changes(LOOK, {"r": before}, {"r": now})
    assert change.verdict == verdict


def test_what_stays_is_no_change_and_reports_may_come_and_go() -> None:
    same = case(held=(1, 0, 0))
    found = changes(LOOK, {"a": same, "b": same}, {"a": same, "c": same})
    assert [(c.report, c.verdict) for c in found] == [("c", "new"), ("b", "gone")]


def test_words_that_differ_are_told_each_once() -> None:
    (change,) = changes(LOOK, {"r": case("x", "x", "y")}, {"r": case("x", "z")})
    assert (change.mended, change.broken) == (("x", "y"), ("z",))


def test_long_lists_say_how_to_see_the_rest() -> None:
    before = {str(k): case(held=(1, 0, 0)) for k in range(5)}
    now = {str(k): case(held=(0, 0, 1)) for k in range(5)}
    told = list(change_lines(LOOK, changes(LOOK, before, now), hidden=frozenset({"0"}), most=2))
    assert told[0] == "written-look: 5 worse"
    assert [line.split(":")[0].strip() for line in told[1:3]] == ["worse 1", "worse 2"]
    assert told[3] == "  ... and 2 more (--changes 4 lists all)"
    assert VERDICTS[0] == "better"
