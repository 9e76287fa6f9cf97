"""The embedded engine and a real server give the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any, cast

import pytest

from kg.cypher import run
from kg.errors import QuerySyntaxError, RefusedQueryError, ServerError, UsageError
from kg.property_mapping import property_mapping
from kg.store.oxigraph import OxigraphStore
from kg.sync import Neo4jTarget, cypher_on_server, sync
from kg.sync.apply import Writer
from kg.sync.ledger import locked
from kg.sync.plan import plan
from kg.sync.statements import Statements
from kg.sync.target import connect
from tests.cypher.random_statements import in_order, random_graph, random_statement
from tests.cypher.subset import ALIKE
from tests.neo4j.conftest import Cypher
from tests.sample import NASTY, sample

BASE = "https://w3id.org/diplomatic-meetings/id/"
STATEMENTS: list[tuple[str, dict[str, object]]] = [
    (
        """MATCH (a:Person)-[x:ATTENDED]->(m:Meeting)<-[y:ATTENDED]-(b:Person)
           WHERE x.onBehalfOf < y.onBehalfOf AND m.date >= $since
           RETURN a.name, x.office, b.name, y.office, m.when, m.dateFrom
           ORDER BY m.date, a.name, b.name""",
        {"since": "2008-01-01"},
    ),
    ("MATCH (p:Person {name: $name}) RETURN p.iri, p.names, labels(p)", {"name": NASTY}),
    ("MATCH (s:State) RETURN s ORDER BY s.iri", {}),
    ("MATCH (d:Document) RETURN d, d.title, d.type", {}),
    (
        """MATCH (s:State)-[:PARTY_TO]->(m:Meeting)
           RETURN s.code AS code, count(DISTINCT m) AS meetings ORDER BY meetings DESC, code""",
        {},
    ),
    (
        """MATCH (m:Meeting)-[r:REPORTED_IN]->(x:Report)
           OPTIONAL MATCH (x)-[:PUBLISHED_BY]->(o:Outlet)
           RETURN m.when, x.identifier, r.start, r.end, r.mentions, o.name
           ORDER BY x.identifier, m.when""",
        {},
    ),
    (
        """MATCH (m:Meeting)-[d:DISCUSSED]->(t:Topic)
           MATCH (t)-[:BROADER*0..]->(top:Topic)
           RETURN t.name, top.name, d.treatment, d.by, d.verbatim
           ORDER BY d.treatment, top.name""",
        {},
    ),
    (
        """MATCH (p:Leader)-[h:HELD_POST]->(s:State)
           WHERE h.dateFrom <= date($day) AND (h.dateTo IS NULL OR h.dateTo > date($day))
           RETURN p.name, h.office, h.`from`, h.until, s.iso3 ORDER BY p.name, h.office""",
        {"day": "2010-01-01"},
    ),
    (
        """MATCH p = (v:Visit)-[:TO]->(:State {iso3: 'FRA'})
           RETURN p, duration.inDays(v.dateFrom, v.dateTo) AS stay""",
        {},
    ),
    (
        """MATCH (m:Meeting)-[c:CLAIMED]->(r:Report)
           WITH m, c.about AS about, c.value AS value, r.identifier AS id ORDER BY about, value, id
           RETURN m.name, about, collect({value: value, report: id}) AS said ORDER BY about""",
        {},
    ),
    (
        """MATCH (m:Meeting)-[:STATED]->(f:Figure) WHERE f.value > $least
           RETURN f.indicator, f.value, f.unit, f.period ORDER BY f.value""",
        {"least": 1.0},
    ),
    (
        """MATCH (m:Meeting) WHERE NOT (m)-[:HELD_IN]->()
           RETURN m.when, m.multilateral, m.confidence, m.dateTo ORDER BY m.iri""",
        {},
    ),
    (
        """UNWIND $codes AS code
           CALL (code) { MATCH (s:State {code: code})-[:PARTY_TO]->(m) RETURN count(m) AS n }
           RETURN code, n /* it's one row each */ ORDER BY code""",
        {"codes": ["FRA", "KAZ", "XXX"]},
    ),
]


@pytest.fixture
def store(target: Neo4jTarget, server: Cypher) -> Iterator[OxigraphStore]:
    """The sample, also on the server."""
    store = sample()
    sync(store, target)
    yield store


def test_both_engines_give_the_same_rows(store: OxigraphStore, target: Neo4jTarget) -> None:
    for query, values in STATEMENTS:
        here, there = run(store, query, values), cypher_on_server(target, query, values)
        assert here == there, query
        assert here, f"no rows, so nothing was compared: {query}"


def test_both_engines_give_the_same_rows_all_over_the_tested_part(
    store: OxigraphStore, target: Neo4jTarget
) -> None:
    for query in ALIKE:
        assert run(store, query) == cypher_on_server(target, query), query


def test_the_mark_of_the_sync_is_not_shown(store: OxigraphStore, target: Neo4jTarget) -> None:
    (row,) = cypher_on_server(target, "MATCH (s:State {iso3: 'KAZ'}) RETURN s")
    assert isinstance(row["s"], dict)
    assert "_kg" not in row["s"]


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (n)",
        "MATCH (n) \\u0053ET n.x = 1",
        "CALL db.labels()",
        "LOAD CSV FROM 'f' AS l RETURN l",
    ],
)
def test_the_server_is_never_asked_to_write(
    target: Neo4jTarget, server: Cypher, query: str
) -> None:
    with pytest.raises(RefusedQueryError):
        cypher_on_server(target, query)


def test_the_server_itself_refuses_a_write_that_slipped_through(
    target: Neo4jTarget, server: Cypher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.sync.query.refuse_writes", lambda query: None)
    with pytest.raises(RefusedQueryError):
        cypher_on_server(target, "CREATE (n:Slipped)")
    assert server("MATCH (n:Slipped) RETURN n") == []


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("MATCH (n RETURN n", QuerySyntaxError),
        ("RETURN $x", UsageError),
        ("RETURN nothing", QuerySyntaxError),
        ("RETURN 1/0", (UsageError, ServerError)),
    ],
)
def test_a_wrong_query_is_one_line(
    target: Neo4jTarget, server: Cypher, query: str, error: type[Exception]
) -> None:
    with pytest.raises(error) as wrong:
        cypher_on_server(target, query)
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize("seed", range(4))
def test_random_statements_give_the_rows_of_the_oracle_on_the_server(
    target: Neo4jTarget, server: Cypher, seed: int
) -> None:
    chance = Random(seed)
    graph = random_graph(chance)
    with connect(target) as connection:
        with locked(connection, "default") as held:
            statements = Statements(property_mapping())
            writer = Writer("default", statements, plan([], graph))
            writer.apply(connection, held, size=1000)
            held.finish("", "", len(graph.nodes), len(graph.relationships))
        with connection.session() as session:
            for _ in range(10):
                made = random_statement(chance, graph)
                found = session.run(cast(Any, made.text), made.values).data()
                assert in_order(found) == in_order(made.rows), f"{made.text}\n{made.values}"
