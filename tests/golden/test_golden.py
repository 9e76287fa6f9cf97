"""Files as they come, and what each loader makes of them: `<loader>/<case>/` holds both.

A case is a folder with one or more input files (tables also with a mapping) and `expected.json`. A
new case needs new files and no Python. `expected.json` lists the reports and the refusals in the order in which they come:

    reports   identity, title, outlet, day of publication and how it is known, language, address;
              and as far as the case is about them: `text` or `starts`, `holds`, `lacks`, and the
              `meetings` and `visits` told of
    refused   line, words of the reason, and inside an archive the member
    skipped   if there are any: what was passed over, by its path within the case

Cases of archives lie under `archives`, which is no loader.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.model import Extraction, Participant, Refusal, Report, ReportedMeeting, ReportedVisit
from loaders import LOADERS, Skipped, read_path
from loaders.base import HEAD_SIZE
from loaders.extraction import extract

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/*/expected.json"))
IDENTITY = {"id", "outlet", "title", "published", "published_basis", "language", "url"}


def inputs(case: Path) -> list[Path]:
    """All files of the case but the mappings and what is expected."""
    files = (path for path in case.iterdir() if path.suffix != ".toml")
    return sorted(path for path in files if path.name != "expected.json")


def person(p: Participant) -> str:
    return f"{p.name or 'nobody named'} ({p.state or '?'})"


def meeting(m: ReportedMeeting) -> dict[str, Any]:
    return {
        "date": m.when.edtf if m.when else None,
        "status": m.status,
        "format": m.format,
        "who": [person(p) for p in m.participants],
    }


def visit(v: ReportedVisit) -> dict[str, Any]:
    return {
        "who": person(v.visitor),
        "office": v.visitor.office,
        "to": v.visited,
        "when": v.when.edtf,
        "kind": v.kind,
        "places": list(v.places),
    }


def told(report: Report) -> dict[str, Any]:
    """What a report is and says, in the words of `expected.json`."""
    said: Extraction = report.facts if report.facts is not None else extract(report)
    return {name: getattr(report, name) for name in sorted(IDENTITY)} | {
        "text": report.text,
        "meetings": [meeting(m) for m in said.meetings],
        "visits": [visit(v) for v in said.visits],
    }


def check_report(wanted: Mapping[str, Any], got: Mapping[str, Any]) -> None:
    assert wanted.keys() >= IDENTITY, "expected.json tells who the report is"
    assert wanted.keys() <= IDENTITY | {"text", "starts", "holds", "lacks", "meetings", "visits"}
    for name in wanted.keys() & got.keys():
        assert got[name] == wanted[name], name
    text = got["text"]
    assert text.startswith(wanted.get("starts", ""))
    assert [words for words in wanted.get("holds", []) if words not in text] == []
    assert [words for words in wanted.get("lacks", []) if words in text] == []


def check_refusal(wanted: Mapping[str, Any], got: Refusal, case: Path) -> None:
    file, _, member = got.path.partition("!")
    assert (Path(file).parent, member) == (case, wanted.get("member", ""))
    assert got.line == wanted["line"]
    assert wanted["reason"] in got.reason
    assert "\n" not in got.reason


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.parent.name}/{c.name}")
def test_a_file_becomes_the_reports_it_holds(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    outcomes = list(read_path(inputs(case)))
    reports = [told(o) for o in outcomes if isinstance(o, Report)]
    refused = [o for o in outcomes if isinstance(o, Refusal)]
    missing = [r.reason for r in refused if "needs the extra" in r.reason]
    if missing and os.environ.get("KG_REQUIRE_ALL") != "1":
        pytest.skip(missing[0])
    skipped = [str(Path(o.path).relative_to(case)) for o in outcomes if isinstance(o, Skipped)]
    assert skipped == expected.get("skipped", [])
    assert len(reports) == len(expected["reports"])
    assert len(refused) == len(expected["refused"]), [r.reason for r in refused]
    for wanted, got in zip(expected["reports"], reports, strict=True):
        check_report(wanted, got)
    for wanted, refusal in zip(expected["refused"], refused, strict=True):
        check_refusal(wanted, refusal, case)


OF_LOADERS = [case for case in CASES if case.parent.name != "archives"]


@pytest.mark.parametrize("case", OF_LOADERS, ids=lambda c: f"{c.parent.name}/{c.name}")
def test_a_case_is_read_by_the_loader_whose_folder_it_lies_in(case: Path) -> None:
    """Unless its file is refused before a loader is chosen."""
    (loader,) = (one for one in LOADERS if one.name == case.parent.name)
    for path in inputs(case):
        assert path.suffix in loader.suffixes
        head = path.read_bytes()[:HEAD_SIZE]
        expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
        mapped = any(case.glob("*.toml"))
        assert mapped or loader.mismatch(head) is None or not expected["reports"]


@pytest.mark.parametrize("loader", LOADERS, ids=lambda one: one.name)
def test_each_loader_owns_a_case(loader: Any) -> None:
    assert [case for case in CASES if case.parent.name == loader.name]


def test_no_case_is_forgotten() -> None:
    folders = [path for path in HERE.glob("*/*") if path.is_dir() and path.name != "__pycache__"]
    assert sorted(folders) == CASES
    assert all(inputs(case) for case in CASES)
    assert len(CASES) >= 25
