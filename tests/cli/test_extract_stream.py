"""`kg extract` on a stream: in order, the same bytes everywhere, and nothing stops it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.model import Extraction, Report
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
MEETING = "President Ann Lee of Peru met Prime Minister Bo Berg of Norway in Lima on Monday."


def record(number: int, text: str) -> str:
    return json.dumps({"id": str(number), "text": text, "published": "2021-05-04T23:30:00+02:00"})


def stream() -> str:
    """Two hundred records of very different lengths, some of which cannot be read."""
    lines = [record(n, f"{MEETING} Visitor {n} signed. " * (1 + n % 7)) for n in range(200)]
    lines[3], lines[50], lines[199] = "{broken", record(50, ""), "[]"
    return "\n".join(lines) + "\n"


def piped(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    settings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        [sys.executable, "-m", "kg", "extract", "-", *arguments],
        input=stream().encode(), capture_output=True, env=settings, check=False, cwd=ROOT,
    )  # fmt: skip


@pytest.fixture(scope="module")
def plain() -> subprocess.CompletedProcess[bytes]:
    return piped(PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8")


def test_records_that_fail_are_listed_and_the_others_come_in_order(
    plain: subprocess.CompletedProcess[bytes],
) -> None:
    ids = [json.loads(line)["id"] for line in plain.stdout.splitlines()]
    assert ids == [str(n) for n in range(200) if n not in (3, 50, 199)]
    assert plain.returncode == 1
    listed = plain.stderr.decode().splitlines()
    assert [line.split(":")[2] for line in listed] == ["4", "51", "200"]


@pytest.mark.parametrize(
    ("jobs", "environment"),
    [
        ("1", {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C"}),
        ("2", {"PYTHONHASHSEED": "99", "TZ": "America/Lima", "LC_ALL": "C.UTF-8"}),
        ("3", {"PYTHONHASHSEED": "random", "TZ": "UTC", "LC_ALL": "C"}),
    ],
)
def test_processes_hash_seed_zone_and_locale_leave_no_trace(
    plain: subprocess.CompletedProcess[bytes], jobs: str, environment: dict[str, str]
) -> None:
    done = piped("--jobs", jobs, **environment)
    assert (done.stdout, done.returncode) == (plain.stdout, plain.returncode)


def test_a_reader_that_has_enough_is_no_error() -> None:
    command = f"{sys.executable} -m kg extract - --jobs 2 | head -n 1"
    settings = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, shell=True, input=stream().encode() * 20, capture_output=True, env=settings, cwd=ROOT, check=True
    )  # fmt: skip
    assert json.loads(done.stdout)["id"] == "0"
    assert b"Traceback" not in done.stderr


def test_the_patterns_behind_a_meeting_are_named(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text(record(1, MEETING))
    (found,) = json.loads(kg("extract", "r.jsonl", "--explain").out)["explain"]
    assert found["meeting"] == 0 and found["patterns"] == ["met"]
    assert found["phrases"][0] in MEETING


def test_a_fault_in_one_report_is_listed_and_the_rest_is_done(
    kg: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(report: Report) -> Extraction:
        if report.id == "2":
            raise RecursionError("too deep")
        return Extraction()

    monkeypatch.setattr("kg.extracting.extract", faulty)
    (tmp_path / "r.jsonl").write_text("\n".join(record(n, MEETING) for n in range(4)))
    done = kg("extract", "r.jsonl")
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["0", "1", "3"]
    assert done.code == 1
    assert "r.jsonl:3" in done.err and "too deep" in done.err


def test_a_report_that_cannot_be_read_stops_no_load_and_what_is_stored_of_it_stays(
    kg: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text("\n".join(record(n, MEETING) for n in range(4)))
    assert kg("load", "r.jsonl").code == 0

    def faulty(report: Report) -> Extraction:
        if report.id in "25":
            raise RecursionError("too\ndeep")
        return Extraction()

    monkeypatch.setattr("kg.extracting.extract", faulty)
    path.write_text("\n".join(record(n, f"{MEETING} They signed.") for n in range(1, 7)))
    done = kg("load", "r.jsonl")
    assert done.code == 1
    summary = json.loads(done.out)
    assert [summary[k] for k in ("read", "new", "changed", "unchanged")] == [6, 2, 2, 0]
    assert [r["line"] for r in summary["refused"]] == [2, 5]
    assert done.err.count("\n") == 2 and "too deep" in done.err
    assert json.loads(kg("stats").out)["reports"] == 6


def test_a_report_that_the_graph_cannot_take_is_refused_and_the_others_come_in(
    kg: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def impossible(report: Report) -> Extraction:
        return Extraction(("no meeting",)) if report.id == "2" else Extraction()  # type: ignore[arg-type]

    monkeypatch.setattr("kg.extracting.extract", impossible)
    (tmp_path / "r.jsonl").write_text("\n".join(record(n, MEETING) for n in range(4)))
    done = kg("load", "r.jsonl")
    assert (done.code, json.loads(done.out)["new"]) == (1, 3)
    assert [r["line"] for r in json.loads(done.out)["refused"]] == [3]
