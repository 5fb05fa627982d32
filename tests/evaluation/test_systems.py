"""Other systems to compare with: what they mark, with exact offsets, and what they say of a wrong name."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutes_extract.errors import UsageError
from minutes_extract.evaluation.gold_loading import load_gold
from minutes_extract.evaluation.scores import evaluate
from minutes_extract.evaluation.systems import gazetteer_spans, ner_spans, read_with
from minutes_extract.rulebook.book import load_rulebook

TEXT = "Ông Trần Khắc Nhựt, Giám đốc Sở Tư pháp phát biểu."


def told(text: str, spans: object) -> list[tuple[str, str]]:
    return [(text[start:end], label) for start, end, label in spans]  # type: ignore[attr-defined]


def test_the_gazetteer_marks_the_words_it_knows() -> None:
    assert told(TEXT, gazetteer_spans(TEXT, load_rulebook())) == [("Giám đốc", "TITLE"), ("Sở Tư pháp", "ORGANIZATION")]


def test_the_gazetteer_asks_nothing_of_the_context() -> None:
    assert told("xét giám đốc thẩm", gazetteer_spans("xét giám đốc thẩm", load_rulebook())) == [("giám đốc", "TITLE")]


@pytest.mark.slow
def test_the_recogniser_marks_people_where_they_stand() -> None:
    text = f"Phần mở đầu.\n\n{TEXT}\nÔng   Trần Khắc Nhựt, Giám đốc Sở Tư pháp phát biểu."
    names = [(text[start:end], label) for start, end, label in ner_spans(text) if label == "OFFICIAL"]
    assert names == [("Trần Khắc Nhựt", "OFFICIAL")] * 2


def test_records_of_a_system_hold_spans_of_the_text_as_read(raw: Path, gold: Path) -> None:
    records = list(read_with("gazetteer", raw))
    assert len(records) == len(load_gold(gold, texts=raw))
    for record in records:
        assert not isinstance(record, str)
        assert record.mentions  # type: ignore[union-attr]
    report = evaluate(load_gold(gold, texts=raw), records)
    assert report.labels["TITLE"].correct > 0
    assert report.labels["OFFICIAL"].predicted == 0
    assert report.labels["OFFICIAL"].precision is None


def test_an_unreadable_document_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    first, second = read_with("gazetteer", tmp_path)
    assert first.doc_id == "a"
    assert "empty" in second.reason  # type: ignore[union-attr]


def test_an_unknown_system_is_named_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"no system 'crf'.*gazetteer, underthesea-ner"):
        next(read_with("crf", "data/raw"))
