"""Numbers that announce a list: `06 nhãn hiệu hàng hóa: ...`, `02 doanh nghiệp (A và B)`, `vắng 02 đ/c: ...` (R-VOT-02).

A declared number is not a mention of its own (no label); `link.counts` lays it beside what the list holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from minutes_extract.find.mark_scope import Scope, Sentences, dotted_abbreviations
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.models.counts import CountEntry
from minutes_extract.text.fold import fold_spelling
from minutes_extract.text.page import Page

_BULLET = re.compile(r"[ ]*(?:[-+*•–]|\(?\d{1,2}[.)/]|[a-zđ][.)])[ ]*(?=\w|[\"'“])")
_QUOTED = re.compile(r"\s*\"[^\"\n]{1,90}\"")
_MARKER = re.compile(r"\((\d{1,2})\)|(?<=[:;,] )\(?([a-z])\)")


@dataclass(frozen=True, slots=True)
class Declared:
    """A number and noun at `start`..`end`; the list is at `list_start`..`list_end` (offsets into `Page.text`, half-open).

    `items`: offsets of the items where the page itself marks them (bullets, `(1)`), else empty. `partial`: only examples follow.
    """

    start: int
    end: int
    number: int
    noun: str
    label: str | None
    rule: str
    list_start: int
    list_end: int
    items: tuple[int, ...] = ()
    partial: bool = False
    direct: bool = False


@dataclass(frozen=True, slots=True)
class _Rules:
    number: re.Pattern[str]
    absent: re.Pattern[str]
    announce: re.Pattern[str]
    entries: dict[str, CountEntry]
    counters: dict[str, int]
    most: int
    reach: int
    window: int
    dotted: frozenset[str]


def _compile(rulebook: Rulebook) -> _Rules:
    table = rulebook["counts"]
    counters = [fold_spelling(word) for word in rulebook.words("counts", "counters")]
    nouns = "|".join(f"(?P<{e.id.replace('.', '_')}>{fold_spelling(e.pattern)})" for e in table.entries if not e.absent)
    people = next((e for e in table.entries if e.absent), None)
    absent = "|".join(map(fold_spelling, rulebook.words("counts", "absent")))
    announce = "|".join(fold_spelling(w) for w in sorted(rulebook.words("counts", "announce"), key=lambda w: (-len(w), w)))
    partial = "|".join(map(fold_spelling, rulebook.words("counts", "partial")))
    number = rf"(?P<number>\d{{1,2}}|{'|'.join(counters)})"
    return _Rules(
        number=re.compile(rf"(?<![\w/.,%-])(?<!\d ){number}[ \n](?P<noun>{nouns})(?!\w)"),
        absent=re.compile(rf"(?<!\w)(?:{absent})\s*:?\s*{number}(?!\d|/)(?:\s+(?P<noun>{fold_spelling(people.pattern)}))?(?!\w)")
        if people
        else re.compile(r"(?!)"),
        announce=re.compile(
            rf"(?P<partial>(?<!\w)(?:{partial})(?!\w)\s*:?)|(?P<word>(?<!\w)(?:{announce})(?!\w)\s*:?)|(?P<colon>:)|(?P<bracket>\()"
        ),
        entries={e.id.replace(".", "_"): e for e in table.entries},
        counters={word: value for value, word in enumerate(counters, start=1)},
        most=int(table.settings["most"]),
        reach=int(table.settings["reach"]),
        window=int(table.settings["window"]),
        dotted=dotted_abbreviations(rulebook),
    )


def find_counts(page: Page, rulebook: Rulebook) -> list[Declared]:
    """The declared numbers of a page that some list follows, in order of the text. What the list holds is not counted here.

    06 nhãn hiệu hàng hóa: A, B ...      -> number 6, noun `nhãn hiệu hàng hóa`
    vắng 02: đ/c A; đ/c B                -> number 2
    """
    rules = rulebook.compiled(_compile)
    sentences = page.once(Sentences, rules.dotted)
    found: dict[int, Declared] = {}
    for declared in _absent(page, rules, sentences):
        found.setdefault(declared.start, declared)
    taken = [(d.start, d.end) for d in found.values()]
    for match in rules.number.finditer(page.fold):
        if any(s < match.end() and match.start() < e for s, e in taken):
            continue
        value = _value(match["number"], rules)
        name = next(n for n, text in match.groupdict().items() if text is not None and n in rules.entries)
        if value == 1 and rules.entries[name].label:
            one = _one_more(page, sentences, match, rules.entries[name], found)
            if one:
                found[match.start()] = one
        if value < 2 or value > rules.most:
            continue
        declared_list = _list_behind(page, rules, sentences, match.start(), match.end(), value, rules.entries[name])
        if declared_list:
            found[match.start()] = declared_list
    return _apart([found[start] for start in sorted(found)])


def _apart(found: list[Declared]) -> list[Declared]:
    """A list ends where the next number of its label announces another: `02 nhãn hiệu: “A”, “B” và 01 nhãn hiệu “C”`."""
    ended: list[Declared] = []
    for i, declared in enumerate(found):
        follow = next((d for d in found[i + 1 :] if d.label == declared.label and d.label), None)
        cut = follow is not None and declared.list_start < follow.start < declared.list_end and not declared.items
        ended.append(replace(declared, list_end=follow.start) if follow is not None and cut else declared)
    return ended


def _one_more(page: Page, sentences: Sentences, match: re.Match[str], entry: CountEntry, found: dict[int, Declared]) -> Declared | None:
    """`và 01 nhãn hiệu “C”` behind a list that a number of the same label announced; the quotation is the list."""
    scope = sentences.around(match.start())
    before = [d for d in found.values() if d.label == entry.label and scope.start <= d.start < match.start()]
    quoted = _QUOTED.match(page.fold, match.end(), scope.end)
    if not before or not quoted:
        return None
    noun = " ".join(page.text[match.start("noun") : match.end("noun")].split())
    return Declared(match.start(), match.end(), 1, noun, entry.label, entry.id, match.end(), quoted.end())


def _value(word: str, rules: _Rules) -> int:
    return rules.counters[word] if word in rules.counters else int(word)


def _absent(page: Page, rules: _Rules, sentences: Sentences) -> Iterator[Declared]:
    """`Vắng mặt: 02 đồng chí, gồm: ...`: the people to the end of the sentence."""
    entry = next((e for e in rules.entries.values() if e.absent), None)
    for match in rules.absent.finditer(page.fold):
        if entry is None:
            return
        value = _value(match["number"], rules)
        start = match.start("number")
        end = match.end()
        noun = page.text[match.start("noun") : end] if match["noun"] else entry.noun or ""
        limit = min(sentences.around(end - 1).end, end + rules.window)
        if value:
            yield Declared(start, end, value, " ".join(noun.split()), entry.label, entry.id, end, limit)


def _list_behind(page: Page, rules: _Rules, sentences: Sentences, start: int, end: int, value: int, entry: CountEntry) -> Declared | None:
    """What follows the noun: a colon, `gồm`, a bracket, or (`direct`) the list itself."""
    noun_at = re.compile(r"\S+\s+").match(page.text, start)
    noun = " ".join(page.text[noun_at.end() if noun_at else start : end].split())
    whole = sentences.around(end - 1)
    scope = Scope(whole.start, min(whole.end, end + rules.window))
    limit = min(scope.end, end + rules.reach)
    base = {"start": start, "end": end, "number": value, "noun": noun, "label": entry.label, "rule": entry.id}
    if entry.direct:
        i = page.token_at(end)
        if i < len(page) and page.flags[i] & 1 and page.gaps[i] in (1, 2):
            return Declared(**base, list_start=end, list_end=scope.end, direct=True)  # type: ignore[arg-type]
        return None
    sign = _announced(page, rules, end, limit)
    if sign is None:
        return None
    if sign.lastgroup == "bracket":
        close = page.fold.find(")", sign.end(), scope.end)
        if close < 0 or page.fold[end : sign.start()].strip():
            return None
        return Declared(**base, list_start=sign.end(), list_end=close)  # type: ignore[arg-type]
    items = _bullets(page, sign.end()) or _markers(page, sign.end(), min(scope.end, sign.end() + rules.window))
    list_end = max(scope.end, items[-1] + 1) if items else scope.end
    if items and entry.label:
        line = page.lines[page.line_index(items[-1])]
        list_end = max(list_end, line.end)
    return Declared(**base, list_start=sign.end(), list_end=list_end, items=items, partial=sign.lastgroup == "partial")  # type: ignore[arg-type]


def _announced(page: Page, rules: _Rules, end: int, limit: int) -> re.Match[str] | None:
    """The sign that opens the list: none once the clause is over; a bracket only right behind the noun."""
    for sign in rules.announce.finditer(page.fold, end, limit):
        between = page.fold[end : sign.start()]
        if ";" in between or between.count(",") > 1 or re.search(r"\d", between):
            return None
        if sign.lastgroup == "bracket" and between.strip():
            return None
        return sign
    return None


def _bullets(page: Page, at: int) -> tuple[int, ...]:
    """Offsets of the list items on the lines behind a colon that ends its line."""
    index = page.line_index(at - 1)
    if page.text[at : page.lines[index].end].strip() if page.lines else True:
        return ()
    items: list[int] = []
    shape = ""
    for line in page.lines[index + 1 : index + 60]:
        if line.start == line.end:
            continue
        bullet = _BULLET.match(page.text, line.start, line.end)
        kind = re.sub(r"\w+", "1", bullet.group().strip()) if bullet else ""
        if not bullet or (shape and kind != shape):
            if items and line.first < len(page) and page.gaps[line.first] == 2:
                continue
            break
        shape = kind
        items.append(line.start)
    return tuple(items)


def _markers(page: Page, start: int, end: int) -> tuple[int, ...]:
    """Offsets of `(1)`, `(2)` ... in running text, as far as they count up from one."""
    found: list[int] = []
    for match in _MARKER.finditer(page.fold, start, end):
        number = int(match[1]) if match[1] else ord(match[2]) - ord("a") + 1
        if number == len(found) + 1:
            found.append(match.start())
    return tuple(found) if len(found) > 1 else ()
