"""Scores by document, zone, genre and source: they add up to the whole, with the texts at hand and without."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract import evaluate, load_gold
from minutes_extract.errors import GoldError, UsageError
from minutes_extract.evaluation.counts import Count, total
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.regression import change_table, changes, read_baseline
from minutes_extract.evaluation.scores import VALUE_FIGURES, Report
from minutes_extract.evaluation.slices import SLICES, slice_counts, slice_table
from minutes_extract.evaluation.uncertainty import intervals
from minutes_extract.records import LABELS, MinutesRecord

from .conftest import make_gold, make_record

D, O, T = "DATE", "ORGANIZATION", "TITLE"  # noqa: E741

NOTICE = """\
ỦY BAN NHÂN DÂN
TỈNH AN PHÚ
Số: 12/TB-UBND

THÔNG BÁO
Kết luận của Giám đốc tại buổi họp ngày 08/8/2023

Ngày 09/8/2023, Giám đốc chủ trì cuộc họp với Sở Nội vụ về công tác tháng.

Nơi nhận:
- Sở Nội vụ;
- Lưu: VT.
"""


def triple(count: Count) -> tuple[int, int, int]:
    return (count.gold, count.predicted, count.correct)


def by_place(report: Report) -> dict[tuple[str, str], tuple[int, int, int]]:
    """The zone counts that are not all 0."""
    rows = {(zone, label): triple(count) for zone, labels in report.by_zone.items() for label, count in labels.items()}
    return {place: counts for place, counts in rows.items() if any(counts)}


def put(folder: Path, content: bytes, *words: tuple[str, int, str], doc_id: str = "d1", **fields: Any) -> GoldDocument:
    """Gold on a text beside it, loaded: the words, which occurrence of them, and their label."""
    text = content.decode("utf-8-sig")
    mentions = []
    for word, which, label in words:
        start = -1
        for _ in range(which):
            start = text.index(word, start + 1)
        mentions.append({"start": start, "end": start + len(word), "label": label, "text": word})
    gold = {"doc_id": doc_id, "guidelines": "1.1", "sha256": hashlib.sha256(content).hexdigest(), "mentions": mentions, **fields}
    for name in ("raw", "gold"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "raw" / f"{doc_id}.txt").write_bytes(content)
    (folder / "gold" / f"{doc_id}.json").write_text(json.dumps(gold), "utf-8")
    return next(document for document in load_gold(folder / "gold") if document.doc_id == doc_id)


def same(gold: GoldDocument, **fields: Any) -> MinutesRecord:
    """A record with the spans of `gold`; all its zones are said to be `body`."""
    spans = [(one.start, one.end, one.label, {"text": one.text}) for one in gold.mentions]
    return make_record(*spans, doc_id=gold.doc_id, sha256=gold.sha256, **fields)


@pytest.mark.parametrize(
    ("form", "of"),
    [
        pytest.param(lambda text: text, lambda word: word, id="as it is"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), lambda word: word, id="with CRLF, which shifts the offsets"),
        pytest.param(
            lambda text: "\ufeff" + text.replace(" ", "\u00a0"), lambda word: word.replace(" ", "\u00a0"), id="with BOM and hard spaces"
        ),
    ],
)
def test_the_zone_is_that_of_the_line_a_span_starts_in(form: Any, of: Any, tmp_path: Path) -> None:
    words = [("08/8/2023", 1, D), ("09/8/2023", 1, D), ("Sở Nội vụ", 1, O), ("Sở Nội vụ", 2, O), ("Giám đốc", 2, T)]
    gold = put(tmp_path, form(NOTICE).encode(), *[(of(word), which, label) for word, which, label in words])
    report = evaluate([gold], [same(gold)])
    assert by_place(report) == {
        ("title", D): (1, 1, 1),
        ("body", D): (1, 1, 1),
        ("body", O): (1, 1, 1),
        ("body", T): (1, 1, 1),
        ("recipients", O): (1, 1, 1),
    }
    assert report.documents[0].genre == "notice"
    assert triple(report.by_genre["notice"][D]) == (2, 2, 2)


def test_a_wrong_span_stands_in_its_own_zone(tmp_path: Path) -> None:
    gold = put(tmp_path, NOTICE.encode(), ("Sở Nội vụ", 2, O))
    start = NOTICE.index("Sở Nội vụ")
    report = evaluate([gold], [make_record((start, start + 9, O, {"text": "Sở Nội vụ", "zone": "recipients"}), sha256=gold.sha256)])
    assert by_place(report) == {("recipients", O): (1, 0, 0), ("body", O): (0, 1, 0)}


def test_a_text_that_changed_after_loading_is_told(tmp_path: Path) -> None:
    gold = put(tmp_path, NOTICE.encode(), ("Sở Nội vụ", 1, O))
    (tmp_path / "raw" / "d1.txt").write_text("Văn bản khác.", "utf-8")
    with pytest.raises(GoldError, match=r"d1\.txt: the text was changed"):
        evaluate([gold], [same(gold)])


def test_where_the_text_is_found_is_no_part_of_the_gold(tmp_path: Path) -> None:
    gold = put(tmp_path, NOTICE.encode(), ("Sở Nội vụ", 1, O))
    assert gold.text_path == tmp_path / "raw" / "d1.txt"
    assert "text_path" not in gold.model_dump_json()
    bare = GoldDocument.model_validate_json(gold.model_dump_json())
    assert bare.text_path is None
    assert evaluate([bare], [same(gold)]).documents[0].genre is None


def said(*spans: tuple[int, int, str, str]) -> MinutesRecord:
    return make_record(*[(start, end, label, {"zone": zone}) for start, end, label, zone in spans])


@pytest.mark.parametrize(
    ("gold", "record", "expected"),
    [
        pytest.param((5, 9, D), [(5, 9, D, "lead")], {("lead", D): (1, 1, 1)}, id="the same span"),
        pytest.param((5, 9, D), [(5, 9, T, "lead")], {("lead", D): (1, 0, 0), ("lead", T): (0, 1, 0)}, id="the same place, another label"),
        pytest.param((5, 9, D), [(5, 9, T, "lead"), (5, 9, D, "title")], {("title", D): (1, 1, 1), ("lead", T): (0, 1, 0)}, id="the same label before another"),
        pytest.param((5, 9, D), [(4, 7, D, "lead"), (6, 9, D, "body")], {("body", D): (1, 1, 0), ("lead", D): (0, 1, 0)}, id="the one that shares most"),
        pytest.param((5, 9, D), [(5, 20, D, "lead"), (5, 10, D, "body")], {("body", D): (1, 1, 0), ("lead", D): (0, 1, 0)}, id="of two that cover it the shorter"),
        pytest.param((5, 9, D), [(9, 12, D, "lead")], {("unknown", D): (1, 0, 0), ("lead", D): (0, 1, 0)}, id="touching is not overlapping"),
        pytest.param((5, 9, D), [(5, 9, D, "lead"), (5, 9, D, "body")], {("body", D): (1, 1, 1)}, id="a span given twice has one zone"),
        pytest.param((5, 9, D), [], {("unknown", D): (1, 0, 0)}, id="nothing found"),
    ],
)  # fmt: skip
def test_without_the_text_the_record_tells_the_zone(gold: Any, record: Any, expected: Any) -> None:
    for order in (record, record[::-1]):
        assert by_place(evaluate([make_gold(gold)], [said(*order)])) == expected


def test_neutral_regions_count_in_no_zone() -> None:
    gold = make_gold((12, 14, D), neutral=[(10, 20)])
    record = said((15, 17, O, "title"), (18, 22, O, "title"), (20, 22, O, "lead"))
    assert by_place(evaluate([gold], [record])) == {("unknown", D): (1, 0, 0), ("lead", O): (0, 1, 0)}


zoned = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 8), st.sampled_from([D, O, T]), st.sampled_from(["lead", "body", "title"])), max_size=10
).map(lambda rows: [(start, start + size, label, zone) for start, size, label, zone in rows])
documents = st.lists(st.tuples(zoned, zoned, st.sampled_from([None, "portal", "press"])), min_size=1, max_size=4)


def made(rows: Any, prefix: str = "d") -> tuple[list[GoldDocument], list[MinutesRecord]]:
    golds, records = [], []
    for number, (gold, record, source) in enumerate(rows):
        spans = list(dict.fromkeys(span[:3] for span in gold))
        golds.append(make_gold(*spans, doc_id=f"{prefix}{number}", source=source, neutral=[(25, 28)]))
        mentions = [(start, end, label, {"zone": zone}) for start, end, label, zone in record]
        records.append(make_record(*mentions, doc_id=f"{prefix}{number}"))
    return golds, records


@given(documents)
def test_slices_add_up_to_the_whole_label_by_label(rows: Any) -> None:
    report = evaluate(*made(rows))
    for by in SLICES:
        slices = getattr(report, f"by_{by}")
        assert {label: total(counts[label] for counts in slices.values()) for label in LABELS} == report.labels
        assert total(slice_counts(report, by).values()) == report.micro
    for document in report.documents:
        assert total(count for zone in document.zones.values() for count in zone.values()) == total(document.strict.values())


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> GoldDocument:
    return put(tmp_path_factory.mktemp("notice"), NOTICE.encode())


@given(
    rows=st.lists(st.tuples(st.integers(0, len(NOTICE) - 1), st.integers(1, 30), st.sampled_from([D, O, T]), st.booleans()), max_size=12)
)
def test_zones_of_the_text_add_up_wherever_the_spans_are(rows: list[tuple[int, int, str, bool]], notice: GoldDocument) -> None:
    spans = {(start, min(start + size, len(NOTICE)), label): right for start, size, label, right in rows}
    mentions = make_gold(*(span for span, right in spans.items() if right)).mentions
    report = evaluate([notice.model_copy(update={"mentions": mentions})], [make_record(*spans, sha256=notice.sha256)])
    assert report.documents[0].genre == "notice" and "unknown" not in report.by_zone
    assert {label: total(counts[label] for counts in report.by_zone.values()) for label in LABELS} == report.labels


@given(documents)
def test_documents_twice_over_have_the_same_ratios(rows: Any) -> None:
    once, again = made(rows), made(rows, "e")
    before, after = evaluate(*once), evaluate([*once[0], *again[0]], [*once[1], *again[1]])
    assert before.macro == after.macro
    for by in ("zone", "genre", "source"):
        one, two = slice_counts(before, by), slice_counts(after, by)
        assert {name: (count.precision, count.recall, count.f1) for name, count in one.items()} == {
            name: (count.precision, count.recall, count.f1) for name, count in two.items()
        }
    assert {name: count.f1 for name, count in before.figures.items()} == {name: count.f1 for name, count in after.figures.items()}


@given(documents, st.randoms(use_true_random=False))
def test_the_order_of_records_and_of_their_mentions_changes_nothing(rows: Any, order: random.Random) -> None:
    golds, records = made(rows)
    before = evaluate(golds, records)
    for _, record, _ in rows:
        order.shuffle(record)
    _, shuffled = made(rows)
    order.shuffle(shuffled)
    assert evaluate(golds, shuffled) == before


def test_a_slice_without_spans_is_printed_as_undefined_and_all_is_last() -> None:
    report = evaluate([make_gold((0, 5, D), source="portal"), make_gold(doc_id="d2", source="press")], [said((0, 5, D, "body"))])
    lines = slice_table(report, by="source").splitlines()
    assert [line.split() for line in lines] == [
        ["source", "gold", "predicted", "precision", "recall", "F1"],
        ["portal", "1", "1", "1.000", "1.000", "1.000"],
        ["press", "0", "0", "n/a", "n/a", "n/a"],
        ["all", "1", "1", "1.000", "1.000", "1.000"],
    ]
    assert {len(line) for line in lines} == {80}


def test_slices_with_most_gold_come_first_and_documents_by_name() -> None:
    golds = [
        make_gold((0, 5, D), doc_id="b", source="press"),
        make_gold((0, 5, D), (7, 9, D), doc_id="c", source="portal"),
        make_gold((0, 5, D), doc_id="a", source="gazette"),
    ]
    for order in (golds, golds[::-1]):
        report = evaluate(order, [])
        assert list(slice_counts(report, "source")) == ["portal", "gazette", "press"]
        assert list(slice_counts(report, "document")) == ["a", "b", "c"]


def test_a_long_name_has_a_line_of_its_own() -> None:
    name = "a portal with a name that is too long for a column"
    lines = slice_table(evaluate([make_gold((0, 5, D), source=name)], []), by="source").splitlines()
    assert lines[1] == name and lines[2].split() == ["1", "0", "n/a", "0.000", "0.000"]


@pytest.mark.parametrize("by", ["label", "zones", "", "__class__"])
def test_a_slice_that_there_is_not_is_told(by: str) -> None:
    with pytest.raises(UsageError, match="document, zone, genre, source"):
        slice_table(evaluate([make_gold()], []), by=by)


# reports of an earlier version


def earlier(report: Report) -> Report:
    """As read from a file that knows neither values nor slices."""
    raw = report.model_dump(mode="json")
    for document in raw["documents"]:
        for name in ("source", "genre", "zones"):
            del document[name]
        for name in VALUE_FIGURES:
            del document["figures"][name]
    return Report.model_validate(raw)


def test_a_report_of_an_earlier_version_is_read_scored_and_sliced() -> None:
    report = evaluate([make_gold((0, 5, D)), make_gold(doc_id="d2")], [said((0, 5, D, "body"))])
    old = earlier(report)
    assert by_place(old) == {("unknown", D): (1, 1, 1)}
    assert total(slice_counts(old, "zone").values()) == old.micro == report.micro
    assert old.figures["titles"] == Count() and "canonical title" in str(old)
    assert intervals(old, draws=5).figures["titles"] is None


def test_a_figure_the_baseline_does_not_know_is_neither_gained_nor_lost() -> None:
    people = [{"name": "Lê Thị Hòa", "positions": [{"title": "Giám đốc", "organization": "Sở Nội vụ"}]}]
    report = evaluate([make_gold(officials=people)], [make_record(officials=[{"id": "o1", "confidence": "strong", **people[0]}])])
    assert triple(report.figures["titles"]) == (1, 1, 1)
    assert changes(earlier(report), report) == changes(report, earlier(report)) == ()
    assert "no document has changed" in change_table(earlier(report), report)


def test_the_baseline_of_the_project_can_be_sliced(root: Path) -> None:
    report = read_baseline(root / "benchmarks" / "baseline.json")
    for by in SLICES:
        assert total(slice_counts(report, by).values()) == report.micro


def test_zones_of_text_and_record_are_the_same_for_the_built_in_rules(raw: Path, gold: Path) -> None:
    from minutes_extract import extract_many

    documents = load_gold(gold, texts=raw)
    outcomes = list(extract_many(raw))
    with_texts = evaluate(documents, outcomes)
    without = evaluate([GoldDocument.model_validate(document.model_dump()) for document in documents], outcomes)
    predicted = [
        {zone: sum(count.predicted for count in labels.values()) for zone, labels in report.by_zone.items() if zone != "unknown"}
        for report in (with_texts, without)
    ]
    assert predicted[0] == predicted[1]
    assert with_texts.labels == without.labels
