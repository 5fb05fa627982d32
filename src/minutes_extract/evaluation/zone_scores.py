"""In which zone of the page each span stands, so that scores can be told zone by zone.

The zone of a span is that of the line its start lies in. It is read from the text where that is at hand (`load_gold` knows
where), with the built-in rules, and so it is the same for gold and for every system. Where it is not, a predicted span has the
zone its record says, and a gold span that of the predicted span in its place, else of the one that overlaps it most.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from minutes_extract.errors import GoldError
from minutes_extract.evaluation.counts import Count
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.matching import Span
from minutes_extract.reading.offsets import OffsetMap
from minutes_extract.records import LABELS, MinutesRecord

UNKNOWN = "unknown"
"""The zone, genre or source of what has none that is known."""


class Zones(Protocol):
    """Tells the zone of a span."""

    def of(self, span: Span) -> str:
        """The zone `span` starts in, `unknown` where nothing tells it."""
        ...


@dataclass(frozen=True, slots=True)
class PageZones:
    """The zones of the lines of a text, and its genre."""

    genre: str
    starts: tuple[int, ...]
    """Where each line that is not blank begins in the clean text."""
    zones: tuple[str, ...]
    """The zone of each of these lines."""
    offsets: OffsetMap

    def of(self, span: Span) -> str:
        """The zone of the line that `span` starts in; white space between two lines belongs to the upper one."""
        at = min(span.start, self.offsets.source_length)
        line = bisect_right(self.starts, self.offsets.to_clean(at, at)[0]) - 1
        return self.zones[max(line, 0)] if self.zones else UNKNOWN


class RecordZones:
    """The zones that a record tells of its mentions."""

    def __init__(self, record: MinutesRecord | None) -> None:
        said: dict[Span, str] = {}
        for mention in record.mentions if record else ():
            span = Span(mention.start, mention.end, mention.label)
            said[span] = min(said.get(span, mention.zone), mention.zone)  # a span given twice: whatever the order
        self._said = said
        self._places = {(span.start, span.end): said[span] for span in sorted(said, reverse=True)}

    def of(self, span: Span) -> str:
        """The zone of the mention with this span and label, of one with this span, of the one that shares most with it."""
        zone = self._said.get(span) or self._places.get((span.start, span.end))
        return zone or self._nearest(span)

    def _nearest(self, span: Span) -> str:
        near = [other for other in self._said if other.overlaps(span.start, span.end)]
        return self._said[min(near, key=lambda other: _distance(span, other))] if near else UNKNOWN


def _distance(span: Span, other: Span) -> tuple[int, int, Span]:
    """Least for the span that shares most with `span`, then for the shortest, then for the first."""
    return max(span.start, other.start) - min(span.end, other.end), other.end - other.start, other


def page_zones(gold: GoldDocument) -> PageZones | None:
    """The zones of the text of `gold`; None where the text is not at hand.

    Raises:
        GoldError: the text is another one than when the gold was loaded.
        ReadingError: it cannot be read any more.
    """
    return None if gold.text_path is None else _zones_of_text(gold.text_path, gold.sha256)


@lru_cache(maxsize=1024)
def _zones_of_text(path: Path, sha256: str) -> PageZones:
    """Kept, since one set of gold is often scored more than once: another system, other rules."""
    from minutes_extract.reading import read
    from minutes_extract.rulebook.book import load_rulebook
    from minutes_extract.rulebook.zone_rules import zone_rules
    from minutes_extract.text.fold import fold
    from minutes_extract.text.line_facts import line_facts
    from minutes_extract.text.zones import assign_zones

    source = read(path)
    if source.sha256 != sha256:
        raise GoldError(f"{path}: the text was changed after its gold was loaded; load the gold again")
    rules = zone_rules(load_rulebook())
    facts = line_facts(source.clean, fold(source.clean), rules)
    genre = assign_zones(facts, rules)
    return PageZones(genre, tuple(line.start for line in facts), tuple(line.zone for line in facts), source.offsets)


def zone_counts(wanted: Iterable[Span], given: Iterable[Span], zones: Zones) -> dict[str, dict[str, Count]]:
    """Strict counts by zone, sorted, then by label; only labels with a span on either side. The zones add up to the whole."""
    gold, predicted = ({span: zones.of(span) for span in side} for side in (wanted, given))
    golds, answers = _tally(gold), _tally(predicted)
    hits = _tally({span: zone for span, zone in gold.items() if span in predicted})
    places = golds.keys() | answers.keys()
    return {
        zone: {
            label: Count(gold=golds[zone, label], predicted=answers[zone, label], correct=hits[zone, label])
            for label in LABELS
            if (zone, label) in places
        }
        for zone in sorted({zone for zone, _ in places})
    }


def _tally(zones: Mapping[Span, str]) -> Counter[tuple[str, str]]:
    return Counter((zone, span.label) for span, zone in zones.items())
