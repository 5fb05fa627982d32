"""Strong and weak mentions against gold: shares and precisions by label and by evidence."""

from __future__ import annotations

from typing import Any

import pytest

from minutes_extract.batch.outcome import Extracted, Failed
from minutes_extract.errors import GoldError
from minutes_extract.evaluation.calibration import calibration
from minutes_extract.evaluation.gold_loading import load_gold
from minutes_extract.evaluation.judged import judge

from .conftest import make_gold, make_record

WEAK = {"confidence": "weak", "evidence": ["body.head", "body.bare"]}
STRONG = {"evidence": ["body.head"]}


def test_shares_and_precisions_by_hand() -> None:
    gold = make_gold((0, 4, "ORGANIZATION"), (5, 9, "ORGANIZATION"), (10, 14, "DATE"))
    record = make_record((0, 4, "ORGANIZATION", STRONG), (5, 9, "ORGANIZATION", WEAK), (20, 24, "ORGANIZATION", WEAK), (10, 14, "DATE", {}))
    result = calibration([gold], [record])
    assert result.share("weak", "ORGANIZATION") == pytest.approx(2 / 3)
    assert result.precision("weak", "ORGANIZATION") == 0.5
    assert result.precision("strong", "ORGANIZATION") == 1.0
    assert result.share("weak") == 0.5
    assert result.precision("weak", "TRADEMARK") is None
    assert (result.evidence["ORGANIZATION"]["body.head"].mentions, result.evidence["ORGANIZATION"]["body.head"].right) == (3, 2)
    assert "ORGANIZATION weak" in str(result)
    assert "body.bare" in str(result)


def test_neutral_regions_and_bare_heads_count_neither_way() -> None:
    gold = make_gold((0, 4, "DATE"), neutral=[(50, 60)])
    record = make_record((55, 70, "DATE"), (80, 82, "ORGANIZATION", {"text": "Sở"}), (0, 4, "DATE"))
    assert [judged.right for judged in judge([gold], [record])] == [None, None, True]


def test_documents_without_gold_and_failures_are_not_judged() -> None:
    record = make_record((0, 4, "DATE"), doc_id="d9")
    failed = Failed("d1", "d1.txt", "reading", "d1.txt: the file is empty")
    assert [judged.right for judged in judge([make_gold()], [record, failed])] == [None]


def test_another_text_than_that_of_the_gold_is_refused() -> None:
    with pytest.raises(GoldError, match="another text"):
        list(judge([make_gold()], [make_record(sha256="1" * 64)]))


@pytest.mark.parametrize("folder", ["devset", "minutes"])
def test_confidence_means_something_on_documents_with_gold(folder: str, shared: Any) -> None:
    """Strong mentions are right, weak ones few and (where anything is wrong) clearly worse."""
    from minutes_extract.batch.many import extract_many

    result = calibration(load_gold(shared / folder / "gold"), _extracted(extract_many(shared / folder / "text")))
    strong, weak, share = result.precision("strong"), result.precision("weak"), result.share("weak")
    assert strong is not None and strong >= 0.97
    assert share is not None and share <= 0.15
    assert weak is not None and (weak < strong - 0.05 or strong == 1.0)


def _extracted(outcomes: Any) -> list[Extracted]:
    return [outcome for outcome in outcomes if isinstance(outcome, Extracted)]
