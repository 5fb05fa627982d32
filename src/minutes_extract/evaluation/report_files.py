"""The report as files of others: CSV for a spreadsheet or a statistics program, Markdown for the table of a paper.

The CSV is in long form, a line for each figure of each slice:

| column | is |
|---|---|
| `level` | `spans`, `values`, `links` or `records` |
| `slice_kind` | `all`, `label`, `document`, `zone`, `genre` or `source` |
| `slice` | which of them; empty for `all` |
| `figure` | `strict`, `overlap`, `macro`, one of the other schemas, or a figure of `evaluation.facts_scored` |
| `gold`, `predicted`, `correct` | counts; `correct` of `partial` and `partial_typed` counts a part as 0.5 |
| `precision`, `recall`, `f1` | shares from 0 to 1; empty for 0/0; dates that are right or wrong have `recall` only |
| `low`, `high` | the interval of `f1`, or of `recall` where there is no `f1`; empty where none was drawn |
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TypeAlias

from minutes_extract.batch.output import replace_bytes, told
from minutes_extract.evaluation.facts_scored import ACCURACIES, FIGURE_TITLES, LEVELS
from minutes_extract.evaluation.scores import Count, Report
from minutes_extract.evaluation.slices import SLICES, slice_counts
from minutes_extract.evaluation.span_schemas import SCHEMAS, SchemaCounts, SpanScore, macro_f1
from minutes_extract.evaluation.uncertainty import MICRO, Interval, Intervals
from minutes_extract.export.table_csv import defused
from minutes_extract.records import LABELS, Tool

COLUMNS = ("level", "slice_kind", "slice", "figure", "gold", "predicted", "correct", "precision", "recall", "f1", "low", "high")

_Cell: TypeAlias = str | int | float | None


def write_csv(
    path: Path, report: Report, intervals: Intervals | None = None, schemas: SpanScore | None = None, blind: Collection[str] = ()
) -> None:
    """Write `report_csv` as UTF-8 with a byte order mark, by which spreadsheets know it.

    Raises:
        OutputError: the file cannot be written.
    """
    with told(path):
        replace_bytes(path, report_csv(report, intervals, schemas, blind).encode("utf-8-sig", "backslashreplace"))


def write_markdown(
    path: Path, report: Report, intervals: Intervals | None = None, schemas: SpanScore | None = None, tool: Tool | None = None
) -> None:
    """Write `report_markdown` as UTF-8.

    Raises:
        OutputError: the file cannot be written.
    """
    with told(path):
        replace_bytes(path, report_markdown(report, intervals, schemas, tool).encode("utf-8", "backslashreplace"))


def report_csv(report: Report, intervals: Intervals | None = None, schemas: SpanScore | None = None, blind: Collection[str] = ()) -> str:
    """All figures of a report in long form, with CRLF. A name that a spreadsheet would take for a formula gets an apostrophe before it.

    The documents of `blind` count in all sums, but have no lines of their own.
    """
    content = io.StringIO()
    lines = csv.writer(content, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    for row in _csv_rows(report, intervals, schemas, blind):
        lines.writerow([_csv_cell(cell) for cell in row])
    return content.getvalue()


def report_markdown(report: Report, intervals: Intervals | None = None, schemas: SpanScore | None = None, tool: Tool | None = None) -> str:
    """Tables of labels, of the other levels and, where given, of the schemas; then how they were reached.

    A figure with its interval is written `.912 [.897, .926]`, 0/0 is `n/a`. `tool`: what made the records, as they say themselves.
    """
    return "\n".join([*_label_lines(report, intervals), "", *_figure_lines(report, intervals), *_schema_lines(schemas), "",
                      *_method_lines(report, intervals, tool), ""])  # fmt: skip


# CSV


def _csv_rows(
    report: Report, intervals: Intervals | None, schemas: SpanScore | None, blind: Collection[str]
) -> Iterator[tuple[_Cell, ...]]:
    yield "spans", "all", "", "strict", *_shares(report.micro, _interval(intervals, MICRO))
    yield "spans", "all", "", "overlap", *_shares(report.micro_overlap)
    yield "spans", "all", "", "macro", None, None, None, None, None, report.macro.f1, None, None
    for label, count in report.labels.items():
        yield "spans", "label", label, "strict", *_shares(count, _interval(intervals, label))
        yield "spans", "label", label, "overlap", *_shares(report.overlaps[label])
    if schemas is not None:
        yield from _schema_rows(schemas)
    for level, name in _figures():
        yield level, "all", "", name, *_figure(name, report.figures[name], _interval(intervals, name))
    for kind in SLICES:
        for part, count in slice_counts(report, kind).items():
            if kind != "document" or part not in blind:
                yield "spans", kind, part, "strict", *_shares(count)
    for document in sorted((one for one in report.documents if one.doc_id not in blind), key=lambda one: one.doc_id):
        for level, name in _figures():
            yield level, "document", document.doc_id, name, *_figure(name, document.figures.get(name, Count()), None)


def _schema_rows(schemas: SpanScore) -> Iterator[tuple[_Cell, ...]]:
    for schema in SCHEMAS:
        if schema != "strict":  # stands above already
            yield "spans", "all", "", schema, *_verdicts(schemas.overall[schema])
            for label in schemas.labels:
                yield "spans", "label", label, schema, *_verdicts(schemas.by_label[label][schema])


def _figures() -> Iterator[tuple[str, str]]:
    return ((level, name) for level, names in LEVELS.items() for name in names)


def _figure(name: str, count: Count, interval: Interval | None) -> tuple[_Cell, ...]:
    gold, predicted, correct, precision, recall, f1, low, high = _shares(count, interval)
    return (gold, predicted, correct, *((None, recall, None) if name in ACCURACIES else (precision, recall, f1)), low, high)


def _shares(count: Count, interval: Interval | None = None) -> tuple[_Cell, ...]:
    bounds = (interval.low, interval.high) if interval else (None, None)
    return (count.gold, count.predicted, count.correct, count.precision, count.recall, count.f1, *bounds)


def _verdicts(counts: SchemaCounts) -> tuple[_Cell, ...]:
    return (counts.possible, counts.actual, counts.credit, counts.precision, counts.recall, counts.f1, None, None)


def _csv_cell(cell: _Cell) -> str | int:
    """
    >>> _csv_cell("=1+1"), _csv_cell(2 / 3), _csv_cell(None), _csv_cell(-3)
    ("'=1+1", '0.666667', '', -3)
    """
    if isinstance(cell, float):
        return f"{cell:.6f}"
    if isinstance(cell, str):
        return str(defused(cell))
    return "" if cell is None else cell


def _interval(intervals: Intervals | None, name: str) -> Interval | None:
    return None if intervals is None else intervals.figures.get(name)


# Markdown


def _label_lines(report: Report, intervals: Intervals | None) -> Iterator[str]:
    yield from _head("label", "gold", "P", "R", "F1")
    for label in LABELS:
        yield _count_line(label, report.labels[label], _interval(intervals, label))
    yield _count_line("micro", report.micro, _interval(intervals, MICRO))
    yield _line(f"macro ({report.macro.averaged} of {len(LABELS)} labels)", "", "", "", _share(report.macro.f1))


def _figure_lines(report: Report, intervals: Intervals | None) -> Iterator[str]:
    yield from _head("level", "figure", "gold", "P", "R", "F1")
    for level, name in _figures():
        count, interval = report.figures[name], _interval(intervals, name)
        if name in ACCURACIES:
            shares = ("", _share(count.recall, interval), "")
        else:
            shares = (_share(count.precision), _share(count.recall), _share(count.f1, interval))
        yield _line(level, FIGURE_TITLES[name], str(count.gold), *shares)


def _schema_lines(schemas: SpanScore | None) -> Iterator[str]:
    if schemas is None:
        return
    yield ""
    yield from _head("schema", "P", "R", "F1", "macro F1")
    for schema in SCHEMAS:
        counts = schemas.overall[schema]
        yield _line(schema, *map(_share, (counts.precision, counts.recall, counts.f1, macro_f1(schemas, schema).f1)))
    yield _line("mean IoU", "", "", _share(schemas.mean_iou), "")


def _method_lines(report: Report, intervals: Intervals | None, tool: Tool | None) -> Iterator[str]:
    yield f"{_counted(len(report.documents), 'document')}; spans count where start, end and label are those of the gold; n/a is 0/0."
    if intervals is not None:
        yield (
            f"In brackets: {100 * intervals.level:g} % intervals, percentile bootstrap over documents, {intervals.draws} draws, "
            f"seed {intervals.seed}{f' ({intervals.note})' if intervals.note else ''}."
        )
    if report.missing:
        yield f"{_counted(len(report.missing), 'document')} without a prediction: all their gold counts as missed."
    if tool is not None:
        yield f"minutes-extract {_escaped(tool.version)}, ruleset `{_escaped(tool.ruleset)}`."


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _count_line(name: str, count: Count, interval: Interval | None) -> str:
    return _line(name, str(count.gold), _share(count.precision), _share(count.recall), _share(count.f1, interval))


def _share(value: float | None, interval: Interval | None = None) -> str:
    """
    >>> _share(0.9124, Interval(value=0.9124, low=0.8971, high=1)), _share(1.0), _share(None)
    ('.912 [.897, 1.000]', '1.000', 'n/a')
    """
    if value is None:
        return "n/a"
    bounds = "" if interval is None else f" [{_share(interval.low)}, {_share(interval.high)}]"
    return f"{value:.3f}".removeprefix("0" if value < 1 else "") + bounds


def _head(*names: str) -> Iterator[str]:
    yield _line(*names)
    yield _line(*("---" if name in ("label", "level", "figure", "schema") else "---:" for name in names))


def _line(*cells: str) -> str:
    return f"| {' | '.join(map(_escaped, cells))} |"


def _escaped(text: str) -> str:
    """
    >>> print(_escaped("Sở A|B"))
    Sở A\\|B
    """
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")
