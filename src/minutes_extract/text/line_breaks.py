"""Which line breaks stand inside a sentence or a name: of hard-wrapped text, of titles, of lines in capitals (handbook 8.5)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from minutes_extract.text.line_facts import LineFacts, ZoneRules

_TAIL = 40
"""Characters at the end of a line that its abbreviations are looked for in."""


def is_hard_wrapped(facts: Sequence[LineFacts], rules: ZoneRules) -> bool:
    """True where the document was broken at a column: short lines only, many of which go on in small letters."""
    if len(facts) < rules.wrap_lines:
        return False
    long = sum(len(line.text) for line in facts if len(line.text) > rules.wrap_chars)
    if long > 0.05 * sum(len(line.text) for line in facts):
        return False
    open_ends = going_on = 0
    for above, below in pairwise(facts):
        if below.blank_before or above.stopped or below.item or above.kind or below.kind or (above.capitals and below.capitals):
            continue
        open_ends += 1
        going_on += below.text[0].islower()
    return going_on > 2 and going_on >= rules.wrap_share * open_ends


_ALONE = frozenset({"rule", "motto", "number", "recipients", "sign", "stamp", "clock", "note", "type_minutes", "type_notice"})
_SHUT = frozenset({"motto", "number", "type_minutes", "type_notice"})
_OPENS = frozenset({"attendance", "party", "label", "heading", "closing", "legal"})


def joins(above: LineFacts, below: LineFacts, wrapped: bool, rules: ZoneRules) -> bool:
    """True where the single line break between two lines stands inside a sentence or a name (gap WRAP)."""
    if above.zone == "title" and below.zone == "title":
        return _title_goes_on(above, below, rules)
    if above.cells > 1 or below.cells > 1:
        return False
    if below.item or below.kind in _OPENS or below.kind == "rule" or above.kind == "rule":
        return False
    if above.capitals and below.capitals:
        return _capitals_go_on(above, below, rules) or (wrapped and above.kind == "heading" and below.zone == "heading")
    if not wrapped or above.zone != below.zone or above.zone == "signature":
        return False
    if above.stopped and not rules.open_abbreviation.search(above.fold[-_TAIL:]):
        return False
    if below.kind in _ALONE or above.kind in _SHUT:
        return False
    if below.text[0].islower() or (below.text[0].isdecimal() and not above.capitals):
        return True
    if above.zone == "letterhead" or (below.capitals and len(below.text) > 12):
        return False
    return not (rules.person_start.match(below.fold) and len(above.text) < 0.6 * rules.wrap_chars)


def _title_goes_on(above: LineFacts, below: LineFacts, rules: ZoneRules) -> bool:
    if above.kind in ("type_minutes", "type_notice") and len(above.text) < 25 and not below.text[0].islower():
        return above.capitals and below.capitals and rules.going_on.match(below.fold) is not None
    return (above.capitals and below.capitals) or below.text[0].islower() or not (above.stopped or below.text[0] in "(-")


def _capitals_go_on(above: LineFacts, below: LineFacts, rules: ZoneRules) -> bool:
    if above.zone != below.zone or above.stopped:
        return False
    if rules.unfinished.search(above.fold[-_TAIL:]):
        return True
    return above.kind not in ("motto", "sign") and below.kind == "" and rules.going_on.match(below.fold) is not None
