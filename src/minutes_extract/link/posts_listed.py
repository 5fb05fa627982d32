"""The post of the head of a list: `các [Phó Thủ tướng] [Chính phủ]: A, B, C` (handbook 2.5, R-PER-08)."""

from __future__ import annotations

from dataclasses import replace

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.held import Held, HeldPosts
from minutes_extract.link.post_chain import past_parents
from minutes_extract.link.post_scene import PostScene
from minutes_extract.link.posts_before import post_ending_at
from minutes_extract.text.page import ALPHA, BREAK, DIGIT

_SHARED = ("position.list_head", "position.before_name")


def hold_listed(held: HeldPosts) -> None:
    """Gives the post of a list's head to each name of the list until a person has one of their own.

    `các [Phó Giám đốc] [Sở]: A (Công Thương), B`: the field in brackets is kept as `hint`. Rule `position.list_head`.
    """
    scene = held.scene
    served = held.with_post()
    sharing: dict[int, Held] = {}
    for one in held.all:
        _note(sharing, one)
    previous: Candidate | None = None
    for person in scene.people:
        own = (person.start, person.end) in served
        shared = _share_membership(held, person, previous, sharing) if own else _hold_item(held, person, previous, sharing)
        if shared is not None:
            _note(sharing, shared)
        previous = person
    held.all = [_with_hint(scene, one) for one in held.all]


def _note(sharing: dict[int, Held], one: Held) -> None:
    """Of the posts a person may share with the next name the first one counts."""
    if one.rule in _SHARED:
        sharing.setdefault(id(one.person), one)


def _hold_item(held: HeldPosts, person: Candidate, previous: Candidate | None, sharing: dict[int, Held]) -> Held | None:
    """What `person` holds as the first name behind a colon, or as one more name behind `previous`; None for nothing."""
    scene, page = held.scene, held.scene.page
    opens = scene.opens(person)
    if opens < 1 or page.gaps[opens] >= BREAK:
        return None
    before = page.keys[opens - 1]
    if before == ":":
        title = post_ending_at(scene, opens - 1)
        return None if title is None else held.hold(person, title, "position.list_head", _hint(scene, person))
    if previous is None or (before not in (",", ";") and before not in scene.words.joiners):
        return None
    shared = sharing.get(id(previous))
    if shared is None or not scene.is_plural(shared.title):
        return None
    between = _nothing_between(scene, previous.attrs["last"], opens)
    if not between and not (before == ";" and _is_member(shared) and _nothing_between(scene, _own_end(held, previous), opens)):
        return None
    return held.share(shared, person, "position.list_head", _hint(scene, person))


def _share_membership(held: HeldPosts, person: Candidate, previous: Candidate | None, sharing: dict[int, Held]) -> Held | None:
    """`các Ủy viên Bộ Chính trị: A, Phó Thủ tướng; [B], Bộ trưởng`: a membership goes on over items that have posts of their own."""
    scene, page = held.scene, held.scene.page
    opens = scene.opens(person)
    shared = sharing.get(id(previous)) if previous is not None else None
    if previous is None or shared is None or opens < 1 or page.gaps[opens] >= BREAK or page.keys[opens - 1] != ";":
        return None
    end = _own_end(held, previous)
    if not _is_member(shared) or not scene.is_plural(shared.title) or end == previous.attrs["last"]:
        return None
    return held.share(shared, person, "position.list_head", None) if _nothing_between(scene, end, opens) else None


def _is_member(shared: Held) -> bool:
    return bool(shared.title.attrs["role"] == "member")


def _own_end(held: HeldPosts, person: Candidate) -> int:
    """The token behind the posts that stand behind `person`; behind the name for none."""
    scene = held.scene
    ends = (past_parents(scene, scene.end_of(one.title)) for one in held.of(person) if one.title.start > person.start)
    return max(ends, default=int(person.attrs["last"]))


def _nothing_between(scene: PostScene, j: int, opens: int) -> bool:
    """Only a bracket and separators stand between the end of a name or its posts and the next name."""
    page = scene.page
    if j < opens and page.keys[j] == "(":
        while j < opens and page.keys[j] != ")":
            j += 1
        j += 1
    return all(not page.flags[t] & (ALPHA | DIGIT) or page.keys[t] in scene.words.joiners for t in range(j, opens))


def _with_hint(scene: PostScene, one: Held) -> Held:
    """The first name of a list may stand right behind the post, without a colon; its field in brackets counts too."""
    if one.rule != "position.before_name" or one.hint is not None or not scene.is_plural(one.title):
        return one
    return replace(one, hint=_hint(scene, one.person))


def _hint(scene: PostScene, person: Candidate) -> str | None:
    """The field in brackets behind a name: `A (Công Thương)`."""
    page = scene.page
    j: int = person.attrs["last"]
    if j + 1 >= len(page) or page.keys[j] != "(":
        return None
    field = scene.words.fields.longest(page, j + 1)
    if field is None or field[0] >= len(page) or page.keys[field[0]] != ")":
        return None
    return page.text[page.starts[j + 1] : page.ends[field[0] - 1]]
