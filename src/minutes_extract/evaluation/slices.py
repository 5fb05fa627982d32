"""Strict scores of a report document by document, zone by zone, genre by genre or source by source, as a plain table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from minutes_extract.errors import UsageError
from minutes_extract.evaluation.counts import Count, total
from minutes_extract.evaluation.scores import Report
from minutes_extract.evaluation.table import ratio

SLICES = ("document", "zone", "genre", "source")
"""What a report can be cut by."""

_WIDTH = 30


def slice_counts(report: Report, by: str) -> dict[str, Count]:
    """The strict counts of each slice over all labels: documents by name, the others with the most gold first.

    They add up to `report.micro`.

    Raises:
        UsageError: a report is not cut by this.
    """
    if by not in SLICES:
        raise UsageError(f"no slices by {by!r}; give one of {', '.join(SLICES)}")
    slices: Mapping[str, Mapping[str, Count]] = getattr(report, f"by_{by}")
    counts = {name: total(labels.values()) for name, labels in slices.items()}
    if by == "document":
        return dict(sorted(counts.items()))
    return dict(sorted(counts.items(), key=lambda item: (-item[1].gold, -item[1].predicted, item[0])))


def slice_table(report: Report, by: str, blind: Collection[str] = ()) -> str:
    """Support (`gold`, `predicted`), precision, recall and F1 of each slice, then of all; `n/a` for 0/0.

    A name that is too long for its column stands on a line of its own. The documents of `blind` count in all sums, but have no
    lines of their own.

    Raises:
        UsageError: a report is not cut by this.

    Example:
        `print(slice_table(evaluate(gold, records), by="zone"))`
    """
    return "\n".join(_lines(report, by, blind))


def _lines(report: Report, by: str, blind: Collection[str]) -> Iterator[str]:
    yield _cells(by, "gold", "predicted", "precision", "recall", "F1")
    for name, count in slice_counts(report, by).items():
        if by != "document" or name not in blind:
            yield _row(name, count)
    yield _row("all", report.micro)


def _row(name: str, count: Count) -> str:
    cells = (str(count.gold), str(count.predicted), *map(ratio, (count.precision, count.recall, count.f1)))
    return _cells(name, *cells) if len(name) < _WIDTH else f"{name}\n{_cells('', *cells)}"


def _cells(name: str, *cells: str) -> str:
    return f"{name:<{_WIDTH}}" + "".join(f"{cell:>10}" for cell in cells)
