"""A name that the graph cannot have is told, and nothing else is."""

from __future__ import annotations

from importlib.resources import files

import pytest

from kg.hints import of_cypher, of_sparql

SHIPPED = sorted(
    (f for f in files("queries").iterdir() if f.name.endswith((".rq", ".cypher"))),
    key=lambda f: f.name,
)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda f: f.name)
def test_the_shipped_questions_name_only_what_there_is(file) -> None:  # type: ignore[no-untyped-def]
    told = of_sparql if file.name.endswith(".rq") else of_cypher
    assert told(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("ASK { ?m a dm:Meting }", ["the vocabulary has no term Meting; did you mean Meeting?"]),
        (
            "PREFIX v: <https://w3id.org/diplomatic-meetings/ns#> ASK { ?m v:statuss 'held' }",
            ["the vocabulary has no term statuss; did you mean status?"],
        ),
        (
            "ASK { ?m <https://w3id.org/diplomatic-meetings/ns#participants> ?p }",
            ["the vocabulary has no term participants; did you mean participant?"],
        ),
        ("PREFIX dm: <https://example.org/> ASK { ?m a dm:Meting }", []),
        ("ASK { ?m a dm:Meeting # dm:Meting\n FILTER('dm:Meting' != '') }", []),
    ],
)
def test_terms_of_sparql(query: str, told: list[str]) -> None:
    assert of_sparql(query) == told


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            "MATCH (n:Persn) RETURN n",
            ["the graph has no label or type Persn; did you mean Person?"],
        ),
        (
            "MATCH (:Person|State)-[a:ATTENDED|ATENDED]->(m) RETURN m.dat, m.date",
            [
                "the graph has no label or type ATENDED; did you mean ATTENDED?",
                "the graph has no property dat; did you mean date?",
            ],
        ),
        ("MATCH (m:Meeting) WHERE m:Zzzzzz RETURN m", ["the graph has no label or type Zzzzzz"]),
        ("MATCH (m:Meeting) RETURN [x IN [m] WHERE x:Meeting | x.date] AS days", []),
        ("WITH {kind: 1} AS own MATCH (m:Meeting) RETURN own.kind, m.dateFrom.year AS year", []),
        ("MATCH (m:Meeting) RETURN date.truncate('year', m.dateFrom) AS first", []),
        ("MATCH (m:Meeting {status: 'a:Persn'}) RETURN m { .date, x: 1 } AS m", []),
        ("MATCH (m:Meeting) WHERE EXISTS { (m)<-[:ATTENDED]-(:Leader) } RETURN m", []),
    ],
)
def test_names_of_cypher(query: str, told: list[str]) -> None:
    assert of_cypher(query) == told
