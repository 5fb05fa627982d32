"""The assignment beside all permutations, and its time where very many spans overlap each other."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract.evaluation.assignment import cheapest_columns, pair_up
from minutes_extract.evaluation.matching import Span

COSTS = st.integers(1, 5).flatmap(
    lambda rows: st.integers(rows, 5).flatmap(
        lambda columns: st.lists(st.lists(st.integers(-9, 9), min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    )
)


@given(COSTS)
def test_the_sum_of_costs_is_the_smallest_of_all_permutations(costs: list[list[int]]) -> None:
    def total(columns: tuple[int, ...]) -> int:
        return sum(row[column] for row, column in zip(costs, columns, strict=True))

    chosen = tuple(cheapest_columns(costs))
    assert len(set(chosen)) == len(costs)
    assert total(chosen) == min(map(total, permutations(range(len(costs[0])), len(costs))))


def test_spans_apart_have_no_answer() -> None:
    spans = [Span(0, 4, "DATE"), Span(4, 9, "DATE")]
    assert pair_up(spans[:1], spans[1:]) == [None]
    assert pair_up([], spans) == []
    assert pair_up([Span(2, 9, "TITLE")], spans) == [spans[1]]


def test_where_many_spans_overlap_labels_still_go_before_iou() -> None:
    rows = [Span(n, 5000 - n, "DATE" if n % 2 else "TITLE") for n in range(60)]
    columns = [Span(n, 5001 - n, "TITLE" if n % 2 else "DATE") for n in range(60)]
    answers = pair_up(rows, columns)
    assert all(answer and answer.label == row.label for row, answer in zip(rows, answers, strict=True))
    assert len(set(answers)) == 60


@pytest.mark.slow
def test_a_thousand_by_a_thousand_overlapping_spans_are_all_paired() -> None:
    rows, columns = [Span(0, n, "DATE") for n in range(1, 1001)], [Span(0, 2000 + n, "DATE") for n in range(1000)]
    assert None not in pair_up(rows, columns)
