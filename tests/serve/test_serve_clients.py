"""The programs that people already have read the endpoint: rdflib, SPARQLWrapper, curl, kg."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.store import open_store
from ontology import DM
from queries import who_met_whom
from tests.contract.servers import missing
from tests.serve.client import ENDLESS, ID, Server, serving

pytestmark = pytest.mark.network

COUNT = f"SELECT (COUNT(*) AS ?n) {{ ?m a <{DM.Meeting}> }}"


class TestRdflib:
    def test_a_remote_store_answers_patterns_and_queries(self, server: Server) -> None:
        graph = rdflib.Graph(SPARQLStore(server.endpoint))
        assert len(list(graph.subjects(rdflib.RDF.type, DM.Meeting))) == 7
        assert [int(row.n) for row in graph.query(COUNT)] == [7]
        assert (rdflib.URIRef(ID + "state/BLR"), rdflib.RDF.type, DM.State) in graph

    def test_a_graph_with_a_name_is_one_report(self, server: Server) -> None:
        store = SPARQLStore(server.endpoint, context_aware=True)
        report = rdflib.Graph(store, rdflib.URIRef(ID + "report/kazinform/1"))
        assert len(list(report.subjects(rdflib.RDF.type, DM.ReportedMeeting))) == 1

    def test_by_post(self, server: Server) -> None:
        graph = rdflib.Graph(SPARQLStore(server.endpoint, method="POST"))
        assert [int(row.n) for row in graph.query(COUNT)] == [7]

    def test_construct_gives_a_graph(self, server: Server) -> None:
        graph = rdflib.Graph(SPARQLStore(server.endpoint))
        found = graph.query(f"CONSTRUCT {{ ?m a ?c }} {{ ?m a ?c . ?m a <{DM.Meeting}> }}").graph
        assert found is not None
        assert len(found) == 7


class TestSparqlWrapper:
    @pytest.fixture
    def wrapper(self, server: Server) -> SPARQLWrapper:
        return SPARQLWrapper(server.endpoint)

    def test_json(self, wrapper: SPARQLWrapper) -> None:
        wrapper.setQuery(COUNT)
        wrapper.setReturnFormat(JSON)
        assert wrapper.queryAndConvert()["results"]["bindings"][0]["n"]["value"] == "7"

    @pytest.mark.parametrize("how", [None, POSTDIRECTLY])
    def test_post(self, wrapper: SPARQLWrapper, how: str | None) -> None:
        wrapper.setMethod(POST)
        if how:
            wrapper.setRequestMethod(how)
        wrapper.setQuery(COUNT)
        wrapper.setReturnFormat(JSON)
        assert wrapper.queryAndConvert()["results"]["bindings"][0]["n"]["value"] == "7"

    def test_xml(self, wrapper: SPARQLWrapper) -> None:
        wrapper.setQuery(COUNT)
        wrapper.setReturnFormat(XML)
        assert wrapper.queryAndConvert().getElementsByTagName("literal")[0].firstChild.data == "7"

    def test_csv(self, wrapper: SPARQLWrapper) -> None:
        wrapper.setQuery(COUNT)
        wrapper.setReturnFormat(CSV)
        assert wrapper.queryAndConvert() == b"n\r\n7\r\n"

    def test_turtle(self, wrapper: SPARQLWrapper) -> None:
        wrapper.setQuery(f"DESCRIBE <{ID}state/BLR>")
        wrapper.setReturnFormat(TURTLE)
        assert rdflib.Graph().parse(data=wrapper.queryAndConvert(), format="turtle")

    def test_a_wrong_query_is_an_error_that_says_where(self, wrapper: SPARQLWrapper) -> None:
        wrapper.setQuery("SELECT * {\n  ?s ?p }")
        wrapper.setReturnFormat(JSON)
        with pytest.raises(QueryBadFormed, match="line 2, column"):
            wrapper.query()


class TestCurl:
    @pytest.fixture
    def curl(self) -> list[str]:
        program = shutil.which("curl")
        return [program, "--silent", "--show-error"] if program else missing("no curl")

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, capture_output=True, text=True, timeout=60)

    def test_as_the_manual_shows_it(self, curl: list[str], server: Server) -> None:
        asked = ["--data-urlencode", f"query={COUNT}", "-H", "Accept: text/csv", server.endpoint]
        assert self._run([*curl, *asked]).stdout == "n\n7\n"
        assert self._run([*curl, "--get", *asked]).stdout == "n\n7\n"

    def test_a_file_as_the_body(self, curl: list[str], server: Server, tmp_path: Path) -> None:
        query = tmp_path / "q.rq"
        query.write_text(COUNT)
        kind = "Content-Type: application/sparql-query"
        done = self._run([*curl, "-H", kind, "--data-binary", f"@{query}", server.endpoint])
        assert json.loads(done.stdout)["results"]["bindings"][0]["n"]["value"] == "7"

    def test_fail_gives_an_exit_code(self, curl: list[str], server: Server) -> None:
        done = self._run([*curl, "--fail", "--data-urlencode", "query=no", server.endpoint])
        assert done.returncode == 22

    def test_an_answer_that_was_cut_off_gives_an_exit_code(self, curl: list[str], db: Path) -> None:
        asked = ["--data-urlencode", f"query={ENDLESS}", "--output", "/dev/null"]
        with serving(db, "--timeout", "1") as running:
            done = self._run([*curl, *asked, running.endpoint])
        assert done.returncode == 18  # curl's word for a partial file


def test_our_own_remote_store_gives_the_same_rows(server: Server, db: Path) -> None:
    with open_store(db, read_only=True) as local:
        expected = who_met_whom(local).as_dicts()
    remote = open_store(server.endpoint, read_only=True)
    assert who_met_whom(remote).as_dicts() == expected
    assert expected
