"""What every rule file looks like: entries with an id, examples and counter-examples, plus closed word lists and settings."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field


class Entry(BaseModel):
    """One rule. `examples` are texts marked as in `text.markup`; every marked span must be found when the text is read
    alone. `not` are texts in which no span marked there may be found (an unmarked text: this rule finds nothing in it)."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: str = Field(pattern=r"^[a-z0-9_.]+$")
    note: str | None = None
    examples: tuple[str, ...] = ()
    counter: tuple[str, ...] = Field(default=(), alias="not")


E_co = TypeVar("E_co", bound=Entry, covariant=True)


class Table(BaseModel, Generic[E_co]):
    """One rule file after loading and layering.

    `entries`: the rules, in file order. `lists`: closed classes of words, in file order. `settings`: named numbers and texts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: str = ""
    entries: tuple[E_co, ...] = ()
    lists: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    settings: dict[str, float | int | str | bool] = Field(default_factory=dict)
