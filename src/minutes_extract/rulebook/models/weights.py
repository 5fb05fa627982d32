"""The entries of `weights.yaml`."""

from __future__ import annotations

from minutes_extract.rulebook.models.base import Entry


class WeightEntry(Entry):
    """One piece of evidence: `id` is its name in `Candidate.evidence`, `weight` what it adds for (or, below 0, against) a mention."""

    weight: float
    meaning: str
