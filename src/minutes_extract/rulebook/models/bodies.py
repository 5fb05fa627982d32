"""The entries of `bodies.yaml`."""

from __future__ import annotations

from typing import Literal

from minutes_extract.rulebook.models.base import Entry


class BodyEntry(Entry):
    """A kind of body: the head nouns that open its name and how the name goes on.

    `tail` is the grammar of what follows the head: `none` (the head is the whole name), `area` (an administrative unit),
    `sector` (a field of work, then parent and area), `proper` (a proper name: companies, schools), `unit` (a number or a place).
    `alone`: does the head without a tail count? `capital`: must the head start with a capital letter?
    `after_post_only`: a body only right behind a post (`Ủy viên [Trung ương]`).
    """

    heads: tuple[str, ...]
    kind: str
    level: str | None = None
    tail: Literal["none", "area", "sector", "proper", "unit"] = "sector"
    alone: bool = False
    capital: bool = True
    after_post_only: bool = False
