"""What invented passages say of documents, figures and statements is what a reader takes from them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.model import Report, ReportedMeeting, Source, Span
from loaders.extraction import extract

CASES = tomllib.loads(
    Path(__file__).with_name("content_cases.toml").read_text(encoding="utf-8")
)["case"]  # fmt: skip


def report_of(case: dict[str, Any]) -> Report:
    return Report(
        id=case["id"], text=case["text"], source=Source("content_cases.toml"),
        outlet=case.get("outlet"), title=case.get("title"), published=case.get("published"),
    )  # fmt: skip


def meetings_of(case: dict[str, Any]) -> list[ReportedMeeting]:
    found = [m for m in extract(report_of(case)).meetings if m.status != "background"]
    assert found
    return found


def cases_with(key: str) -> Any:
    return pytest.mark.parametrize(
        "case", [c for c in CASES if key in c], ids=[c["id"] for c in CASES if key in c]
    )


@cases_with("documents")
def test_the_documents_are_those_a_reader_finds(case: dict[str, Any]) -> None:
    found = {f"{d.status} | {d.type} | {d.title}" for m in meetings_of(case) for d in m.documents}
    assert found == set(case["documents"])


@cases_with("figures")
def test_the_figures_are_those_a_reader_finds(case: dict[str, Any]) -> None:
    found = [
        f"{f.indicator} | {f.value:.12g} {f.unit} | {f.period or '-'} | {f.modality} | {f.comparator or '-'}"
        for m in meetings_of(case)
        for f in m.figures
    ]
    assert found == case["figures"]


@cases_with("statements")
def test_the_statements_are_those_a_reader_finds(case: dict[str, Any]) -> None:
    found = [
        f"{s.speaker} | {'direct' if s.direct else 'indirect'} | {s.quote}"
        for m in meetings_of(case)
        for s in m.statements
    ]
    assert found == case["statements"]


@cases_with("agreed")
def test_what_a_speaker_says_is_agreed_is_agreed_by_his_word(case: dict[str, Any]) -> None:
    found = [
        f"{t.by} | {t.text}" for m in meetings_of(case) for t in m.topics if t.treatment == "agreed"
    ]
    assert found == case["agreed"]


def test_the_talks_of_nur_sultan_come_out_whole() -> None:
    (case,) = [c for c in CASES if c["id"] == "nur-sultan-2019"]
    (meeting,) = meetings_of(case)
    assert (meeting.status, meeting.format, str(meeting.when)) == (
        "held",
        "in-person",
        "2019-10-25",
    )
    assert meeting.place is not None
    assert (meeting.place.name, meeting.place.state) == ("Nur-Sultan", "KAZ")
    assert {(p.name, p.office, p.state) for p in meeting.participants} == {
        ("Aleksandr Lukashenko", "President", "BLR"),
        ("Kassym-Jomart Tokayev", "President", "KAZ"),
    }
    discussed = [t.text for t in meeting.topics if t.treatment == "discussed"]
    assert discussed == ["trade", "joint companies", "military-technical cooperation"]


def test_a_background_meeting_gets_none_of_the_news() -> None:
    (case,) = [c for c in CASES if c["id"] == "background-gets-none-of-the-news"]
    (background,) = [m for m in extract(report_of(case)).meetings if m.status == "background"]
    assert not (background.documents or background.figures or background.statements)


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_every_span_gives_the_words_it_stands_for(case: dict[str, Any]) -> None:
    text = case["text"]

    def at(span: Span | None) -> str:
        assert span is not None
        return str(text[span.start : span.end])

    for m in meetings_of(case):
        assert all(at(d.span) == d.title for d in m.documents if not d.in_title)
        assert all(at(s.span) == s.quote for s in m.statements)
        assert all(re.search(r"\d|illion|hundred|ubl|ripl", at(f.span)) for f in m.figures)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 40
