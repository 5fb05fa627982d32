"""Intervals and comparisons against values worked out by hand, and against a bootstrap written the slow way."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract.errors import UsageError
from minutes_extract.evaluation.scores import ACCURACIES, RECORD_FIGURES, Count, DocumentScore, Report, evaluate
from minutes_extract.evaluation.uncertainty import FIGURES, Intervals, compare_systems, intervals
from minutes_extract.records import LABELS

from .conftest import make_gold, make_record

Triple = tuple[int, int, int]
RIGHT, WRONG, NOTHING = (1, 1, 1), (1, 1, 0), (0, 0, 0)
"""One gold date: found; another span given instead; no gold date and none given."""


def report(*documents: Triple, meeting: Triple = NOTHING) -> Report:
    """Documents d00, d01, ... with these counts (gold, predicted, correct) of dates and of meeting dates, and nothing else."""

    def count(triple: Triple) -> Count:
        return Count(gold=triple[0], predicted=triple[1], correct=triple[2])

    def score(number: int, triple: Triple) -> DocumentScore:
        spans = {str(label): count(triple) if label == "DATE" else Count() for label in LABELS}
        figures = {name: Count() for name in (*RECORD_FIGURES, *ACCURACIES)} | {"meeting_dates": count(meeting)}
        return DocumentScore(doc_id=f"d{number:02}", strict=spans, overlap=spans, figures=figures)

    return Report(documents=tuple(score(number, triple) for number, triple in enumerate(documents)))


def bounds(result: Intervals, figure: str = "micro") -> tuple[float, float, float]:
    interval = result.figures[figure]
    assert interval is not None
    return (interval.low, interval.value, interval.high)


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        pytest.param([RIGHT], (1, 1, 1), id="one document is always drawn"),
        pytest.param([RIGHT] * 20, (1, 1, 1), id="all alike"),
        pytest.param([RIGHT, WRONG], (0, 0.5, 1), id="two documents, each draw 0, a half or 1"),
        pytest.param([(2, 2, 1)], (0.5, 0.5, 0.5), id="mentions of one document are not drawn apart"),
        pytest.param([(2, 2, 1), (4, 4, 2)], (0.5, 0.5, 0.5), id="documents of different length but the same F1"),
        pytest.param([(1, 3, 1)], (0.5, 0.5, 0.5), id="2 x 1 / (1 + 3)"),
    ],
)
def test_intervals_are_as_by_hand(documents: Sequence[Triple], expected: tuple[float, float, float]) -> None:
    result = intervals(report(*documents))
    assert bounds(result) == bounds(result, "DATE") == expected
    assert result.figures["TITLE"] is None and result.figures["persons"] is None


def test_documents_are_the_units_not_mentions() -> None:
    whole = bounds(intervals(report((40, 40, 20))))
    spread = bounds(intervals(report(*[RIGHT] * 20, *[WRONG] * 20)))
    clumped = bounds(intervals(report((20, 20, 20), (20, 20, 0))))
    assert whole == (0.5, 0.5, 0.5)
    assert spread[1] == clumped[1] == 0.5
    assert clumped[0] == 0 < spread[0] < 0.5 < spread[2] < 1 == clumped[2]


def test_an_accuracy_is_the_share_of_gold_that_is_right() -> None:
    result = intervals(report(RIGHT, meeting=(4, 2, 1)))
    assert bounds(result, "meeting_dates") == (0.25, 0.25, 0.25)


def test_the_interval_is_that_of_a_bootstrap_written_the_slow_way() -> None:
    documents = [(9, 7, 6), (1, 0, 0), (12, 15, 11), (3, 3, 3), (0, 4, 0), (5, 5, 2), (30, 28, 25)]
    rng, drawn = random.Random(7), []  # noqa: S311
    for _ in range(201):
        golds, predicted, correct = zip(*rng.choices(documents, k=len(documents)), strict=True)
        drawn.append(2 * sum(correct) / (sum(golds) + sum(predicted)))
    drawn.sort()
    # 201 values: shares 0.05 and 0.95 fall on the values number 10 and 190
    low, value, high = bounds(intervals(report(*documents), draws=201, seed=7, level=0.9))
    assert (low, high) == pytest.approx((drawn[10], drawn[190]))
    assert value == 2 * 47 / (60 + 62)


def test_a_seed_gives_one_interval_in_whatever_order_and_another_seed_another() -> None:
    rng = random.Random(1)  # noqa: S311
    scored = report(*[(g := rng.randint(1, 30), g, rng.randint(0, g)) for _ in range(40)])
    turned = Report(documents=scored.documents[::-1])
    assert intervals(scored, seed=1) == intervals(scored, seed=1) == intervals(turned, seed=1)
    assert bounds(intervals(scored, seed=1)) != bounds(intervals(scored, seed=2))


def test_a_wider_level_gives_a_wider_interval() -> None:
    scored = report(*[RIGHT] * 30, *[WRONG] * 10)
    narrow, wide = bounds(intervals(scored, level=0.5)), bounds(intervals(scored, level=0.99))
    assert wide[0] < narrow[0] < 0.75 < narrow[2] < wide[2]


def test_draws_that_say_nothing_are_left_out() -> None:
    result = intervals(report(RIGHT, *[NOTHING] * 5))
    assert bounds(result) == (1, 1, 1)


@pytest.mark.parametrize(("documents", "note"), [(1, "indicative only: 1 document,"), (9, "indicative only: 9 documents,"), (10, None)])
def test_few_documents_are_marked_as_indicative(documents: int, note: str | None) -> None:
    result = intervals(report(*[RIGHT] * documents), draws=10)
    assert (result.note is None) == (note is None)
    assert (note or "") in str(result) and ("indicative" in str(result)) == (note is not None)


@pytest.mark.parametrize("empty", [report(), report(NOTHING, NOTHING)], ids=["no documents", "empty documents"])
def test_nothing_to_count_gives_none_everywhere(empty: Report) -> None:
    assert set(intervals(empty, draws=5).figures) == set(FIGURES)
    assert not any(intervals(empty, draws=5).figures.values())
    compared = compare_systems(empty, empty, draws=5)
    assert (compared.a, compared.difference, compared.not_better, compared.p_value) == (None,) * 4
    assert "n/a" in str(compared)


@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 2000), st.integers(0, 2000)), min_size=1, max_size=12))
def test_bounds_enclose_what_is_possible(documents: list[Triple]) -> None:
    possible = [(g, p, min(g, p, c)) for g, p, c in documents]
    for interval in intervals(report(*possible), draws=30).figures.values():
        assert interval is None or 0 <= interval.low <= interval.high <= 1


@pytest.mark.parametrize(("draws", "level"), [(0, 0.95), (10, 0.0), (10, 1.0), (10, 95)])
def test_no_draws_and_no_share_are_wrong_use(draws: int, level: float) -> None:
    with pytest.raises(UsageError, match=r"draws|level"):
        intervals(report(RIGHT), draws=draws, level=level)
    with pytest.raises(UsageError, match=r"draws|level"):
        compare_systems(report(RIGHT), report(RIGHT), draws=draws, level=level)


def test_the_table_of_intervals_shows_figures_method_and_seed() -> None:
    shown = str(intervals(report(*[RIGHT] * 12), draws=100, seed=5))
    assert "DATE                           1.000      1.000      1.000" in shown
    assert "TITLE                            n/a        n/a        n/a" in shown
    assert "95% percentile bootstrap over documents, 100 draws, seed 5" in shown
    assert max(map(len, shown.splitlines())) <= 80


# two systems


def test_a_system_is_not_better_than_itself() -> None:
    scored = report(*[RIGHT] * 6, *[WRONG] * 6)
    result = compare_systems(scored, scored)
    assert result.difference is not None
    assert (result.difference.low, result.difference.value, result.difference.high) == (0, 0, 0)
    assert (result.not_better, result.p_value) == (1, 1)


def test_one_document_can_prove_nothing() -> None:
    result = compare_systems(report(WRONG), report(RIGHT))
    assert (result.a, result.b, result.p_value) == (0, 1, 1)
    assert result.not_better == 0 and result.note is not None


def test_two_documents_are_swapped_together_half_of_the_time() -> None:
    # none or both swapped: the difference is 1 again; one of them: 0
    result = compare_systems(report(WRONG, WRONG), report(RIGHT, RIGHT))
    assert result.p_value == pytest.approx(0.5, abs=0.05)


def test_twelve_documents_that_all_got_better_are_no_chance() -> None:
    result = compare_systems(report(*[WRONG] * 12), report(*[RIGHT] * 12))
    # 2 of 4096 swaps are as far apart; never 0
    assert result.p_value is not None and 1 / 2001 <= result.p_value < 0.005
    assert result.note is None


def test_the_pairing_is_kept_a_steady_gain_is_certain_however_mixed_the_documents() -> None:
    before = [(20, 20, correct) for correct in range(0, 20, 2)]
    after = [(20, 20, correct + 1) for _, _, correct in before]
    result = compare_systems(report(*before), report(*after))
    assert result.difference is not None
    assert (result.difference.low, result.difference.high) == pytest.approx((0.05, 0.05))
    assert result.not_better == 0
    shuffled = compare_systems(report(*before), report(*after[::-1]))
    assert shuffled.difference is not None and shuffled.difference.low < 0 < shuffled.difference.high


def test_turning_the_systems_round_turns_the_sign_only() -> None:
    a, b = report(*[RIGHT] * 3, *[WRONG] * 9), report(*[WRONG] * 2, *[RIGHT] * 6, *[WRONG] * 4)
    there, back = compare_systems(a, b), compare_systems(b, a)
    assert there.difference is not None and back.difference is not None
    assert there.difference.value == -back.difference.value == pytest.approx(0.25)
    assert there.difference.low == pytest.approx(-back.difference.high)
    assert there.p_value == back.p_value
    assert there == compare_systems(Report(documents=a.documents[::-1]), b)


def test_different_documents_are_named() -> None:
    with pytest.raises(UsageError, match="only in A: d02;"):
        compare_systems(report(RIGHT, RIGHT, RIGHT), report(RIGHT, RIGHT))
    with pytest.raises(UsageError, match="only in B: d01, d02, d03, d04, d05 and 2 more;"):
        compare_systems(report(RIGHT), report(*[RIGHT] * 8))


def test_different_gold_of_the_same_documents_is_named() -> None:
    with pytest.raises(UsageError, match="not on the same gold: it differs in d01;"):
        compare_systems(report(RIGHT, (2, 2, 2)), report(RIGHT, (3, 2, 2)))


def test_reports_of_evaluate_can_be_compared() -> None:
    gold = [make_gold((0, 5, "DATE"), doc_id="d1"), make_gold((0, 5, "TITLE"), doc_id="d2")]
    found = make_record((0, 5, "DATE"), doc_id="d1")
    result = compare_systems(evaluate(gold, [found]), evaluate(gold, [found, make_record((0, 5, "TITLE"), doc_id="d2")]))
    assert (result.a, result.b) == (2 / 3, 1)
    shown = str(result)
    assert "B - A                          0.333" in shown and "indicative only: 2 documents" in shown
