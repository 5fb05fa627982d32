"""Gains and losses against a report kept from before, by document and figure.

A baseline is the JSON of a `Report` (`evaluate --json FILE`): the counts of each document, so that any figure can be made again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from minutes_extract.errors import UsageError
from minutes_extract.evaluation.facts_scored import FIGURE_TITLES
from minutes_extract.evaluation.scores import Count, DocumentScore, Report
from minutes_extract.evaluation.table import ratio
from minutes_extract.records import LABELS

_NAMES: dict[str, str] = {label: label for label in LABELS} | FIGURE_TITLES


class Change(NamedTuple):
    """One figure of one document before and after. `gain`: correct ones more, wrong ones less; negative for a loss."""

    doc_id: str
    figure: str
    before: Count
    after: Count

    @property
    def gain(self) -> int:
        """Correct ones gained, minus predictions that are wrong now and were not there before."""
        return (self.after.correct - self.before.correct) - (_wrong(self.after) - _wrong(self.before))


def _wrong(count: Count) -> int:
    return count.predicted - count.correct


def read_baseline(path: Path, *, apart_from: Collection[str] = ()) -> Report:
    """The report kept in `path`, less the documents named in `apart_from`.

    Raises:
        UsageError: there is no such file, or it holds no report; says how to make one.
    """
    try:
        report = Report.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: no baseline here ({error.strerror}); make one with `evaluate ... --json {path}`") from None
    except ValidationError as error:
        raise UsageError(f"{path}: no report ({error.errors()[0]['msg']}); make it anew with `evaluate ... --json {path}`") from None
    documents = tuple(document for document in report.documents if document.doc_id not in apart_from)
    return report.model_copy(update={"documents": documents})


def changes(before: Report, after: Report) -> tuple[Change, ...]:
    """The figures that differ in documents which both reports have, in the order of `after`."""
    known = {document.doc_id: document for document in before.documents}
    found = []
    for document in after.documents:
        former = known.get(document.doc_id)
        if former is not None:
            found += [change for change in _changes_of(former, document) if change.before != change.after]
    return tuple(found)


def _changes_of(before: DocumentScore, after: DocumentScore) -> Iterator[Change]:
    for name, title in _NAMES.items():
        old, new = (side.strict.get(name) or side.figures.get(name) for side in (before, after))
        if old is not None and new is not None:  # a figure that one of the two does not know has neither gained nor lost
            yield Change(after.doc_id, title, old, new)


def change_table(before: Report, after: Report, blind: Collection[str] = ()) -> str:
    """Losses first, then gains, a line each, and the micro F1 of both; says which documents only one of the two has.

    Of the documents of `blind` only the number of changes is told.
    """
    moved = changes(before, after)
    told = [change for change in moved if change.doc_id not in blind]
    lines = [f"against the baseline: micro F1 {ratio(before.micro.f1)} -> {ratio(after.micro.f1)}"]
    for title, chosen in (
        ("losses", [change for change in told if change.gain < 0]),
        ("gains", [change for change in told if change.gain > 0]),
        ("other changes", [change for change in told if change.gain == 0]),
    ):
        if chosen:
            lines.append(f"{title}:")
            lines += [f"  {change.doc_id:<28}{change.figure:<25}{_told(change.before)} -> {_told(change.after)}" for change in chosen]
    if not moved:
        lines.append("no document has changed")
    if len(told) < len(moved):
        lines.append(f"changes in test documents, not shown: {len(moved) - len(told)}")
    ours, theirs = ({document.doc_id for document in report.documents} for report in (after, before))
    lines += [f"new since the baseline: {doc_id}" for doc_id in sorted(ours - theirs)]
    lines += [f"only in the baseline: {doc_id}" for doc_id in sorted(theirs - ours)]
    return "\n".join(lines)


def _told(count: Count) -> str:
    return f"{count.correct} of {count.gold}" + (f", {_wrong(count)} wrong" if _wrong(count) else "")
