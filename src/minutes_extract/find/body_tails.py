"""Where a body's name ends behind its head, by the grammar its rule names: area, sector, proper name or none (handbook 4.2, 4.3)."""

from __future__ import annotations

from minutes_extract.find.body_areas import area_end, place_end
from minutes_extract.find.body_heads import Head, head_at
from minutes_extract.find.body_pieces import BodyName
from minutes_extract.find.body_proper_names import proper_name_end
from minutes_extract.find.body_scene import BodyScene
from minutes_extract.find.body_sectors import sector_end
from minutes_extract.find.names import capital_line
from minutes_extract.text.page import CAP

_DEEPEST = 4
"""Bodies inside each other at most: `Tổ A Phòng B Sở C UBND tỉnh D`."""


def tail_end(scene: BodyScene, head: Head, depth: int = 0) -> int:
    """The token after the whole name that `head` opens; `head.last` where nothing names it.

    `UBND quận Bình Thủy` (area), `Sở Nội vụ` (sector), `Công ty Minh Hòa Phát` (proper), `Chính phủ` (none).
    """
    kind = head.entry.tail
    if kind == "none":
        return head.last
    if kind == "area":
        end = area_end(scene, head.last)
        if end is None and depth < _DEEPEST:
            end = place_end(scene, head.last)
        return end or head.last
    name = BodyName(head, capital_line(scene.page, head.first), lambda j: parent_end(scene, j, depth))
    return proper_name_end(scene, name) if kind == "proper" else sector_end(scene, name)


def parent_end(scene: BodyScene, j: int, depth: int = 0) -> int | None:
    """The token after a parent body standing side by side at token `j`, or None: `Phòng Quản lý Khoa học | Sở KH&CN`."""
    if depth >= _DEEPEST or not scene.goes_on(j) or not scene.page.flags[j] & CAP:
        return None
    head = head_at(scene, j)
    if head is None:
        return None
    end = tail_end(scene, head, depth + 1)
    return end if end > head.last or head.entry.alone or head.entry.tail in ("area", "sector") else None
