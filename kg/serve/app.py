"""The application: which address is answered by what, and the life of the workers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from kg.errors import StoreError
from kg.serve import api
from kg.serve.answer_page import answer
from kg.serve.card_page import card
from kg.serve.examples import Examples
from kg.serve.graph_store import data
from kg.serve.guard import Guard
from kg.serve.html import resource
from kg.serve.limits import Limits
from kg.serve.pool import WorkerPool
from kg.serve.question_page import in_english, question
from kg.serve.source import source_of
from kg.serve.sparql import sparql
from kg.serve.start_page import StartPage
from kg.serve.tokens import Tokens
from kg.store.base import View

_ANY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def create_app(
    store: View | str | Path,
    *,
    limits: Limits | None = None,
    workers: int | None = None,
    local: bool = True,
    allow_origins: Collection[str] = (),
    tokens: Tokens | None = None,
) -> Starlette:
    """The application over a directory, or over a store that the caller writes.

    Args:
        store: a directory is read as others leave it; a store of the caller's is followed.
        limits: what one query may cost.
        workers: answers at once; default: one per processor, at least two.
        local: answer only requests addressed to this machine's own names; leave it True unless
            others are to reach the server.
        allow_origins: origins whose web pages may read (`*`: all).
        tokens: who may read; default: everybody who reaches the server.

    Raises:
        StoreError: there is no graph in the directory.
    """
    pool = WorkerPool(source_of(store), limits or Limits(), workers)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.pool, app.state.examples = pool, Examples()
        await pool.open()
        try:
            yield
        finally:
            await pool.close()

    guard = Middleware(Guard, local=local, allow_origins=allow_origins, tokens=tokens)
    return Starlette(routes=_routes(), middleware=[guard], lifespan=lifespan)


def _routes() -> list[BaseRoute]:
    return [
        Route("/", StartPage().show, methods=["GET"]),
        Route("/ask", in_english, methods=["GET"]),
        Route("/ask/{name}", question, methods=["GET"]),
        Route("/show/{what:path}", card, methods=["GET"]),
        Route("/query", answer, methods=["GET"]),
        Route("/style.css", style, methods=["GET"]),
        Route("/icon.svg", icon, methods=["GET"]),
        Route("/sparql", sparql, methods=_ANY_METHOD, name="sparql"),
        Route("/sparql/", sparql, methods=_ANY_METHOD),
        Route("/data", data, methods=_ANY_METHOD),
        Mount("/api", routes=api.routes()),
        Route("/health", health, methods=["GET"]),
    ]


async def style(_: Request) -> Response:
    """The style sheet."""
    return Response(resource("style.css"), 200, {"Cache-Control": "max-age=3600"}, "text/css")


async def icon(_: Request) -> Response:
    """The picture in the browser's tab."""
    return Response(resource("icon.svg"), 200, {"Cache-Control": "max-age=3600"}, "image/svg+xml")


async def health(request: Request) -> Response:
    """Whether the graph can be read, and how busy the workers are."""
    pool: WorkerPool = request.app.state.pool
    try:
        state = await pool.state()
    except StoreError as error:
        return JSONResponse({"status": "unavailable", "reason": str(error)}, 503)
    workers = {"all": pool.size, "idle": pool.idle}
    return JSONResponse({"status": "ok", "revision": state.revision, "workers": workers})
