"""The entries of `abbreviations.yaml`: short forms with what they stand for."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from minutes_extract.rulebook.models.base import Entry

Kind = Literal["sector", "body_head", "body", "party", "place", "enterprise", "union", "post"]


class Expansion(BaseModel):
    """What a short form stands for.

    `after` and `before` are words of which one must stand right before or right behind the short form; an expansion without
    either always holds. The first expansion that holds wins (handbook 3.4: neighbours decide).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    kind: Kind
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


class AbbreviationEntry(Entry):
    """A short form (`KH&CN`), its other spellings (`KHCN`, `KH-CN`) and its expansions, most certain first."""

    form: str
    variants: tuple[str, ...] = ()
    expansions: tuple[Expansion, ...]
