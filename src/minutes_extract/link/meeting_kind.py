"""What kind of document this is, whether it tells of an event, and of what kind (handbook 1.0, 1.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.role_cues import Cue, build_cues
from minutes_extract.link.role_scene import Scene, dated_text, set_scene
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.page import BREAK, Line, Page

_HEAD = 2500
_HEADLINE = 200
"""Characters a headline may have."""
_REST = 400
"""Characters by which a lead may be longer than its setting, so that it ends with a sentence."""
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n")
_STOPS = ".;:,"
_SENTENCE = 60
"""Characters from which on a line is taken for a sentence and not for a caption or a name."""
_BODY_ZONES = frozenset({"lead", "body", "heading", "attendance", "caption"})


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a document says what it is about, in clean offsets: the lines of its `title` and the `lead` (the first of the body).

    `first_paragraph`: where the first paragraph of the lead ends (with the next one where it is no more than a caption).
    """

    title: tuple[int, int] | None
    lead: tuple[int, int]
    first_paragraph: int


def cue_is_met(page: Page, rulebook: Rulebook, mentions: Sequence[Candidate], cue: Cue) -> bool:
    """True where `cue` alone, one of the families `genre`, `kind`, `event`, `title` and `place`, is met in `page`.

    What the document is (its genre, where its title and lead are) is not asked.
    """
    if cue.entry.family == "event":
        text = set_scene(page, mentions, rulebook.compiled(build_cues).abbreviations).text
    elif cue.entry.family in ("place", "title"):
        text = dated_text(page, mentions).strip()
    else:
        text = page.fold.strip()
    return cue.pattern.search(text) is not None


def genre_of(page: Page, rulebook: Rulebook) -> str:
    """`minutes`, `notice` (a notice of conclusions) or `news`.

    A line `BIÊN BẢN` or `THÔNG BÁO / Kết luận của ...` near the top decides; all else is read as news.
    """
    head = page.fold[:_HEAD]
    for cue in rulebook.compiled(build_cues).of("genre"):
        if cue.pattern.search(head):
            return cue.entry.id.rpartition(".")[2]
    return "news"


def title_lines(page: Page) -> list[Line]:
    """The lines in the zone `title`; without any, the first line of the text where it is short and does not end as a sentence does."""
    titled = [line for line in page.lines if line.zone == "title"]
    body = [line for line in page.lines if line.zone in _BODY_ZONES]
    if titled or len(body) < 2:
        return titled
    first = page.text[body[0].start : body[0].end].strip()
    return body[:1] if len(first) < _HEADLINE and first[-1:] not in _STOPS else []


def opening_of(page: Page, rulebook: Rulebook) -> Opening:
    """The title and the lead of `page`.

    The title is the block of lines in the zone `title`. The lead is what follows it in the zones of the text, as far as the setting
    `lead_chars` reaches.
    """
    reach = int(rulebook["meetings"].settings["lead_chars"])
    titled = title_lines(page)
    title = (titled[0].start, titled[-1].end) if titled else None
    after = title[1] if title else 0
    body = [line for line in page.lines if line.start >= after and line.zone in _BODY_ZONES]
    if not body:
        end = _whole_words(page, min(after + reach, len(page.text)))
        return Opening(title, (after, end), end)
    start = body[0].start
    told = next((line for line in body if line.end - line.start >= _SENTENCE and line.zone != "caption"), body[0])
    paragraph = next((line.start for line in body if line.start > told.start and page.gaps[line.first] >= BREAK), body[-1].end)
    end = _whole_words(page, min(start + reach, len(page.text)))
    return Opening(title, (start, end), min(paragraph, end))


def _whole_words(page: Page, end: int) -> int:
    """`end`, or where the sentence that holds it ends: a lead cut in the middle of a name would cut the name."""
    stop = _SENTENCE_END.search(page.text, end, min(end + _REST, len(page.text)))
    return stop.end() if stop else end


@dataclass(frozen=True, slots=True)
class Event:
    """What is read once of a document and used for the roles as for the meeting. `kind` is None where no event is told."""

    genre: str
    kind: str | None
    opening: Opening
    scene: Scene


def read_event(page: Page, rulebook: Rulebook, mentions: Sequence[Candidate]) -> Event:
    """Genre, kind, opening and scene of `page`.

    Minutes and notices tell of an event by their nature.
    News must give evidence: a cue in the title, a dated lead, a speech, a list of guests.
    """
    genre = genre_of(page, rulebook)
    opening = opening_of(page, rulebook)
    scene = set_scene(page, mentions, rulebook.compiled(build_cues).abbreviations)
    title = page.fold[slice(*opening.title)] if opening.title else ""
    lead = page.fold[slice(*opening.lead)]
    if genre == "minutes":
        return Event(genre, _kind_of_minutes(title, rulebook), opening, scene)
    if genre == "notice":
        return Event(genre, _kind_of_notice(title, lead, rulebook), opening, scene)
    return Event(genre, _kind_of_news(page, title, lead, scene, rulebook), opening, scene)


def _kind_of_notice(title: str, lead: str, rulebook: Rulebook) -> str:
    at = rulebook.compiled(build_cues).find("title", "title.notice", " ".join(title.split()))
    named = _first_kind(at["name"], rulebook) if at else None
    return named or kind_in(title, rulebook) or _first_kind(lead, rulebook) or "other"


def _kind_of_news(page: Page, title: str, lead: str, scene: Scene, rulebook: Rulebook) -> str | None:
    settings = rulebook["meetings"].settings
    evidence, fallback = _evidence(scene, rulebook)
    titled = kind_in(title, rulebook)
    if evidence + (float(settings["title_weight"]) if titled else 0.0) < float(settings["told_enough"]):
        return None
    if titled == "ceremony":
        chaired = rulebook.compiled(build_cues).find("title", "kind.chaired", lead)
        titled = (kind_in(chaired["name"], rulebook) if chaired else None) or titled
    return titled or _first_kind(lead, rulebook) or _most_told(page.fold, rulebook) or fallback


def _kind_of_minutes(title: str, rulebook: Rulebook) -> str:
    kind = _first_kind(title, rulebook)
    return kind if kind in ("working_session", "conference", "inspection", "signing") else "regular_meeting"


def kind_in(text: str, rulebook: Rulebook) -> str | None:
    """The kind of the weightiest cue in `text`."""
    found = [cue.entry for cue in rulebook.compiled(build_cues).of("kind") if cue.pattern.search(text)]
    return max(found, key=lambda entry: entry.weight).kind if found else None


def _first_kind(text: str, rulebook: Rulebook) -> str | None:
    """The kind of the cue that comes first in `text`, of two at one place the weightier."""
    found = [
        (match.start(), -cue.entry.weight, cue.entry.kind)
        for cue in rulebook.compiled(build_cues).of("kind")
        if not cue.entry.headline and (match := cue.pattern.search(text)) is not None
    ]
    return min(found, key=lambda item: item[:2])[2] if found else None


def _most_told(text: str, rulebook: Rulebook) -> str | None:
    """The kind whose cues are met most often in `text`."""
    cues = [cue for cue in rulebook.compiled(build_cues).of("kind") if not cue.entry.headline]
    counts = [(len(cue.pattern.findall(text)), cue.entry.weight, cue.entry.kind) for cue in cues]
    best = max(counts, key=lambda item: item[:2])
    return best[2] if best[0] else None


def _evidence(scene: Scene, rulebook: Rulebook) -> tuple[float, str]:
    """The weight of what speaks for an event, each cue counted once, and the kind to give where no cue tells it."""
    early = int(rulebook["meetings"].settings["early_chars"])
    cues = rulebook.compiled(build_cues).of("event")
    found = [cue.entry for cue in cues if cue.pattern.search(scene.text, 0, early if cue.entry.early else len(scene.text))]
    return sum(entry.weight for entry in found), next((entry.kind for entry in found if entry.kind), "other")
