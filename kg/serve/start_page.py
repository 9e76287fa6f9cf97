"""`/`: what is in the graph, what can be asked, and a form to ask it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import StoreError
from kg.serve.html import counts, items, link, page, paragraph, resource, short, table
from kg.serve.lookup import Row, rows
from kg.serve.pool import JobFailedError, WorkerPool
from queries.catalogue import catalogue

_DM = "https://w3id.org/diplomatic-meetings/ns#"
_COUNTED = (
    ("meetings", "Meeting"),
    ("persons", "Person"),
    ("states", "State"),
    ("organizations", "Organization"),
    ("visits", "Visit"),
    ("topics", "Topic"),
    ("documents", "Document"),
    ("reports", "Report"),
)
_EXAMPLE = "who-met-whom"
_SEPARATOR = "\u001f"


async def start(request: Request) -> Response:
    """Counts, newest meetings, questions, form."""
    pool: WorkerPool = request.app.state.pool
    status = 200
    try:
        content = await _contents(pool)
    except (JobFailedError, StoreError) as error:
        content, status = paragraph(str(error), "problem"), 503
    chosen = request.query_params.get("question", _EXAMPLE)
    return page("Diplomatic meetings", content + _questions() + form(_text_of(chosen)), status)


async def _contents(pool: WorkerPool) -> str:
    found = {
        row["class"]: int(row["n"]) for row in (await rows(pool, resource("counts.rq"))).texts()
    }
    numbers = counts((name, found.get(_DM + cls, 0)) for name, cls in _COUNTED)
    if not found:
        hint = "The graph is empty. Load reports into it: kg load PATH"
        return numbers + paragraph(hint)
    newest = (await rows(pool, resource("newest.rq"))).texts()
    return numbers + _newest(newest)


def _newest(meetings: list[Row]) -> str:
    heads = ("Date", "Who", "Where", "On what", "Form", "Reports")
    title = "<h2>Newest meetings</h2>"
    return title + table("Held meetings, newest first", heads, map(_meeting, meetings))


def _meeting(row: Row) -> tuple[str, ...]:
    who = sorted(filter(None, row.get("who", "").split(_SEPARATOR)))
    topics = sorted(filter(None, row.get("topics", "").split(_SEPARATOR)))
    return (
        link(about(row["meeting"]), row["date"]),
        items(who),
        escape(row.get("place", "")),
        escape(", ".join(topics)),
        escape(row["format"]),
        escape(row["reports"]),
    )


def about(iri: str) -> str:
    """Address of the page with everything the merged graph says of an entity."""
    query = (
        f"SELECT ?property ?value WHERE {{ <{iri}> ?property ?value }} ORDER BY ?property ?value"
    )
    return f"/query?{urlencode({'query': query})}"


def _questions() -> str:
    parts = [
        f"<li>{link(f'/?question={q.name}#ask', q.title)}<br>{escape(q.description)}</li>"
        for q in catalogue().values()
    ]
    return f'<h2>What can be asked</h2><ul class="questions">{"".join(parts)}</ul>'


def _text_of(name: str) -> str:
    question = catalogue().get(name) or catalogue()[_EXAMPLE]
    return question.sparql


def form(query: str) -> str:
    """A form that sends a query."""
    return (
        '<h2 id="ask">Ask in SPARQL</h2><form action="/query" method="get">'
        '<label for="query">Query</label>'
        f'<textarea id="query" name="query" spellcheck="false">\n{escape(query)}</textarea>'
        '<button type="submit">Answer</button></form>'
    )


def cell(term: Mapping[str, str] | None) -> str:
    """A term of an answer as HTML."""
    if term is None:
        return ""
    if term["type"] == "uri":
        return link(about(term["value"]), short(term["value"]))
    return escape(term["value"].replace(_SEPARATOR, "; "))
