"""One-to-one pairing with the greatest total weight (the Hungarian method).

Weights are made whole numbers first, so that the result is the same on every machine; of equally
good pairings the one found first, in the order given, is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
Pairs = tuple[tuple[int, int], ...]
_PARTS = 10**9


def pair_up(left: Sequence[A], right: Sequence[B], weight: Callable[[A, B], float | None]) -> Pairs:
    """Indexes of the pairs, by the right one.

    Args:
        weight: how much a pair is worth, above 0; None where the two must not be paired.
    """
    if not left or not right:
        return ()
    worth = [[_whole(weight(a, b)) for b in right] for a in left]
    size = max(len(left), len(right))
    best = max(w or 0 for row in worth for w in row)
    costs = [[best] * size for _ in range(size)]
    for i, row in enumerate(worth):
        costs[i][: len(row)] = [best - (w or 0) for w in row]
    row_of = _cheapest(costs)
    return tuple((row_of[j], j) for j in range(len(right)) if _allowed(worth, row_of[j], j))


def _whole(weight: float | None) -> int | None:
    return None if weight is None else round(weight * _PARTS)


def _allowed(worth: list[list[int | None]], i: int, j: int) -> bool:
    return i < len(worth) and worth[i][j] is not None


def _cheapest(costs: list[list[int]]) -> list[int]:
    """The row of each column in the cheapest complete pairing of a square table."""
    size = len(costs)
    row_prices, column_prices = [0] * size, [0] * size
    row_of: list[int | None] = [None] * size
    for row in range(size):
        _place(row, costs, row_prices, column_prices, row_of)
    return [row for row in row_of if row is not None]


def _place(
    row: int,
    costs: list[list[int]],
    row_prices: list[int],
    column_prices: list[int],
    row_of: list[int | None],
) -> None:
    """Give one more row a column, moving others along the cheapest chain that ends at a free one."""
    distance: dict[int, int] = {}
    before: dict[int, int | None] = {}
    walked: list[int] = []
    here, column, so_far = row, None, 0
    while True:
        for j in range(len(costs)):
            step = so_far + costs[here][j] - row_prices[here] - column_prices[j]
            if j not in walked and step < distance.get(j, step + 1):
                distance[j], before[j] = step, column
        column = min((j for j in distance if j not in walked), key=lambda j: (distance[j], j))
        so_far = distance[column]
        next_row = row_of[column]
        if next_row is None:
            break
        walked.append(column)
        here = next_row
    row_prices[row] += so_far
    for j in walked:
        owner = row_of[j]
        assert owner is not None
        row_prices[owner] += so_far - distance[j]
        column_prices[j] -= so_far - distance[j]
    _shift(row, column, before, row_of)


def _shift(row: int, column: int, before: dict[int, int | None], row_of: list[int | None]) -> None:
    """Move every row of the chain one column on, and the new row into the first."""
    at: int | None = column
    while at is not None:
        previous = before[at]
        row_of[at] = row if previous is None else row_of[previous]
        at = previous
