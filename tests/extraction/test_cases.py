"""Invented reports in the manner of many newsrooms: what is found is what a reader would find."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.ids import fold
from kg.model import Participant, Report, ReportedMeeting, Source
from loaders.extraction import extract

CASES = [
    case
    for name in (
        "cases.toml",
        "reality_cases.toml",
        "telling_cases.toml",
        "several_cases.toml",
        "status_cases.toml",
    )
    for case in tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))["case"]
]


def report_of(case: dict[str, Any]) -> Report:
    return Report(
        id=case["id"], text=case["text"], source=Source("cases.toml"), outlet=case.get("outlet"),
        title=case.get("title"), published=case.get("published"),
    )  # fmt: skip


def person(participant: Participant) -> str:
    mark = {"attendee": "~", "envoy": "@"}.get(participant.role, "")
    name = fold(participant.name) if participant.name else "-"
    return f"{mark}{name}/{participant.state or '-'}/{fold(participant.office or '-')}"


def line(meeting: ReportedMeeting) -> tuple[str, ...]:
    place = f"{fold(meeting.place.name)}, {meeting.place.state}" if meeting.place else "-"
    people = "; ".join(sorted(person(p) for p in meeting.participants))
    when = meeting.when.edtf if meeting.when else "-"
    return meeting.status, meeting.format, when, place, people


def expected(text: str) -> tuple[str, ...]:
    status, form, when, place, people = (part.strip() for part in text.split("|"))
    town, _, state = place.rpartition(", ")
    where = f"{fold(town)}, {state}" if town else "-"
    folded = []
    for one in people.split(";"):
        name, code, office = one.strip().split("/")
        folded.append(f"{fold(name)}/{code}/{fold(office)}")
    return status, form, when, where, "; ".join(sorted(folded))


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_a_report_gives_what_a_reader_takes_from_it(case: dict[str, Any]) -> None:
    wanted = sorted(expected(m) for m in case["meetings"])
    recalled = case.get("recalled", False)
    found = sorted(
        line(m) for m in extract(report_of(case)).meetings if recalled or m.status != "background"
    )
    if case.get("loose"):
        assert all(w in found for w in wanted)
    else:
        assert found == wanted


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_every_span_gives_the_words_it_stands_for(case: dict[str, Any]) -> None:
    report = report_of(case)
    for meeting in extract(report).meetings:
        for participant in meeting.participants:
            source = report.title if participant.in_title else report.text
            if participant.span is not None:
                words = report.text[participant.span.start : participant.span.end]
                assert words == participant.as_written
            else:
                assert participant.in_title and participant.as_written in (source or "")


@pytest.mark.parametrize("case", [c for c in CASES if "sidelines" in c], ids=lambda c: c["id"])
def test_the_gathering_on_whose_sidelines_it_was_is_named(case: dict[str, Any]) -> None:
    assert [m.sidelines_of for m in extract(report_of(case)).meetings] == [case["sidelines"]]
