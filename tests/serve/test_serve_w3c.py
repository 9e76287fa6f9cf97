"""The cases of the W3C's SPARQL 1.1 Protocol suite, as far as a read-only endpoint has answers.

Their names are those of the suite's manifest; requests and data are ours, made from what the names
and the recommendation ask for. The seven that update are refused, and three ask for what would make
sums wrong in this graph (see `docs/decisions/2026-11-24-sparql-endpoint.md`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import NamedNode, Quad

from kg.store import open_store
from kg.store.base import Change
from kg.terms import RDF_TYPE
from tests.serve.client import Server, serving

pytestmark = pytest.mark.network

ONE, TWO, THREE = (f"http://data.example/{n}" for n in ("one", "two", "three"))
FORM = {"content_type": "application/x-www-form-urlencoded"}
DIRECT = {"content_type": "application/sparql-query"}
UPDATE = {"content_type": "application/sparql-update"}
IN_GRAPHS = f"GRAPH ?g {{ <{ONE}> a ?t }} GRAPH ?h {{ <{TWO}> a ?u }}"
ROWS = {"application/sparql-results+json", "application/sparql-results+xml"}
TRIPLES = {"text/turtle", "application/rdf+xml", "application/n-triples"}


@dataclass(frozen=True)
class Case:
    """One request and what has to come of it."""

    name: str
    method: str = "POST"
    query: tuple[tuple[str, str], ...] = ()
    body: str | bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    truth: bool | None = None
    kinds: frozenset[str] = frozenset()
    refused: bool = False


def _read(name: str, **more: object) -> Case:
    return Case(name, truth=True, kinds=frozenset(ROWS), **more)  # type: ignore[arg-type]


def _typed(name: str, text: str, kinds: set[str]) -> Case:
    return Case(name, body=text, headers=DIRECT, kinds=frozenset(kinds), query=_default(ONE))


def _bad(name: str, **more: object) -> Case:
    return Case(name, refused=True, **more)  # type: ignore[arg-type]


def _default(*graphs: str) -> tuple[tuple[str, str], ...]:
    return tuple(("default-graph-uri", g) for g in graphs)


def _named(*graphs: str) -> tuple[tuple[str, str], ...]:
    return tuple(("named-graph-uri", g) for g in graphs)


ASK = urlencode({"query": "ASK {}"})
NONE = _default("http://data.example/none")
FULL = f"ASK {{ <{THREE}> a ?s {IN_GRAPHS} }}"
UNION = f"ASK {{ <{ONE}> a ?t . <{TWO}> a ?t }}"

QUERIES = [
    _read("query_post_form", query=NONE, body=ASK, headers=FORM),
    _read("query_dataset_named_graphs_post", query=_named(ONE, TWO), body=f"ASK {{ {IN_GRAPHS} }}", headers=DIRECT),
    _read("query_dataset_named_graphs_get", method="GET", query=(("query", f"ASK {{ {IN_GRAPHS} }}"), *_named(ONE, TWO))),
    _read("query_dataset_full", query=(*_default(THREE), *_named(ONE, TWO)), body=FULL, headers=DIRECT),
    _read("query_get", method="GET", query=(("query", "ASK {}"), *NONE)),
    _read("query_post_direct", body="ASK {}", headers=DIRECT),
    _typed("query_content_type_select", "SELECT (1 AS ?value) {}", ROWS | {"text/csv", "text/tab-separated-values"}),
    _typed("query_content_type_ask", "ASK {}", ROWS),
    _typed("query_content_type_describe", "DESCRIBE <http://example.org/>", TRIPLES),
    _typed("query_content_type_construct", "CONSTRUCT { <s> <p> 1 } WHERE {}", TRIPLES),
]  # fmt: skip
ON_PURPOSE = [
    _bad("query_dataset_default_graphs_get", method="GET", query=(("query", UNION), *_default(ONE, TWO))),
    _bad("query_dataset_default_graphs_post", query=_default(ONE, TWO), body=UNION, headers=DIRECT),
    _bad("query_multiple_dataset", query=_named(ONE, TWO), body=f"ASK FROM <{THREE}> {{ {IN_GRAPHS} }}", headers=DIRECT),
]  # fmt: skip
WRONG = [
    _bad("bad_query_method", method="PUT", query=(("query", "ASK {}"),), headers=FORM),
    _bad("bad_multiple_queries", method="GET", query=(("query", "ASK {}"), ("query", "SELECT * {}"))),
    _bad("bad_query_wrong_media_type", body="ASK {}", headers={"content_type": "text/plain"}),
    _bad("bad_query_missing_form_type", body=ASK),
    _bad("bad_query_missing_direct_type", body="ASK {}"),
    _bad("bad_query_non_utf8", body="ASK {}".encode("utf-16"), headers={"content_type": "application/sparql-query; charset=UTF-16"}),
    _bad("bad_query_syntax", method="GET", query=(("query", "ASK {"),)),
    _bad("bad_update_get", method="GET", query=(("update", "CLEAR ALL"),)),
    _bad("bad_multiple_updates", body="update=CLEAR+NAMED&update=CLEAR+DEFAULT", headers=FORM),
    _bad("bad_update_wrong_media_type", body="CLEAR NAMED", headers={"content_type": "text/plain"}),
    _bad("bad_update_missing_form_type", body="update=CLEAR+NAMED"),
    _bad("bad_update_non_utf8", body="CLEAR NAMED".encode("utf-16"), headers={"content_type": "application/sparql-update; charset=UTF-16"}),
    _bad("bad_update_syntax", body="CLEAR XYZ", headers=UPDATE),
    _bad("bad_update_dataset_conflict", query=(("using-named-graph-uri", ONE),), body="CLEAR ALL", headers=UPDATE),
]  # fmt: skip
UPDATES = [
    _bad(name, body="CLEAR ALL", headers=UPDATE)
    for name in (
        "update_dataset_default_graph", "update_dataset_default_graphs",
        "update_dataset_named_graphs", "update_dataset_full", "update_post_direct",
        "update_base_uri",
    )
]  # fmt: skip
UPDATES.append(_bad("update_post_form", body="update=CLEAR+ALL", headers=FORM))
CASES = QUERIES + ON_PURPOSE + WRONG + UPDATES


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Three graphs, each saying that it is a document."""
    path: Path = tmp_path_factory.mktemp("w3c") / "db"
    document = NamedNode("http://xmlns.com/foaf/0.1/Document")
    graphs = [NamedNode(g) for g in (ONE, TWO, THREE)]
    with open_store(path) as store:
        store.apply(Change(added=frozenset(Quad(g, RDF_TYPE, document, g) for g in graphs)))
    with serving(path) as running:
        yield running


def test_all_34_cases_of_the_suite_are_here() -> None:
    assert len({case.name for case in CASES}) == len(CASES) == 34


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(endpoint: Server, case: Case, slash: str) -> None:
    target = f"/sparql{slash}?{urlencode(case.query)}"
    reply = endpoint.send(case.method, target, case.body, **case.headers)
    if case.refused:
        assert 400 <= reply.status < 500
        return
    assert reply.status == 200
    assert reply.kind in case.kinds
    if case.truth is not None:
        assert reply.json()["boolean"] is case.truth
