"""The best one-to-one pairing, against trying them all."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.accuracy.pairing import pair_up

Table = list[list[float | None]]
weights = st.one_of(st.none(), st.integers(1, 9).map(float), st.sampled_from([0.5, 1.25]))
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(weights, min_size=width, max_size=width), min_size=1, max_size=4
    )
)


def paired(table: Table) -> tuple[tuple[int, int], ...]:
    return pair_up(range(len(table)), range(len(table[0])), lambda i, j: table[i][j])


def total(table: Table, pairs: tuple[tuple[int, int], ...]) -> float:
    return sum(table[i][j] or 0 for i, j in pairs)


def best(table: Table) -> float:
    size = max(len(table), len(table[0]))
    square = [[0.0] * size for _ in range(size)]
    for i, row in enumerate(table):
        for j, weight in enumerate(row):
            square[i][j] = weight or 0
    return max(
        sum(square[i][j] for i, j in enumerate(order)) for order in permutations(range(size))
    )


@given(tables)
def test_no_pairing_is_worth_more(table: Table) -> None:
    assert total(table, paired(table)) == best(table)


@given(tables)
def test_nothing_is_paired_twice_or_against_the_rules(table: Table) -> None:
    pairs = paired(table)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(table[i][j] is not None for i, j in pairs)


def test_nothing_pairs_with_nothing() -> None:
    assert pair_up([], [1], lambda a, b: 1.0) == pair_up([1], [], lambda a, b: 1.0) == ()


def test_a_greedy_choice_is_given_up_for_a_better_whole() -> None:
    assert paired([[5, 4], [4, None]]) == ((1, 0), (0, 1))
