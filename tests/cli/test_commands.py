"""Every command answers, in the shape that other programs read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.cli import COMMANDS
from tests.cli.conftest import Run


def test_help_lists_every_command(kg: Run) -> None:
    shown = kg("--help").out
    assert all(name in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(kg: Run, name: str) -> None:
    done = kg(name, "--help")
    assert done.code == 0
    assert "usage: kg " + name in done.out


def test_who_met_whom_has_the_agreed_shape(kg: Run, sample_db: str) -> None:
    rows = json.loads(kg("who-met-whom", "--state", "BLR", "--db", sample_db).out)
    assert list(rows[0]) == [
        "meeting", "date", "end_date", "who", "who_office", "who_state", "whom", "whom_office",
        "whom_state", "place", "format", "topics", "agreed", "documents", "reports", "status",
    ]  # fmt: skip
    assert rows[0]["who_state"] == "BLR"


def test_no_match_is_an_empty_list_and_exit_code_0(kg: Run, sample_db: str) -> None:
    done = kg("who-met-whom", "--state", "BLR", "--since", "2031", "--db", sample_db)
    assert (done.code, json.loads(done.out)) == (0, [])


def test_csv_has_the_same_rows_as_json(kg: Run, sample_db: str) -> None:
    rows = json.loads(kg("who-met-whom", "--db", sample_db).out)
    table = list(
        csv.DictReader(io.StringIO(kg("who-met-whom", "--format", "csv", "--db", sample_db).out))
    )
    assert [r["meeting"] for r in table] == [r["meeting"] for r in rows]


def test_stats_counts_what_the_contract_names(kg: Run, sample_db: str) -> None:
    stats = json.loads(kg("stats", "--db", sample_db).out)
    assert {"reports", "meetings", "persons", "states", "organizations", "topics", "places",
            "documents", "triples"} <= set(stats)  # fmt: skip
    assert stats["reports"] == 9


def test_a_meeting_is_shown_with_the_text_it_rests_on(kg: Run, sample_db: str) -> None:
    (row,) = json.loads(kg("who-met-whom", "--state", "BLR", "--db", sample_db).out)
    card = json.loads(kg("show", row["meeting"], "--db", sample_db).out)
    assert {p["name"] for p in card["participants"]} >= {"Kassym-Jomart Tokayev"}
    assert len(card["reports"]) == 2
    for item in card["evidence"]:
        assert set(item) == {
            "report", "title", "outlet", "published", "text", "start", "end", "supports"
        }  # fmt: skip
        assert len(item["text"]) == item["end"] - item["start"]
    mention = card["evidence"][0]["report"]
    assert json.loads(kg("show", mention, "--db", sample_db).out)["tells_of"]


@pytest.mark.parametrize("what", ["KAZ", "Kassym-Jomart Tokayev", "1"])
def test_a_state_a_person_and_a_report_have_cards(kg: Run, sample_db: str, what: str) -> None:
    done = kg("show", what, "--db", sample_db)
    assert done.code == 0
    assert json.loads(done.out)


def test_a_name_that_the_graph_cannot_have_is_told(kg: Run, sample_db: str) -> None:
    done = kg("sparql", "ASK { ?m a dm:Meting }", "--db", sample_db)
    assert (done.code, json.loads(done.out)["boolean"]) == (0, False)
    assert done.err == "kg: the vocabulary has no term Meting; did you mean Meeting?\n"
    done = kg("cypher", "MATCH (n:Persn) RETURN n.name AS name", "--db", sample_db)
    assert (done.code, json.loads(done.out)) == (0, [])
    assert done.err == "kg: the graph has no label or type Persn; did you mean Person?\n"


def test_sparql_answers_in_sparqls_own_formats(kg: Run, sample_db: str) -> None:
    query = "SELECT ?m WHERE { ?m a <https://w3id.org/diplomatic-meetings/ns#Meeting> }"
    head = json.loads(kg("sparql", query, "--db", sample_db).out)["head"]
    assert head == {"vars": ["m"]}
    assert kg("sparql", query, "--format", "csv", "--db", sample_db).out.startswith("m")
    assert "<sparql" in kg("sparql", query, "--format", "xml", "--db", sample_db).out
    assert json.loads(kg("sparql", "ASK { ?s ?p ?o }", "--db", sample_db).out)["boolean"]


def test_a_parameter_is_a_value_and_never_text(kg: Run, sample_db: str) -> None:
    query = "SELECT (STR(?x) AS ?y) WHERE { FILTER(BOUND(?x)) }"
    nasty = '"} UNION { ?s ?p ?o'
    done = kg("sparql", query, "--param", f"x={nasty}", "--db", sample_db)
    assert json.loads(done.out)["results"]["bindings"][0]["y"]["value"] == nasty


def test_the_catalogue_is_listed_for_programs(kg: Run) -> None:
    listed = json.loads(kg("ask", "--list", "--format", "json").out)
    assert len(listed) == 8
    assert set(listed[0]) == {"name", "title", "description", "parameters", "columns"}
    assert set(listed[0]["parameters"][0]) == {"name", "type", "required", "example"}


def test_a_question_is_asked_by_name_and_in_english(kg: Run, sample_db: str) -> None:
    by_name = kg("ask", "who-met-whom", "--person=Tokayev", "--topic=trade", "--db", sample_db)
    in_english = kg("ask", "Who met Tokayev on trade?", "--db", sample_db)
    assert json.loads(by_name.out) == json.loads(in_english.out) != []
    assert "who-met-whom" in in_english.err


@pytest.mark.parametrize("form", ["ttl", "nq", "trig", "jsonld", "graphml", "csv", "parquet"])
def test_every_export_is_written_and_is_the_same_twice(
    kg: Run, sample_db: str, tmp_path: Path, form: str
) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    for name in ("a", "b"):
        assert kg("export", "--to", form, "-o", str(tmp_path / name), "--db", sample_db).code == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() != b""


def test_extract_load_retract_and_load_again(kg: Run, tmp_path: Path) -> None:
    report = tmp_path / "r.txt"
    report.write_text(
        "Title: Presidents meet in Lisbon\nDate: 2021-03-05\nOutlet: Harbour News\nId: one\n\n"
        "LISBON, March 5 (Harbour News) - Portuguese President Marcelo Rebelo de Sousa met with "
        "Polish President Andrzej Duda in Lisbon on Friday. They discussed trade and energy.\n"
    )
    said = json.loads(kg("extract", str(report)).out)
    assert {p["state"] for p in said["meetings"][0]["participants"]} == {"PRT", "POL"}
    assert json.loads(kg("load", str(report)).out)["new"] == 1
    before = kg("export", "--to", "nq").out
    assert json.loads(kg("load", str(report)).out)["unchanged"] == 1
    assert json.loads(kg("retract", "one").out)["meetings"] == 0
    assert kg("who-met-whom").out.strip() == "[]"
    kg("load", str(report))
    assert kg("export", "--to", "nq").out == before


def test_the_graph_conforms_to_its_shapes(kg: Run, sample_db: str) -> None:
    done = kg("validate", "--db", sample_db)
    assert json.loads(done.out)["conforms"] is True
    assert done.code == 0
