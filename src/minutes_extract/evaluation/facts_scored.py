"""The figures of one document besides its spans: normalised values, links, and what the record says.

| figure | counted |
|---|---|
| date value | gold dates with a value: the span is found and has this value |
| date precision | gold dates with a value whose span is found: the value given is as precise |
| canonical title, canonical organization | of the people both sides name: their titles, their bodies, once a person |
| persons | names of officials, once a document |
| name+title, name+title+organization | positions, once a document |
| marks | names of trademarks, once a document |
| chairs+heads | names of chairs and delegation heads |
| meeting date | gold meetings with a date: the record has this date |

Names, titles and bodies are compared by `evaluation.keys.key`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from minutes_extract.evaluation.counts import Count
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.keys import key
from minutes_extract.evaluation.matching import Span
from minutes_extract.records import MinutesRecord

Facts: TypeAlias = set[tuple[str, ...]]
"""What a document says, as keys; the first is the person's wherever there is one."""

RECORD_FIGURES = {
    "persons": "persons",
    "posts": "name+title",
    "positions": "name+title+organization",
    "marks": "marks",
    "heads": "chairs+heads",
}
"""Name of a record figure -> how it is printed."""
VALUE_FIGURES = {"date_precisions": "date precision", "titles": "canonical title", "organizations": "canonical organization"}
"""Figures of values, each counted only where both sides have the entity: name -> how it is printed."""
ACCURACIES = {"date_values": "date value", "meeting_dates": "meeting date"}
"""Figures of which the share right is told (`Count.recall`): name -> how it is printed."""
FIGURE_TITLES = RECORD_FIGURES | VALUE_FIGURES | ACCURACIES
"""All figures besides the spans: name -> how it is printed."""
LEVELS = {
    "values": ("date_values", "date_precisions", "titles", "organizations"),
    "links": ("posts", "positions"),
    "records": ("persons", "marks", "heads", "meeting_dates"),
}
"""The figures of each level above the spans, by their names."""


def figures_of(
    gold: GoldDocument, record: MinutesRecord | None, wanted: Mapping[Span, str | None], given: Mapping[Span, str | None]
) -> dict[str, Count]:
    """The counts of one document, by the names of `FIGURE_TITLES`; `wanted` and `given` are the spans that count, with their values."""
    ours, theirs = _named_facts(record), _named_facts(gold)
    counts = {name: _compared(theirs[name], ours[name]) for name in theirs}
    counts |= _of_people_in_common(theirs, ours)
    counts |= _dates({span: value for span, value in wanted.items() if span.label == "DATE" and value}, given)
    counts["meeting_dates"] = _meeting_date(gold, record)
    return {name: counts[name] for name in FIGURE_TITLES}


def precision_of(value: str) -> str:
    """How precise an EDTF value is: `year`, `month`, `day`, `time`, `interval` or `unspecified` (digits that are not told).

    >>> [precision_of(value) for value in ("2022", "2022-06", "2022-06-21", "2022-06-21T14:30:00+07:00")]
    ['year', 'month', 'day', 'time']
    >>> precision_of("2021/2030"), precision_of("XXXX-06-21")
    ('interval', 'unspecified')
    """
    if "/" in value:
        return "interval"
    if "X" in value:
        return "unspecified"
    if "T" in value:
        return "time"
    return ("year", "month", "day")[min(value.count("-", 1), 2)]


def _compared(gold: Facts, predicted: Facts) -> Count:
    return Count(gold=len(gold), predicted=len(predicted), correct=len(gold & predicted))


def _named_facts(document: MinutesRecord | GoldDocument | None) -> dict[str, Facts]:
    """What a document says, as sets of keys; gold and records use the same field names."""
    officials = document.officials if document else ()
    positions = {
        (key(official.name), key(position.title), key(position.organization))
        for official in officials
        for position in official.positions
        if position.title
    }
    meeting = document.meeting if document else None
    return {
        "persons": {(key(official.name),) for official in officials},
        "posts": {position[:2] for position in positions},
        "positions": set(positions),
        "marks": {(key(mark.name),) for mark in (document.trademarks if document else ())},
        "heads": _heads("chair", meeting.chairs if meeting else ()) | _heads("head", meeting.delegation_heads if meeting else ()),
    }


def _heads(role: str, names: Sequence[str]) -> Facts:
    return {(role, key(name)) for name in names}


def _of_people_in_common(theirs: Mapping[str, Facts], ours: Mapping[str, Facts]) -> dict[str, Count]:
    """Titles and bodies of the people both sides name: who was missed or invented is told by `persons` already."""
    people = {person for (person,) in theirs["persons"] & ours["persons"]}
    return {
        "titles": _compared(_titles(theirs, people), _titles(ours, people)),
        "organizations": _compared(_bodies(theirs, people), _bodies(ours, people)),
    }


def _titles(facts: Mapping[str, Facts], people: set[str]) -> Facts:
    return {(person, title) for person, title in facts["posts"] if person in people}


def _bodies(facts: Mapping[str, Facts], people: set[str]) -> Facts:
    return {(person, body) for person, _, body in facts["positions"] if person in people and body}


def _dates(wanted: Mapping[Span, str], given: Mapping[Span, str | None]) -> dict[str, Count]:
    """`wanted`: the gold dates with a value."""
    found = [(value, given[span]) for span, value in wanted.items() if span in given]
    valued = [(value, answer) for value, answer in found if answer]
    return {
        "date_values": Count(gold=len(wanted), predicted=len(found), correct=sum(value == answer for value, answer in found)),
        "date_precisions": Count(
            gold=len(found), predicted=len(valued), correct=sum(precision_of(value) == precision_of(answer) for value, answer in valued)
        ),
    }


def _meeting_date(gold: GoldDocument, record: MinutesRecord | None) -> Count:
    if gold.meeting is None or not gold.meeting.date:
        return Count()
    date = record.meeting.date if record and record.meeting else None
    return Count(gold=1, predicted=int(date is not None), correct=int(date == gold.meeting.date))
