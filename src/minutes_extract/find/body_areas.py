"""Where the area that closes a body's name ends: `tỉnh`, `quận Bình Thủy`, `TPHCM`, `xã Nặm Lịch` (handbook 4.2, 4.7)."""

from __future__ import annotations

from typing import NamedTuple

from minutes_extract.find.body_heads import head_phrase
from minutes_extract.find.body_scene import BodyScene
from minutes_extract.find.names import capital_line, capital_run, name_at, split_before_name
from minutes_extract.rulebook.place_index import TypeWord
from minutes_extract.text.page import CAP, DIGIT, UPPER

_LONGEST_PLACE = 4
_LONGEST_RUN = 9
_ROMAN = frozenset("ivx")


class _Area(NamedTuple):
    end: int
    named: bool
    """Has the type word a name behind it? Only then may a further area follow."""


def area_end(scene: BodyScene, j: int) -> int | None:
    """The token after the area that starts at token `j`, the areas right behind it included; None if there is none.

    `xã Nặm Lịch huyện Mường Ảng` is read to its end; a known place needs no type word (`Cần Thơ`).
    """
    region = _region_end(scene, j)
    if region is not None:
        return region
    area = _one_area(scene, j)
    while area is not None and area.named and scene.goes_on(area.end) and scene.words.places.type_at(scene.page, area.end) is not None:
        further = _one_area(scene, area.end)
        if further is None:
            break
        area = further
    return None if area is None else area.end


def _region_end(scene: BodyScene, j: int) -> int | None:
    """`khu vực XIX`, `chi nhánh khu vực 14`: a part of the country by its number, in figures or Roman."""
    page = scene.page
    region = scene.words.regions.longest(page, j) if scene.goes_on(j) else None
    if region is None or not scene.goes_on(region[0]):
        return None
    number = region[0]
    roman = page.flags[number] & UPPER and set(page.keys[number]) <= _ROMAN
    counts = scene.goes_on(number + 1) and page.keys[number + 1] in scene.words.counted
    return number + 1 if (page.flags[number] & DIGIT or roman) and not counts else None


def place_end(scene: BodyScene, j: int) -> int | None:
    """The token after the known place, without a type word, that starts at token `j`: `Cần Thơ`; None if there is none."""
    place = scene.words.places.longest_at(scene.page, j) if scene.goes_on(j) else None
    return j + place if place else None


def area_fits(scene: BodyScene, j: int, end: int) -> bool:
    """False where a lone type word in lower case (tokens `j` to `end`) only begins another word: `xã` in `xã hội`."""
    if scene.page.flags[j] & CAP or end - j > 1:
        return True
    word_end = scene.word_end.get(j)
    return word_end is None or word_end <= end


def _one_area(scene: BodyScene, j: int) -> _Area | None:
    page, words = scene.page, scene.words
    if not scene.goes_on(j) or not words.places.may_start(page.keys[j]):
        return None
    kind = words.places.type_at(page, j)
    if kind is None:
        end = place_end(scene, j)
        return None if end is None else _Area(end, False)
    name = j + kind.tokens
    opened = head_phrase(scene, j)
    if opened is not None and opened[0] > name:
        return None
    end = _name_end(scene, name, kind)
    if end > name or page.keys[name - 1] != ".":
        return _Area(end, end > name)
    return _Area(name - 1, False) if page.keys[name - 2] in words.level_abbreviations else None


def _name_end(scene: BodyScene, k: int, kind: TypeWord) -> int:
    """The token after the name of an area of this kind at token `k`: a known place, a number, an unknown name; `k` for none."""
    if not scene.goes_on(k):
        return k
    place = scene.words.places.longest_at(scene.page, k)
    if place:
        return k + place
    flags = scene.page.flags[k]
    if flags & DIGIT:
        return k + 1
    unknown = flags & CAP and not scene.opens_other(k) and not _is_person(scene, k, kind.word)
    return _unknown_place_end(scene, k) if unknown else k


def _is_person(scene: BodyScene, k: int, type_word: str) -> bool:
    """`UBND tỉnh | Lâm Quốc Thành`: a person, not a place. Provinces are all known, so there any name will do; elsewhere a full one."""
    if scene.names.longest(scene.page, k):
        return True
    levels = scene.words.places.levels
    at_least = 2 if type_word in levels["province"] or type_word in levels["district"] else 3
    return name_at(scene.page, k, scene.words, at_least=at_least) is not None


def _unknown_place_end(scene: BodyScene, k: int) -> int:
    """The end of an unknown place name: its run of capitals, up to a name, a post or a head."""
    page, words = scene.page, scene.words
    limit = min(k + _LONGEST_PLACE, split_before_name(page, k, capital_run(page, k, _LONGEST_RUN), words))
    caps = capital_line(page, k)
    for end in range(k, limit):
        if end > k and (scene.opens_other(end) or scene.names.longest(page, end)):
            return end
        if caps and page.keys[end] in words.capitals_stop:
            return end
    return max(k, limit)
