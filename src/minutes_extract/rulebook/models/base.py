"""What every rule file looks like: entries with an id, examples and counter-examples, plus closed word lists and settings."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field


class Entry(BaseModel):
    """One rule. `examples` and `not` (near misses) are texts marked as in `text.markup`; `minutes-extract rules check` runs them.

    In tables that find mentions (`abbreviations`, `bodies`, `dates` of kind `date`, `honorifics`, `marks`, `names`, `places`, `posts`)
    each text is read alone by the whole pipeline. Every span marked in an example must come out, with its value where one is
    written; of `bodies`, `dates` and `posts` one of them must be read by the entry itself. No span marked under `not` may come out;
    where nothing is marked there, the entry itself finds nothing.

    In tables of cues (`counts`, cues of `dates`, `directives`, `meetings`, `zones`) the marked spans are the mentions the entry is
    given, and nothing else is read: it must be met in each example, for everything marked that it is about, and in no `not` text.
    Entries of `weights` and atoms of `dates` need no examples.
    """

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
