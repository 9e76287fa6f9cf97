"""Reference data of users: taken if sound, else told by file and line; the graph is made with them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat

from kg import ids
from kg.pipeline import Pipeline
from kg.reference import Reference
from kg.reference_checks import problems
from kg.reference_files import ReferenceFile, parsed
from kg.reference_upkeep import with_files
from kg.store.oxigraph import OxigraphStore
from kg.terms import SAME_AS, WIKIDATA
from kg.validate import check_pure
from ontology.build import leader_rows
from ontology.lexicon import extended, shipped
from queries import who_met_whom

HEADER = "state,post,title,from,until,status,person,variants\n"
PREFIXES = """@prefix dm: <https://w3id.org/diplomatic-meetings/ns#> .
@prefix state: <https://w3id.org/diplomatic-meetings/id/state/> .
@prefix place: <https://w3id.org/diplomatic-meetings/id/place/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
SOUND = (
    HEADER
    + """NOR,FM,Minister of Foreign Affairs,2040-01-01,,,Ingrid Solvang,Ingrid M. Solvang|~Solvang
NOR,FM,Minister of Foreign Affairs,2023-10-16,2040-01-01,,Espen Barth Eide,
"""
)
NEW_STATE = (
    PREFIXES
    + """state:XZUB a dm:State ; skos:prefLabel "Zubrowka"@en ; dm:adjective "Zubrowkan"@en ;
    dm:capital place:XZUB-lutz .
place:XZUB-lutz a dm:Place ; skos:prefLabel "Lutz"@en ; dm:placeKind "city" ; dm:inState state:XZUB .
"""
)


def wrong(name: str, text: str) -> list[tuple[int | None, str]]:
    file = parsed(ReferenceFile(name, text))
    return [(p.line, p.reason) for p in problems(shipped(), [file])]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("NRW,FM,Minister,2040,,,Ann Lee,", "no code of a state"),
        ("Norway,FM,Minister,2040,,,Ann Lee,", "did you mean NOR"),
        ("NOR,KING,Minister,2040,,,Ann Lee,", "none of HOS"),
        ("NOR,OTHER,Minister,2040-13,,,Ann Lee,", "not a day of the calendar"),
        ("NOR,OTHER,Minister,40,,,Ann Lee,", "not a date"),
        ("NOR,OTHER,Minister,2041,2040,,Ann Lee,", "ends (2040) before it begins"),
        ("NOR,OTHER,Minister,2041/2042,,,Ann Lee,", "not an interval"),
        ("NOR,OTHER,Minister,2041,,boss,Ann Lee,", "none of acting"),
        ("NOR,OTHER,,2041,,,Ann Lee,", "'title' is empty"),
        ("NOR,OTHER,Minister", "3 cells where the header has 8"),
        ("CSK,OTHER,Minister,1800,1801,,Ann Lee,", "did not exist on 1800-12-31"),
        ("NOR,FM,Minister,2024,,,Ann Lee,", "Espen Barth Eide holds this post"),
        ("NOR,OTHER,Minister,2024,,,Ann Lee,Espen Barth Eide", "also means Espen Barth Eide"),
    ],
)
def test_a_row_that_is_wrong_is_told_by_its_line(row: str, told: str) -> None:
    fine = 'NOR,OTHER,"Minister\nof Fish",1990,1991,,Bo Berg,\n'
    ((line, reason),) = wrong("x.csv", HEADER + fine + row + "\n")
    assert line == 4, "the row above has two lines"
    assert told in reason


def test_two_rows_that_overlap_name_each_other() -> None:
    rows = "NOR,FM,M,2140-01-01,2141-01-01,,Ann Lee,\nNOR,FM,M,2140-06,2142,,Bo Berg,\n"
    ended = "NOR,FM,M,2023-10-16,2140-01-01,,Espen Barth Eide,\n"
    found = wrong("x.csv", HEADER + rows + ended)
    assert [line for line, _ in found] == [2, 3]
    assert "Bo Berg" in found[0][1] and "x.csv:3" in found[0][1]
    assert wrong("x.csv", HEADER + rows.replace("2142,,", "2142,acting,") + ended) == []


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ('state:XAAA a dm:State ; skos:prefLabel "Aa"@en ; dm:successor state:XAAA .', "back to itself"),
        ('state:ZZZ a dm:State ; skos:prefLabel "Zz"@en .', "no code of ISO 3166"),
        ('state:XAAA a dm:State ; skos:prefLabel "Aa"@en ; dm:predecessor state:QQQ .', "QQQ is not known"),
        ('state:XAAA a dm:State ; skos:prefLabel "Aa"@en ; dm:from "1990-13" .', "not a day"),
        ('state:XAAA a dm:State ; skos:prefLabel "Aa"@en ; dm:from "1990" ; dm:until "1980" .', "before it"),
        ('state:XAAA a dm:State ; skos:prefLabel "Norway"@en .', "also means NOR"),
        ('state:XAAA a dm:State ; skos:altLabel "Aa"@en .', "no skos:prefLabel"),
        ('state:XAAA a dm:Thing ; skos:prefLabel "Aa"@en .', "no class of the vocabulary"),
        ('place:x a dm:Place ; skos:prefLabel "X"@en ; dm:inState state:QQQ .', "no code of a state"),
        ("<http://example.org/a> a dm:State .", "is no state"),
        ("state:XAAA a dm:State", "not Turtle"),
    ],
)  # fmt: skip
def test_a_block_that_is_wrong_is_told_by_its_line(block: str, told: str) -> None:
    ((line, reason),) = wrong("x.ttl", f"{PREFIXES}\n\n{block}\n")
    assert line in (7, 8)
    assert told in reason


def test_successors_in_a_circle_are_told_for_each_of_them() -> None:
    one = 'state:XAAA a dm:State ; skos:prefLabel "Aa"@en ; dm:successor state:XBBB .\n'
    other = 'state:XBBB a dm:State ; skos:prefLabel "Bb"@en ; dm:successor state:XAAA .\n'
    found = wrong("x.ttl", PREFIXES + one + other)
    assert [line for line, _ in found] == [5, 6]
    assert "XAAA -> XBBB -> XAAA" in found[0][1]


@pytest.mark.parametrize("header", ["state,post", "state,post,title,from,person,untill", ""])
def test_a_table_of_other_columns_is_refused(header: str) -> None:
    assert wrong("x.csv", f"{header}\n") != []


def test_the_shipped_tables_hold_what_is_asked_of_users() -> None:
    head = HEADER.strip().split(",")
    rows = [
        ",".join(f'"{row[c] or ""}"' for c in head)
        for row in leader_rows()
        if row["state"] in ("NOR", "SUN")
    ]
    assert len(rows) > 50
    assert wrong("x.csv", HEADER + "\n".join(rows)) == []


def test_an_open_tenure_is_ended_by_a_row_of_its_own() -> None:
    added = extended(shipped(), parsed(ReferenceFile("x.csv", SOUND)).added)
    held = [
        t for t in added.tenures if (t.state, t.post, t.person) == ("NOR", "FM", "espen-barth-eide")
    ]
    assert [t.until for t in held if t.from_ == "2023-10-16"] == ["2040-01-01"]
    assert len(added.tenures) == len(shipped().tenures) + 1


def test_files_are_taken_together_and_a_wrong_one_by_itself_is_not(tmp_path: Path) -> None:
    holder = tmp_path / "holder.csv"
    holder.write_text(HEADER + "XZUB,HOS,President,2039,,,Gustav Deskov,\n")
    (tmp_path / "state.ttl").write_text(NEW_STATE)
    (tmp_path / "other.csv").write_text(HEADER + "NOR,FM,M,2040-99,,,Ann Lee,\n")
    alone, refused = with_files(Reference(), [holder])
    assert (alone.files, refused[0].line) == ((), 2)
    both, refused = with_files(Reference(), sorted(tmp_path.iterdir()))
    assert [f.name for f in both.files] == ["holder.csv", "state.ttl"]
    assert [(r.path, r.line) for r in refused] == [(str(tmp_path / "other.csv"), 2)]
    again, refused = with_files(both, [tmp_path / "none.csv", tmp_path])
    assert (again.files, len(refused)) == (both.files, 2)


REPORTS = [
    ("1", "2040-05-09", "Norwegian Foreign Minister Ingrid Solvang met Zambian President Ann Lee in Lusaka on Wednesday."),
    ("2", "2040-06-01", "Norwegian Foreign Minister Solvang met Peruvian President Bo Berg in Lima on Friday."),
    ("3", "2040-05-11", "Zubrowkan President Bo Berg met Norwegian Foreign Minister Ingrid Solvang in Lutz on Friday."),
]  # fmt: skip


def export(store: OxigraphStore) -> bytes:
    output = io.BytesIO()
    store.export(output, RdfFormat.N_QUADS)
    return output.getvalue()


def test_the_graph_is_the_same_whenever_the_files_came_and_without_them_as_if_never(
    tmp_path: Path,
) -> None:
    (tmp_path / "my.csv").write_text(SOUND)
    (tmp_path / "zub.ttl").write_text(NEW_STATE)
    files = [tmp_path / "my.csv", tmp_path / "zub.ttl"]
    path = tmp_path / "reports.jsonl"
    records = [
        {"id": i, "published": day, "text": text, "outlet": f"Outlet {i}"}
        for i, day, text in REPORTS
    ]
    path.write_text("\n".join(map(json.dumps, records)))
    store, first = OxigraphStore(), OxigraphStore()
    Pipeline(store).load([path])
    without = export(store)
    assert {(r.who, r.whom_state) for r in who_met_whom(store, state="NOR")} == {
        ("Ingrid Solvang", "ZMB"), ("Ingrid Solvang", "PER")
    }  # fmt: skip
    summary = Pipeline(store).load([], reference=files)
    assert (summary.refused, summary.reference) == ([], ["my.csv", "zub.ttl"])
    assert {(r.who, r.whom_state) for r in who_met_whom(store, state="NOR")} == {
        ("Ingrid Solvang", "ZMB"), ("Ingrid Solvang", "PER"), ("Ingrid Solvang", "XZUB")
    }  # fmt: skip
    assert check_pure(store) == []
    Pipeline(first).load([path], reference=files)
    assert export(store) == export(first)
    for name in ("my.csv", "zub.ttl"):
        Pipeline(store).retract(name)
    assert export(store) == without


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ("Q123456789", None),
        ("", None),
        ("2866", "is no id of Wikidata"),
        ("Q567", "is the id of person/angela-merkel as well"),
    ],
)
def test_an_id_of_wikidata_is_one_and_nobody_elses(known: str, told: str | None) -> None:
    header = HEADER.replace("variants", "variants,wikidata")
    found = wrong("x.csv", header + f"NOR,OTHER,Minister,2041,,,Ann Lee,,{known}\n")
    assert [line for line, _ in found] == ([2] if told else [])
    assert told is None or told in found[0][1]


def test_somebody_known_keeps_the_id() -> None:
    header = HEADER.replace("variants", "variants,wikidata")
    row = "DEU,OTHER,Envoy,2041,,,Angela Merkel,,"
    assert wrong("x.csv", header + row + "Q567\n") == []
    assert wrong("x.csv", header + row + "Q568\n") == [
        (2, "Angela Merkel has the id Q567 elsewhere")
    ]


def test_an_added_id_is_in_the_graph() -> None:
    header = HEADER.replace("variants", "variants,wikidata")
    file = ReferenceFile("x.csv", header + "NOR,OTHER,Minister,2041,,,Ann Lee,,Q123456789\n")
    described = Reference((file,)).entities.describe(ids.BASE + "person/ann-lee")
    assert described
    assert [q.object for q in described.quads if q.predicate == SAME_AS] == [
        NamedNode(WIKIDATA + "Q123456789")
    ]


TABLE = """who,office,state,whom,whom_office,whom_state,date
Bo Berg,President,Zubrowka,Ingrid Solvang,Minister of Foreign Affairs,,2040-05-11
Ann Lee,President,Zambia,Bo Berg,President,XZUB,2040-05-12
"""
FTM = [
    {"id": "e", "schema": "Event", "properties": {
        "name": ["Talks"], "date": ["2040-05-13"], "involved": ["a", "b", "z"]}},
    {"id": "a", "schema": "Person", "properties": {"name": ["Ingrid Solvang"]}},
    {"id": "b", "schema": "Person", "properties": {"name": ["Ann Lee"], "country": ["zm"]}},
    {"id": "z", "schema": "PublicBody", "properties": {"name": ["Zubrowka"]}},
]  # fmt: skip
WIKIDATA_ROW = {
    "head": {"vars": ["meeting", "meetingLabel", "date", "participant", "participantLabel"]},
    "results": {"bindings": [
        {"meeting": {"type": "uri", "value": "http://www.wikidata.org/entity/Q99000001"},
         "meetingLabel": {"type": "literal", "value": "Talks in Lutz"},
         "date": {"type": "literal", "value": "2040-05-14T00:00:00Z"},
         "participant": {"type": "uri", "value": f"http://www.wikidata.org/entity/Q9900001{n}"},
         "participantLabel": {"type": "literal", "value": name}}
        for n, name in enumerate(("Zubrowka", "Ingrid Solvang"))
    ]},
}  # fmt: skip


def test_tables_and_entities_are_read_with_the_files_too(tmp_path: Path) -> None:
    (tmp_path / "my.csv").write_text(SOUND)
    (tmp_path / "zub.ttl").write_text(NEW_STATE)
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "table.csv").write_text(TABLE)
    (sources / "events.ftm").write_text("\n".join(map(json.dumps, FTM)))
    (sources / "answer.json").write_text(json.dumps(WIKIDATA_ROW))
    alone, helped = OxigraphStore(), OxigraphStore()
    before = Pipeline(alone).load([sources])
    assert [(Path(r.path).name, r.line) for r in before.refused if r.line] == [
        ("table.csv", 2),
        ("table.csv", 3),
    ]
    files = [tmp_path / "my.csv", tmp_path / "zub.ttl"]
    after = Pipeline(helped).load([sources], reference=files)
    assert after.refused == []
    rows = {(r.date, r.who, r.who_state, r.whom, r.whom_state) for r in who_met_whom(helped)}
    assert {
        ("2040-05-11", "Ingrid Solvang", "NOR", "Bo Berg", "XZUB"),
        ("2040-05-12", "Bo Berg", "XZUB", "Ann Lee", "ZMB"),
        ("2040-05-13", "Ingrid Solvang", "NOR", "Ann Lee", "ZMB"),
        ("2040-05-14", "Ingrid Solvang", "NOR", None, "XZUB"),
    } <= rows
    assert Pipeline(alone).load([sources]).refused == before.refused, "nothing stays behind"


ROWS = """who,office,state,whom,whom_office,whom_state,date,topic
Ann Lee,President,Zambia,Ingrid Solvang,Minister of Foreign Affairs,,2040-05-12,dams
Ann Lee,President,Zambia,Bo Berg,Envoy,Peru,2040-05-13,
"""
STAYS = """record,who,office,state,visited,from,until,place,met,kind
v/1,Ingrid Solvang,Minister of Foreign Affairs,,ZMB,2040-06-01,2040-06-02,Lusaka,Gustav Deskov; President; Zubrowka,official
"""


def test_rows_of_tables_are_made_again_with_the_files_and_without(tmp_path: Path) -> None:
    (tmp_path / "my.csv").write_text(SOUND)
    (tmp_path / "zub.ttl").write_text(NEW_STATE)
    files = [tmp_path / "my.csv", tmp_path / "zub.ttl"]
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "rows.csv").write_text(ROWS)
    (sources / "stays.csv").write_text(STAYS)
    store, first = OxigraphStore(), OxigraphStore()
    pipeline = Pipeline(store)
    assert pipeline.load([sources]).refused == []
    before = export(store)
    assert pipeline.load([], reference=files).refused == []
    assert pipeline.left_as_read == 0
    Pipeline(first).load([sources], reference=files)
    assert export(store) == export(first)
    rows = {(r.date, r.who, r.who_state, r.whom, r.whom_state) for r in who_met_whom(store)}
    assert ("2040-05-12", "Ingrid Solvang", "NOR", "Ann Lee", "ZMB") in rows
    assert any("XZUB" in (r.who_state, r.whom_state) for r in who_met_whom(store))
    assert pipeline.load([sources]).unchanged == 3
    for file in files:
        pipeline.retract(file.name)
    assert export(store) == before


def test_a_row_whose_state_is_not_known_any_more_stays_and_is_counted(tmp_path: Path) -> None:
    (tmp_path / "my.csv").write_text(SOUND)
    (tmp_path / "zub.ttl").write_text(NEW_STATE)
    (tmp_path / "table.csv").write_text(TABLE)
    store = OxigraphStore()
    pipeline = Pipeline(store)
    pipeline.load([tmp_path / "table.csv"], reference=[tmp_path / "my.csv", tmp_path / "zub.ttl"])
    pipeline.retract("zub.ttl")
    assert pipeline.left_as_read == 2
    assert check_pure(store) == []
