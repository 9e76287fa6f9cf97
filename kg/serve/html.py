"""Pieces of HTML: everything that comes from the graph or a client is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from starlette.responses import HTMLResponse

from kg.store.prefixes import PREFIXES

_ENTITIES = "https://w3id.org/diplomatic-meetings/id/"


@cache
def resource(name: str) -> str:
    """A file beside this module."""
    return files("kg.serve").joinpath(name).read_text(encoding="utf-8")


def page(title: str, content: str, status: int = 200) -> HTMLResponse:
    """The whole page around its content, which has to be HTML already."""
    text = Template(resource("page.html")).substitute(title=escape(title), content=content)
    return HTMLResponse(text, status, {"Cache-Control": "no-cache"})


def problem_page(message: str, status: int, extra: str = "") -> HTMLResponse:
    """A page that says why there is no answer; `extra` has to be HTML already."""
    return page("No answer", f"<h2>No answer</h2>{paragraph(message, 'problem')}{extra}", status)


def english_form(sentence: str = "") -> str:
    """A field for a question in English."""
    return (
        '<form class="english" action="/ask" method="get"><label for="q">Ask in English</label>'
        f'<input id="q" type="text" name="q" value="{escape(sentence)}"'
        ' placeholder="Who met whom on trade since 2019?">'
        '<button type="submit">Ask</button></form>'
    )


def sparql_form(query: str) -> str:
    """A form that sends a query."""
    return (
        '<form class="sparql" action="/query" method="get">'
        '<label for="query">Query</label>'
        f'<textarea id="query" name="query" spellcheck="false">\n{escape(query)}</textarea>'
        '<button type="submit">Answer</button></form>'
    )


def paragraph(text: str, css: str = "") -> str:
    """One paragraph of plain text."""
    return f"<p{_class(css)}>{escape(text)}</p>"


def items(texts: Iterable[str]) -> str:
    """A list of plain texts, one below the other."""
    return f'<ul class="plain">{"".join(f"<li>{escape(text)}</li>" for text in texts)}</ul>'


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are HTML already; on a narrow screen each cell shows its head."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    opened = [f'<td data-head="{escape(name)}">' for name in heads]
    body = "".join(
        f"<tr>{''.join(f'{td}{cell}</td>' for td, cell in zip(opened, row, strict=True))}</tr>\n"
        for row in rows
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )


def rows_shown(total: int, shown: int) -> str:
    """The caption of a table that shows no more than so many rows."""
    if total > shown:
        return f"The first {shown:,} of {total:,} rows"
    return "1 row" if total == 1 else f"{total:,} rows"


def counts(pairs: Iterable[tuple[str, int]]) -> str:
    """Numbers with what they count."""
    parts = (f"<div><dt>{escape(name)}</dt><dd>{number:,}</dd></div>" for name, number in pairs)
    return f'<dl class="counts">{"".join(parts)}</dl>'


def link(address: str, text: str) -> str:
    """A link with plain text; only addresses that are safe to follow become links."""
    if not address.startswith(("/", "#", "http://", "https://")):
        return escape(text)
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def short(iri: str) -> str:
    """An IRI as people write it in queries."""
    if iri.startswith(_ENTITIES):
        return iri.removeprefix(_ENTITIES)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _class(css: str) -> str:
    return f' class="{css}"' if css else ""
