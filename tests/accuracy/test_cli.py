"""`python -m benchmarks.accuracy` as a command: what it prints, keeps, refuses."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.accuracy.cli import main
from kg.model import Extraction, Report
from tests.accuracy.conftest import GOLD, TEXTS, lines

HERE = Path(__file__).parents[2]


def empty(report: Report) -> Extraction:
    """An extractor that finds nothing."""
    return Extraction()


def wrong_type(report: Report) -> list[str]:
    return []


def failing(report: Report) -> Extraction:
    raise KeyError("weights")


@pytest.fixture
def call(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> tuple[int, str, str]:
        folders = (
            "--gold",
            str(gold),
            "--frozen",
            str(tmp_path),
            "--reports",
            str(tmp_path / "none"),
        )
        code = main([*folders, *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_the_report_has_figures_for_each_set_that_is_there_and_says_what_is_not(call: Any) -> None:
    code, out, _ = call()
    assert code == 0
    assert "== written-look, 2 reports\n" in out
    assert "== written-held, 2 reports (held: figures only)" in out
    assert "== development-look: skipped, " in out
    assert "== kremlin_dev: skipped, " in out
    rows = [line.split() for line in out.splitlines()]
    assert ["held", "meetings", "1.000", "1", "found,", "0", "invented,", "0", "missed"] in rows


def test_styles_are_compared_and_the_worst_is_named(call: Any) -> None:
    _, out, _ = call("--set", "written-look", "--extractor", "tests.accuracy.test_cli:empty")
    assert "worst style: agency (mean 0.000)" in out


def test_small_groups_of_held_sets_are_not_shown(call: Any) -> None:
    _, out, _ = call("--set", "written-held")
    assert "by style" not in out
    assert "class planned" not in out


def test_what_is_written_is_unchanged_the_next_time(call: Any, tmp_path: Path) -> None:
    assert call("--write")[0] == 0
    cases = [json.loads(line) for line in (tmp_path / "cases.jsonl").read_text().splitlines()]
    assert [(c["set"], c["id"]) for c in cases] == [
        ("written-look", "a"), ("written-look", "b"), ("written-held", "a"), ("written-held", "b")
    ]  # fmt: skip
    _, out, _ = call()
    assert "written-look: nothing" in out
    assert "written-held: nothing" in out


def test_changes_are_told_case_by_case_but_only_counted_for_held_sets(call: Any) -> None:
    call("--write")
    _, out, _ = call("--extractor", "tests.accuracy.test_cli:empty")
    changes = out[out.index("== changes") :]
    look, held = changes.split("written-held: ")
    assert "worse a: held 1/0/0 -> 0/0/1" in look
    assert (
        "broken: missed meeting: held, in-person, 2020-05-02: Adela Novak (HRV) - Jon Berg (NOR)"
        in look
    )
    assert held.strip() == "2 worse"
    _, out, _ = call("--extractor", "tests.accuracy.test_cli:empty", "--show-held")
    assert out.count("worse a: held 1/0/0 -> 0/0/1") == 2


def test_words_of_held_reports_are_kept_nowhere(call: Any, tmp_path: Path, gold: Path) -> None:
    lines(gold / "written-look-gold.jsonl", [{**r, "meetings": []} for r in GOLD])
    lines(gold / "written-held-gold.jsonl", [{**r, "meetings": []} for r in GOLD])
    call("--write")
    look, _, held, _ = [json.loads(x) for x in (tmp_path / "cases.jsonl").read_text().splitlines()]
    assert "Novak" in look["wrong"][0]
    assert "wrong" not in held


def test_a_set_that_is_not_scored_keeps_its_results(call: Any, tmp_path: Path) -> None:
    call("--write")
    before = (tmp_path / "cases.jsonl").read_bytes(), (tmp_path / "results.json").read_bytes()
    call("--write", "--set", "written-held")
    assert before == (
        (tmp_path / "cases.jsonl").read_bytes(),
        (tmp_path / "results.json").read_bytes(),
    )


def test_errors_are_listed_with_the_report_s_words(call: Any) -> None:
    code, out, _ = call("--errors", "5", "--extractor", "tests.accuracy.test_cli:empty")
    assert code == 0
    assert "written-held" not in out
    assert f"   | {TEXTS[0]['text']}" in out
    assert (
        "   * missed meeting: held, in-person, 2020-05-02: Adela Novak (HRV) - Jon Berg (NOR)"
        in out
    )


def test_errors_of_one_kind_can_be_asked_for(call: Any, gold: Path) -> None:
    topic = {"text": "the price of salt", "treatment": "raised"}
    meeting = {**GOLD[0]["meetings"][0], "topics": [topic], "date": "2020-05-01"}
    lines(gold / "written-look-gold.jsonl", [{**GOLD[0], "meetings": [meeting]}])
    _, out, _ = call("--errors", "5", "--about", "topic")
    told = [line.strip() for line in out.splitlines() if line.startswith("   * ")]
    assert told[0] == "* missed topic: the price of salt"
    assert all("topic" in line for line in told)
    _, out, _ = call("--errors", "5", "--about", "figure")
    assert "0 worst of 1 reports" in out


def test_held_reports_are_not_shown_when_they_are_met_by_their_titles(
    call: Any, gold: Path, tmp_path: Path
) -> None:
    label = {"kind": "call", "official": "X", "counterparts": [{"surname": "Zeta"}]}
    records = [
        {**TEXTS[0], "id": name, "title": "Call", "gold": label} for name in ("open", "shut")
    ]
    lines(tmp_path / "none" / "kremlin_dev.jsonl", records)
    lines(gold / "development-held.jsonl", [{"id": "shut", "file": "kremlin_dev", "meetings": []}])
    _, out, _ = call("--set", "kremlin_dev", "--errors", "5")
    assert "-- open " in out
    assert "shut" not in out
    call("--set", "kremlin_dev", "--write")
    _, out, _ = call("--set", "kremlin_dev", "--extractor", "tests.accuracy.test_cli:empty")
    assert "kremlin_dev: 2 worse" in out
    assert "worse open" in out
    assert "shut" not in out


def test_the_extractor_of_the_page_runs(
    call: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (HERE / "benchmarks" / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (tmp_path / "single_meeting.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    code_, out, err = call("--set", "written-look", "--extractor", "single_meeting:extract")
    assert (code_, err) == (0, "")
    assert "0 found, 2 invented, 1 missed" in out


def test_errors_of_held_sets_are_refused(call: Any) -> None:
    code, out, err = call("--errors", "5", "--set", "written-held")
    assert (code, out) == (2, "")
    assert (
        err
        == "accuracy: written-held: only the figures of held sets are shown; --errors is for others\n"
    )


def test_ready_predictions_are_scored_by_id(call: Any, tmp_path: Path) -> None:
    lines(tmp_path / "said.jsonl", [GOLD[0]])
    _, out, _ = call("--predictions", str(tmp_path / "said.jsonl"), "--set", "written-look")
    assert "topics" in out
    assert "planned" in out
    rows = [line.split()[:2] for line in out.splitlines()]
    assert ["planned", "0.000"] in rows
    assert ["topics", "1.000"] in rows


def test_predictions_for_other_reports_skip_the_set(call: Any, tmp_path: Path) -> None:
    lines(tmp_path / "said.jsonl", [{"id": "z", "meetings": []}])
    _, out, _ = call("--predictions", str(tmp_path / "said.jsonl"), "--set", "written-look")
    assert "== written-look: skipped, there is no prediction for any of its reports" in out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--extractor", "nowhere"), "'nowhere' is no extractor; write built-in or module:function"),
        (("--extractor", "nowhere.at.all:f"), "extractor nowhere.at.all:f: No module named 'nowhere'"),
        (("--extractor", "json:nothing"), "extractor json:nothing: json has no function 'nothing'"),
        (("--extractor", "tests.accuracy.test_cli:wrong_type"),
         "extractor tests.accuracy.test_cli:wrong_type gave list for 'a'; give a kg.model.Extraction"),
        (("--extractor", "tests.accuracy.test_cli:failing"),
         "extractor tests.accuracy.test_cli:failing failed on 'a': KeyError: 'weights'"),
        (("--extractor", "json:dumps", "--write"), "--write keeps results of the built-in extraction only"),
        (("--about", "topic"), "--about goes with --errors"),
        (("--errors", "0"), "--errors takes a number from 1, and does not go with --write"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_one_clear_line(call: Any, arguments: tuple[str, ...], reason: str) -> None:
    code, _, err = call(*arguments)
    assert (code, err) == (2, f"accuracy: {reason}\n")


def annotated(**change: Any) -> dict[str, Any]:
    meeting = {**GOLD[0]["meetings"][0], **change}
    return {**GOLD[0], "meetings": [meeting]}


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (annotated(status="hold"), "a: status is 'hold'; write one of held, planned, cancelled, denied, background"),
        (annotated(format="fax"), "a: format is 'fax'; write one of in-person, phone, video, unspecified"),
        (annotated(topics=[{"text": "x"}]), "a: treatment is 'missing'; write one of discussed"),
        (annotated(topics=[{"span": [150, 400], "treatment": "raised"}]),
         "a: the span [150, 400] lies outside the report's 137 characters"),
        ({**GOLD[0], "id": "q"}, "q: no report has this id; mend the id or add the report"),
        ({"meetings": []}, ': no "id"'),
        ({**GOLD[0], "text_sha256": "0"}, "a: the text is not the one that was annotated; get the same release"),
    ],
)  # fmt: skip
def test_an_annotation_that_cannot_be_right_is_refused_by_name(
    call: Any, gold: Path, record: dict[str, Any], reason: str
) -> None:
    lines(gold / "written-look-gold.jsonl", [record])
    code, _, err = call("--set", "written-look")
    assert code == 2
    assert err.startswith(f"accuracy: {gold / 'written-look-gold.jsonl'}:1: {reason}")
    assert err.count("\n") == 1


def test_a_damaged_line_is_refused_by_number(call: Any, gold: Path) -> None:
    path = gold / "written-look-gold.jsonl"
    path.write_text(path.read_text() + "{", encoding="utf-8")
    code, _, err = call("--set", "written-look")
    assert (code, err) == (2, f"accuracy: {path}:3: not JSON at column 2 "
                              "(Expecting property name enclosed in double quotes)\n")  # fmt: skip


def test_the_output_does_not_depend_on_the_hash_seed(gold: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.accuracy", "--gold", str(gold),
               "--frozen", str(tmp_path), "--reports", str(tmp_path / "none")]  # fmt: skip
    outputs = {
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}, cwd=HERE,
            capture_output=True, check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }  # fmt: skip
    assert len(outputs) == 1
