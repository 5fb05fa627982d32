"""What a finder returns: a candidate mention with the rule that read it and the evidence for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of the clean text that a rule takes for a mention.

    `start`/`end` are half-open code-point offsets into `Page.text`. `rule` is the id of the rule (`date.part_of_day`).
    `evidence` names what speaks for it; the weights are in `rulebook/data/weights.yaml`. `attrs` carries what the finder
    learnt besides (a date's parts, a body's kind), read by the link stage.
    """

    start: int
    end: int
    label: str
    rule: str
    evidence: tuple[str, ...] = ()
    value: str | None = None
    attrs: Mapping[str, Any] = field(default_factory=lambda: NOTHING, compare=False)

    @property
    def key(self) -> tuple[int, int, str]:
        """Sort key: by start, longest first, then label."""
        return (self.start, -self.end, self.label)

    def overlaps(self, other: Candidate) -> bool:
        """True where the two share a character (half-open: touching is not sharing)."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Candidate) -> bool:
        """True where `other` lies inside this one (or equals it)."""
        return self.start <= other.start and other.end <= self.end

    def but(self, **changes: Any) -> Candidate:
        """A copy with some fields changed."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A candidate that lost, with the reason in words and the winner it lost to, if any."""

    candidate: Candidate
    reason: str
    winner: Candidate | None = None
