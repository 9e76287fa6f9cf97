"""Bad input gets one clear line, the right exit code, and harms nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kg.store import open_store
from tests.cli.conftest import Done, Run

GOOD = '{"id": "%s", "title": "T", "text": "President A met.", "published": "2020-01-01"}\n'


def one_line(done: Done) -> str:
    """The only line on standard error."""
    lines = done.err.strip().splitlines()
    assert len(lines) == 1, done.err
    assert "Traceback" not in done.err
    return lines[0]


def refusal(kg: Run, path: Path) -> str:
    done = kg("load", str(path), "--db", "db")
    assert done.code == 1
    (found,) = json.loads(done.out)["refused"]
    assert found["path"] in one_line(done)
    return str(found["reason"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("binary.txt", bytes(range(256)) * 40),
        ("empty.jsonl", b""),
        ("broken.xml", b"<trips><trip>"),
        ("unknown.xml", b"<recipes><recipe/></recipes>"),
        ("unknown.csv", b"a,b\n1,2\n"),
        ("image.png", b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_name(
    kg: Run, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal(kg, path)


def test_a_path_that_is_not_there_is_refused(kg: Run, tmp_path: Path) -> None:
    assert refusal(kg, tmp_path / "nowhere.txt")


def test_a_folder_without_readable_files_is_refused(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.md").write_text("# no report")
    assert refusal(kg, tmp_path / "folder")


def test_a_broken_line_is_named_and_the_others_are_loaded(kg: Run, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(GOOD % "1" + "{broken\n" + GOOD % "3")
    done = kg("load", str(path), "--db", "db")
    summary = json.loads(done.out)
    assert (done.code, summary["new"]) == (1, 2)
    assert [r["line"] for r in summary["refused"]] == [2]


def test_the_same_identity_twice_in_one_call_is_refused_once(kg: Run, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(GOOD % "1" + GOOD % "1")
    summary = json.loads(kg("load", str(path), "--db", "db").out)
    assert (summary["new"], len(summary["refused"])) == (1, 1)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1", "windows-1251"])
def test_other_encodings_are_read(kg: Run, tmp_path: Path, encoding: str) -> None:
    words = {
        "windows-1251": "Президент Александр Лукашенко встретился с президентом Казахстана.\n",
        "latin-1": "Le président français a reçu à l'Élysée le premier ministre grec.\n",
    }
    text = "Title: Headline\nDate: 2020-01-01\n\n" + words.get(encoding, "Пример — example.\n") * 20
    path = tmp_path / "report.txt"
    path.write_bytes(text.encode(encoding))
    done = kg("load", str(path), "--db", "db")
    assert (done.code, json.loads(done.out)["new"]) == (0, 1)
    shown = kg("export", "--to", "nq", "--db", "db").out
    assert text.splitlines()[-1].split()[0] in shown


def test_two_megabytes_in_one_line_are_read(kg: Run, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("Title: Long\nDate: 2020-01-01\n\n" + "Nothing was said of it. " * 90_000)
    assert kg("extract", str(path)).code == 0


def test_a_directory_that_is_no_graph_is_left_alone(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "letter.txt").write_text("mine")
    (tmp_path / "r.jsonl").write_text(GOOD % "1")
    done = kg("load", str(tmp_path / "r.jsonl"), "--db", str(tmp_path / "db"))
    assert done.code in (1, 2)
    assert "db" in one_line(done)
    assert os.listdir(tmp_path / "db") == ["letter.txt"]


def test_a_graph_open_elsewhere_is_not_opened_twice(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text(GOOD % "1")
    with_lock = open_store(tmp_path / "db")
    try:
        done = kg("load", str(tmp_path / "r.jsonl"), "--db", str(tmp_path / "db"))
    finally:
        with_lock.close()
    assert done.code in (1, 2)
    assert "open" in one_line(done)


def test_a_graph_that_is_not_there_says_how_to_make_one(kg: Run) -> None:
    done = kg("who-met-whom")
    assert done.code in (1, 2)
    assert "kg load" in one_line(done)


@pytest.mark.parametrize(
    "query",
    ["SELECT * WHERE { ?s ?p", "SELEC * {}", "INSERT DATA { <a:a> <a:b> 1 }",
     "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SELECT * FROM <a:g> { ?s ?p ?o }"],
)  # fmt: skip
def test_sparql_that_is_wrong_or_reaches_out_is_one_line(
    kg: Run, sample_db: str, query: str
) -> None:
    done = kg("sparql", query, "--db", sample_db)
    assert done.code == 2
    one_line(done)


@pytest.mark.parametrize(
    "query", ["MATCH (n RETURN n", "MATCH (n) DELETE n", "CREATE (n:X)", "MATCH (n) SET n.x = 1"]
)
def test_cypher_that_is_wrong_or_writes_is_one_line(kg: Run, sample_db: str, query: str) -> None:
    pytest.importorskip("kglite")
    done = kg("cypher", query, "--db", sample_db)
    assert done.code == 2
    one_line(done)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("who-met-whom", "--format", "jsn"), "json"),
        (("who-met-whom", "--format-of", "fone"), "phone"),
        (("who-met-whom", "--status", "canceled"), "cancelled"),
        (("who-met-whom", "--persn", "X"), "--person"),
        (("whomet-whom",), "who-met-whom"),
        (("export", "--to", "turtl"), "ttl"),
        (("ask", "who-met-bth"), "who-met-both"),
        (("who-met-whom", "--person", "Tokayew"), "Tokayev"),
        (("load", "x", "--jobs", "many"), "whole number"),
    ],
)
def test_a_wrong_value_names_the_nearest_valid_one(
    kg: Run, sample_db: str, arguments: tuple[str, ...], hint: str
) -> None:
    more = ("--db", sample_db) if arguments[0] in ("who-met-whom", "ask") else ()
    done = kg(*arguments, *more)
    assert done.code == 2
    assert hint in one_line(done)


def test_a_wrong_date_is_refused(kg: Run, sample_db: str) -> None:
    done = kg("who-met-whom", "--since", "last week", "--db", sample_db)
    assert done.code in (1, 2)
    one_line(done)
