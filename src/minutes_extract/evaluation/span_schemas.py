"""Span scores in the schemas of SemEval-2013 task 9.1: which predicted span answers which gold span, and how well.

| schema | COR (correct) | PAR (partial) | INC (incorrect) |
|---|---|---|---|
| `strict` | same span, same label | - | any other pair |
| `exact` | same span | - | another span |
| `partial` | same span | another span | - |
| `partial_typed` | same span, same label | another span, same label | another label |
| `type` | same label | - | another label |

A gold span without an answer is MIS (missed), a predicted span that answers nothing is SPU (spurious). One pairing serves all
schemas, so their tables can be reconciled. Spans that do not share a character are never paired.

Offsets are half-open code points into the text as read; touching is not overlapping. Spans are sets, as in `scores`: a span
given twice counts once. 0/0 is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, NamedTuple, TypeAlias, get_args

from minutes_extract.errors import UsageError
from minutes_extract.evaluation.assignment import IOU_UNITS, pair_up
from minutes_extract.evaluation.matching import Span

Schema: TypeAlias = Literal["strict", "exact", "partial", "partial_typed", "type"]
Verdict: TypeAlias = Literal["COR", "INC", "PAR", "MIS", "SPU"]

SCHEMAS: tuple[Schema, ...] = get_args(Schema)


class Pair(NamedTuple):
    """A gold span and the predicted span that answers it; None on one side: missed, or spurious."""

    gold: Span | None
    predicted: Span | None

    @property
    def same_label(self) -> bool:
        """True where both sides are there and have one label."""
        return self.gold is not None and self.predicted is not None and self.gold.label == self.predicted.label

    @property
    def same_span(self) -> bool:
        """True where both sides are there and have the same start and end."""
        return self.gold is not None and self.predicted is not None and self.gold[:2] == self.predicted[:2]

    @property
    def iou(self) -> float:
        """Shared characters over covered characters; 0.0 where a side is missing.

        >>> Pair(Span(0, 8, "TITLE"), Span(0, 4, "TITLE")).iou
        0.5
        """
        return self.iou_units / IOU_UNITS

    @property
    def iou_units(self) -> int:
        """`iou` in whole units of 1 / `IOU_UNITS`."""
        return 0 if self.gold is None or self.predicted is None else _iou_units(self.gold, self.predicted)

    def verdict(self, schema: Schema) -> Verdict:
        """What this pair counts for.

        >>> Pair(Span(0, 8, "TITLE"), Span(0, 4, "TITLE")).verdict("partial")
        'PAR'
        """
        if self.predicted is None:
            return "MIS"
        if self.gold is None:
            return "SPU"
        if not self.same_label and schema in ("strict", "partial_typed", "type"):
            return "INC"
        if self.same_span or schema == "type":
            return "COR"
        return "PAR" if schema in ("partial", "partial_typed") else "INC"


def _iou_units(a: Span, b: Span) -> int:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared * IOU_UNITS // (a.end - a.start + b.end - b.start - shared) if shared > 0 else 0


def verdicts(pair: Pair) -> dict[Schema, Verdict]:
    """The verdict of each schema on one pair.

    >>> verdicts(Pair(Span(0, 8, "TITLE"), Span(0, 4, "ORGANIZATION")))
    {'strict': 'INC', 'exact': 'INC', 'partial': 'PAR', 'partial_typed': 'INC', 'type': 'INC'}
    """
    return {schema: pair.verdict(schema) for schema in SCHEMAS}


def assign(gold: Iterable[Span], predicted: Iterable[Span]) -> tuple[Pair, ...]:
    """Every span of one document in exactly one pair, by position; the order of the input changes nothing.

    The pairing is one to one and the best there is: most pairs with the same span and label, then most with the same span, then
    most with the same label, then the largest sum of IoU. What is still equal is settled by position.

    Raises:
        UsageError: a span ends before it starts, or is empty.

    Example, "Phó Chủ tịch UBND TP" read as "Phó Chủ tịch" and "UBND TP":
        >>> for pair in assign([Span(0, 20, "TITLE")], [Span(13, 20, "ORGANIZATION"), Span(0, 12, "TITLE")]):
        ...     print(pair.gold, pair.predicted)
        Span(start=0, end=20, label='TITLE') Span(start=0, end=12, label='TITLE')
        None Span(start=13, end=20, label='ORGANIZATION')
    """
    golds, answers = _checked(gold, "gold"), _checked(predicted, "predicted")
    twins = golds & answers  # each is its own best partner: every best pairing holds all of them
    pairs = [Pair(span, span) for span in twins]
    for wanted, given in _blocks(golds - twins, answers - twins):
        pairs.extend(_best(wanted, given))
    return tuple(sorted(pairs, key=_position))


def _checked(spans: Iterable[Span], side: str) -> set[Span]:
    checked = set(spans)
    for span in sorted(checked):
        if not 0 <= span.start < span.end:
            raise UsageError(f"{side} span {span.start}..{span.end} {span.label}: a span starts at 0 or later and ends after its start")
    return checked


def _position(pair: Pair) -> tuple[Span, bool]:
    return (pair.gold or pair.predicted or Span(0, 0, ""), pair.gold is None)


def _blocks(gold: set[Span], predicted: set[Span]) -> Iterator[tuple[list[Span], list[Span]]]:
    """The spans in stretches of text that share no character with each other, each side sorted."""
    sides: tuple[list[Span], list[Span]] = ([], [])
    reach = 0
    for span, side in sorted([(span, 0) for span in gold] + [(span, 1) for span in predicted]):
        if span.start >= reach and (sides[0] or sides[1]):
            yield sides
            sides = ([], [])
        sides[side].append(span)
        reach = max(reach, span.end)
    yield sides


def _best(gold: list[Span], predicted: list[Span]) -> list[Pair]:
    """The best pairing of one block without twins; both sides are sorted."""
    swapped = len(gold) > len(predicted)
    rows, columns = (predicted, gold) if swapped else (gold, predicted)
    answers = pair_up(rows, columns)
    alone = set(columns).difference(filter(None, answers))
    pairs: list[tuple[Span | None, Span | None]] = [*zip(rows, answers, strict=True), *((None, span) for span in alone)]
    return [Pair(b, a) if swapped else Pair(a, b) for a, b in pairs]


@dataclass(frozen=True)
class SchemaCounts:
    """How often each verdict fell in one schema.

    >>> counts = SchemaCounts("partial", cor=1, par=1, mis=2)
    >>> counts.possible, counts.actual, counts.precision, counts.recall, counts.f1
    (4, 2, 0.75, 0.375, 0.5)
    """

    schema: Schema
    cor: int = 0
    inc: int = 0
    par: int = 0
    mis: int = 0
    spu: int = 0

    def __add__(self, other: SchemaCounts) -> SchemaCounts:
        if self.schema != other.schema:
            raise UsageError(f"counts of {self.schema} and of {other.schema} cannot be added")
        return SchemaCounts(
            self.schema, self.cor + other.cor, self.inc + other.inc, self.par + other.par, self.mis + other.mis, self.spu + other.spu
        )

    @property
    def possible(self) -> int:
        """Gold spans: COR + INC + PAR + MIS."""
        return self.cor + self.inc + self.par + self.mis

    @property
    def actual(self) -> int:
        """Predicted spans: COR + INC + PAR + SPU."""
        return self.cor + self.inc + self.par + self.spu

    @property
    def credit(self) -> float:
        """COR + 0.5 PAR; only `partial` and `partial_typed` have PAR."""
        return self.cor + 0.5 * self.par

    @property
    def precision(self) -> float | None:
        """Credit by predicted span; None without any."""
        return self.credit / self.actual if self.actual else None

    @property
    def recall(self) -> float | None:
        """Credit by gold span; None without any."""
        return self.credit / self.possible if self.possible else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None without any span."""
        return 2 * self.credit / (self.possible + self.actual) if self.possible + self.actual else None


@dataclass(frozen=True)
class SpanScore:
    """The counts of one document, or with `+` of many.

    Attributes:
        labels: the fixed list of labels.
        overall: verdicts by schema; a type confusion is one INC where the schema asks for the label.
        by_label: label -> schema -> verdicts; a type confusion is a MIS of the gold label and a SPU of the predicted one, in
            every schema.
        confusion: (gold label, predicted label) -> pairs; None for nothing on that side. Holds no zeros.
        pairs: gold spans that have an answer.
        iou_units: the sum of their IoU, in units of 1 / `IOU_UNITS`.
    """

    labels: tuple[str, ...]
    overall: Mapping[Schema, SchemaCounts]
    by_label: Mapping[str, Mapping[Schema, SchemaCounts]]
    confusion: Mapping[tuple[str | None, str | None], int]
    pairs: int = 0
    iou_units: int = 0

    def __add__(self, other: SpanScore) -> SpanScore:
        if self.labels != other.labels:
            raise UsageError(f"scores over {', '.join(self.labels)} and over {', '.join(other.labels)} cannot be added")
        keys = dict.fromkeys(chain(self.confusion, other.confusion))
        return SpanScore(
            self.labels,
            {schema: self.overall[schema] + other.overall[schema] for schema in SCHEMAS},
            {label: {s: self.by_label[label][s] + other.by_label[label][s] for s in SCHEMAS} for label in self.labels},
            {key: self.confusion.get(key, 0) + other.confusion.get(key, 0) for key in keys},
            self.pairs + other.pairs,
            self.iou_units + other.iou_units,
        )

    @property
    def iou_sum(self) -> float:
        """The sum of the IoU of all pairs."""
        return self.iou_units / IOU_UNITS

    @property
    def mean_iou(self) -> float | None:
        """The mean IoU of the pairs; None without any."""
        return self.iou_units / (IOU_UNITS * self.pairs) if self.pairs else None


def score_spans(gold: Iterable[Span], predicted: Iterable[Span], labels: Sequence[str]) -> SpanScore:
    """The counts of one document; add those of several up with `+`.

    Raises:
        UsageError: a label that is not in `labels`, or a span that ends before it starts.

    Example:
        >>> score = score_spans([Span(0, 20, "TITLE")], [Span(0, 12, "TITLE")], ["TITLE", "ORGANIZATION"])
        >>> score.overall["strict"].f1, score.overall["partial"].f1, score.mean_iou
        (0.0, 0.5, 0.6)
    """
    pairs = assign(gold, predicted)
    overall: dict[Schema, list[Verdict]] = {schema: [] for schema in SCHEMAS}
    by_label: dict[str, dict[Schema, list[Verdict]]] = {label: {schema: [] for schema in SCHEMAS} for label in labels}
    confusion: dict[tuple[str | None, str | None], int] = {}
    for pair in pairs:
        for span in filter(None, pair):
            if span.label not in by_label:
                raise UsageError(f"span {span.start}..{span.end}: unknown label {span.label!r}; the labels are {', '.join(labels)}")
        sides = (pair.gold.label if pair.gold else None, pair.predicted.label if pair.predicted else None)
        confusion[sides] = confusion.get(sides, 0) + 1
        for schema in SCHEMAS:
            overall[schema].append(pair.verdict(schema))
            for label, part in _label_view(pair):
                by_label[label][schema].append(part.verdict(schema))
    return SpanScore(
        tuple(labels),
        {schema: _counts(schema, overall[schema]) for schema in SCHEMAS},
        {label: {schema: _counts(schema, found[schema]) for schema in SCHEMAS} for label, found in by_label.items()},
        confusion,
        sum(None not in pair for pair in pairs),
        sum(pair.iou_units for pair in pairs),
    )


def _label_view(pair: Pair) -> Iterator[tuple[str, Pair]]:
    """The pair as its label sees it; with two labels, each sees its own side only."""
    if pair.gold is not None:
        yield pair.gold.label, pair if pair.same_label else Pair(pair.gold, None)
    if pair.predicted is not None and not pair.same_label:
        yield pair.predicted.label, Pair(None, pair.predicted)


def _counts(schema: Schema, found: Sequence[Verdict]) -> SchemaCounts:
    cor, inc, par, mis, spu = (found.count(verdict) for verdict in get_args(Verdict))
    return SchemaCounts(schema, cor, inc, par, mis, spu)


class MacroF1(NamedTuple):
    """A mean of F1 over labels, and over how many: labels without any span have no F1."""

    f1: float | None
    averaged: int


def macro_f1(score: SpanScore, schema: Schema) -> MacroF1:
    """The mean F1 of the labels of `score.labels` that have an F1; None where none has.

    >>> macro_f1(score_spans([Span(0, 4, "DATE")], [Span(0, 4, "DATE")], ["DATE", "TITLE"]), "strict")
    MacroF1(f1=1.0, averaged=1)
    """
    figures = [f1 for label in score.labels if (f1 := score.by_label[label][schema].f1) is not None]
    return MacroF1(sum(figures) / len(figures) if figures else None, len(figures))
