"""The time of the day in the words of a call: each row by its example; calls hours apart are two."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kg.hours import Hours, hours_of, table
from kg.model import Format, Report, ReportedMeeting, Source, Span

MORNING, EVENING = Hours(5, 12), Hours(17, 24)


def _hours(text: str, words: str, form: Format = "phone") -> Hours | None:
    at = text.index(words)
    meeting = ReportedMeeting("held", form, None, None, (), span=Span(at, at + len(words)))
    return hours_of(meeting, Report("1", text, Source("made up")))


@pytest.mark.parametrize("row", table(), ids=[row["id"] for row in table()])
def test_a_row_matches_its_example_only(row: dict[str, Any]) -> None:
    assert row["meaning"]
    assert row["from"] < row["to"] <= 30
    pattern = re.compile(row["pattern"], re.IGNORECASE)
    assert pattern.search(row["example"])
    assert not pattern.search(row["counterexample"])


def test_ids_of_rows_are_unique() -> None:
    assert len({row["id"] for row in table()}) == len(table())


def test_only_the_sentence_of_the_call_counts() -> None:
    text = "It rained this morning. On Monday evening they spoke by phone. They slept at night."
    assert _hours(text, "they spoke by phone") == EVENING


def test_of_two_times_in_one_sentence_the_nearer_one_counts() -> None:
    text = "They spoke by phone on Monday evening and agreed to open the border in the morning."
    assert _hours(text, "They spoke by phone") == EVENING


def test_a_meeting_in_person_has_its_time_too() -> None:
    assert _hours("They met on Monday morning.", "They met", "in-person") == MORNING


@pytest.mark.parametrize(
    ("words", "hour"),
    [("at 9 a.m.", 9), ("at 9.30 pm", 21.5), ("at 19:15", 19.25), ("at 12 noon", None), ("at 2017", None),
     ("at 12 a.m.", 0), ("at 25:10", None)],
)  # fmt: skip
def test_the_clock_is_read_where_it_is_told_as_such(words: str, hour: float | None) -> None:
    found = _hours(f"They spoke {words} on trade.", "They spoke")
    assert found == (None if hour is None else Hours(hour, hour))


def test_morning_and_evening_are_apart_where_clocks_agree() -> None:
    assert MORNING.apart_from(EVENING, 0)
    assert EVENING.apart_from(MORNING, 0)


def test_a_morning_here_can_be_an_evening_there() -> None:
    # Morning in Washington, evening in Moscow, whose clocks are eight hours ahead.
    assert not MORNING.apart_from(EVENING, 8)
    assert not EVENING.apart_from(MORNING, -8)
