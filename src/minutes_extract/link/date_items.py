"""A date on its way to its value: what stands beside it, the year lent to it (handbook 5.6 to 5.9)."""

from __future__ import annotations

from dataclasses import dataclass

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.date_values import DateParts

DAY_FORMS = frozenset({"day", "days", "worded", "stamp"})
"""Forms of dates that name a day."""
PAGE_ZONES = frozenset({"stamp", "site_clock", "letterhead", "footer", "furniture", "counter", "source", "related", "banner", "recipients"})
"""Zones whose dates are the page's, not the event's."""


@dataclass(slots=True)
class DateItem:
    """A date on its way: the cues beside it, the year lent to it, its value."""

    mention: Candidate
    parts: DateParts
    zone: str
    cues: frozenset[str]
    score: int
    value: str | None = None
    fixed: bool = False

    @property
    def year(self) -> int | None:
        """The year it is written with, the later of two."""
        return self.parts.year2 or self.parts.year

    def says(self, *cues: str) -> bool:
        """Does one of `cues` (`legal`, `deadline`, ...; ids of `dates.yaml` without `cue.`) stand beside it?"""
        return any(f"cue.{cue}" in self.cues for cue in cues)
