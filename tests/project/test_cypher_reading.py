"""A query that would write never reaches an engine, however it is spelt."""

from __future__ import annotations

import pytest

from kg.cypher_tokens import portable, refuse_writes
from kg.errors import QuerySyntaxError, RefusedQueryError

WRITES = [
    "CREATE (n:Person)",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) delete n",
    "MATCH (n) SET n.name = 'x'",
    "MATCH (n) sEt n.name = 'x'",
    "MATCH (n)SET/**/n.name = 'x'",
    "MERGE (n:Person {iri: 'x'})",
    "INSERT (n:Person)",
    "MATCH (n) REMOVE n.name",
    "MATCH (n) NODETACH DELETE n",
    "FOREACH (x IN [1] | CREATE (:A))",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "CALL db.labels()",
    "CALL apoc.load.json($url) YIELD value RETURN value",
    "MATCH (n) CALL { WITH n SET n.x = 1 } RETURN n",
    "CALL (n) { CREATE (m) RETURN m } RETURN 1",
    "DROP CONSTRAINT c",
    "CREATE INDEX FOR (n:A) ON (n.x)",
    "EXPLAIN CREATE (n)",
    "CYPHER 25 CREATE (n)",
    "CYPHER runtime=slotted planner=cost MATCH (n) DELETE n",
    "PROFILE MATCH (n) SET n.x = 1",
    "MATCH (n) \\u0053ET n.x = 1",
    "MATCH (n) S\\u0045T n.x = 1",
    "RETURN '\\u0027 AS a CREATE (n) RETURN \\u0027'",
    "RETURN 'it''s' /* ' */ CREATE (n) // '",
    "RETURN '\\\\' CREATE (n) RETURN ''",
    "TERMINATE TRANSACTIONS 'x'",
    "USE other MATCH (n) RETURN n",
    "ALTER USER neo4j SET PASSWORD 'x'",
    "MATCH (n) WITH n.iri AS x MERGE (m {iri: x})",
    "MATCH (n) RETURN {a: 1, set: 2} SET n.x = 1",
]
READS = [
    "MATCH (n) RETURN n.set, n.create, n. delete",
    "MATCH (n:Set|Create) RETURN n",
    "MATCH (n)-[:CREATE]->(m:!DELETE&A) RETURN n",
    "RETURN 'CREATE (n)' AS text, \"it's SET\" AS more",
    "MATCH (n) RETURN n.`SET n.x = 1` // CREATE (n)",
    "/* DELETE everything */ MATCH (n) RETURN n",
    "RETURN {set: 1, call: 2} AS m",
    "MATCH (n {remove: $set}) RETURN $call",
    "MATCH ()-[r:REPORTED_IN]->() RETURN r.start AS start, r.end AS stop ORDER BY start",
    "CALL { MATCH (n) RETURN n LIMIT 1 } RETURN n",
    "MATCH (p) CALL (p) { MATCH (p)-->(m) RETURN count(m) AS c } RETURN p, c",
    "RETURN 'a\\'b' AS x;",
    "MATCH (n) WHERE n.name = 'O\\\\' RETURN n",
    "EXPLAIN MATCH (n) RETURN n",
    "MATCH (n) RETURN n.name AS `DELETE`",
    "MATCH (n) RETURN createdAt, offset, preset, recall",
]


@pytest.mark.parametrize("query", WRITES)
def test_a_write_is_refused(query: str) -> None:
    with pytest.raises(RefusedQueryError) as refused:
        refuse_writes(query)
    assert refused.value.exit_code == 2
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("query", READS)
def test_a_reading_query_passes(query: str) -> None:
    refuse_writes(query)


@pytest.mark.parametrize(
    "query",
    ["", "  // only a comment", ";", "RETURN 'x", "RETURN `x", "/* RETURN 1", "RETURN 1; RETURN 2"],
)
def test_what_is_no_statement_is_a_syntax_error(query: str) -> None:
    with pytest.raises(QuerySyntaxError):
        refuse_writes(query)


def test_a_refusal_says_where() -> None:
    with pytest.raises(RefusedQueryError, match="DELETE at line 2, column 3"):
        refuse_writes("MATCH (n)\n  DELETE n")


def test_comments_become_space_and_positions_stay() -> None:
    query = "RETURN 1 /* a\n'b */ AS x // end\n, '/* no */' AS y"
    assert portable(query) == "RETURN 1     \n      AS x       \n, '/* no */' AS y"


def test_property_names_that_are_key_words_get_quotes() -> None:
    query = "MATCH ()-[r {end: 1}]->() RETURN CASE WHEN r.end > 2 THEN r.when END, xs[0..end]"
    assert portable(query) == (
        "MATCH ()-[r {`end`: 1}]->() RETURN CASE WHEN r.`end` > 2 THEN r.`when` END, xs[0..end]"
    )
