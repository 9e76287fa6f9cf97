"""`/query`: the answer to a query as a page, for people; programs use `/sparql`."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import StoreError
from kg.serve.frames import Job
from kg.serve.html import link, page, paragraph, problem_page, rows_shown, short, sparql_form, table
from kg.serve.links import to_entity
from kg.serve.lookup import Table, collect, parse_table
from kg.serve.pool import JobFailedError, WorkerPool

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
        return problem_page(str(error), error.failure.status, sparql_form(query))
    except StoreError as error:
        return problem_page(str(error), 503, sparql_form(query))
    shown = _triples(body) if media_type == "text/turtle" else _answer(parse_table(body))
    return page("Answer", f"<h2>Answer</h2>{shown}{_address(query)}{sparql_form(query)}")


def _answer(found: Table) -> str:
    if found.truth is not None:
        return paragraph("Yes." if found.truth else "No.")
    total = len(found.rows)
    cells = ([_cell(row.get(name)) for name in found.columns] for row in found.rows[:SHOWN])
    return table(rows_shown(total, SHOWN), found.columns, cells)


def _cell(term: Mapping[str, str] | None) -> str:
    if term is None:
        return ""
    if term["type"] == "uri":
        return link(to_entity(term["value"]), short(term["value"]))
    return escape(term["value"])


def _triples(body: bytes) -> str:
    return f"<pre><code>{escape(body.decode())}</code></pre>"


def _address(query: str) -> str:
    parameters = urlencode({"query": query})
    return f"<p>{link(f'/sparql?{parameters}', 'The same for programs')}</p>"
