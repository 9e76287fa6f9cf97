"""Phenomena by their phrases, and confidence in bins."""

from __future__ import annotations

import pytest

from benchmarks.accuracy.calibration import reliability
from benchmarks.accuracy.cases import Case
from benchmarks.accuracy.outcome import Trust
from benchmarks.accuracy.phenomena import PHRASES, Phrase, groups_of
from benchmarks.accuracy.reading import annotation
from kg.model import Report, Source
from tests.accuracy.conftest import GOLD, TEXTS


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p.id)
def test_each_phrase_stands_in_its_example_and_not_in_its_counterexample(phrase: Phrase) -> None:
    assert phrase.stands_in(phrase.example)
    assert not phrase.stands_in(phrase.counterexample)


def test_a_report_belongs_to_groups_by_annotation_class_and_words() -> None:
    report = Report("a", TEXTS[0]["text"], Source("test"))
    groups = list(groups_of(Case(report, "agency", annotation(GOLD[0]))))
    assert groups == ["class meeting", "in-person", "day and month"]


def test_a_report_without_a_date_word_says_so() -> None:
    report = Report("b", TEXTS[1]["text"], Source("test"))
    groups = list(groups_of(Case(report, "ministry", annotation(GOLD[1]))))
    assert groups == ["class planned", "no held meeting", "plan", "no date in the text"]


def test_confidence_is_compared_with_what_was_right() -> None:
    said = [(1.0, True), (0.96, False), (0.3, False), (0.3, True)]
    (table,) = reliability(Trust("held meetings", value, right) for value, right in said)
    assert table.brier == pytest.approx((0 + 0.96**2 + 0.09 + 0.49) / 4)
    low, high = table.bins
    assert (low.low, low.high, low.cases, low.right) == (0.0, 0.5, 2, 0.5)
    assert (high.low, high.high, high.cases, high.right) == (0.95, 1.0, 2, 0.5)
    assert high.said == pytest.approx(0.98)


def test_where_nothing_is_said_of_confidence_there_is_no_table() -> None:
    assert reliability([]) == ()
