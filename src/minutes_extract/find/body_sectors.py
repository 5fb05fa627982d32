"""Where the name of a body with a field of work ends: `Sở | Khoa học và Công nghệ tỉnh Bến Tre` (handbook 4.1, 4.3).

Behind the head stand fields, capitalized words and the words a name may hold in lower case; a parent body or an area closes it.
"""

from __future__ import annotations

from minutes_extract.find.body_areas import area_end, area_fits
from minutes_extract.find.body_pieces import (
    BodyName,
    Piece,
    clause_opens,
    is_field,
    joined_piece,
    lower_piece,
    read_on,
    seat_piece,
    tail_piece,
)
from minutes_extract.find.body_scene import BodyScene
from minutes_extract.find.names import name_at
from minutes_extract.text.page import ALPHA, CAP, DIGIT

_FIELD_IN_LOWER = ("council", "board", "party", "division")
_LONGEST_BRIDGE = 3
_NAMING_HEAD = 3
"""Tokens of a head that tells the field by itself (`Đài Phát thanh và Truyền hình | tỉnh Hậu Giang`)."""


def sector_end(scene: BodyScene, name: BodyName) -> int:
    """The token after the name of a body with a field of work; the end of its head where no name follows.

    `Sở Nội vụ | đã`, `Ban Chỉ đạo phòng chống thiên tai tỉnh | họp`, `Phòng Y tế UBND huyện Cờ Đỏ | báo cáo`.
    """
    page, head = scene.page, name.head
    if not scene.goes_on(head.last):
        return head.last
    start = _first_piece(scene, name)
    if start is None:
        return head.last
    end = read_on(scene, start, lambda j: _piece_at(scene, name, j))
    needs_capital = not page.flags[head.last] & CAP and not head.goes_on_lower and head.first not in scene.after_post
    if needs_capital and not any(page.flags[k] & CAP for k in range(head.last, end)):
        return head.last
    return end


def _first_piece(scene: BodyScene, name: BodyName) -> int | None:
    """The token after the field right behind the head, or the one behind the head; None where a lower-case word says it is no name."""
    page, words, head = scene.page, scene.words, name.head
    j = head.last
    field = words.fields.longest(page, j)
    if field and (page.flags[j] & CAP or head.entry.kind in _FIELD_IN_LOWER):
        return field[0]
    if not page.flags[j] & CAP and not head.goes_on_lower and not words.tail.longest(page, j):
        return j if head.last - head.first >= _NAMING_HEAD and area_end(scene, j) is not None else None
    return j


def _piece_at(scene: BodyScene, name: BodyName, j: int) -> Piece | None:
    page = scene.page
    if scene.names.longest(page, j):
        return None
    area = area_end(scene, j)
    if area is not None and area_fits(scene, j, area):
        return Piece(area, closes=True)
    if page.flags[j] & DIGIT:
        counted = page.keys[j - 1] in scene.words.number_words or name.head.entry.tail == "unit"
        return Piece(j + 1) if counted else None
    if not page.flags[j] & ALPHA:
        return joined_piece(scene, name, j)
    return _capital_piece(scene, name, j) if page.flags[j] & CAP else _word_piece(scene, name, j)


# words with a capital


def _capital_piece(scene: BodyScene, name: BodyName, j: int) -> Piece | None:
    page, words = scene.page, scene.words
    parent = name.parent(j)
    if parent is not None:
        return Piece(parent, closes=True)
    field = words.fields.longest(page, j)
    if name.caps:
        stops = page.keys[j] in words.capitals_stop or words.posts.longest(page, j)
        return None if stops else Piece(field[0] if field else j + 1)
    for phrase in (field, words.tail.longest(page, j)):
        if phrase and phrase[0] - j > 1:
            return Piece(phrase[0])
    if clause_opens(scene, name, j) or _opens_person(scene, name, j):
        return None
    return Piece(j + 1)


def _opens_person(scene: BodyScene, name: BodyName, j: int) -> bool:
    """`Sở Nội vụ | Phó Giám đốc`, `| ông Trần Khắc Nhựt`, `| Trần Khắc Nhựt`: does a post or a person begin at token `j`?"""
    page, words, head = scene.page, scene.words, name.head
    if words.posts.longest(page, j) or (words.honorifics.longest(page, j) and name_at(page, j + 1, words)):
        return True
    if page.keys[j] not in words.surnames_common or (j == head.last and head.first not in scene.after_post):
        return False
    at_least = 2 if j == head.last or is_field(scene, head.last, j) else 3
    return name_at(page, j, words, at_least=at_least) is not None


# words in lower case


def _word_piece(scene: BodyScene, name: BodyName, j: int) -> Piece | None:
    bridge = _bridge_to_place(scene, name, j)
    if bridge is not None:
        return Piece(bridge, closes=True)
    return seat_piece(scene, name, j) or tail_piece(scene, name, j) or lower_piece(scene, name, j)


def _bridge_to_place(scene: BodyScene, name: BodyName, j: int) -> int | None:
    """`Hiệp hội | taxi | Hà Nội`: at most three unknown words in lower case before the place that closes an association's name."""
    page, words = scene.page, scene.words
    if name.head.entry.kind != "association" or j != name.head.last:
        return None
    for k in range(j, min(j + _LONGEST_BRIDGE, len(page) - 1)):
        if not page.flags[k] & ALPHA or page.flags[k] & CAP or not scene.goes_on(k + 1):
            return None
        if page.keys[k] in words.function_words or words.verbs_after.longest(page, k):
            return None
        if words.places.longest_at(page, k + 1):
            return area_end(scene, k + 1)
    return None
