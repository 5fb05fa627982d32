"""The head noun that opens a body at a token, or None: `Sở`, `Ủy ban nhân dân`, `Ban Quản lý` (handbook 4.1, 4.4).

A head word is a head only where it stands as one: with its capital, not inside a post, a number or the name of a place.
"""

from __future__ import annotations

from dataclasses import dataclass

from minutes_extract.find.body_scene import BodyScene
from minutes_extract.find.syllables import has_vowel
from minutes_extract.rulebook.models.bodies import BodyEntry
from minutes_extract.text.page import ALPHA, BREAK, CAP, DIGIT, GLUED, UPPER

_OFTEN_LOWER = ("council", "party", "board", "office", "inspectorate", "military", "team")
_LONGEST_ABBREVIATION = 3
_PLACE_OPENER = 2
"""Most tokens of a word behind which a capital belongs to a place."""


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun: token range `first` (in) to `last` (out) and the rule that knows it."""

    first: int
    last: int
    entry: BodyEntry

    @property
    def goes_on_lower(self) -> bool:
        """Is the body of a kind whose names often go on in lower case: `Hội đồng thẩm định`, `Ban kiểm phiếu`?"""
        return self.entry.kind in _OFTEN_LOWER

    @property
    def is_whole(self) -> bool:
        """Does the head of several words name the body by itself: `Ban kiểm phiếu`, `Hội Nông dân`?"""
        size, kind = self.last - self.first, self.entry.kind
        if size < 2:
            return False
        return kind in ("mass_organization", "hospital") or self.entry.tail == "none" or (kind == "board" and size >= 3)


def head_phrase(scene: BodyScene, i: int) -> tuple[int, BodyEntry] | None:
    """The longest head noun written at token `i`, whatever stands around it; `huyện Ủy viên` is no `huyện ủy`."""
    page = scene.page
    match = scene.words.heads.longest(page, i)
    if match is None or match[0] - i < 2 or page.flags[i] & CAP or not page.flags[i + 1] & CAP:
        return match
    return None if scene.words.places.type_at(page, i) is not None else match


def head_at(scene: BodyScene, i: int) -> Head | None:
    """The head noun that opens a body at token `i`: `Sở` in `Sở Nội vụ`; not in `cơ sở`, `Phó Chánh Văn phòng`, `653/TB-VPCP`."""
    match = head_phrase(scene, i)
    if match is None or i in scene.in_post:
        return None
    last, entry = match
    capital = scene.page.flags[i] & CAP
    if (entry.capital and not capital) or (_is_abbreviation(scene, i, last) and not scene.page.flags[i] & UPPER):
        return None
    if _inside_code(scene, i) or _names_place(scene, i) or _is_other_word(scene, i, last) or _inside_place(scene, i, last):
        return None
    return Head(i, last, entry)


def _is_abbreviation(scene: BodyScene, i: int, last: int) -> bool:
    """A short token without a vowel (`TT`, `BV`, `HĐ`) is an abbreviation: it counts in capitals only."""
    page = scene.page
    return last == i + 1 and page.ends[i] - page.starts[i] <= _LONGEST_ABBREVIATION and not has_vowel(page.keys[i])


def _inside_code(scene: BodyScene, i: int) -> bool:
    """`653/TB-VPCP`: glued to a word or a number, or behind the `/` or `-` of a document number."""
    page = scene.page
    if i == 0 or page.gaps[i] != GLUED:
        return False
    if page.flags[i - 1] & (ALPHA | DIGIT):
        return True
    return i > 1 and page.keys[i - 1] in ("/", "-") and page.gaps[i - 1] == GLUED and bool(page.flags[i - 2] & (UPPER | DIGIT))


def _names_place(scene: BodyScene, i: int) -> bool:
    """`thôn Hội Nhơn`, `đường Trường Sa`: behind these words a capital belongs to a place; not in `yêu cầu Ban Thường vụ`."""
    page = scene.page
    if i == 0 or page.gaps[i] >= BREAK or not page.flags[i] & CAP:
        return False
    openers = scene.words.place_openers
    return any(
        (match := openers.longest(page, start, i)) is not None and match[0] == i and not scene.inside_word(start)
        for start in range(max(0, i - _PLACE_OPENER), i)
    )


def _inside_place(scene: BodyScene, i: int, last: int) -> bool:
    """`Hội An`, `xã Mỹ Hội Đông`: a capital head of one syllable is a syllable of a place."""
    page, places = scene.page, scene.words.places
    if last - i > 1 or not page.flags[i] & CAP or i in scene.after_post:
        return False
    if (places.longest_at(page, i) or 0) > 1 and scene.words.fields.longest(page, last) is None:
        return True
    behind_capital = i > 1 and page.gaps[i] < BREAK and page.flags[i - 1] & CAP and page.gaps[i - 1] < BREAK
    return bool(behind_capital) and places.type_at(page, i - 2) is not None and not page.flags[i - 2] & CAP


def _is_other_word(scene: BodyScene, i: int, last: int) -> bool:
    """`cán bộ`, `nội bộ`, `bộ phận`: the word before or behind makes the head a syllable of another word."""
    page, words = scene.page, scene.words
    key = " ".join(page.keys[i:last])
    if not _told_apart(scene, i, last) and page.keys[i - 1] in words.head_not_before.get(key, ()):
        return True
    return scene.goes_on(last) and page.keys[last] in words.head_not_after.get(key, ()) and words.fields.longest(page, last) is None


def _told_apart(scene: BodyScene, i: int, last: int) -> bool:
    """Does a line end, a post or a capital behind lower case part the head (tokens `i` to `last`) from the word before it?

    `giao | Ban Pháp chế` is parted by the field behind; `cơ Sở Ngân Anh` is one word with a stray capital.
    """
    page = scene.page
    if i == 0 or page.gaps[i] >= BREAK or i in scene.after_post:
        return True
    if scene.inside_word(i) and scene.words.fields.longest(page, last) is None:
        return False
    return bool(page.flags[i] & CAP) and not page.flags[i - 1] & CAP


# heads that name a kind of body, not a body


def may_open_named(scene: BodyScene, head: Head) -> bool:
    """Does `head` open the name behind it? In lower case only before a capital, a known field or, for an administration, its area.

    `ủy ban nhân dân tỉnh`, `hội đồng thẩm định` do; `sở quản lý` does not.
    """
    page, nxt = scene.page, head.last
    if page.flags[head.first] & CAP or head.entry.tail in ("area", "unit") or page.flags[nxt] & CAP:
        return True
    return head.entry.kind in ("council", "board") and scene.words.fields.longest(page, nxt) is not None


def is_plural(scene: BodyScene, head: Head) -> bool:
    """`các huyện ủy`, `các ban Đảng`: a head in lower case behind a plural word names a kind, not a body."""
    page, i = scene.page, head.first
    if i == 0 or page.gaps[i] >= BREAK or page.keys[i - 1] not in scene.words.plural_after:
        return False
    return not page.flags[i] & CAP or head_phrase(scene, head.last) is not None


def counts_many(scene: BodyScene, end: int) -> bool:
    """`UBND | các huyện`, `UBND | 19 tỉnh`: at token `end` behind a head, many bodies of its kind are meant."""
    page = scene.page
    return scene.goes_on(end) and (bool(page.flags[end] & DIGIT) or page.keys[end] in scene.words.plural_after)


def names_levels(scene: BodyScene, head: Head, end: int) -> bool:
    """`UBND phường, xã, đặc khu`: a head with an area that ends at `end`, followed by further levels, names no one body."""
    page, places = scene.page, scene.words.places
    kind = places.type_at(page, head.last)
    if kind is None or end != head.last + kind.tokens or page.flags[head.last] & CAP:
        return False
    if not scene.goes_on(end) or page.keys[end] not in (",", "/"):
        return False
    nxt = end + 1
    return nxt < len(page) and not page.flags[nxt] & CAP and places.type_at(page, nxt) is not None
