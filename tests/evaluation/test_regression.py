"""Gains and losses against a baseline, by document and figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutes_extract.errors import UsageError
from minutes_extract.evaluation.regression import change_table, changes, read_baseline
from minutes_extract.evaluation.scores import ACCURACIES, RECORD_FIGURES, Count, DocumentScore, Report
from minutes_extract.records import LABELS


def document(doc_id: str, **counts: tuple[int, int, int]) -> DocumentScore:
    made = {name: Count(gold=gold, predicted=predicted, correct=correct) for name, (gold, predicted, correct) in counts.items()}
    strict = {label: made.get(label, Count()) for label in LABELS}
    figures = {name: made.get(name, Count()) for name in (*RECORD_FIGURES, *ACCURACIES)}
    return DocumentScore(doc_id=doc_id, strict=strict, overlap=strict, figures=figures)


@pytest.mark.parametrize(
    ("before", "after", "gain"),
    [
        pytest.param((4, 3, 3), (4, 4, 4), 1, id="one more found"),
        pytest.param((4, 4, 4), (4, 3, 3), -1, id="one lost"),
        pytest.param((4, 5, 4), (4, 4, 4), 1, id="one wrong gone"),
        pytest.param((4, 4, 3), (4, 6, 4), 0, id="one found and one wrong more"),
    ],
)
def test_the_gain_of_a_change(before: tuple[int, int, int], after: tuple[int, int, int], gain: int) -> None:
    (change,) = changes(Report(documents=(document("a", DATE=before),)), Report(documents=(document("a", DATE=after),)))
    assert (change.doc_id, change.figure, change.gain) == ("a", "DATE", gain)


def test_equal_reports_have_no_changes() -> None:
    report = Report(documents=(document("a", DATE=(4, 3, 3)),))
    assert changes(report, report) == ()
    assert "no document has changed" in change_table(report, report)


def test_documents_of_one_side_only_are_named() -> None:
    table = change_table(Report(documents=(document("a"),)), Report(documents=(document("b"),)))
    assert "new since the baseline: b" in table
    assert "only in the baseline: a" in table


def test_losses_come_before_gains() -> None:
    before = Report(documents=(document("a", DATE=(2, 1, 1)), document("b", TITLE=(2, 2, 2))))
    after = Report(documents=(document("a", DATE=(2, 2, 2)), document("b", TITLE=(2, 1, 1))))
    table = change_table(before, after)
    assert table.index("losses:") < table.index("b ") < table.index("gains:") < table.index("a ", table.index("gains:"))


def test_a_baseline_reads_back(tmp_path: Path) -> None:
    report = Report(documents=(document("a", DATE=(4, 3, 3)),))
    file = tmp_path / "baseline.json"
    file.write_text(report.model_dump_json(), encoding="utf-8")
    assert read_baseline(file) == report


@pytest.mark.parametrize("content", [None, b"", b"{}", b"[1]", b"\xff"])
def test_a_baseline_that_is_none_says_how_to_make_one(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UsageError, match="--json"):
        read_baseline(file)
