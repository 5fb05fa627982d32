"""What part of the page each line is: title, lead, body, caption, letterhead, signature, furniture, ...

A line is first given a *kind* by what it says (`rulebook/data/zones.yaml`: a stamp, a motto, a signing mode), then a *zone*
by its kind and its place on the page (handbook 1.0-1.5, 5.6, 8.5). The zones:

| zone | what it holds | example |
|---|---|---|
| banner | site name and slogan above the title | `SỞ KHOA HỌC VÀ CÔNG NGHỆ` |
| site_clock | the visitor's clock | `Hôm nay, Chủ nhật 22-10-2017` |
| stamp | the publication stamp | `[07/08/2023 17:32]` |
| title, lead, body, heading | the text | `Họp giao ban tháng 8` |
| caption | a line under a picture | `Toàn cảnh buổi làm việc` |
| source | source line, by-line, credit | `Nguồn: Báo Cần Thơ` |
| counter, furniture, footer | the page's own lines | `Lượt xem: 7518` |
| letterhead | bodies, motto, number, place and date above the title of an official document | `Độc lập - Tự do - Hạnh phúc` |
| attendance | the list of who came, chaired, wrote, was absent | `Chủ trì: Ông A` |
| recipients, signature | the end of an official document | `Nơi nhận:`, `KT. GIÁM ĐỐC` |
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from minutes_extract.text.fold import fold
from minutes_extract.text.page import Page

GENRES = ("minutes", "notice", "news", "other")

CAPITALS, MIXED = "\x01", "\x02"
"""What the subject of `ZoneRules.kinds` starts with: a line in capitals only, or another one."""

_FINAL_STOP = ".;:?!…"
_SHOWN = 400
_TAIL = 40


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
    kind = _kind(fold, capitals, rules)
    cells = 1
    if len(line) < 200 and ("   " in line or "\t" in line or "|" in line):
        pieces = _CELL.split(fold)
        cells = len(pieces)
        if kind in ("", "item"):
            kind = next((k for p in pieces if (k := _kind(p, capitals, rules)) not in ("", "item", "label")), kind)
    return LineFacts(start, end, line, fold, blank, kind, capitals, cells, rules.item.match(fold) is not None)


def _kind(fold: str, capitals: bool, rules: ZoneRules) -> str:
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


# --- genre -----------------------------------------------------------------------------------------------------------


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
    return line.count(" ") < 4 and _kind(fold(line), line.isupper(), rules) in ("type_minutes", "type_notice")


# --- zones -----------------------------------------------------------------------------------------------------------


def assign_zones(facts: list[LineFacts], rules: ZoneRules) -> str:
    """Sets `zone` of each line and returns the genre."""
    genre = genre_of_lines(facts, rules)
    if genre in ("minutes", "notice"):
        _zones_of_official(facts, rules)
    elif genre == "news":
        _zones_of_news(facts, rules)
    else:
        _zones_of_other(facts)
    return genre


_ALWAYS = {
    "clock": "site_clock",
    "stamp": "stamp",
    "source": "source",
    "counter": "counter",
    "furniture": "furniture",
    "related": "furniture",
    "footer": "footer",
}


def _zones_of_other(facts: list[LineFacts]) -> None:
    """Short pages: no title is told apart, but the list of other pages and the visitor's clock are no text here either."""
    over = False
    for line in facts:
        over = over or line.kind == "related"
        line.zone = _ALWAYS.get(line.kind, "furniture" if over else "body")
    stamps = [i for i, line in enumerate(facts) if line.kind == "stamp"]
    if len(stamps) > 1 and stamps[0] == 0 and any(line.zone == "body" for line in facts[: stamps[1]]):
        facts[0].zone = "site_clock"


def _zones_of_official(facts: list[LineFacts], rules: ZoneRules) -> None:
    body = _letterhead_and_title(facts, rules)
    end = _signature_start(facts, body)
    _attendance_and_body(facts, body, end, rules)
    zone = "body"
    for line in facts[end:]:
        if line.kind == "recipients":
            zone = "recipients"
        elif line.kind == "sign":
            zone = "signature"
        elif line.kind == "note":
            zone = "body"
        line.zone = _ALWAYS.get(line.kind, zone) if line.kind in ("counter", "footer") else zone


def _letterhead_and_title(facts: list[LineFacts], rules: ZoneRules) -> int:
    """Marks letterhead and title; index of the first line of the body."""
    head = facts[: rules.head_lines]
    types = [i for i, line in enumerate(head) if line.kind in ("type_minutes", "type_notice")]
    if not types:
        first = next(
            (i for i, line in enumerate(head) if line.kind not in ("motto", "number", "place_date", "rule") and not line.capitals),
            len(head),
        )
        for line in facts[:first]:
            line.zone = "letterhead"
        return first
    at = types[0]
    for line in facts[:at]:
        line.zone = _ALWAYS.get(line.kind, "letterhead")
    facts[at].zone = "title"
    return _title_end(facts, at, rules)


def _title_end(facts: list[LineFacts], at: int, rules: ZoneRules) -> int:
    taken = 0
    i = at + 1
    while i < len(facts) and taken < rules.title_lines and not _ends_title(facts, i, at, taken, rules):
        if facts[i].kind == "rule":
            facts[i].zone = "title"
            i += 1
            if taken:
                break
            continue
        facts[i].zone = "title"
        taken += 1
        i += 1
    return i


def _ends_title(facts: list[LineFacts], i: int, at: int, taken: int, rules: ZoneRules) -> bool:
    line = facts[i]
    if line.kind in ("attendance", "label", "heading", "closing", "legal") or line.item:
        return True
    if rules.opening.match(line.fold) and not line.capitals:
        return True
    if line.blank_before and (taken or len(facts[at].text) > 40):
        return True
    return taken > 0 and facts[i - 1].capitals and not line.capitals and not line.text.startswith("(")


def _signature_start(facts: list[LineFacts], body: int) -> int:
    """Index of the first line of the closing block: recipients or signatures, whichever comes first."""
    start = len(facts)
    closing = True
    for i in range(len(facts) - 1, body - 1, -1):
        line = facts[i]
        if line.kind in ("recipients", "note"):
            closing = True
        elif len(line.text) > 110 and line.cells == 1:
            closing = False
        if line.kind == "recipients" or (closing and line.kind == "sign"):
            start = i
    return start


def _attendance_and_body(facts: list[LineFacts], body: int, end: int, rules: ZoneRules) -> None:
    listing = dense = False
    for i in range(body, end):
        line = facts[i]
        if line.kind in ("attendance", "party"):
            dense = listing and (dense or not line.blank_before)
            listing = True
        elif listing:
            dense = dense or not line.blank_before
            listing = _goes_on_listing(line, facts[i - 1], rules) and not (dense and line.blank_before)
        line.zone = "attendance" if listing else "heading" if _is_heading(line, rules) else "body"


def _is_heading(line: LineFacts, rules: ZoneRules) -> bool:
    if line.kind in ("heading", "rule") or (line.kind == "label" and line.text[-1] == ":"):
        return True
    return line.capitals and len(line.text) > 3 and not line.stopped


def _goes_on_listing(line: LineFacts, before: LineFacts, rules: ZoneRules) -> bool:
    if line.kind in ("heading", "closing", "label", "rule") or line.capitals:
        return False
    if line.item or rules.person_start.match(line.fold) or line.cells > 1 or line.fold[0].isdecimal():
        return True
    return not line.blank_before and (not before.stopped or (before.kind == "attendance" and before.text.endswith(":")))


def _zones_of_news(facts: list[LineFacts], rules: ZoneRules) -> None:
    title = _news_title(facts, rules)
    last = _last_paragraph(facts, title, rules)
    end = _footer_start(facts, max(title, last))
    for line in facts[:title]:
        line.zone = _ALWAYS.get(line.kind, "banner")
    facts[title].zone = "title"
    _one_clock(facts, title)
    _news_body(facts, title + 1, end, last, rules)
    for line in facts[end:]:
        line.zone = "footer"


def _news_title(facts: list[LineFacts], rules: ZoneRules) -> int:
    """Index of the title: beside the stamp where the page head has one, else the first line of text."""
    head: list[int] = []
    stamps: list[int] = []
    for i, line in enumerate(facts[: rules.head_lines]):
        if line.kind in ("stamp", "clock"):
            stamps.append(i)
        elif line.kind not in _ALWAYS and line.kind != "rule":
            stamped = i + 1 < len(facts) and facts[i + 1].kind == "stamp"
            if head and not stamped and (len(line.text) >= rules.body_chars or _opens_text(line, rules)):
                break
            head.append(i)
            if len(head) > 4:
                break
    if not head:
        return 0
    plain = [i for i in head if facts[i].kind != "site"] or head
    for stamp in reversed(stamps):
        above = [i for i in plain if i < stamp]
        below = [i for i in plain if i > stamp]
        if above and not (below and all(facts[i].capitals for i in above)):
            return above[-1]
        if below:
            return below[0]
    return plain[0]


def _opens_text(line: LineFacts, rules: ZoneRules) -> bool:
    return line.text[-1] == "." or (not line.capitals and rules.opening.match(line.fold) is not None)


def _one_clock(facts: list[LineFacts], title: int) -> None:
    """R-DAT-20: of two stamps the one above the title is the visitor's clock."""
    if any(line.kind == "stamp" for line in facts[title:]):
        for line in facts[:title]:
            if line.kind == "stamp":
                line.zone = "site_clock"


def _last_paragraph(facts: list[LineFacts], title: int, rules: ZoneRules) -> int:
    """Index of the last line long enough to be text, and not one of the page's own."""
    long = (i for i in range(len(facts) - 1, title, -1) if len(facts[i].text) >= rules.body_chars)
    return next((i for i in long if facts[i].kind not in _ALWAYS), title)


def _footer_start(facts: list[LineFacts], last: int) -> int:
    """The footer begins after the last paragraph: an address in the text is none."""
    for i in range(last + 1, len(facts)):
        if facts[i].kind == "footer":
            above = facts[i - 1]
            own = not facts[i].blank_before and len(above.text) < 80 and not above.stopped and above.kind == ""
            return i - 1 if own and i - 1 > last else i
    return len(facts)


def _news_body(facts: list[LineFacts], start: int, end: int, last: int, rules: ZoneRules) -> None:
    led = over = False
    for i in range(start, end):
        line = facts[i]
        over = over or line.kind == "related" or (line.kind == "counter" and i > last)
        if line.kind in _ALWAYS and line.kind != "footer":
            line.zone = _ALWAYS[line.kind]
        elif over:
            line.zone = "furniture"
        elif not led and line.fold == facts[start - 1].fold:
            line.zone = "title"
        elif i > last and _is_byline(line):
            line.zone = "source"
        elif _is_caption(facts, i, end, rules):
            line.zone = "caption"
        elif led and (_is_heading(line, rules) or _is_subtitle(facts, i, end, rules)):
            line.zone = "heading"
        else:
            line.zone = "body" if led else "lead"
            led = True


def _is_caption(facts: list[LineFacts], i: int, end: int, rules: ZoneRules) -> bool:
    line = facts[i]
    if line.item or len(line.text) > rules.caption_chars or rules.opening.match(line.fold):
        return False
    alone = line.blank_before and (i + 1 >= end or facts[i + 1].blank_before)
    if not alone:
        return False
    if line.kind == "caption":
        return True
    if line.text[-1] in ".;!?":
        return False
    if rules.caption_cue.search(line.fold) is not None:
        return True
    return line.text[-1] != ":" and line.kind == "" and (line.text.count(" ") > 5 or rules.person_start.match(line.fold) is not None)


def _is_subtitle(facts: list[LineFacts], i: int, end: int, rules: ZoneRules) -> bool:
    line = facts[i]
    alone = line.blank_before and i + 1 < end and facts[i + 1].blank_before
    return alone and not line.stopped and len(line.text) <= rules.caption_chars // 2 and line.text[0].isupper()


_BYLINE = re.compile(r"[^\W\d_]+(?:[ .]+[^\W\d_]+)*(?:\s*[-–,&]\s*[^\W\d_]+(?:[ .]+[^\W\d_]+)*)*")


def _is_byline(line: LineFacts) -> bool:
    if len(line.text) > 45 or not _BYLINE.fullmatch(line.text):
        return False
    words = re.findall(r"[^\W\d_]+", line.text)
    return 2 <= len(words) <= 8 and all(word[0].isupper() for word in words)


# --- line breaks -----------------------------------------------------------------------------------------------------


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
