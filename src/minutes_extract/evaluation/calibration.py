"""Does confidence mean something: how often strong and weak mentions are right, by label and by each piece of evidence.

A verdict is calibrated where strong mentions are nearly always right, weak ones clearly less often, and weak ones are few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict, Field

from minutes_extract.batch.outcome import Extracted, Failed
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.judged import Judged, judge
from minutes_extract.evaluation.table import ratio
from minutes_extract.records import LABELS, MinutesRecord


class Tally(BaseModel):
    """Mentions that gold judges, and how many of them are right."""

    model_config = ConfigDict(extra="forbid")

    mentions: int = 0
    right: int = 0

    @property
    def precision(self) -> float | None:
        """The share that is right, None for no mention.

        >>> Tally(mentions=4, right=3).precision, Tally().precision
        (0.75, None)
        """
        return self.right / self.mentions if self.mentions else None

    def add(self, right: bool) -> None:
        """Count one mention."""
        self.mentions += 1
        self.right += right


class Calibration(BaseModel):
    """The tallies of a set of mentions. `print(calibration)` shows the tables.

    Attributes:
        confidence: by label (`all` for every label) and verdict.
        evidence: by label and name of evidence.
    """

    model_config = ConfigDict(extra="forbid")

    confidence: dict[str, dict[str, Tally]] = Field(
        default_factory=lambda: {label: {verdict: Tally() for verdict in ("strong", "weak")} for label in (*LABELS, "all")}
    )
    evidence: dict[str, dict[str, Tally]] = Field(default_factory=dict)

    def add(self, judged: Judged) -> None:
        """Count one mention; one that gold does not judge is passed over."""
        if judged.right is None:
            return
        mention = judged.mention
        for label in (mention.label, "all"):
            self.confidence[label][mention.confidence].add(judged.right)
        for name in mention.evidence:
            self.evidence.setdefault(mention.label, {}).setdefault(name, Tally()).add(judged.right)

    def share(self, verdict: str, label: str = "all") -> float | None:
        """The share of the mentions of `label` with that verdict."""
        tallies = self.confidence[label]
        total = sum(tally.mentions for tally in tallies.values())
        return tallies[verdict].mentions / total if total else None

    def precision(self, verdict: str, label: str = "all") -> float | None:
        """How often mentions of `label` with that verdict are right."""
        return self.confidence[label][verdict].precision

    def __str__(self) -> str:
        return "\n".join([*_confidence_lines(self), "", *_evidence_lines(self)])


def calibration(gold: Iterable[GoldDocument], predictions: Iterable[MinutesRecord | Extracted | Failed]) -> Calibration:
    """The calibration of `predictions` on `gold`; documents without gold are passed over.

    Example:
        `print(calibration(load_gold("data/gold"), extract_many("data/raw")))`
    """
    result = Calibration()
    for judged in judge(gold, predictions):
        result.add(judged)
    return result


def _confidence_lines(result: Calibration) -> Iterator[str]:
    yield f"{'confidence':<25}" + "".join(f"{cell:>11}" for cell in ("mentions", "share", "right", "precision"))
    for label in (*LABELS, "all"):
        for verdict, tally in result.confidence[label].items():
            cells = (str(tally.mentions), ratio(result.share(verdict, label)), str(tally.right), ratio(tally.precision))
            yield f"{f'{label} {verdict}':<25}" + "".join(f"{cell:>11}" for cell in cells)


def _evidence_lines(result: Calibration) -> Iterator[str]:
    yield f"{'evidence':<47}" + "".join(f"{cell:>11}" for cell in ("mentions", "right", "precision"))
    for label in LABELS:
        for name, tally in sorted(result.evidence.get(label, {}).items()):
            cells = (str(tally.mentions), str(tally.right), ratio(tally.precision))
            yield f"{label:<15}{name:<32}" + "".join(f"{cell:>11}" for cell in cells)
