"""A text is cut into sentences, quotations and a dateline with exact offsets."""

from __future__ import annotations

import pytest

from kg.model import Report, Source
from loaders.extraction.segment import Segmented, segment


def cut(text: str, title: str | None = None) -> Segmented:
    return segment(Report("r", text, Source("test"), title=title))


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in cut(text).sentences]


@pytest.mark.parametrize(
    "text",
    [
        "He met U.S. Secretary of State Ann Lee. They spoke.",
        "H.E. Mr. Sok Dara came. Gen. Ivo Lang left.",
        "They met in Washington, D.C. Deputy Minister Lang left.",
        "John F. Kennedy spoke on Jan. 3 in Berlin. He left.",
    ],
)
def test_abbreviations_do_not_end_a_sentence(text: str) -> None:
    assert len(sentences(text)) == 2


@pytest.mark.parametrize(
    ("text", "place", "date"),
    [
        ("BEIJING, Feb. 4 (Xinhua) -- The president met.", "BEIJING", "Feb. 4"),
        ("ASTANA, July 5. /TASS/. The president met.", "ASTANA", "July 5"),
        ("NUR-SULTAN. KAZINFORM The president met.", "NUR-SULTAN", None),
        ("LONDON (Reuters) - The president met.", "LONDON", None),
        ("NEW DELHI: The president met.", "NEW DELHI", None),
        ("Riyadh, January 18, 2022, SPA -- The king met.", "Riyadh", "January 18, 2022"),
    ],
)
def test_a_dateline_gives_place_and_day(text: str, place: str, date: str | None) -> None:
    line = cut(text).dateline
    assert line is not None
    assert text[slice(*line.place)] == place
    assert (text[slice(*line.date)] if line.date else None) == date


def test_a_sentence_that_opens_with_a_day_is_no_dateline() -> None:
    assert cut("On May 4, 2021 President Adela Novak met the press.").dateline is None


def test_header_lines_are_not_body() -> None:
    found = cut("Title: A headline\nDate: 2020-01-02\n\nThe minister spoke.")
    assert found.title == "A headline"
    assert [s.kind for s in found.sentences] == ["furniture", "furniture", "narrative"]


def test_a_headline_behind_a_date_is_the_title() -> None:
    assert cut(" date 2019-10-25 Two meet\n\nThey met.").title == "Two meet"


def test_turns_have_their_speaker() -> None:
    text = "Ann Lee, Minister\nSECRETARY LEE: Good morning. Welcome.\nQUESTION: When?"
    found = [(s.kind, s.speaker) for s in cut(text).sentences]
    assert found == [
        ("furniture", None),
        ("turn", "SECRETARY LEE"),
        ("turn", "SECRETARY LEE"),
        ("turn", "QUESTION"),
    ]


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "«{}»", "„{}“"])
def test_all_kinds_of_quotation_marks_are_read(marks: str) -> None:
    text = f"He said {marks.format('We agreed.')} and left."
    (quote,) = cut(text).quotes
    assert text[quote.start : quote.end] == "We agreed."


def test_page_chrome_is_furniture() -> None:
    text = "The ministers met in Split.\nRelated news\nShare this\nTags: trade, Split"
    assert [s.kind for s in cut(text).sentences] == ["narrative"] + ["furniture"] * 3


@pytest.mark.parametrize(
    "unit", ["(", "A", "“", "a.b", "—\n", "Mr. ", "A B: ", "* * *", "A, ", "\n"]
)
def test_hostile_repetition_is_read_to_the_end(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    assert all(0 <= s.start < s.end <= len(text) for s in cut(text).sentences)
