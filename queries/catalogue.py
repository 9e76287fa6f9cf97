"""The catalogue of questions, read from `catalogue.toml` and the query files beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import UnknownNameError


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something a question can be narrowed by.

    Attributes:
        type: person, party, entity (person or party), topic, date, format, status, boolean ...
        variable: its name in the SPARQL and Cypher texts.
    """

    name: str
    type: str
    required: bool
    example: str
    variable: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer; `type` is iri, text, edtf, date, list or integer."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question in three spellings."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]

    @property
    def sparql(self) -> str:
        """The text of `<name>.rq`."""
        return _text(f"{self.name}.rq")

    @property
    def cypher(self) -> str:
        """The text of `<name>.cypher`."""
        return _text(f"{self.name}.cypher")

    def as_json(self) -> dict[str, object]:
        """The question as `kg ask --list --format json` prints it."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "parameters": [
                {"name": p.name, "type": p.type, "required": p.required, "example": p.example}
                for p in self.parameters
            ],
            "columns": [c.name for c in self.columns],
        }


def _text(name: str) -> str:
    return files("queries").joinpath(name).read_text(encoding="utf-8")


def _parameter(row: Mapping[str, Any]) -> Parameter:
    return Parameter(
        row["name"], row["type"], row["required"], row["example"], row.get("variable", row["name"])
    )


@cache
def catalogue() -> Mapping[str, Question]:
    """All questions by name, in the order of the file."""
    rows = tomllib.loads(_text("catalogue.toml"))["question"]
    return {
        row["name"]: Question(
            row["name"],
            row["title"],
            row["description"],
            tuple(map(_parameter, row["parameters"])),
            tuple(Column(c["name"], c["type"]) for c in row["columns"]),
        )
        for row in rows
    }


def question(name: str) -> Question:
    """The question of that name.

    Raises:
        UnknownNameError: there is none; names the nearest.
    """
    known = catalogue()
    if name not in known:
        raise UnknownNameError("question", name, tuple(get_close_matches(name, known, 3, 0.4)))
    return known[name]
