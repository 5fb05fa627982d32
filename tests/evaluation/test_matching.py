"""Overlap credit, one to one, beside all pairings, and where very many spans overlap each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minutes_extract.evaluation.matching import Span, overlapping_pairs

few = st.lists(st.tuples(st.integers(0, 14), st.integers(1, 8)).map(lambda row: Span(row[0], sum(row), "DATE")), max_size=6, unique=True)


def most(gold: list[Span], predicted: list[Span]) -> int:
    if not gold:
        return 0
    first, rest = gold[0], gold[1:]
    taken = [1 + most(rest, [p for p in predicted if p != answer]) for answer in predicted if first.overlaps(answer.start, answer.end)]
    return max([most(rest, predicted), *taken])


@given(few, few)
def test_as_many_are_paired_as_by_the_best_of_all_pairings(gold: list[Span], predicted: list[Span]) -> None:
    assert overlapping_pairs(gold, predicted) == most(gold, predicted)


def test_a_thousand_nested_spans_need_no_deep_stack() -> None:
    size = 1000
    gold = [Span(n, 3 * size - n, "DATE") for n in range(size)]
    assert overlapping_pairs(gold, [Span(n, 3 * size + 1 - n, "DATE") for n in range(size)]) == size
