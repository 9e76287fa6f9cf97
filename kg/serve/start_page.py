"""`/`: what is in the graph, what can be asked, and forms to ask it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import StoreError
from kg.serve.examples import Examples, Given, queries
from kg.serve.html import (
    counts,
    english_form,
    items,
    link,
    page,
    paragraph,
    resource,
    sparql_form,
    table,
)
from kg.serve.links import example_link, to_entity, to_query, to_question
from kg.serve.lookup import Row, rows
from kg.serve.pool import JobFailedError, WorkerPool
from queries.catalogue import Question, catalogue

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
_SEPARATOR = "\u001f"


class StartPage:
    """The page, made again only when the graph has changed."""

    def __init__(self) -> None:
        self._revision, self._content = "", ""

    async def show(self, request: Request) -> Response:
        """Counts, questions, newest meetings, forms."""
        pool: WorkerPool = request.app.state.pool
        ask = _ask(request.query_params.get("question", ""))
        try:
            content = await self._of(pool, request.app.state.examples)
        except (JobFailedError, StoreError) as error:
            problem = paragraph(str(error), "problem")
            content = problem + english_form() + _questions({})
            return page("Diplomatic meetings", content + ask, 503)
        return page("Diplomatic meetings", content + ask)

    async def _of(self, pool: WorkerPool, examples: Examples) -> str:
        revision = (await pool.state()).revision
        if revision != self._revision:
            self._content = await _content(pool, await examples.of(pool))
            self._revision = revision
        return self._content


async def _content(pool: WorkerPool, examples: Mapping[str, Given]) -> str:
    by_class = (await rows(pool, resource("counts.rq"))).texts()
    found = {row["class"]: int(row["n"]) for row in by_class}
    if not found:
        return paragraph("The graph is empty. Load reports into it: kg load PATH") + english_form()
    numbers = counts((name, found[_DM + cls]) for name, cls in _COUNTED if _DM + cls in found)
    newest = (await rows(pool, resource("newest.rq"))).texts()
    return numbers + english_form() + _questions(examples) + _newest(newest)


def _newest(meetings: list[Row]) -> str:
    if not meetings:
        return ""
    heads = ("Date", "Who", "Where", "On what", "Form", "Reports")
    shown = table("Held meetings, newest first", heads, map(_meeting, meetings))
    every = link(to_question("who-met-whom"), "All meetings")
    return f"<h2>Newest meetings</h2>{shown}<p>{every}</p>"


def _meeting(row: Row) -> tuple[str, ...]:
    return (
        link(to_entity(row["meeting"]), row["date"]),
        items(_parts(row, "who")),
        escape(row.get("place", "")),
        escape(", ".join(_parts(row, "topics"))),
        escape(row["format"]),
        escape(row["reports"]),
    )


def _parts(row: Row, name: str) -> list[str]:
    return sorted(filter(None, row.get(name, "").split(_SEPARATOR)))


def _questions(examples: Mapping[str, Given]) -> str:
    listed = (_question(q, examples.get(q.name)) for q in catalogue().values())
    parts = "".join(f"<li>{part}</li>" for part in listed)
    return f'<h2>What can be asked</h2><ul class="questions">{parts}</ul>'


def _question(question: Question, given: Given | None) -> str:
    title = link(to_question(question.name), question.title)
    shown = f"<br>{example_link(question.name, given)}" if given else ""
    return f"{title}<br>{escape(question.description)}{shown}"


def _ask(name: str) -> str:
    """The form for SPARQL, with the text of a question or of the first example."""
    examples = "".join(f"<li>{link(to_query(text), title)}</li>" for title, text in queries())
    question = catalogue().get(name)
    text = question.sparql if question else queries()[0][1]
    return f'<h2 id="ask">Ask in SPARQL</h2><ul class="examples">{examples}</ul>{sparql_form(text)}'
