"""The entries of `honorifics.yaml` and `names.yaml`."""

from __future__ import annotations

from typing import Literal

from minutes_extract.rulebook.models.base import Entry


class HonorificEntry(Entry):
    """Words that stand before a person's name.

    `kind`: `civil` (ông), `comrade` (đồng chí), `degree` (PGS.TS.), `rank` (Thượng tá), `religious`, `role` (đại biểu) and `trade`
    (nghệ nhân, luật sư). `short`: may a single given name follow (`ông Tín`)? `singular` is what a record gives as honorific.
    """

    forms: tuple[str, ...]
    kind: Literal["civil", "comrade", "degree", "rank", "religious", "role", "trade"]
    singular: str | None = None
    gender: Literal["m", "f"] | None = None
    plural: bool = False
    short: bool = False


class NameEntry(Entry):
    """A documented shape of names; the word lists of `names.yaml` do the work, the entries carry the examples."""
