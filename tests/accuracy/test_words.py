"""When names and topics are the same words."""

from __future__ import annotations

import pytest

from benchmarks.accuracy.words import content, dice, fold, overlap, same_surname, surname


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Emine Çağlar", "President Caglar"),
        ("H.E. Mr. Bo Lindqvist", "bo LINDQVIST"),
        ("Mary O’Neill", "Mary O'Neill"),
        ("Sheikh Omar bin Rashid Al Farsi", "Al-Farsi"),
        ("Søren Ødegård", "Soren Odegard"),
        ("Ibn Saud", "Saud"),
    ],
)
def test_spellings_of_one_surname_agree(one: str, other: str) -> None:
    assert same_surname(one, other)
    assert same_surname(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ana Kos", "Ana Novak"), ("Jon Berg", "Jon Bergman"), ("Ana Kos", None), ("", "Kos"), ("...", "!")],
)  # fmt: skip
def test_other_surnames_do_not_agree(one: str, other: str | None) -> None:
    assert not same_surname(one, other)


def test_a_title_alone_keeps_its_last_word() -> None:
    assert surname("the Prime Minister") == "the"
    assert surname("Prime Minister") == "minister"


def test_the_words_of_a_topic_are_those_with_a_subject() -> None:
    assert content("the U.S.’s role in its trade with us") == {"us", "role", "trade"}
    assert content("of the") == {"of", "the"}


def test_likeness_of_topics() -> None:
    assert dice("trade and energy", "energy and trade") == 1
    assert dice("rail freight", "rail freight in Central Asia") == pytest.approx(2 * 2 / 6)
    assert dice("", "trade") == 0
    assert overlap("President", "President of the Republic") == 1


def test_case_accents_and_dashes_fold_away() -> None:
    assert fold("  Nur–Sultan\n ÉTÉ ‘x’ ") == "nur-sultan ete 'x'"
