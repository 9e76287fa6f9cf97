"""SPARQL, Cypher and Python give the same rows for every question."""

from __future__ import annotations

import pytest

import queries
from kg.store.base import View
from queries.questions import as_rows
from queries.running import cypher_parameters
from tests.queries.cases import CASES, PAIRS

IDS = [f"{name}-{n}" for n, (name, _) in enumerate(CASES)]


@pytest.mark.parametrize(("name", "given"), CASES, ids=IDS)
def test_embedded_cypher_gives_the_rows_that_sparql_gives(
    view: View, name: str, given: dict[str, object]
) -> None:
    pytest.importorskip("kglite")
    from kg.cypher import run

    asked = queries.question(name)
    expected = queries.run(name, view, **given)
    rows = run(view, asked.cypher, cypher_parameters(view, asked, given))
    found = as_rows(name, queries.from_cypher(asked, rows))
    assert sorted(map(str, found)) == sorted(map(str, expected))


def test_any_two_filters_at_once_give_in_embedded_cypher_what_sparql_gives(view: View) -> None:
    pytest.importorskip("kglite")
    from kg.cypher import run

    asked, found = queries.question("who-met-whom"), 0
    for given in PAIRS:
        expected = queries.run(asked.name, view, **given)
        answer = run(view, asked.cypher, cypher_parameters(view, asked, given))
        rows = as_rows(asked.name, queries.from_cypher(asked, answer))
        assert sorted(map(str, rows)) == sorted(map(str, expected)), given
        found += bool(rows)
    assert found > len(PAIRS) / 5, "hardly any rows, so hardly anything was compared"


def test_every_question_is_asked_and_some_of_each_answer_is_not_empty(view: View) -> None:
    asked = {name for name, _ in CASES}
    assert asked == set(queries.catalogue())
    answered = {name for name, given in CASES if len(queries.run(name, view, **given))}
    assert answered == asked


def test_the_columns_of_the_catalogue_are_the_fields_of_the_row_types() -> None:
    from queries.answers import ROW_TYPES

    assert set(ROW_TYPES) == set(queries.catalogue())
    for name, question in queries.catalogue().items():
        fields = [f.rstrip("_") for f in ROW_TYPES[name].__dataclass_fields__]
        assert fields == [c.name for c in question.columns], name


@pytest.mark.parametrize("name", sorted(queries.catalogue()))
def test_columns_are_the_keys_of_the_rows(view: View, name: str) -> None:
    """Otherwise a table or a CSV file would have an empty column."""
    answers = [queries.run(name, view, **given) for asked, given in CASES if asked == name]
    rows = next(answer for answer in answers if len(answer))
    assert tuple(rows.as_dicts()[0]) == rows.columns
