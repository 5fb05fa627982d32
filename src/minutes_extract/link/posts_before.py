"""The posts that a name has before it: `[Phó Bí thư] [Tỉnh ủy], [Chủ tịch] [UBND tỉnh] A` (handbook 2.3: P01-P24, R-PER-09).

The last post of the chain, with its body, touches the name, or a copula or colon parts them.
"""

from __future__ import annotations

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.held import HeldPosts
from minutes_extract.link.post_chain import next_post, past_parents
from minutes_extract.link.post_scene import PostScene
from minutes_extract.text.page import BREAK

_LONGEST_AREA = 6
"""Tokens of the area that may stand between a post and the name."""
_LONGEST_CHAIN = 8


def hold_before(held: HeldPosts, person: Candidate) -> None:
    """Gives `person` the unclaimed posts of the chain that ends at the name; a recipient gets the one that touches the name.

    `[Phó Bí thư] [Tỉnh ủy], [Chủ tịch] [UBND tỉnh] A`; `[Giám đốc] [Sở] là ông A`.
    """
    chain = _chain_before(held.scene, person)
    recipient = held.scene.is_recipient(person)
    for title in chain[:1] if recipient else chain:
        if not held.is_claimed(title):
            held.hold(person, title, "position.recipient" if recipient else "position.before_name")


def post_ending_at(scene: PostScene, i: int | None) -> Candidate | None:
    """The post that ends, with its body, at token `i`, also across a place: `Chủ tịch tỉnh Quảng Nam | A`; None for none."""
    page = scene.page
    if i is None or i < 1 or (i < len(page) and page.gaps[i] >= BREAK):
        return None
    title = scene.title_of_end.get(i)
    if title is not None:
        return title
    for back in range(i - 1, max(i - 1 - _LONGEST_AREA, 0), -1):
        if back in scene.title_of_end and past_parents(scene, back) == i:
            return scene.title_of_end[back]
    return None


def _chain_before(scene: PostScene, person: Candidate) -> list[Candidate]:
    """The posts of the chain that ends at the name, last one first."""
    opens = scene.opens(person)
    title = post_ending_at(scene, opens) or post_ending_at(scene, _before_copula(scene, opens))
    chain: list[Candidate] = []
    while title is not None:
        chain.append(title)
        title = post_ending_at(scene, _linked_at(scene, title))
        if title is not None and (scene.is_on_behalf(title) or _is_behind_other(scene, title, person)):
            break
    return chain


def _before_copula(scene: PostScene, i: int) -> int | None:
    """`Giám đốc Sở | là ông A`, `Chủ tịch UBND huyện | : ông A`: the token of `là` or of a colon right before token `i`."""
    page = scene.page
    if i < 2 or page.gaps[i] >= BREAK:
        return None
    return i - 1 if page.keys[i - 1] == ":" or page.keys[i - 1] in scene.posts.copula else None


def _linked_at(scene: PostScene, title: Candidate) -> int | None:
    """The token of the comma, dash or word that links `title` to a post before it, past `nguyên`, `quyền`; None for none."""
    page, words = scene.page, scene.words
    j = title.attrs["first"] - 1
    while j > 0 and page.gaps[j + 1] < BREAK and page.keys[j] in words.post_outside:
        j -= 1
    if j < 1 or page.gaps[j + 1] >= BREAK:
        return None
    key = page.keys[j]
    return j if key in (",", "-") or key in scene.posts.concurrent or key in words.joiners else None


def _is_behind_other(scene: PostScene, title: Candidate, person: Candidate) -> bool:
    """Is the post in the chain behind an earlier person? Then only what touches the next name is that one's."""
    page = scene.page
    opens: int = title.attrs["first"]
    line = page.lines[page.line_of[opens]]
    return any(
        line.first <= other.attrs["last"] <= opens and _chain_reaches(scene, other.attrs["last"], opens)
        for other in scene.people
        if other is not person
    )


def _chain_reaches(scene: PostScene, j: int, post: int) -> bool:
    """Does the chain of posts behind token `j` come to the post at token `post`?"""
    for _ in range(_LONGEST_CHAIN):
        at = next_post(scene, j)
        if at is None or at == post:
            return at == post
        j = past_parents(scene, scene.end_of(scene.titles[at]))
    return False
