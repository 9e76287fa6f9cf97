"""Printed lines become paragraphs again; what is installed or too long is told in one line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.model import Refusal
from loaders import read_path
from loaders.pdf_lines import Line, paragraphs

GOLDEN = Path(__file__).parent.parent / "golden" / "pdf" / "printed" / "readout.pdf"


def page(*texts: str, size: float = 10, step: float = 12) -> list[Line]:
    """Lines one below the other; an empty text is a gap between paragraphs."""
    return [Line(text, 800 - n * step, size) for n, text in enumerate(texts) if text]


def test_lines_that_follow_closely_are_one_paragraph() -> None:
    assert paragraphs([page("The ministers", "met in Oslo.", "", "They agreed.")]) == [
        "The ministers met in Oslo.",
        "They agreed.",
    ]


def test_a_word_divided_at_the_end_of_a_line_is_whole_and_a_hyphen_of_its_own_stays() -> None:
    (joined,) = paragraphs(
        [page("the ministers' nego-", "tiations of the Anglo-", "Irish council")]
    )
    assert joined == "the ministers' negotiations of the Anglo- Irish council"


def test_a_headline_of_two_lines_is_one_paragraph() -> None:
    headline = [Line("Ministers meet", 800, 20), Line("in Oslo", 776, 20)]
    body = [Line("They met.", 740, 10), Line("They agreed.", 728, 10)]
    assert paragraphs([[*headline, *body]]) == ["Ministers meet in Oslo", "They met. They agreed."]


def test_a_paragraph_that_runs_over_the_page_is_whole() -> None:
    assert paragraphs([page("The ministers and"), page("their staff met.")]) == [
        "The ministers and their staff met."
    ]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [page("Press Service", f"Text {word}.", f"- {n} -") for n, word in enumerate("abcd")]
    assert paragraphs(pages) == ["Text a.", "Text b.", "Text c.", "Text d."]


def test_a_single_page_keeps_all_its_lines() -> None:
    assert paragraphs([page("Press Service", "", "2019")]) == ["Press Service", "2019"]


def test_columns_are_not_joined() -> None:
    left = page("The left column", "ends here.")
    right = page("The right column", "begins above.")
    assert len(paragraphs([[*left, *right]])) == 2


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (refusal,) = read_path([GOLDEN])
    assert isinstance(refusal, Refusal)
    assert "diplomatic-meetings-kg[pdf]" in refusal.reason


def test_what_pypdf_mends_is_not_told_on_standard_error(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pypdf")
    path = tmp_path / "readout.pdf"
    path.write_bytes(GOLDEN.read_bytes().replace(b"startxref", b"startxxxx"))
    list(read_path([path]))
    assert capfd.readouterr().err == ""
