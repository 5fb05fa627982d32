"""The pieces a body's name goes on with, whatever its grammar: joiners, rests of segmented words, numbers, clause ends.

A reader of tails adds one `Piece` after the other behind the head until none fits (handbook 4.3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from minutes_extract.find.body_areas import area_end
from minutes_extract.find.body_heads import Head
from minutes_extract.find.body_scene import BodyScene
from minutes_extract.find.names import name_at
from minutes_extract.text.page import CAP, DIGIT, GLUED, PUNCT, UPPER

_SEATED = ("embassy", "office")
"""Kinds of bodies whose names may tell where they sit."""


class Piece(NamedTuple):
    """One piece more of a name: the token after it, and whether the name is closed by it."""

    end: int
    closes: bool = False


@dataclass(frozen=True, slots=True)
class BodyName:
    """A name being read: its head, whether it stands among words all in capitals, and the reader of a parent body at a token."""

    head: Head
    caps: bool
    parent: Callable[[int], int | None]
    """Token `j` -> the token after a parent body that stands there (`Phòng Quản lý Khoa học | Sở KH&CN`), or None."""


def read_on(scene: BodyScene, j: int, piece_at: Callable[[int], Piece | None]) -> int:
    """The token after all pieces from token `j` on: until the line ends, no piece fits or one closes the name; no joiner ends it."""
    first = j
    while scene.goes_on(j):
        piece = piece_at(j)
        if piece is None:
            break
        j = piece.end
        if piece.closes:
            break
    while j > first and scene.page.keys[j - 1] in scene.words.joiners:
        j -= 1
    return j


def seat_piece(scene: BodyScene, name: BodyName, j: int) -> Piece | None:
    """`Đại sứ quán Pháp | tại Việt Nam`: the seat at token `j` closes the name of an embassy or an office."""
    if name.head.entry.kind not in _SEATED or scene.page.keys[j] not in scene.words.seat_words:
        return None
    seat = area_end(scene, j + 1)
    return None if seat is None or j == name.head.last else Piece(seat, closes=True)


def clause_opens(scene: BodyScene, name: BodyName, j: int) -> bool:
    """`Bệnh viện Nhi Trung ương | Theo đó`: does a capital at token `j`, behind a whole name, open the next clause?"""
    opener = scene.words.openers.longest(scene.page, j)
    if opener is None or j == name.head.last:
        return False
    after = opener[0]
    return after >= len(scene.page) or not scene.page.flags[after] & CAP


def lower_piece(scene: BodyScene, name: BodyName, j: int) -> Piece | None:
    """A lower-case word at token `j` goes on the name as the rest of a segmented word, before a number, or as a joiner.

    `Quản | lý`, `Ban | số 2`, `Tổ giúp việc | về cải cách hành chính` (handbook 4.3).
    """
    page, words = scene.page, scene.words
    rest = _rest_of_word(scene, name, j)
    if rest is not None:
        return Piece(rest)
    if not scene.goes_on(j + 1):
        return None
    if page.keys[j] in words.joiners:
        return joined_piece(scene, name, j)
    if page.keys[j] in words.number_words and page.flags[j + 1] & DIGIT:
        return Piece(j + 2)
    if page.keys[j] in words.task_openers and name.head.entry.kind in ("board", "council") and not page.flags[j + 1] & CAP:
        task = words.tail.longest(page, j + 1) or words.fields.longest(page, j + 1)
        return Piece(task[0]) if task else None
    return None


def _rest_of_word(scene: BodyScene, name: BodyName, j: int) -> int | None:
    """The token after the segmented word that began with the capital right before token `j`, where it holds `j`: `Cựu | chiến binh`."""
    begun = j - 1
    if begun < name.head.last or not scene.page.flags[begun] & CAP:
        return None
    word_end = scene.word_end.get(begun)
    return word_end if word_end is not None and word_end > j else None


def tail_piece(scene: BodyScene, name: BodyName, j: int) -> Piece | None:
    """A word that names go on with in lower case at token `j`: `Ban Quản lý | dự án`.

    None where it is the verb of the sentence, behind a whole name (`Ban Tuyên giáo | tổ chức`), or the start of another word
    (`| nhà máy`; handbook 4.3).
    """
    words = scene.words
    tail = words.tail.longest(scene.page, j)
    if tail is None or _cuts_word(scene, j, tail[0]):
        return None
    return None if words.tail_verbs.longest(scene.page, j) and _is_complete(scene, name, j) else Piece(tail[0])


def _cuts_word(scene: BodyScene, j: int, end: int) -> bool:
    """Does a segmented word in lower case begin between `j` and `end` and go on behind it? Words glued to a name are misread."""
    if not scene.goes_on(end) or scene.page.flags[end] & CAP:
        return False
    return any(scene.word_end.get(k, 0) > end for k in range(j, end))


def _is_complete(scene: BodyScene, name: BodyName, j: int) -> bool:
    """Is what stands before token `j` a whole name? Not a head alone, nor one that ends in a word which asks for more (`Quản lý`)."""
    if j == name.head.last:
        return False
    return is_field(scene, name.head.last, j) or scene.page.keys[j - 1] not in scene.words.tail_openers


def is_field(scene: BodyScene, first: int, last: int) -> bool:
    """Are tokens `first` to `last` one whole field of work?"""
    field = scene.words.fields.longest(scene.page, first, last)
    return field is not None and field[0] == last


def joined_piece(scene: BodyScene, name: BodyName, j: int) -> Piece | None:
    """`và`, `&`, `-` at token `j` inside a name: only before a further piece of it that is no head, post, name, acronym or place.

    `Sở Giáo dục | và Đào tạo`, `KH|&CN`; not `Sở Y tế | và Bệnh viện Đa khoa` (handbook 4.3).
    """
    page, words = scene.page, scene.words
    key, k = page.keys[j], j + 1
    if key not in words.joiners or not scene.goes_on(k) or j == name.head.last:
        return None
    if key == "&" and page.gaps[k] == GLUED:
        return Piece(k + 1)
    if key == "-" and page.gaps[j] != page.gaps[k]:
        return None
    if _starts_anew(scene, k) or (page.flags[k] & UPPER and not name.caps and words.fields.longest(page, k) is None):
        return None
    if page.flags[k] & CAP:
        return Piece(k) if name.head.entry.tail != "proper" or page.flags[j] & PUNCT or _opens_word(scene, k) else None
    return tail_piece(scene, name, k)


def _starts_anew(scene: BodyScene, k: int) -> bool:
    """Does a body, a post, an honorific, a person or a place of its own begin at token `k`?"""
    page, words = scene.page, scene.words
    if words.heads.longest(page, k) and page.flags[k] & CAP:
        return True
    if words.posts.longest(page, k) or words.honorifics.longest(page, k) or words.places.longest_at(page, k):
        return True
    return bool(scene.names.longest(page, k)) or name_at(page, k, words) is not None


def _opens_word(scene: BodyScene, k: int) -> bool:
    """Does a common word begin at `k` (`Xây dựng`), rather than a proper name (`Việt Đức`)?"""
    after = scene.word_end.get(k, k + 1)
    return scene.words.fields.longest(scene.page, k) is not None or (after > k + 1 and not scene.page.flags[k + 1] & CAP)
