"""Texts made to break a reader give valid spans and no error, whatever they are made of."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from hostile import MEETING, SHAPES, spans

from kg.model import Report, Source
from loaders.extraction import extract
from loaders.extraction.extent import READ_AT_MOST, read_part

REPORT = Report("x", "", Source("x"), title="President Lee meets", published="2021-05-04")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("frame", ["", MEETING])
def test_spans_of_a_hostile_text_lie_inside_it(shape: str, frame: str) -> None:
    text = frame + SHAPES[shape](6_000) + frame
    for found in (extract(replace(REPORT, text=text)), extract(replace(REPORT, title=text))):
        for span in spans(found):
            assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_meeting_before_a_hostile_text_is_found(shape: str) -> None:
    text = MEETING + "\n\n" + SHAPES[shape](3_000)
    assert any(
        {p.state for p in meeting.participants} >= {"PER", "NOR"}
        for meeting in extract(replace(REPORT, text=text)).meetings
    )


def test_a_text_is_cut_at_a_line_and_only_beyond_the_bound() -> None:
    short = replace(REPORT, text="a\n" * (READ_AT_MOST // 2))
    assert read_part(short) is short
    longer = replace(REPORT, text="ab\n" * READ_AT_MOST)
    part = read_part(longer).text
    assert len(part) <= READ_AT_MOST and part.endswith("\n") and longer.text.startswith(part)


def test_of_a_book_without_spaces_the_first_characters_are_read() -> None:
    part = read_part(replace(REPORT, text="x" * (READ_AT_MOST + 1))).text
    assert len(part) == READ_AT_MOST


def test_what_was_left_out_is_said_whether_or_not_there_was_a_meeting() -> None:
    rest = "Nothing was said of it. " * (READ_AT_MOST // 20)
    told, untold = (extract(replace(REPORT, text=t)) for t in (MEETING + rest, rest))
    assert told.meetings and "characters were read" in (told.skipped or "")
    assert not untold.meetings and (untold.skipped or "").startswith("no contact; only the first")
