"""How precision rises when only the surer mentions are kept: the precision-coverage curve.

Mentions are ordered by how far the sum of their evidence lies above the threshold of their label (`link.confidence`). The sums are made
again from the evidence that records name and the weights of the rulebook; where they do not give the verdicts of the records (another
system, other weights) only the two steps strong, and strong with weak, are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.judged import judge_record
from minutes_extract.records import Mention, MinutesRecord

if TYPE_CHECKING:
    from minutes_extract.rulebook.book import Rulebook


class Point(NamedTuple):
    """The mentions at or above `limit`: which share of all they are, and which share of them is right."""

    limit: float
    coverage: float
    precision: float


class Curve(NamedTuple):
    """The points from the surest mentions to all of them. `by`: the sum of the evidence, or the verdict alone (limit 1 is strong)."""

    by: Literal["sum", "verdict"]
    mentions: int
    points: tuple[Point, ...]

    @property
    def area(self) -> float | None:
        """The area under the curve by trapezia, level to the left of the first point; None without a point.

        >>> Curve("verdict", 4, (Point(1, 0.5, 1.0), Point(0, 1.0, 0.5))).area
        0.875
        """
        if not self.points:
            return None
        first = self.points[0]
        return first.coverage * first.precision + sum(
            (b.coverage - a.coverage) * (a.precision + b.precision) / 2 for a, b in pairwise(self.points)
        )


def coverage_curve(gold: Iterable[GoldDocument], records: Mapping[str, MinutesRecord], rulebook: Rulebook | None = None) -> Curve:
    """The curve over all mentions that gold judges; without a rulebook by the verdicts alone.

    >>> coverage_curve([], {}).points
    ()
    """
    judged = [
        (one.mention, one.right)
        for document in gold
        if (record := records.get(document.doc_id)) is not None
        for one in judge_record(document, record)
        if one.right is not None
    ]
    margins = None if rulebook is None else _margins(rulebook, [mention for mention, _ in judged])
    limits = margins or [float(mention.confidence == "strong") for mention, _ in judged]
    order = sorted(zip(limits, (right for _, right in judged), strict=True), reverse=True)
    return Curve("sum" if margins else "verdict", len(judged), tuple(_points(order)))


def _margins(rulebook: Rulebook, mentions: list[Mention]) -> list[float] | None:
    """Sum less threshold of each mention; None where a verdict is not that of the record."""
    from minutes_extract.link.confidence import weigh

    margins = []
    for mention in mentions:
        total = weigh(rulebook, mention.label, mention.evidence)
        if total.verdict != mention.confidence:
            return None
        margins.append(round(total.total - total.threshold, 6))
    return margins


def _points(order: list[tuple[float, bool]]) -> Iterator[Point]:
    kept = right = 0
    for limit, same in groupby(order, key=lambda one: one[0]):
        for _, is_right in same:
            kept, right = kept + 1, right + is_right
        yield Point(limit, kept / len(order), right / kept)
