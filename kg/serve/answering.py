"""From a job to an answer over HTTP: validators, a worker, a stream."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import StoreError
from kg.serve.asking import offers
from kg.serve.frames import Failure, Job
from kg.serve.negotiation import DATASETS, GRAPHS, ROWS, choose
from kg.serve.pool import JobFailedError, WorkerPool
from kg.serve.responses import StreamedResponse, problem, while_connected
from kg.version import __version__

_CHANCE = re.compile(r"\b(?:bnode|now|rand|struuid|uuid)\b", re.IGNORECASE)
"""What gives another answer at another moment; also if it only stands in a text."""


async def stream(
    request: Request, job: Job, refuse: Callable[[Failure], Response] = problem
) -> Response:
    """Give a job to a worker and its answer to the client.

    Args:
        refuse: how an error that comes before the answer is put into words.
    """
    pool: WorkerPool = request.app.state.pool
    try:
        unchanged = await _not_modified(request, pool, job)
        if unchanged is not None:
            return unchanged
        work = asyncio.ensure_future(pool.ask(job))
        answer = await while_connected(request.receive, work)
    except JobFailedError as error:
        return refuse(error.failure)
    except StoreError as error:
        return refuse(Failure(503, str(error)))
    if answer is None:
        return problem(Failure(499, "the client went away"))
    headers = _validators(request, job, answer.revision, answer.head.media_type)
    return StreamedResponse(answer, headers, stall=pool.limits.stall)


def entity_tag(revision: str, media_type: str) -> str:
    """Names a representation of a state; weak, since the order of rows may differ.

    The version is in it because a newer program may answer otherwise.
    """
    return f'W/"{sha256(f"{revision} {media_type} {__version__}".encode()).hexdigest()[:24]}"'


def _has_tag(request: Request, job: Job) -> bool:
    """Whether the answer depends on the state of the graph alone."""
    chance = job.kind == "query" and _CHANCE.search(job.text)
    return request.method in ("GET", "HEAD") and not chance


def _validators(request: Request, job: Job, revision: str, media_type: str) -> Mapping[str, str]:
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    if _has_tag(request, job):
        headers["ETag"] = entity_tag(revision, media_type)
    return headers


async def _not_modified(request: Request, pool: WorkerPool, job: Job) -> Response | None:
    """304 if the client has the answer from this very state."""
    known = [part.strip() for part in request.headers.get("if-none-match", "").split(",")]
    if not any(known) or not _has_tag(request, job):
        return None
    revision = (await pool.state()).revision
    for media_type in _may_be_sent(job):
        if entity_tag(revision, media_type) in known:
            return Response(None, 304, dict(_validators(request, job, revision, media_type)))
    return None


def _may_be_sent(job: Job) -> list[str]:
    """Formats that the answer can have; whether it is of rows or triples, only the worker knows."""
    known: Mapping[str, tuple[Mapping[str, object], ...]] = {
        "query": (ROWS, GRAPHS),
        "dump": (GRAPHS, DATASETS),
    }
    offered = [tuple(formats) for formats in known.get(job.kind, ())] or [offers(job.kind)]
    chosen = (choose(job.accept, formats) for formats in offered)
    return [media_type for media_type in chosen if media_type]
