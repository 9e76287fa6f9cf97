"""`/data`: the SPARQL 1.1 Graph Store Protocol, reading only."""

from __future__ import annotations

from urllib.parse import quote

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from tests.serve.client import DM, ID, Server

pytestmark = pytest.mark.network

REPORT = f"{ID}report/kazinform/1"
ONE = f"/data?graph={quote(REPORT, safe='')}"
MEETING = rdflib.URIRef(DM + "Meeting")
REPORTED = rdflib.URIRef(DM + "ReportedMeeting")


def count(server: Server, pattern: str) -> int:
    return int(server.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}").rows[0]["n"])


def test_the_default_graph_holds_the_merged_facts(server: Server) -> None:
    reply = server.get("/data?default", accept="text/turtle")
    assert (reply.status, reply.kind) == (200, "text/turtle")
    graph = rdflib.Graph().parse(data=reply.body, format="turtle")
    assert len(graph) == count(server, "?s ?p ?o")
    assert len(set(graph.subjects(rdflib.RDF.type, MEETING))) == 7
    assert "dm:Meeting" in reply.text


def test_a_report_has_its_own_graph(server: Server) -> None:
    reply = server.get(ONE, accept="application/n-triples")
    graph = rdflib.Graph().parse(data=reply.body, format="nt")
    assert len(graph) == count(server, f"GRAPH <{REPORT}> {{ ?s ?p ?o }}")
    assert len(set(graph.subjects(rdflib.RDF.type, REPORTED))) == 1


@pytest.mark.parametrize(
    ("accept", "kind", "rdf_format"),
    [
        ("application/n-quads", None, RdfFormat.N_QUADS),
        ("application/trig", None, RdfFormat.TRIG),
        ("*/*", "application/n-quads", RdfFormat.N_QUADS),
        ("application/trig, text/turtle;q=0.5", "application/trig", RdfFormat.TRIG),
    ],
)
def test_without_a_name_there_is_the_whole_dataset(
    server: Server, accept: str, kind: str | None, rdf_format: RdfFormat
) -> None:
    reply = server.get("/data", accept=accept)
    assert (reply.status, reply.kind) == (200, kind or accept)
    total = count(server, "{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }")
    assert len(set(parse(reply.body, rdf_format))) == total


@pytest.mark.parametrize("kind", ["application/rdf+xml", "application/ld+json"])
def test_a_graph_can_be_had_in_other_formats(server: Server, kind: str) -> None:
    reply = server.get(ONE, accept=kind)
    assert reply.kind == kind
    assert len(rdflib.Graph().parse(data=reply.body, format=kind)) > 20


@pytest.mark.parametrize(
    ("target", "accept", "status"),
    [
        ("/data?graph=urn:nothing", "text/turtle", 404),
        ("/data?graph=", "text/turtle", 400),
        ("/data?graph=not%20an%20iri", "text/turtle", 400),
        ("/data?graph=*", "text/turtle", 400),
        ("/data?default&graph=urn:g", "text/turtle", 400),
        ("/data?graph=urn:a&graph=urn:b", "text/turtle", 400),
        ("/data?default", "image/png", 406),
        ("/data", "text/turtle", 406),
        ("/data?default", "application/n-quads", 406),
    ],
)
def test_wrong_requests(server: Server, target: str, accept: str, status: int) -> None:
    reply = server.get(target, accept=accept)
    assert reply.status == status
    assert reply.text.count("\n") == 1
    assert server.send("HEAD", target, accept=accept).status == status


@pytest.mark.parametrize("target", ["/data?default", ONE, "/data"])
def test_head_and_etag(server: Server, target: str) -> None:
    whole, head = server.get(target), server.send("HEAD", target)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.headers["etag"] == whole.headers["etag"]
    again = server.get(target, if_none_match=whole.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_options_names_the_methods(server: Server) -> None:
    assert server.send("OPTIONS", "/data").headers["allow"] == "GET, HEAD, OPTIONS"
