"""The tables of the HTML report as data: what is told of a set of scores, cell by cell, ready to print and to sort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from minutes_extract.evaluation.calibration import Tally
from minutes_extract.evaluation.counts import Count
from minutes_extract.evaluation.error_classes import ErrorCard
from minutes_extract.evaluation.facts_scored import ACCURACIES, FIGURE_TITLES, LEVELS
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.judged import judge_record
from minutes_extract.evaluation.scores import Report
from minutes_extract.evaluation.slices import SLICES, slice_counts
from minutes_extract.evaluation.span_schemas import SCHEMAS, SpanScore, macro_f1
from minutes_extract.evaluation.table import ratio
from minutes_extract.evaluation.uncertainty import MICRO, Interval, Intervals
from minutes_extract.records import LABELS, MinutesRecord

STRINGS = 10
"""Missed and spurious strings shown of each label."""
HEATS = 5
"""Shades of the confusion matrix."""


class Cell(NamedTuple):
    """What is printed. `value`: the number it sorts by, None for a text or nothing. `kind`: how it looks."""

    text: str
    value: float | None = None
    kind: str = "number"


class Table(NamedTuple):
    """A table. `name`: its id in the page. `filters`: the filter of the cards that the first cell of a row sets, "" for none."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    filters: str = ""
    sortable: bool = False


_NOTHING = Cell("")
"""A cell of a column of numbers that this row has no number for."""


def _text(text: str, kind: str = "text") -> Cell:
    return Cell(text, None, kind)


def _number(number: int) -> Cell:
    return Cell(str(number), float(number))


def _ratio(value: float | None) -> Cell:
    return Cell(ratio(value), value)


def _ratios(count: Count) -> list[Cell]:
    return [_ratio(count.precision), _ratio(count.recall), _ratio(count.f1)]


def _bounds(interval: Interval | None) -> Cell:
    return Cell("n/a", None) if interval is None else Cell(f"{ratio(interval.low)} – {ratio(interval.high)}", interval.low)


def label_table(report: Report, intervals: Intervals) -> Table:
    """Spans by label, strict, then over all labels and their mean."""
    labels, overlaps = report.labels, report.overlaps
    rows = [_span_row(label, labels[label], overlaps[label], intervals.figures[label], "label") for label in LABELS]
    rows.append(_span_row("all labels (micro)", report.micro, report.micro_overlap, intervals.figures[MICRO], "total"))
    mean = report.macro
    name = f"mean of {mean.averaged} label{'s' if mean.averaged != 1 else ''} (macro)"
    rows.append([_text(name, "total"), *[_NOTHING] * 2, _ratio(mean.f1), *[_NOTHING] * 5])
    columns = ("label", "precision", "recall", "F1", f"{intervals.level:.0%} interval", "overlap F1", "gold", "predicted", "correct")
    return Table("labels", "Spans by label", columns, rows, "Strict: start, end and label are those of gold.", filters="label")


def _span_row(name: str, count: Count, overlap: Count, interval: Interval | None, kind: str) -> list[Cell]:
    counts = [_number(number) for number in (count.gold, count.predicted, count.correct)]
    return [_text(name, kind), *_ratios(count), _bounds(interval), _ratio(overlap.f1), *counts]


def figure_table(report: Report, intervals: Intervals) -> Table:
    """The figures of the other levels: values, links, records."""
    figures = report.figures
    rows = []
    for level, names in LEVELS.items():
        for name in names:
            count = figures[name]
            shown = [_NOTHING, _NOTHING, _ratio(count.recall)] if name in ACCURACIES else _ratios(count)
            counts = [_number(number) for number in (count.gold, count.predicted, count.correct)]
            title = f"{FIGURE_TITLES[name]} (share right)" if name in ACCURACIES else FIGURE_TITLES[name]
            rows.append([_text(title), _text(level, "muted"), *shown, _bounds(intervals.figures.get(name)), *counts])
    columns = ("figure", "level", "precision", "recall", "F1", f"{intervals.level:.0%} interval", "gold", "predicted", "correct")
    return Table("figures", "Values, links and records", columns, rows, "Persons, posts, bodies and marks count once a document.")


def schema_table(score: SpanScore) -> Table:
    """The five schemas with their verdicts."""
    rows = []
    for schema in SCHEMAS:
        counts, macro = score.overall[schema], macro_f1(score, schema)
        ratios = [_ratio(value) for value in (counts.precision, counts.recall, counts.f1, macro.f1)]
        rows.append([_text(schema, "code"), *ratios, *map(_number, (counts.cor, counts.inc, counts.par, counts.mis, counts.spu))])
    note = f"One pairing of the spans serves all five. Mean IoU of {score.pairs} pairs: {ratio(score.mean_iou)}."
    columns = ("schema", "precision", "recall", "F1", "macro F1", "COR", "INC", "PAR", "MIS", "SPU")
    return Table("schemas", "Spans on five schemas", columns, rows, note)


def confusion_table(score: SpanScore) -> Table:
    """Which label was read for which; each gold span and each predicted one is in one cell."""
    sides: tuple[str | None, ...] = (*score.labels, None)
    rows = []
    for gold in sides:
        counts = [score.confusion.get((gold, predicted), 0) for predicted in sides]
        total = sum(counts) or 1
        cells = [Cell(str(count) if count else "·", float(count), f"number heat{_heat(count, total)}") for count in counts]
        rows.append([_text(gold or "nothing (spurious)", "label" if gold else "muted"), *cells])
    rows[-1][-1] = _NOTHING
    columns = ("gold ↓ predicted →", *score.labels, "nothing (missed)")
    return Table(
        "confusion", "Which label was read for which", columns, rows, "A pair may differ in its span; the shade is the share of the row."
    )


def _heat(count: int, total: int) -> int:
    return 0 if not count else 1 + min(HEATS - 1, count * HEATS // total)


def slice_tables(report: Report, cards: Iterable[ErrorCard], blind: Collection[str] = ()) -> Iterator[Table]:
    """The strict scores by zone, genre, source and document; a slice that is one for all documents is left out.

    The documents of `blind` have no rows.
    """
    errors = Counter(card.doc_id for card in cards)
    zones = Counter(card.zone for card in cards)
    for by in ("zone", *(name for name in SLICES if name not in ("zone", "document")), "document"):
        counts = slice_counts(report, by)
        told = errors if by == "document" else zones if by == "zone" else None
        if by in ("genre", "source") and len(counts) < 2:
            continue
        rows = [
            [_text(name), *_ratios(count), _number(count.gold), _number(count.predicted), *([] if told is None else [_number(told[name])])]
            for name, count in counts.items()
            if by != "document" or name not in blind
        ]
        columns = (by, "precision", "recall", "F1", "gold", "predicted", *(() if told is None else ("errors",)))
        yield Table(f"by-{by}", f"By {by}", columns, rows, filters=by if told is not None else "", sortable=True)


def string_tables(cards: Iterable[ErrorCard]) -> Iterator[Table]:
    """The strings that were most often missed, and most often read where gold has nothing, by label; white space is one space."""
    kept = list(cards)
    for kind, title in (("missed", "Most often missed"), ("spurious", "Most often spurious")):
        documents: dict[tuple[str, str], list[str]] = {}
        for card in kept:
            if card.kind == kind:
                for told in card.gold or card.predicted:
                    documents.setdefault((told.label, " ".join(told.text.split())), []).append(card.doc_id)
        rows = []
        for label in LABELS:
            found = sorted(((text, doc_ids) for (known, text), doc_ids in documents.items() if known == label), key=_most_first)
            rows += [[_text(label, "label"), _text(t), _number(len(ids)), _number(len(set(ids)))] for t, ids in found[:STRINGS]]
        note = f"Up to {STRINGS} of each label." if rows else "None."
        yield Table(f"strings-{kind}", title, ("label", "string", "times", "documents"), rows, note, sortable=True)


def _most_first(found: tuple[str, list[str]]) -> tuple[int, str]:
    return -len(found[1]), found[0]


def rule_table(gold: Iterable[GoldDocument], records: Mapping[str, MinutesRecord]) -> Table:
    """How often each rule is right where gold judges it, those with the most wrong mentions first."""
    tallies: dict[tuple[str, str], Tally] = {}
    for document in gold:
        record = records.get(document.doc_id)
        for one in judge_record(document, record) if record else ():
            if one.right is not None:
                tallies.setdefault((one.mention.rule, one.mention.label), Tally()).add(one.right)
    order = sorted(tallies.items(), key=lambda item: (item[1].right - item[1].mentions, -item[1].mentions, item[0]))
    rows = [
        [
            _text(rule, "code"),
            _text(label, "label"),
            _ratio(tally.precision),
            _number(tally.mentions),
            _number(tally.mentions - tally.right),
        ]
        for (rule, label), tally in order
    ]
    return Table("rules", "Precision by rule", ("rule", "label", "precision", "mentions", "wrong"), rows, filters="rule", sortable=True)
