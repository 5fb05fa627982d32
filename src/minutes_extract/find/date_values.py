"""A date's parts and the EDTF level-1 text they make (handbook 5.1, guidelines DATE `value`).

Nothing here reads text: `find.dates` fills `DateParts`, `link.dates` lends the year that is missing and asks for the value.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

UNKNOWN_YEAR = "XXXX"
ZONE = "+07:00"


@dataclass(frozen=True, slots=True)
class DateParts:
    """What a date expression says, part by part; what it does not say is None.

    `form`: the form of the rule that read it (`DateEntry.form`). `year_text`: the year as written where it is no plausible year.
    `day2`, `month2`, `year2`, `quarter2`: the end of a range. `months`: of `9 tháng đầu năm`. `edge`: start, middle or end.
    `deictic`: today, yesterday, tomorrow or same_day. `part_of_day`: morning, noon, afternoon, evening. `weekday`: 0 is Monday.
    """

    form: str
    day: int | None = None
    month: int | None = None
    year: int | None = None
    day2: int | None = None
    month2: int | None = None
    year2: int | None = None
    year_text: str | None = None
    quarter: int | None = None
    quarter2: int | None = None
    months: int | None = None
    edge: str | None = None
    part_of_day: str | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    weekday: int | None = None
    deictic: str | None = None
    listed: tuple[int, ...] = ()
    clock_range: bool = False

    @property
    def lacks_year(self) -> bool:
        """True where a year must come from elsewhere before there is a value."""
        if self.form in {"lunar", "deictic"}:
            return False
        return (self.year2 if self.form in {"days", "months", "quarters"} else self.year) is None

    @property
    def time(self) -> str | None:
        """The clock time, `HH:MM` or `HH:MM:SS`.

        >>> DateParts("day", hour=7, minute=5).time
        '07:05'
        """
        if self.hour is None or self.hour > 23:
            return None
        seconds = "" if self.second is None else f":{self.second:02d}"
        return f"{self.hour:02d}:{self.minute or 0:02d}{seconds}"


def valid_day(year: int | None, month: int, day: int) -> bool:
    """True where the calendar has that day; with an unknown year, where some year has it.

    >>> valid_day(2023, 4, 31), valid_day(None, 2, 29)
    (False, True)
    """
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2000 if year is None else year, month)[1]


def day_text(year: int | None, month: int, day: int) -> str | None:
    """`2022-06-21`, `XXXX-06-21`, or None where the calendar has no such day."""
    if not valid_day(year, month, day):
        return None
    return f"{year_text(year)}-{month:02d}-{day:02d}"


def year_text(year: int | None) -> str:
    """Four digits, or `XXXX`."""
    return UNKNOWN_YEAR if year is None else f"{year:04d}"


def edtf(parts: DateParts, year: int | None = None) -> str | None:
    """The EDTF value of `parts`, with `year` lent where they have none; None where no value is right.

    Intervals hold dates only (EDTF has no clock times in them). Deictic and lunar dates have no value of their own.

    >>> edtf(DateParts("day", 21, 6, 2022, hour=14))
    '2022-06-21T14:00:00+07:00'
    >>> edtf(DateParts("day", 30, 6)), edtf(DateParts("quarter", quarter=3), 2023)
    ('XXXX-06-30', '2023-07/2023-09')
    """
    return _MAKERS[parts.form](parts, year) if parts.form in _MAKERS else None


def _day(parts: DateParts, year: int | None) -> str | None:
    known = parts.year or year
    if parts.day is None or parts.month is None:
        return None
    day = day_text(known, parts.month, parts.day)
    if day is None or known is None or parts.time is None or parts.clock_range:
        return day
    return f"{day}T{parts.time}{ZONE}" if parts.second is not None else f"{day}T{parts.time}:00{ZONE}"


def _days(parts: DateParts, year: int | None) -> str | None:
    if parts.day is None or parts.day2 is None or parts.month2 is None:
        return None
    if parts.listed and not _in_a_row(parts):
        return None
    month = parts.month or parts.month2
    last_year = parts.year2 or year
    first_year = parts.year or last_year
    if parts.year is None and first_year is not None and (month, parts.day) > (parts.month2, parts.day2):
        first_year -= 1
    first, last = day_text(first_year, month, parts.day), day_text(last_year, parts.month2, parts.day2)
    if first is None or last is None:
        return None
    return _interval(first, last)


def _in_a_row(parts: DateParts) -> bool:
    days = (parts.day, *parts.listed, parts.day2)
    return all(a is not None and b == a + 1 for a, b in pairwise(days))


def _month(parts: DateParts, year: int | None) -> str | None:
    return None if parts.month is None else f"{year_text(parts.year or year)}-{parts.month:02d}"


def _months(parts: DateParts, year: int | None) -> str | None:
    if parts.month is None or parts.month2 is None:
        return None
    last_year = parts.year2 or year
    first_year = parts.year or last_year
    if first_year is None or last_year is None:
        return None
    if parts.year is None and parts.month > parts.month2:
        first_year -= 1
    return _interval(f"{first_year:04d}-{parts.month:02d}", f"{last_year:04d}-{parts.month2:02d}")


def _quarter(parts: DateParts, year: int | None) -> str | None:
    known = parts.year or parts.year2 or year
    if known is None or parts.quarter is None:
        return None
    last = parts.quarter2 or parts.quarter
    first_year = parts.year or (known - (last < parts.quarter))
    return _interval(f"{first_year:04d}-{parts.quarter * 3 - 2:02d}", f"{parts.year2 or known:04d}-{last * 3:02d}")


def _part_year(parts: DateParts, year: int | None) -> str | None:
    known = parts.year or year
    if known is None:
        return None
    if parts.months is None or parts.edge == "middle" or not 1 <= parts.months <= 12:
        return f"{known:04d}"
    if parts.months == 12:
        return f"{known:04d}"
    if parts.edge == "end":
        return _interval(f"{known:04d}-{13 - parts.months:02d}", f"{known:04d}-12")
    return _interval(f"{known:04d}-01", f"{known:04d}-{parts.months:02d}")


def _year(parts: DateParts, year: int | None) -> str | None:
    known = parts.year or year
    return None if known is None else f"{known:04d}"


def _years(parts: DateParts, _year: int | None) -> str | None:
    if parts.year is None or parts.year2 is None or parts.year > parts.year2:
        return None
    return _interval(f"{parts.year:04d}", f"{parts.year2:04d}")


def _interval(first: str, last: str) -> str | None:
    if first == last:
        return first
    if UNKNOWN_YEAR not in first + last and first > last:
        return None
    return f"{first}/{last}"


_MAKERS = {
    "stamp": _day,
    "day": _day,
    "worded": _day,
    "days": _days,
    "month": _month,
    "months": _months,
    "quarter": _quarter,
    "quarters": _quarter,
    "part_year": _part_year,
    "season": _year,
    "year": _year,
    "years": _years,
}


def first_day(value: str | None) -> dt.date | None:
    """The first calendar day a value covers, or None where its year is unknown.

    >>> first_day("2022-07/2022-09"), first_day("XXXX-06-30")
    (datetime.date(2022, 7, 1), None)
    """
    if not value or value.startswith(UNKNOWN_YEAR):
        return None
    start = value.split("/")[0].split("T")[0]
    numbers = [int(part) for part in start.split("-")]
    year, month, day = (*numbers, 1, 1)[:3]
    return dt.date(year, month, day) if year >= 1 else None
