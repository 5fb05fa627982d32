"""Where a chain of posts goes on: the next post behind a name, the token behind a post's parent bodies (handbook 2.3, 2.5)."""

from __future__ import annotations

from minutes_extract.link.post_scene import PostScene
from minutes_extract.text.page import BLANK, BREAK, CAP, DIGIT

_LONGEST_BRIDGE = 7
_LONGEST_ALIAS = 10
_SEPARATORS = frozenset(",-:(/;.)")


def next_post(scene: PostScene, j: int) -> int | None:
    """The token of the next post of a chain that goes on at token `j`, or None where another word or person comes first.

    The chain runs over separators, dates, terms and the words of `posts.yaml: between`: `A | , nguyên | Phó Bí thư`,
    `A | (nhiệm kỳ 2021 - 2026), kiêm | Chủ tịch`.
    """
    page = scene.page
    crossed = False
    for _ in range(_LONGEST_BRIDGE):
        if j >= len(page):
            return None
        if page.gaps[j] >= BREAK and not scene.is_column(j):
            if crossed or not _is_dash_line(scene, j):
                return None
            crossed = True
        if j in scene.titles:
            return j
        further = None if j in scene.person_at else _past_link(scene, j)
        if further is None:
            return None
        j = further
    return None


def past_alias(scene: PostScene, j: int) -> int:
    """The token after a short bracket that stands right behind a name and holds no post: `Lê Văn Tám [(Tám Đờn)], Trưởng ấp`; else `j`."""
    page = scene.page
    if j + 1 >= len(page) or page.keys[j] != "(" or page.gaps[j] >= BREAK:
        return j
    for close in range(j + 1, min(j + _LONGEST_ALIAS, len(page))):
        if page.gaps[close] >= BREAK or close in scene.titles or close in scene.bodies or close in scene.person_at:
            return j
        if page.keys[close] == ")":
            return close + 1
    return j


def _past_link(scene: PostScene, j: int) -> int | None:
    """The token after what may link two posts at token `j`: a date, a separator, a known phrase, a number behind one; else None."""
    page, posts = scene.page, scene.posts
    key = page.keys[j]
    if j in scene.dates:
        return scene.dates[j]
    if key in _SEPARATORS:
        return None if key == "." and page.keys[j - 1] not in posts.acting else j + 1
    match = posts.between.longest(page, j)
    if match is not None:
        after = match[0]
        names_term = page.keys[after - 1] in posts.term and after < len(page) and page.flags[after] & CAP
        return after + 1 if names_term else after
    return j + 1 if page.flags[j] & DIGIT and page.keys[j - 1] in ("(", ",") else None


def _is_dash_line(scene: PostScene, j: int) -> bool:
    """A post on the next line counts for the name that ends this one only behind a dash that no list item opens."""
    page = scene.page
    if page.keys[j] != "-" or j + 1 not in scene.titles or page.gaps[j] != BLANK:
        return False
    return j == 0 or page.keys[j - 1] not in (";", ".", ":")


def past_parents(scene: PostScene, j: int) -> int:
    """The token after parent bodies and areas from token `j` on: `Vụ trưởng Vụ X[, Bộ Y]`, `Phó Viện trưởng [(Bộ Y)]`; `j` for none."""
    while j < len(scene.page) and scene.page.gaps[j] < BREAK:
        after = _past_body(scene, j) or _past_area(scene, j)
        if after is None:
            break
        j = after
    return j


def _past_body(scene: PostScene, j: int) -> int | None:
    page = scene.page
    opened = page.keys[j] in (",", "(", "-")
    at = j + 1 if opened and j + 1 in scene.bodies and j + 1 not in scene.titles else j
    if at not in scene.bodies or at in scene.titles:
        return None
    after: int = scene.bodies[at].attrs["last"]
    return after + 1 if at > j and after < len(page) and page.keys[after] == ")" else after


def _past_area(scene: PostScene, j: int) -> int | None:
    """Past an area, a lone type word (`tỉnh`), a known place, or a comma and an area."""
    page, places = scene.page, scene.words.places
    kind = places.type_at(page, j)
    if kind is not None:
        area = places.area_at(page, j)
        return area.last if area is not None else j + kind.tokens
    place = places.longest_at(page, j)
    if place is not None:
        return j + place
    area = places.area_at(page, j + 1) if page.keys[j] == "," and j + 1 < len(page) else None
    return None if area is None else area.last
