"""What the endpoint can do, in the words of SPARQL 1.1 Service Description."""

from __future__ import annotations

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize
from starlette.responses import Response

from kg.serve.frames import Failure
from kg.serve.negotiation import GRAPHS, choose
from kg.serve.responses import problem
from kg.terms import RDF_TYPE

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_WRITTEN = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)


def describe_service(endpoint: str, accept: str) -> Response:
    """The description in a format that the client accepts."""
    media_type = choose(accept, tuple(GRAPHS))
    if media_type is None:
        return problem(Failure(406, f"the description can be had as {', '.join(GRAPHS)}"))
    rdf_format = GRAPHS[media_type]
    prefixes = {"sd": SD, "formats": _FORMATS} if rdf_format == RdfFormat.TURTLE else None
    body = serialize(_triples(endpoint), format=rdf_format, prefixes=prefixes)
    return Response(body, 200, {"Vary": "Accept"}, media_type)


def _triples(endpoint: str) -> list[Triple]:
    service = NamedNode(endpoint + "#service")
    facts = [
        Triple(service, RDF_TYPE, _sd("Service")),
        Triple(service, _sd("endpoint"), NamedNode(endpoint)),
        Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
    ]
    return facts + [
        Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + name)) for name in _WRITTEN
    ]


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)
