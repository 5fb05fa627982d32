"""What each line of a page is by what it says: a stamp, a motto, a signing mode (`rulebook/data/zones.yaml`; handbook 1.0-1.5).

Where it stands, and so its zone, is told by `text.zones`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes_extract.text.fold import fold

CAPITALS, MIXED = "\x01", "\x02"
"""What the subject of `ZoneRules.kinds` starts with: a line in capitals only, or another one."""

_FINAL_STOP = ".;:?!…"
_SHOWN = 400


@dataclass(frozen=True, slots=True)
class ZoneRules:
    """The compiled form of `zones.yaml`; all patterns read folded text. Build it with `rulebook.zone_rules`."""

    kinds: re.Pattern[str]
    """Alternation of all line rules, one group each; match it against `CAPITALS` or `MIXED` + the folded line."""
    kind_of: dict[str, str]
    """Group name -> kind."""
    rule_of: dict[str, str]
    """Group name -> id of the rule."""
    item: re.Pattern[str]
    """The start of a list item or numbered paragraph."""
    unfinished: re.Pattern[str]
    """The end of a capital line that goes on in the next one."""
    going_on: re.Pattern[str]
    """The start of a capital line that goes on from the one before."""
    open_abbreviation: re.Pattern[str]
    """The end of a line whose full stop belongs to an abbreviation."""
    person_start: re.Pattern[str]
    """A line that opens with an honorific or a degree."""
    caption_cue: re.Pattern[str]
    opening: re.Pattern[str]
    """The first words of a report of a meeting; ends the title."""
    head_lines: int
    title_lines: int
    caption_chars: int
    wrap_chars: int
    wrap_lines: int
    wrap_share: float
    body_chars: int


@dataclass(slots=True)
class LineFacts:
    """What the zone rules know of one line that is not blank. Offsets into the clean text."""

    start: int
    end: int
    text: str
    """The line without the white space around it."""
    fold: str
    blank_before: bool
    kind: str
    capitals: bool
    cells: int
    """Columns: texts parted by three or more spaces, a tab or ` | `."""
    item: bool
    zone: str = "body"

    @property
    def stopped(self) -> bool:
        """True where the line ends with a mark that ends a sentence or a clause."""
        return self.text[-1] in _FINAL_STOP


_CELL = re.compile(r" {3,}|\t[ \t]*| ?\| ?")


def line_facts(text: str, folded: str, rules: ZoneRules) -> list[LineFacts]:
    """The facts of all lines of clean `text` that are not blank, in order."""
    facts: list[LineFacts] = []
    blank = True
    start = 0
    for raw in text.split("\n"):
        end = start + len(raw)
        if raw and not raw.isspace():
            facts.append(_facts_of(raw, folded[start:end], start, end, blank, rules))
            blank = False
        else:
            blank = True
        start = end + 1
    return facts


def _facts_of(raw: str, folded: str, start: int, end: int, blank: bool, rules: ZoneRules) -> LineFacts:
    left = len(raw) - len(raw.lstrip())
    line = raw.strip()
    fold = folded[left : left + len(line)]
    capitals = line.isupper()
    kind = kind_of_line(fold, capitals, rules)
    cells = 1
    if len(line) < 200 and ("   " in line or "\t" in line or "|" in line):
        pieces = _CELL.split(fold)
        cells = len(pieces)
        if kind in ("", "item"):
            kind = next((k for p in pieces if (k := kind_of_line(p, capitals, rules)) not in ("", "item", "label")), kind)
    return LineFacts(start, end, line, fold, blank, kind, capitals, cells, rules.item.match(fold) is not None)


def kind_of_line(fold: str, capitals: bool, rules: ZoneRules) -> str:
    """The kind of a folded line by what it says (`stamp`, `motto`, `sign`, ...), "" for none; `capitals`: is it in capitals only?"""
    group = _matching_group(fold, capitals, rules)
    return rules.kind_of[group] if group else ""


def rule_for_line(line: str, rules: ZoneRules) -> str:
    """Id of the rule of `zones.yaml` that gives `line` its kind, "" if none does."""
    line = line.strip()
    group = _matching_group(fold(line), line.isupper(), rules)
    return rules.rule_of[group] if group else ""


def _matching_group(fold: str, capitals: bool, rules: ZoneRules) -> str:
    # A long line is shown to the patterns without its end: their time stays bounded, and none that must reach it matches.
    shown = fold if len(fold) <= _SHOWN else f"{fold[:_SHOWN]}\x00"
    match = rules.kinds.match((CAPITALS if capitals else MIXED) + shown)
    return (match.lastgroup or "") if match else ""
