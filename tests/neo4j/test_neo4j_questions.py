"""Every question of the catalogue gives on a real server the rows that it gives without one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import neo4j
import pytest

import queries
from kg.store.base import View
from kg.sync import Neo4jTarget, cypher_on_server, sync
from kg.sync.query import ask
from kg.sync.target import connect
from queries.questions import as_rows
from queries.running import cypher_parameters
from tests.neo4j.conftest import connected
from tests.queries.cases import CASES, PAIRS
from tests.sample import sample

IDS = [f"{name}-{n}" for n, (name, _) in enumerate(CASES)]


@pytest.fixture(scope="module")
def view(target: Neo4jTarget) -> Iterator[View]:
    """The sample, also on the server, once for all questions."""
    store = sample()
    with connected(target) as run:
        run("MATCH (n) DETACH DELETE n")
        sync(store, target)
        yield store
        run("MATCH (n) DETACH DELETE n")


@pytest.mark.parametrize(("name", "given"), CASES, ids=IDS)
def test_a_question_gives_the_same_rows_on_the_server(
    view: View, target: Neo4jTarget, name: str, given: dict[str, object]
) -> None:
    asked = queries.question(name)
    rows = cypher_on_server(target, asked.cypher, cypher_parameters(view, asked, given))
    found = as_rows(name, queries.from_cypher(asked, rows))
    assert sorted(map(str, found)) == sorted(map(str, queries.run(name, view, **given)))


def test_any_two_filters_at_once_give_the_same_rows_on_the_server(
    view: View, target: Neo4jTarget
) -> None:
    asked = queries.question("who-met-whom")
    with connect(target) as connection:
        for given in PAIRS:
            rows = ask(connection, asked.cypher, cypher_parameters(view, asked, given))
            found = as_rows(asked.name, queries.from_cypher(asked, rows))
            expected = queries.run(asked.name, view, **given)
            assert sorted(map(str, found)) == sorted(map(str, expected)), given


FROM_AN_INDEX: list[tuple[str, dict[str, object]]] = [
    ("who-met-whom", {"person": "Kassym-Jomart Tokayev"}),
    ("who-met-whom", {"state": "KAZ", "with": "BLR"}),
    ("who-met-whom", {"topic": "trade"}),
    ("pair-history", {"a": "BLR", "b": "KAZ"}),
    ("topics-of-pair", {"a": "BLR", "b": "KAZ"}),
    ("who-met-both", {"a": "FRA", "b": "BLR"}),
    ("visits", {"person": "Barack Obama"}),
]


def scanned(step: dict[str, Any]) -> int:
    """How many nodes and relationships a plan took without an index."""
    own = step["rows"] if "Scan" in step["operatorType"] else 0
    return int(own) + sum(scanned(child) for child in step.get("children", ()))


@pytest.mark.parametrize(("name", "given"), FROM_AN_INDEX)
def test_a_question_about_somebody_looks_at_no_others(
    view: View, target: Neo4jTarget, name: str, given: dict[str, object]
) -> None:
    asked = queries.question(name)
    values = cypher_parameters(view, asked, given)
    with neo4j.GraphDatabase.driver(target.uri) as driver:
        query: Any = f"PROFILE {asked.cypher}"
        _, summary, _ = driver.execute_query(query, values, database_=target.database)
    assert summary.profile
    assert scanned(summary.profile) == 0
