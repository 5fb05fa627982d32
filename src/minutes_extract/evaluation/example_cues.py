"""Examples of the tables of cues: the marked spans are the mentions the entry is given, and it alone must be met or not be met."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from minutes_extract.errors import RuleError
from minutes_extract.find.candidate import Candidate
from minutes_extract.link.counts import counted
from minutes_extract.link.dates import cues_beside
from minutes_extract.link.directives import directive_cue_is_met
from minutes_extract.link.facts import Person
from minutes_extract.link.meeting_kind import cue_is_met
from minutes_extract.link.role_cues import build_cues
from minutes_extract.link.role_scene import set_scene
from minutes_extract.link.roles import people_of_cue
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.models.base import Entry
from minutes_extract.rulebook.models.counts import CountEntry
from minutes_extract.rulebook.models.dates import DateEntry
from minutes_extract.rulebook.models.directives import DirectiveEntry
from minutes_extract.rulebook.models.meetings import CueEntry
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import lay_out
from minutes_extract.text.line_facts import rule_for_line
from minutes_extract.text.markup import parse_marked
from minutes_extract.text.page import Page

_PERSONLESS = frozenset({None, "none", "visited", "chair_label"})
"""Roles of cues that are about no person."""


@dataclass(frozen=True, slots=True)
class Met:
    """Whether an entry is met in a text: `fires` (at all), `fully` (for everything that is marked for it), and `seen`, in words."""

    fires: bool
    fully: bool
    seen: str


def cue_in(rulebook: Rulebook, entry: Entry, marked: str) -> Met:
    """Whether `entry`, of `meetings`, `directives`, `counts`, `zones` or a cue of `dates`, is met in `marked` text.

    The marked spans are the mentions it is given; nothing else is looked for.

    Raises:
        RuleError: the text cannot be an example of this entry.

    Example:
        >>> from minutes_extract.rulebook.book import load_rulebook
        >>> rules = load_rulebook()
        >>> chair = next(entry for entry in rules["meetings"].entries if entry.id == "chair.under")
        >>> cue_in(rules, chair, "Dưới sự chủ trì của bà [Cao Thị Én](OFFICIAL), hội nghị khai mạc.").fully
        True
    """
    text, spans = parse_marked(unicodedata.normalize("NFC", marked))
    page = lay_out(text, zone_rules(rulebook))
    mentions = [Candidate(span.start, span.end, span.label, "example", value=span.value) for span in spans]
    match entry:
        case CueEntry():
            return _meeting_cue(rulebook, entry, page, mentions)
        case DirectiveEntry():
            return _plain(directive_cue_is_met(page, rulebook, entry, people_of(page, mentions), mentions))
        case CountEntry():
            return _count(rulebook, entry, page, mentions)
        case DateEntry():
            return _date_cue(rulebook, entry, page, mentions)
    return _line(rulebook, entry, page)


def people_of(page: Page, mentions: Sequence[Candidate]) -> tuple[Person, ...]:
    """One person for each name among `mentions`; a mention whose syllables end another name is that person's."""
    named: dict[str, list[Candidate]] = {}
    for mention in (m for m in mentions if m.label == "OFFICIAL"):
        name = page.text[mention.start : mention.end]
        named.setdefault(next((known for known in named if f" {known}".endswith(f" {name}")), name), []).append(mention)
    return tuple(Person(name, tuple(found)) for name, found in named.items())


def _meeting_cue(rulebook: Rulebook, entry: CueEntry, page: Page, mentions: Sequence[Candidate]) -> Met:
    cues = rulebook.compiled(build_cues)
    cue = next(cue for cue in cues.of(entry.family) if cue.entry.id == entry.id)
    if entry.family not in ("label", "frame"):
        return _plain(cue_is_met(page, rulebook, mentions, cue))
    scene = set_scene(page, mentions, cues.abbreviations)
    found = people_of_cue(scene, cue, cues)
    if found is None or entry.role in _PERSONLESS:
        return _plain(found is not None)
    names = [page.text[person.start : person.end] for person in scene.people]
    holds = ", ".join(repr(names[i]) for i in sorted(found))
    missed = ", ".join(repr(name) for i, name in enumerate(names) if i not in found)
    seen = f"it holds for {holds or 'nobody'}" + (f" and not for {missed}" if missed else "")
    return Met(bool(found), bool(found) and not missed, seen)


def _count(rulebook: Rulebook, entry: CountEntry, page: Page, mentions: Sequence[Candidate]) -> Met:
    found = [(declared.number, listed) for declared, listed, _ in counted(page, rulebook, mentions) if declared.rule == entry.id]
    told = ", ".join(f"{number} announced, {listed} listed" for number, listed in found)
    return Met(bool(found), bool(found) and all(number == listed for number, listed in found), told or "nothing is counted")


def _date_cue(rulebook: Rulebook, entry: DateEntry, page: Page, mentions: Sequence[Candidate]) -> Met:
    dates = [mention for mention in mentions if mention.label == "DATE"]
    if entry.kind == "atom":
        raise RuleError("an atom is only a piece of other patterns; give the example to an entry that names it")
    if not dates:
        raise RuleError("mark the date that the cue stands beside: [ngày 21/6](DATE)")
    beside = [mention for mention in dates if entry.id in cues_beside(page, rulebook, mention)]
    apart = ", ".join(repr(page.text[mention.start : mention.end]) for mention in dates if mention not in beside)
    return Met(bool(beside), not apart, f"it does not stand beside {apart}" if apart else "it stands beside the date")


def _line(rulebook: Rulebook, entry: Entry, page: Page) -> Met:
    lines = [page.text[line.start : line.end] for line in page.lines]
    read = [rule_for_line(line, zone_rules(rulebook)) for line in lines]
    seen = "the line is read by " + (", ".join(rule or "no entry" for rule in read) or "no entry")
    return Met(entry.id in read, bool(read) and all(rule == entry.id for rule in read), seen)


def _plain(fires: bool) -> Met:
    return Met(fires, fires, "it is met" if fires else "it is not met")
