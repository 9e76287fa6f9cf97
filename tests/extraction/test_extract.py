"""Laws that hold for every report, whatever it says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract_json import extraction_json
from kg.model import Extraction, Report, Source
from loaders.extraction import explain, extract

SHARED = Path(__file__).parents[3] / "shared/data/reports"


def report(text: str, **fields: str) -> Report:
    return Report("r", text, Source("test"), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "unit",
    ["[", "President ", "A. ", "“", "met with ", "President Ann Lee met President Bo Li of Peru ", "and ", "of ",
     "Minister of Foreign Affairs and ", "X and Y, ", "talks between "],
)  # fmt: skip
def test_hostile_repetition_ends(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    assert isinstance(extract(report(text)), Extraction)


@pytest.mark.parametrize(
    "unit",
    ["“a b c d,” he said. ", "“a b c d” \n", "he said that ", "— a b c d, — said ", "a treaty and ", "signed a treaty on ", "joint statement in a ", "including a memo, ", "“treaty ",
     "agreement of ", "5 billion dollars of trade ", "1,000,", "first nine months ", "2 million safe "],
)  # fmt: skip
def test_hostile_repetition_in_what_was_signed_or_said_ends(unit: str) -> None:
    lead = "President Adela Novak of Croatia met Prime Minister Jon Berg of Norway in Split. They signed "
    (meeting,) = extract(report(lead + unit * (40_000 // len(unit)))).meetings
    assert all(d.span is not None for d in meeting.documents)


@given(st.text(max_size=300), st.one_of(st.none(), st.text(max_size=60)))
def test_any_text_gives_an_extraction_with_spans_inside_it(text: str, title: str | None) -> None:
    given_report = Report("r", text, Source("test"), title=title)
    for meeting in extract(given_report).meetings:
        for participant in meeting.participants:
            if participant.span is not None:
                assert text[participant.span.start : participant.span.end] == participant.as_written
        for document in (d for d in meeting.documents if not d.in_title):
            assert document.span is not None
            assert text[document.span.start : document.span.end] == document.title
        for statement in meeting.statements:
            assert statement.span is not None
            assert text[statement.span.start : statement.span.end] == statement.quote


def test_facts_of_a_structured_record_are_not_read_again() -> None:
    facts = Extraction(skipped="visit")
    assert extract(Report("r", "A met B.", Source("test"), facts=facts)) is facts


def test_explanations_follow_the_meetings() -> None:
    text = "President Adela Novak of Croatia met Prime Minister Jon Berg of Norway in Split on 2 May 2020."
    (meeting,) = extract(report(text)).meetings
    (explanation,) = explain(report(text))
    assert explanation.patterns == ("met",)
    assert meeting.span is not None
    assert text[meeting.span.start : meeting.span.end] in explanation.phrases


def test_the_json_has_the_keys_of_the_contract() -> None:
    text = "President Adela Novak of Croatia met Prime Minister Jon Berg of Norway in Split on 2 May 2020."
    made = extraction_json(report(text), extract(report(text)))
    assert list(made) == ["id", "title", "published", "outlet", "language", "meetings", "skipped"]
    assert made["meetings"][0]["place"] == {"name": "Split", "state": "HRV", "basis": "explicit"}
    assert json.dumps(made)


def test_the_same_report_gives_the_same_bytes_under_any_hash_seed() -> None:
    code = (
        "from kg.model import Report, Source\n"
        "from loaders.extraction import extract\n"
        "t = 'Presidents Adela Novak of Croatia and Jon Berg of Norway met in Split. Foreign Minister"
        " Ana Kos of Malta and the leaders of Peru and Chile took part in the talks.'\n"
        "print(extract(Report('r', t, Source('x'), published='2020-05-02')))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path.cwd())},
            capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(outputs) == 1


def test_the_mission_s_own_example_comes_out_whole() -> None:
    path = SHARED / "kazinform-2019-10-25.txt"
    if not path.exists():
        pytest.skip("the shared reports are not here")
    (meeting,) = extract(report(path.read_text(encoding="utf-8"))).meetings
    assert (meeting.status, meeting.format) == ("held", "in-person")
    assert meeting.when is not None
    assert (meeting.when.edtf, meeting.date_basis) == ("2019-10-25", "explicit")
    assert meeting.place is not None
    assert (meeting.place.name, meeting.place.state, meeting.place.basis) == (
        "Nur-Sultan",
        "KAZ",
        "dateline",
    )
    assert {(p.name, p.office, p.state, p.role) for p in meeting.participants} == {
        ("Aleksandr Lukashenko", "President", "BLR", "principal"),
        ("Kassym-Jomart Tokayev", "President", "KAZ", "principal"),
    }
    figures = [(f.value, f.unit, f.period, f.modality) for f in meeting.figures]
    assert figures == [
        (2, "times", "2016/2019", "actual"),
        (900000000, "USD", "2018", "actual"),
        (1000000000, "USD", None, "target"),
    ]
    assert {s.speaker for s in meeting.statements} == {"Aleksandr Lukashenko"}
    assert sum(s.direct for s in meeting.statements) == 4
    (agreed,) = [t for t in meeting.topics if t.treatment == "agreed"]
    assert agreed.by == "Aleksandr Lukashenko"
