"""The rdflib view answers as the store does, and cannot change it."""

from __future__ import annotations

import pytest
from facts import ALL, MERGED, NS, PREFIXES, REPORTS, TALKS
from rdflib import Dataset, Literal, URIRef

from kg.errors import RefusedQueryError, StoreError
from kg.store import Change, Store
from kg.store.rdflib_view import as_dataset


@pytest.fixture
def dataset(store: Store) -> Dataset:
    store.apply(Change(added=ALL))
    return as_dataset(store)


def test_the_default_graph_is_the_merged_one(dataset: Dataset) -> None:
    date = dataset.default_graph.value(URIRef(TALKS.value), URIRef(NS + "date"))
    assert str(date) == "2019-10-25"
    assert len(list(dataset.default_graph.triples((None, None, None)))) == len(MERGED)


def test_a_report_is_a_graph(dataset: Dataset) -> None:
    graph = dataset.get_context(URIRef(REPORTS[0].value))
    assert len(list(graph)) == 1


def test_sparql_gives_rdflib_rows(dataset: Dataset) -> None:
    rows = list(dataset.query(PREFIXES + "SELECT ?m WHERE { ?m dm:participant id:person\\/b }"))
    assert [str(row[0]) for row in rows] == [TALKS.value]


def test_well_known_prefixes_need_no_declaration(dataset: Dataset) -> None:
    answer = dataset.query('ASK { ?m dm:format "phone" }')
    assert answer.askAnswer


def test_changing_through_rdflib_is_refused(dataset: Dataset, store: Store) -> None:
    triple = (URIRef("a:s"), URIRef("a:p"), Literal("x"))
    with pytest.raises((StoreError, TypeError)):
        dataset.add(triple)
    with pytest.raises((StoreError, TypeError)):
        dataset.remove(triple)
    with pytest.raises((StoreError, TypeError)):
        dataset.update("INSERT DATA { <a:s> <a:p> 1 }")
    assert set(store.quads()) == ALL


def test_reaching_out_through_rdflib_is_refused(dataset: Dataset) -> None:
    with pytest.raises(RefusedQueryError):
        dataset.query("ASK { SERVICE <http://localhost/> { ?s ?p ?o } }")
