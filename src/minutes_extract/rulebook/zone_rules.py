"""`zones.yaml` compiled into the patterns of `text.line_facts`."""

from __future__ import annotations

import re

from minutes_extract.errors import RuleError
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.fold import fold_spelling
from minutes_extract.text.line_facts import CAPITALS, MIXED, ZoneRules

_ESCAPE = re.compile(r"(\\.)")


def zone_rules(rulebook: Rulebook) -> ZoneRules:
    """The zone rules of `rulebook`, compiled once for each rulebook.

    Raises:
        RuleError: names the entry whose pattern is no regular expression.
    """
    return rulebook.compiled(_build)


def _build(rulebook: Rulebook) -> ZoneRules:
    table = rulebook["zones"]
    groups: list[str] = []
    kind_of: dict[str, str] = {}
    rule_of: dict[str, str] = {}
    for number, entry in enumerate(table.entries):
        group = f"k{number}"
        pattern = _fold_pattern(entry.pattern)
        _compile(pattern, f"entry {entry.id}")
        sign = CAPITALS if entry.capitals else f"[{CAPITALS}{MIXED}]"
        groups.append(f"(?P<{group}>{sign}(?:{pattern}){'$' if entry.whole else ''})")
        kind_of[group], rule_of[group] = entry.kind, entry.id
    settings = table.settings
    return ZoneRules(
        kinds=re.compile("|".join(groups) or r"(?!)"),
        kind_of=kind_of,
        rule_of=rule_of,
        item=_any(rulebook, "item_starts", "(?:%s)"),
        unfinished=_any(rulebook, "unfinished_capitals", r"(?:^|[\s(])(?:%s)$"),
        going_on=_any(rulebook, "going_on_capitals", r"(?:%s)(?!\w)"),
        open_abbreviation=_any(rulebook, "open_abbreviations", r"(?:^|[\s(,])(?:%s)$"),
        person_start=_any(rulebook, "person_starts", r"(?:%s)"),
        caption_cue=_any(rulebook, "caption_cues", r"(?<!\w)(?:%s)(?!\w)"),
        opening=_any(rulebook, "openings", r"(?:%s)"),
        head_lines=int(settings["head_lines"]),
        title_lines=int(settings["title_lines"]),
        caption_chars=int(settings["caption_chars"]),
        wrap_chars=int(settings["wrap_chars"]),
        wrap_lines=int(settings["wrap_lines"]),
        wrap_share=float(settings["wrap_share"]),
        body_chars=int(settings["body_chars"]),
    )


def _any(rulebook: Rulebook, name: str, frame: str) -> re.Pattern[str]:
    parts = [_fold_pattern(part) for part in rulebook.words("zones", name)]
    return _compile(frame.replace("%s", "|".join(parts) or "(?!)"), f"list {name}")


def _compile(pattern: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise RuleError(f"zones.yaml: {where}: not a regular expression: {error}") from None


def _fold_pattern(pattern: str) -> str:
    """`pattern` with its literal parts in the folded spelling; escapes such as `\\s` stay as they are."""
    return "".join(part if part.startswith("\\") else fold_spelling(part) for part in _ESCAPE.split(pattern))
