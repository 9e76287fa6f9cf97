"""`/query`: the answer to a query as a page, for people; programs use `/sparql`."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import StoreError
from kg.serve.frames import Job
from kg.serve.html import link, page, paragraph, table
from kg.serve.lookup import Table, collect, parse_table
from kg.serve.pool import JobFailedError, WorkerPool
from kg.serve.start_page import cell, form

SHOWN = 500
"""Rows that a page shows."""
_ACCEPT = "application/sparql-results+json, text/turtle"
_MAX_BYTES = 1 << 25


async def answer(request: Request) -> Response:
    """Answer the query in the address, and show it again for changing."""
    query = request.query_params.get("query", "").strip()
    if not query:
        return RedirectResponse("/#ask", 303)
    pool: WorkerPool = request.app.state.pool
    job = Job("query", "", query, _ACCEPT, str(request.url_for("sparql")), max_bytes=_MAX_BYTES)
    try:
        media_type, body = await collect(pool, job)
    except JobFailedError as error:
        return _problem(str(error), query, error.failure.status)
    except StoreError as error:
        return _problem(str(error), query, 503)
    shown = _triples(body) if media_type == "text/turtle" else _answer(parse_table(body))
    return page("Answer", f"<h2>Answer</h2>{shown}{_downloads(query, media_type)}{form(query)}")


def _problem(message: str, query: str, status: int) -> Response:
    content = f"<h2>No answer</h2>{paragraph(message, 'problem')}{form(query)}"
    return page("No answer", content, status)


def _answer(found: Table) -> str:
    if found.truth is not None:
        return paragraph("Yes." if found.truth else "No.")
    total = len(found.rows)
    caption = f"{total:,} rows" if total <= SHOWN else f"The first {SHOWN:,} of {total:,} rows"
    cells = ([cell(row.get(name)) for name in found.columns] for row in found.rows[:SHOWN])
    return table(caption, found.columns, cells)


def _triples(body: bytes) -> str:
    return f"<pre><code>{escape(body.decode())}</code></pre>"


def _downloads(query: str, media_type: str) -> str:
    parameters = urlencode({"query": query})
    if media_type == "text/turtle":
        return ""
    address = f"/sparql?{parameters}"
    return f"<p>{link(address, 'The same as JSON')}</p>"
