"""Random statements over random graphs give on the embedded engine what trying everything gives."""

from __future__ import annotations

from random import Random

import pytest

from kg.cypher import answer, build
from tests.cypher.random_statements import in_order, random_graph, random_statement

GRAPHS, EACH = 25, 30


@pytest.mark.parametrize("seed", range(GRAPHS))
def test_the_embedded_engine_gives_the_rows_of_the_oracle(seed: int) -> None:
    chance = Random(seed)
    graph = random_graph(chance)
    engine = build(graph)
    empty = 0
    for _ in range(EACH):
        made = random_statement(chance, graph)
        found = answer(engine, made.text, made.values)
        assert in_order(found) == in_order(made.rows), f"{made.text}\n{made.values}"
        empty += not made.rows
    assert empty < EACH * 2 / 3, "hardly any rows, so hardly anything was compared"
