"""Where the name of a mark begins and ends: in quotation marks, in a list, or bare in running text (handbook 6.3).

A bare name is a run of tokens that holds a capital: lower-case product words first (`chả cá`), then capitals (`Suối Vàng`).
It ends at punctuation, at a closed class of words (`stops` in `marks.yaml`) and after its last capital. A hyphen between
capitals belongs to the name (R-IP-16).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.fold import fold_spelling
from minutes_extract.text.page import ALPHA, BREAK, CAP, DIGIT, GLUED, PUNCT, SPACE, Page

_OPENING, _CLOSING = "“„«‟", "”»"
_BULLET = re.compile(r"\s*(?:[-+*•–]|\(?\d{1,2}[.)/]|[a-zđ][.)])\s*")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as half-open offsets into `Page.text`; `cut`: running text goes on right behind it, so no list does."""

    start: int
    end: int
    quoted: bool = False
    cut: bool = False
    product: str | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    stops: frozenset[str]
    last_stops: frozenset[str]
    barred_first: tuple[tuple[str, ...], ...]
    barred_anywhere: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    countries: tuple[tuple[str, ...], ...]
    strip_first: tuple[tuple[str, ...], ...]
    products: frozenset[str]
    frames: re.Pattern[str]
    between: re.Pattern[str]
    joints: frozenset[str]
    longest_quote: int
    longest_name: int
    longest_lead: int


def _compile(rulebook: Rulebook) -> _Words:
    def folded(name: str) -> tuple[str, ...]:
        return tuple(fold_spelling(word) for word in rulebook.words("marks", name))

    def phrases(name: str) -> tuple[tuple[str, ...], ...]:
        return tuple(sorted((tuple(word.split()) for word in folded(name)), key=lambda words: (-len(words), words)))

    settings = rulebook["marks"].settings
    return _Words(
        stops=frozenset(folded("stops")),
        last_stops=frozenset(folded("last_stops")),
        barred_first=phrases("barred_first"),
        barred_anywhere=frozenset(folded("barred_anywhere")),
        phrases=phrases("product_phrases"),
        countries=phrases("countries"),
        strip_first=phrases("strip_first"),
        products=frozenset(folded("products")),
        frames=re.compile("(?<!\\w)(?:" + "|".join(map(re.escape, folded("frames"))) + ")(?!\\w)"),
        between=next(re.compile(fold_spelling(e.pattern)) for e in rulebook["marks"].entries if e.id == "mark.frame.between"),
        joints=frozenset(folded("joints")),
        longest_quote=int(settings["longest_quote"]),
        longest_name=int(settings["longest_name"]),
        longest_lead=int(settings["longest_lead"]),
    )


def name_reader(page: Page, rulebook: Rulebook) -> NameReader:
    """A reader of names for one page."""
    return NameReader(page, rulebook.compiled(_compile))


class NameReader:
    """Reads names from given offsets of one page. All offsets are into `Page.text`; nothing is kept between calls."""

    def __init__(self, page: Page, words: _Words) -> None:
        self._page = page
        self._words = words

    # --- quotation marks ------------------------------------------------------------------------------------------------

    def skip_space(self, at: int) -> int:
        """The first offset from `at` that is not white space."""
        text = self._page.text
        while at < len(text) and text[at].isspace():
            at += 1
        return at

    def opens(self, at: int) -> bool:
        """True where a quotation mark at `at` opens: by its shape, else by the white space around it."""
        text = self._page.text
        if at >= len(text) or self._page.fold[at] not in "\"'":
            return False
        if text[at] in _OPENING:
            return True
        if text[at] in _CLOSING:
            return False
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        return (before.isspace() or before in "(:,'") and not after.isspace()

    def next_opening(self, start: int, end: int) -> int:
        """Offset of the first opening quotation mark in the range, -1 if there is none."""
        for match in re.finditer("[\"']", self._page.fold[start:end]):
            if self.opens(start + match.start()):
                return start + match.start()
        return -1

    def closing_quote(self, start: int, end: int) -> int:
        """Offset of the quotation mark that closes a quotation begun before `start`, else `end`."""
        depth = 0
        for match in re.finditer('"', self._page.fold[start:end]):
            if self.opens(start + match.start()):
                depth += 1
            elif depth:
                depth -= 1
            else:
                return start + match.start()
        return end

    def quoted_list(self, at: int, end: int) -> list[Name]:
        """`“A”, “B” và “C”` from the opening mark at `at`; what does not look like a name ends the list."""
        names: list[Name] = []
        while at < end and self.opens(at):
            inside, close = self._inside(at, end)
            name = self._quoted_name(at + 1, inside)
            if name is None:
                break
            names.append(name)
            between = self._words.between.match(self._page.fold, close, end)
            if not between:
                break
            at = between.end()
        return names

    def _inside(self, at: int, end: int) -> tuple[int, int]:
        """End of the quoted text and of its closing mark. An unbalanced quotation ends at a frame word (R-IP-11)."""
        page, mark = self._page, self._page.fold[at]
        limit = min(end, at + self._words.longest_quote)
        close = page.fold.find(mark, at + 1, limit)
        if mark == "'":
            while close >= 0 and close + 1 < len(page.text) and page.text[close + 1].isalpha():
                close = page.fold.find(mark, close + 1, limit)
            if close == at + 1:
                close = page.fold.find(mark, at + 2, limit)
        if close >= 0 and not (mark == '"' and self.opens(close) and page.text[close] in _OPENING):
            return close, close + 1
        frame = self._words.frames.search(page.fold, at, limit)
        comma = re.compile(r"[,.;:]").search(page.fold, at, limit)
        stop = min((m.start() for m in (frame, comma) if m), default=limit)
        return stop, stop

    def _quoted_name(self, start: int, end: int) -> Name | None:
        text = self._page.text
        start = self.skip_space(start)
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",.;:'\""):
            end -= 1
        while start < end and text[start] in "'\"":
            start += 1
        i, j = self._page.tokens_in(start, end)
        if not 0 < j - i <= self._words.longest_name or not self.has_capital(start, end):
            return None
        if self._barred(i, j) or self._is_country(i, j):
            return None
        return Name(start, end, quoted=True)

    def quoted_before(self, close: int, start: int, place_words: tuple[str, ...]) -> list[Name]:
        """The quotation that closes at `close`: `“X” được cấp nhãn hiệu`; not after a word such as `địa danh`, nor a sentence."""
        page = self._page
        at = max(page.fold.rfind(page.fold[close], start, close), start)
        if page.fold[at] != page.fold[close] or page.fold[max(start, at - 20) : at].rstrip().endswith(place_words):
            return []
        name = self._quoted_name(at + 1, close)
        if name is None or any(key in self._words.stops for key in page.keys[slice(*page.tokens_in(name.start, name.end))]):
            return []
        return [name]

    def product_then_quote(self, at: int, end: int) -> list[Name]:
        """`mật ong “X”` behind `cho sản phẩm`: the quotation is the name, the words before it the product (R-IP-15)."""
        quote = self.next_opening(at, min(end, at + 50))
        if quote < 0 or re.search(r"[.,;:()\n]", self._page.text[at:quote]):
            return []
        names = self.quoted_list(quote, end)
        first, last = self._page.tokens_in(at, quote)
        named = self._page.keys[first:last] not in self._words.strip_first
        product = " ".join(self._page.text[at:quote].split()) if named and last > first else None
        return [replace(name, product=product) for name in names[:1]] + names[1:]

    # --- bare names -----------------------------------------------------------------------------------------------------

    def bare(self, at: int, end: int, *, lead: int | None = None, goods: bool = False) -> list[Name]:
        """The one name that begins right behind `at` (white space between), if there is one. `lead`: lower-case words allowed
        before the first capital; `goods`: only a product word may open a name in lower case."""
        i, j = self._page.tokens_in(at, end)
        if i >= j or self._page.gaps[i] in (GLUED,) or self._page.gaps[i] >= BREAK:
            return []
        name = self._name(i if lead == 0 else self._strip(i, j), j, lead=lead, goods=goods)
        return [name] if name else []

    def plain_list(self, at: int, end: int, declared: int | None, *, goods: bool = False) -> list[Name]:
        """`A, B và C` without quotation marks, up to the first piece that is no name."""
        names: list[Name] = []
        joints: list[str] = []
        i, j = self._page.tokens_in(at, end)
        while i < j:
            name = self._name(self._strip(i, j), j, goods=goods)
            if name is None:
                break
            names.append(name)
            k = self._after_brackets(self._page.token_at(name.end - 1) + 1, j)
            if k >= j or self._page.keys[k] not in self._words.joints | {",", ";"} or self._page.gaps[k] >= BREAK:
                break
            joint = self._page.keys[k]
            k += 1
            if joint not in self._words.joints and k < j and self._page.keys[k] in self._words.joints:
                k += 1
            joints.append(joint)
            i = k
        return self._as_declared(names, joints, declared)

    def list_after_colon(self, at: int, end: int, declared: int | None) -> list[Name]:
        """The names behind a colon: on the same line in running text or in quotation marks, or as items of the next lines."""
        first = self.skip_space(at)
        if first < end:
            if self.opens(first):
                return self.quoted_list(first, end)
            return self.plain_list(first, end, declared)
        return self._bullets(first, declared)

    def _bullets(self, at: int, declared: int | None) -> list[Name]:
        """Items of a list, a line each: `- A;`. As many as were declared, or as long as there are bullets."""
        page = self._page
        names: list[Name] = []
        index = page.line_index(at)
        for line in page.lines[index : index + 40]:
            if line.start >= line.end:
                continue
            bullet = _BULLET.match(page.text, line.start, line.end)
            if not bullet or (declared is not None and len(names) == declared):
                break
            start = bullet.end()
            if self.opens(start):
                found = self.quoted_list(start, line.end)
            else:
                i, j = page.tokens_in(start, line.end)
                one = self._name(self._strip(i, j), j)
                found = [one] if one else []
            if not found:
                break
            names += found
        return names

    def _after_brackets(self, k: int, j: int) -> int:
        """Behind a pair of brackets at token `k`: the owner of a mark between two items."""
        page = self._page
        if k < j and page.keys[k] == "(":
            for m in range(k + 1, min(j, k + 20)):
                if page.keys[m] == ")":
                    return m + 1
        return k

    def _as_declared(self, names: list[Name], joints: list[str], declared: int | None) -> list[Name]:
        """More names than announced: names joined by `và` were one (R-IP-10)."""
        while declared and len(names) > declared:
            k = next((k for k, joint in enumerate(joints[: len(names) - 1]) if joint in self._words.joints), -1)
            if k < 0:
                break
            names = [*names[:k], replace(names[k], end=names[k + 1].end), *names[k + 2 :]]
            joints = [*joints[:k], *joints[k + 1 :]]
        return names

    def _strip(self, i: int, j: int) -> int:
        """Past words that announce a name and are no part of it: `sản phẩm`, `cây`, `các` (R-IP-14)."""
        page = self._page
        again = True
        while again:
            again = False
            for words in self._words.strip_first:
                if i + len(words) < j and page.keys[i : i + len(words)] == words and not page.flags[i] & CAP:
                    i += len(words)
                    again = True
                    break
        return i

    def _name(self, i: int, j: int, *, lead: int | None = None, goods: bool = False) -> Name | None:
        """The name that begins at token `i` and ends before `j`."""
        page, words = self._page, self._words
        if i >= j or page.flags[i] & (PUNCT | DIGIT):
            return None
        last = self._run(i, j, words.longest_lead if lead is None else lead)
        if last is None:
            return None
        if goods and not page.flags[i] & CAP and page.keys[i] not in words.products:
            return None
        if self._barred(i, last + 1) or self._is_country(i, last + 1):
            return None
        return Name(page.starts[i], page.ends[last], cut=last + 1 < j and bool(page.flags[last + 1] & ALPHA))

    def _run(self, i: int, j: int, lead: int) -> int | None:
        """Last token of the name from token `i`, None if no capital comes in time."""
        page = self._page
        capital = -1
        tail = -1
        k = i
        while k < min(j, i + self._words.longest_name + 4):
            if k > i and (page.gaps[k] >= BREAK or (page.gaps[k] == SPACE and page.starts[k] - page.ends[k - 1] > 1)):
                break
            flags = page.flags[k]
            if flags & CAP:
                if k > i and page.keys[k] in self._words.stops and not self._capital_soon(k, j, 1) and not self._closes(k, j):
                    break
                capital = k
                tail = -1
            elif flags & ALPHA:
                if self._stops(k, i) or (capital < 0 and k - i >= lead):
                    break
                if capital == i and page.keys[i] in self._words.products and k - i <= 5:
                    tail = k
                elif capital > i and page.gaps[k] != GLUED:
                    if not self._capital_soon(k, j):
                        break
                elif capital == i and page.keys[i] not in self._words.products and not self._capital_soon(k, j):
                    break
            elif flags & DIGIT:
                if not self._digit_belongs(k, j):
                    break
                capital = k if capital >= 0 else capital
            elif not self._inner_mark(k, j, capital):
                break
            k += 1
        capital = self._whole_words(i, capital)
        if capital < 0:
            return None
        return tail if tail > capital and capital == i else capital

    def _whole_words(self, i: int, last: int) -> int:
        """Back one token where a capital begins a word that goes on in lower case: `càphê Suối Vàng | Lễ hội` (no full stop)."""
        page = self._page
        if last <= i or last + 1 >= len(page) or page.flags[last + 1] & (CAP | PUNCT | DIGIT) or page.flags[last] & DIGIT:
            return last
        at = bisect_left(page.words, (page.starts[last], 0))
        glued = at < len(page.words) and page.words[at][0] == page.starts[last] and page.words[at][1] > page.ends[last]
        return last - 1 if glued else last

    def _closes(self, k: int, j: int) -> bool:
        """True for a capitalised word that ends a name of capitals and its clause: `bánh tét bắp Đất Mới.`"""
        page = self._page
        return bool(page.flags[k - 1] & CAP) and (k + 1 >= j or k + 1 >= len(page) or bool(page.flags[k + 1] & PUNCT))

    def _in_phrase(self, k: int) -> bool:
        """True where token `k` is part of a fixed name of goods that holds a closed-class word: `cá | chỉ | vàng`."""
        keys = self._page.keys
        for phrase in self._words.phrases:
            starts = [k - n for n, key in enumerate(phrase) if key == keys[k] and k >= n]
            if any(keys[start : start + len(phrase)] == phrase for start in starts):
                return True
        return False

    def names_a_standard(self, at: int) -> bool:
        """True where a standard stands at `at` and no mark: `OCOP`, `VietGAP`."""
        i = self._page.token_at(at)
        return i < len(self._page) and self._page.keys[i] in self._words.barred_anywhere

    def _stops(self, k: int, i: int) -> bool:
        key = self._page.keys[k]
        if key in self._words.stops and self._in_phrase(k):
            return False
        return key in self._words.stops and not (k > i and key in self._words.last_stops and self._capital_soon(k, k + 3, 1))

    def _capital_soon(self, k: int, j: int, within: int = 3) -> bool:
        """True where a capital follows lower-case token `k` within a few tokens of the same name (`Nấm bào ngư phường Thới An`)."""
        page = self._page
        for m in range(k + 1, min(k + 1 + within, j, len(page))):
            if page.gaps[m] >= BREAK or page.flags[m] & (PUNCT | DIGIT) or page.keys[m] in self._words.stops:
                return False
            if page.flags[m] & CAP:
                return True
        return False

    def _digit_belongs(self, k: int, j: int) -> bool:
        """`ST25`, `Since 1995`, `Vũng 28 Bèo` (a stray page number); not `Candle 3.000 cây`."""
        page = self._page
        if page.gaps[k] == GLUED and page.flags[k - 1] & CAP:
            return True
        if k + 1 >= j:
            return True
        if page.gaps[k + 1] == GLUED and page.keys[k + 1] in ".,/-%":
            following = k + 2 < j and page.gaps[k + 2] == GLUED and bool(page.flags[k + 2] & DIGIT)
            return not following and page.keys[k + 1] != "%"
        return bool(page.flags[k + 1] & (CAP | PUNCT))

    def _inner_mark(self, k: int, j: int, capital: int) -> bool:
        """A hyphen, ampersand or apostrophe between two capitalised words belongs to the name."""
        page = self._page
        if capital < 0 or k + 1 >= j or page.gaps[k + 1] >= BREAK:
            return False
        if page.keys[k] in {"&", "'", "’"}:
            return bool(page.flags[k + 1] & CAP) or page.gaps[k + 1] == GLUED
        if page.keys[k] in "-–" and len(page.keys[k]) == 1:
            return bool(page.flags[k + 1] & CAP) and bool(page.flags[k - 1] & CAP)
        return page.keys[k] == "." and page.gaps[k + 1] == GLUED and bool(page.flags[k + 1] & (CAP | ALPHA))

    # --- what is no name ------------------------------------------------------------------------------------------------

    def _barred(self, i: int, j: int) -> bool:
        page, words = self._page, self._words
        keys = page.keys[i:j]
        if any(key in words.barred_anywhere for key in keys):
            return True
        return any(keys[: len(bar)] == bar for bar in words.barred_first)

    def _is_country(self, i: int, j: int) -> bool:
        """True where the name is a country's, alone or behind words that are no goods (`ngành hàng Việt Nam`); `gạo Việt Nam` is a name."""
        page, words = self._page, self._words
        keys = page.keys[i:j]
        for country in words.countries:
            n = len(country)
            if keys[-n:] == country and not any(page.flags[k] & CAP for k in range(i + 1, j - n)):
                return len(keys) == n or page.keys[i] not in words.products
        return False

    def has_capital(self, start: int, end: int) -> bool:
        """True where the span holds a word with a capital letter."""
        i, j = self._page.tokens_in(start, end)
        return any(flags & CAP for flags in self._page.flags[i:j])

    def is_bare_place(self, start: int, end: int) -> bool:
        """True where the name is capitals only and short, as a place is: `Suối Vàng`; such a name is not looked for again."""
        page = self._page
        i, j = page.tokens_in(start, end)
        words = [k for k in range(i, j) if page.flags[k] & ALPHA]
        return len(words) <= 3 and all(page.flags[k] & CAP for k in words) and page.keys[i] not in self._words.products and len(words) > 1

    def after_barred(self, start: int) -> bool:
        """True where a word stands before `start` that makes a name something else: `HTX`, `lễ hội`, `ngành`."""
        i = self._page.token_at(start)
        return any(self._page.keys[max(i - len(bar), 0) : i] == bar for bar in self._words.barred_first)

    def goods(self, at: int, end: int) -> str | None:
        """The product named from `at`: `dừa xiêm xanh`, up to punctuation or a closed-class word; white space collapsed."""
        page = self._page
        i, j = page.tokens_in(at, end)
        k = i
        while k < min(j, i + 8) and page.flags[k] & ALPHA and (k == i or page.gaps[k] < BREAK):
            if (page.keys[k] in self._words.stops and page.keys[k] not in self._words.joints) or (
                k > i and (page.keys[k],) in self._words.barred_first
            ):
                break
            k += 1
        while k > i and page.keys[k - 1] in self._words.joints:
            k -= 1
        return " ".join(page.text[page.starts[i] : page.ends[k - 1]].split()) if k > i else None
