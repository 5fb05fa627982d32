"""Which characters of a page are taken: spans, disjoint or overlapping, asked many times and added to in between."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Cover:
    """Half-open spans of clean offsets; a look-up takes logarithmic time.

    >>> cover = Cover([(0, 4), (10, 20)])
    >>> cover.holds(3), cover.holds(4), cover.inside(12, 20), cover.inside(12, 21)
    (True, False, True, False)
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = [end for _, end in ordered]
        self._reach: list[int] = []
        """The farthest end of all spans up to this one."""
        far = -1
        for end in self._ends:
            far = max(far, end)
            self._reach.append(far)

    def add(self, start: int, end: int) -> None:
        """Take the characters `start` to `end` too."""
        at = bisect_left(self._starts, start)
        before = self._reach[at - 1] if at else -1
        self._starts.insert(at, start)
        self._ends.insert(at, end)
        self._reach.insert(at, max(before, end))
        for later in range(at + 1, len(self._reach)):
            if self._reach[later] >= end:
                break
            self._reach[later] = end

    def holds(self, offset: int) -> bool:
        """Is character `offset` inside a span?"""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and self._reach[at] > offset

    def inside(self, start: int, end: int) -> bool:
        """Does one span hold all of `start`..`end`?"""
        at = bisect_right(self._starts, start) - 1
        while at >= 0 and self._reach[at] >= end:
            if self._ends[at] >= end:
                return True
            at -= 1
        return False
