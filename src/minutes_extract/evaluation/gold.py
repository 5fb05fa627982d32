"""Gold annotations: one JSON file a document, checked when loaded.

Offsets are half-open code points into the text as read, as in a record. `neutral` regions count neither way. The fields of
`meeting`, `officials`, `trademarks`, `directives` and `counts` have the names that records use (`docs/record.md`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from minutes_extract.errors import GoldError
from minutes_extract.records import LABELS, Label, MarkKind, MeetingKind, PartOfDay, Role, Status

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


def load_gold(folder: str | Path, *, texts: str | Path | None = None) -> list[GoldDocument]:
    """The gold documents of a folder of `*.json` files (or of one such file), sorted by file name.

    Where the text of a document is at hand (`DOC_ID.txt` in `texts`, else in a folder `raw` or `text` beside `folder`), its
    SHA-256 and every quote are checked against it.

    Raises:
        GoldError: a fault in a file; names the file, the span and how to mend it.

    Example:
        `load_gold("data/gold")[0].officials[0].name`
    """
    return [load_document(file, texts=texts) for file in gold_files(Path(folder))]


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


def load_document(file: Path, *, texts: str | Path | None = None) -> GoldDocument:
    """The gold document of one file, checked as in `load_gold`.

    Raises:
        GoldError: names the file, the span and how to mend it.
    """
    document = _parsed(file)
    if document.doc_id != file.stem:
        raise GoldError(f"{file}: doc_id is {document.doc_id!r}; it must be the file's name, {file.stem!r}")
    content = _text_at_hand(file, [Path(texts)] if texts is not None else [file.parent.parent / name for name in TEXT_FOLDERS])
    faults = _faults(document, content)
    for fault in faults:
        raise GoldError(f"{file}: {fault}")
    return document


def _parsed(file: Path) -> GoldDocument:
    try:
        raw = json.loads(file.read_bytes())
    except OSError as error:
        raise GoldError(f"{file}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise GoldError(f"{file}: not JSON in UTF-8: {error}") from None
    try:
        return GoldDocument.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise GoldError(f"{file}: {_where(first['loc'], raw)}: {_mend(first['loc'], first['msg'])}") from None


def _where(location: tuple[int | str, ...], raw: Any) -> str:
    path = ".".join(str(part) for part in location) or "the file"
    if len(location) > 1 and location[0] == "mentions" and isinstance(location[1], int):
        mention = raw["mentions"][location[1]]
        if isinstance(mention, dict):
            return f"{path} ({mention.get('start')}..{mention.get('end')} {mention.get('text')!r})"
    return path


def _mend(location: tuple[int | str, ...], message: str) -> str:
    return f"unknown label; the labels are {', '.join(LABELS)}" if location[-1:] == ("label",) else message


def _text_at_hand(file: Path, folders: Iterable[Path]) -> bytes | None:
    for folder in folders:
        path = folder / f"{file.stem}.txt"
        if path.is_file():
            try:
                return path.read_bytes()
            except OSError as error:
                raise GoldError(f"{path}: the text of {file} cannot be read ({error.strerror})") from None
    return None


def _faults(document: GoldDocument, content: bytes | None) -> Iterator[str]:
    yield from _span_faults(document.mentions)
    if content is None:
        return
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 != document.sha256:
        yield (
            f"sha256 is {document.sha256[:12]}..., that of the text is {sha256[:12]}...; the text was changed after annotation: "
            "put the old text back, or check every span and write the new sha256"
        )
    text = _decoded(content)
    for number, mention in enumerate(document.mentions):
        yield from _quote_faults(number, mention, text)
    for start, end in document.neutral:
        if not 0 <= start < end <= len(text):
            yield f"neutral region {start}..{end} is outside of the text (0..{len(text)})"


def _decoded(content: bytes) -> str:
    from minutes_extract.reading import read

    return read(content).text


def _span_faults(mentions: Sequence[GoldMention]) -> Iterator[str]:
    seen: set[tuple[int, int, str]] = set()
    for number, mention in enumerate(mentions):
        where = f"mention {number} ({mention.start}..{mention.end} {mention.label} {mention.text!r})"
        if mention.end <= mention.start:
            yield f"{where}: the end must lie behind the start"
        elif mention.end - mention.start != len(mention.text):
            size, quoted = mention.end - mention.start, len(mention.text)
            yield f"{where}: the span has {size} characters, the quote has {quoted}; offsets count code points"
        key = (mention.start, mention.end, mention.label)
        if key in seen:
            yield f"{where}: stands twice; take one out"
        seen.add(key)


def _quote_faults(number: int, mention: GoldMention, text: str) -> Iterator[str]:
    where = f"mention {number} ({mention.start}..{mention.end} {mention.label} {mention.text!r})"
    if mention.end > len(text):
        yield f"{where}: outside of the text, which has {len(text)} characters"
    elif text[mention.start : mention.end] != mention.text:
        near = _nearest(text, mention.text, mention.start)
        mend = f"the quote stands at {near}" if near is not None else "the quote is nowhere in the text"
        yield f"{where}: the text there is {text[mention.start : mention.end]!r}; {mend}"


def _nearest(text: str, quote: str, start: int) -> int | None:
    """The offset of the occurrence of `quote` nearest to `start`, for a message."""
    before, after = text.rfind(quote, 0, start + len(quote)), text.find(quote, start)
    found = [offset for offset in (before, after) if offset >= 0]
    return min(found, key=lambda offset: abs(offset - start)) if found else None
