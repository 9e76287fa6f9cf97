"""Dates keep their precision and sort by the days they cover."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import When
from kg.errors import DateError
from tests.core.strategies import date_parts, days, whens


@given(when=whens())
def test_a_date_is_read_back_from_its_own_text(when: When) -> None:
    assert When.parse(when.edtf) == When.parse(str(when)) == when


@given(text=date_parts())
def test_a_month_stays_a_month_and_a_year_a_year(text: str) -> None:
    when = When.parse(text)
    assert when.edtf == text
    assert when.first.isoformat().startswith(text)
    assert when.last.isoformat().startswith(text)
    assert when.is_day == (len(text) == 10)


@given(text=date_parts(), day=days)
def test_a_date_covers_the_days_whose_text_it_begins(text: str, day: date) -> None:
    assert When.parse(text).contains(When.day(day)) == day.isoformat().startswith(text)


@given(dates=st.lists(whens(), max_size=8))
def test_dates_sort_by_first_day_then_last_day(dates: list[When]) -> None:
    ordered = [(w.first, w.last, w.edtf) for w in sorted(dates)]
    assert ordered == sorted((w.first, w.last, w.edtf) for w in dates)


@given(texts=st.lists(days.map(date.isoformat), max_size=8))
def test_days_sort_as_their_texts_do(texts: list[str]) -> None:
    assert [w.edtf for w in sorted(map(When.parse, texts))] == sorted(texts)


@given(a=whens(), b=whens())
def test_overlap_is_mutual_and_follows_from_containment(a: When, b: When) -> None:
    assert a.overlaps(b) == b.overlaps(a)
    assert a.overlaps(b) or not a.contains(b)
    assert a.contains(a)


@given(one=days, other=days)
def test_the_days_between_two_days_are_counted_with_both_ends(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    when = When.between(first, last)
    assert (when.first, when.last, when.is_day) == (first, last, first == last)
    assert when.days == (last - first).days + 1
    if first != last:
        with pytest.raises(DateError):
            When.between(last, first)


@pytest.mark.parametrize(
    "text",
    [
        "", "2019-13", "2019-02-29", "2019-00", "0000", "19-10-25", "2019-1-5", "2019/", "/2019",
        "2020/2019", "2019-10-25T10:00", "25.10.2019", "２０１９", "2019-10-25/2019-10-27/2019-10-28",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        When.parse(text)
