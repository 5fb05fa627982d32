"""The entries of `counts.yaml`."""

from __future__ import annotations

from typing import Literal

from minutes_extract.rulebook.models.base import Entry


class CountEntry(Entry):
    """One kind of thing that is announced with a number.

    `pattern`: its nouns, matched against `Page.fold` right behind the number. `label`: the label of the mentions that are
    listed, null where the pieces of the list are counted. `absent`: the number stands behind a word for absent people.
    `noun`: what the record calls the things where the text has no noun. `direct`: the list may follow the noun at once.
    """

    pattern: str
    label: Literal["OFFICIAL", "ORGANIZATION", "TRADEMARK"] | None = None
    absent: bool = False
    direct: bool = False
    noun: str | None = None
