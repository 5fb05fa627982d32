"""Gold annotations: one JSON file a document; `gold_loading` loads and checks them.

Offsets are half-open code points into the text as read, as in a record. `neutral` regions count neither way. The fields of
`meeting`, `officials`, `trademarks`, `directives` and `counts` have the names that records use (`docs/record.md`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from minutes_extract.errors import GoldError
from minutes_extract.records import Label, MarkKind, MeetingKind, PartOfDay, Role, Status

TEXT_FOLDERS = ("raw", "text")
"""Where the texts of a gold folder are looked for, beside it."""


class _Gold(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GoldMention(_Gold):
    """A span that counts. `value`: EDTF, for dates."""

    start: int = Field(ge=0)
    end: int
    label: Label
    text: str
    value: str | None = None


class GoldPosition(_Gold):
    """A post, and the body in its fullest form as far as the document tells it."""

    title: str
    organization: str | None = None
    status: Status = "current"


class GoldOfficial(_Gold):
    """One person of the document."""

    name: str
    positions: tuple[GoldPosition, ...] = ()
    roles: tuple[Role, ...] = ()


class GoldMeeting(_Gold):
    """The event told of."""

    title: str | None = None
    kind: MeetingKind
    date: str | None = None
    part_of_day: PartOfDay | None = None
    time: str | None = None
    place: str | None = None
    chairs: tuple[str, ...] = ()
    delegation_heads: tuple[str, ...] = ()
    secretaries: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


class GoldTrademark(_Gold):
    """One mark, geographical indication or brand."""

    name: str
    kind: MarkKind
    status: str | None = None
    owner: str | None = None
    product: str | None = None
    number: str | None = None


class GoldDirective(_Gold):
    """Who told whom to do what; `action` is verbatim."""

    issuer: str | None = None
    assignees: tuple[str, ...] = ()
    co_assignees: tuple[str, ...] = ()
    kind: Literal["directive", "petition"]
    action: str
    due: str | None = None


class GoldCount(_Gold):
    """A number that announces a list, beside what was listed."""

    declared: int
    noun: str
    listed: int


class GoldDocument(_Gold):
    """The gold of one document. `sha256` is that of the bytes of its text."""

    doc_id: str
    guidelines: str
    sha256: str
    source: str | None = None
    mentions: tuple[GoldMention, ...] = ()
    neutral: tuple[tuple[int, int], ...] = ()
    published: str | None = None
    meeting: GoldMeeting | None = None
    officials: tuple[GoldOfficial, ...] = ()
    trademarks: tuple[GoldTrademark, ...] = ()
    directives: tuple[GoldDirective, ...] | None = None
    """None where directives were not annotated, empty where the document has none."""
    counts: tuple[GoldCount, ...] | None = None
    """As `directives`."""
    _text_path: Path | None = PrivateAttr(default=None)

    @property
    def text_path(self) -> Path | None:
        """Where `load_gold` found the text; None where it found none. No part of the JSON."""
        return self._text_path

    def beside(self, text: Path | None) -> GoldDocument:
        """This document, whose text is at `text`."""
        self._text_path = text
        return self


def gold_files(folder: Path) -> list[Path]:
    """The gold files of a folder, sorted; a single file stands for itself.

    Raises:
        GoldError: there is no such folder, or it has no `*.json` file.
    """
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise GoldError(f"{folder}: there is no such folder; give the folder with the gold files (*.json)")
    files = sorted(folder.glob("*.json"), key=lambda file: file.name)
    if not files:
        raise GoldError(f"{folder}: no gold in this folder; gold files end in .json")
    return files


def text_at_hand(file: Path, texts: str | Path | None = None) -> Path | None:
    """Where the text of a gold file is: by the name of the file, never by the doc_id in it, which could lead anywhere."""
    folders = [Path(texts)] if texts is not None else [file.absolute().parent.parent / name for name in TEXT_FOLDERS]
    return next((path for folder in folders if (path := folder / f"{file.stem}.txt").is_file()), None)
