"""Dates and times: every expression that a calendar can answer, with its parts (handbook section 5, guidelines DATE).

`find_dates` looks only where a date may open (a digit, `ngày`, `sáng`, `quý`, ...), tries all rules of `dates.yaml` there and
keeps the longest reading that no guard refuses (handbook 5.5). What the parts mean in the document (the missing year, the role)
is told by `link.dates`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from types import MappingProxyType

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.date_patterns import DateRule, DateRules, date_rules
from minutes_extract.find.date_values import DateParts, edtf
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.page import BREAK, Page

_LONE_NUMBER = re.compile(r"(?<![0-9/.-])[0-9]{1,2}(?![0-9/.-])")


def find_dates(page: Page, rulebook: Rulebook) -> list[Candidate]:
    """The dates of `page`, in order, none overlapping another; offsets are clean offsets.

    `attrs["parts"]` holds the `DateParts`; `value` is set where the parts say everything.

    Example: `Chiều ngày 21/6/2022, tại` gives one candidate, `Chiều ngày 21/6/2022`, value `2022-06-21`.
    """
    rules = date_rules(rulebook)
    walls = [page.starts[i] for i, gap in enumerate(page.gaps) if gap >= BREAK]
    found: list[Candidate] = []
    at = 0
    while opening := rules.trigger.search(page.fold, at):
        start = opening.start()
        next_wall = bisect_right(walls, start)
        wall = walls[next_wall] if next_wall < len(walls) else len(page.fold)
        best = _longest(page, rules, start, wall, found[-1] if found else None)
        if best is None:
            at = opening.end()
            continue
        found.append(best)
        at = best.end
    return found


def _longest(page: Page, rules: DateRules, start: int, wall: int, before: Candidate | None) -> Candidate | None:
    """The longest reading at `start`; of two equally long ones the earlier rule's."""
    if rules.any_rule.match(page.fold, start, wall) is None:
        return None
    best: tuple[int, DateRule, re.Match[str]] | None = None
    for rule in rules.rules:
        match = rule.pattern.match(page.fold, start, wall)
        if match is None:
            continue
        end = _true_end(page.fold, match)
        if end is None or (best is not None and end <= best[0]) or not _stands(page, rules, rule, start, end, before):
            continue
        best = (end, rule, match)
    if best is None:
        return None
    end, rule, match = best
    parts = read_parts(rules, rule.form, match)
    attrs = MappingProxyType({"parts": parts})
    value = None if parts.lacks_year else edtf(parts)
    return Candidate(start, end, "DATE", rule.id, evidence=(rule.form,), value=value, attrs=attrs)


def _true_end(fold: str, match: re.Match[str]) -> int | None:
    """Where the span ends: a closing bracket belongs to it only if it opens inside."""
    start, end = match.span()
    text = fold[start:end]
    if text.count("(") > text.count(")"):
        return None
    return end - 1 if text.endswith(")") and "(" not in text else end


def _stands(page: Page, rules: DateRules, rule: DateRule, start: int, end: int, before: Candidate | None) -> bool:
    """True where the words around allow the rule: its `after` matches, no guard does."""
    left = page.fold[max(0, start - rules.settings["left_window"]) : start]
    if rule.after is not None and not rule.after.search(left) and not (rule.chain and _chained(page, rules, rule, start, before)):
        return False
    if any(guard.search(left) for guard in rule.not_after):
        return False
    return not any(guard.match(page.fold, end) for guard in rule.not_before)


def _chained(page: Page, rules: DateRules, rule: DateRule, start: int, before: Candidate | None) -> bool:
    """True where another date of the same form stands right before, joined by a comma or `và` (`năm 2021, 2022`)."""
    if before is None or rule.form not in before.evidence or start - before.end > 6:
        return False
    return rules.joiner.fullmatch(page.fold, before.end, start) is not None


def read_parts(rules: DateRules, form: str, match: re.Match[str]) -> DateParts:
    """The parts that the named groups of `match` hold."""
    got = {name: " ".join(text.split()) for name, text in match.groupdict().items() if text is not None}
    year, year_text = _year(rules, got.get("y1"))
    year2, year_text2 = _year(rules, got.get("y2"))
    if "ys2" in got and year is not None:
        year2 = year - year % 100 + int(got["ys2"])
    if form == "worded":
        return _worded(rules, got)
    part = _part_of_day(rules, got.get("part1"))
    hour, minute, second = _clock(rules, got, part)
    half = got.get("half1")
    return DateParts(
        form=form,
        day=_number(got.get("d1")),
        month=_month(rules, got, "1"),
        year=year,
        day2=_number(got.get("d2")),
        month2=_month(rules, got, "2"),
        year2=year2,
        year_text=year_text or year_text2,
        quarter=_quarter(got.get("q1")),
        quarter2=_quarter(got.get("q2")),
        months=_months(rules, got),
        edge=rules.edges.get(half or got.get("edge1", "")),
        part_of_day=part,
        hour=hour,
        minute=minute,
        second=second,
        weekday=rules.weekdays.get(got.get("w1", "")),
        deictic=rules.deictics.get(got.get("deic1") or got.get("deic2", "")),
        listed=_listed(match) if form == "days" else (),
        clock_range="h19" in got,
    )


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _year(rules: DateRules, text: str | None) -> tuple[int | None, str | None]:
    """The year, or (None, the text) where no such year is plausible."""
    if text is None:
        return None, None
    if len(text) == 2:
        return int(text) + (2000 if int(text) <= rules.settings["century_pivot"] else 1900), None
    if len(text) == 4 and rules.settings["oldest_year"] <= int(text) <= rules.settings["latest_year"]:
        return int(text), None
    return None, text


def _month(rules: DateRules, got: dict[str, str], number: str) -> int | None:
    if f"mw{number}" in got:
        return rules.months.get(got[f"mw{number}"])
    return _number(got.get(f"m{number}"))


def _months(rules: DateRules, got: dict[str, str]) -> int | None:
    if "k1" in got:
        return rules.counts.get(got["k1"]) or (int(got["k1"]) if got["k1"].isdigit() else None)
    return 6 if got.get("half1") in rules.half_words else None


def _quarter(text: str | None) -> int | None:
    return None if text is None else int(text) if text.isdigit() else ("i", "ii", "iii", "iv").index(text) + 1


def _part_of_day(rules: DateRules, text: str | None) -> str | None:
    if text is None:
        return None
    return rules.parts_of_day.get(text) or rules.parts_of_day.get(text.split(" ", 1)[-1])


def _clock(rules: DateRules, got: dict[str, str], part: str | None) -> tuple[int | None, int | None, int | None]:
    hour = _number(got.get("h1"))
    if hour is None:
        return None, None, None
    sign = got.get("apm1", "")
    if hour < 12 and (sign in rules.after_noon or part == "afternoon" or (part == "evening" and hour >= 5)):
        hour += 12
    elif hour == 12 and sign in rules.before_noon:
        hour = 0
    return hour, _number(got.get("n1") or got.get("nn1")) or 0, _number(got.get("s1"))


def _listed(match: re.Match[str]) -> tuple[int, ...]:
    """The days between the first and the last of `ngày 10, 11 và 12/5`."""
    inner = match.string[match.end("d1") : match.start("d2")]
    return tuple(int(number) for number in _LONE_NUMBER.findall(inner)) if "," in inner else ()


def _worded(rules: DateRules, got: dict[str, str]) -> DateParts:
    day = _spelled_number(rules, got["dw1"].split())
    words = got["yw1"].split()
    thousands, rest = rules.digits.get(words[0]), words[2:]
    year = None
    if thousands is not None:
        hundreds = _hundreds(rules, rest)
        year = None if hundreds is None else thousands * 1000 + hundreds
    return DateParts("worded", day, rules.months.get(got["mw1"]), year)


def _hundreds(rules: DateRules, words: list[str]) -> int | None:
    """`không trăm hai mươi hai` is 22."""
    if len(words) > 1 and words[1] not in rules.digits and words[0] in rules.digits and words[1] not in rules.tens:
        tail = _spelled_number(rules, words[2:]) if words[2:] else 0
        return None if tail is None else rules.digits[words[0]] * 100 + tail
    return _spelled_number(rules, words)


def _spelled_number(rules: DateRules, words: list[str]) -> int | None:
    """`hai mươi mốt` is 21; None where a word is no number."""
    total = 0
    for word in words:
        if word in rules.tens:
            total = (total or 1) * 10
        elif word in rules.digits:
            total += rules.digits[word]
        elif word not in rules.silent:
            return None
    return total
