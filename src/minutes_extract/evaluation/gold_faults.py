"""The faults of gold files. `faults` tells all of a folder at once, `load_gold` stops at the first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from minutes_extract.errors import GoldError, ReadingError
from minutes_extract.evaluation.gold import TEXT_FOLDERS, GoldDocument, GoldMention, gold_files, text_at_hand
from minutes_extract.reading import read
from minutes_extract.records import LABELS


class GoldFault(NamedTuple):
    """One fault: in which file, where in it, what is wrong, how to mend it.

    >>> str(GoldFault("d1.json", "mention 0", "unknown label 'PERSON'", "write OFFICIAL"))
    "d1.json: mention 0: unknown label 'PERSON'; write OFFICIAL"
    """

    file: str
    where: str
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}: {self.where}: {self.problem}; {self.mend}"


def faults(folder: str | Path, texts: str | Path | None = None) -> list[GoldFault]:
    """Every fault of the gold files of a folder (or of one file), in the order of the files.

    Texts are `DOC_ID.txt` in `texts`, else in a folder `raw` or `text` beside `folder`; a missing text is a fault.
    """
    folder = Path(folder)
    try:
        files = gold_files(folder)
    except GoldError as error:
        problem, _, mend = str(error).removeprefix(f"{folder}: ").partition("; ")
        return [GoldFault(str(folder), "the folder", problem, mend)]
    owners: dict[str, Path] = {}
    return [fault for file in files for fault in _file_faults(file, texts, owners)]


def read_gold(file: Path) -> tuple[GoldDocument | None, list[int], list[GoldFault]]:
    """The document of a file without its broken mentions (None if more is broken), the numbers of those left, what is broken."""
    try:
        raw = json.loads(file.read_bytes())
    except OSError as error:
        return None, [], [GoldFault(str(file), "the file", f"cannot be read ({error.strerror})", "make it readable")]
    except (ValueError, RecursionError) as error:
        return None, [], [GoldFault(str(file), "the file", f"not JSON in UTF-8: {error}", "write the file anew")]
    document, numbers, broken = _validated(raw)
    return document, numbers, [GoldFault(str(file), *fault) for fault in broken]


def document_faults(file: Path, document: GoldDocument, text: Path | None, numbers: Sequence[int] | None = None) -> Iterator[GoldFault]:
    """The faults of a document that could be read, its text at `text` if that is at hand.

    `numbers`: those that its mentions have in the file, where some were left out.
    """
    mentions = list(zip(numbers or range(len(document.mentions)), document.mentions, strict=True))
    found = chain(_id_faults(file, document.doc_id), _span_faults(mentions), [] if text is None else _text_faults(text, document, mentions))
    return (GoldFault(str(file), *fault) for fault in found)


def check_size(document: GoldDocument, chars: int) -> None:
    """Where the text itself is not at hand, but a record of it tells its size: does every span lie within?

    Raises:
        GoldError: one does not; names document, span and mend.
    """
    for number, one in enumerate(document.mentions):
        if one.end > chars:
            raise GoldError(
                f"{document.doc_id}: {_named(number, one)}: outside of the text, which has {chars} characters; "
                "mend its offsets: gold check tells where the quote stands"
            )


_Fault = tuple[str, str, str]


def _file_faults(file: Path, texts: str | Path | None, owners: dict[str, Path]) -> Iterator[GoldFault]:
    document, numbers, broken = read_gold(file)
    yield from broken
    if document is None:
        return
    text = text_at_hand(file, texts)
    yield from document_faults(file, document, text, numbers)
    if (owner := owners.setdefault(document.doc_id, file)) != file:
        yield GoldFault(str(file), "doc_id", f"{document.doc_id!r} is also that of {owner.name}", "give each document its own")
    if text is None:
        place = texts if texts is not None else " or ".join(TEXT_FOLDERS)
        yield GoldFault(str(file), "the text", f"there is no {file.stem}.txt in {place}", "put it there, or give --texts")


def _validated(raw: Any) -> tuple[GoldDocument | None, list[int], list[_Fault]]:
    """The document without its broken mentions (None if more is broken), the numbers of those left, the faults."""
    rows = raw.get("mentions") if isinstance(raw, dict) else None
    rows = rows if isinstance(rows, list) else []
    try:
        return GoldDocument.model_validate(raw), list(range(len(rows))), []
    except ValidationError as error:
        errors = error.errors()
    found = [_shape_fault(one["loc"], one["msg"], rows) for one in errors]
    broken = {one["loc"][1] for one in errors if len(one["loc"]) > 1 and one["loc"][0] == "mentions"}
    left = [number for number in range(len(rows)) if number not in broken]
    try:
        return GoldDocument.model_validate({**raw, "mentions": [rows[number] for number in left]}), left, found
    except (ValidationError, TypeError):
        return None, [], found


def _shape_fault(location: tuple[int | str, ...], message: str, rows: list[Any]) -> _Fault:
    where = ".".join(map(str, location)) or "the file"
    row = rows[location[1]] if len(location) > 1 and location[0] == "mentions" and isinstance(location[1], int) else None
    if isinstance(row, dict):
        where += f" ({row.get('start')}..{row.get('end')} {row.get('text')!r})"
        if location[2:] == ("label",) and "label" in row:
            return where, f"unknown label {row['label']!r}", f"the labels are {', '.join(LABELS)}"
    return where, message, "write the field as docs/gold-formats.md says"


def _id_faults(file: Path, doc_id: str) -> Iterator[_Fault]:
    if doc_id != file.stem:
        yield "doc_id", f"{doc_id!r} is not the file's name", f"write {file.stem!r}"


def _span_faults(mentions: list[tuple[int, GoldMention]]) -> Iterator[_Fault]:
    seen: dict[tuple[int, int, str], int] = {}
    for number, one in mentions:
        size = one.end - one.start
        if size <= 0:
            yield _named(number, one), "an empty span", "the end must lie behind the start"
        elif size != len(one.text):
            yield (
                _named(number, one),
                f"the span has {size} characters, the quote has {len(one.text)}",
                "offsets count code points; mend the end",
            )
        key = (one.start, one.end, one.label)
        if key in seen:
            yield _named(number, one), f"the same span and label as mention {seen[key]}", "take one out"
        seen.setdefault(key, number)


def _text_faults(path: Path, document: GoldDocument, mentions: list[tuple[int, GoldMention]]) -> Iterator[_Fault]:
    try:
        content = path.read_bytes()
        text = read(content).text
    except OSError as error:
        yield "the text", f"{path.name} cannot be read ({error.strerror})", "make it readable"
        return
    except ReadingError as error:
        yield "the text", f"{path.name} gives no text: {error}", "put the annotated document there"
        return
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 != document.sha256:
        problem = f"is {document.sha256[:12]!r}..., that of the text is {sha256[:12]!r}...: the text was changed after annotation"
        yield "sha256", problem, "put the annotated text back, or check every span and write the new sha256"
    for number, one in mentions:
        yield from _quote_faults(number, one, text)
    for start, end in document.neutral:
        if not 0 <= start < end <= len(text):
            yield f"neutral region {start}..{end}", f"empty or outside of the text (0..{len(text)})", "mend its offsets"


def _quote_faults(number: int, one: GoldMention, text: str) -> Iterator[_Fault]:
    if one.end <= one.start or (one.end <= len(text) and text[one.start : one.end] == one.text):
        return
    near = [at for at in (text.rfind(one.text, 0, one.start + len(one.text)), text.find(one.text, one.start)) if at >= 0]
    place = min(near, key=lambda at: abs(at - one.start), default=None) if one.text else None
    mend = "the quote is nowhere in the text: mend it" if place is None else f"the quote stands at {place}..{place + len(one.text)}"
    if one.end > len(text):
        yield _named(number, one), f"outside of the text, which has {len(text)} characters", mend
    else:
        yield _named(number, one), f"the text there is {text[one.start : one.end]!r}", mend


def _named(number: int, one: GoldMention) -> str:
    return f"mention {number} ({one.start}..{one.end} {one.label} {one.text!r})"
