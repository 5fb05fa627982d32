"""What every figure is made of: how many there are in gold, how many were predicted, how many are the same."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict


class Count(BaseModel):
    """How many there are in gold, how many were predicted, how many of both are the same. `ratio` figures give None for 0/0."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    gold: int = 0
    predicted: int = 0
    correct: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(gold=self.gold + other.gold, predicted=self.predicted + other.predicted, correct=self.correct + other.correct)

    @property
    def precision(self) -> float | None:
        """The share of the predicted that is correct."""
        return self.correct / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """The share of gold that was found."""
        return self.correct / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall.

        >>> Count(gold=4, predicted=2, correct=2).f1, Count().f1
        (0.6666666666666666, None)
        """
        return 2 * self.correct / (self.gold + self.predicted) if self.gold + self.predicted else None


def total(counts: Iterable[Count]) -> Count:
    """The sum of all counts; ratios are taken of sums, never averaged.

    >>> total([Count(gold=1), Count(gold=2, predicted=1, correct=1)])
    Count(gold=3, predicted=1, correct=1)
    """
    gold = predicted = correct = 0
    for count in counts:
        gold, predicted, correct = gold + count.gold, predicted + count.predicted, correct + count.correct
    return Count(gold=gold, predicted=predicted, correct=correct)
