"""Span scores in the SemEval-2013 schemas: the published scenarios, the known traps of scorers, and a brute-force twin."""

from __future__ import annotations

import doctest
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract.errors import UsageError
from minutes_extract.evaluation.matching import Span
from minutes_extract.evaluation.scores import evaluate
from minutes_extract.evaluation.span_schemas import (
    SCHEMAS,
    MacroF1,
    Pair,
    SchemaCounts,
    SpanScore,
    assign,
    macro_f1,
    score_spans,
    verdicts,
)
from minutes_extract.records import LABELS

from .conftest import make_gold, make_record

D, T, O = "DATE", "TITLE", "ORGANIZATION"  # noqa: E741
PAGE = Path(__file__).parents[2] / "docs" / "evaluation.md"


def score(gold: Sequence[tuple[int, int, str]], predicted: Sequence[tuple[int, int, str]]) -> SpanScore:
    return score_spans([Span(*span) for span in gold], [Span(*span) for span in predicted], LABELS)


def tally(counts: SchemaCounts) -> str:
    names = ("cor", "inc", "par", "mis", "spu")
    return " ".join(f"{getattr(counts, name)} {name.upper()}" for name in names if getattr(counts, name))


def test_the_examples_of_the_page_on_evaluation_hold() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert (failed, tried > 10) == (0, True)


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        pytest.param([(0, 20, T)], [(0, 20, T)], "COR COR COR COR COR", id="same"),
        pytest.param([(0, 20, T)], [(0, 20, O)], "INC COR COR INC INC", id="other label"),
        pytest.param([(0, 20, T)], [(0, 12, T)], "INC INC PAR PAR COR", id="other span"),
        pytest.param([(0, 20, T)], [(13, 20, O)], "INC INC PAR INC INC", id="other span and label"),
        pytest.param([(0, 20, T)], [], "MIS MIS MIS MIS MIS", id="missed"),
        pytest.param([], [(0, 7, "OFFICIAL")], "SPU SPU SPU SPU SPU", id="spurious"),
    ],
)
def test_scenarios_have_the_published_verdicts(gold: Any, predicted: Any, expected: str) -> None:
    [pair] = assign([Span(*span) for span in gold], [Span(*span) for span in predicted])
    assert list(verdicts(pair)) == list(SCHEMAS)
    assert " ".join(verdicts(pair).values()) == expected


@pytest.mark.parametrize(
    ("gold", "predicted", "strict", "partial_typed"),
    [
        pytest.param([(0, 9, T), (2, 5, T)], [(2, 5, T), (0, 9, T)], "2 COR", "2 COR", id="nested gold costs nothing"),
        pytest.param([(0, 9, T), (0, 9, O)], [(0, 9, O), (0, 9, T)], "2 COR", "2 COR", id="two labels on one span"),
        pytest.param([(0, 5, D)], [(5, 9, D)], "1 MIS 1 SPU", "1 MIS 1 SPU", id="touching is not overlapping"),
        pytest.param([(0, 4, D), (6, 9, D), (20, 30, D)], [(0, 99, D)], "1 INC 2 MIS", "1 PAR 2 MIS", id="a giant span answers once"),
        pytest.param([(0, 9, D)], [(0, 4, D), (5, 9, D)], "1 INC 1 SPU", "1 PAR 1 SPU", id="two halves answer once"),
        pytest.param([], [(0, 5, D)], "1 SPU", "1 SPU", id="gold without spans still punishes"),
        pytest.param([(0, 5, D), (7, 9, D)], [], "2 MIS", "2 MIS", id="a document without predictions"),
        pytest.param([], [], "", "", id="an empty document"),
        pytest.param([(0, 5, D)], [(0, 5, D), (0, 5, D)], "1 COR", "1 COR", id="a span given twice counts once"),
        pytest.param([(0, 9, D), (8, 20, D)], [(1, 9, D), (2, 7, D)], "2 INC", "2 PAR", id="the best pairing, not the first"),
        pytest.param([(0, 9, T)], [(0, 9, O), (0, 2, T)], "1 INC 1 SPU", "1 INC 1 SPU", id="the same span goes before the same label"),
        pytest.param([(0, 9, T)], [(0, 8, O), (0, 2, T)], "1 INC 1 SPU", "1 PAR 1 SPU", id="the same label goes before overlap"),
        pytest.param([(0, 9, T), (0, 9, O)], [(0, 9, T)], "1 COR 1 MIS", "1 COR 1 MIS", id="the twin is not taken away"),
    ],
)
def test_spans_are_counted_as_by_hand(gold: Any, predicted: Any, strict: str, partial_typed: str) -> None:
    found = score(gold, predicted)
    assert tally(found.overall["strict"]) == strict
    assert tally(found.overall["partial_typed"]) == partial_typed


def test_a_prediction_pairs_with_the_gold_it_covers_best() -> None:
    pairs = assign([Span(0, 4, D), Span(4, 20, D)], [Span(2, 20, D)])
    assert pairs == (Pair(Span(0, 4, D), None), Pair(Span(4, 20, D), Span(2, 20, D)))


def test_partial_credit_survives_merging_documents() -> None:
    one = score([(0, 20, T)], [(0, 12, T)])
    assert (one.overall["partial"].precision, (one + one).overall["partial"].precision) == (0.5, 0.5)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_empty_document_changes_nothing_wherever_it_stands(place: int) -> None:
    documents = [score([(0, 5, D)], [(0, 4, D)]), score([(3, 9, T)], [(3, 9, O)])]
    whole = documents[0] + documents[1]
    documents.insert(place, score([], []))
    assert documents[0] + documents[1] + documents[2] == whole


def test_documents_that_are_all_empty_have_no_figures() -> None:
    found = score([], []) + score([], [])
    counts = found.overall["partial"]
    assert (counts.precision, counts.recall, counts.f1, found.mean_iou) == (None, None, None, None)
    assert macro_f1(found, "strict") == MacroF1(None, 0)


def test_precision_and_recall_are_none_only_for_their_own_zero() -> None:
    missed = score([(0, 5, D)], []).overall["strict"]
    assert (missed.precision, missed.recall, missed.f1) == (None, 0.0, 0.0)
    spurious = score([], [(0, 5, D)]).overall["strict"]
    assert (spurious.precision, spurious.recall, spurious.f1) == (0.0, None, 0.0)


def test_a_type_confusion_is_missed_by_one_label_and_spurious_for_the_other() -> None:
    found = score([(0, 5, T)], [(0, 5, O)])
    for schema in SCHEMAS:
        assert tally(found.by_label[T][schema]) == "1 MIS"
        assert tally(found.by_label[O][schema]) == "1 SPU"
    assert tally(found.overall["strict"]) == "1 INC"
    assert found.confusion == {(T, O): 1}


def test_macro_averages_the_labels_of_the_list_that_have_an_f1() -> None:
    found = score([(0, 5, T), (6, 9, D)], [(0, 5, T), (10, 12, O)])
    assert tuple(macro_f1(found, "strict")) == (pytest.approx(1 / 3), 3)
    assert found.overall["strict"].f1 == 0.5


@pytest.mark.parametrize("side", [0, 1])
def test_an_unknown_label_is_told(side: int) -> None:
    sides = ([Span(0, 5, "PLACE")], [Span(0, 5, D)])
    with pytest.raises(UsageError, match=r"'PLACE'.*OFFICIAL, TITLE"):
        score_spans(sides[side], sides[1 - side], LABELS)


@pytest.mark.parametrize("bad", [(5, 5), (7, 3), (-1, 4)])
def test_a_span_that_is_none_is_told(bad: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match=rf"gold span {bad[0]}\.\.{bad[1]} DATE"):
        assign([Span(*bad, D)], [])
    with pytest.raises(UsageError, match=rf"predicted span {bad[0]}\.\.{bad[1]} DATE"):
        assign([], [Span(*bad, D)])


def test_scores_over_other_labels_or_schemas_are_not_added() -> None:
    with pytest.raises(UsageError, match="cannot be added"):
        score_spans([], [], [D]) + score_spans([], [], [T])
    with pytest.raises(UsageError, match="strict and of exact"):
        SchemaCounts("strict") + SchemaCounts("exact")


@pytest.mark.parametrize("shift", [0, 1])
def test_a_thousand_nested_spans_are_paired(shift: int) -> None:
    size = 1000
    found = score([(n, 3 * size - n, D) for n in range(size)], [(n, 3 * size - n + shift, D) for n in range(size)])
    assert tally(found.overall["partial_typed"]) == ("1000 PAR" if shift else "1000 COR")


rows = st.tuples(st.integers(0, 14), st.integers(1, 8), st.sampled_from([D, O, T])).map(lambda row: Span(row[0], row[0] + row[1], row[2]))
few = st.lists(rows, max_size=5, unique=True)
spans = st.lists(rows, max_size=12, unique=True)


def _every_pairing(gold: Sequence[Span], predicted: Sequence[Span]) -> Iterator[list[tuple[Span, Span]]]:
    if not gold:
        yield []
        return
    first, rest = gold[0], gold[1:]
    yield from _every_pairing(rest, predicted)
    for number, answer in enumerate(predicted):
        if first.overlaps(answer.start, answer.end):
            for pairing in _every_pairing(rest, [*predicted[:number], *predicted[number + 1 :]]):
                yield [(first, answer), *pairing]


def _worth(pairing: Sequence[tuple[Span, Span]]) -> tuple[int, int, int, Fraction]:
    iou = Fraction(0)
    for a, b in pairing:
        shared = len(set(range(a.start, a.end)) & set(range(b.start, b.end)))
        iou += Fraction(shared, len(set(range(a.start, a.end)) | set(range(b.start, b.end))))
    same_span = [a[:2] == b[:2] for a, b in pairing]
    same_label = [a.label == b.label for a, b in pairing]
    return sum(a == b for a, b in pairing), sum(same_span), sum(same_label), iou


@given(few, few)
def test_the_pairing_is_worth_what_the_best_of_all_pairings_is_worth(gold: list[Span], predicted: list[Span]) -> None:
    pairs = assign(gold, predicted)
    ours = [(pair.gold, pair.predicted) for pair in pairs if pair.gold and pair.predicted]
    assert all(a.overlaps(b.start, b.end) for a, b in ours)
    assert _worth(ours) == max(_worth(pairing) for pairing in _every_pairing(gold, predicted))


@given(spans, spans)
def test_every_span_is_in_exactly_one_pair(gold: list[Span], predicted: list[Span]) -> None:
    pairs = assign(gold, predicted)
    assert sorted(pair.gold for pair in pairs if pair.gold) == sorted(gold)
    assert sorted(pair.predicted for pair in pairs if pair.predicted) == sorted(predicted)


@given(spans, spans, st.randoms(use_true_random=False))
def test_the_order_of_the_spans_changes_nothing(gold: list[Span], predicted: list[Span], order: random.Random) -> None:
    before = assign(gold, predicted)
    order.shuffle(gold)
    order.shuffle(predicted)
    assert assign(gold, predicted) == before


@given(spans, spans)
def test_a_set_scored_twice_over_has_twice_the_counts(gold: list[Span], predicted: list[Span]) -> None:
    once = score(gold, predicted)
    twice = once + once
    for schema in SCHEMAS:
        a, b = once.overall[schema], twice.overall[schema]
        assert (b.cor, b.inc, b.par, b.mis, b.spu) == (2 * a.cor, 2 * a.inc, 2 * a.par, 2 * a.mis, 2 * a.spu)
        assert (b.precision, b.recall, b.f1) == (a.precision, a.recall, a.f1)
        assert macro_f1(twice, schema) == macro_f1(once, schema)
    assert twice.confusion == {key: 2 * n for key, n in once.confusion.items()}
    assert (twice.iou_sum, twice.mean_iou) == (2 * once.iou_sum, once.mean_iou)


@given(spans)
def test_gold_against_itself_is_perfect(gold: list[Span]) -> None:
    found = score(gold, gold)
    for schema in SCHEMAS:
        assert found.overall[schema].f1 == macro_f1(found, schema).f1 == (1.0 if gold else None)
    assert found.mean_iou == (1.0 if gold else None)


@given(spans, spans)
def test_both_views_reconcile_with_the_confusion_matrix(gold: list[Span], predicted: list[Span]) -> None:
    found = score(gold, predicted)
    possible: Counter[str | None] = Counter()
    actual: Counter[str | None] = Counter()
    for (wanted, given_label), n in found.confusion.items():
        possible[wanted] += n
        actual[given_label] += n
    confused = sum(n for (a, b), n in found.confusion.items() if a is not None and b is not None and a != b)
    for schema in SCHEMAS:
        whole, parts = found.overall[schema], [found.by_label[label][schema] for label in LABELS]
        assert (whole.possible, whole.actual) == (len(gold), len(predicted))
        assert [part.possible for part in parts] == [possible[label] for label in LABELS]
        assert [part.actual for part in parts] == [actual[label] for label in LABELS]
        assert (whole.mis, whole.spu) == (actual[None], possible[None])
        assert sum(part.mis for part in parts) == whole.mis + confused
        assert sum(part.spu for part in parts) == whole.spu + confused
    assert found.pairs == sum(n for key, n in found.confusion.items() if None not in key)


@given(spans, spans)
def test_strict_counts_by_label_are_those_of_evaluate(gold: list[Span], predicted: list[Span]) -> None:
    found = score(gold, predicted)
    for label, count in evaluate([make_gold(*gold)], [make_record(*predicted)]).labels.items():
        strict = found.by_label[label]["strict"]
        assert (strict.possible, strict.actual, strict.cor) == (count.gold, count.predicted, count.correct)
