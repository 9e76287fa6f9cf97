"""Expressions of time mean days as seen from an anchor, and nothing is filled in."""

from __future__ import annotations

from datetime import date

import pytest

from loaders.extraction.dates import resolve, time_words

THURSDAY = date(2022, 9, 15)


def means(text: str, anchor: date | None = THURSDAY, future: bool = False) -> str | None:
    found = resolve(time_words(text, 0, len(text))[0], anchor, future)
    return found.edtf if found else None


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("on 4 March 2021", "2021-03-04"),
        ("on March 4, 2021", "2021-03-04"),
        ("on 4 March", "2022-03-04"),
        ("on 28 December", "2021-12-28"),
        ("late Tuesday", "2022-09-13"),
        ("on Thursday", "2022-09-15"),
        ("last Thursday", "2022-09-08"),
        ("yesterday", "2022-09-14"),
        ("this morning", "2022-09-15"),
        ("9 to 13 June 2021", "2021-06-09/2021-06-13"),
        ("June 27-29", "2022-06-27/2022-06-29"),
        ("28 February to 2 March 2020", "2020-02-28/2020-03-02"),
        ("in May 2016", "2016-05"),
        ("in 1992", "1992"),
        ("2019-10-25", "2019-10-25"),
    ],
)
def test_an_expression_means_its_day(text: str, meaning: str) -> None:
    assert means(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"), [("on Friday", "2022-09-16"), ("on 3 January", "2023-01-03")]
)
def test_a_plan_lies_after_the_anchor(text: str, meaning: str) -> None:
    assert means(text, future=True) == meaning


@pytest.mark.parametrize("text", ["on Tuesday", "yesterday", "on 4 March", "last week"])
def test_without_an_anchor_nothing_is_guessed(text: str) -> None:
    assert means(text, anchor=None) is None


@pytest.mark.parametrize(
    "text", ["since 4 March 2021", "the 4 March 2021 agreement", "elections on 4 March"]
)
def test_other_events_days_are_told_apart(text: str) -> None:
    assert not time_words(text, 0, len(text))[0].plain


@pytest.mark.parametrize("text", ["31 February 2021", "2021-13-40"])
def test_an_impossible_day_is_no_day(text: str) -> None:
    assert all(resolve(w, THURSDAY, False) is None for w in time_words(text, 0, len(text)))
