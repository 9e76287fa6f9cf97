"""`/sparql`: the SPARQL 1.1 Protocol, queries only."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import StoreError
from kg.serve.description import describe_service
from kg.serve.frames import Failure, Job
from kg.serve.negotiation import choose
from kg.serve.pool import JobFailedError, WorkerPool
from kg.serve.responses import StreamedResponse, problem, while_connected

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
MAX_QUERY = 1 << 18
"""Bytes of a request's body."""
_ALLOW = {"Allow": ", ".join(METHODS)}
_UNION = (
    "default-graph-uri and named-graph-uri are refused: a union of graphs would count a fact told "
    "by three reports three times; ask GRAPH <…> { … } instead"
)
_WRITES = "this endpoint only answers queries; it is changed with kg load, kg retract and kg judge"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks; `query` is None if it has none."""

    query: str | None


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
    return await answer_query(request, asked.query)


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
    names = [name for name, _ in pairs]
    if "update" in names:
        raise Refused(403, _WRITES)
    if "default-graph-uri" in names or "named-graph-uri" in names:
        raise Refused(400, _UNION)
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) > 1:
        raise Refused(400, "one request holds one query")
    if must and not queries:
        raise Refused(400, "the request holds no query")
    return Asked(queries[0] if queries else None)


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
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_QUERY:
            raise Refused(413, f"a query has at most {MAX_QUERY} bytes")
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


async def answer_query(request: Request, query: str) -> Response:
    """Stream the answer to a query."""
    endpoint = str(request.url.replace(query="", fragment=""))
    accept = request.headers.get("accept", "")
    return await stream(request, Job("query", "", query, accept, endpoint))


async def stream(request: Request, job: Job) -> Response:
    """Give a job to a worker and its answer to the client."""
    pool: WorkerPool = request.app.state.pool
    try:
        unchanged = await _not_modified(request, pool, job)
        if unchanged is not None:
            return unchanged
        work = asyncio.ensure_future(pool.ask(job))
        answer = await while_connected(request.receive, work)
    except JobFailedError as error:
        return problem(error.failure)
    except StoreError as error:
        return problem(Failure(503, str(error)))
    if answer is None:
        return problem(Failure(499, "the client went away"))
    headers = _validators(request, entity_tag(answer.revision, answer.head.media_type))
    return StreamedResponse(answer, headers, stall=pool.limits.stall)


def entity_tag(revision: str, media_type: str) -> str:
    """Names a representation of a state; weak, since the order of rows may differ."""
    return f'W/"{sha256(f"{revision} {media_type}".encode()).hexdigest()[:24]}"'


def _validators(request: Request, tag: str) -> Mapping[str, str]:
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    return headers | {"ETag": tag} if request.method in ("GET", "HEAD") else headers


async def _not_modified(request: Request, pool: WorkerPool, job: Job) -> Response | None:
    """304 if the client has the answer from this very state."""
    known = request.headers.get("if-none-match", "")
    if not known or request.method not in ("GET", "HEAD"):
        return None
    revision = (await pool.state()).revision
    for media_type in _may_be_sent(job):
        tag = entity_tag(revision, media_type)
        if tag in (part.strip() for part in known.split(",")):
            return Response(None, 304, dict(_validators(request, tag)))
    return None


def _may_be_sent(job: Job) -> list[str]:
    from kg.serve.negotiation import DATASETS, GRAPHS, ROWS

    offers = (ROWS, GRAPHS) if job.kind == "query" else (GRAPHS, DATASETS)
    chosen = (choose(job.accept, tuple(offered)) for offered in offers)
    return [media_type for media_type in chosen if media_type]
