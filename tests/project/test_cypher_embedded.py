"""Cypher over the embedded engine: the contract of the labels, and nothing else than reading."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad

from kg.cypher import run
from kg.errors import MissingExtraError, QuerySyntaxError, RefusedQueryError, UsageError
from kg.store.oxigraph import OxigraphStore
from tests.sample import NASTY, retract, sample

BASE = "https://w3id.org/diplomatic-meetings/id/"
STORE = sample()


def rows(query: str, **parameters: object) -> list[list[object]]:
    return [list(row.values()) for row in run(STORE, query, parameters)]


def test_who_met_whom() -> None:
    query = """
        MATCH (a:Leader)-[x:ATTENDED]->(m:Meeting)<-[y:ATTENDED]-(b:Person)
        WHERE x.onBehalfOf < y.onBehalfOf AND m.status = 'held'
        RETURN a.name, x.onBehalfOf, b.name, y.onBehalfOf, m.when ORDER BY a.name, b.name
    """
    assert ["Aleksandr Lukashenko", "BLR", "Kassym-Jomart Tokayev", "KAZ", "2019-10-25"] in rows(
        query
    )


def test_values_are_bound_and_never_read_as_cypher() -> None:
    query = "MATCH (p:Person) WHERE p.name = $name RETURN p.name"
    assert rows(query, name=NASTY) == [[NASTY]]
    assert rows("MATCH (n) RETURN count(n) > 40") == [[True]]


def test_days_are_iso_text_and_compare_as_dates() -> None:
    query = "MATCH (m:Meeting) WHERE m.dateFrom = date('2016-05-01') RETURN m.dateFrom, m.date"
    assert rows(query) == [["2016-05-01", "2016-05-01"]]


def test_a_whole_node_is_the_map_of_its_properties() -> None:
    (row,) = run(STORE, "MATCH (s:State {iso3: $code}) RETURN s", {"code": "KAZ"})
    state = row["s"]
    assert isinstance(state, dict)
    assert state["iri"] == BASE + "state/KAZ"
    assert not {"id", "labels", "type", "title"} & set(state)


def test_a_document_keeps_its_own_title_and_type() -> None:
    (row,) = run(STORE, "MATCH (d:Document) RETURN d, d.type AS type, labels(d) AS labels")
    assert isinstance(row["d"], dict)
    assert (row["d"]["type"], row["type"], row["labels"]) == ("memorandum",) * 2 + (["Document"],)
    assert NASTY in str(row["d"]["title"])


def test_paths_and_collections_of_nodes_are_plain_too() -> None:
    query = """
        MATCH p = (:State {iso3: 'FRA'})-[:PARTY_TO]->(m:Meeting {format: 'phone'})
        RETURN p, collect(m) AS all, {inner: m} AS map
    """
    (row,) = run(STORE, query)
    assert isinstance(row["p"], dict)
    assert [set(row["p"]), len(row["p"]["nodes"])] == [{"nodes", "relationships"}, 2]
    assert row["all"] == [row["map"]["inner"]]  # type: ignore[index]


def test_durations_are_iso_text() -> None:
    assert rows("RETURN duration({months: 14, days: 3})") == [["P14M3D"]]


def test_the_property_named_end_needs_no_quotes() -> None:
    query = "MATCH (:Meeting)-[r:REPORTED_IN]->(:Report {identifier: '2'}) RETURN r.start, r.end"
    assert rows(query) == [[30, 44]]


def test_a_block_comment_is_no_obstacle() -> None:
    assert rows("/* it's */ RETURN 1 // done") == [[1]]


def test_counts_over_several_matches_are_right() -> None:
    query = """
        MATCH (s:State {iso3: 'FRA'})-[:PARTY_TO]->(m:Meeting)
        MATCH (m)<-[:ATTENDED]-(p:Person)
        RETURN count(DISTINCT m), count(DISTINCT p), count(*)
    """
    expected: set[tuple[str, str]] = set()
    party = {r[0] for r in rows("MATCH (:State {iso3:'FRA'})-[:PARTY_TO]->(m) RETURN m.iri")}
    for person, meeting in rows("MATCH (p:Person)-[:ATTENDED]->(m) RETURN p.iri, m.iri"):
        if meeting in party:
            expected.add((str(person), str(meeting)))
    meetings, persons = {m for _, m in expected}, {p for p, _ in expected}
    assert rows(query) == [[len(meetings), len(persons), len(expected)]]


def test_an_unknown_label_gives_no_rows_and_prints_nothing(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert rows("MATCH (n:Nobody) RETURN n.nothing") == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("MATCH (n:Person\nRETURN n", "line 2"),
        ("MATCH (n) RETURN m", "m"),
        ("MATCH (n) RETURN n.iri FORMAT CSV", "FORMAT"),
    ],
)
def test_a_syntax_error_is_one_line_with_its_place(query: str, said: str) -> None:
    with pytest.raises(QuerySyntaxError, match=said) as wrong:
        run(STORE, query)
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize(
    ("query", "values"), [("RETURN $x", {}), ("RETURN $x", {"x": object()}), ("RETURN 1/0", {})]
)
def test_a_missing_or_unfit_value_is_a_wrong_call(query: str, values: dict[str, object]) -> None:
    with pytest.raises(UsageError) as wrong:
        run(STORE, query, values)
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize("query", ["CREATE (n)", "LOAD CSV FROM 'file:///etc/hosts' AS l RETURN l"])
def test_writes_and_files_are_refused(query: str) -> None:
    with pytest.raises(RefusedQueryError):
        run(STORE, query)


def test_an_answer_follows_the_graph() -> None:
    store = sample()
    count = "MATCH (r:Report) RETURN count(r) AS n"
    assert run(store, count) == [{"n": 9}]
    retract(store, [BASE + "report/nothing-daily/7"])
    assert run(store, count) == [{"n": 8}]


class Kept:
    """A view whose store has a place for files."""

    def __init__(self, store: OxigraphStore, directory: Path) -> None:
        self.store, self.cache_directory, self.projected = store, directory, 0

    def quads(self, *pattern: object, graph: object = None) -> Iterator[Quad]:
        self.projected += 1
        return self.store.quads(graph=graph)  # type: ignore[arg-type]

    def revision(self) -> str:
        return self.store.revision()


def test_the_copy_is_kept_as_a_file_for_the_revision(tmp_path: Path) -> None:
    store, query = sample(), "MATCH (n:Leader) RETURN n.name AS n ORDER BY n"
    first = Kept(store, tmp_path)
    answer = run(first, query)  # type: ignore[arg-type]
    again = Kept(store, tmp_path)
    assert run(again, query) == answer  # type: ignore[arg-type]
    assert (first.projected, again.projected) == (1, 0)
    retract(store, [BASE + "report/nothing-daily/7"])
    run(Kept(store, tmp_path), query)  # type: ignore[arg-type]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    store = sample()
    run(Kept(store, tmp_path), "RETURN 1")  # type: ignore[arg-type]
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"not a graph")
    query = "MATCH (n:Report) RETURN count(n) AS n"
    assert run(Kept(store, tmp_path), query) == [{"n": 9}]  # type: ignore[arg-type]


def test_without_the_engine_the_extra_is_named() -> None:
    code = """
import sys
sys.modules["kglite"] = None
from kg.cypher import run
from kg.errors import MissingExtraError
from kg.store.oxigraph import OxigraphStore
try:
    run(OxigraphStore(), "RETURN 1")
except MissingExtraError as error:
    print(error)
"""
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    assert "diplomatic-meetings-kg[cypher]" in done.stdout, done.stderr
    assert issubclass(MissingExtraError, ImportError)
