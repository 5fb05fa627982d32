"""Where the proper name of a company, school or hospital ends: `Công ty | TNHH Minh Hòa Phát |` (handbook 4.3, 4.9).

Legal forms, capitals, numbers and the words a name may hold in lower case follow the head.
"""

from __future__ import annotations

from minutes_extract.find.body_areas import area_end, area_fits
from minutes_extract.find.body_pieces import BodyName, Piece, clause_opens, joined_piece, lower_piece, read_on
from minutes_extract.find.body_scene import BodyScene
from minutes_extract.find.names import name_at
from minutes_extract.text.page import ALPHA, CAP, DIGIT, GLUED

_WITH_PARENT = ("school", "hospital")


def proper_name_end(scene: BodyScene, name: BodyName) -> int:
    """The token after a proper name; the end of its head where no capital or number follows, only a legal form.

    `Công ty cổ phần Sao Mai Vàng | và`, `Trường Tiểu học Lê Văn Tám | được`; `công ty cổ phần | nào` is no name.
    """
    head = name.head
    end = read_on(scene, head.last, lambda j: _piece_at(scene, name, j))
    if not any(scene.page.flags[k] & (CAP | DIGIT) for k in range(head.last, end)):
        return head.last
    legal = scene.words.legal_forms.longest(scene.page, head.last)
    return head.last if legal and legal[0] >= end else end


def _piece_at(scene: BodyScene, name: BodyName, j: int) -> Piece | None:
    page, words = scene.page, scene.words
    if j > name.head.last and scene.names.longest(page, j):
        return None
    form = words.legal_forms.longest(page, j)
    if form:
        return Piece(form[0])
    if words.places.type_at(page, j) is not None:
        area = area_end(scene, j)
        return Piece(area, closes=True) if area is not None and area_fits(scene, j, area) else None
    flags = page.flags[j]
    if flags & DIGIT:
        return Piece(j + 1) if page.keys[j - 1] in words.number_words or page.flags[j - 1] & CAP else None
    if flags & CAP:
        return _capital_piece(scene, name, j)
    if not flags & ALPHA:
        return Piece(j + 2) if _is_inner_dot(scene, j) else joined_piece(scene, name, j)
    tail = words.tail.longest(page, j) or words.fields.longest(page, j)
    return Piece(tail[0]) if tail else lower_piece(scene, name, j)


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
    parent = name.parent(j) if head.entry.kind in _WITH_PARENT and j > head.last else None
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
    return name_at(page, j, words, at_least=3) is not None
