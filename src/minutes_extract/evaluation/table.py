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
    """The whole report, level by level: spans, values, links, records; then remarks on documents without a counterpart."""
    from minutes_extract.evaluation.facts_scored import LEVELS

    lines = list(_span_lines(report))
    for level in LEVELS:
        lines += ["", *_level_lines(report, level)]
    return "\n".join([*lines, *_remarks(report)])


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
    yield f"{documents} document{'s' if documents != 1 else ''}"
    yield _head("spans", "precision", "recall", "F1", "overlap F1", "gold")
    for label in LABELS:
        yield _row(label, labels[label], ratio(overlaps[label].f1), str(labels[label].gold))
    yield _row("micro (strict)", report.micro, ratio(report.micro_overlap.f1), str(report.micro.gold))
    macro = report.macro
    yield _head(f"macro (strict), {macro.averaged} of {len(labels)}", "", "", ratio(macro.f1))


def _level_lines(report: Report, level: str) -> Iterator[str]:
    """The figures of a level with precision, recall and F1, then those of which only the share right is told."""
    from minutes_extract.evaluation.facts_scored import ACCURACIES, FIGURE_TITLES, LEVELS

    figures = report.figures
    yield _head(level, "precision", "recall", "F1", "", "gold")
    for name in LEVELS[level]:
        if name not in ACCURACIES:
            yield _row(FIGURE_TITLES[name], figures[name], "", str(figures[name].gold))
    accuracies = [name for name in LEVELS[level] if name in ACCURACIES]
    if accuracies:
        yield _head("", "", "right", "", "", "gold")
    for name in accuracies:
        yield _head(FIGURE_TITLES[name], "", ratio(figures[name].recall), "", "", str(figures[name].gold))


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
