"""Where the proper name of a company, school or hospital ends: `Công ty | TNHH Minh Hòa Phát |` (handbook 4.3, 4.9).

Legal forms, capitals, numbers and the words a name may hold in lower case follow the head.
"""

from __future__ import annotations

from minutes_extract.find.body_areas import area_end, area_fits
from minutes_extract.find.body_pieces import BodyName, Piece, clause_opens, joined_piece, lower_piece, read_on, seat_piece, tail_piece
from minutes_extract.find.body_scene import BodyScene
from minutes_extract.find.names import name_at
from minutes_extract.text.page import ALPHA, CAP, DIGIT, GLUED

_WITH_PARENT = ("school", "hospital")
_OWN_NAME = 2
"""Capitals behind the head of a school that can be its name; with fewer, a full name behind them is its own."""
_LONGEST_NUMBER = 3
"""Digits of a number that may stand right behind the head; more are a year or a sum."""


def proper_name_end(scene: BodyScene, name: BodyName) -> int:
    """The token after a proper name; the end of its head where no capital or number follows, only a legal form.

    `Công ty cổ phần Sao Mai Vàng | và`, `Trường Tiểu học Lê Văn Tám | được`; `công ty cổ phần | nào` is no name.
    """
    head = name.head
    end = read_on(scene, head.last, lambda j: _piece_at(scene, name, j))
    if not any(scene.page.flags[k] & (CAP | DIGIT) for k in range(head.last, end)):
        of_area = head.entry.kind in _WITH_PARENT and end > head.last and area_end(scene, head.last) == end
        return end if of_area and scene.page.flags[head.first] & CAP else head.last
    legal = scene.words.legal_forms.longest(scene.page, head.last)
    return head.last if legal and legal[0] >= end else end


def _piece_at(scene: BodyScene, name: BodyName, j: int) -> Piece | None:
    page, words = scene.page, scene.words
    if j > name.head.last and scene.names.longest(page, j):
        return None
    form = words.legal_forms.longest(page, j)
    if form:
        return Piece(form[0])
    if words.places.type_at(page, j) is not None or words.regions.longest(page, j):
        area = area_end(scene, j)
        return Piece(area, closes=True) if area is not None and area_fits(scene, j, area) else None
    flags = page.flags[j]
    if flags & DIGIT:
        return _number_piece(scene, name, j)
    if flags & CAP:
        return _capital_piece(scene, name, j)
    if not flags & ALPHA:
        return Piece(j + 2) if _is_inner_dot(scene, j) else joined_piece(scene, name, j)
    field = words.fields.longest(page, j)
    piece = seat_piece(scene, name, j) or tail_piece(scene, name, j)
    return piece or (Piece(field[0]) if field else lower_piece(scene, name, j))


def _number_piece(scene: BodyScene, name: BodyName, j: int) -> Piece | None:
    """`Nhà máy 1`, `Trường THCS 19/8`, `Bệnh viện 30-4`; not `HTX 2012` (a law) nor `Công ty Minh Hòa 5 | chiếc`."""
    page = scene.page
    if scene.goes_on(j + 1) and page.keys[j + 1] in scene.words.counted:
        return None
    if page.keys[j - 1] in scene.words.number_words:
        return Piece(j + 1)
    if _is_feast_day(scene, j):
        return Piece(j + 3)
    if not page.flags[j - 1] & CAP and j > name.head.last:
        return None
    if j == name.head.last:
        return Piece(j + 1) if page.ends[j] - page.starts[j] <= _LONGEST_NUMBER else None
    return Piece(j + 1)


def _is_feast_day(scene: BodyScene, j: int) -> bool:
    """`2/9`, `30-4` as a name: two glued numbers, not three as in a date with its year."""
    page = scene.page
    if j + 2 >= len(page) or page.keys[j + 1] not in ("/", "-") or not page.flags[j + 2] & DIGIT:
        return False
    glued = page.gaps[j + 1] == page.gaps[j + 2] == GLUED
    return glued and not (j + 3 < len(page) and page.gaps[j + 3] == GLUED and page.keys[j + 3] == page.keys[j + 1])


def _is_inner_dot(scene: BodyScene, j: int) -> bool:
    """`Công ty A|.B`: a dot between two glued capitals."""
    page = scene.page
    if page.keys[j] != "." or page.gaps[j] != GLUED or j + 1 >= len(page):
        return False
    return page.gaps[j + 1] == GLUED and bool(page.flags[j + 1] & CAP)


def _capital_piece(scene: BodyScene, name: BodyName, j: int) -> Piece | None:
    page, words, head = scene.page, scene.words, name.head
    if _ends_before(scene, name, j):
        return None
    tail = words.tail.longest(page, j)
    if tail and tail[0] > j + 1:
        return Piece(tail[0])
    part = " ".join(page.keys[head.first : head.last]) in words.part_heads
    parent = name.parent(j) if part or (head.entry.kind in _WITH_PARENT and j > head.last) else None
    return Piece(j + 1) if parent is None else Piece(parent, closes=True)


def _ends_before(scene: BodyScene, name: BodyName, j: int) -> bool:
    """Does the capital at token `j` open a post, a clause or, behind a post and its body, the name of the holder?"""
    page, words, head = scene.page, scene.words, name.head
    if name.caps and page.keys[j] in words.capitals_stop:
        return True
    if not name.caps and (words.posts.longest(page, j) or clause_opens(scene, name, j)):
        return True
    if j == head.last or head.first not in scene.after_post or page.keys[j] not in words.surnames_common:
        return False
    if head.entry.kind in _WITH_PARENT and sum(bool(page.flags[k] & CAP) for k in range(head.last, j)) < _OWN_NAME:
        return False  # "Trường Đại học Y Phạm Ngọc Thạch": the name is the school's own
    return name_at(page, j, words, at_least=3) is not None
