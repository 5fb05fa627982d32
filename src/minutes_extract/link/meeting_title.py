"""What a meeting is called (handbook 1.1-1.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.meeting_kind import Event, Opening, kind_in, title_lines
from minutes_extract.link.role_cues import Cues, build_cues
from minutes_extract.link.role_scene import dated_text
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.fold import fold_key
from minutes_extract.text.page import Page

_SAME_WORDS = 2
_RULE = re.compile(r"^[\W_o]+$")


def title_of(page: Page, rulebook: Rulebook, event: Event, mentions: Sequence[Candidate]) -> str | None:
    """The title on one line: of minutes the heading under `BIÊN BẢN`, of a notice what the conclusions were drawn at (`cuộc họp về ...`),
    of news the event named in the lead (`tổ chức hội nghị ...`) or else the headline."""
    cues = rulebook.compiled(build_cues)
    lines = _title_lines(page, cues)
    if event.genre == "minutes":
        title = _minutes_title(page, lines, cues)
    elif event.genre == "notice":
        title = _notice_title(lines, page, cues)
    else:
        title = _news_title(page, lines, event.opening, rulebook, mentions)
    title = " ".join(title.split()).rstrip(" ,;:-–") if title else ""
    return title[: int(rulebook["meetings"].settings["title_max"])] or None


def _title_lines(page: Page, cues: Cues) -> list[tuple[int, int]]:
    """The lines of the title without rules and without the line that only names the type of document."""
    spans = []
    for line in title_lines(page):
        folded = page.fold[line.start : line.end].strip()
        if not _RULE.match(folded) and not cues.find("title", "title.type", folded):
            spans.append((line.start, line.end))
    return spans


def _minutes_title(page: Page, lines: list[tuple[int, int]], cues: Cues) -> str | None:
    if not lines:
        return None
    start, end = lines[0][0], lines[-1][1]
    aside = cues.find("title", "title.aside", page.fold[start:end])
    if aside:
        end = start + aside.start()
    typed = [line for line in page.lines if line.zone == "title" and line.start < start]
    for line_start, _ in lines[1:] if typed else ():
        subject = cues.find("title", "title.subject", page.fold[line_start:end].strip())
        if subject:
            offset = line_start + page.fold[line_start:end].find(subject["name"])
            return page.text[offset : offset + len(subject["name"])]
    return page.text[start:end].strip()


def _notice_title(lines: list[tuple[int, int]], page: Page, cues: Cues) -> str | None:
    text = " ".join(page.text[start:end].strip() for start, end in lines)
    text = " ".join(text.split())
    folded = fold_key(text)
    match = cues.find("title", "title.notice", folded)
    if match is None or len(folded) != len(text):
        return text or None
    return text[match.start("name") : match.end("name")]


def _news_title(
    page: Page, lines: list[tuple[int, int]], opening: Opening, rulebook: Rulebook, mentions: Sequence[Candidate]
) -> str | None:
    cues = rulebook.compiled(build_cues)
    headline = page.text[lines[0][0] : lines[-1][1]].strip() if lines else None
    named = headline is not None and kind_in(fold_key(headline), rulebook) is not None
    lead = dated_text(page, mentions)[slice(*opening.lead)]
    held = cues.find("title", "title.held", lead) or cues.find("title", "title.took_place", lead)
    if held is not None:
        name = _cut(page, opening.lead[0] + held.start("name"), opening.lead[0] + held.end("name"), cues)
        if headline is not None and fold_key(name) in rulebook.compiled(_bare_events):
            name = headline  # `tổ chức cuộc họp để ...` names nothing
        if headline is None or not named or _is_fuller(fold_key(name), fold_key(headline)):
            return name
    if not named:
        told = cues.find("title", "title.at", lead)
        if told is not None:
            name = _cut(page, opening.lead[0] + told.start("name"), opening.lead[0] + told.end("name"), cues)
            return name[:1].upper() + name[1:]
    announced = cues.find("title", "title.announced", fold_key(headline)) if headline else None
    return headline[announced.end() :] if headline and announced else headline


def _bare_events(rulebook: Rulebook) -> frozenset[str]:
    return frozenset(fold_key(word) for word in (*rulebook.words("meetings", "event"), *rulebook.words("meetings", "told")))


def _is_fuller(name: str, headline: str) -> bool:
    """True where the lead names the same event as the headline (their first words are the same) and says more of it."""
    same = name.split()[:_SAME_WORDS] == headline.split()[:_SAME_WORDS]
    return same and not name.startswith(headline + " ") and len(name) >= len(headline)


def _cut(page: Page, start: int, end: int, cues: Cues) -> str:
    """The name of an event without the purpose, theme or place told after it."""
    tail = cues.find("title", "title.cut", page.fold[start:end])
    return page.text[start : start + tail.start() if tail else end].strip(" ,.;:-")
