"""The posts that a name has behind it: `Bà Trần Hoài Phương- [Phó giám đốc] [Sở]` (handbook 2.3: P01-P24, R-PER-09).

The chain runs over separators, qualifiers and parent bodies until the next person or any other word.
"""

from __future__ import annotations

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.held import HeldPosts
from minutes_extract.link.post_chain import next_post, past_alias, past_parents
from minutes_extract.link.post_scene import PostScene
from minutes_extract.text.page import ALPHA, BREAK, DIGIT

_BOARD_REACH = 5
"""Tokens before a name among which a board of one meeting is named."""


def hold_behind(held: HeldPosts, person: Candidate) -> None:
    """Gives `person` the posts of the chain behind the name; none to the recipients of a document.

    `A, [Ủy viên] [Trung ương Đảng], nguyên [Phó Bí thư] [Tỉnh ủy] (Bộ X)`; not `A, Chủ tịch UBND tỉnh B`, where the post is B's.
    """
    scene = held.scene
    if scene.is_recipient(person) or _closes_bracket(scene, person):
        return
    j = past_alias(scene, person.attrs["last"])
    own: list[Candidate] = []
    while (at := next_post(scene, j)) is not None:
        title = scene.titles[at]
        of_other = _is_of_other(scene, title, person) and not (own and at == j and _is_addressed_behind(scene, title))
        if (
            held.is_claimed(title)
            or of_other
            or _is_group(scene, title)
            or _is_subject(scene, j, title)
            or _is_role(scene, j, title, person)
        ):
            break
        own.append(title)
        j = past_parents(scene, scene.end_of(title))
    former = {k for k, title in enumerate(own) if scene.status_of(title) == "former"}
    for k, title in enumerate(own):
        held.hold(person, title, "position.behind_name", status="former" if k - 1 in former and k + 1 in former else None)


def _closes_bracket(scene: PostScene, person: Candidate) -> bool:
    """`Giám đốc (ông A), Phó Giám đốc (bà B)`: what stands behind the bracket is not about the name that ends it."""
    last: int = person.attrs["last"]
    return last < len(scene.page) and scene.page.keys[last] == ")"


def _is_addressed_behind(scene: PostScene, title: Candidate) -> bool:
    """`A Phó bí thư chủ tịch HĐND | ông B`: without any separator the honorific begins the next person, and the post is A's."""
    other = scene.person_at.get(scene.end_of(title))
    return other is not None and scene.opens(other) < other.attrs["first"]


def _is_role(scene: PostScene, j: int, title: Candidate, person: Candidate) -> bool:
    """`Ban kiểm phiếu do ông A làm Trưởng ban`: at the head of a board for this meeting, a role (guidelines, Minutes and notices)."""
    if scene.body_of(title) is not None or title.attrs["first"] == j:
        return False
    opens = scene.opens(person)
    return any(scene.posts.role_boards.longest(scene.page, i) is not None for i in range(max(0, opens - _BOARD_REACH), opens))


def _is_of_other(scene: PostScene, title: Candidate, person: Candidate) -> bool:
    """True where the post and its body touch another person's name, so that it is that person's: `A, Chủ tịch UBND tỉnh B`."""
    page = scene.page
    j = scene.end_of(title)
    place = scene.words.places.area_at(page, j) if j < len(page) and page.gaps[j] < BREAK else None
    if place is not None and place.known:
        j = place.last
    other = scene.person_at.get(j)
    return other is not None and other is not person and j < len(page) and page.gaps[j] < BREAK


def _is_group(scene: PostScene, title: Candidate) -> bool:
    """`; Chủ tịch UBND các huyện: ...`: holders of a post in several places, none of them named here."""
    page = scene.page
    j = scene.end_of(title)
    head = scene.words.heads.longest(page, j) if j < len(page) and j not in scene.bodies else None
    j = head[0] if head is not None else j
    if j >= len(page) or page.gaps[j] >= BREAK or j in scene.person_at:
        return False
    return page.keys[j] in scene.words.plural_after or (head is not None and bool(page.flags[j] & DIGIT))


def _is_subject(scene: PostScene, j: int, title: Candidate) -> bool:
    """`Đ/c A: TP giao việc ...`: a colon at token `j` opens what A says, and the post is its subject."""
    page = scene.page
    if page.keys[j] != ":":
        return False
    end = past_parents(scene, scene.end_of(title))
    if end >= len(page) or page.gaps[end] >= BREAK or end in scene.titles:
        return False
    return bool(page.flags[end] & ALPHA) and scene.posts.between.longest(page, end) is None
