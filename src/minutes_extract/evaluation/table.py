"""The report as a plain table for the terminal: 80 columns, no colours, `n/a` for what is undefined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from minutes_extract.records import LABELS

if TYPE_CHECKING:
    from minutes_extract.evaluation.scores import Count, Report

SHOWN = 5
"""Document names shown in a remark before `and N more`."""


def report_table(report: Report) -> str:
    """The whole report: spans, then records, then remarks on documents without a counterpart."""
    return "\n".join([*_span_lines(report), "", *_record_lines(report), *_remarks(report)])


def ratio(value: float | None) -> str:
    """Three decimals, or `n/a`.

    >>> ratio(2 / 3), ratio(None)
    ('0.667', 'n/a')
    """
    return "n/a" if value is None else f"{value:.3f}"


def _row(name: str, count: Count, *more: str) -> str:
    cells = [ratio(count.precision), ratio(count.recall), ratio(count.f1), *more]
    return f"{name:<25}" + "".join(f"{cell:>11}" for cell in cells)


def _head(name: str, *cells: str) -> str:
    return f"{name:<25}" + "".join(f"{cell:>11}" for cell in cells)


def _span_lines(report: Report) -> Iterator[str]:
    labels, overlaps = report.labels, report.overlaps
    documents = len(report.documents)
    yield _head(f"{documents} document{'s' if documents != 1 else ''}", "precision", "recall", "F1", "overlap F1", "gold")
    for label in LABELS:
        yield _row(label, labels[label], ratio(overlaps[label].f1), str(labels[label].gold))
    yield _row("micro (strict)", report.micro, ratio(report.micro_overlap.f1), str(report.micro.gold))


def _record_lines(report: Report) -> Iterator[str]:
    from minutes_extract.evaluation.scores import ACCURACIES, RECORD_FIGURES

    figures = report.figures
    yield _head("records", "precision", "recall", "F1", "", "gold")
    for name, title in RECORD_FIGURES.items():
        yield _row(title, figures[name], "", str(figures[name].gold))
    yield _head("", "", "right", "", "", "gold")
    for name, title in ACCURACIES.items():
        yield _head(title, "", ratio(figures[name].recall), "", "", str(figures[name].gold))


def _remarks(report: Report) -> Iterator[str]:
    missing = [doc_id for doc_id in report.missing if doc_id not in report.failed]
    for documents, what in (
        (report.failed, "failed (all their gold counts as missed)"),
        (missing, "without a prediction (all their gold counts as missed)"),
        (report.extra, "without gold (not counted)"),
    ):
        if documents:
            yield f"\n{len(documents)} {what}: {_some(documents)}"


def _some(names: Sequence[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")
