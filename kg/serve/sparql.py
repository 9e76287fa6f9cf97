"""`/sparql`: the SPARQL 1.1 Protocol, queries only."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from kg.serve.answering import stream
from kg.serve.description import describe_service
from kg.serve.frames import Failure, Job
from kg.serve.negotiation import choose
from kg.serve.pool import WorkerPool
from kg.serve.responses import problem

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
MAX_QUERY = 1 << 18
"""Bytes of a request's body."""
_ALLOW = {"Allow": ", ".join(METHODS)}
_UNION = (
    "more than one default-graph-uri is refused: a union of graphs would count a fact told by three "
    "reports three times; send named-graph-uri and ask GRAPH ?g { … } instead"
)
_WRITES = "this endpoint only answers queries; it is changed with kg load, kg retract and kg judge"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks; `query` is None if it has none, `dataset` as in `Job`."""

    query: str | None
    dataset: tuple[str, ...] = ()


class Refused(Exception):  # noqa: N818 - an outcome, not a fault
    """A request that is answered with an error status."""

    def __init__(self, status: int, message: str) -> None:
        self.failure = Failure(status, message)
        super().__init__(message)


async def sparql(request: Request) -> Response:
    """Answer one request to the endpoint."""
    if request.method == "OPTIONS":
        return Response(None, 204, _ALLOW)
    if request.method not in METHODS:
        return problem(Failure(405, _WRITES), _ALLOW)
    try:
        asked = await read_request(request)
    except Refused as refused:
        return problem(refused.failure)
    if asked.query is None:
        return _without_query(request)
    endpoint = str(request.url.replace(query="", fragment=""))
    accept = request.headers.get("accept", "")
    job = Job("query", "", asked.query, accept, endpoint, asked.dataset)
    return await stream(request, job)


async def read_request(request: Request) -> Asked:
    """The query of a GET, a form POST, or a direct POST.

    Raises:
        Refused: not a query request of the protocol.
    """
    pairs = _pairs(request.url.query)
    if request.method == "POST":
        kind, charset = _content_type(request.headers.get("content-type", ""))
        if kind == "application/sparql-update":
            raise Refused(403, _WRITES)
        if kind not in ("application/sparql-query", "application/x-www-form-urlencoded"):
            raise Refused(415, "send application/sparql-query or application/x-www-form-urlencoded")
        if charset not in ("", "utf-8", "utf8"):
            raise Refused(415, f"send UTF-8, not {charset}")
        text = _decode(await _body(request))
        pairs += [("query", text)] if kind == "application/sparql-query" else _pairs(text)
    return _asked(pairs, must=request.method == "POST")


def _asked(pairs: list[tuple[str, str]], *, must: bool) -> Asked:
    def given(wanted: str) -> list[str]:
        return [value for name, value in pairs if name == wanted]

    if given("update"):
        raise Refused(403, _WRITES)
    dataset = _dataset(given("default-graph-uri"), given("named-graph-uri"))
    queries = given("query")
    if len(queries) > 1:
        raise Refused(400, "one request holds one query")
    if must and not queries:
        raise Refused(400, "the request holds no query")
    return Asked(queries[0] if queries else None, dataset)


def _dataset(default: list[str], named: list[str]) -> tuple[str, ...]:
    """As in `Job`: with only named graphs, the default graph is empty (SPARQL 1.1, 13.2)."""
    if len(default) > 1:
        raise Refused(400, _UNION)
    if "" in (*default, *named):
        raise Refused(400, "default-graph-uri and named-graph-uri need the IRI of a graph")
    if not default and not named:
        return ()
    return (default[0] if default else "", *named)


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise Refused(400, f"the parameters cannot be read: {error}") from error


def _content_type(header: str) -> tuple[str, str]:
    """Media type and charset, in small letters."""
    kind, *parameters = (part.strip().lower() for part in header.split(";"))
    charsets = [p.partition("=")[2].strip('"') for p in parameters if p.startswith("charset=")]
    return kind, charsets[0] if charsets else ""


async def _body(request: Request) -> bytes:
    pool: WorkerPool = request.app.state.pool
    body = bytearray()
    try:
        async with asyncio.timeout(pool.limits.stall):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_QUERY:
                    raise Refused(413, f"a query has at most {MAX_QUERY} bytes")
    except (TimeoutError, ClientDisconnect):
        raise Refused(408, "the request did not come to its end") from None
    return bytes(body)


def _decode(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, f"the request is not UTF-8 at byte {error.start}") from error


def _without_query(request: Request) -> Response:
    """The service's description, or for a browser the page where queries are written."""
    accept = request.headers.get("accept", "")
    if choose(accept, ("text/turtle", "text/html")) == "text/html":
        return RedirectResponse("/#ask", 303)
    return describe_service(str(request.url.replace(query="")), accept)
