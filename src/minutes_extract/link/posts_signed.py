"""The post above a name in a signature block, column by column (handbook R-GEN-02)."""

from __future__ import annotations

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.held import HeldPosts
from minutes_extract.link.post_scene import PostScene
from minutes_extract.text.page import BREAK, UPPER, Line

_SIGNED = "person.signature"
"""The rule of a name that stands alone below a post in capitals."""
_LINES_ABOVE = 5
_SAME_COLUMN = 14
"""Characters that the middles of a post and a name in one column are apart at most."""


def hold_signed(held: HeldPosts) -> None:
    """Gives the post above a name to each name of a signature block that has none yet.

    `CHỦ TỌA        THƯ KÝ` above `Lê Văn Tám        Đỗ Thị Hà`: the post whose middle is nearest above. Rule `position.signature`.
    """
    scene = held.scene
    page = scene.page
    served = held.with_post()
    signers = [p for p in scene.people if p.rule == _SIGNED or page.lines[page.line_of[p.attrs["first"]]].zone == "signature"]
    lines_of_people = {page.line_of[p.attrs["first"]] for p in scene.people} if signers else set()
    for person in signers:
        title = _post_above(scene, person, lines_of_people) if (person.start, person.end) not in served else None
        if title is not None:
            held.hold(person, title, "position.signature")


def _post_above(scene: PostScene, person: Candidate, lines_of_people: set[int]) -> Candidate | None:
    """The post in the column of `person` in the nearest lines above, up to another name or the end of the block."""
    page = scene.page
    at = page.line_of[person.attrs["first"]]
    single = _is_single_column(scene, person)
    for above in range(at - 1, max(at - 1 - _LINES_ABOVE, -1), -1):
        line = page.lines[above]
        titles = [scene.titles[i] for i in range(line.first, line.last) if i in scene.titles]
        in_capitals = any(page.flags[title.attrs["first"]] & UPPER for title in titles)  # also beside "Nơi nhận:"
        in_block = line.zone == "signature" or in_capitals or (person.rule == _SIGNED and _is_of_block(scene, line))
        if above in lines_of_people or not in_block:
            return None
        for title in titles:
            if (single and len(titles) == 1) or _is_above(scene, title, person):
                return title
    return None


def _is_of_block(scene: PostScene, line: Line) -> bool:
    """A line of a signature block that no zone tells: `KT. GIÁM ĐỐC`, `(đã ký)`, or empty."""
    page = scene.page
    return line.first == line.last or page.keys[line.first] == "(" or bool(page.flags[line.first] & UPPER)


def _is_single_column(scene: PostScene, person: Candidate) -> bool:
    page = scene.page
    line = page.lines[page.line_of[person.attrs["first"]]]
    return all(page.gaps[j] < BREAK for j in range(line.first + 1, line.last))


def _is_above(scene: PostScene, title: Candidate, person: Candidate) -> bool:
    """Do a post and a name stand in one column?"""
    return abs(_middle(scene, person) - _middle(scene, title)) <= _SAME_COLUMN


def _middle(scene: PostScene, mention: Candidate) -> float:
    """How far the middle of a mention is from the left margin, in characters."""
    page = scene.page
    margin = page.text.rfind("\n", 0, page.lines[page.line_of[mention.attrs["first"]]].start) + 1
    return (mention.start + mention.end) / 2 - margin
