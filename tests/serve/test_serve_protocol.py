"""The SPARQL 1.1 Protocol, queries only: forms of a request, formats of an answer, refusals."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
import rdflib
from rdflib import RDF

from ontology import DM
from tests.serve.client import ID, Reply, Server

pytestmark = pytest.mark.network

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
MEETINGS = f"SELECT ?m {{ ?m a <{DM.Meeting}> }}"


def boolean(reply: Reply) -> bool:
    assert reply.status == 200, reply.text
    truth = reply.json()["boolean"]
    assert isinstance(truth, bool)
    return truth


def as_form(**parameters: str) -> str:
    return urlencode(parameters)


@pytest.fixture(scope="session")
def reports(server: Server) -> list[str]:
    """The named graphs of the reports that tell of a meeting, in order."""
    found = server.query(
        f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?m a <{DM.ReportedMeeting}> }} }} ORDER BY ?g"
    )
    graphs = [row["g"] for row in found.rows]
    assert len(graphs) == 8
    return graphs


class TestTheFormsOfARequest:
    def test_get_and_both_kinds_of_post_give_one_answer(self, server: Server) -> None:
        text = MEETINGS + " ORDER BY ?m"
        by_get = server.query(text)
        by_form = server.send("POST", "/sparql", as_form(query=text), content_type=FORM)
        assert by_get.rows == server.post(text).rows == by_form.rows
        assert len(by_get.rows) == 7

    def test_a_form_may_name_its_charset(self, server: Server) -> None:
        kind = f"{FORM}; charset=UTF-8"
        assert boolean(server.send("POST", "/sparql", as_form(query="ASK {}"), content_type=kind))

    def test_a_name_beyond_ascii_survives_every_form(self, server: Server) -> None:
        text = "SELECT ('Élysée 🕊' AS ?name) {}"
        by_form = server.send("POST", "/sparql", as_form(query=text), content_type=FORM)
        for reply in (server.query(text), server.post(text), by_form):
            assert reply.rows == [{"name": "Élysée 🕊"}]

    def test_a_plus_in_a_query_sent_directly_stays_a_plus(self, server: Server) -> None:
        assert server.post("SELECT (1+1 AS ?two) ('a+b' AS ?t) {}").rows == [
            {"two": "2", "t": "a+b"}
        ]

    def test_the_address_with_a_slash_at_its_end_answers_too(self, server: Server) -> None:
        assert boolean(server.get("/sparql/?query=" + quote("ASK {}")))

    def test_a_relative_iri_is_read_against_the_endpoint(self, server: Server) -> None:
        rows = server.query("SELECT (IRI('here') AS ?iri) (<x#y> AS ?other) {}").rows
        assert rows == [{"iri": f"{server.address}here", "other": f"{server.address}x#y"}]

    def test_head_has_the_headers_of_get_and_nothing_else(self, server: Server) -> None:
        target = "/sparql?" + as_form(query=MEETINGS)
        whole, head = server.get(target), server.send("HEAD", target)
        assert (head.status, head.body) == (200, b"")
        assert head.headers["content-type"] == whole.headers["content-type"]
        assert head.headers["etag"] == whole.headers["etag"]

    def test_options_names_the_methods(self, server: Server) -> None:
        reply = server.send("OPTIONS", "/sparql")
        assert reply.status == 204
        assert reply.headers["allow"] == "GET, HEAD, POST, OPTIONS"


class TestTheFormsOfAnAnswer:
    @pytest.mark.parametrize(
        ("accept", "kind", "begins"),
        [
            ("application/sparql-results+json", None, '{"head":{"vars":["m"]}'),
            ("application/sparql-results+xml", None, "<?xml"),
            ("text/csv", None, "m\r\n"),
            ("text/tab-separated-values", None, "?m\n"),
            ("application/json", None, '{"head"'),
            ("application/xml", None, "<?xml"),
            ("*/*", "application/sparql-results+json", "{"),
            ("text/*", "text/csv", "m\r\n"),
            ("text/csv;q=0.3, application/sparql-results+xml;q=0.8", "application/sparql-results+xml", "<"),
            ("text/html, text/csv;q=0.1", "text/csv", "m"),
        ],
    )  # fmt: skip
    def test_rows(self, server: Server, accept: str, kind: str | None, begins: str) -> None:
        reply = server.query(MEETINGS, accept)
        assert (reply.status, reply.kind) == (200, kind or accept)
        assert reply.text.startswith(begins)
        assert "Accept" in reply.headers["vary"]

    @pytest.mark.parametrize(
        ("accept", "kind"),
        [
            ("text/turtle", None),
            ("application/n-triples", None),
            ("application/rdf+xml", None),
            ("application/ld+json", None),
            ("*/*", "text/turtle"),
            ("application/sparql-results+json, text/turtle;q=0.5", "text/turtle"),
        ],
    )
    @pytest.mark.parametrize("form", ["CONSTRUCT", "DESCRIBE"])
    def test_graphs(self, server: Server, form: str, accept: str, kind: str | None) -> None:
        query = {
            "CONSTRUCT": f"CONSTRUCT {{ ?m a <{DM.Meeting}> }} WHERE {{ ?m a <{DM.Meeting}> }}",
            "DESCRIBE": f"DESCRIBE ?m {{ ?m a <{DM.Meeting}> }}",
        }[form]
        reply = server.query(query, accept)
        assert (reply.status, reply.kind) == (200, kind or accept)
        graph = rdflib.Graph().parse(data=reply.body, format=reply.kind)
        assert len(set(graph.subjects(RDF.type, DM.Meeting))) == 7

    @pytest.mark.parametrize("accept", [None, "application/sparql-results+xml"])
    def test_ask(self, server: Server, accept: str | None) -> None:
        yes = server.query("ASK { ?s ?p ?o }", accept or "*/*")
        no = server.query("ASK { ?s <urn:no> ?o }", accept or "*/*")
        assert "true" in yes.text
        assert "false" in no.text

    def test_without_an_accept_header_there_is_json_or_turtle(self, server: Server) -> None:
        assert server.get("/sparql?query=" + quote("ASK {}")).kind.endswith("+json")
        describe = quote(f"DESCRIBE <{ID}state/BLR>")
        assert server.get(f"/sparql?query={describe}").kind == "text/turtle"

    @pytest.mark.parametrize(
        ("query", "accept"),
        [
            ("ASK {}", "image/png"),
            ("ASK {}", "text/turtle"),
            ("SELECT * {}", "application/sparql-results+json;q=0"),
            ("DESCRIBE <urn:x>", "text/csv"),
            ("SELECT * {}", "text/csv;q=nonsense"),
        ],
    )
    def test_what_cannot_be_written_is_406_and_says_what_can(
        self, server: Server, query: str, accept: str
    ) -> None:
        reply = server.query(query, accept)
        assert reply.status == 406
        assert "there are" in reply.text

    def test_a_text_with_every_kind_of_quote_comes_back_whole(self, server: Server) -> None:
        query = """SELECT ('"}},{"\\r\\n<b>&amp;' AS ?t) {}"""
        assert server.query(query).rows == [{"t": '"}},{"\r\n<b>&amp;'}]


class TestDatasets:
    """Merged facts are in the default graph, what a report says in its own: see the decision."""

    def test_one_report_can_stand_as_the_default_graph(
        self, server: Server, reports: list[str]
    ) -> None:
        query = f"SELECT (COUNT(*) AS ?n) {{ ?m a <{DM.ReportedMeeting}> }}"
        one = server.query(query, **{"default-graph-uri": reports[0]}).rows
        assert one == [{"n": "1"}]

    def test_named_graphs_are_only_those_named_and_the_default_graph_is_empty(
        self, server: Server, reports: list[str]
    ) -> None:
        pairs = [("named-graph-uri", g) for g in reports[:2]]
        query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
        reply = server.get("/sparql?" + urlencode([("query", query), *pairs]))
        assert [row["g"] for row in reply.rows] == reports[:2]
        empty = server.get("/sparql?" + urlencode([("query", "ASK { ?s ?p ?o }"), *pairs]))
        assert not boolean(empty)

    def test_naming_a_default_graph_hides_the_named_ones(
        self, server: Server, reports: list[str]
    ) -> None:
        query = "ASK { GRAPH ?g { ?s ?p ?o } }"
        assert boolean(server.query(query))
        assert not boolean(server.query(query, **{"default-graph-uri": reports[0]}))

    def test_a_graph_that_is_not_there_is_empty(self, server: Server) -> None:
        assert not boolean(server.query("ASK { ?s ?p ?o }", **{"default-graph-uri": "urn:none"}))

    def test_parameters_go_with_a_query_in_the_body(
        self, server: Server, reports: list[str]
    ) -> None:
        target = "/sparql?" + urlencode({"default-graph-uri": reports[0]})
        assert not boolean(server.post(f"ASK {{ ?m a <{DM.Meeting}> }}", target=target))

    def test_a_union_would_count_twice_and_is_refused(
        self, server: Server, reports: list[str]
    ) -> None:
        pairs = [("query", "ASK {}"), *(("default-graph-uri", g) for g in reports[:2])]
        reply = server.get("/sparql?" + urlencode(pairs))
        assert reply.status == 400
        assert "three times" in reply.text

    @pytest.mark.parametrize("clause", ["FROM <urn:a> FROM <urn:b>", "FROM NAMED <urn:a>"])
    def test_from_in_the_query_is_refused(self, server: Server, clause: str) -> None:
        reply = server.query(f"SELECT * {clause} {{ ?s ?p ?o }}")
        assert reply.status == 400
        assert reply.text.startswith("line 1, column 10: FROM is refused")

    @pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
    @pytest.mark.parametrize("value", ["", "not an iri", "relative"])
    def test_a_graph_needs_an_iri(self, server: Server, name: str, value: str) -> None:
        assert server.query("ASK {}", **{name: value}).status == 400


class TestWrongRequests:
    @pytest.mark.parametrize(
        ("query", "where"),
        [
            ("SELECT * { ?s ?p ", "line 1, column 18"),
            ("SELECT *\nWHERE {\n  ?s ?p 'open }", "line 3, column 9"),
            ("SELEC * {}", "line 1, column 1"),
            ("SELECT ?s { ?s ?p }", "line 1, column"),
            ("SELECT ?x { ?s foo:p ?o }", "line 1, column 16"),
            ("", "line 1, column 1"),
            ("ASK {} garbage", "line 1, column 8"),
        ],
    )
    def test_a_malformed_query_is_400_with_the_place(
        self, server: Server, query: str, where: str
    ) -> None:
        for reply in (server.query(query), server.post(query)):
            assert reply.status == 400
            assert reply.text.startswith(where)
            assert reply.text.count("\n") == 1

    def test_a_query_that_is_not_utf_8_is_400(self, server: Server) -> None:
        body = "ASK { ?s ?p 'é' }".encode("latin-1")
        assert server.send("POST", "/sparql", body, content_type=DIRECT).status == 400

    def test_another_charset_is_415(self, server: Server) -> None:
        kind = f"{DIRECT}; charset=utf-16"
        reply = server.send("POST", "/sparql", "ASK {}".encode("utf-16"), content_type=kind)
        assert reply.status == 415

    def test_a_query_that_breaks_off_in_an_escape_is_400(self, server: Server) -> None:
        assert server.get("/sparql?query=ASK%20%7B%7D%FF").status == 400

    @pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data", ""])
    def test_an_unknown_kind_of_body_is_415(self, server: Server, kind: str) -> None:
        headers = {"content_type": kind} if kind else {}
        assert server.send("POST", "/sparql", "ASK {}", **headers).status == 415

    def test_a_post_without_a_query_is_400(self, server: Server) -> None:
        assert server.send("POST", "/sparql", "", content_type=FORM).status == 400

    @pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
    def test_other_methods_are_405_with_those_that_there_are(
        self, server: Server, method: str
    ) -> None:
        reply = server.send(method, "/sparql?query=ASK%20%7B%7D")
        assert reply.status == 405
        assert reply.headers["allow"] == "GET, HEAD, POST, OPTIONS"

    def test_an_unknown_address_is_404(self, server: Server) -> None:
        assert server.get("/nowhere").status == 404


class TestTheServiceDescription:
    def test_the_endpoint_alone_describes_itself(self, server: Server) -> None:
        reply = server.get("/sparql", accept="text/turtle")
        assert (reply.status, reply.kind) == (200, "text/turtle")
        assert f"sd:endpoint <{server.endpoint}>" in reply.text
        assert "sd:SPARQL11Query" in reply.text
        assert "Update" not in reply.text

    def test_every_format_that_it_names_is_written(self, server: Server) -> None:
        graph = rdflib.Graph().parse(data=server.get("/sparql").body, format="turtle")
        sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
        service = graph.value(predicate=RDF.type, object=sd.Service)
        assert len(list(graph.objects(service, sd.resultFormat))) == 8

    def test_it_is_negotiated(self, server: Server) -> None:
        assert server.get("/sparql", accept="application/rdf+xml").kind == "application/rdf+xml"
        assert server.get("/sparql", accept="text/csv").status == 406

    def test_a_browser_is_led_to_the_page(self, server: Server) -> None:
        reply = server.get("/sparql", accept="text/html,application/xml;q=0.9,*/*;q=0.8")
        assert (reply.status, reply.headers["location"]) == (303, "/#ask")
