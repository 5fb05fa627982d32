"""The line of an error, cut into segments that carry the marks of both sides.

Spans may nest and cross, so a mark is no bracket around text: the line is cut at the edge of every span, and each segment says which
marks run over it, in which row. Gold is drawn above the text, the prediction below. The cutting is done here, in code points, so that
whoever shows the segments has nothing to count (a browser counts UTF-16 units).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from minutes_extract.evaluation.matching import Span

AROUND = 110
"""Characters of a long line kept on either side of an error."""
FAR = 240
"""Spans of one error that lie farther apart are not shown in one excerpt: the first ones are."""

_LINE_END = re.compile(r"\r\n|[\n\r]")


class Mark(NamedTuple):
    """A mark over a segment. `row`: 0 is next to the text; `focus`: it belongs to the error, not to what stands around."""

    row: int
    label: str
    focus: bool


class Segment(NamedTuple):
    """A piece of text without an edge of a mark inside."""

    text: str
    gold: tuple[Mark, ...] = ()
    predicted: tuple[Mark, ...] = ()


class Excerpt(NamedTuple):
    """The lines an error lies in, from line `line` (the first is 1). `cut_left`, `cut_right`: more of the line was left out there."""

    line: int
    segments: tuple[Segment, ...]
    cut_left: bool = False
    cut_right: bool = False


class Lines:
    """Where the lines of a text begin and end."""

    def __init__(self, text: str) -> None:
        self.text = text
        ends = [match.span() for match in _LINE_END.finditer(text)]
        self._starts = [0, *(end for _, end in ends)]
        self._ends = [*(start for start, _ in ends), len(text)]

    def number(self, offset: int) -> int:
        """The number of the line that holds character `offset`; the first is 1.

        >>> Lines("Sở Nội vụ\\r\\nSở Y tế").number(11)
        2
        """
        return bisect_right(self._starts, offset)

    def around(self, start: int, end: int) -> tuple[int, int, bool, bool]:
        """The lines that `start`..`end` lies in, cut between words to `AROUND` characters on either side, and whether they were cut."""
        first, last = self._starts[self.number(start) - 1], max(end, self._ends[self.number(max(start, end - 1)) - 1])
        cut_left, cut_right = start - first > AROUND, last - end > AROUND
        if cut_left:
            space = self.text.find(" ", start - AROUND, start)
            first = space + 1 if space >= 0 else start - AROUND
        if cut_right:
            space = self.text.rfind(" ", end, end + AROUND)
            last = space if space >= 0 else end + AROUND
        return first, last, cut_left, cut_right


def excerpt(lines: Lines, focus: Sequence[Span], gold: Iterable[Span], predicted: Iterable[Span]) -> Excerpt:
    """The lines of the spans `focus` (at least one), with all spans of both sides that touch them.

    >>> found = excerpt(Lines("Bộ Y tế họp"), [Span(0, 7, "ORGANIZATION")], [Span(0, 7, "ORGANIZATION")], [Span(3, 11, "TITLE")])
    >>> [(segment.text, len(segment.gold), len(segment.predicted)) for segment in found.segments]
    [('Bộ ', 1, 0), ('Y tế', 1, 1), (' họp', 0, 1)]
    """
    ordered = sorted(focus)
    start, end = ordered[0][:2]
    for span in ordered[1:]:
        if span.start - end <= FAR:
            end = max(end, span.end)
    first, last, cut_left, cut_right = lines.around(start, end)
    above, below = (_rows(_clipped(side, first, last), set(focus)) for side in (gold, predicted))
    edges = sorted({first, last, *(edge for span, _ in (*above, *below) for edge in span[:2])})
    segments = tuple(Segment(lines.text[a:b], _over(above, a, b), _over(below, a, b)) for a, b in pairwise(edges))
    return Excerpt(lines.number(start), segments, cut_left, cut_right)


def _clipped(spans: Iterable[Span], first: int, last: int) -> list[tuple[Span, Span]]:
    """The spans that share a character with `first`..`last`, each as it is there and whole; sorted."""
    return [
        (Span(max(span.start, first), min(span.end, last), span.label), span)
        for span in sorted(spans, key=lambda span: (span.start, -span.end, span.label))
        if span.overlaps(first, last)
    ]


def _rows(spans: Iterable[tuple[Span, Span]], focus: set[Span]) -> list[tuple[Span, Mark]]:
    """Each span in the first row where none before it is in the way."""
    ends: list[int] = []
    placed = []
    for span, whole in spans:
        row = next((number for number, end in enumerate(ends) if end <= span.start), len(ends))
        ends[row : row + 1] = [span.end]
        placed.append((span, Mark(row, span.label, whole in focus)))
    return placed


def _over(marks: Iterable[tuple[Span, Mark]], start: int, end: int) -> tuple[Mark, ...]:
    return tuple(mark for span, mark in marks if span.overlaps(start, end))
