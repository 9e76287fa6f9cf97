"""Bad input gets one clear line, the right exit code, and harms nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Done, Run
from tests.sample import told

ROOT = Path(__file__).parent.parent.parent

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


def test_the_graph_among_the_reports_is_not_read(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Date: 2021-05-04\n\nAnn Lee of Peru met Bo Berg of Norway.\n")
    assert kg("load", ".").code == 0
    again = kg("load", ".")
    assert (again.code, json.loads(again.out)["unchanged"]) == (0, 1)
    assert "this is a graph" in refusal(kg, tmp_path / "kg-data")


def test_a_password_in_an_address_is_not_told_on(kg: Run) -> None:
    done = kg("load", "http://ann:secret@host.example/feed", "--db", "db")
    assert done.code == 1 and "…@host.example/feed" in one_line(done)
    assert "secret" not in done.out + done.err


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


def test_of_fifty_megabytes_in_one_line_the_head_is_read_and_it_says_so(
    kg: Run, tmp_path: Path
) -> None:
    path = tmp_path / "long.txt"
    meeting = "President Ann Lee of Peru met Prime Minister Bo Berg of Norway. "
    path.write_text(
        "Title: Long\nDate: 2020-01-01\n\n" + meeting + "Nothing was said. " * 2_800_000
    )
    done = kg("extract", str(path))
    record = json.loads(done.out)
    assert done.code == 0
    assert len(record["meetings"]) == 1
    assert "characters were read" in record["skipped"]


def test_a_directory_that_is_no_graph_is_left_alone(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "letter.txt").write_text("mine")
    (tmp_path / "r.jsonl").write_text(GOOD % "1")
    done = kg("load", str(tmp_path / "r.jsonl"), "--db", str(tmp_path / "db"))
    assert done.code == 2
    assert "db" in one_line(done)
    assert os.listdir(tmp_path / "db") == ["letter.txt"]


_WRITER = """
import sys
from kg.store import open_store
store = open_store(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
store.close()
"""


@contextmanager
def written_elsewhere(db: Path) -> Iterator[int]:
    """Another process has the graph open for writing; gives its number."""
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(db)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout and process.stdin
        assert process.stdout.readline() == b"open\n"
        yield process.pid
        process.stdin.close()


def test_a_graph_that_another_process_writes_is_read_and_not_written(
    kg: Run, sample_db: str, tmp_path: Path
) -> None:
    shutil.copytree(sample_db, tmp_path / "db")
    before = kg("export", "--to", "nq", "--db", "db").out
    (tmp_path / "r.jsonl").write_text(GOOD % "1")
    with written_elsewhere(tmp_path / "db") as writer:
        for call in (("load", "r.jsonl"), ("retract", "1")):
            done = kg(*call, "--db", "db")
            assert done.code == 2
            assert f"process {writer}" in one_line(done)
        assert kg("stats", "--db", "db").code == 0
    assert kg("export", "--to", "nq", "--db", "db").out == before


def test_a_file_in_place_of_the_graph_is_refused(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "db").write_text("mine")
    for call in (("stats",), ("retract", "1"), ("load", "db")):
        done = kg(*call, "--db", "db")
        assert done.code == 2
        assert "db is a file" in one_line(done)
    assert (tmp_path / "db").read_text() == "mine"


@pytest.mark.parametrize(
    "call",
    [
        ("who-met-whom",), ("ask", "calls"), ("ask", "Who met Tokayev?"), ("stats",), ("validate",),
        ("show", "KAZ"), ("export", "--to", "nq"), ("sparql", "ASK {}"), ("retract", "1"),
        ("cypher", "RETURN 1"), ("sync", "--neo4j", "bolt://127.0.0.1:1"),
    ],
    ids=lambda call: " ".join(call),
)  # fmt: skip
def test_a_graph_that_is_not_there_says_how_to_make_one(
    kg: Run, tmp_path: Path, call: tuple[str, ...]
) -> None:
    done = kg(*call, "--db", "nowhere")
    assert (done.code, done.out) == (2, "")
    assert "kg load PATH --db nowhere" in one_line(done)
    assert not (tmp_path / "nowhere").exists()


def test_what_is_stored_survives_files_that_cannot_be_read(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text(GOOD % "1" + GOOD % "2")
    assert kg("load", "r.jsonl", "--db", "db").code == 0
    before = kg("export", "--to", "nq", "--db", "db").out
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.txt").write_bytes(b"")
    (tmp_path / "folder" / "b.jsonl").write_text("{broken\n")
    (tmp_path / "folder" / "c.xml").write_text("<trips><trip>")
    (tmp_path / "folder" / "d.txt").symlink_to(tmp_path / "gone.txt")
    done = kg("load", "folder", "--db", "db")
    assert done.code == 1
    assert len(json.loads(done.out)["refused"]) == len(done.err.splitlines()) == 4
    assert kg("export", "--to", "nq", "--db", "db").out == before


def test_what_is_no_regular_file_is_refused(kg: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "regular file" in refusal(kg, tmp_path / "pipe.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_refused(kg: Run, tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("Nothing was said.")
    path.chmod(0)
    assert "permissions" in refusal(kg, path)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT * WHERE { ?s ?p", "line 1, column 23"),
        ("SELEC * {}", "line 1, column 1"),
        ("SELECT *\nWHERE { ?s nope:name ?n }", "line 2, column 12"),
        ("", "line 1, column 1"),
    ],
)
def test_malformed_sparql_is_told_with_its_place(
    kg: Run, sample_db: str, query: str, place: str
) -> None:
    done = kg("sparql", query, "--db", sample_db)
    assert done.code == 2
    assert place in one_line(done)


@pytest.mark.parametrize(
    ("query", "place"),
    [("MATCH (n RETURN n", "line 1, column 10"), ("RETRN 1", "line 1, column 1")],
)
def test_malformed_cypher_is_told_with_its_place(
    kg: Run, sample_db: str, query: str, place: str
) -> None:
    pytest.importorskip("kglite")
    done = kg("cypher", query, "--db", sample_db)
    assert done.code == 2
    assert place.rsplit(" ", 1)[0] in one_line(done)


@pytest.mark.parametrize("command", ["sparql", "cypher"])
def test_a_query_file_that_cannot_be_read_is_named(
    kg: Run, sample_db: str, tmp_path: Path, command: str
) -> None:
    suffix = {"sparql": ".rq", "cypher": ".cypher"}[command]
    (tmp_path / f"binary{suffix}").write_bytes(b"\xff\xfe\x00")
    for name in ("nowhere", "binary"):
        done = kg(command, name + suffix, "--db", sample_db)
        assert done.code == 2
        assert name + suffix in one_line(done)


@pytest.mark.parametrize(
    ("call", "hint"),
    [
        (("show", "Lukashenk"), "'Aleksandr Lukashenko'"),
        (("show", "person/nobody"), "meeting, person, state or report"),
        (("show", ""), "meeting, person, state or report"),
        (("show", "https://example.org/x"), "https://example.org/x"),
        (("who-met-whom", "--person", "Tokayew"), "'Kassym-Jomart Tokayev'"),
        (("who-met-whom", "--person", "Zzzzzz"), "no person is known as 'Zzzzzz'"),
        (("who-met-whom", "--with", "Kasakhstan"), "'Kazakhstan'"),
        (("who-met-whom", "--topic", "trad"), "'trade'"),
        (("ask", "calls", "--party=Belaruss"), "'Belarus'"),
        (("ask", "calls", "--nonsense=1"), "party"),
        (("ask", "who-met-both"), "for example"),
        (("retract", "nothing"), "no report is known as 'nothing'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_not_known_is_told_with_the_nearest_names(
    kg: Run, sample_db: str, call: tuple[str, ...], hint: str
) -> None:
    done = kg(*call, "--db", sample_db)
    assert (done.code, done.out) == (2, "")
    assert hint in one_line(done)


def test_of_several_reports_to_retract_the_known_ones_go(
    kg: Run, sample_db: str, tmp_path: Path
) -> None:
    shutil.copytree(sample_db, tmp_path / "db")
    done = kg("retract", "3", "nothing", "7", "--db", "db")
    answer = json.loads(done.out)
    assert (done.code, len(answer["retracted"])) == (1, 2)
    assert [r["report"] for r in answer["refused"]] == ["nothing"]
    assert "nothing" in one_line(done)
    assert json.loads(kg("stats", "--db", "db").out)["reports"] == len(told()) - 2


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
    for option in ("--since", "--until"):
        done = kg("who-met-whom", option, "last week", "--db", sample_db)
        assert done.code == 2
        assert option in one_line(done)


def test_an_interval_without_a_day_is_a_wrong_call_and_one_day_is_an_interval(
    kg: Run, sample_db: str
) -> None:
    asked = ("who-met-whom", "--since", "2020", "--until", "2019-12", "--db", sample_db)
    done = kg(*asked)
    assert (done.code, done.out) == (2, "")
    assert "2020-01-01" in one_line(done) and "2019-12-31" in done.err
    assert kg("ask", "visits", "--since=2020", "--until=2019", "--db", sample_db).code == 2
    assert kg(*asked[:4], "2020-01-01", *asked[5:]).code == 0
