"""A database equals the graph after a sync, whatever it was before, and nobody else notices."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import ServerError
from kg.project import project
from kg.store.base import Change
from kg.sync import Neo4jTarget, sync, verify
from kg.sync.report import SyncReport
from kg.terms import ALT_LABEL, DM, RDF_TYPE
from tests.neo4j.conftest import Cypher
from tests.sample import NASTY, load, retract, sample, told

BASE = "https://w3id.org/diplomatic-meetings/id/"
UNTOUCHED = {"added": 0, "changed": 0, "removed": 0}


def touched(report: SyncReport) -> list[dict[str, int]]:
    """Counts without what stayed."""
    counts = (report.nodes.as_json(), report.relationships.as_json())
    return [{k: v for k, v in c.items() if k != "unchanged"} for c in counts]


def test_everything_arrives(target: Neo4jTarget, server: Cypher) -> None:
    store = sample()
    graph = project(store)
    done = sync(store, target)
    assert (done.nodes.added, done.relationships.added) == (
        len(graph.nodes),
        len(graph.relationships),
    )
    assert server("MATCH (n) WHERE n._kg IS NOT NULL RETURN count(n) AS n") == [
        {"n": len(graph.nodes)}
    ]
    assert server("MATCH ()-[r]->() RETURN count(r) AS n") == [{"n": len(graph.relationships)}]
    assert verify(store, target).as_json() == {
        "equal": True,
        "missing": 0,
        "extra": 0,
        "different": 0,
        "examples": [],
    }


@pytest.mark.parametrize("step", [10_000, 40])
def test_a_server_that_takes_no_labels_as_parameters_gets_the_same(
    target: Neo4jTarget, server: Cypher, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    def everything() -> list[dict[str, object]]:
        return server(
            "MATCH (n) WHERE n.iri IS NOT NULL OPTIONAL MATCH (n)-[r]->(m) "
            "RETURN labels(n) AS l, properties(n) AS n, type(r) AS t, properties(r) AS r, "
            "m.iri AS m ORDER BY n.iri, t, m, r.iri"
        )

    store = sample()
    sync(store, target, step=step)
    created = everything()
    server("MATCH (n) DETACH DELETE n")
    monkeypatch.setattr("kg.sync.target.DYNAMIC", (9999,))
    sync(store, target, step=step)
    assert everything() == created
    assert verify(store, target).equal


def test_the_report_has_the_promised_shape(target: Neo4jTarget, server: Cypher) -> None:
    store = sample()
    report = sync(store, target).as_json()
    assert list(report) == ["nodes", "relationships", "not_representable", "seconds"]
    nodes = len(project(store).nodes)
    assert report["nodes"] == {"added": nodes, "changed": 0, "removed": 0, "unchanged": 0}


def test_twice_in_a_row_changes_nothing(target: Neo4jTarget, server: Cypher) -> None:
    store = sample()
    sync(store, target)
    before = server("MATCH (n) RETURN count(n) AS n, collect(elementId(n)) AS ids")
    again = sync(store, target)
    assert touched(again) == [UNTOUCHED, UNTOUCHED]
    assert not again.delta
    assert server("MATCH (n) RETURN count(n) AS n, collect(elementId(n)) AS ids") == before
    assert touched(sync(store, target, full=True)) == [UNTOUCHED, UNTOUCHED]


def test_a_dry_run_counts_and_sends_nothing(target: Neo4jTarget, bare: Cypher) -> None:
    store = sample()
    would = sync(store, target, dry_run=True)
    assert bare("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]
    assert bare("SHOW CONSTRAINTS YIELD name") == []
    assert len(list(would.delta.lines())) == would.nodes.added + would.relationships.added
    assert touched(sync(store, target)) == touched(would)


def test_texts_arrive_as_they_are(target: Neo4jTarget, server: Cypher) -> None:
    sync(sample(), target)
    found = server("MATCH (r:Report {identifier: '3'}) RETURN r.title AS title")
    assert found == [{"title": NASTY}]


@pytest.mark.parametrize("text", ["", "\0", "a\0b\r\n", "x" * 1_000_001, "\uffff\U0010ffff", " "])
def test_a_text_of_any_kind_arrives_and_stays_the_same(
    target: Neo4jTarget, server: Cypher, text: str
) -> None:
    store = sample()
    aide = NamedNode(BASE + "person/KAZ-jane-aide")
    names = (Quad(aide, ALT_LABEL, Literal(t)) for t in {text, text + "2"} - {"2"})
    store.apply(Change(added=frozenset(names)))
    sync(store, target)
    found = server("MATCH (p:Person {iri: $iri}) RETURN p.aliases AS names", iri=aide.value)
    assert found == [{"names": [text, text + "2"] if text else [""]}]
    assert verify(store, target).equal
    assert not sync(store, target, full=True).delta


def test_a_name_and_an_office_of_a_million_characters_arrive(
    target: Neo4jTarget, server: Cypher
) -> None:
    (report, extraction), *_ = told()
    meeting = extraction.meetings[0]
    long = replace(meeting.participants[0], name="Ann " + "x" * 1_000_001, office="y" * 1_000_001)
    telling = replace(meeting, participants=(long, *meeting.participants[1:]))
    store = sample([(report, replace(extraction, meetings=(telling,)))])
    sync(store, target)
    found = server(
        "MATCH (p:Person)-[r:ATTENDED]->() RETURN max(size(p.name)) AS n, max(size(r.office)) AS o"
    )
    assert found == [{"n": 1_000_005, "o": 1_000_001}]
    assert verify(store, target).equal


def test_an_iri_too_long_for_an_index_is_said_in_one_line(
    target: Neo4jTarget, server: Cypher
) -> None:
    store = sample()
    topic = NamedNode(BASE + "topic/" + "x" * 100_000)
    store.apply(Change(added=frozenset({Quad(topic, RDF_TYPE, DM.Topic)})))
    with pytest.raises(ServerError, match="IRI of more than 8000 bytes") as refused:
        sync(store, target)
    assert len(str(refused.value)) < 400
    assert "\n" not in str(refused.value)


def test_dates_arrive_as_dates_and_as_text(target: Neo4jTarget, server: Cypher) -> None:
    sync(sample(), target)
    query = """
        MATCH (m:Meeting) WHERE m.dateFrom >= date('2016-01-01') AND m.dateTo < date('2017-01-01')
        RETURN m.when AS when, m.date AS date, m.endDate AS last
    """
    assert server(query) == [{"when": "2016-05", "date": "2016-05-01", "last": "2016-05-31"}]


def test_iris_are_unique_within_a_graph_and_found_without_naming_it(
    target: Neo4jTarget, bare: Cypher
) -> None:
    sync(sample(), target)
    found = bare("SHOW INDEXES YIELD labelsOrTypes AS l, properties AS p RETURN l, p")
    for label in {n.label for n in project(sample()).nodes}:
        assert {"l": [label], "p": ["iri", "_kg"]} in found
        assert {"l": [label], "p": ["iri"]} in found


def test_a_retracted_report_takes_its_meeting_along(target: Neo4jTarget, server: Cypher) -> None:
    store = sample()
    sync(store, target)
    retract(store, [BASE + "report/tass.com/3"])
    done = sync(store, target)
    assert done.nodes.removed > 0
    assert (done.nodes.added, done.relationships.added) == (0, 0)
    assert server("MATCH (m:Meeting) WHERE m.name CONTAINS 'Hara' RETURN m.iri") == []
    assert verify(store, target).equal


def test_a_meeting_stays_while_another_report_tells_of_it(
    target: Neo4jTarget, server: Cypher
) -> None:
    store = sample()
    sync(store, target)
    retract(store, [BASE + "report/belta/2"])
    sync(store, target)
    query = "MATCH (m:Meeting)-[:REPORTED_IN]->(r) WHERE m.date = $day RETURN r.identifier AS id"
    assert {"id": "1"} in server(query, day="2019-10-25")
    assert {"id": "2"} not in server(query, day="2019-10-25")
    assert verify(store, target).equal


def test_only_what_changed_is_sent(target: Neo4jTarget, server: Cypher) -> None:
    store = sample()
    sync(store, target)
    (report, extraction), *_ = told()
    load(store, [(replace(report, title="Another headline"), extraction)])
    done = sync(store, target)
    assert touched(done) == [{"added": 0, "changed": 1, "removed": 0}, UNTOUCHED]
    assert verify(store, target).equal


def test_a_value_that_is_gone_goes(target: Neo4jTarget, server: Cypher) -> None:
    store = sample()
    sync(store, target)
    (report, extraction), *_ = told()
    load(store, [(replace(report, published=None), extraction)])
    sync(store, target)
    found = server("MATCH (r:Report {identifier: '1'}) RETURN r.published AS published")
    assert found == [{"published": None}]


def test_an_emptied_graph_empties_only_what_is_ours(target: Neo4jTarget, server: Cypher) -> None:
    server("CREATE (:Person {name: 'somebody', iri: 'urn:else'})-[:KNOWS]->(:Note)")
    store = sample()
    sync(store, target)
    done = sync(sample([]), target)
    assert done.nodes.removed == len(project(store).nodes)
    assert server("MATCH (n) WHERE NOT n:KgLedger RETURN count(n) AS n") == [{"n": 2}]
    assert server("MATCH ()-[r]->() RETURN type(r) AS type") == [{"type": "KNOWS"}]


def test_nodes_and_relationships_of_others_stay(target: Neo4jTarget, server: Cypher) -> None:
    store = sample()
    sync(store, target)
    server(
        """
        MATCH (s:State {iso3: 'KAZ'}), (m:Meeting {when: '2016-05'})
        CREATE (s)-[:PARTY_TO {note: 'mine'}]->(m), (:Note {text: 'mine'})-[:ABOUT]->(m)
        """
    )
    sync(store, target)
    sync(store, target, full=True)
    assert server("MATCH ()-[r:PARTY_TO {note: 'mine'}]->() RETURN count(r) AS n") == [{"n": 1}]
    assert server("MATCH (:Note)-[r:ABOUT]->() RETURN count(r) AS n") == [{"n": 1}]
    assert verify(store, target).equal


def test_a_node_of_somebody_else_is_not_taken_over(target: Neo4jTarget, server: Cypher) -> None:
    server("CREATE (:State {iri: $iri, name: 'not yours'})", iri=BASE + "state/KAZ")
    sync(sample(), target)
    found = server("MATCH (s:State {iri: $iri}) RETURN s.name AS name", iri=BASE + "state/KAZ")
    assert {row["name"] for row in found} == {"not yours", "Kazakhstan"}
    sync(sample([]), target)
    assert server("MATCH (s:State) RETURN s.name AS name") == [{"name": "not yours"}]


def test_a_constraint_of_somebody_else_in_the_way_is_said(
    target: Neo4jTarget, bare: Cypher
) -> None:
    bare("CREATE (:State {iri: $iri, name: 'not yours'})", iri=BASE + "state/KAZ")
    bare("CREATE CONSTRAINT theirs FOR (n:State) REQUIRE n.iri IS UNIQUE")
    with pytest.raises(ServerError, match="in the way") as refused:
        sync(sample(), target)
    assert "\n" not in str(refused.value)
    others = bare("MATCH (n) WHERE NOT n:KgLedger RETURN n.name AS name")
    assert others == [{"name": "not yours"}]
    bare("DROP CONSTRAINT theirs")


def test_verify_finds_an_edit_by_hand_and_the_next_sync_undoes_it(
    target: Neo4jTarget, server: Cypher
) -> None:
    store = sample()
    sync(store, target)
    server("MATCH (s:State {iso3: 'KAZ'}) SET s.name = 'Elsewhere', s.extra = 1")
    server("MATCH (:Meeting)-[r:HELD_IN]->() REMOVE r.basis")
    server("MATCH (:Visit)-[r:TO]->() DELETE r")
    server("MATCH (o:Outlet {name: 'Belta'}) DETACH DELETE o")
    server("CREATE (:Topic {iri: 'urn:x', _kg: 'default'})")
    found = verify(store, target)
    assert (found.missing, found.extra, found.different) == (3, 1, 2)
    examples = found.as_json()["examples"]
    assert {
        "what": "different",
        "node": "State",
        "iri": BASE + "state/KAZ",
        "property": "name",
        "graph": "Kazakhstan",
        "server": "Elsewhere",
    } in examples  # type: ignore[operator]
    sync(store, target)
    assert verify(store, target).equal


def test_a_type_that_only_looks_equal_is_a_difference(target: Neo4jTarget, server: Cypher) -> None:
    store = sample()
    sync(store, target)
    server("MATCH (m:Meeting {when: '2016-05'}) SET m.dateFrom = '2016-05-01'")
    found = verify(store, target)
    assert found.different == 1
    (example,) = found.examples
    assert example["property"] == "dateFrom"


def test_labels_are_put_right(target: Neo4jTarget, server: Cypher) -> None:
    store = sample()
    sync(store, target)
    server("MATCH (p:Person {iri: $i}) SET p:Leader:Friend", i=BASE + "person/KAZ-jane-aide")
    server("MATCH (s:State {iso3: 'KAZ'}) REMOVE s:State SET s:Place")
    server("MATCH (s:State {iso3: 'BLR'}) REMOVE s:State")
    assert verify(store, target).different == 3
    sync(store, target)
    assert verify(store, target).equal
    query = "MATCH (n {iri: $i}) RETURN labels(n) AS l"
    assert server(query, i=BASE + "person/KAZ-jane-aide") == [{"l": ["Person", "Friend"]}]
    assert server(query, i=BASE + "state/KAZ") == [{"l": ["State"]}]


def test_things_with_our_mark_that_cannot_be_ours_go(target: Neo4jTarget, server: Cypher) -> None:
    store = sample()
    sync(store, target)
    server("CREATE (:Thing {_kg: 'default'})-[:LIKES {_kg: 'default'}]->(:Note)")
    server("MATCH (m:Meeting {when: '2016-05'}) CREATE (m)-[:OLD_TYPE {_kg: 'default'}]->(m)")
    server("CREATE (:OldLabel {_kg: 'default', iri: 'urn:old'})")
    sync(store, target)
    assert verify(store, target).equal
    assert server("MATCH (n:Note) RETURN count(n) AS n") == [{"n": 1}]
    assert server("MATCH (n) WHERE n:Thing OR n:OldLabel RETURN n") == []


def test_an_interrupted_sync_is_completed_by_the_next(target: Neo4jTarget, server: Cypher) -> None:
    """Half of the work is there: some nodes, without most relationships."""
    store = sample()
    sync(store, target)
    server("MATCH ()-[r:ATTENDED]->() DELETE r")
    server("MATCH (n:Report) DETACH DELETE n")
    sync(store, target)
    assert verify(store, target).equal
    doubles = "MATCH (n) WITH n.iri AS iri, count(*) AS c WHERE c > 1 RETURN iri"
    assert server(doubles) == []


def test_two_graphs_live_in_one_database(target: Neo4jTarget, server: Cypher) -> None:
    store, other = sample(), sample(told()[:2])
    sync(store, target)
    done = sync(other, target, graph="second")
    assert done.nodes.added == len(project(other).nodes)
    assert verify(store, target).equal
    assert verify(other, target, graph="second").equal
    sync(sample([]), target, graph="second")
    assert verify(store, target).equal
    assert server("MATCH (n {_kg: 'second'}) RETURN n") == []
