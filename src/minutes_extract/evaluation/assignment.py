"""The best one-to-one pairing of spans that overlap: the Hungarian method by shortest augmenting paths (Jonker and Volgenant).

Weights are whole numbers, so the result is exact. A row is looked at in one step of numpy; 1,000 x 1,000 spans take seconds at worst.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm

import numpy as np
import numpy.typing as npt

from minutes_extract.evaluation.matching import Span

IOU_UNITS = lcm(*range(1, 41))
"""An IoU of 1 in whole units. Sums of whole numbers do not depend on their order; unions of up to 40 characters divide evenly."""

_UNITS = tuple(lcm(*range(1, size)) for size in range(41, 1, -1))
"""The same for smaller unions, falling: where many spans overlap, coarser units keep sums of weights 64-bit numbers."""

_LARGEST = 2**60
"""Rows times the largest cost stays below this: what is added up along a path is a 64-bit number."""

_Numbers = npt.NDArray[np.int64]


def pair_up(rows: Sequence[Span], columns: Sequence[Span]) -> list[Span | None]:
    """For each span of `rows` the one of `columns` that it is paired with; at most as many rows as columns, all different.

    >>> pair_up([Span(0, 9, "TITLE")], [Span(0, 4, "TITLE"), Span(5, 9, "ORGANIZATION")])
    [Span(start=0, end=4, label='TITLE')]
    """
    if not rows:
        return []
    chosen = [0] if len(columns) == 1 else cheapest_columns(-_weights(rows, columns))
    return [columns[at] if row.overlaps(*columns[at][:2]) else None for row, at in zip(rows, chosen, strict=True)]


def _weights(rows: Sequence[Span], columns: Sequence[Span]) -> _Numbers:
    """Same span, same label and IoU of each pair in one whole number that compares like the three in turn; 0 for spans apart."""
    labels = sorted({span.label for span in (*rows, *columns)})
    (start, end, label), (other_start, other_end, other_label) = (
        np.array([(span.start, span.end, labels.index(span.label)) for span in spans], dtype=np.int64).T for spans in (rows, columns)
    )
    start, end, label = start[:, None], end[:, None], label[:, None]
    shared = np.maximum(np.minimum(end, other_end) - np.maximum(start, other_start), 0)
    step = len(rows) + 1  # more than all lower ranks of a pairing can add up to
    most = max(4 * len(rows) * step * step, int(shared.max()))
    units = next(units for units in _UNITS if most * units <= _LARGEST)
    iou = shared * units // (end - start + other_end - other_start - shared)
    same_span = (start == other_start) & (end == other_end)
    return np.where(shared > 0, (same_span * step + (label == other_label)) * step * units + iou, 0)


def cheapest_columns(costs: npt.ArrayLike) -> list[int]:
    """For each row of a matrix of whole numbers a column of its own so that the sum of costs is smallest.

    At most as many rows as columns. Time grows with rows x rows x columns at worst.

    >>> cheapest_columns([[1, 2, 9], [1, 5, 9]])
    [1, 0]
    """
    chosen: list[int] = _Assignment(np.asarray(costs, dtype=np.int64)).chosen.tolist()
    return chosen


class _Assignment:
    """`prices` of columns are kept such that each row has one of its cheapest columns (cost minus price)."""

    def __init__(self, costs: _Numbers) -> None:
        rows, columns = costs.shape
        self.costs = costs
        self.prices = np.zeros(columns, dtype=np.int64)
        self.owner = np.full(columns, -1)
        self.chosen = np.full(rows, -1)
        for row in self._rows_left():
            self._augment(row)

    def _rows_left(self) -> list[int]:
        """The rows that get nothing where each row takes its cheapest column if that is free."""
        left = []
        for row, column in enumerate(self.costs.argmin(axis=1).tolist()):
            if self.owner[column] < 0:
                self.owner[column], self.chosen[row] = row, column
            else:
                left.append(row)
        return left

    def _augment(self, row: int) -> None:
        """Give `row` a column along the cheapest path that moves other rows."""
        prices = self.prices.copy()
        distance = self.costs[row] - prices
        through = np.empty_like(distance)
        came_from = np.full(len(prices), row)
        closed: list[int] = []
        reached: list[int] = []
        nearest = int(distance.argmin())
        while (holder := int(self.owner[nearest])) >= 0:
            closed.append(nearest)
            reached.append(int(distance[nearest]))
            base = reached[-1] - int(self.costs[holder, nearest]) + int(prices[nearest])
            distance[nearest], prices[nearest] = _LARGEST, -2 * _LARGEST  # closed: never nearest again, never reached again
            np.subtract(self.costs[holder], prices, out=through)
            through += base
            came_from[through < distance] = holder
            np.minimum(distance, through, out=distance)
            nearest = int(distance.argmin())
        self.prices[closed] += np.array(reached, dtype=np.int64) - distance[nearest]
        self._move(row, nearest, came_from)

    def _move(self, row: int, column: int, came_from: npt.NDArray[np.int_]) -> None:
        """Give each row on the path back from `column` to `row` the column it came to."""
        mover = -1
        while mover != row:
            mover = int(came_from[column])
            self.owner[column] = mover
            self.chosen[mover], column = column, int(self.chosen[mover])
