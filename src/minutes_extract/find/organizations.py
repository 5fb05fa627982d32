"""Bodies: a head noun and what names it (guidelines ORGANIZATION; handbook 4.1-4.3).

A body is read from left to right: the head (`Sở`), its field of work (`Khoa học và Công nghệ`), perhaps a parent standing beside it
(`Phòng Quản lý Khoa học | Sở KH&CN`), and the area that closes it (`thành phố Cần Thơ`). Commas, brackets and `thuộc` end it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.names import capital_line, capital_run, name_at, split_before_name
from minutes_extract.find.vocabulary import Vocabulary, vocabulary
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.models.bodies import BodyEntry
from minutes_extract.rulebook.phrases import PhraseTrie
from minutes_extract.text.page import ALPHA, BREAK, CAP, DIGIT, GLUED, PUNCT, UPPER, Page

_DEEPEST = 4


def find_organizations(
    page: Page, rulebook: Rulebook, *, titles: Iterable[Candidate] = (), people: Iterable[Candidate] = ()
) -> list[Candidate]:
    """All bodies of the page in order, as ORGANIZATION candidates; spans of different heads may overlap, the link stage settles them.

    `titles`: the posts already found (a body right after a post may be a bare head, `Phó giám đốc [Sở]`, or have none,
    `Thứ trưởng [Nội vụ]`). `people`: names known to be names, at which a body's name ends.
    `attrs`: `kind`, `level`, `head` (folded), `bare` (a head without a name: counts after a post only), `after_post`, `elided`.
    """
    return _Reader(page, vocabulary(rulebook), titles, people).read()


@dataclass(slots=True)
class _Head:
    first: int
    last: int
    entry: BodyEntry


class _Reader:
    """Reads the bodies of one page."""

    def __init__(self, page: Page, words: Vocabulary, titles: Iterable[Candidate], people: Iterable[Candidate]) -> None:
        self.page = page
        self.words = words
        self.after_post: dict[int, Candidate] = {}
        self.unit_at: dict[int, Candidate] = {}
        self.in_post: set[int] = set()
        for title in titles:
            first, last, unit = title.attrs["first"], title.attrs["last"], title.attrs["unit"]
            self.after_post[last] = title
            self.in_post.update(range(first, last))
            if unit is not None:
                self.unit_at[unit] = title
        self.names: PhraseTrie[int] = PhraseTrie()
        for person in people:
            if " " in page.text[person.start : person.end].strip():
                self.names.add(page.text[person.start : person.end], 0)
        self.word_end = self._word_ends()

    def _word_ends(self) -> dict[int, int]:
        """First token of each segmented word of two syllables or more -> the token after it."""
        ends: dict[int, int] = {}
        starts = {start: i for i, start in enumerate(self.page.starts)}
        for start, end in self.page.words:
            first = starts.get(start)
            if first is not None and end > self.page.ends[first]:
                ends[first] = self.page.token_at(end - 1) + 1
        return ends

    def read(self) -> list[Candidate]:
        found: list[Candidate] = []
        i, count = 0, len(self.page)
        while i < count:
            body = self._unit_body(i) or self._body_at(i) or self._elided(i)
            if body is None:
                i += 1
                continue
            found.append(body)
            acronym = self._acronym(body)
            if acronym is not None:
                found.append(acronym)
                body = acronym
            i = max(self.page.token_at(body.end - 1) + 1, i + 1)
        return found

    # one body

    def _acronym(self, body: Candidate) -> Candidate | None:
        """`Liên đoàn Thương mại và Công nghiệp Việt Nam ([VCCI])`: a new acronym in brackets right behind a full name."""
        page = self.page
        j = body.attrs["last"]
        if body.attrs["bare"] or j + 2 >= len(page) or page.keys[j] != "(" or page.keys[j + 2] != ")" or j - body.attrs["first"] < 3:
            return None
        size = page.ends[j + 1] - page.starts[j + 1]
        if (
            not page.flags[j + 1] & UPPER
            or not 2 < size < 9
            or self.words.heads.longest(page, j + 1)
            or self.words.fields.longest(page, j + 1)
        ):
            return None
        return Candidate(
            page.starts[j + 1],
            page.ends[j + 1],
            "ORGANIZATION",
            "body.acronym",
            ("body.acronym",),
            attrs={**body.attrs, "head": "", "first": j + 1, "last": j + 2, "after_post": False, "acronym": True},
        )

    def _unit_body(self, i: int) -> Candidate | None:
        """`Trưởng [phòng Kinh tế]`: the unit words of a post open the body, whatever their case."""
        title = self.unit_at.get(i)
        head = self.words.heads.longest(self.page, i) if title is not None else None
        if title is None or head is None:
            return None
        end = self._tail(_Head(i, max(head[0], title.attrs["last"]), head[1]), 0)
        if end <= title.attrs["last"]:
            return None
        return self._candidate(i, end, head[1], after_post=True, bare=False, rule="body.of_post")

    def _body_at(self, i: int) -> Candidate | None:
        head = self._head_at(i)
        if head is None:
            return None
        after_post = i in self.after_post and self.page.gaps[i] < BREAK
        if (head.entry.after_post_only and not after_post) or self._is_plural(head):
            return None
        end = self._tail(head, 0)
        named = end > head.last
        if named and (not self._head_may_open(head, end) or self._is_group(head, end)):
            return None
        if not named and not head.entry.alone and not after_post and not self._named_head(head.entry, head):
            return self._candidate(i, end, head.entry, after_post=False, bare=True, rule=head.entry.id) if head.entry.capital else None
        if not named and self._counts_many(end):
            return None
        bare = not named and not head.entry.alone and not self._named_head(head.entry, head)
        if not named and head.entry.capital and not self.page.flags[i] & CAP and not after_post:
            return None
        return self._candidate(i, end, head.entry, after_post=after_post, bare=bare, rule=head.entry.id)

    def _elided(self, i: int) -> Candidate | None:
        """`Thứ trưởng [Nội vụ]`, `TP [Kinh tế]`: a field of work right after a post stands for the body (guidelines, settled cases)."""
        title = self.after_post.get(i)
        if title is None or self.page.gaps[i] >= BREAK or not self.page.flags[i] & CAP:
            return None
        field = self.words.fields.longest(self.page, i)
        if field is None or self.words.posts.longest(self.page, i):
            return None
        end = field[0]
        if end < len(self.page) and self.page.flags[end] & CAP and self.page.gaps[end] < BREAK and self.words.heads.longest(self.page, i):
            return None
        end = self._area(end) or self._parent(end, 0) or end
        return Candidate(
            self.page.starts[i],
            self.page.ends[end - 1],
            "ORGANIZATION",
            "body.elided_head",
            ("body.after_post", "body.field"),
            attrs={"kind": None, "level": None, "head": "", "bare": False, "after_post": True, "elided": True, "first": i, "last": end},
        )

    def _candidate(self, i: int, end: int, entry: BodyEntry, *, after_post: bool, bare: bool, rule: str) -> Candidate:
        evidence = ["body.head"]
        if after_post:
            evidence.append("body.after_post")
        if bare:
            evidence.append("body.bare")
        return Candidate(
            self.page.starts[i],
            self.page.ends[end - 1],
            "ORGANIZATION",
            rule,
            tuple(evidence),
            attrs={
                "kind": entry.kind,
                "level": entry.level,
                "head": self.page.keys[i],
                "bare": bare,
                "after_post": after_post,
                "elided": False,
                "first": i,
                "last": end,
            },
        )

    # the head

    def _head_at(self, i: int) -> _Head | None:
        page, words = self.page, self.words
        match = self._head_phrase(i)
        if match is None or i in self.in_post:
            return None
        last, entry = match
        if entry.capital and not page.flags[i] & CAP:
            return None
        if page.gaps[i] == GLUED and i and (page.flags[i - 1] & (ALPHA | DIGIT) or self._in_number(i)):
            return None
        if self._is_abbreviation(i, last) and not page.flags[i] & UPPER:
            return None
        if self._names_a_place(i):
            return None
        head_key = " ".join(page.keys[i:last])
        told_apart = i == 0 or page.gaps[i] >= BREAK or i in self.after_post or (page.flags[i] & CAP and not page.flags[i - 1] & CAP)
        if not told_apart and page.keys[i - 1] in words.head_not_before.get(head_key, ()):
            return None
        if last < len(page) and page.gaps[last] < BREAK and page.keys[last] in words.head_not_after.get(head_key, ()):
            field = words.fields.longest(page, last)
            if field is None:
                return None
        return _Head(i, last, entry)

    def _head_phrase(self, i: int) -> tuple[int, BodyEntry] | None:
        """The head noun at `i`; `huyện Ủy viên` is no `huyện ủy`."""
        page = self.page
        match = self.words.heads.longest(page, i)
        if match is None or match[0] - i < 2 or page.flags[i] & CAP or not page.flags[i + 1] & CAP:
            return match
        return None if self.words.places.type_at(page, i) is not None else match

    def _names_a_place(self, i: int) -> bool:
        """`thôn Hội Nhơn`, `đường Trường Sa`: behind these words a capital belongs to a place."""
        page = self.page
        if i == 0 or page.gaps[i] >= BREAK or not page.flags[i] & CAP:
            return False
        return any(
            (match := self.words.place_openers.longest(page, start, i)) is not None and match[0] == i for start in range(max(0, i - 2), i)
        )

    def _in_number(self, i: int) -> bool:
        """`653/TB-VPCP`: the token behind a glued `/` or `-` ends a document number."""
        page = self.page
        return i > 1 and page.keys[i - 1] in ("/", "-") and page.gaps[i - 1] == GLUED and bool(page.flags[i - 2] & (UPPER | DIGIT))

    def _is_abbreviation(self, i: int, last: int) -> bool:
        """A head without a vowel in a short token is an abbreviation (`TT`, `BV`, `HĐ`): it counts in capitals only."""
        return last == i + 1 and self.page.ends[i] - self.page.starts[i] <= 3 and not any(c in _VOWELS for c in self.page.keys[i])

    def _head_may_open(self, head: _Head, end: int) -> bool:
        """A head in lower case opens a body only before a capital, a known field or, for an administration, its area."""
        page = self.page
        if page.flags[head.first] & CAP:
            return True
        nxt = head.last
        if head.entry.tail in ("area", "unit"):
            return True
        return bool(page.flags[nxt] & CAP) or (self.words.fields.longest(page, nxt) is not None and head.entry.kind in ("council", "board"))

    def _counts_many(self, end: int) -> bool:
        """`Chủ tịch UBND các huyện`, `UBND 19 tỉnh`: many bodies of a kind."""
        page = self.page
        return self._goes_on(end) and (bool(page.flags[end] & DIGIT) or page.keys[end] in self.words.plural_after)

    def _is_plural(self, head: _Head) -> bool:
        """`các huyện ủy`, `các ban Đảng`: a head in lower case behind a plural word names a kind, not a body."""
        page, i = self.page, head.first
        if i == 0 or page.gaps[i] >= BREAK or page.keys[i - 1] not in self.words.plural_after:
            return False
        return not page.flags[i] & CAP or self._head_phrase(head.last) is not None

    def _is_group(self, head: _Head, end: int) -> bool:
        """`UBND phường, xã, đặc khu`: several levels in a row name no body."""
        page, places = self.page, self.words.places
        kind = places.type_at(page, head.last)
        if kind is None or end != head.last + kind.tokens or page.flags[head.last] & CAP:
            return False
        j = end + 1
        return (
            self._goes_on(end)
            and page.keys[end] in (",", "/")
            and j < len(page)
            and not page.flags[j] & CAP
            and places.type_at(page, j) is not None
        )

    def _named_head(self, entry: BodyEntry, head: _Head | None = None) -> bool:
        """Heads of several words that name the body by themselves (`Ban kiểm phiếu`, `Hội Nông dân`)."""
        if head is None or head.last - head.first < 2:
            return False
        return (
            entry.kind in ("mass_organization", "hospital")
            or entry.tail == "none"
            or (entry.kind == "board" and head.last - head.first >= 3)
        )

    # the tail

    def _tail(self, head: _Head, depth: int) -> int:
        kind = head.entry.tail
        if kind == "none":
            return head.last
        if kind == "area":
            return self._area_tail(head, depth)
        if kind == "proper":
            return self._proper(head, depth)
        return self._sector(head, depth)

    def _area_tail(self, head: _Head, depth: int) -> int:
        end = self._area(head.last)
        if end is None and depth < _DEEPEST:
            end = self._country(head.last)
        return end or head.last

    def _country(self, j: int) -> int | None:
        place = self.words.places.longest_at(self.page, j) if self._goes_on(j) else None
        return j + place if place else None

    def _goes_on(self, j: int) -> bool:
        return j < len(self.page) and self.page.gaps[j] < BREAK

    def _area(self, j: int) -> int | None:
        """The token after the area that starts at `j`: `tỉnh`, `quận Bình Thủy`, `TPHCM`, `xã Nặm Lịch`; None if there is none."""
        page, places = self.page, self.words.places
        if not self._goes_on(j):
            return None
        kind = places.type_at(page, j)
        if kind is None:
            place = places.longest_at(page, j)
            return j + place if place else None
        k = j + kind.tokens
        opened = self._head_phrase(j)
        if opened is not None and opened[0] > k:
            return None
        if self._goes_on(k):
            place = places.longest_at(page, k, any_case=False)
            if place:
                k += place
            elif page.flags[k] & DIGIT:
                k += 1
            elif page.flags[k] & CAP and not self._opens_other(k) and not self._is_name(k, kind.word):
                k = self._place_run(k)
        if k == j + kind.tokens and page.keys[k - 1] == ".":
            return k - 1 if page.keys[k - 2] in self.words.level_abbreviations else None
        further = places.type_at(page, k) if self._goes_on(k) and k > j + kind.tokens else None
        return (self._area(k) or k) if further else k

    def _is_name(self, k: int, type_word: str) -> bool:
        """`UBND tỉnh | Lâm Quốc Thành`: a person, not a place. Provinces are all known, so there any name will do; elsewhere a full one."""
        if self.names.longest(self.page, k):
            return True
        levels = self.words.places.levels
        at_least = 2 if type_word in levels["province"] or type_word in levels["district"] else 3
        return self.page.keys[k] in self.words.surnames and name_at(self.page, k, self.words, at_least=at_least) is not None

    def _place_run(self, k: int) -> int:
        """The end of an unknown place name: its run of capitals, up to a name, a post or a head."""
        page = self.page
        end = k
        limit = split_before_name(page, k, capital_run(page, k, 9), self.words)
        caps = capital_line(page, k)
        while end < limit and end - k < 4:
            if end > k and (self._opens_other(end) or self.names.longest(page, end)):
                break
            if caps and page.keys[end] in self.words.capitals_stop:
                break
            end += 1
        return end

    def _opens_other(self, j: int) -> bool:
        page, words = self.page, self.words
        return (
            words.posts.longest(page, j) is not None
            or words.heads.longest(page, j) is not None
            or words.honorifics.longest(page, j) is not None
        )

    def _parent(self, j: int, depth: int) -> int | None:
        """The token after a parent body standing side by side at `j`, or None."""
        if depth >= _DEEPEST or not self._goes_on(j):
            return None
        head = self._head_at(j)
        if head is None or not self.page.flags[j] & CAP:
            return None
        end = self._tail(head, depth + 1)
        return end if end > head.last or head.entry.alone or head.entry.tail in ("area", "sector") else None

    def _sector(self, head: _Head, depth: int) -> int:
        page, words = self.page, self.words
        j = head.last
        if not self._goes_on(j):
            return j
        field = words.fields.longest(page, j)
        if field and (page.flags[j] & CAP or head.entry.kind in ("council", "board", "party", "division")):
            j = field[0]
        elif not page.flags[j] & CAP and head.entry.kind not in _OPEN_KINDS and not words.tail.longest(page, j):
            return j
        lower = not page.flags[head.last] & CAP and head.entry.kind not in _OPEN_KINDS
        caps = capital_line(page, head.first)
        while self._goes_on(j):
            step = self._step(head, j, caps, depth)
            if step is None:
                break
            j, closed = step
            if closed:
                break
        if lower and head.first not in self.after_post and not any(page.flags[k] & CAP for k in range(head.last, j)):
            return head.last
        return j

    def _step(self, head: _Head, j: int, caps: bool, depth: int) -> tuple[int, bool] | None:
        """One piece more of a name: (token after it, is the name closed?), or None where the name ends before `j`."""
        page, words = self.page, self.words
        if self.names.longest(page, j):
            return None
        area = self._area(j)
        if area is not None and self._area_fits(head, j, area, caps):
            return area, True
        if page.flags[j] & DIGIT:
            return (j + 1, False) if page.keys[j - 1] in words.number_words or head.entry.tail == "unit" else None
        if not page.flags[j] & ALPHA:
            return self._joined(head, j, caps, depth)
        if page.flags[j] & CAP:
            parent = self._parent(j, depth)
            if parent is not None:
                return parent, True
            return self._capital_step(head, j, caps)
        bridge = self._bridge_to_place(head, j)
        if bridge is not None:
            return bridge, True
        tail = words.tail.longest(page, j)
        if tail and not (page.keys[j] in words.tail_verbs and self._complete(head, j)):
            return tail[0], False
        return self._lower_step(head, j, caps, depth)

    def _bridge_to_place(self, head: _Head, j: int) -> int | None:
        """`Hiệp hội | taxi | Hà Nội`: at most three unknown words in lower case before the place that closes an association's name."""
        page, words = self.page, self.words
        if head.entry.kind != "association" or j != head.last:
            return None
        for k in range(j, min(j + 3, len(page) - 1)):
            if not page.flags[k] & ALPHA or page.flags[k] & CAP or page.keys[k] in words.function_words or not self._goes_on(k + 1):
                return None
            if words.verbs_after.longest(page, k):
                return None
            if words.places.longest_at(page, k + 1):
                return self._area(k + 1)
        return None

    def _complete(self, head: _Head, j: int) -> bool:
        """Is what has been read so far a whole name, so that a word like `tổ chức`, `hỗ trợ` is the verb of the sentence?"""
        if j == head.last:
            return False
        field = self.words.fields.longest(self.page, head.last, j)
        return (field is not None and field[0] == j) or bool(
            self.page.flags[j - 1] & CAP and self.page.keys[j - 1] not in self.words.tail_openers
        )

    def _area_fits(self, head: _Head, j: int, end: int, caps: bool) -> bool:
        """An area in lower case (`trung ương` no, `tỉnh` yes) closes any name; a lone type word must not be another word's start."""
        page = self.page
        if page.flags[j] & CAP or end - j > 1:
            return True
        word_end = self.word_end.get(j)
        return not (word_end is not None and word_end > end)

    def _capital_step(self, head: _Head, j: int, caps: bool) -> tuple[int, bool] | None:
        page, words = self.page, self.words
        field = words.fields.longest(page, j)
        if caps:
            if page.keys[j] in words.capitals_stop or words.posts.longest(page, j):
                return None
            return (field[0] if field else j + 1), False
        if field and field[0] - j > 1:
            return field[0], False
        tail = words.tail.longest(page, j)
        if tail and tail[0] - j > 1:
            return tail[0], False
        if self._clause_opens(j, head):
            return None
        if words.posts.longest(page, j) or (words.honorifics.longest(page, j) and name_at(page, j + 1, words)):
            return None
        if j > head.last or head.first in self.after_post:
            field = words.fields.longest(page, head.last, j)
            at_least = 2 if j == head.last or (field is not None and field[0] == j) else 3
            if name_at(page, j, words, at_least=at_least) is not None and page.keys[j] in words.surnames_common:
                return None
        return j + 1, False

    def _clause_opens(self, j: int, head: _Head) -> bool:
        """`Bệnh viện Nhi Trung ương | Theo đó`: a capital behind a whole name that opens the next clause."""
        opener = self.words.openers.longest(self.page, j)
        if opener is None or j == head.last:
            return False
        after = opener[0]
        return after >= len(self.page) or not self.page.flags[after] & CAP

    def _lower_step(self, head: _Head, j: int, caps: bool, depth: int) -> tuple[int, bool] | None:
        """A lower-case word goes on the name when it is the rest of a segmented word (`Quản lý`) or a joiner before a capital."""
        page = self.page
        previous = j - 1
        word_end = self.word_end.get(previous)
        if word_end is not None and word_end > j and previous >= head.last and page.flags[previous] & CAP:
            return min(word_end, j + 1), False
        if page.keys[j] in self.words.joiners and self._goes_on(j + 1):
            return self._joined(head, j, caps, depth)
        if page.keys[j] in self.words.number_words and self._goes_on(j + 1) and page.flags[j + 1] & DIGIT:
            return j + 2, False
        if page.keys[j] in self.words.task_openers and head.entry.kind in ("board", "council") and self._goes_on(j + 1):
            task = self.words.tail.longest(page, j + 1) or self.words.fields.longest(page, j + 1)
            return (task[0], False) if task and not page.flags[j + 1] & CAP else None
        return None

    def _joined(self, head: _Head, j: int, caps: bool, depth: int) -> tuple[int, bool] | None:
        """`và`, `&`, `-` inside a name: only before a further piece of it that is no head, post, name, acronym or place."""
        page, words = self.page, self.words
        key = page.keys[j]
        k = j + 1
        if key not in words.joiners or not self._goes_on(k) or j == head.last:
            return None
        if key == "&" and page.gaps[k] == GLUED:
            return k + 1, False
        glued = page.gaps[j] == GLUED and page.gaps[k] == GLUED
        if key == "-" and not glued and page.gaps[j] != page.gaps[k]:
            return None
        if (words.heads.longest(page, k) and page.flags[k] & CAP) or words.posts.longest(page, k) or words.honorifics.longest(page, k):
            return None
        if self.names.longest(page, k) or name_at(page, k, words) is not None or words.places.longest_at(page, k):
            return None
        if page.flags[k] & UPPER and not caps and words.fields.longest(page, k) is None:
            return None
        if page.flags[k] & CAP:
            return (k, False) if head.entry.tail != "proper" or page.flags[j] & PUNCT or self._opens_word(k) else None
        tail = words.tail.longest(page, k)
        return (tail[0], False) if tail else None

    def _opens_word(self, k: int) -> bool:
        """Does a common word begin at `k` (`Xây dựng`), rather than a proper name (`Việt Đức`)?"""
        after = self.word_end.get(k, k + 1)
        return self.words.fields.longest(self.page, k) is not None or (after > k + 1 and not self.page.flags[k + 1] & CAP)

    # companies, schools, hospitals

    def _proper(self, head: _Head, depth: int) -> int:
        page, words = self.page, self.words
        j = head.last
        caps = capital_line(page, head.first)
        legal = True
        while self._goes_on(j):
            if self.names.longest(page, j) and j > head.last:
                break
            form = words.legal_forms.longest(page, j) if legal else None
            if form:
                j = form[0]
                continue
            step = self._proper_step(head, j, caps, depth)
            if step is None:
                break
            j, closed = step
            if closed:
                break
        return self._trim(head, j)

    def _proper_step(self, head: _Head, j: int, caps: bool, depth: int) -> tuple[int, bool] | None:
        page, words = self.page, self.words
        kind = words.places.type_at(page, j)
        if kind is not None:
            area = self._area(j)
            return (area, True) if area is not None and self._area_fits(head, j, area, caps) else None
        if page.flags[j] & DIGIT:
            return (j + 1, False) if page.gaps[j] < BREAK and (page.keys[j - 1] in words.number_words or page.flags[j - 1] & CAP) else None
        if not page.flags[j] & ALPHA:
            if (
                page.keys[j] == "."
                and page.gaps[j] == GLUED
                and j + 1 < len(page)
                and page.gaps[j + 1] == GLUED
                and page.flags[j + 1] & CAP
            ):
                return j + 2, False
            return self._joined(head, j, caps, depth)
        if page.flags[j] & CAP:
            if caps and page.keys[j] in words.capitals_stop:
                return None
            if not caps and (words.posts.longest(page, j) or self._clause_opens(j, head)):
                return None
            if (
                j > head.last
                and head.first in self.after_post
                and page.keys[j] in words.surnames_common
                and name_at(page, j, words, at_least=3)
            ):
                return None
            tail = words.tail.longest(page, j)
            if tail and tail[0] > j + 1:
                return tail[0], False
            parent = self._parent(j, depth) if head.entry.kind in ("school", "hospital") and j > head.last else None
            return (parent, True) if parent is not None else (j + 1, False)
        tail = words.tail.longest(page, j) or words.fields.longest(page, j)
        if tail:
            return tail[0], False
        return self._lower_step(head, j, caps, depth)

    def _trim(self, head: _Head, j: int) -> int:
        """A proper name has at least one capital or number after its head; else only the head stands."""
        page = self.page
        if any(page.flags[k] & (CAP | DIGIT) for k in range(head.last, j)):
            legal = self.words.legal_forms.longest(page, head.last)
            if legal and legal[0] >= j:
                return head.last
            return j
        return head.last


_OPEN_KINDS = ("council", "party", "board", "office", "inspectorate", "military", "team")
"""Kinds whose names often go on in lower case: `Hội đồng thẩm định`, `Ban kiểm phiếu`."""
_VOWELS = frozenset("aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ")
