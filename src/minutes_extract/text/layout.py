"""Clean text -> `Page`: tokens, lines, gaps and zones in one pass."""

from __future__ import annotations

from minutes_extract.text.fold import fold
from minutes_extract.text.genres import genre_of_lines
from minutes_extract.text.line_breaks import is_hard_wrapped, joins
from minutes_extract.text.line_facts import LineFacts, ZoneRules, line_facts
from minutes_extract.text.page import BLANK, BREAK, GLUED, SPACE, WRAP, Line, Page, split_tokens
from minutes_extract.text.zones import assign_zones


def lay_out(text: str, rules: ZoneRules, *, words: tuple[tuple[int, int], ...] = (), zones: bool = True) -> Page:
    """The page of clean `text` (NFC, LF): tokens with their gaps, lines that are not blank with their zones.

    Offsets are code points into `text`. The gap before the first token is BLANK. Runs of three or more spaces and tabs
    part columns: the token behind one has the gap BREAK. `words` are underthesea's (`text.words.segment_words`).
    `zones=False` leaves every line in the zone `body`.
    """
    folded = fold(text)
    facts = line_facts(text, folded, rules)
    if zones:
        assign_zones(facts, rules)
    starts, ends, keys, flags = split_tokens(text, folded)
    first = _first_tokens(starts, facts)
    lines = tuple(Line(line.start, line.end, first[i], first[i + 1], line.zone) for i, line in enumerate(facts))
    line_of = [i for i, line in enumerate(lines) for _ in range(line.first, line.last)]
    gaps = _gaps(text, starts, ends, facts, first, rules)
    return Page(text, folded, tuple(starts), tuple(ends), tuple(keys), tuple(flags), tuple(gaps), lines, tuple(line_of), words)


def genre_of(page: Page, rules: ZoneRules) -> str:
    """`minutes`, `notice`, `news` or `other` (handbook 1.0)."""
    return genre_of_lines(line_facts(page.text, page.fold, rules), rules)


def _first_tokens(starts: list[int], facts: list[LineFacts]) -> list[int]:
    """Index of the first token of each line, and the number of tokens at the end."""
    first: list[int] = []
    i, count = 0, len(starts)
    for line in facts:
        while i < count and starts[i] < line.start:
            i += 1
        first.append(i)
    first.append(count)
    return first


def _gaps(text: str, starts: list[int], ends: list[int], facts: list[LineFacts], first: list[int], rules: ZoneRules) -> list[int]:
    gaps = [GLUED if end == start else SPACE if start - end < 3 else BREAK for end, start in zip([-1, *ends], starts, strict=False)]
    if "\t" in text:
        for i, (end, start) in enumerate(zip(ends, starts[1:], strict=False), 1):
            if "\t" in text[end:start]:
                gaps[i] = BREAK
    wrapped = is_hard_wrapped(facts, rules)
    for i, line in enumerate(facts):
        if first[i] == first[i + 1]:
            continue
        if line.blank_before:
            gaps[first[i]] = BLANK
        else:
            gaps[first[i]] = WRAP if joins(facts[i - 1], line, wrapped, rules) else BREAK
    return gaps
