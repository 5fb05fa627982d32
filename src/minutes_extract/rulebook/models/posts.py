"""The entries of `posts.yaml`."""

from __future__ import annotations

from typing import Literal

from minutes_extract.rulebook.models.base import Entry


class PostEntry(Entry):
    """A family of posts.

    `forms` are phrases with optional parts: `[Phó] Chủ tịch [Thường trực|chuyên trách]` stands for six phrases. `unit` names the last
    word or words of the form that are also the first of the body (`Trưởng ban` + `Tuyên giáo`): the two spans then overlap.
    `needs` says what must stand beside it to count: nothing, a holder's name, a body, a name or a body, or the form's own capitals.
    `not_before`, `not_after`: words right before or behind it that make it something else (`Đoàn Chủ tịch`, `giám đốc thẩm`).
    `heads_village`: the post heads a place, whose name follows it (`Trưởng thôn Đồng Tiến`).
    `followed_by`: phrases of which one must follow (`Trưởng đoàn` is a post before `đại biểu Quốc hội`, else a role at the meeting).
    """

    forms: tuple[str, ...]
    unit: str | None = None
    followed_by: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    role: Literal["head", "deputy", "member", "office", "staff"] = "head"
    needs: Literal["nothing", "name", "body", "name_or_body", "capitals", "signature"] = "nothing"
    heads_village: bool = False
