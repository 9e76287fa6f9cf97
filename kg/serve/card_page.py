"""`/show/WHAT`: the card of a meeting, person, state or report, with the words it rests on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import StoreError
from kg.serve.api import show_job
from kg.serve.html import link, page, paragraph, problem_page
from kg.serve.links import to_card, to_entity, to_triples
from kg.serve.lookup import collect
from kg.serve.pool import JobFailedError, WorkerPool
from kg.serve.values import heading, rows_table, value_of

_TITLES = ("label", "name")
_OWN_IRI = ("meeting", "person", "party", "report", "visit")


async def card(request: Request) -> Response:
    """The card, or the names that were perhaps meant."""
    what = request.path_params["what"]
    pool: WorkerPool = request.app.state.pool
    try:
        _, body = await collect(pool, show_job(what))
    except JobFailedError as error:
        nearest = "".join(f"<li>{link(to_card(n), n)}</li>" for n in error.failure.nearest)
        return problem_page(error.failure.message, error.failure.status, f"<ul>{nearest}</ul>")
    except StoreError as error:
        return problem_page(str(error), 503)
    found = json.loads(body)
    title = next((str(found[key]) for key in _TITLES if found.get(key)), what)
    program = f"<p>{link(f'/api{request.url.path}', 'The same as JSON')}</p>"
    return page(title, f"<h2>{escape(title)}</h2>{_contents(found)}{program}")


def _contents(found: Mapping[str, Any]) -> str:
    facts, sections = "", ""
    for key, value in found.items():
        if key in (*_TITLES, "evidence") or value in (None, "", [], {}, False):
            continue
        if isinstance(value, list) and isinstance(value[0], Mapping):
            sections += rows_table(heading(key), value)
        else:
            facts += _fact(key, value)
    evidence = "".join(map(_quote, found.get("evidence") or []))
    words = f"<h3>The words it rests on</h3>{evidence}" if evidence else ""
    return f'<dl class="facts">{facts}</dl>{sections}{words}'


def _fact(key: str, value: Any) -> str:
    """One line; the entity's own IRI leads to all that the graph says of it."""
    if key in _OWN_IRI:
        shown = link(to_triples(value), value)
        return f"<div><dt>IRI</dt><dd>{shown}</dd></div>"
    return f"<div><dt>{escape(heading(key))}</dt><dd>{value_of(key, value)}</dd></div>"


def _quote(item: Mapping[str, Any]) -> str:
    where = item.get("title") or item.get("outlet") or "the report"
    day = f", {item['published']}" if item.get("published") else ""
    outlet = f"{item['outlet']}{day}" if item.get("outlet") else day.removeprefix(", ")
    source = f"{link(to_entity(item['report']), where)} {escape(outlet)}"
    place = f"characters {item['start']}–{item['end']}"
    supports = "; ".join(item["supports"])
    return (
        f"<figure><blockquote>{escape(item['text'])}</blockquote>"
        f"<figcaption>{source}, {place}{paragraph(supports, 'supports')}</figcaption></figure>"
    )
