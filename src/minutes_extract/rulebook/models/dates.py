"""The entries of `dates.yaml`: atoms, date patterns, guards and cues (handbook section 5)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from minutes_extract.rulebook.models.base import Entry

DateKind = Literal["atom", "date", "cue"]
DateForm = Literal[
    "stamp", "day", "days", "month", "months", "quarter", "quarters", "part_year", "year", "years", "season", "deictic", "lunar", "worded"
]


class DateEntry(Entry):
    """One rule of `dates.yaml`.

    `kind`:
        `atom`: a piece that other patterns name as `{id:1}` (the number replaces `#` in its group names) or `{id}`.
        `date`: reads one form of date where a date may open.
        `cue`: words beside a date that tell what it is the date of; `side` says where they stand
            (`sentence`: further left; `page`: anywhere).
    `pattern`: a regular expression over folded text; `{@list}` stands for the words of a list of this file.
    """

    kind: DateKind
    pattern: str = Field(min_length=1)
    form: DateForm | None = None
    after: str | None = None
    """The words before a date must match this (an `atom` id), or the date follows another one of the same form (`chain`)."""
    chain: bool = False
    not_after: tuple[str, ...] = ()
    """Atoms that must not match the words before."""
    not_before: tuple[str, ...] = ()
    """Atoms that must not match what follows."""
    side: Literal["left", "sentence", "right", "page"] | None = None
    role: str | None = None
    score: int = 0

    @model_validator(mode="after")
    def _a_kind_has_its_fields(self) -> DateEntry:
        if (self.form is None) == (self.kind == "date"):
            raise ValueError("`form` is for entries of kind `date`, which all need one")
        if (self.side is None) == (self.kind == "cue"):
            raise ValueError("`side` is for entries of kind `cue`, which all need one")
        return self
