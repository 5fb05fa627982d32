"""Our counts and figures beside nervaluate's, on documents where both must agree: spans apart, at most one answer each."""

from __future__ import annotations

import random
from typing import Any

import pytest

from minutes_extract.evaluation.matching import Span
from minutes_extract.evaluation.span_schemas import Schema, SpanScore, score_spans
from minutes_extract.records import LABELS

nervaluate = pytest.importorskip("nervaluate")

DOCUMENTS, IN_ONE_SET = 2000, 10
NAMES: dict[Schema, str] = {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}
"""Our schema -> nervaluate's name of it; `partial_typed` has no counterpart there."""

Document = tuple[list[Span], list[Span]]


def _apart(chance: random.Random) -> Document:
    """Gold and predicted spans: apart from each other, the same, short or long at an end, of another label, missed or spurious."""
    gold, predicted = [], []
    for number in range(chance.randint(0, 12)):
        start, fate = 20 * number + 4, chance.random()
        span = Span(start, start + chance.randint(4, 10), chance.choice(LABELS))
        if fate < 0.9:
            gold.append(span)
        if fate > 0.2:
            start, end = span.start + chance.choice([0, 0, 0, -2, 1]), span.end + chance.choice([0, 0, 0, 2, -1])
            predicted.append(Span(start, end, chance.choice([span.label, span.label, *LABELS])))
    chance.shuffle(predicted)
    return gold, predicted


def _theirs(documents: list[Document]) -> dict[str, Any]:
    def side(number: int) -> list[list[dict[str, Any]]]:
        # Its ends are inclusive.
        return [[{"start": s.start, "end": s.end - 1, "label": s.label} for s in document[number]] for document in documents]

    found: dict[str, Any] = nervaluate.Evaluator(side(0), side(1), tags=list(LABELS), loader="dict").evaluate()["overall"]
    return found


def _ours(documents: list[Document]) -> SpanScore:
    return sum((score_spans(gold, predicted, LABELS) for gold, predicted in documents), score_spans([], [], LABELS))


@pytest.mark.parametrize("first", range(0, DOCUMENTS, DOCUMENTS // 4))
def test_counts_and_figures_equal_those_of_nervaluate_where_spans_are_apart(first: int) -> None:
    for seed in range(first, first + DOCUMENTS // 4, IN_ONE_SET):
        documents = [_apart(random.Random(seed + number)) for number in range(IN_ONE_SET)]  # noqa: S311
        theirs, ours = _theirs(documents), _ours(documents)
        for schema, name in NAMES.items():
            counts, other = ours.overall[schema], theirs[name]
            assert (counts.cor, counts.inc, counts.par, counts.mis, counts.spu) == (
                other.correct,
                other.incorrect,
                other.partial,
                other.missed,
                other.spurious,
            )
            assert (counts.precision, counts.recall, counts.f1) == pytest.approx((other.precision, other.recall, other.f1), abs=1e-12)


def test_the_documents_hold_every_kind_of_answer() -> None:
    verdicts = _ours([_apart(random.Random(seed)) for seed in range(DOCUMENTS)]).overall["partial_typed"]  # noqa: S311
    assert min(verdicts.cor, verdicts.inc, verdicts.par, verdicts.mis, verdicts.spu) > 500
