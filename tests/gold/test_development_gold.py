"""The hand-annotated development gold: its offsets become words, or a reason why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.gold.expand_development import (
    Row,
    annotated,
    expand,
    fingerprint,
    main,
    read_records,
)

REPORTS = Path(__file__).parents[3] / "shared" / "data" / "reports"
FILES = ["kremlin_dev", "state_dept_dev"]


def annotation(text: str, span: list[int]) -> Row:
    """An annotation of one meeting with one topic, made on the text."""
    topic = {"span": span, "treatment": "discussed", "by": None}
    meeting = {"status": "held", "topics": [topic], "documents": [], "figures": []}
    return {
        "id": "tern-1", "file": "terns", "class": "call", "text_sha256": fingerprint(text),
        "not_participants": [], "meetings": [meeting],
    }  # fmt: skip


def test_offsets_count_code_points_of_the_record() -> None:
    text = "Łucja Żak rang 🐦 her colleague about tern reserves."
    start = text.index("tern")
    row = expand(annotation(text, [start, start + 13]), {"tern-1": {"text": text}}, Path("t.jsonl"))
    assert row["meetings"][0]["topics"][0]["text"] == "tern reserves"


def test_words_that_stand_only_in_the_title_are_cut_from_it() -> None:
    row = annotation("They met.", [0, 5])
    row["meetings"][0]["topics"][0]["in"] = "title"
    record = {"text": "They met.", "title": "Terns and other birds"}
    topics = expand(row, {"tern-1": record}, Path("t.jsonl"))["meetings"][0]["topics"]
    assert topics == [{"text": "Terns", "treatment": "discussed", "by": None}]


@pytest.mark.parametrize(
    ("records", "span", "reason"),
    [
        ({}, [0, 4], "no record tern-1"),
        ({"tern-1": {"text": "They spoke of gulls."}}, [0, 4], "not the one that was annotated"),
        ({"tern-1": {"text": "They spoke of terns."}}, [0, 40], "offsets 0 to 40 lie outside"),
    ],
)
def test_what_cannot_be_cut_is_refused_with_its_reason(
    records: dict[str, Row], span: list[int], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        expand(annotation("They spoke of terns.", span), records, Path("terns.jsonl"))


def test_a_folder_without_the_reports_is_named_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path), str(tmp_path / "gold.jsonl")]) == 2
    assert str(tmp_path / "kremlin_dev.jsonl") in capsys.readouterr().err
    assert not (tmp_path / "gold.jsonl").exists()


def test_records_that_are_missing_are_each_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in FILES:
        (tmp_path / f"{name}.jsonl").write_text("")
    assert main([str(tmp_path), str(tmp_path / "gold.jsonl"), "--half", "look"]) == 1
    named = capsys.readouterr().err
    assert all(f"no record {row['id']}" in named for row in annotated("look"))


@pytest.mark.parametrize("half", ["look", "held"])
def test_half_of_the_chosen_reports_is_in_each_file(half: str) -> None:
    assert len({row["id"] for row in annotated(half)}) == 32


def test_every_span_lies_in_its_record_and_no_topic_is_longer_than_ten_words() -> None:
    if not REPORTS.is_dir():
        pytest.skip(f"{REPORTS} is absent: the reports are not part of the project")
    records = read_records(REPORTS, FILES)
    rows = [expand(row, records[row["file"]], REPORTS) for row in annotated("all")]
    topics = [t["text"] for row in rows for m in row["meetings"] for t in m["topics"]]
    assert [t for t in topics if len(t.replace("–", " ").split()) > 10] == []


def test_choice_script_and_annotations_name_the_same_reports(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not REPORTS.is_dir():
        pytest.skip(f"{REPORTS} is absent: the reports are not part of the project")
    from benchmarks.gold import choose_development

    monkeypatch.setattr("sys.argv", ["choose_development.py", str(REPORTS)])
    assert choose_development.main() == 0
    printed = [line.split()[:4] for line in capsys.readouterr().out.splitlines()]
    chosen = {(half, id, stratum) for half, stratum, _, id in printed}
    kept = {(h, a["id"], a["class"]) for h in ("look", "held") for a in annotated(h)}
    assert kept == chosen
