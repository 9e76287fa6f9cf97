"""What a query may do, and the values of its variables: decided on tokens, never on text.

A bound variable behaves as a parameter: its value stands wherever the variable stood, and
`BOUND(?name)` is true. The engine's own substitution only knows variables of the SELECT clause
(pyoxigraph 0.5), so it cannot serve for optional filters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pyoxigraph import NamedNode, Store

from kg.errors import QuerySyntaxError, RefusedQueryError, UsageError
from kg.store.base import Answer, Term
from kg.store.changes import term_text
from kg.store.prefixes import KNOWN
from kg.store.sparql_tokens import Scope, Token, position, tokens
from kg.store.sparql_words import READING, UPDATES

_WHY_NOT = {
    "SERVICE": "SERVICE is refused: a query stays inside this graph",
    "FROM": (
        "FROM is refused: it would count a fact told by three reports three times; "
        "ask GRAPH ?report { … } for what single reports say"
    ),
}
_ENGINE_POSITION = re.compile(r"^error at (\d+):(\d+): (.*)$", re.DOTALL)
_GRAMMAR_NOISE = re.compile(r"(?:, )?\[[^\]]*\](?: \| \[[^\]]*\])*")


@dataclass(frozen=True, slots=True)
class ReadQuery:
    """A query that was found to read only, and only this graph.

    Attributes:
        text: with the values in the place of the bound variables.
        form: ASK, CONSTRUCT, DESCRIBE or SELECT.
        original: as the caller wrote it, for positions in messages.
        prefixes: the well-known short names that it uses and does not declare, with namespaces.
    """

    text: str
    form: str
    original: str
    prefixes: Mapping[str, str]

    def standalone(self) -> str:
        """The text for an engine that has no short names of its own, its lines as they were."""
        declared = (f"PREFIX {name}: <{iri}> " for name, iri in self.prefixes.items())
        return "".join(declared) + self.text


@dataclass(frozen=True, slots=True)
class Dataset:
    """Which graphs a query sees instead of all.

    Attributes:
        default: stands as the default graph; None for an empty one. A single graph: the engine
            counts a fact as often as it stands in several.
        named: what `GRAPH` finds.
    """

    default: NamedNode | None
    named: tuple[NamedNode, ...]


def read_query(sparql: str, bindings: Mapping[str, Term] | None = None) -> ReadQuery:
    """Check a query and put the values of `bindings` in.

    Raises:
        QuerySyntaxError: it cannot be divided into tokens, or has no query form.
        RefusedQueryError: it writes, or names SERVICE or FROM.
        UsageError: a value for a variable that the query does not have, or sets by itself.
    """
    found = tokens(sparql)
    form = _form(sparql, found)
    _refuse_reaching_out(sparql, found)
    text = _bind(sparql, found, bindings) if bindings else sparql
    return ReadQuery(text, form, sparql, _undeclared(found))


def _undeclared(found: list[Token]) -> dict[str, str]:
    names = [token for token in found if token.kind == "name"]
    declared = {b.text[:-1] for a, b in pairwise(found) if a.text == "PREFIX" and b.kind == "name"}
    used = {token.text.partition(":")[0] for token in names} - declared
    return {name: iri for name, iri in KNOWN.items() if name in used}


def _form(sparql: str, found: list[Token]) -> str:
    for token in found:
        if token.kind == "word" and token.text in READING:
            return token.text
        if token.kind == "word" and token.text in UPDATES:
            where = position(sparql, token.start)
            raise RefusedQueryError(f"{where}: {token.text} would write; only queries are answered")
        if not _is_prologue(token):
            where = position(sparql, token.start)
            raise QuerySyntaxError(f"{where}: expected SELECT, ASK, CONSTRUCT or DESCRIBE")
    end = position(sparql, len(sparql))
    raise QuerySyntaxError(f"{end}: the query is empty; expected SELECT, ASK, CONSTRUCT, DESCRIBE")


def _is_prologue(token: Token) -> bool:
    return token.kind in ("iri", "name") or token.text in ("PREFIX", "BASE")


def _refuse_reaching_out(sparql: str, found: list[Token]) -> None:
    for token in found:
        if token.kind == "word" and token.text in _WHY_NOT:
            raise RefusedQueryError(f"{position(sparql, token.start)}: {_WHY_NOT[token.text]}")


def _bind(sparql: str, found: list[Token], bindings: Mapping[str, Term]) -> str:
    values = {name: term_text(value) for name, value in bindings.items()}
    _check_names(sparql, found, values)
    parts, done = [], 0
    for index, token in enumerate(found):
        value = values.get(token.text[1:]) if token.kind == "variable" else None
        if value is not None:
            start, end, text = _replacement(found, index, value)
            parts += [sparql[done:start], f" {text} "]
            done = end
    return "".join([*parts, sparql[done:]])


def _check_names(sparql: str, found: list[Token], values: Mapping[str, str]) -> None:
    there = {token.text[1:] for token in found if token.kind == "variable"}
    for name in values:
        if name not in there:
            known = ", ".join(f"?{known}" for known in sorted(there)) or "none"
            raise UsageError(f"the query has no variable ?{name}; it has {known}")
    for index, token in enumerate(found):
        if token.kind == "variable" and token.text[1:] in values and _is_set_here(found, index):
            where = position(sparql, token.start)
            raise UsageError(
                f"{where}: {token.text} is set by the query itself, so it takes no value"
            )


def _is_set_here(found: list[Token], index: int) -> bool:
    """After AS, or in the head of VALUES."""
    before = found[index - 1]
    if before.text in ("AS", "VALUES"):
        return True
    while index > 0 and found[index - 1].kind == "variable":
        index -= 1
    return index > 1 and found[index - 1].text == "(" and found[index - 2].text == "VALUES"


def _replacement(found: list[Token], index: int, value: str) -> tuple[int, int, str]:
    """Which part of the text gives way to which text."""
    token = found[index]
    around = [t.text for t in found[max(index - 2, 0) : index] + found[index + 1 : index + 2]]
    if around == ["BOUND", "(", ")"]:
        return found[index - 2].start, found[index + 1].end, "true"
    if token.scope is not Scope.CLAUSES:
        return token.start, token.end, value
    if _in_select_clause(found, index):
        return token.start, token.end, f"({value} AS {token.text})"
    if _clause(found, index) == "DESCRIBE":
        return token.start, token.end, value
    return token.start, token.end, f"({value})"


def _in_select_clause(found: list[Token], index: int) -> bool:
    return _clause(found, index) == "SELECT"


def _clause(found: list[Token], index: int) -> str:
    """The word that governs a variable outside all brackets: SELECT, DESCRIBE or BY."""
    depth = 0
    for token in reversed(found[:index]):
        if token.kind == "sign" and token.text in ")}":
            depth += 1
        elif token.kind == "sign" and token.text in "({":
            depth -= 1
        elif depth == 0 and token.text in ("SELECT", "DESCRIBE", "BY", "HAVING"):
            return token.text
    return ""


def evaluate(
    engine: Store,
    query: ReadQuery,
    *,
    base_iri: str | None = None,
    dataset: Dataset | None = None,
) -> Answer:
    """Answer a checked query, from all graphs or from those of `dataset`.

    Raises:
        QuerySyntaxError: the engine cannot read it; position as in the caller's own text.
        UsageError: a bound value does not fit where its variable stands.
    """
    try:
        return engine.query(
            query.text, base_iri=base_iri, prefixes=dict(query.prefixes), **_graphs(dataset)
        )
    except SyntaxError as error:
        if query.text != query.original:
            _check_unbound(query, base_iri)
        raise _syntax_error(error) from error
    except RuntimeError as error:
        raise UsageError(f"the query cannot be answered: {one_line(str(error))}") from error


def _graphs(dataset: Dataset | None) -> dict[str, Any]:
    if dataset is None:
        return {}
    default = [] if dataset.default is None else [dataset.default]
    return {"default_graph": default, "named_graphs": list(dataset.named)}


def check_readable(query: ReadQuery) -> None:
    """The errors of `evaluate` without an answer, for queries that a server will answer."""
    evaluate(Store(), query)


def _check_unbound(query: ReadQuery, base_iri: str | None) -> None:
    """If the text reads well without the values, it is a value that does not fit."""
    try:
        Store().query(query.original, base_iri=base_iri, prefixes=dict(query.prefixes))
    except SyntaxError as error:
        raise _syntax_error(error) from error
    raise UsageError("a bound value does not fit where its variable stands, such as a text as verb")


def _syntax_error(error: SyntaxError) -> QuerySyntaxError:
    return QuerySyntaxError(_engine_message(str(error)))


def _engine_message(text: str) -> str:
    match = _ENGINE_POSITION.match(text)
    if not match:
        return one_line(text)
    line, column, why = match.groups()
    return f"line {line}, column {column}: {one_line(_GRAMMAR_NOISE.sub('', why))}"


def one_line(text: str) -> str:
    """A message without line breaks, cut where it gets long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 300 else flat[:299] + "…"
