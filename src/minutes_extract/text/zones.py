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

from minutes_extract.text.genres import genre_of_lines
from minutes_extract.text.line_facts import LineFacts, ZoneRules


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
