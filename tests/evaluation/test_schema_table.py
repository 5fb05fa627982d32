"""Span schemas over documents: the same strict figures as `evaluate`, and the table that shows them."""

from __future__ import annotations

from pathlib import Path

from minutes_extract.evaluation.gold_loading import load_gold
from minutes_extract.evaluation.schema_table import schema_table, score_documents
from minutes_extract.evaluation.scores import evaluate, records_by_document
from minutes_extract.evaluation.systems import read_with


def test_strict_figures_are_those_of_the_report(raw: Path, gold: Path) -> None:
    documents, records = load_gold(gold, texts=raw), list(read_with("gazetteer", raw))
    strict = score_documents(documents, records_by_document(records)).overall["strict"]
    micro = evaluate(documents, records).micro
    assert (strict.precision, strict.recall, strict.f1) == (micro.precision, micro.recall, micro.f1)
    assert 0 < micro.correct < micro.gold


def test_a_document_without_a_record_has_missed_everything(raw: Path, gold: Path) -> None:
    documents = load_gold(gold, texts=raw)
    strict = score_documents(documents, {}).overall["strict"]
    assert (strict.cor, strict.spu, strict.mis) == (0, 0, sum(len(document.mentions) for document in documents))


def test_the_table_names_every_schema_and_the_confusion(raw: Path, gold: Path) -> None:
    documents = load_gold(gold, texts=raw)
    table = schema_table(score_documents(documents, records_by_document(read_with("gazetteer", raw))))
    for word in ("strict", "exact", "partial", "partial_typed", "type", "of 5 labels", "mean IoU", "nothing"):
        assert word in table
