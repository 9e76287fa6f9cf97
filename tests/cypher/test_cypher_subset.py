"""What the embedded engine is not tested with is refused, with what to do; what it is, is answered."""

from __future__ import annotations

import re

import pytest

import queries
from kg.cypher import run
from kg.cypher_subset import FUNCTIONS
from kg.errors import RefusedQueryError
from tests.cypher.subset import ALIKE, BEYOND
from tests.sample import sample

STORE = sample()


@pytest.mark.parametrize("statement", ALIKE)
def test_what_is_tested_is_answered(statement: str) -> None:
    assert run(STORE, statement)


@pytest.mark.parametrize(("statement", "said"), BEYOND)
def test_what_is_not_tested_is_refused_with_what_to_do(statement: str, said: str) -> None:
    with pytest.raises(RefusedQueryError, match=said) as refused:
        run(STORE, statement)
    assert "--neo4j URI" in str(refused.value)
    assert re.search(r"at line 1, column \d+", str(refused.value))


def test_every_function_that_is_let_through_is_compared_with_a_server() -> None:
    used = {word.lower() for s in ALIKE for word in re.findall(r"([A-Za-z_.0-9]+)\s*\(", s)}
    assert used >= FUNCTIONS


@pytest.mark.parametrize("name", ["keys", "`properties`", "'!=' + \"{1,3}\"", "id"])
def test_names_and_texts_are_no_functions(name: str) -> None:
    value = name if name.startswith("'") else "1"
    column = "x" if name.startswith("'") else name
    assert run(STORE, f"RETURN {value} AS {column} // keys(n)")


def test_every_question_is_within_it() -> None:
    for name in queries.catalogue():
        asked = queries.question(name) if isinstance(name, str) else name
        values = {p.variable: None for p in asked.parameters}
        run(STORE, asked.cypher, values)
