"""What kind of document a page is, and which of its lines are the title (handbook 1.0)."""

from __future__ import annotations

from collections.abc import Sequence

from minutes_extract.text.fold import fold
from minutes_extract.text.line_facts import LineFacts, ZoneRules, kind_of_line
from minutes_extract.text.page import Page

GENRES = ("minutes", "notice", "news", "other")


def genre_of_lines(facts: Sequence[LineFacts], rules: ZoneRules) -> str:
    """`minutes`, `notice`, `news` or `other` (handbook 1.0): the document type decides, else any two cues of minutes."""
    head = facts[: rules.head_lines]
    for line in head:
        if line.kind == "type_minutes":
            return "minutes"
        if line.kind == "type_notice":
            return "notice"
    cues = {line.kind for line in facts} & {"motto", "number", "attendance", "closing", "sign"}
    if len(cues) >= 2 and "motto" in {line.kind for line in head} | {"motto" if "closing" in cues else ""}:
        return "minutes"
    if any(len(line.text) >= rules.body_chars for line in facts):
        return "news"
    return "other"


def title_span(page: Page, rules: ZoneRules) -> tuple[int, int] | None:
    """The title of the document as a half-open span of `page.text`, None where it has none.

    Of minutes and notices it is what stands under the document type (`BIÊN BẢN`), without a closing remark in brackets; the
    type itself only where nothing else does.
    """
    title = [line for line in page.lines if line.zone == "title" and line.last > line.first]
    if not title:
        return None
    texts = [page.text[line.start : line.end].strip() for line in title]
    while len(title) > 1 and texts[-1].startswith("(") and texts[-1].endswith(")"):
        del title[-1], texts[-1]
    if len(title) > 1 and _bare_type(texts[0], rules):
        del title[0]
    elif len(title) > 1 and fold(texts[0]) == fold(texts[1]):
        del title[1:]
    return page.starts[title[0].first], page.starts[title[0].first] + len(page.text[page.starts[title[0].first] : title[-1].end].rstrip())


def _bare_type(line: str, rules: ZoneRules) -> bool:
    return line.count(" ") < 4 and kind_of_line(fold(line), line.isupper(), rules) in ("type_minutes", "type_notice")
