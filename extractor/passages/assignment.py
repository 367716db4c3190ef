"""The best assignment of two sides: pairs so that the sum of their weights is as large as possible.

Every row is added in turn along the shortest augmenting path of reduced costs (Jonker and Volgenant), on the pairs
that are given and no others: a search ends in its own connected component. Each row may also stay alone, at weight 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

Weights = Sequence[Mapping[int, float]]
"""Per row, the weight (above 0) of every column that it may be paired with."""


def assign(weights: Weights) -> dict[int, int]:
    """The column of every row that is paired.

    >>> assign([{0: 0.9, 1: 0.8}, {0: 0.8}])
    {0: 1, 1: 0}
    """
    return _Search(weights).run()


class _Search:
    def __init__(self, weights: Weights) -> None:
        self.most = max((weight for row in weights for weight in row.values()), default=0.0)
        columns = max((column for row in weights for column in row), default=-1) + 1
        # Beside the given columns each row has one of its own, which stands for no pair.
        self.costs = [
            {column: self.most - weight for column, weight in row.items()} | {columns + at: self.most}
            for at, row in enumerate(weights)
        ]
        self.columns = columns
        self.potential: dict[int, float] = {}
        self.row_of: dict[int, int] = {}
        self.column_of: dict[int, int] = {}

    def run(self) -> dict[int, int]:
        for row in range(len(self.costs)):
            self._augment(row)
        return {row: column for row, column in sorted(self.column_of.items()) if column < self.columns}

    def _augment(self, start: int) -> None:
        """Gives ``start`` a column, moving other rows along the shortest path to a free one."""
        distance: dict[int, float] = {}
        came_from: dict[int, int] = {}
        done: dict[int, float] = {}
        queue: list[tuple[float, int]] = []
        row, so_far = start, 0.0
        while True:
            self._relax(row, so_far, distance, came_from, queue, done)
            so_far, column = _nearest(queue, done)
            if column not in self.row_of:
                break
            done[column] = so_far
            row = self.row_of[column]
        for other, length in done.items():
            self.potential[other] = self.potential.get(other, 0.0) + length - so_far
        self._turn(column, came_from, start)

    def _relax(
        self,
        row: int,
        so_far: float,
        distance: dict[int, float],
        came_from: dict[int, int],
        queue: list[tuple[float, int]],
        done: Mapping[int, float],
    ) -> None:
        """The ways from a row to its columns, by reduced costs."""
        costs, own = self.costs[row], self.column_of.get(row)
        base = 0.0 if own is None else costs[own] - self.potential.get(own, 0.0)
        for column, cost in costs.items():
            length = so_far + cost - self.potential.get(column, 0.0) - base
            if column not in done and length < distance.get(column, float("inf")):
                distance[column], came_from[column] = length, row
                heappush(queue, (length, column))

    def _turn(self, column: int, came_from: Mapping[int, int], start: int) -> None:
        """Pairs the rows of the path anew, from its free column back to its start."""
        while True:
            row = came_from[column]
            before = self.column_of.get(row)
            self.column_of[row], self.row_of[column] = column, row
            if row == start:
                return
            assert before is not None
            column = before


def _nearest(queue: list[tuple[float, int]], done: Mapping[int, float]) -> tuple[float, int]:
    """The nearest column that was not yet reached."""
    while True:
        length, column = heappop(queue)
        if column not in done:
            return length, column
