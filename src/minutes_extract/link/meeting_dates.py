"""Which of the dates is that of the event, how long it lasted, at what hour it began (handbook 5.9)."""

from __future__ import annotations

from collections.abc import Sequence

from minutes_extract.find.date_patterns import DateRules
from minutes_extract.find.date_values import DateParts, edtf, first_day
from minutes_extract.link.date_items import DAY_FORMS, PAGE_ZONES, DateItem
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import genre_of
from minutes_extract.text.page import Page

_LONGEST_MEETING = 31
"""Days that an event may last."""
_CLOCK_REACH = 100
"""Characters behind the date of a meeting in which its hour may stand: a lunar date in brackets may come between."""


def choose_meeting(page: Page, rulebook: Rulebook, rules: DateRules, items: Sequence[DateItem], stamp: DateItem | None) -> DateItem | None:
    """The date of the event told of (handbook 5.9): the best scored day, the first of equals; None where nothing speaks for one."""
    start = next((line.start for line in page.lines if line.zone in {"lead", "body", "attendance"}), 0)
    best: DateItem | None = None
    best_score = rules.settings["meeting_score"] - 1
    for item in items:
        if item is stamp or item.zone in PAGE_ZONES or not _names_a_day(item, stamp):
            continue
        score = item.score + 3 * (item.mention.start <= start + rules.settings["head_chars"]) - 2 * (item.parts.form == "deictic")
        if stamp is not None and item.parts.year is not None and _same_day(item.parts, stamp.parts):
            score += 2
        score -= _far_from_stamp(rules, item, stamp)
        if score > best_score:
            best, best_score = item, score
    if best is None and stamp is not None and stamp.zone == "letterhead" and genre_of(page, zone_rules(rulebook)) == "minutes":
        return stamp
    return best


def _far_from_stamp(rules: DateRules, item: DateItem, stamp: DateItem | None) -> int:
    """Penalty for a full date well after the publication (a plan) or long before it (a memory)."""
    day, page_day = first_day(edtf(item.parts)), first_day(edtf(stamp.parts)) if stamp else None
    if day is None or page_day is None or stamp is item:
        return 0
    gap = (page_day - day).days
    return 5 if gap < -2 else 3 if gap > 2 * rules.settings["clock_gap_days"] else 0


def _same_day(a: DateParts, b: DateParts) -> bool:
    return (a.day, a.month, a.year) == (b.day, b.month, b.year)


def _names_a_day(item: DateItem, stamp: DateItem | None) -> bool:
    if item.parts.form == "deictic":
        return item.parts.deictic == "today" and stamp is not None
    return item.parts.form in DAY_FORMS and not item.says("yearly") and not is_long(item)


def is_long(item: DateItem) -> bool:
    """True for days so far apart that no meeting lasts from one to the other: `từ ngày 25/1/2015 đến ngày 25/12/2015`."""
    ends = (edtf(item.parts) or "").split("/") if item.parts.form == "days" else []
    return len(ends) == 2 and all(map(first_day, ends)) and _days_between(ends[0], ends[1]) > _LONGEST_MEETING


def meeting_date(items: Sequence[DateItem], meeting: DateItem | None) -> str | None:
    """The day or interval of the event; two days where it opened on one and closed on another."""
    if meeting is None or meeting.value is None:
        return None
    value = "/".join(end.split("T")[0] for end in meeting.value.split("/"))
    for item in items:
        if item.says("closing") and item.parts.form == "day" and item.value and "/" not in value:
            day = item.value.split("T")[0]
            if value < day and day[:4] == value[:4] and _days_between(value, day) <= 14:
                return f"{value}/{day}"
    return value


def _days_between(first: str, last: str) -> int:
    a, b = first_day(first), first_day(last)
    return 9999 if a is None or b is None else (b - a).days


def meeting_time(page: Page, rules: DateRules, meeting: DateItem | None) -> tuple[str | None, str | None]:
    """Part of day and clock time of the meeting: its own, else those that follow the date (`, từ 8h30`)."""
    if meeting is None:
        return None, None
    part, time = meeting.parts.part_of_day, meeting.parts.time
    if time is None:
        after = rules.cue("cue.clock_after").match(page.fold[meeting.mention.end : meeting.mention.end + _CLOCK_REACH])
        if after is not None:
            hour, word = int(after["h1"]), after["part1"]
            part = part or (rules.parts_of_day.get(" ".join(word.split())) if word else None)
            hour += 12 if part in {"afternoon", "evening"} and hour < 12 else 0
            time = f"{hour % 24:02d}:{int(after['n1'] or after['nn1'] or 0):02d}"
    return part or _part_of(time), time


def _part_of(time: str | None) -> str | None:
    if time is None:
        return None
    hour = int(time[:2])
    return "morning" if hour < 11 else "noon" if hour < 13 else "afternoon" if hour < 18 else "evening"
