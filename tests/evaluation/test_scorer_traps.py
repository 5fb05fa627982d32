"""Twenty traps that scorers of spans have fallen into, one test each, in the order of the table they were collected in."""

from __future__ import annotations

import doctest
import inspect
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract import evaluate, load_gold
from minutes_extract.errors import GoldError, UsageError
from minutes_extract.evaluation import span_schemas
from minutes_extract.evaluation.formats.grounding import reground, utf16_offsets
from minutes_extract.evaluation.matching import Span
from minutes_extract.evaluation.schema_table import schema_table, score_documents
from minutes_extract.evaluation.span_schemas import SCHEMAS, SchemaCounts, SpanScore, assign, macro_f1, score_spans
from minutes_extract.evaluation.uncertainty import intervals
from minutes_extract.records import LABELS

from .conftest import make_gold, make_record

D, O, P, T = "DATE", "ORGANIZATION", "OFFICIAL", "TITLE"  # noqa: E741
PAGE = Path(__file__).parents[2] / "docs" / "evaluation.md"
Rows = Sequence[tuple[int, int, str]]

spans = st.lists(
    st.tuples(st.integers(0, 14), st.integers(1, 8), st.sampled_from([D, O, T])).map(lambda row: (row[0], row[0] + row[1], row[2])),
    max_size=10,
    unique=True,
)


def score(gold: Rows, predicted: Rows) -> SpanScore:
    return score_spans([Span(*span) for span in gold], [Span(*span) for span in predicted], LABELS)


def verdicts(counts: SchemaCounts) -> tuple[int, int, int, int, int]:
    return (counts.cor, counts.inc, counts.par, counts.mis, counts.spu)


@given(spans, spans)
def test_01_partial_credit_survives_merging_documents(gold: Rows, predicted: Rows) -> None:
    once = score(gold, predicted)
    twice = once + score(gold, predicted)
    assert [twice.overall[s].precision for s in SCHEMAS] == [once.overall[s].precision for s in SCHEMAS]
    assert [twice.overall[s].recall for s in SCHEMAS] == [once.overall[s].recall for s in SCHEMAS]


@given(spans, spans, st.randoms(use_true_random=False))
def test_02_the_order_of_the_predictions_changes_nothing(gold: list[Span], predicted: list[Span], order: random.Random) -> None:
    before = score(gold, predicted)
    order.shuffle(gold)
    order.shuffle(predicted)
    assert score(gold, predicted) == before


def test_03_nested_and_crossing_gold_can_be_answered_in_full() -> None:
    gold = [(0, 20, T), (4, 9, O), (4, 9, T), (5, 30, O), (0, 20, O)]
    found = score(gold, gold[::-1])
    assert [found.overall[schema].f1 for schema in SCHEMAS] == [1.0] * 5


def test_04_spans_that_touch_do_not_overlap() -> None:
    assert verdicts(score([(0, 5, D)], [(5, 9, D)]).overall["partial"]) == (0, 0, 0, 1, 1)


def test_05_a_prediction_over_the_whole_document_is_not_a_full_answer() -> None:
    found = score([(0, 4, D), (6, 9, D), (20, 30, D)], [(0, 100, D)])
    assert verdicts(found.overall["partial"]) == (0, 0, 1, 2, 0)
    assert found.mean_iou == 0.1


@given(spans, spans)
def test_06_counts_by_label_and_overall_reconcile_through_the_confusion_matrix(gold: Rows, predicted: Rows) -> None:
    found = score(gold, predicted)
    confused = sum(n for (a, b), n in found.confusion.items() if a and b and a != b)
    strict, parts = found.overall["strict"], [found.by_label[label]["strict"] for label in LABELS]
    assert sum(part.cor for part in parts) == strict.cor
    assert sum(part.mis for part in parts) == strict.mis + confused
    assert sum(part.spu for part in parts) == strict.spu + confused
    assert sum(found.confusion.values()) == sum(verdicts(strict))


def test_07_a_document_without_predictions_is_missed_and_named() -> None:
    golds = [make_gold((0, 5, D), doc_id="d1"), make_gold((0, 5, D), doc_id="d2")]
    report = evaluate(golds, [make_record((0, 5, D), doc_id="d1")])
    assert (report.micro.gold, report.micro.predicted, report.missing) == (2, 1, ("d2",))
    assert [(p.gold, p.predicted) for p in assign([Span(0, 5, D)], [])] == [(Span(0, 5, D), None)]


@pytest.mark.parametrize("empty", [{"d1"}, {"d3"}, {"d1", "d2", "d3"}], ids=["first", "last", "all"])
def test_08_empty_documents_may_stand_anywhere(empty: set[str]) -> None:
    names = ("d1", "d2", "d3")
    golds = [make_gold(*([] if name in empty else [(0, 5, D)]), doc_id=name) for name in names]
    records = [make_record(*([] if name in empty else [(0, 5, D)]), doc_id=name) for name in names]
    assert evaluate(golds, records).micro.f1 == (None if len(empty) == 3 else 1.0)
    table = schema_table(score_documents(golds, {record.doc_id: record for record in records}))
    assert table.splitlines()[1].split()[1] == ("n/a" if len(empty) == 3 else "1.000")


def test_09_what_is_predicted_where_gold_is_empty_is_spurious() -> None:
    golds = [make_gold((0, 5, D), doc_id="d1"), make_gold(doc_id="d2")]
    records = [make_record((0, 5, D), doc_id="d1"), make_record((0, 5, D), doc_id="d2")]
    assert evaluate(golds, records).micro.precision == 0.5
    assert score_documents(golds, {r.doc_id: r for r in records}).overall["strict"].spu == 1


def test_10_spans_are_scored_not_tags() -> None:
    """Two gold spans side by side are two: no tag scheme may glue them to one, nor make one span of its pieces."""
    side_by_side = [(0, 5, P), (5, 9, P)]
    assert score(side_by_side, [(0, 9, P)]).overall["strict"].f1 == 0
    assert score([(0, 9, P)], side_by_side).overall["strict"].f1 == 0
    assert score(side_by_side, side_by_side).overall["strict"].cor == 2


@pytest.mark.parametrize("side", [0, 1])
def test_11_a_label_that_is_not_on_the_list_is_told(side: int) -> None:
    sides = ([(0, 5, "PLACE")], [(0, 5, D)])
    with pytest.raises(UsageError, match="unknown label 'PLACE'"):
        score(sides[side], sides[1 - side])


@given(spans, spans)
def test_12_each_span_is_credited_once(gold: Rows, predicted: Rows) -> None:
    pairs = assign([Span(*span) for span in gold], [Span(*span) for span in predicted])
    assert sorted(pair.gold for pair in pairs if pair.gold) == sorted(gold)
    assert sorted(pair.predicted for pair in pairs if pair.predicted) == sorted(predicted)


@pytest.mark.parametrize("bad", [(5, 3), (4, 4), (-2, 3)])
def test_13_a_span_that_ends_before_it_starts_is_told(bad: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match=rf"predicted span {bad[0]}\.\.{bad[1]} DATE"):
        score([], [(*bad, D)])


def test_14_gold_that_does_not_lie_on_its_text_is_told_with_place_and_mend(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "text").mkdir()
    gold = make_gold((1, 6, D)).model_dump_json().replace("xxxxx", "8/8/2")
    (tmp_path / "gold" / "d1.json").write_text(gold, "utf-8")
    (tmp_path / "text" / "d1.txt").write_text("8/8/2 rồi", "utf-8")
    with pytest.raises(GoldError, match=r"d1\.json: "):
        load_gold(tmp_path / "gold")


def test_15_offsets_that_an_editor_changed_are_set_right_by_the_quote_and_told() -> None:
    text = "🌾 Bà  Lê Thị Hòa.\nBà Lê Thị Hòa về."
    start = text.index("Lê Thị Hòa")
    in_utf16, in_crlf = utf16_offsets(text)[start], text.replace("\n", "\r\n").rindex("Lê Thị Hòa")
    assert reground(text, in_utf16, in_utf16 + 10, "Lê Thị Hòa") == (start, start + 10, -1)
    assert reground(text, in_crlf, in_crlf + 10, "Lê Thị Hòa") == (text.rindex("Lê Thị Hòa"), text.rindex("Lê Thị Hòa") + 10, -1)
    assert reground(text, start - 4, start + 10, "Bà Lê Thị Hòa") == (start - 4, start + 10, 0)  # two spaces made one


def test_16_intervals_are_seeded_and_draw_documents_not_mentions() -> None:
    golds = [make_gold((0, 5, D), (10, 15, D), doc_id=f"d{n}") for n in range(12)]
    records = [make_record((0, 5, D), (10, 15 - n % 2, D), doc_id=f"d{n}") for n in range(12)]
    report = evaluate(golds, records)
    assert intervals(report) == intervals(report)
    assert intervals(report).seed is not None
    one = evaluate(golds[1:2], records[1:2])  # one document is always drawn whole: half right, whatever is drawn
    micro = intervals(one).figures["micro"]
    assert micro is not None
    assert micro.low == micro.value == micro.high == 0.5


def test_17_macro_averages_a_fixed_list_and_nothing_is_not_zero() -> None:
    found = score([(0, 5, D), (6, 9, T)], [(0, 5, D), (6, 9, T), (10, 12, O)])
    macro = macro_f1(found, "strict")
    assert (macro.f1, macro.averaged) == (pytest.approx(2 / 3), 3)
    assert found.by_label[P]["strict"].f1 is None
    assert macro_f1(score([], []), "strict").f1 is None


def test_18_the_tables_of_the_page_on_evaluation_are_made_by_the_code() -> None:
    examples = [example.want for example in doctest.DocTestParser().get_examples(PAGE.read_text("utf-8"))]
    assert any(" ".join(["gold", "|", "predicted", "|", *SCHEMAS]) == " ".join(want.split()) for want in examples)
    assert doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8").failed == 0


def test_19_what_the_docstrings_say_of_the_schemas_is_what_they_count() -> None:
    """The table at the head of the module, row by row, against the verdicts on a pair of each kind."""
    a = Span(0, 9, T)
    same, other_label, other_span, other = (span_schemas.Pair(a, b) for b in (a, Span(0, 9, O), Span(0, 5, T), Span(0, 5, O)))
    rows = [line.strip("| ").split(" | ") for line in inspect.cleandoc(span_schemas.__doc__ or "").splitlines() if line.startswith("| `")]
    assert [row[0].strip("`") for row in rows] == list(SCHEMAS)
    claims = {"same span, same label": {same}, "same span": {same, other_label}, "same label": {same, other_span}}
    for schema, (_, correct, partly, _) in zip(SCHEMAS, rows, strict=True):
        found = {pair: pair.verdict(schema) for pair in (same, other_label, other_span, other)}
        assert {pair for pair, verdict in found.items() if verdict == "COR"} == claims[correct]
        partial = {"-": set(), "another span": {other_span, other}, "another span, same label": {other_span}}[partly]
        assert {pair for pair, verdict in found.items() if verdict == "PAR"} == partial
    assert doctest.testmod(span_schemas).failed == 0


@pytest.mark.slow
def test_20_ten_thousand_documents_are_scored_at_once() -> None:
    gold = make_gold(*[(20 * n, 20 * n + 9, LABELS[n % 5]) for n in range(20)])
    record = make_record(*[(20 * n, 20 * n + 9 - n % 3, LABELS[n % 5]) for n in range(20)])
    golds = [gold.model_copy(update={"doc_id": f"d{n}"}) for n in range(10_000)]
    records = [record.model_copy(update={"doc_id": f"d{n}"}) for n in range(10_000)]
    assert len(evaluate(golds, records).documents) == 10_000
    assert score_documents(golds, {r.doc_id: r for r in records}).overall["strict"].possible == 200_000
