"""`/ask/NAME`: a question of the catalogue as a form with its answer; `/ask?q=`: in English."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import StoreError
from kg.serve.api import ask_job, read_job
from kg.serve.examples import Examples, Given
from kg.serve.html import english_form, link, page, paragraph, problem_page, rows_shown
from kg.serve.links import example_link, to_question, to_rows
from kg.serve.lookup import collect
from kg.serve.pool import JobFailedError, WorkerPool
from kg.serve.values import Row, rows_table
from queries.catalogue import Parameter, Question, catalogue
from queries.english import forms
from queries.running import CHOICES

SHOWN = 500
"""Rows that a page shows."""


async def in_english(request: Request) -> Response:
    """Lead to the question that a sentence means, or say what can be said."""
    sentence = request.query_params.get("q", "").strip()
    if not sentence:
        return RedirectResponse("/", 303)
    pool: WorkerPool = request.app.state.pool
    try:
        _, body = await collect(pool, read_job(sentence))
    except JobFailedError as error:
        extra = english_form(sentence) + _forms()
        return problem_page(error.failure.message, error.failure.status, extra)
    except StoreError as error:
        return problem_page(str(error), 503, english_form(sentence))
    read = json.loads(body)
    return RedirectResponse(to_question(read["question"], read["parameters"]), 303)


def _forms() -> str:
    examples = dict.fromkeys(form.example for form in forms())
    listed = "".join(f"<li>{escape(example)}</li>" for example in examples)
    return f"<h2>What is understood</h2><ul>{listed}</ul>"


async def question(request: Request) -> Response:
    """The form, and the answer as far as nothing is missing."""
    name = request.path_params["name"]
    asked = catalogue().get(name)
    if asked is None:
        return problem_page(f"There is no question {name!r}.", 404, link("/", "All questions"))
    given = {k: v.strip() for k, v in request.query_params.items() if v.strip()}
    head = f"<h2>{escape(asked.title)}</h2>{paragraph(asked.description)}{_form(asked, given)}"
    pool: WorkerPool = request.app.state.pool
    try:
        if any(p.required and p.name not in given for p in asked.parameters):
            examples: Examples = request.app.state.examples
            found = _example(name, (await examples.of(pool)).get(name))
            return page(asked.title, head + found + _also(asked, given))
        _, body = await collect(pool, ask_job(request, name, given))
    except JobFailedError as error:
        found, status = paragraph(error.failure.message, "problem"), error.failure.status
    except StoreError as error:
        found, status = paragraph(str(error), "problem"), 503
    else:
        found, status = _answer(asked, json.loads(body), given), 200
    return page(asked.title, head + found + _also(asked, given), status)


def _answer(asked: Question, rows: list[Row], given: Mapping[str, str]) -> str:
    if not rows:
        return paragraph("The graph knows of none.")
    columns = [column.name for column in asked.columns]
    downloads = " ".join(
        link(to_rows(asked.name, given, suffix), name)
        for name, suffix in (("JSON", ".json"), ("CSV", ".csv"))
    )
    return (
        rows_table(rows_shown(len(rows), SHOWN), rows[:SHOWN], columns)
        + f"<p>All of them as {downloads}</p>"
    )


def _example(name: str, given: Given | None) -> str:
    return f"<p>{example_link(name, given)}</p>" if given else ""


def _also(asked: Question, given: Mapping[str, str]) -> str:
    """The same for other hands."""
    options = "".join(f" --{_option(name)}={_quoted(value)}" for name, value in given.items())
    command = f"kg ask {asked.name}{options}"
    text = link(f"/?question={asked.name}#ask", "its SPARQL text")
    return f"<p>The same on the command line: <code>{escape(command)}</code>; or {text}.</p>"


def _option(name: str) -> str:
    return "format-of" if name == "format" else name


def _quoted(value: str) -> str:
    import shlex

    return shlex.quote(value)


def _form(asked: Question, given: Mapping[str, str]) -> str:
    fields = "".join(_field(p, given.get(p.name, "")) for p in asked.parameters)
    return (
        f'<form class="fields" action="/ask/{asked.name}" method="get">{fields}'
        '<button type="submit">Answer</button></form>'
    )


def _field(parameter: Parameter, value: str) -> str:
    name = parameter.name
    text = f"{name}{' (needed)' if parameter.required else ''}"
    if parameter.type == "boolean":
        checked = " checked" if value else ""
        box = f'<input type="checkbox" name="{name}" value="true"{checked}>'
        return f'<label class="switch">{box} {text}</label>'
    if parameter.type in CHOICES:
        return f"<label>{text}{_choices(parameter, value)}</label>"
    return (
        f'<label>{text}<input type="text" name="{name}" value="{escape(value)}"'
        f' placeholder="{escape(parameter.example)}"></label>'
    )


def _choices(parameter: Parameter, value: str) -> str:
    options = "".join(
        f"<option{' selected' if choice == value else ''}>{escape(choice)}</option>"
        for choice in ("", *CHOICES[parameter.type])
    )
    return f'<select name="{parameter.name}">{options}</select>'
