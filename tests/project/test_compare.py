"""What a comparison with a server takes for the same value, and what not."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from kg.property_graph import Node, PropertyGraph, Value
from kg.sync.compare import compare
from kg.sync.stored import Page, StoredNode, same

APART: list[object] = [1, 1.0, True, "1", ("1",), 0.0, -0.0, date(2019, 1, 1), "2019-01-01", None]


@pytest.mark.parametrize(("one", "other"), list(combinations(APART, 2)))
def test_values_that_only_look_alike_differ(one: object, other: object) -> None:
    assert not same(one, other)


@pytest.mark.parametrize("value", [*APART, float("nan"), float("inf"), ()])
def test_a_value_is_the_same_as_itself(value: object) -> None:
    assert same(value, value)


def test_a_value_that_is_missing_or_too_many_is_shown() -> None:
    def found(here: dict[str, Value], there: dict[str, Value]) -> list[tuple[object, ...]]:
        graph = PropertyGraph((Node("urn:x", ("Topic",), here),), ())
        report = compare(graph, [Page([StoredNode("urn:x", ("Topic",), there)], [])])
        return [(e["property"], e["graph"], e["server"]) for e in report.examples]

    assert found({"a": 1}, {"a": 1}) == []
    assert found({"a": 1}, {}) == [("a", 1, None)]
    assert found({"a": 1}, {"b": "x"}) == [("a", 1, None), ("b", None, "x")]
    assert found({"a": ("x", "y")}, {"a": ("y", "x")}) == [("a", ["x", "y"], ["y", "x"])]
