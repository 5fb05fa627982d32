"""What the dates of a document mean: the missing years, what each is the date of, when the meeting was (handbook 5.6 to 5.9).

The year that a date leaves out comes from the date it stands beside, from the meeting, from the publication, or from the years the
document names most; where none of them is known it stays `XXXX`. There is no wall clock: the same text has the same dates on any day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.date_patterns import DateCue, DateRules, date_rules
from minutes_extract.find.date_values import DateParts, edtf, first_day
from minutes_extract.link.date_doubts import date_doubts
from minutes_extract.link.date_items import DAY_FORMS, PAGE_ZONES, DateItem
from minutes_extract.link.facts import DatePoint, Doubt
from minutes_extract.link.meeting_dates import choose_meeting, is_long, meeting_date, meeting_time
from minutes_extract.link.year_votes import loose_years, voted_year
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.page import Page

_BARE_RULES = frozenset({"date.bare_day", "date.bare_day_dash", "date.holidays"})
_BESIDE = 45


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


def resolve_dates(page: Page, rulebook: Rulebook, candidates: Iterable[Candidate]) -> ResolvedDates:
    """The values and roles of the dates among `candidates`, the publication and the meeting date of `page`.

    Example: with the stamp `[07/08/2023 17:32]`, `Chiều ngày 8/8/20203` is the meeting date `2023-08-08`, with the doubts
    `implausible_year` and `meeting_after_publication`.
    """
    rules = date_rules(rulebook)
    dates = sorted((c for c in candidates if c.label == "DATE" and "parts" in c.attrs), key=lambda c: c.key)
    flat = page.unwrapped()
    items = [_item(page, flat, rules, mention) for mention in dates]
    doubts: list[Doubt] = []
    stamp = _published(items)
    published = edtf(stamp.parts) if stamp else None
    loose = loose_years(page, rules, items)
    votes = voted_year(rules, items, loose, None)
    _repair_years(items, first_day(published), votes, doubts)
    meeting = choose_meeting(page, rulebook, rules, items, stamp)
    votes = voted_year(rules, items, loose, meeting.parts.month if meeting else None)
    _resolve(rules, items, meeting, first_day(published), votes)
    date = meeting_date(items, meeting)
    doubts += date_doubts(rules, items, meeting, date, published, stamp)
    part, time = (None, None) if date is None or "/" in date else meeting_time(page, rules, meeting)
    mentions = tuple(item.mention.but(value=item.value) for item in items)
    points = tuple(
        DatePoint(mention, item.value, item.parts.part_of_day, item.parts.time, _role(item, meeting, date, stamp, published))
        for item, mention in zip(items, mentions, strict=True)
    )
    renamed = {item.mention.key: mention for item, mention in zip(items, mentions, strict=True)}
    doubts = [replace(doubt, mentions=tuple(renamed[m.key] for m in doubt.mentions)) for doubt in doubts]
    chosen = renamed[meeting.mention.key] if meeting is not None and date is not None else None
    return ResolvedDates(mentions, points, published, date, part, time, chosen, tuple(doubts))


def cues_beside(page: Page, rulebook: Rulebook, mention: Candidate) -> frozenset[str]:
    """Ids of the cues of `dates.yaml` that stand beside the date `mention`; those of the whole page (`side: page`) wherever they are."""
    rules = date_rules(rulebook)
    anywhere = {cue.id for cue in rules.cues if cue.side == "page" and cue.pattern.search(page.fold)}
    return frozenset(anywhere.union(cue.id for cue in _beside(page.unwrapped(), rules, mention)))


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


def _item(page: Page, flat: str, rules: DateRules, mention: Candidate) -> DateItem:
    """The candidate with the cues that stand beside it on its line and their summed score (R-DAT-40)."""
    parts: DateParts = mention.attrs["parts"]
    beside = _beside(flat, rules, mention)
    score = sum(cue.score for cue in beside)
    score += 3 * (parts.part_of_day is not None) + 3 * (parts.hour is not None) + 2 * (parts.deictic == "today")
    if mention.rule in _BARE_RULES:
        score -= 3
    return DateItem(mention, parts, page.zone_at(mention.start), frozenset(cue.id for cue in beside), score)


def _published(items: Sequence[DateItem]) -> DateItem | None:
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


def _repair_years(items: Sequence[DateItem], published: dt.date | None, votes: int | None, doubts: list[Doubt]) -> None:
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


def _resolve(rules: DateRules, items: Sequence[DateItem], meeting: DateItem | None, published: dt.date | None, votes: int | None) -> None:
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


def _lent(rules: DateRules, item: DateItem, anchor: dt.date | None, votes: int | None) -> int | None:
    if anchor is None:
        return votes
    if item.parts.form in {"season", "part_year"}:
        return anchor.year
    return _near_year(rules, item.parts, anchor, item.says("deadline", "within", "future", "future_after"))


def _year_beside(items: Sequence[DateItem], i: int) -> int | None:
    """The year of the next mention of the same form, where only a few words part them (`tháng 3 và tháng 4 năm 2021`)."""
    if i + 1 >= len(items):
        return None
    item, after = items[i], items[i + 1]
    near = after.mention.start - item.mention.end <= _BESIDE and after.parts.form == item.parts.form
    return after.year if near and item.parts.form in {"month", "quarter", "part_year"} and not after.says("legal") else None


def _deictic(items: Sequence[DateItem], i: int, meeting: DateItem | None, told: dt.date | None, published: dt.date | None) -> str | None:
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


def _official(items: Sequence[DateItem]) -> bool:
    return any(item.zone == "letterhead" for item in items)


def _day_told_before(items: Sequence[DateItem], i: int) -> dt.date | None:
    for item in reversed(items[:i]):
        if (
            item.parts.form in {"day", "deictic"}
            and item.zone not in PAGE_ZONES
            and not item.says("legal", "deadline", "within", "yearly", "memorial")
        ):
            return first_day(item.value)
    return None


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _role(item: DateItem, meeting: DateItem | None, date: str | None, stamp: DateItem | None, published: str | None) -> str:
    """What the mention is the date of; the names are those of `records.DateRole`."""
    if item is stamp:
        return "document" if item.zone == "letterhead" else "published"
    if item.zone == "site_clock":
        return "page_clock"
    if item is meeting:
        return "meeting"
    if item.says("legal") and item.parts.form in DAY_FORMS:
        return "legal_reference"
    day = (item.value or "").split("T")[0]
    if (
        date is not None
        and day
        and not item.says("super_event")
        and item.parts.form in DAY_FORMS | {"deictic"}
        and day in [*date.split("/"), date]
    ):
        return "meeting"
    if item.says("deadline", "within") and item.parts.form not in {"year", "years"} and _not_before(item.value, date or published):
        return "deadline"
    if is_long(item):
        return "period"
    return "other" if item.parts.form in DAY_FORMS | {"deictic", "lunar"} else "period"


def _not_before(value: str | None, anchor: str | None) -> bool:
    day, told = first_day((value or "").split("/")[-1] or None), first_day(anchor)
    return day is None or told is None or (day.year, day.month) >= (told.year, told.month)
