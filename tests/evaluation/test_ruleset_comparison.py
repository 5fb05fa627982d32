"""What two sets of rules read differently: counted, shown, bounded."""

from __future__ import annotations

from typing import Any

import pytest

from minutes_extract.batch.outcome import Failed
from minutes_extract.errors import UsageError
from minutes_extract.evaluation.ruleset_comparison import compare_records, differences, score_lines

from .conftest import make_record


def official(name: str, *posts: tuple[str, str | None]) -> dict[str, Any]:
    positions = [{"title": title, "organization": organization} for title, organization in posts]
    return {"id": "o1", "name": name, "positions": positions, "confidence": "strong"}


A = make_record((0, 4, "DATE", {"value": "2023"}), (5, 9, "TITLE"), (20, 24, "DATE"), officials=[official("An", ("Giám đốc", None))])
B = make_record((0, 4, "DATE", {"value": "2024"}), (5, 9, "ORGANIZATION"), (20, 24, "DATE"), officials=[official("An", ("Giám đốc", "Sở"))])


def test_each_kind_of_difference_is_told_once() -> None:
    assert [(d.kind, d.label) for d in differences(A, B)] == [
        ("value", "DATE"),
        ("gained", "ORGANIZATION"),
        ("lost", "TITLE"),
        ("post lost", ""),
        ("post gained", ""),
    ]


def test_a_record_does_not_differ_from_itself() -> None:
    assert list(differences(A, A)) == []


def test_people_and_the_meeting_are_compared() -> None:
    meeting = {"title": None, "kind": "visit", "date": "2024-03-12", "part_of_day": None}
    found = list(differences(make_record(), make_record(officials=[official("An")], meeting=meeting)))
    assert [d.kind for d in found] == ["person gained", "meeting"]
    assert "date: None -> '2024-03-12'" in found[1].told


def test_counts_come_first_and_examples_are_bounded() -> None:
    result = compare_records([A, A.model_copy(update={"doc_id": "d2"})], [B, B.model_copy(update={"doc_id": "d2"})], limit=1)
    assert (result.documents, result.changed, result.same) == (2, 2, 4)
    assert result.counts["lost"] == {"TITLE": 2}
    assert len(result.examples["lost"]) == 1
    assert result.by_document == {"d1": 5, "d2": 5}
    told = str(result).splitlines()
    assert told[0] == "2 documents compared, 2 differ; 4 mentions are the same"
    assert "mentions only in A (1 of 2)" in told


def test_failures_are_told_and_not_compared() -> None:
    failed = Failed("d1", "d1.txt", "extract", "a fault")
    result = compare_records([A], [failed])
    assert result.documents == 0
    assert "1 failed under B: d1" in str(result)


@pytest.mark.parametrize("others", [[], [B.model_copy(update={"doc_id": "d7"})]])
def test_runs_over_other_documents_are_refused(others: list[Any]) -> None:
    with pytest.raises(UsageError, match="not over the same documents"):
        compare_records([A], others)


def test_scores_stand_beside_each_other() -> None:
    lines = list(score_lines([("micro (strict)", 0.5, 0.75), ("meeting date", None, 1.0)]))
    assert lines[1].split()[-3:] == ["0.500", "0.750", "+0.250"]
    assert lines[2].split()[-3:] == ["n/a", "1.000", "n/a"]
