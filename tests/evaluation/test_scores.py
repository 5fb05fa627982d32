"""The scores against tables counted by hand, against the reference scorer, and against what a score must never do."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract import Extracted, Failed, evaluate, load_gold
from minutes_extract.errors import GoldError, UsageError
from minutes_extract.evaluation.facts_scored import FIGURE_TITLES
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.matching import Span, overlapping_pairs
from minutes_extract.evaluation.scores import Count, Report
from minutes_extract.evaluation.span_schemas import macro_f1, score_spans
from minutes_extract.records import LABELS, MinutesRecord

from .conftest import make_gold, make_record

D, O, T = "DATE", "ORGANIZATION", "TITLE"  # noqa: E741


def counts(count: Count) -> tuple[int, int, int]:
    return (count.gold, count.predicted, count.correct)


@pytest.mark.parametrize(
    ("gold", "predicted", "strict", "overlap"),
    [
        pytest.param([(0, 5, D)], [(0, 5, D)], (1, 1, 1), (1, 1, 1), id="same"),
        pytest.param([(0, 5, D)], [(0, 4, D)], (1, 1, 0), (1, 1, 1), id="short"),
        pytest.param([(0, 5, D)], [(5, 9, D)], (1, 1, 0), (1, 1, 0), id="touching is not overlapping"),
        pytest.param([(0, 5, D)], [], (1, 0, 0), (1, 0, 0), id="missed"),
        pytest.param([], [(0, 5, D)], (0, 1, 0), (0, 1, 0), id="gold without spans still punishes"),
        pytest.param([(0, 5, D)], [(0, 5, T)], (1, 0, 0), (1, 0, 0), id="wrong label"),
        pytest.param([(0, 4, D), (6, 9, D)], [(0, 9, D)], (2, 1, 0), (2, 1, 1), id="a giant span answers once"),
        pytest.param([(0, 9, D)], [(0, 4, D), (5, 9, D)], (1, 2, 0), (1, 2, 1), id="two halves answer once"),
        pytest.param([(0, 9, D), (2, 5, D)], [(2, 5, D), (0, 9, D)], (2, 2, 2), (2, 2, 2), id="nested"),
        pytest.param([(0, 9, D), (8, 20, D)], [(1, 9, D), (2, 7, D)], (2, 2, 0), (2, 2, 2), id="the best pairing, not the first"),
        pytest.param([(0, 5, D)], [(0, 5, D), (0, 5, D)], (1, 1, 1), (1, 1, 1), id="a span given twice counts once"),
    ],
)
def test_spans_are_counted_as_by_hand(gold: Any, predicted: Any, strict: Any, overlap: Any) -> None:
    report = evaluate([make_gold(*gold)], [make_record(*predicted)])
    assert counts(report.labels[D]) == strict
    assert counts(report.overlaps[D]) == overlap


@pytest.mark.parametrize(
    ("predicted", "counted"),
    [
        pytest.param((10, 15, O), 0, id="inside a neutral region"),
        pytest.param((18, 25, O), 0, id="reaching into it"),
        pytest.param((20, 25, O), 1, id="touching it"),
        pytest.param((12, 14, D), 1, id="gold inside a neutral region counts"),
        pytest.param((30, 32, O, {"text": "Sở"}), 0, id="a bare head"),
        pytest.param((30, 32, T, {"text": "Sở"}), 1, id="a bare head of another label"),
    ],
)
def test_neutral_regions_count_neither_way(predicted: Any, counted: int) -> None:
    gold = make_gold((12, 14, D), neutral=[(10, 20)])
    assert evaluate([gold], [make_record(predicted)]).micro.predicted == counted


def test_undefined_is_none_and_printed_as_such() -> None:
    report = evaluate([make_gold()], [make_record()])
    assert (report.micro.precision, report.micro.recall, report.micro.f1) == (None, None, None)
    assert "n/a" in str(report)
    assert "0.000" not in str(report)


def test_a_document_without_prediction_has_missed_everything() -> None:
    golds = [make_gold((0, 5, D)), make_gold((0, 5, D), doc_id="d2"), make_gold((0, 5, D), doc_id="d3")]
    report = evaluate(golds, [make_record((0, 5, D)), Failed("d3", None, "reading", "empty"), make_record(doc_id="d9")])
    assert counts(report.micro) == (3, 1, 1)
    assert (report.missing, report.failed, report.extra) == (("d2", "d3"), ("d3",), ("d9",))
    assert "1 failed" in str(report)
    assert "1 without a prediction (all their gold counts as missed): d2" in str(report)
    assert "d9" in str(report)


PEOPLE = [{"name": "Lê Thị Hòa", "positions": [{"title": "PCT", "organization": "UBND TP. Cần Thơ"}]}, {"name": "Ngô An"}]


def official(number: int, name: str, *positions: dict[str, Any]) -> dict[str, Any]:
    return {"id": f"o{number}", "name": name, "positions": positions, "confidence": "strong"}


def test_record_figures_are_counted_as_by_hand() -> None:
    meeting = {"kind": "other", "date": "2023-08-08", "chairs": ["Lê Thị Hòa"], "delegation_heads": ["Ngô An"]}
    gold = make_gold(officials=PEOPLE, meeting=meeting, trademarks=[{"name": "Cam Xã Đoài", "kind": "collective"}])
    record = make_record(
        officials=[
            official(1, "Lê Thị Hoà", {"title": "Phó Chủ tịch", "organization": "Uỷ ban nhân dân thành phố Cần Thơ"}),
            official(2, "Ngô Ân", {"title": "Giám đốc", "organization": None}),
        ],
        meeting={"title": None, "kind": "other", "date": "2023-08-08", "part_of_day": None, "chairs": ["Lê Thị Hòa", "Ngô An"]},
        trademarks=[{"name": "cam Xã Đoài", "kind": "trademark"}, {"name": "Bưởi Năm Roi", "kind": "trademark"}],
    )
    figures = evaluate([gold], [record]).figures
    assert {name: counts(count) for name, count in figures.items()} == {
        "persons": (2, 2, 1),
        "posts": (1, 2, 1),
        "positions": (1, 2, 1),
        "marks": (1, 2, 1),
        "heads": (2, 2, 1),
        "date_values": (0, 0, 0),
        "meeting_dates": (1, 1, 1),
        "date_precisions": (0, 0, 0),
        "titles": (1, 1, 1),
        "organizations": (1, 1, 1),
    }


POST, BODY = "Giám đốc", "Sở Nội vụ"


@pytest.mark.parametrize(
    ("gold", "predicted", "titles", "bodies"),
    [
        pytest.param([("An", POST, BODY)], [("An", POST, BODY)], (1, 1, 1), (1, 1, 1), id="same"),
        pytest.param([("An", "PGĐ", "UBND TP. Huế")], [("An", "Phó Giám đốc", "Ủy ban nhân dân thành phố Huế")], (1, 1, 1), (1, 1, 1), id="spelt in another way"),
        pytest.param([("An", POST, BODY)], [("An", "Phó Giám đốc", BODY)], (1, 1, 0), (1, 1, 1), id="another rank of the same body"),
        pytest.param([("An", POST, BODY)], [("An", POST, "Bộ Nội vụ")], (1, 1, 1), (1, 1, 0), id="the same post of another body"),
        pytest.param([("An", POST, BODY)], [("An", POST, None)], (1, 1, 1), (1, 0, 0), id="no body given"),
        pytest.param([("An", POST, None)], [("An", POST, BODY)], (1, 1, 1), (0, 1, 0), id="a body invented"),
        pytest.param([("An", POST, BODY)], [("Ân", POST, BODY)], (0, 0, 0), (0, 0, 0), id="nobody whom both sides name"),
        pytest.param([("An", POST, BODY), ("Bình", POST, BODY)], [("An", POST, BODY)], (1, 1, 1), (1, 1, 1), id="who is missed is no matter here"),
        pytest.param([("An", POST, BODY)], [("An", POST, BODY), ("Bình", POST, BODY)], (1, 1, 1), (1, 1, 1), id="nor who is invented"),
        pytest.param([("An", POST, BODY), ("An", "Bí thư", BODY)], [("An", POST, BODY)], (2, 1, 1), (1, 1, 1), id="two posts of one body"),
    ],
)  # fmt: skip
def test_titles_and_bodies_are_judged_on_the_people_both_sides_name(gold: Any, predicted: Any, titles: Any, bodies: Any) -> None:
    def people(rows: Any) -> list[dict[str, Any]]:
        held: dict[str, list[dict[str, Any]]] = {}
        for name, title, body in rows:
            held.setdefault(name, []).append({"title": title, "organization": body})
        return [official(number, name, *positions) for number, (name, positions) in enumerate(held.items())]

    named = [{"name": one["name"], "positions": one["positions"]} for one in people(gold)]
    figures = evaluate([make_gold(officials=named)], [make_record(officials=people(predicted))]).figures
    assert (counts(figures["titles"]), counts(figures["organizations"])) == (titles, bodies)


@pytest.mark.parametrize(
    ("value", "answer", "precision", "right"),
    [
        pytest.param("2022-06-21", "2022-06-21", (1, 1, 1), 1, id="same"),
        pytest.param("2022-06-21", "2022-06-12", (1, 1, 1), 0, id="another day, as precise"),
        pytest.param("2022-06", "2022-06-21", (1, 1, 0), 0, id="a day for a month"),
        pytest.param("2022", "2022-06", (1, 1, 0), 0, id="a month for a year"),
        pytest.param("2022-06-21T14:30:00+07:00", "2022-06-21", (1, 1, 0), 0, id="the time is lost"),
        pytest.param("2021/2030", "2021", (1, 1, 0), 0, id="the start for the range"),
        pytest.param("2021/2030", "2021/2025", (1, 1, 1), 0, id="another range"),
        pytest.param("XXXX-06-21", "2022-06-21", (1, 1, 0), 0, id="a year that nobody told"),
        pytest.param("2022-06-21", None, (1, 0, 0), 0, id="found without a value"),
        pytest.param(None, "2022-06-21", (0, 0, 0), 0, id="gold without a value"),
    ],
)
def test_the_precision_of_a_date_is_judged_where_its_span_is_found(
    value: str | None, answer: str | None, precision: Any, right: int
) -> None:
    mentions = [{"start": start, "end": start + 5, "label": D, "text": "xxxxx", "value": value} for start in (0, 20)]
    gold = GoldDocument.model_validate({**make_gold().model_dump(), "mentions": mentions})
    figures = evaluate([gold], [make_record((0, 5, D, {"value": answer}), (20, 26, D, {"value": value}))]).figures
    assert counts(figures["date_precisions"]) == precision
    assert figures["date_values"].correct == right


def test_the_four_levels_are_told_in_80_columns() -> None:
    report = evaluate([make_gold((0, 5, D), officials=PEOPLE)], [make_record((0, 5, D), (7, 9, T))])
    lines = str(report).splitlines()
    heads = [line.split()[0] for line in lines if "precision" in line and "F1" in line]
    assert heads == ["spans", "values", "links", "records"]
    for title in ("micro (strict)", *FIGURE_TITLES.values()):
        assert sum(line.startswith(f"{title}  ") for line in lines) == 1, title
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize(
    ("gold", "predicted", "macro"),
    [
        pytest.param([(0, 5, D)], [(0, 5, D)], (1.0, 1), id="labels without a span on either side are left out"),
        pytest.param([(0, 5, D)], [(0, 5, D), (7, 9, T)], (0.5, 2), id="a label only predicted is 0, not undefined"),
        pytest.param([(0, 5, D), (7, 9, T)], [(0, 5, D)], (0.5, 2), id="as is one only in gold"),
        pytest.param([], [], (None, 0), id="nothing"),
    ],
)
def test_the_macro_f1_says_how_many_labels_it_averages(gold: Any, predicted: Any, macro: tuple[float | None, int]) -> None:
    report = evaluate([make_gold(*gold)], [make_record(*predicted)])
    assert report.macro == macro
    assert f"macro (strict), {macro[1]} of 5" in str(report)
    assert report.macro == macro_f1(score_spans([Span(*one) for one in gold], [Span(*one) for one in predicted], LABELS), "strict")


def test_a_date_value_counts_only_where_the_span_is_found() -> None:
    gold = make_gold()
    mentions = [
        {"start": s, "end": s + 4, "label": D, "text": "xxxx", "value": v} for s, v in ((0, "2021"), (10, "2022"), (20, "2023"), (30, None))
    ]
    gold = GoldDocument.model_validate({**gold.model_dump(), "mentions": mentions})
    record = make_record((0, 4, D, {"value": "2021"}), (10, 14, D, {"value": "2002"}), (20, 25, D, {"value": "2023"}), (30, 34, D))
    assert counts(evaluate([gold], [record]).figures["date_values"]) == (3, 2, 1)


def test_records_outcomes_files_and_folders_are_taken(tmp_path: Path) -> None:
    golds = [make_gold((0, 5, D))]
    record = make_record((0, 5, D))
    line = record.model_dump_json()
    (tmp_path / "records.jsonl").write_text(f"{line}\n", "utf-8")
    (tmp_path / "one.json").write_text(record.model_dump_json(indent=1), "utf-8")
    expected = evaluate(golds, [record])
    outcomes: list[Any] = [Extracted("d1", None, line)]
    for predictions in (outcomes, tmp_path, str(tmp_path / "records.jsonl"), tmp_path / "one.json", [tmp_path / "one.json"]):
        assert evaluate(golds, predictions) == expected


def test_a_prediction_from_another_text_is_told() -> None:
    with pytest.raises(GoldError, match=r"d1: .*another text"):
        evaluate([make_gold()], [make_record(sha256="1" * 64)])


def test_two_predictions_for_one_document_are_told() -> None:
    with pytest.raises(UsageError, match="d1"):
        evaluate([make_gold()], [make_record(), make_record()])


def test_no_gold_is_told() -> None:
    with pytest.raises(UsageError, match="no gold"):
        evaluate([], [])


@pytest.mark.parametrize("text", ["[]\n", "{}\n", "not json\n", '{"doc_id": 1}\n'])
def test_a_line_that_is_no_record_is_told_with_file_and_line(text: str, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text(text)
    with pytest.raises(UsageError, match=r"r\.jsonl: line 1 is not a record"):
        evaluate([make_gold()], tmp_path / "r.jsonl")


def test_a_report_survives_json() -> None:
    report = evaluate([make_gold((0, 5, D))], [make_record((0, 5, D))])
    assert Report.model_validate_json(report.model_dump_json()) == report


spans = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8), st.sampled_from([D, O, T])), max_size=8).map(
    lambda rows: [(start, start + size, label) for start, size, label in rows]
)


@given(spans, spans, st.randoms(use_true_random=False))
def test_the_order_of_the_predictions_changes_nothing(gold: Any, predicted: Any, order: random.Random) -> None:
    golds = [make_gold(*dict.fromkeys(gold))]
    before = evaluate(golds, [make_record(*predicted)])
    order.shuffle(predicted)
    assert evaluate(golds, [make_record(*predicted)]) == before


@given(spans)
def test_gold_against_itself_is_perfect(gold: Any) -> None:
    gold = list(dict.fromkeys(gold))
    report = evaluate([make_gold(*gold)], [make_record(*gold)])
    assert report.micro.f1 == report.micro_overlap.f1 == (1.0 if gold else None)


@given(spans, spans)
def test_a_set_scored_twice_over_scores_the_same(gold: Any, predicted: Any) -> None:
    gold = list(dict.fromkeys(gold))
    once = evaluate([make_gold(*gold)], [make_record(*predicted)])
    twice = evaluate([make_gold(*gold), make_gold(*gold, doc_id="d2")], [make_record(*predicted), make_record(*predicted, doc_id="d2")])
    assert (twice.micro.f1, twice.micro_overlap.f1) == (once.micro.f1, once.micro_overlap.f1)


@given(spans, spans)
def test_no_span_is_credited_twice(gold: Any, predicted: Any) -> None:
    golds, answers = [Span(*span) for span in gold], [Span(*span) for span in predicted]
    assert overlapping_pairs(golds, answers) <= min(len(golds), len(answers))


def perturbed(gold: GoldDocument, chance: random.Random) -> MinutesRecord:
    """A record that is right here and wrong there; spans of one label that were apart stay apart."""
    mentions = []
    for mention in gold.mentions:
        fate = chance.random()
        if fate < 0.1:
            continue
        end = mention.end - 1 if fate < 0.2 and mention.end - mention.start > 1 else mention.end
        label = chance.choice(LABELS) if fate > 0.97 else mention.label
        value = mention.value if fate < 0.9 else "1999"
        mentions.append((mention.start, end, label, {"text": mention.text[: end - mention.start], "value": value}))
    for start, end in gold.neutral:
        mentions.append((start, end, "ORGANIZATION"))
    wrong = {"title": "Giám đốc", "organization": None}
    officials = [
        official(number, person.name, *(post.model_dump() if chance.random() < 0.8 else wrong for post in person.positions))
        for number, person in enumerate(gold.officials)
        if chance.random() < 0.9
    ]
    meeting = None
    if gold.meeting is not None and chance.random() < 0.9:
        heads = [official["name"] for official in officials][:2]
        meeting = {**gold.meeting.model_dump(), "chairs": heads, "date": gold.meeting.date if chance.random() < 0.7 else "1999"}
    marks = [{"name": mark.name.upper(), "kind": mark.kind} for mark in gold.trademarks if chance.random() < 0.8]
    return make_record(*mentions, doc_id=gold.doc_id, sha256=gold.sha256, officials=officials, meeting=meeting, trademarks=marks)


@pytest.mark.parametrize("folder", ["devset/gold", "minutes/gold", "gold"])
@pytest.mark.parametrize("seed", [1, 2])
def test_figures_equal_those_of_the_reference_scorer(folder: str, seed: int, shared: Path, tmp_path: Path) -> None:
    golds = load_gold(shared / folder)
    records = [perturbed(gold, random.Random(seed)) for gold in golds]  # noqa: S311
    file = tmp_path / "records.jsonl"
    file.write_text("".join(f"{record.model_dump_json()}\n" for record in records), "utf-8")
    command = [sys.executable, "-B", str(shared / "tools" / "score.py"), str(shared / folder), str(file), "--json"]
    printed = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, env={"PYTHONUTF8": "1"}).stdout
    reference = json.loads(printed.splitlines()[-1])
    report = evaluate(golds, file)
    ours = {label: count.f1 for label, count in report.labels.items()} | {"micro": report.micro.f1}
    names = {"persons": "person", "posts": "post", "positions": "triple", "marks": "mark", "heads": "heads"}
    ours |= {names[name]: report.figures[name].f1 for name in names}
    ours |= {"value": report.figures["date_values"].recall, "mdate": report.figures["meeting_dates"].recall}
    assert ours == pytest.approx(reference, abs=1e-9)
    for label in LABELS:
        row = next(line.split() for line in printed.splitlines() if line.startswith(label))
        assert row[4] == ("n/a" if report.overlaps[label].f1 is None else f"{report.overlaps[label].f1:.3f}")
