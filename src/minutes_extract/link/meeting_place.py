"""Where a meeting was held, as written (handbook 1.1, 1.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.meeting_kind import Event, Opening
from minutes_extract.link.role_cues import Cue, alternation, build_cues
from minutes_extract.link.role_scene import dated_text
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.fold import fold_key
from minutes_extract.text.page import Page

_TRAILING = " .,;:-–"


def place_of(page: Page, rulebook: Rulebook, event: Event, mentions: Sequence[Candidate]) -> str | None:
    """The place without `tại`: the text under the label of minutes, else the first place of the lead; None where none is told.

    A place in a sentence on another event (`trong khuôn khổ ...`) is not this meeting's.
    """
    cues = rulebook.compiled(build_cues)
    text = dated_text(page, mentions)
    for cue in cues.of("place", event.genre):
        if cue.entry.kind is not None and cue.entry.kind != event.kind:
            continue
        for match in cue.pattern.finditer(text, *_reach(cue, page, event.opening, event.genre)):
            if _of_another_event(text, match, rulebook):
                continue
            place = _trimmed(page, text, match, rulebook, mentions, whole=cue.entry.whole)
            if place:
                return place
    return None


def _reach(cue: Cue, page: Page, opening: Opening, genre: str) -> tuple[int, int]:
    """Labels may stand anywhere; a sentence tells the place in the first paragraph; the area of a visit stands there or in the title."""
    if cue.entry.id == "place.label":
        return 0, len(page.text)
    if genre != "news":
        return opening.lead
    if cue.entry.id == "place.dated":
        return opening.lead
    start = opening.title[0] if cue.entry.id == "place.area" and opening.title else opening.lead[0]
    return start, opening.first_paragraph


def _of_another_event(text: str, match: re.Match[str], rulebook: Rulebook) -> bool:
    start = max(text.rfind(". ", 0, match.start()), text.rfind("\n", 0, match.start())) + 1
    return any(word in text[start : match.start()] for word in rulebook.words("meetings", "other_event"))


def _trimmed(page: Page, text: str, match: re.Match[str], rulebook: Rulebook, mentions: Sequence[Candidate], *, whole: bool) -> str | None:
    """The place as written: it ends at a date or person, at a bracket, and at a comma that no part of an address follows."""
    start, end = match.span("place")
    inner = [m.start for m in mentions if m.label in ("DATE", "OFFICIAL") and start < m.start < end]
    bracket = text.find("(", start, end)
    end = min([end, *inner, *([bracket] if bracket > start else [])])
    if not whole:
        parts = rulebook.compiled(_address_parts)
        open_end = end == match.end("place")
        while open_end and (part := parts.match(text, end)) is not None:
            end = part.end()
        cut = rulebook.compiled(_place_ends).search(text, start, end)
        end = cut.start() if cut else end
    place = " ".join(page.text[start:end].split()).strip(_TRAILING)
    if fold_key(place) in rulebook.compiled(_no_places):
        return None
    return place if 1 < len(place) <= int(rulebook["meetings"].settings["place_max"]) else None


def _no_places(rulebook: Rulebook) -> frozenset[str]:
    """What stands where a place would and names none: `tỉnh ta`."""
    return frozenset(fold_key(words) for words in rulebook.words("meetings", "no_places"))


def _address_parts(rulebook: Rulebook) -> re.Pattern[str]:
    words = alternation(rulebook.words("meetings", "place_parts"))
    bodies = alternation(rulebook.words("meetings", "no_place_parts"))
    return re.compile(rf",\s+(?:(?:{words})\b(?!\s+(?:{bodies})\b)|\d)(?:[^,.;\n(#]|(?<=tp)\.|(?<=tx)\.)+")


def _place_ends(rulebook: Rulebook) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{alternation(rulebook.words('meetings', 'place_stops'))})\b")
