"""Runs a question of the catalogue: parameters to terms, solutions to typed rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from kg.dates import When
from kg.errors import DateError, UsageError
from kg.model import FORMATS, STATUSES
from kg.store.base import Term, View
from kg.terms import XSD_DATE
from queries.catalogue import Column, Parameter, Question
from queries.lookup import find

# The query texts end each item of a list with it: an unbound item would void the whole list.
SEPARATOR = " | "
R = TypeVar("R")
_YES, _NO = ("true", "yes", "1", "on"), ("false", "no", "0", "off")
_ENTITIES = ("person", "party", "entity", "topic")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "format": FORMATS,
    "status": (*STATUSES, "all"),
    "about": ("date", "place", "format", "status", "figure"),
}
"""Values of the parameter types that are closed lists."""


class HasView(Protocol):
    """A graph handle."""

    @property
    def view(self) -> View: ...


def view_of(graph: View | HasView) -> View:
    """The view behind a graph handle, or the view itself."""
    return graph if not hasattr(graph, "view") else graph.view


def bindings(view: View, question: Question, given: Mapping[str, Any]) -> dict[str, Term]:
    """Terms for the parameters that are given; None and False count as not given.

    Raises:
        UnknownNameError: a person, party or topic that the graph does not know.
        UsageError: an unknown parameter, a missing required one, a wrong date or value, dates
            between which no day lies.
    """
    known = {p.name: p for p in question.parameters}
    for name in given:
        if name not in known:
            raise UsageError(
                f"{question.name} has no parameter {name!r}; it has {', '.join(known)}"
            )
    for p in question.parameters:
        if p.required and given.get(p.name) in (None, ""):
            raise UsageError(f"{question.name} needs {p.name}, for example {p.name}={p.example}")
    terms = {
        name: _term(view, known[name], value)
        for name, value in given.items()
        if value not in (None, False, "") and not _is_no(known[name], value)
    }
    _check_interval(terms)
    return {known[name].variable: term for name, term in terms.items()}


def _check_interval(terms: Mapping[str, Term]) -> None:
    """Raises:
    UsageError: `until` lies before `since`, so that nothing could be found.
    """
    since, until = terms.get("since"), terms.get("until")
    if since and until and until.value < since.value:
        raise UsageError(
            f"no day lies between since={since.value} and until={until.value}; the later day is until"
        )


def _is_no(parameter: Parameter, value: Any) -> bool:
    """Whether a boolean parameter is switched off in words.

    Raises:
        UsageError: neither yes nor no.
    """
    if parameter.type != "boolean" or value is True:
        return False
    word = str(value).lower()
    if word not in (*_YES, *_NO):
        raise UsageError(f"{parameter.name} is true or false, not {value!r}")
    return word in _NO


def cypher_parameters(view: View, question: Question, given: Mapping[str, Any]) -> dict[str, Any]:
    """The same for Cypher: every parameter present, null where not given."""
    bound = bindings(view, question, given)
    values = {name: term.value for name, term in bound.items()}
    return {p.variable: values.get(p.variable) for p in question.parameters}


def _term(view: View, parameter: Parameter, value: Any) -> Term:
    if parameter.type in _ENTITIES:
        return find(view, parameter.type, str(value))
    if parameter.type == "date":
        return _date(parameter, str(value))
    if parameter.type == "boolean":
        return Literal("true")
    choices = CHOICES.get(parameter.type)
    if choices and value not in choices:
        raise UsageError(f"{parameter.name} is one of {', '.join(choices)}, not {value!r}")
    return Literal(str(value))


def _date(parameter: Parameter, value: str) -> Literal:
    try:
        when = When.parse(value)
    except DateError as error:
        raise UsageError(f"{parameter.name}: {error}") from error
    day = when.last if parameter.name == "until" else when.first
    return Literal(day.isoformat(), datatype=XSD_DATE)


def select(view: View, question: Question, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Run the question's SPARQL and give its rows as plain values, in the question's order."""
    answer = view.query(question.sparql, bindings=bindings(view, question, given))
    assert isinstance(answer, QuerySolutions)
    return [_row(question.columns, solution) for solution in answer]


def _row(columns: tuple[Column, ...], solution: QuerySolution) -> dict[str, Any]:
    return {c.name: _value(c, solution[c.name]) for c in columns}


def _value(column: Column, term: Any) -> Any:
    if column.type == "list":
        return tuple(sorted(filter(None, term.value.split(SEPARATOR)))) if term else ()
    if term is None:
        return None
    assert isinstance(term, NamedNode | Literal)
    return int(term.value) if column.type == "integer" else term.value


def from_cypher(question: Question, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the question's Cypher in the form that `select` gives."""
    return [{c.name: _cypher_value(c, row.get(c.name)) for c in question.columns} for row in rows]


def _cypher_value(column: Column, value: Any) -> Any:
    if column.type == "list":
        return tuple(sorted(v for v in value or () if v))
    return value
