"""Doubts about dates: impossible days, other weekdays, years that do not fit the publication (handbook 5.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from minutes_extract.find.date_patterns import DateRules
from minutes_extract.find.date_values import first_day, valid_day
from minutes_extract.link.date_items import DateItem
from minutes_extract.link.facts import Doubt


def date_doubts(
    rules: DateRules, items: Sequence[DateItem], meeting: DateItem | None, date: str | None, published: str | None, stamp: DateItem | None
) -> list[Doubt]:
    """What a reader should know: days that no calendar has, other weekdays than written, a meeting told of before it was."""
    doubts: list[Doubt] = []
    for item in items:
        doubts += _calendar_doubts(item)
    told, page_day = first_day(date), first_day(published)
    if meeting is not None and stamp is not None and meeting is not stamp and told and page_day:
        message = f"the meeting of {date} was published on {published}"
        both = (meeting.mention, stamp.mention)
        if told > page_day:
            doubts.append(Doubt("meeting_after_publication", message, both))
        elif _year_is_doubtful(rules, told, page_day):
            doubts.append(Doubt("year_conflict", f"{message}: check the year", both))
    return doubts


def _year_is_doubtful(rules: DateRules, told: dt.date, published: dt.date) -> bool:
    """True where the same day a year later would fall just before the publication (handbook 5.4, wrong year)."""
    gap = (published - told).days
    return gap > rules.settings["same_year_days"] and abs(gap - 365) <= rules.settings["clock_gap_days"]


def _calendar_doubts(item: DateItem) -> list[Doubt]:
    parts, found = item.parts, []
    pairs = ((parts.year, parts.month, parts.day), (parts.year2, parts.month2, parts.day2))
    for year, month, day in pairs:
        if day is not None and month is not None and not valid_day(year, month, day):
            found.append(Doubt("invalid_day", f"the calendar has no day {day}/{month}" + (f"/{year}" if year else ""), (item.mention,)))
    day_of = first_day(item.value) if parts.weekday is not None and parts.form in {"day", "stamp"} else None
    if day_of is not None and day_of.weekday() != parts.weekday:
        found.append(Doubt("weekday_mismatch", f"{day_of.isoformat()} is another day of the week than written", (item.mention,)))
    if parts.form == "years" and parts.year is not None and parts.year2 is not None and parts.year > parts.year2:
        found.append(Doubt("year_conflict", f"the period ends ({parts.year2}) before it starts ({parts.year})", (item.mention,)))
    return found
