"""What the dates of a document mean: the missing years, what each is the date of, when the meeting was (handbook 5.6 to 5.9).

The year that a date leaves out comes from the date it stands beside, from the meeting, from the publication, or from the years the
document names most; where none of them is known it stays `XXXX`. There is no wall clock: the same text has the same dates on any day.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.date_patterns import DateCue, DateRules, date_rules
from minutes_extract.find.date_values import DateParts, edtf, first_day, valid_day
from minutes_extract.link.facts import DatePoint, Doubt
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import genre_of
from minutes_extract.text.page import WRAP, Page

_DAY_FORMS = frozenset({"day", "days", "worded", "stamp"})
_PAGE_ZONES = frozenset(
    {"stamp", "site_clock", "letterhead", "footer", "furniture", "counter", "source", "related", "banner", "recipients"}
)
_BARE_RULES = frozenset({"date.bare_day", "date.bare_day_dash", "date.holidays"})
_BESIDE = 45
_SURE_VOTE = 3
_LONGEST_MEETING = 31
"""Days that an event may last."""
_CLOCK_REACH = 100
"""Characters behind the date of a meeting in which its hour may stand: a lunar date in brackets may come between."""
_SOON = 2
"""Months within which a day that is due stands in the year of the event."""


@dataclass(frozen=True, slots=True)
class ResolvedDates:
    """The dates of a document. `mentions` are the candidates with `value` filled, `points` say what each is the date of.

    `published`: EDTF of the page's stamp or of the date line of an official document. `meeting_date`: EDTF day or interval of the event;
    `part_of_day`, `time` (`HH:MM`) and `meeting_mention` belong to it. `doubts`: what a reader should know.
    """

    mentions: tuple[Candidate, ...]
    points: tuple[DatePoint, ...]
    published: str | None
    meeting_date: str | None
    part_of_day: str | None
    time: str | None
    meeting_mention: Candidate | None
    doubts: tuple[Doubt, ...]


@dataclass(slots=True)
class _Item:
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
        return self.parts.year2 or self.parts.year

    def says(self, *cues: str) -> bool:
        return any(f"cue.{cue}" in self.cues for cue in cues)


def resolve_dates(page: Page, rulebook: Rulebook, candidates: Iterable[Candidate]) -> ResolvedDates:
    """The values and roles of the dates among `candidates`, the publication and the meeting date of `page`.

    Example: with the stamp `[07/08/2023 17:32]`, `Chiều ngày 8/8/20203` is the meeting date `2023-08-08`, with the doubts
    `implausible_year` and `meeting_after_publication`.
    """
    rules = date_rules(rulebook)
    dates = sorted((c for c in candidates if c.label == "DATE" and "parts" in c.attrs), key=lambda c: c.key)
    flat = _unwrapped(page)
    items = [_item(page, flat, rules, mention) for mention in dates]
    doubts: list[Doubt] = []
    stamp = _published(items)
    published = edtf(stamp.parts) if stamp else None
    votes = _voted_year(page, rules, items, None)
    _repair_years(items, first_day(published), votes, doubts)
    meeting = _choose_meeting(page, rulebook, rules, items, stamp)
    votes = _voted_year(page, rules, items, meeting.parts.month if meeting else None)
    _resolve(rules, items, meeting, first_day(published), votes)
    date = _meeting_date(items, meeting)
    doubts += _doubts(rules, items, meeting, date, published, stamp)
    part, time = (None, None) if date is None or "/" in date else _meeting_time(page, rules, meeting)
    mentions = tuple(item.mention.but(value=item.value) for item in items)
    points = tuple(
        DatePoint(mention, item.value, item.parts.part_of_day, item.parts.time, _role(item, meeting, date, stamp, published))
        for item, mention in zip(items, mentions, strict=True)
    )
    renamed = {item.mention.key: mention for item, mention in zip(items, mentions, strict=True)}
    doubts = [replace(doubt, mentions=tuple(renamed[m.key] for m in doubt.mentions)) for doubt in doubts]
    chosen = renamed[meeting.mention.key] if meeting is not None and date is not None else None
    return ResolvedDates(mentions, points, published, date, part, time, chosen, tuple(doubts))


def _unwrapped(page: Page) -> str:
    """The folded text, same length, with a space for each line break inside a sentence."""
    pieces: list[str] = []
    at = 0
    for i, gap in enumerate(page.gaps):
        if gap == WRAP:
            start = page.ends[i - 1] if i else 0
            pieces += (page.fold[at:start], page.fold[start : page.starts[i]].replace("\n", " "))
            at = page.starts[i]
    pieces.append(page.fold[at:])
    return "".join(pieces)


def cues_beside(page: Page, rulebook: Rulebook, mention: Candidate) -> frozenset[str]:
    """Ids of the cues of `dates.yaml` that stand beside the date `mention`; those of the whole page (`side: page`) wherever they are."""
    rules = date_rules(rulebook)
    anywhere = {cue.id for cue in rules.cues if cue.side == "page" and cue.pattern.search(page.fold)}
    return frozenset(anywhere.union(cue.id for cue in _beside(_unwrapped(page), rules, mention)))


def _beside(flat: str, rules: DateRules, mention: Candidate) -> list[DateCue]:
    """The cues beside a date on its line, in file order."""
    wide = rules.settings["sentence_window"]
    first = max(0, mention.start - wide)
    sentence = flat[max(first, flat.rfind("\n", first, mention.start)) : mention.start]
    around = {
        "left": sentence[-rules.settings["cue_window"] :],
        "sentence": sentence,
        "right": flat[mention.end : mention.end + wide],
        "page": "",
    }
    return [cue for cue in rules.cues if cue.pattern.search(around[cue.side])]


def _item(page: Page, flat: str, rules: DateRules, mention: Candidate) -> _Item:
    """The candidate with the cues that stand beside it on its line and their summed score (R-DAT-40)."""
    parts: DateParts = mention.attrs["parts"]
    beside = _beside(flat, rules, mention)
    score = sum(cue.score for cue in beside)
    score += 3 * (parts.part_of_day is not None) + 3 * (parts.hour is not None) + 2 * (parts.deictic == "today")
    if mention.rule in _BARE_RULES:
        score -= 3
    return _Item(mention, parts, page.zone_at(mention.start), frozenset(cue.id for cue in beside), score)


def _published(items: Sequence[_Item]) -> _Item | None:
    """The stamp of the page, else the date line of an official document (R-DAT-20 to R-DAT-25), else None."""
    full = [item for item in items if item.parts.form in {"day", "stamp"} and item.year is not None and item.zone != "site_clock"]
    for told in ("published", "updated"):
        for item in full:
            if item.says(told) and item.zone not in {"body", "lead", "letterhead"}:
                return item
    for item in full:
        if item.zone == "stamp":
            return item
    for item in full:
        if item.zone == "letterhead" and item.says("letterhead") and not item.says("legal"):
            return item
    return None


def _voted_year(page: Page, rules: DateRules, items: Sequence[_Item], month: int | None) -> int | None:
    """The year that the dates of the document speak for, or None where they are too few (R-DAT-17).

    `month` is that of the date which lacks a year: where a report of one year stands beside the plan of the next, an early month belongs to
    the later year and a late month to the earlier one. What a document cites had been issued: a year before that of a cited decision is
    not its own.
    """
    covered = {offset for item in items for offset in range(item.mention.start, item.mention.end)}
    found = rules.cue("cue.loose_year").finditer(page.fold)
    loose = Counter(int(match["year"]) for match in found if match.start("year") not in covered)
    aims = {item.parts.year2 for item in items if item.parts.form == "years"}
    votes: Counter[int] = Counter({year: min(count, 2) for year, count in loose.items() if year not in aims})
    dated: set[int] = set()
    named: set[int] = set()
    for item in items:
        if item.year is None or item.says("legal") or item.zone in {"footer", "site_clock"}:
            continue
        votes[item.year] += _vote(item, month)
        if item.parts.form not in {"year", "years"}:
            dated.add(item.year)
        elif item.parts.form == "year" and not item.says("deadline", "future"):
            named.add(item.year)
    issued = max((item.year or 0 for item in items if item.says("legal") and item.parts.form in _DAY_FORMS), default=0)
    votes = Counter({year: count for year, count in votes.items() if year >= issued or (year in dated and count >= _SURE_VOTE)})
    alone = len(votes) == 1
    votes = _of_the_time(rules, votes, dated, named)
    best = max(votes.values(), default=0)
    spoken = [year for year, count in votes.items() if count]
    if spoken and max(spoken) - min(spoken) <= 1 and max(spoken) in dated | named and max(spoken) - 1 in votes:
        alone = True  # one year beside the year it is compared with
    if best < (1 if alone else rules.settings["year_votes"]):
        return None
    year = max(year for year, count in votes.items() if count == best)
    if year not in dated and month is not None:
        if month <= 2 and votes[year + 1]:
            return year + 1
        if month >= 11 and votes[year - 1] and votes[year] <= votes[year - 1] + 1:
            return year - 1
    return year


def _of_the_time(rules: DateRules, votes: Counter[int], dated: set[int], named: set[int]) -> Counter[int]:
    """The votes without those for years that the document looks back on: a later year is named as past in it."""
    told = {year for year in dated if votes[year] > 1}
    latest = _latest_told(named, told)
    if told and latest < max(told) + 2:
        kept = {year for year in told if year >= max(told) - rules.settings["oldest_vote"]}
        if any(votes[year] >= _SURE_VOTE for year in kept):
            return Counter({year: votes[year] for year in kept})
    told_late = {year for year in told if year > latest}
    targets = {year for year in named if year > latest > 0} - told_late
    return Counter({year: count for year, count in votes.items() if year >= latest - 1 and year not in targets})


def _latest_told(named: set[int], told: set[int]) -> int:
    """The latest year that is no target: a round year (2020, 2030) far from the next earlier one is what a plan aims at."""
    years = sorted(named)
    while len(years) > 1 and years[-1] % 5 == 0 and years[-1] - max([years[-2], *(y for y in told if y < years[-1])]) >= 2:
        years.pop()
    return years[-1] if years and not (told and years[-1] % 5 == 0 and years[-1] - max(told) >= 2) else 0


def _vote(item: _Item, month: int | None) -> int:
    """How much a date says about the year of the document: plans and memories say little, a day due soon after the `month` of the
    event says much."""
    parts, form = item.parts, item.parts.form
    if item.says("deadline", "within") and form == "day" and month and parts.month and 0 <= parts.month - month <= _SOON:
        return 3
    if form == "days" and (parts.day, parts.month) == (parts.day2, parts.month2):
        return 8
    if item.says("memorial", "deadline", "future") and form in _DAY_FORMS | {"year"}:
        return 0 if form == "year" else 1
    if form in {"day", "stamp", "days", "worded"}:
        return 4
    if form in {"month", "months", "quarter", "quarters", "part_year"}:
        return 3
    if form == "year":
        return {"title": 3, "lead": 2, "caption": 2}.get(item.zone, 1)
    return 0


def _repair_years(items: Sequence[_Item], published: dt.date | None, votes: int | None, doubts: list[Doubt]) -> None:
    """Years with a digit too many: the reading nearest to what the rest of the document says (handbook 5.4)."""
    near = published.year if published else votes
    for item in items:
        wrong = item.parts.year_text
        if wrong is None:
            continue
        readings = {int(wrong[:i] + wrong[i + 1 :]) for i in range(len(wrong))}
        plausible = sorted(year for year in readings if 1900 <= year <= 2100)
        if near is None or not plausible:
            doubts.append(Doubt("implausible_year", f"year {wrong} cannot be read", (item.mention,)))
            item.fixed = True
            continue
        year = min(plausible, key=lambda y: (abs(y - near), y))
        doubts.append(Doubt("implausible_year", f"year {wrong} read as {year}", (item.mention,)))
        second = item.parts.form in {"days", "months", "quarters"}
        item.parts = replace(item.parts, year2=year) if second and item.parts.year2 is None else replace(item.parts, year=year)


def _near_year(rules: DateRules, parts: DateParts, anchor: dt.date, forward: bool) -> int:
    """The year that brings a day or month near to `anchor` (R-DAT-10 to R-DAT-13): its own, unless that is most of a year away."""
    month = parts.month2 or parts.month or (parts.quarter * 3 - 2 if parts.quarter else anchor.month)
    distance = (month - anchor.month) * 30 + ((parts.day2 or parts.day or anchor.day) - anchor.day)
    if distance > rules.settings["same_year_days"] and not forward:
        return anchor.year - 1
    if distance < -rules.settings["same_year_days"] and (forward or parts.day is not None):
        return anchor.year + 1
    return anchor.year


def _choose_meeting(page: Page, rulebook: Rulebook, rules: DateRules, items: Sequence[_Item], stamp: _Item | None) -> _Item | None:
    """The date of the event told of (handbook 5.9): the best scored day, the first of equals; None where nothing speaks for one."""
    start = next((line.start for line in page.lines if line.zone in {"lead", "body", "attendance"}), 0)
    best: _Item | None = None
    best_score = rules.settings["meeting_score"] - 1
    for item in items:
        if item is stamp or item.zone in _PAGE_ZONES or not _names_a_day(item, stamp):
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


def _far_from_stamp(rules: DateRules, item: _Item, stamp: _Item | None) -> int:
    """Penalty for a full date well after the publication (a plan) or long before it (a memory)."""
    day, page_day = first_day(edtf(item.parts)), first_day(edtf(stamp.parts)) if stamp else None
    if day is None or page_day is None or stamp is item:
        return 0
    gap = (page_day - day).days
    return 5 if gap < -2 else 3 if gap > 2 * rules.settings["clock_gap_days"] else 0


def _same_day(a: DateParts, b: DateParts) -> bool:
    return (a.day, a.month, a.year) == (b.day, b.month, b.year)


def _names_a_day(item: _Item, stamp: _Item | None) -> bool:
    if item.parts.form == "deictic":
        return item.parts.deictic == "today" and stamp is not None
    return item.parts.form in _DAY_FORMS and not item.says("yearly") and not _is_long(item)


def _is_long(item: _Item) -> bool:
    """True for days so far apart that no meeting lasts from one to the other: `từ ngày 25/1/2015 đến ngày 25/12/2015`."""
    ends = (edtf(item.parts) or "").split("/") if item.parts.form == "days" else []
    return len(ends) == 2 and all(map(first_day, ends)) and _days_between(ends[0], ends[1]) > _LONGEST_MEETING


def _meeting_date(items: Sequence[_Item], meeting: _Item | None) -> str | None:
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


def _meeting_time(page: Page, rules: DateRules, meeting: _Item | None) -> tuple[str | None, str | None]:
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


def _resolve(rules: DateRules, items: Sequence[_Item], meeting: _Item | None, published: dt.date | None, votes: int | None) -> None:
    """Fill `value` of all items: complete dates first, then the meeting, then what leans on them."""
    for item in items:
        if not item.fixed and not item.parts.lacks_year:
            item.value = edtf(item.parts)
    if meeting is not None:
        if meeting.parts.form == "deictic":
            meeting.value = _iso(published)
        elif meeting.parts.lacks_year and not meeting.fixed:
            meeting.value = edtf(meeting.parts, _lent(rules, meeting, published, votes))
    told = first_day(meeting.value) if meeting else None
    anchor = told or published
    for i, item in enumerate(items):
        if item.fixed or item.value is not None or item is meeting or item.parts.form == "deictic":
            continue
        if item.says("yearly"):
            item.value = edtf(item.parts)
            continue
        beside = _year_beside(items, i)
        item.value = edtf(item.parts, beside if beside is not None else _lent(rules, item, anchor, votes))
    for i, item in enumerate(items):
        if item.parts.form == "deictic" and item is not meeting:
            item.value = _deictic(items, i, meeting, told, published)


def _lent(rules: DateRules, item: _Item, anchor: dt.date | None, votes: int | None) -> int | None:
    if anchor is None:
        return votes
    if item.parts.form in {"season", "part_year"}:
        return anchor.year
    return _near_year(rules, item.parts, anchor, item.says("deadline", "within", "future", "future_after"))


def _year_beside(items: Sequence[_Item], i: int) -> int | None:
    """The year of the next mention of the same form, where only a few words part them (`tháng 3 và tháng 4 năm 2021`)."""
    if i + 1 >= len(items):
        return None
    item, after = items[i], items[i + 1]
    near = after.mention.start - item.mention.end <= _BESIDE and after.parts.form == item.parts.form
    return after.year if near and item.parts.form in {"month", "quarter", "part_year"} and not after.says("legal") else None


def _deictic(items: Sequence[_Item], i: int, meeting: _Item | None, told: dt.date | None, published: dt.date | None) -> str | None:
    """The day a deictic word points to: `cùng ngày` to the day told last, `hôm nay` to the publication, in minutes to the meeting."""
    item = items[i]
    if item.parts.deictic == "same_day":
        day = told if item.says("closing") else _day_told_before(items, i) or told
    else:
        day = published if published and (meeting is None or meeting.zone != "attendance") else None
        day = told if day is None or (told is not None and _official(items)) else day
        shift = {"yesterday": -1, "tomorrow": 1}.get(item.parts.deictic or "", 0)
        day = _shifted(day, shift)
    if day is None:
        return None
    return edtf(replace(item.parts, form="day", day=day.day, month=day.month, year=day.year))


def _shifted(day: dt.date | None, days: int) -> dt.date | None:
    try:
        return day and day + dt.timedelta(days=days)
    except OverflowError:
        return None


def _official(items: Sequence[_Item]) -> bool:
    return any(item.zone == "letterhead" for item in items)


def _day_told_before(items: Sequence[_Item], i: int) -> dt.date | None:
    for item in reversed(items[:i]):
        if (
            item.parts.form in {"day", "deictic"}
            and item.zone not in _PAGE_ZONES
            and not item.says("legal", "deadline", "within", "yearly", "memorial")
        ):
            return first_day(item.value)
    return None


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _role(item: _Item, meeting: _Item | None, date: str | None, stamp: _Item | None, published: str | None) -> str:
    """What the mention is the date of; the names are those of `records.DateRole`."""
    if item is stamp:
        return "document" if item.zone == "letterhead" else "published"
    if item.zone == "site_clock":
        return "page_clock"
    if item is meeting:
        return "meeting"
    if item.says("legal") and item.parts.form in _DAY_FORMS:
        return "legal_reference"
    day = (item.value or "").split("T")[0]
    if (
        date is not None
        and day
        and not item.says("super_event")
        and item.parts.form in _DAY_FORMS | {"deictic"}
        and day in [*date.split("/"), date]
    ):
        return "meeting"
    if item.says("deadline", "within") and item.parts.form not in {"year", "years"} and _not_before(item.value, date or published):
        return "deadline"
    if _is_long(item):
        return "period"
    return "other" if item.parts.form in _DAY_FORMS | {"deictic", "lunar"} else "period"


def _not_before(value: str | None, anchor: str | None) -> bool:
    day, told = first_day((value or "").split("/")[-1] or None), first_day(anchor)
    return day is None or told is None or (day.year, day.month) >= (told.year, told.month)


def _doubts(
    rules: DateRules, items: Sequence[_Item], meeting: _Item | None, date: str | None, published: str | None, stamp: _Item | None
) -> list[Doubt]:
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


def _calendar_doubts(item: _Item) -> list[Doubt]:
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
