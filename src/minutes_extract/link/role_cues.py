"""The cues of `meetings.yaml`, compiled once for each rulebook."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes_extract.errors import RuleError
from minutes_extract.link.role_scene import PERSON
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.models.meetings import CueEntry
from minutes_extract.text.fold import fold_spelling

_SLOT = re.compile(r"(?<!\?P)<([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class Cue:
    """One compiled cue; `entry` says what it means."""

    entry: CueEntry
    pattern: re.Pattern[str]
    before: re.Pattern[str] | None
    inside: re.Pattern[str] | None
    sentence: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues of a rulebook by family, the words that join people, and the abbreviations whose full stop ends no sentence."""

    families: dict[str, tuple[Cue, ...]]
    labels: re.Pattern[str]
    joins: re.Pattern[str]
    abbreviations: frozenset[str]

    def of(self, family: str, genre: str | None = None) -> tuple[Cue, ...]:
        """The cues of `family` that hold in documents of `genre`, in file order."""
        found = self.families.get(family, ())
        return found if genre is None else tuple(cue for cue in found if not cue.entry.genres or genre in cue.entry.genres)

    def find(self, family: str, cue_id: str, text: str) -> re.Match[str] | None:
        """The first match of the cue `cue_id` in folded `text`."""
        return next((cue.pattern.search(text) for cue in self.families.get(family, ()) if cue.entry.id == cue_id), None)


def build_cues(rulebook: Rulebook) -> Cues:
    """The compiled cues of `rulebook`; use it through `rulebook.compiled(build_cues)`.

    Raises:
        RuleError: names the entry whose pattern is no regular expression or uses an unknown list.
    """
    table = rulebook["meetings"]
    slots = {name: alternation(words) for name, words in table.lists.items()}
    slots["after"] = _after(int(table.settings["after_words"]))
    families: dict[str, list[Cue]] = {}
    for entry in table.entries:
        families.setdefault(entry.family, []).append(_compile(entry, slots))
    return Cues(
        {family: tuple(cues) for family, cues in families.items()},
        _label_starts(families.get("label", []), slots, int(table.settings["label_reach"])),
        re.compile(rf"\b(?:{alternation(table.lists['joins'])})\b"),
        frozenset(table.lists["abbreviations"]),
    )


def alternation(words: tuple[str, ...]) -> str:
    """The words as a regular expression, longest first, in folded spelling.

    >>> alternation(("họp", "họp báo"))
    'họp\\\\ báo|họp'
    """
    return "|".join(re.escape(fold_spelling(word)) for word in sorted(words, key=lambda word: (-len(word), word)))


def _after(words: int) -> str:
    """What may stand between a person and its verb: posts, bodies and a few words, no other person, no end of sentence."""
    blank = rf"[^\w\n:|{PERSON}]"
    return rf"(?:{blank}+\w++){{0,{words}}}?{blank}+"


def _compile(entry: CueEntry, slots: dict[str, str]) -> Cue:
    def regex(source: str) -> re.Pattern[str]:
        return re.compile(_word_first(fold_spelling(fill(source, slots, entry.id))), re.MULTILINE)

    try:
        return Cue(
            entry,
            regex(entry.pattern),
            regex(entry.before) if entry.before else None,
            regex(entry.inside) if entry.inside else None,
            regex(entry.sentence) if entry.sentence else None,
        )
    except re.error as error:
        raise RuleError(f"meetings.yaml: entry {entry.id}: not a regular expression: {error}") from None


_WORD_BOUNDARY = re.compile(r"\A\\b([^\W\d_]+)(?=[ (\[\\])")


def _word_first(pattern: str) -> str:
    r"""`pattern` with the boundary before its first word asked behind that word: only from its first letters on is it searched for fast.

    >>> _word_first(r"\btheo (?:ý kiến|lời) của")
    'theo(?<!\\wtheo) (?:ý kiến|lời) của'
    """
    return _WORD_BOUNDARY.sub(r"\1(?<!\\w\1)", pattern)


def fill(source: str, slots: dict[str, str], entry_id: str) -> str:
    """`source` with each `<list>` replaced by the alternation of that list."""

    def slot(match: re.Match[str]) -> str:
        if match[1] not in slots:
            raise RuleError(f"meetings.yaml: entry {entry_id}: the list <{match[1]}> is missing; add it under `lists:`")
        return slots[match[1]]

    return _SLOT.sub(slot, source)


def _label_starts(labels: list[Cue], slots: dict[str, str], reach: int) -> re.Pattern[str]:
    """Finds all labels at once; the group that matched is `g` and the number of the label."""
    words = "|".join(f"(?P<g{i}>{cue.pattern.pattern})" for i, cue in enumerate(labels))
    start = r"(?:^|(?<=[\n|;(.]))[ \-+*•–\d./)]*(?:[ivxa-h]{1,4}[./)] ?)?(?:[\-+*•] ?)?"
    return re.compile(rf"{start}(?:{words})[^\n|:{PERSON}]{{0,{reach}}}(?P<end>:|$|(?={PERSON}))", re.MULTILINE)
