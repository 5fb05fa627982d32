"""Names of marks, geographical indications and brands, each read from a cue in its sentence (handbook 6.2, 6.3).

The cue (`nhãn hiệu`, `chỉ dẫn địa lý`, `thương hiệu` ...) stays outside, so do quotation marks and `cho sản phẩm`. What
follows the cue decides how the names are read: quotation marks, a list after a colon or `gồm`, or a bare name that ends
after its last capitalised syllable. A number before the cue (`06 nhãn hiệu hàng hóa:`) says how many to expect (R-IP-10).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.mark_names import Name, NameReader, name_reader
from minutes_extract.find.mark_scope import Scope, Sentences, dotted_abbreviations
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.models.marks import MarkEntry
from minutes_extract.text.fold import fold_key, fold_spelling
from minutes_extract.text.page import Page


@dataclass(frozen=True, slots=True)
class _Rules:
    cue: re.Pattern[str]
    entries: dict[str, MarkEntry]
    link: re.Pattern[str]
    link_here: re.Pattern[str]
    takes: dict[str, str]
    block: re.Pattern[str]
    lost: re.Pattern[str]
    case: re.Pattern[str]
    statuses: tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]
    plural: frozenset[str]
    counters: dict[str, int]
    this_mark: tuple[str, ...]
    place_words: tuple[str, ...]
    calendar: frozenset[str]
    frames: dict[str, re.Pattern[str]]
    dotted: frozenset[str]
    reach: int
    window: int
    most_repeats: int


def _union(entries: Iterable[MarkEntry]) -> str:
    return "|".join(f"(?P<{entry.id.replace('.', '_')}>{fold_spelling(entry.pattern)})" for entry in entries)


def _unless(entry: MarkEntry) -> re.Pattern[str] | None:
    return re.compile(fold_spelling(entry.unless)) if entry.unless else None


def _compile(rulebook: Rulebook) -> _Rules:
    table = rulebook["marks"]
    parts: dict[str, list[MarkEntry]] = {}
    for entry in table.entries:
        parts.setdefault(entry.part, []).append(entry)
    word = rulebook.words
    edge = r"(?![^\W\d_])"
    links = _union(parts["link"])
    return _Rules(
        cue=re.compile(rf"(?<![^\W\d_])(?:{_union(parts['cue'])}){edge}"),
        entries={entry.id.replace(".", "_"): entry for entry in table.entries},
        link=re.compile(rf"(?<![^\W_])(?:{links}){edge}\s*:?\s*(?=[^\W\d_]|[\"'])"),
        link_here=re.compile(rf"\s*,?\s+(?:{links}){edge}\s*:?\s*"),
        takes={entry.id.replace(".", "_"): entry.takes for entry in parts["link"]},
        block=re.compile(rf"(?:{_union(parts['block'])})\s+$"),
        lost=re.compile(_union(parts["lost"])),
        case=re.compile(_union(parts["case"])),
        statuses=tuple((entry.status or "", re.compile(fold_spelling(entry.pattern)), _unless(entry)) for entry in parts["status"]),
        plural=frozenset(word("marks", "plural")),
        counters={key: value for value, key in enumerate(word("marks", "counters"), start=1)},
        this_mark=tuple(map(fold_spelling, word("marks", "this_mark"))),
        place_words=tuple(map(fold_spelling, word("marks", "place_words"))),
        calendar=frozenset(map(fold_spelling, word("marks", "calendar"))),
        frames={entry.id.rsplit(".", 1)[1]: re.compile(fold_spelling(entry.pattern)) for entry in parts["frame"]},
        dotted=dotted_abbreviations(rulebook),
        reach=int(table.settings["reach"]),
        window=int(table.settings["window"]),
        most_repeats=int(table.settings["most_repeats"]),
    )


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue on the page: `start`..`end` of its words, `after` the offset behind its number, its sentence, how many it announces."""

    start: int
    end: int
    after: int
    entry: MarkEntry
    scope: Scope
    limit: int
    number: str | None
    declared: int | None
    many: bool


def find_trademarks(page: Page, rulebook: Rulebook) -> list[Candidate]:
    """TRADEMARK candidates in order of the text, without quotation marks and cue.

    `start`/`end` are offsets into `Page.text`. `attrs` holds `kind`, and where told `status`, `product`, `number`,
    `declared` (the number before the cue) and `group` (offset of the cue, equal for the names of one list).

        quận hỗ trợ đăng ký 02 nhãn hiệu hàng hóa: [Nấm rơm Suối Vàng], [Làng nghề hoa kiểng Phú Tân - Bà Điểm].
        chỉ dẫn địa lý “[Suối Vàng]” cho sản phẩm dừa xiêm xanh
        giả mạo nhãn hiệu [chả cá Suối Vàng] tại các điểm du lịch
    """
    rules = rulebook.compiled(_compile)
    hits = list(rules.cue.finditer(page.fold))
    if not hits:
        return []
    finder = _Finder(page, rulebook, rules, hits)
    return sorted(finder.candidates().values(), key=lambda found: found.key)


class _Finder:
    """One reading of one page: the cues, their sentences and what was read from each."""

    def __init__(self, page: Page, rulebook: Rulebook, rules: _Rules, hits: list[re.Match[str]]) -> None:
        self._page = page
        self._rules = rules
        self._reader: NameReader = name_reader(page, rulebook)
        self._sentences = page.once(Sentences, rules.dotted)
        self._cues = list(self._read_cues(hits))
        self._found: dict[tuple[int, int], Candidate] = {}
        self._taken = bytearray(len(page.text))
        self._statuses: dict[int, str | None] = {}

    def candidates(self) -> dict[tuple[int, int], Candidate]:
        """Span -> candidate: names after cues first, then those before them, then repeats."""
        for cue in self._cues:
            self._keep(cue, self._names_after(cue), "after_cue")
        for cue in self._cues:
            self._keep(cue, self._names_quoted_before(cue), "before_cue")
        for scope, cues in self._by_sentence().items():
            for names, how in ((self._names_called(scope), "called"), (self._names_lost(scope), "before_cue")):
                for name in names:
                    self._keep(self._nearest(cues, name), [name], how)
        for again in self._repeats():
            self._found.setdefault((again.start, again.end), again)
        return self._found

    def _read_cues(self, hits: list[re.Match[str]]) -> Iterator[_Cue]:
        page, rules = self._page, self._rules
        for i, hit in enumerate(hits):
            entry = rules.entries[hit.lastgroup or ""]
            whole = self._sentences.around(hit.start())
            scope = Scope(max(whole.start, hit.start() - rules.window), min(whole.end, hit.end() + rules.window))
            follow = hits[i + 1].start() if i + 1 < len(hits) else len(page.text)
            adjunct = rules.frames["adjunct"].match(page.fold, hit.end(), scope.end)
            number = adjunct["number"] if adjunct else None
            declared, many = self._announced(hit.start())
            after = adjunct.end() if adjunct else hit.end()
            yield _Cue(hit.start(), hit.end(), after, entry, scope, min(scope.end, follow), number, declared, many)

    def _announced(self, start: int) -> tuple[int | None, bool]:
        """The number that stands before a cue (`06 nhãn hiệu`, `hai nhãn hiệu`), and whether it announces several names."""
        page, rules = self._page, self._rules
        i = page.token_at(start) - 1
        if i < 0:
            return None, False
        key = page.keys[i]
        if key in rules.counters and page.keys[i - 1] not in rules.calendar:
            return rules.counters[key], rules.counters[key] > 1
        if key.isdecimal() and len(key) <= 3 and page.gaps[i] > 0:
            return int(key), int(key) > 1
        return None, key in rules.plural

    def _keep(self, cue: _Cue, names: Iterable[Name], how: str) -> None:
        for name in names:
            key = (name.start, name.end)
            if 1 in self._taken[name.start : name.end]:
                continue
            self._taken[name.start : name.end] = b"\1" * (name.end - name.start)
            attrs: dict[str, object] = {"kind": cue.entry.mark_kind, "group": cue.start, "strong": name.quoted or cue.declared is not None}
            if cue.declared is not None and how == "after_cue":
                attrs["declared"] = cue.declared
            if cue.number:
                attrs["number"] = cue.number
            product = name.product or self._product_after(cue, name)
            if product:
                attrs["product"] = product
            status = self._status(cue)
            if status:
                attrs["status"] = status
            evidence = (f"mark.{how}", *(("mark.quoted",) if name.quoted else ()))
            self._found[key] = Candidate(name.start, name.end, "TRADEMARK", cue.entry.id, evidence, attrs=attrs)

    # --- names after the cue --------------------------------------------------------------------------------------------

    def _names_after(self, cue: _Cue) -> list[Name]:
        page, rules, reader = self._page, self._rules, self._reader
        if cue.entry.id == "mark.make":
            return reader.bare(cue.after, cue.limit, lead=0) if page.text[cue.start].islower() else []
        at = reader.skip_space(cue.after)
        if reader.names_a_standard(at):
            return []
        if at < cue.scope.end and reader.opens(at):
            return reader.quoted_list(at, cue.scope.end)
        if page.fold[at : at + 1] == ":":
            return reader.list_after_colon(at + 1, cue.scope.end, cue.declared)
        link = rules.link_here.match(page.fold, cue.after, cue.scope.end)
        if link:
            names = self._through(cue, link)
            if names:
                return names
        if not cue.entry.direct or self._blocked(cue):
            return self._names_across(cue)
        names = reader.plain_list(cue.after, cue.limit, cue.declared) if cue.many else reader.bare(cue.after, cue.limit)
        return names or self._names_across(cue)

    def _blocked(self, cue: _Cue) -> bool:
        return self._rules.block.search(self._page.fold, max(cue.scope.start, cue.start - 30), cue.start) is not None

    def _through(self, cue: _Cue, link: re.Match[str]) -> list[Name]:
        """The names a link word leads to: `gồm: A, B`, `cho sản phẩm mật ong “X”`, `cho cây hồ tiêu X`."""
        reader, at = self._reader, link.end()
        colon = ":" in link.group()
        if at >= cue.scope.end:
            return reader.list_after_colon(at, cue.scope.end, cue.declared) if colon else []
        if reader.opens(at):
            return reader.quoted_list(at, cue.scope.end)
        if self._takes(link) == "name":
            quoted = reader.product_then_quote(at, cue.scope.end)
            return quoted or ([] if self._blocked(cue) else reader.bare(at, cue.limit, goods=True))
        if colon:
            return reader.list_after_colon(at, cue.scope.end, cue.declared)
        return reader.plain_list(at, cue.limit, cue.declared) if not self._blocked(cue) else []

    def _takes(self, link: re.Match[str]) -> str:
        return next(self._rules.takes[name] for name, text in link.groupdict().items() if text is not None)

    def _names_across(self, cue: _Cue) -> list[Name]:
        """The names further on in the sentence: behind a link word, in brackets of the declared number, or in quotation marks."""
        page, reader = self._page, self._reader
        end = min(cue.limit, cue.after + self._rules.reach, reader.closing_quote(cue.after, cue.scope.end))
        for link in self._rules.link.finditer(page.fold, cue.after, end):
            if reader.opens(link.end()):
                return reader.quoted_list(link.end(), cue.scope.end)
            if self._takes(link) == "list" and (cue.many or ":" in link.group()) and not self._blocked(cue):
                names = reader.plain_list(link.end(), cue.scope.end if ":" in link.group() else cue.limit, cue.declared)
                if names:
                    return names
        colon = page.fold.find(":", cue.after, end)
        if colon >= 0 and cue.many and not re.search(r"[,;.()\"]", page.fold[cue.after : colon]):
            return reader.list_after_colon(colon + 1, cue.scope.end, cue.declared)
        bracket = page.fold.find("(", cue.after, end)
        if bracket >= 0 and cue.declared and cue.declared > 1:
            names = reader.plain_list(bracket + 1, cue.limit, cue.declared)
            if len(names) == cue.declared:
                return names
        quote = reader.next_opening(cue.after, end)
        between = page.fold[cue.after : quote] if quote >= 0 else ","
        if quote >= 0 and not re.search(r"[,;:.()]", between) and not between.rstrip().endswith(self._rules.place_words):
            return reader.quoted_list(quote, cue.scope.end)
        return []

    # --- names before the cue -------------------------------------------------------------------------------------------

    def _by_sentence(self) -> dict[Scope, list[_Cue]]:
        sentences: dict[Scope, list[_Cue]] = {}
        for cue in self._cues:
            sentences.setdefault(self._sentences.around(cue.start), []).append(cue)
        return sentences

    def _nearest(self, cues: list[_Cue], name: Name) -> _Cue:
        """The cue before which the name stands, else the last one."""
        at = bisect_left(cues, name.start, key=lambda cue: cue.start)
        return cues[min(at, len(cues) - 1)]

    def _names_called(self, scope: Scope) -> list[Name]:
        """`tên “X” làm nhãn hiệu tập thể`, `góp ý tên “X” ... nhãn hiệu`: quoted after the word for name, anywhere in the sentence."""
        names: list[Name] = []
        page, reader = self._page, self._reader
        for match in self._rules.frames["called"].finditer(page.fold, scope.start, scope.end):
            if reader.opens(match.end()):
                names += reader.quoted_list(match.end(), min(scope.end, match.end() + self._rules.window))
        return names

    def _names_quoted_before(self, cue: _Cue) -> list[Name]:
        """`“X” được cấp nhãn hiệu chứng nhận`: a quotation shortly before the cue, nothing but words between."""
        page, rules = self._page, self._rules
        quoted = re.search(r"[\"']([^\"'.,;:()]{0,45}) $", page.fold[max(cue.scope.start, cue.start - 50) : cue.start])
        if not quoted:
            return []
        return self._reader.quoted_before(cue.start - len(quoted[1]) - 2, max(cue.scope.start, cue.start - 150), rules.place_words)

    def _names_lost(self, scope: Scope) -> list[Name]:
        """The names before `... mất thương hiệu` and in `trường hợp của X ... thương hiệu này`."""
        page, rules, reader = self._page, self._rules, self._reader
        names: list[Name] = []
        lost = rules.lost.search(page.fold, scope.start, scope.end)
        if lost:
            names += self._list_before(scope, lost.start())
        clause = page.fold[scope.start : scope.end]
        if any(words in clause for words in rules.this_mark):
            for match in rules.case.finditer(page.fold, scope.start, scope.end):
                names += reader.bare(match.end() - 1, min(scope.end, match.end() + rules.reach))
        return names

    def _list_before(self, scope: Scope, end: int) -> list[Name]:
        """The list that ends before `end`: after `như`, or at the start of the sentence."""
        page, reader = self._page, self._reader
        first = max(scope.start, end - self._rules.window)
        starts = [m.end() - 1 for m in self._rules.frames["examples"].finditer(page.fold, first, end)]
        for at in [*starts, scope.start]:
            names = reader.plain_list(at, min(end, at + self._rules.window), None, goods=True)
            if len(names) > 1:
                return names
        return []

    # --- what is told of a name -----------------------------------------------------------------------------------------

    def _product_after(self, cue: _Cue, name: Name) -> str | None:
        if name.end > cue.scope.end:
            return None
        match = self._rules.frames["product"].match(self._page.fold, name.end, cue.scope.end)
        return self._reader.goods(match.end(), cue.scope.end) if match else None

    def _status(self, cue: _Cue) -> str | None:
        """The status whose words stand nearest the cue, in its clause; words behind the cue count as a little further away."""
        if cue.start in self._statuses:
            return self._statuses[cue.start]
        page = self._page
        lo, hi = max(cue.scope.start, cue.start - 300), min(cue.scope.end, cue.end + 300)
        lo = max(page.fold.rfind(";", lo, cue.start) + 1, lo)
        semicolon = page.fold.find(";", cue.end, hi)
        hi = semicolon if semicolon >= 0 else hi
        best: tuple[int, int, str] | None = None
        for rank, (status, pattern, unless) in enumerate(self._rules.statuses):
            for match in pattern.finditer(page.fold, lo, hi):
                if unless and unless.search(page.fold[lo : match.start()]):
                    continue  # `để được cấp`, `từ chối cấp`: not granted
                distance = cue.start - match.end() if match.end() <= cue.start else max(match.start() - cue.end, 0) + 8
                if best is None or (distance, rank) < best[:2]:
                    best = (distance, rank, status)
        self._statuses[cue.start] = best[2] if best else None
        return self._statuses[cue.start]

    def _repeats(self) -> list[Candidate]:
        """The names once more, wherever else they stand in a sentence with a cue; never a bare place name."""
        page = self._page
        known: dict[str, Candidate] = {}
        for candidate in sorted(self._found.values(), key=lambda c: c.key):
            if not self._reader.is_bare_place(candidate.start, candidate.end):
                known.setdefault(fold_key(page.text[candidate.start : candidate.end]), candidate)
        if not known:
            return []
        words = sorted(list(known)[: self._rules.most_repeats], key=lambda key: (-len(key), key))
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(r"\s+".join(map(re.escape, key.split())) for key in words) + r")(?!\w)")
        found: list[Candidate] = []
        for scope in sorted(self._by_sentence()):
            for match in pattern.finditer(page.fold, scope.start, scope.end):
                start, end = match.span()
                if 1 in self._taken[start:end] or not self._reader.has_capital(start, end):
                    continue
                if self._reader.after_barred(start):
                    continue
                first = known[" ".join(match.group().split())]
                attrs = {**first.attrs, "repeat": True}
                found.append(Candidate(start, end, "TRADEMARK", first.rule, ("mark.repeat",), attrs=attrs))
        return found
