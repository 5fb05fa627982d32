"""Which predicted span answers which gold span: one-to-one, independent of the order of either list.

Offsets are half-open; touching is not overlapping.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """A labelled span; `start`/`end` half-open code points into the text as read."""

    start: int
    end: int
    label: str

    def overlaps(self, start: int, end: int) -> bool:
        """True where a character is shared.

        >>> Span(0, 5, "TITLE").overlaps(5, 9), Span(0, 5, "TITLE").overlaps(4, 9)
        (False, True)
        """
        return self.start < end and start < self.end


def overlapping_pairs(gold: Sequence[Span], predicted: Sequence[Span]) -> int:
    """The largest number of gold spans that can each have an overlapping predicted span of their own.

    A span that covers the whole text answers one gold span, not all.

    >>> overlapping_pairs([Span(0, 4, "DATE"), Span(6, 9, "DATE")], [Span(0, 99, "DATE")])
    1
    """
    golds, answers = sorted(gold), sorted(predicted)
    reach = [[i for i, answer in enumerate(answers) if answer.overlaps(span.start, span.end)] for span in golds]
    holders: dict[int, int] = {}
    return sum(_place(number, reach, holders) for number in range(len(golds)))


def _place(number: int, reach: list[list[int]], holders: dict[int, int]) -> bool:
    """Give gold span `number` an answer, moving others along the shortest path where that frees one; `holders`: answer -> gold span."""
    wanted_by: dict[int, int] = {}
    queue = [number]
    for asking in queue:
        for answer in reach[asking]:
            if answer in wanted_by:
                continue
            wanted_by[answer] = asking
            if answer not in holders:
                _hand_over(answer, number, wanted_by, holders)
                return True
            queue.append(holders[answer])
    return False


def _hand_over(answer: int, number: int, wanted_by: dict[int, int], holders: dict[int, int]) -> None:
    """Each gold span on the path takes the answer it asked for, back to gold span `number`."""
    held = {gold: answer for answer, gold in holders.items()}
    while True:
        holders[answer] = taker = wanted_by[answer]
        if taker == number:
            return
        answer = held[taker]
