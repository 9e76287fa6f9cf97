"""`kg ask`: the catalogue's questions by name, or read from a sentence in English."""

from __future__ import annotations

import argparse
import sys

from kg.commands.options import Parser, add_db, add_format
from kg.commands.output import say, write_json, write_rows

SUMMARY = "a question of the catalogue by name (--param=value …), or in English; --list shows them"

# `--format` says how the rows are printed, here as in all commands.
_PARAMETER = {"format-of": "format"}


def configure(parser: Parser) -> None:
    """Arguments of the command; the question's own parameters are read in `run`."""
    parser.add_argument("question", nargs="?", metavar="QUESTION")
    parser.add_argument("--list", action="store_true", help="list the questions")
    parser.add_argument("--show", choices=("sparql", "cypher"), help="print its text, do not ask")
    add_db(parser)
    add_format(parser)
    parser.takes_more = True  # type: ignore[attr-defined]


def run(arguments: argparse.Namespace) -> int:
    """Ask, list or show."""
    from kg.errors import UsageError
    from queries import catalogue, question

    if arguments.list:
        return _list(list(catalogue().values()), arguments.format)
    if not arguments.question:
        raise UsageError("kg ask takes a question, or --list")
    if arguments.show:
        asked = question(arguments.question)
        sys.stdout.write(asked.sparql if arguments.show == "sparql" else asked.cypher)
        return 0
    return _ask(arguments)


def _list(questions: list, form: str | None) -> int:  # type: ignore[type-arg]
    from kg.commands.output import on_terminal

    if form == "json" or (form is None and not on_terminal()):
        write_json([q.as_json() for q in questions])
    else:
        rows = [
            {
                "name": q.name,
                "question": q.title,
                "parameters": ", ".join(p.name + ("*" if p.required else "") for p in q.parameters),
            }
            for q in questions
        ]
        write_rows(["name", "question", "parameters"], rows, form)
    return 0


def _ask(arguments: argparse.Namespace) -> int:
    from kg.commands.reading import reading
    from queries import catalogue
    from queries import run as run_question
    from queries.english import read_question

    given = _given(arguments.more)
    with reading(arguments.db) as view:
        if arguments.question in catalogue() or " " not in arguments.question:
            name = arguments.question
        else:
            name, found = read_question(view, arguments.question)
            given = found | given
            shown = " ".join(f"--{k}={v}" for k, v in given.items())
            say(f"read as: kg ask {name} {shown}".rstrip())
        rows = run_question(name, view, **given)
    write_rows(rows.columns, rows.as_dicts(), arguments.format)
    return 0


def _given(more: list[str]) -> dict[str, str]:
    """`--name=value`, `--name value` and bare `--name` (true) as a dictionary."""
    from kg.errors import UsageError

    given: dict[str, str] = {}
    rest = list(more)
    while rest:
        option = rest.pop(0)
        if not option.startswith("--"):
            raise UsageError(f"{option!r} is no option: parameters are given as --name=value")
        name, equals, value = option[2:].partition("=")
        if not equals:
            value = rest.pop(0) if rest and not rest[0].startswith("--") else "true"
        given[_PARAMETER.get(name, name)] = value
    return given
