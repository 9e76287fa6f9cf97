"""`/data`: the SPARQL 1.1 Graph Store Protocol, reading only."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.answering import stream
from kg.serve.frames import Failure, Job
from kg.serve.responses import problem

_ALLOW = {"Allow": "GET, HEAD, OPTIONS"}


async def data(request: Request) -> Response:
    """`?default`, `?graph=IRI`, or everything as a dataset."""
    if request.method == "OPTIONS":
        return Response(None, 204, _ALLOW)
    if request.method not in ("GET", "HEAD"):
        return problem(Failure(405, "the graph is changed with kg load and kg retract"), _ALLOW)
    graphs = request.query_params.getlist("graph")
    default = "default" in request.query_params
    if len(graphs) + default > 1:
        return problem(Failure(400, "name one graph: ?default or ?graph=IRI"))
    which = graphs[0] if graphs else "" if default else "*"
    if graphs and which in ("", "*"):
        return problem(Failure(400, "?graph= needs the IRI of a graph"))
    return await stream(request, Job("dump", "", which, request.headers.get("accept", "")))
