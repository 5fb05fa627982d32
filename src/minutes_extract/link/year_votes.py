"""The year that the dates of a document speak for, where it is not written (handbook R-DAT-17)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from minutes_extract.find.date_patterns import DateRules
from minutes_extract.link.date_items import DAY_FORMS, DateItem
from minutes_extract.text.page import Page

_SURE_VOTE = 3
_SOON = 2
"""Months within which a day that is due stands in the year of the event."""


def loose_years(page: Page, rules: DateRules, items: Sequence[DateItem]) -> Counter[int]:
    """How often the names of events give a year outside of all dates: `Hội chợ Xuân 2022`."""
    covered = {offset for item in items for offset in range(item.mention.start, item.mention.end)}
    found = rules.cue("cue.loose_year").finditer(page.fold)
    return Counter(int(match["year"]) for match in found if match.start("year") not in covered)


def voted_year(rules: DateRules, items: Sequence[DateItem], loose: Counter[int], month: int | None) -> int | None:
    """The year that the dates of the document speak for, or None where they are too few (R-DAT-17).

    `loose` are the `loose_years` of the page. `month` is that of the date which lacks a year: where a report of one year stands beside
    the plan of the next, an early month belongs to the later year and a late month to the earlier one. What a document cites had been
    issued: a year before that of a cited decision is not its own.
    """
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
    issued = max((item.year or 0 for item in items if item.says("legal") and item.parts.form in DAY_FORMS), default=0)
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
    return year if year in dated else _at_turn_of_year(year, month, votes)


def _at_turn_of_year(year: int, month: int | None, votes: Counter[int]) -> int:
    """A report of one `year` beside the plan of the next: an early month belongs to the later year, a late one to the earlier."""
    if month is not None and month <= 2 and votes[year + 1]:
        return year + 1
    if month is not None and month >= 11 and votes[year - 1] and votes[year] <= votes[year - 1] + 1:
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


def _vote(item: DateItem, month: int | None) -> int:
    """How much a date says about the year of the document: plans and memories say little, a day due soon after the `month` of the
    event says much."""
    parts, form = item.parts, item.parts.form
    if item.says("deadline", "within") and form == "day" and month and parts.month and 0 <= parts.month - month <= _SOON:
        return 3
    if form == "days" and (parts.day, parts.month) == (parts.day2, parts.month2):
        return 8
    if item.says("memorial", "deadline", "future") and form in DAY_FORMS | {"year"}:
        return 0 if form == "year" else 1
    if form in {"day", "stamp", "days", "worded"}:
        return 4
    if form in {"month", "months", "quarter", "quarters", "part_year"}:
        return 3
    if form == "year":
        return {"title": 3, "lead": 2, "caption": 2}.get(item.zone, 1)
    return 0
