"""`/api`: the catalogue's questions, cards and counts as JSON, the same as the commands print.

    /api/questions                    what can be asked: `kg ask --list --format json`
    /api/ask/NAME?param=value         the rows of a question: `kg ask NAME --param=value`
    /api/read?q=SENTENCE              which question a sentence in English is
    /api/show/WHAT                    the card of a meeting, person, state or report: `kg show WHAT`
    /api/stats                        counts: `kg stats`

An error is `{"error": one line, "nearest": names that were perhaps meant}`.
"""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg.serve.answering import stream
from kg.serve.asking import CSV, JSON
from kg.serve.frames import Failure, Job
from kg.serve.pool import WorkerPool
from queries.catalogue import catalogue

_SUFFIXES = {".csv": CSV, ".json": JSON}


def routes() -> list[BaseRoute]:
    """What is under `/api`."""
    return [
        Route("/questions", questions, methods=["GET"]),
        Route("/ask/{name}", ask, methods=["GET"]),
        Route("/read", read, methods=["GET"]),
        Route("/show/{what:path}", show, methods=["GET"]),
        Route("/stats", stats, methods=["GET"]),
        Route("/{rest:path}", nothing, methods=["GET"]),
    ]


def refusal(failure: Failure) -> Response:
    """An error as JSON."""
    headers = {"Retry-After": "5"} if failure.status == 503 else None
    content = {"error": failure.message, "nearest": failure.nearest}
    return JSONResponse(content, failure.status, headers)


async def questions(_: Request) -> Response:
    """The catalogue."""
    return JSONResponse([question.as_json() for question in catalogue().values()])


async def ask(request: Request) -> Response:
    """The rows of a question; as CSV if that is accepted, or the name ends in `.csv`."""
    name, accept = request.path_params["name"], request.headers.get("accept", "")
    for suffix, media_type in _SUFFIXES.items():
        if name.endswith(suffix):
            name, accept = name.removesuffix(suffix), media_type
    given = dict(request.query_params)
    if len(given) < len(request.query_params.multi_items()):
        return refusal(Failure(400, "a parameter is given once"))
    return await stream(request, ask_job(request, name, given, accept), refusal)


def ask_job(request: Request, name: str, given: dict[str, str], accept: str = JSON) -> Job:
    """A question as a job."""
    pool: WorkerPool = request.app.state.pool
    asked = json.dumps({"question": name, "given": given})
    return Job("ask", "", asked, accept, max_rows=pool.limits.max_rows)


async def read(request: Request) -> Response:
    """The question that a sentence means, and its parameters."""
    sentence = request.query_params.get("q", "").strip()
    if not sentence:
        return refusal(Failure(400, "give a sentence: /api/read?q=Who met Lukashenko?"))
    return await stream(request, read_job(sentence), refusal)


def read_job(sentence: str) -> Job:
    """Reading a sentence as a job."""
    return Job("read", "", json.dumps({"sentence": sentence}), JSON)


async def show(request: Request) -> Response:
    """A card."""
    return await stream(request, show_job(request.path_params["what"]), refusal)


def show_job(what: str) -> Job:
    """A card as a job."""
    return Job("show", "", json.dumps({"what": what}), JSON)


async def stats(request: Request) -> Response:
    """Counts."""
    return await stream(request, Job("stats", "", "{}", JSON), refusal)


async def nothing(request: Request) -> Response:
    """An address that there is not."""
    known = "/api/questions, /api/ask/NAME, /api/read?q=, /api/show/WHAT, /api/stats"
    return refusal(Failure(404, f"there is no {request.url.path}; there are {known}"))
