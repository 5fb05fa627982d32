"""The spans of a set of documents on the five schemas of `span_schemas`, and which label was taken for which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.scores import counted_spans
from minutes_extract.evaluation.span_schemas import SCHEMAS, SpanScore, macro_f1, score_spans
from minutes_extract.evaluation.table import ratio
from minutes_extract.records import LABELS, MinutesRecord

_WIDTH = 16


def score_documents(gold: Iterable[GoldDocument], records: Mapping[str, MinutesRecord]) -> SpanScore:
    """The summed score of all gold documents; one without a record has missed everything.

    >>> score_documents([], {}).overall["strict"].f1 is None
    True
    """
    total = score_spans([], [], LABELS)
    for document in gold:
        total += score_spans(*counted_spans(document, records.get(document.doc_id)), LABELS)
    return total


def schema_table(score: SpanScore) -> str:
    """Precision, recall, F1 and verdicts by schema, the macro F1, the mean IoU, then the confusion of labels."""
    return "\n".join([*_schema_lines(score), "", *_confusion_lines(score)])


def _schema_lines(score: SpanScore) -> Iterator[str]:
    yield _cells("schema", "precision", "recall", "F1", "macro F1", "COR", "INC", "PAR", "MIS", "SPU")
    for schema in SCHEMAS:
        counts, macro = score.overall[schema], macro_f1(score, schema)
        verdicts = (counts.cor, counts.inc, counts.par, counts.mis, counts.spu)
        yield _cells(schema, *map(ratio, (counts.precision, counts.recall, counts.f1, macro.f1)), *map(str, verdicts))
    labels = macro_f1(score, "strict").averaged
    yield f"macro over {labels} of {len(score.labels)} labels; mean IoU of {score.pairs} pairs {ratio(score.mean_iou)}"


def _confusion_lines(score: SpanScore) -> Iterator[str]:
    sides: tuple[str | None, ...] = (*score.labels, None)
    yield _cells("gold \\ predicted", *(label[:9] if label else "nothing" for label in sides))
    for gold in sides:
        row = (score.confusion.get((gold, predicted), 0) for predicted in sides)
        yield _cells(gold or "nothing", *("-" if gold is None and at == len(sides) - 1 else str(n) for at, n in enumerate(row)))


def _cells(name: str, *cells: str) -> str:
    return f"{name:<{_WIDTH}}" + "".join(f"{cell:>10}" for cell in cells)
