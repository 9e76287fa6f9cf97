"""`kg load --diff` shows what a load would change and changes nothing; `--anew` changes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.model import Extraction, Report
from tests.cli.conftest import Run

FIRST = "President Ann Lee of Peru met Prime Minister Bo Berg of Norway in Lima on 4 May 2021. They discussed trade."
OTHER = "Foreign Minister Eva Ruiz of Chile met Foreign Minister Ole Dahl of Denmark in Lima on 5 May 2021."


def write(path: Path, *texts: str) -> None:
    records = [{"id": str(n), "outlet": "Lima Wire", "text": text} for n, text in enumerate(texts)]
    path.write_text("\n".join(map(json.dumps, records)))


@pytest.fixture
def loaded(kg: Run, tmp_path: Path) -> Path:
    path = tmp_path / "r.jsonl"
    write(path, FIRST, OTHER)
    assert kg("load", "r.jsonl").code == 0
    return path


def test_what_a_changed_report_changes_is_shown_and_not_done(kg: Run, loaded: Path) -> None:
    before = kg("export", "--to", "nq").out
    write(loaded, FIRST.replace("4 May", "6 May").replace("trade", "fishing"), OTHER)
    done = kg("load", "--diff", "r.jsonl")
    found = json.loads(done.out)
    assert (done.code, found["read"], found["unchanged"]) == (0, 2, 1)
    (report,) = found["reports"]
    (meeting,) = report["meetings"]
    assert (report["change"], meeting["change"]) == ("changed", "changed")
    assert meeting["fields"]["date"] == ["2021-05-04", "2021-05-06"]
    assert [t["text"] for t in meeting["fields"]["topics"][1]] == ["fishing"]
    assert [label[-10:] for label in (*found["disappear"], *found["appear"])] == ["2021-05-04", "2021-05-06"]  # fmt: skip
    assert kg("export", "--to", "nq").out == before
    text = kg("load", "--diff", "r.jsonl", "--format", "text").out
    assert "date: 2021-05-04 -> 2021-05-06" in text and "nothing was changed" in text


def test_what_other_rules_change_is_shown_and_comes_with_anew(
    kg: Run, loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def later_rules(report: Report) -> Extraction:
        return Extraction() if report.id == "1" else real(report)

    from kg.extracting import extract as real

    unchanged = json.loads(kg("load", "--diff").out)
    assert (unchanged["read"], unchanged["unchanged"]) == (2, 2)
    monkeypatch.setattr("kg.extracting.extract", later_rules)
    (report,) = json.loads(kg("load", "--diff").out)["reports"]
    assert [m["change"] for m in report["meetings"]] == ["removed"]
    assert json.loads(kg("load", "r.jsonl").out)["unchanged"] == 2
    anew = json.loads(kg("load", "--anew").out)
    assert [anew[k] for k in ("changed", "unchanged", "meetings")] == [1, 1, 1]
    assert json.loads(kg("load", "--anew", "r.jsonl").out)["unchanged"] == 2


def test_what_a_reference_file_would_change_is_shown_and_not_done(
    kg: Run, loaded: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine.csv").write_text(
        "state,post,title,from,until,status,person,variants\n"
        "CHL,OTHER,Foreign Minister,2021-05-01,2021-06-01,,Eva Maria Ruiz,Eva Ruiz\n"
    )
    (tmp_path / "wrong.csv").write_text("state,post,title,from,person\nQQQ,FM,M,2021,A\n")
    before = kg("export", "--to", "nq").out
    done = kg("load", "--diff", "--reference", "mine.csv", "--reference", "wrong.csv")
    found = json.loads(done.out)
    assert done.code == 1
    assert [r["path"] for r in found["refused"]] == ["wrong.csv"]
    assert (found["read"], len(found["disappear"]), len(found["appear"])) == (2, 1, 1)
    assert "Eva Ruiz" in found["disappear"][0] and "Eva Maria Ruiz" in found["appear"][0]
    write(loaded, FIRST, OTHER.replace("5 May", "6 May"))
    both = json.loads(kg("load", "--diff", "r.jsonl", "--reference", "mine.csv").out)
    assert both["read"] == 2
    assert [label[-10:] for label in both["appear"]] == ["2021-05-06"]
    assert "Eva Maria Ruiz" in both["appear"][0]
    assert kg("export", "--to", "nq").out == before


def test_a_call_without_anything_to_load_is_wrong(kg: Run, tmp_path: Path) -> None:
    for arguments in ((), ("--diff",), ("--diff", "--anew", "x.txt")):
        done = kg("load", *arguments)
        assert (done.code, done.err.count("\n")) == (2, 1)
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_read_again_with_a_reference_file_is_told(
    kg: Run, loaded: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine.csv").write_text(
        "state,post,title,from,until,status,person,variants\n"
        "CHL,OTHER,Foreign Minister,2021-05-01,2021-06-01,,Eva Maria Ruiz,Eva Ruiz\n"
    )
    (tmp_path / "table.csv").write_text(
        "who,state,whom,whom_state,date\nAnn Lee,PER,Bo Berg,NOR,2021-05-09\n"
    )
    kg("load", "table.csv")
    assert kg("load", "--reference", "mine.csv").err == "", "texts and rows are read again"
    entities = (
        {
            "id": "e",
            "schema": "Event",
            "properties": {"date": ["2021-05-09"], "involved": ["a", "b"]},
        },
        {"id": "a", "schema": "Person", "properties": {"name": ["Ann Lee"], "country": ["pe"]}},
        {"id": "b", "schema": "Person", "properties": {"name": ["Bo Berg"], "country": ["no"]}},
    )
    (tmp_path / "events.ftm").write_text("\n".join(map(json.dumps, entities)))
    kg("load", "events.ftm")
    for call in (("retract", "mine.csv"), ("load", "--reference", "mine.csv")):
        told = kg(*call).err
        assert "with their facts: 1 stay as they were read" in told and told.count("\n") == 1
