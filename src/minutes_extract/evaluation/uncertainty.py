"""How far scores can be trusted: intervals of one system's figures, and the comparison of two systems.

What is drawn again is documents, never mentions: the mentions of one document share its writer, its template and its errors.
Both methods need the counts of each document only (`Report.documents`). A seed gives the same result on every machine, and in
whatever order the documents come.

| method | question |
|---|---|
| percentile bootstrap | within which bounds would a figure lie on other documents like these? |
| paired bootstrap | by how much is B better than A, drawing the same documents for both? |
| approximate randomisation | how often is a difference this large found when A and B are swapped at random, document by document? |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from random import Random
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from minutes_extract.errors import UsageError
from minutes_extract.evaluation.scores import ACCURACIES, RECORD_FIGURES, VALUE_FIGURES, Count, DocumentScore, Report
from minutes_extract.evaluation.table import SHOWN, ratio
from minutes_extract.records import LABELS

MICRO = "micro"
"""The name of the strict F1 over all labels."""
FEW_DOCUMENTS = 10
"""Below this number an interval is marked as indicative."""
DRAWS, SEED, LEVEL = 2000, 20130901, 0.95

FIGURES: dict[str, str] = {
    **{str(label): str(label) for label in LABELS},
    MICRO: "micro (strict)",
    **RECORD_FIGURES,
    **VALUE_FIGURES,
    **{name: f"{title} (right)" for name, title in ACCURACIES.items()},
}
"""Name of a figure with an interval -> how it is printed."""

_ODD = bytes(number & 1 for number in range(256))
"""Turns random bytes into zeros and ones."""


class Interval(BaseModel):
    """A figure on the documents themselves, and the bounds of what the draws gave."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{ratio(self.value)} [{ratio(self.low)}, {ratio(self.high)}]"


class Intervals(BaseModel):
    """The intervals of one report. `print(intervals)` shows the table.

    Attributes:
        documents: how many documents were drawn from (and in each draw).
        note: a warning where the documents are few, else None.
        figures: by label, `micro`, and the names of `RECORD_FIGURES`, `VALUE_FIGURES` (F1) and `ACCURACIES` (share right); None for 0/0.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    draws: int
    seed: int
    level: float
    documents: int
    note: str | None
    figures: dict[str, Interval | None]

    def __str__(self) -> str:
        return "\n".join(_interval_lines(self))


class Comparison(BaseModel):
    """System B against system A on the same documents, by strict micro F1. `print(comparison)` shows the table.

    Attributes:
        a, b: the F1 of each; None for 0/0.
        difference: B - A with its interval; None where one F1 is.
        not_better: the share of draws in which B is not better than A; None as above.
        p_value: two-sided, (k + 1) / (n + 1) with k of n random swaps giving a difference at least as large; None as above.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    draws: int
    seed: int
    level: float
    documents: int
    note: str | None
    a: float | None
    b: float | None
    difference: Interval | None
    not_better: float | None
    p_value: float | None

    def __str__(self) -> str:
        return "\n".join(_comparison_lines(self))


def intervals(report: Report, draws: int = DRAWS, seed: int = SEED, level: float = LEVEL) -> Intervals:
    """Percentile bootstrap over the documents of `report`: each draw takes as many documents as there are, with replacement.

    A draw in which a figure is 0/0 says nothing about it and is left out for this figure. Time grows with documents x draws.

    Raises:
        UsageError: no draws, or a level that is not between 0 and 1.

    Example:
        `print(intervals(evaluate(gold, records)).figures["micro"])` gives `0.912 [0.897, 0.926]`
    """
    _check(draws, level)
    documents = sorted(report.documents, key=_doc_id)
    sums = _Sums([_row(document) for document in documents], columns=2 * len(FIGURES))
    drawn: dict[str, list[float]] = {name: [] for name in FIGURES}
    for totals in sums.bootstrap(draws, seed):
        for name, ratio_drawn in _ratios(totals):
            drawn[name].append(ratio_drawn)
    own = dict(_ratios(sums.totals))
    return Intervals(
        draws=draws,
        seed=seed,
        level=level,
        documents=len(documents),
        note=_note(len(documents)),
        figures={name: _interval(own.get(name), drawn[name], level) for name in FIGURES},
    )


def compare_systems(a: Report, b: Report, draws: int = DRAWS, seed: int = SEED, level: float = LEVEL) -> Comparison:
    """Is B better than A, or would other documents have told otherwise? Both reports must be on the same documents and gold.

    Raises:
        UsageError: the documents or their gold differ (names them), no draws, or a level that is not between 0 and 1.

    Example:
        `print(compare_systems(evaluate(gold, before), evaluate(gold, after)))`
    """
    _check(draws, level)
    pairs = _paired(a, b)
    sums = _Sums([(*_micro(one), *_micro(other)) for one, other in pairs], columns=4)
    own = _Two(*sums.totals)
    differences = [two for two in (_Two(*totals) for totals in sums.bootstrap(draws, seed)) if two.defined]
    no_better = sum(not two.b_better for two in differences)
    return Comparison(
        draws=draws,
        seed=seed,
        level=level,
        documents=len(pairs),
        note=_note(len(pairs)),
        a=a.micro.f1,
        b=b.micro.f1,
        difference=_interval(own.difference if own.defined else None, [two.difference for two in differences], level),
        not_better=no_better / len(differences) if own.defined and differences else None,
        p_value=_p_value(own, sums, draws, seed) if own.defined else None,
    )


def _check(draws: int, level: float) -> None:
    if draws < 1:
        raise UsageError(f"{draws} draws: at least 1 is needed, 2000 or more for figures to publish")
    if not 0 < level < 1:
        raise UsageError(f"a level of {level}: give a share between 0 and 1, such as 0.95")


def _note(documents: int) -> str | None:
    if documents >= FEW_DOCUMENTS:
        return None
    return f"indicative only: {documents} document{'s' if documents != 1 else ''}, fewer than {FEW_DOCUMENTS}"


def _doc_id(document: DocumentScore) -> str:
    return document.doc_id


# what is added up: for each figure its numerator and its denominator


def _row(document: DocumentScore) -> tuple[int, ...]:
    labels = [_f1_parts(document.strict[label]) for label in LABELS]
    records = [_f1_parts(document.figures.get(name, Count())) for name in (*RECORD_FIGURES, *VALUE_FIGURES)]
    accuracies = [(document.figures[name].correct, document.figures[name].gold) for name in ACCURACIES]
    return tuple(number for parts in (*labels, _micro(document), *records, *accuracies) for number in parts)


def _f1_parts(count: Count) -> tuple[int, int]:
    return 2 * count.correct, count.gold + count.predicted


def _micro(document: DocumentScore) -> tuple[int, int]:
    labels = [_f1_parts(document.strict[label]) for label in LABELS]
    return sum(part for part, _ in labels), sum(whole for _, whole in labels)


def _ratios(totals: Sequence[int]) -> Iterator[tuple[str, float]]:
    """The figures that are not 0/0."""
    for name, part, whole in zip(FIGURES, totals[::2], totals[1::2], strict=True):
        if whole:
            yield name, part / whole


class _Sums:
    """Rows of whole numbers that are drawn and added up again and again.

    Each row is packed into one integer, a field per column wide enough for any draw, so that a draw costs one addition a row
    whatever the number of columns.
    """

    def __init__(self, rows: Sequence[Sequence[int]], columns: int) -> None:
        self._columns = range(columns)
        self._width = (max((number for row in rows for number in row), default=0) * len(rows)).bit_length() or 1
        self._packed = [self._pack(row) for row in rows]
        self.totals = self._unpack(sum(self._packed))

    def _pack(self, row: Sequence[int]) -> int:
        return sum(number << self._width * column for column, number in enumerate(row))

    def _unpack(self, packed: int) -> tuple[int, ...]:
        mask = (1 << self._width) - 1
        return tuple(packed >> self._width * column & mask for column in self._columns)

    def bootstrap(self, draws: int, seed: int) -> Iterator[tuple[int, ...]]:
        """The sums of as many rows as there are, drawn with replacement; none where there are no rows."""
        random = Random(seed)  # noqa: S311 - a draw of documents, not a secret
        for _ in range(draws if self._packed else 0):
            yield self._unpack(sum(random.choices(self._packed, k=len(self._packed))))

    def halves(self, draws: int, seed: int) -> Iterator[tuple[int, ...]]:
        """The sums of rows each taken or left by the throw of a coin."""
        random = Random(seed)  # noqa: S311 - as above
        for _ in range(draws):
            coins = random.randbytes(len(self._packed)).translate(_ODD)
            yield self._unpack(sum(compress(self._packed, coins)))


# two systems


class _Two(NamedTuple):
    """Numerators and denominators of the F1 of A and of B; compared in whole numbers, so that a tie is a tie."""

    a_part: int
    a_whole: int
    b_part: int
    b_whole: int

    @property
    def defined(self) -> bool:
        return bool(self.a_whole and self.b_whole)

    @property
    def difference(self) -> float:
        return self.b_part / self.b_whole - self.a_part / self.a_whole

    @property
    def crossed(self) -> int:
        """The difference times both denominators."""
        return self.b_part * self.a_whole - self.a_part * self.b_whole

    @property
    def b_better(self) -> bool:
        return self.crossed > 0

    def as_far_apart_as(self, other: _Two) -> bool:
        ours, theirs = self.a_whole * self.b_whole, other.a_whole * other.b_whole
        return abs(self.crossed) * theirs >= abs(other.crossed) * ours

    def swapped(self, half: _Two) -> _Two:
        """With the documents of `half` changing sides."""
        a_part, a_whole = self.a_part - half.a_part + half.b_part, self.a_whole - half.a_whole + half.b_whole
        return _Two(a_part, a_whole, self.a_part + self.b_part - a_part, self.a_whole + self.b_whole - a_whole)


def _p_value(own: _Two, sums: _Sums, draws: int, seed: int) -> float:
    hits = sum(own.swapped(_Two(*half)).as_far_apart_as(own) for half in sums.halves(draws, seed))
    return (hits + 1) / (draws + 1)


def _paired(a: Report, b: Report) -> list[tuple[DocumentScore, DocumentScore]]:
    ours, theirs = (Counter(map(_doc_id, report.documents)) for report in (a, b))
    for name, alone in (("A", ours - theirs), ("B", theirs - ours)):
        if alone:
            raise UsageError(f"the two reports are not on the same documents: only in {name}: {_some(alone)}; score both on the same gold")
    pairs = list(zip(sorted(a.documents, key=_doc_id), sorted(b.documents, key=_doc_id), strict=True))
    differing = [one.doc_id for one, other in pairs if _gold(one) != _gold(other)]
    if differing:
        raise UsageError(f"the two reports are not on the same gold: it differs in {_some(differing)}; score both on the same gold")
    return pairs


def _gold(document: DocumentScore) -> dict[str, int]:
    return {label: document.strict[label].gold for label in LABELS}


def _some(doc_ids: Iterable[str]) -> str:
    names = sorted(doc_ids)
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")


# percentiles


def _interval(value: float | None, drawn: list[float], level: float) -> Interval | None:
    if value is None or not drawn:
        return None
    ordered = sorted(drawn)
    return Interval(value=value, low=_percentile(ordered, (1 - level) / 2), high=_percentile(ordered, (1 + level) / 2))


def _percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie, straight between two neighbours.

    >>> _percentile([0.0, 1.0, 2.0], 0.5), _percentile([0.0, 1.0, 2.0], 0.25)
    (1.0, 0.5)
    """
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


# the tables


def _cells(name: str, *cells: str) -> str:
    return f"{name:<25}" + "".join(f"{cell:>11}" for cell in cells)


def _interval_lines(result: Intervals) -> Iterator[str]:
    yield _cells(f"{result.documents} document{'s' if result.documents != 1 else ''}", "F1", "low", "high")
    for name, interval in result.figures.items():
        yield _interval_line(FIGURES[name], interval)
    yield _method(result.draws, result.seed, result.level)
    if result.note:
        yield result.note


def _interval_line(title: str, interval: Interval | None) -> str:
    cells = (None, None, None) if interval is None else (interval.value, interval.low, interval.high)
    return _cells(title, *map(ratio, cells))


def _method(draws: int, seed: int, level: float) -> str:
    return f"{level * 100:g}% percentile bootstrap over documents, {draws} draws, seed {seed}"


def _comparison_lines(result: Comparison) -> Iterator[str]:
    yield _cells(f"{result.documents} document{'s' if result.documents != 1 else ''}", "F1", "low", "high")
    yield _cells("A", ratio(result.a))
    yield _cells("B", ratio(result.b))
    yield _interval_line("B - A", result.difference)
    yield _cells("draws with B not better", ratio(result.not_better))
    yield _cells("p (random swaps)", "n/a" if result.p_value is None else f"{result.p_value:.4f}")
    yield _method(result.draws, result.seed, result.level)
    if result.note:
        yield result.note
