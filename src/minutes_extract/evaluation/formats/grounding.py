"""What every format shares: texts found by name, and spans of another tool laid on the text again.

Tools cut, count and re-encode texts in their own ways. So no offset of a tool is believed: the quote must stand there, and where it
stands elsewhere the span moves to it, and the move is reported. Offsets are half-open code points into the text as read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from minutes_extract.errors import GoldError, ReadingError
from minutes_extract.evaluation.gold import GoldMention
from minutes_extract.reading import read
from minutes_extract.records import LABELS


class AnnotatedText(NamedTuple):
    """One document on its way out: its name, its text as read, its mentions, the SHA-256 of the bytes of its text."""

    doc_id: str
    text: str
    mentions: tuple[GoldMention, ...]
    sha256: str


class Exported(NamedTuple):
    """What a format makes of gold: contents by file name, and one line for each thing it cannot hold."""

    files: Mapping[str, str | bytes]
    notes: tuple[str, ...] = ()


class Imported(NamedTuple):
    """What a format holds: mentions by document, and one line for each thing that moved or was passed over."""

    mentions: dict[str, tuple[GoldMention, ...]]
    notes: tuple[str, ...] = ()


class Span(NamedTuple):
    """A span as a tool tells it. `where` names it in messages."""

    where: str
    start: int
    end: int
    label: str
    quote: str
    value: str | None = None


class Grounded(NamedTuple):
    """A span that holds in the text, and how far its start moved."""

    start: int
    end: int
    shift: int


@dataclass(frozen=True)
class Texts:
    """The texts (`*.txt`) of a folder, by name. Names out of other files are only ever looked up here, never made a path."""

    files: Mapping[str, Path]

    @classmethod
    def of(cls, *folders: str | Path) -> Texts:
        """The texts of some folders; of two with one name, that of the first folder.

        Raises:
            GoldError: there are none.
        """
        files = {file.stem: file for folder in reversed(folders) for file in sorted(Path(folder).glob("*.txt")) if file.is_file()}
        if not files:
            raise GoldError(
                f"{' or '.join(map(str, folders))}: no texts in this folder; give the folder with the annotated documents (*.txt)"
            )
        return cls(files)

    def text(self, name: str, where: str) -> str:
        """The text of a document, as read.

        Raises:
            GoldError: there is none of this name, or it cannot be read.
        """
        if name not in self.files:
            raise GoldError(f"{where}: there is no text {name + '.txt'!r}; give the folder with the documents that were annotated")
        try:
            return read(self.files[name]).text
        except ReadingError as error:
            raise GoldError(f"{where}: {error}") from None

    def name_of(self, name: Any, text: str, where: str) -> str:
        """The document a tool's entry belongs to: by its name, or, without one, by its text (line ends aside).

        Raises:
            GoldError: neither tells.
        """
        if name is not None:
            if not isinstance(name, str) or name not in self.files:
                raise GoldError(f"{where}: doc_id {name!r} is no text of the folder; write the name of a document, without .txt")
            return name
        same = self._names.get(_plain_ends(text), [])
        if len(same) != 1:
            found = "no text" if not same else f"{len(same)} texts"
            raise GoldError(f"{where}: no doc_id, and {found} of the folder equals its text; add the field doc_id")
        return same[0]

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for name, file in self.files.items():
            names.setdefault(_plain_ends(self.text(name, str(file))), []).append(name)
        return names


def reground(text: str, start: int, end: int, quote: str, *, where: str = "a span") -> Grounded:
    """The place of `quote` in `text` nearest to `start`, and how far that is from `start`.

    A quote that is nowhere to the letter may differ in white space: tools join lines with a space.

    Raises:
        GoldError: the quote is empty or nowhere in the text; names the span and how to mend it.

    Example:
        >>> reground("Bà Lê Thị Hòa", 2, 12, "Lê Thị Hòa")
        Grounded(start=3, end=13, shift=1)
    """
    words = quote.split()
    if not words:
        raise GoldError(f"{where} ({start}..{end}): an empty quote; take the span out, or write what it covers")
    there = text[start:end] if 0 <= start < end else ""
    if there == quote or there.split() == words:
        return Grounded(start, end, 0)
    found = _nearest(text, start, quote) or _nearest_words(text, start, words)
    if found is None:
        raise GoldError(
            f"{where} ({start}..{end} {quote!r}): the quote is nowhere in the text, which has {there!r} there; "
            "annotate the text as it is in the folder, or mend the quote"
        )
    return Grounded(*found, found[0] - start)


def settle(text: str, spans: Iterable[Span]) -> tuple[tuple[GoldMention, ...], tuple[str, ...]]:
    """The mentions of one document, in order, and a line for each span that moved or stood twice.

    Raises:
        GoldError: an unknown label, or a quote that is nowhere in the text.
    """
    mentions: dict[tuple[int, int, str], GoldMention] = {}
    notes: list[str] = []
    for span in spans:
        if span.label not in LABELS:
            raise GoldError(f"{span.where}: unknown label {span.label!r}; the labels are {', '.join(LABELS)}")
        start, end, shift = reground(text, span.start, span.end, span.quote, where=span.where)
        if shift:
            notes.append(f"{span.where}: {span.quote!r} moved by {shift:+d}, from {span.start} to {start}")
        if (start, end, span.label) in mentions:
            notes.append(f"{span.where}: {span.quote!r} stands twice at {start}..{end}; kept once")
            continue
        mentions[start, end, span.label] = _mention(span, start, end, text)
    return tuple(mentions[key] for key in sorted(mentions)), tuple(notes)


def line_ends_restored(theirs: str, text: str) -> Sequence[int] | None:
    """Where a tool made LF of CRLF: for each CRLF of `text`, its offset in `theirs`; None where the texts differ otherwise or not at all.

    An offset of theirs becomes one of `text` with `restored`.
    """
    if theirs == text or "\r" in theirs or text.replace("\r\n", "\n") != theirs:
        return None
    return [match.start() - before for before, match in enumerate(re.finditer("\r\n", text))]


def restored(offset: int, ends: Sequence[int] | None) -> int:
    """An offset behind CRLF that a tool had shortened.

    >>> restored(2, line_ends_restored("a\\nb", "a\\r\\nb"))
    3
    """
    return offset if ends is None else offset + bisect_left(ends, offset)


def utf16_offsets(text: str) -> list[int]:
    """The UTF-16 offset of every code point of `text`, and of its end; sorted.

    >>> utf16_offsets("a😀b")
    [0, 1, 3, 4]
    """
    return list(accumulate((2 if char > "\uffff" else 1 for char in text), initial=0))


def file_name(doc_id: str, ending: str) -> str:
    """The file name of a document.

    Raises:
        GoldError: the name would lead out of its folder.
    """
    if not doc_id or doc_id.startswith(".") or re.search(r"[/\\:\x00-\x1f]", doc_id):
        raise GoldError(f"doc_id {doc_id!r} cannot be a file name; name the document without path and colon")
    return doc_id + ending


def content_of(file: Path) -> str:
    """The UTF-8 text of a file of a tool, line ends as they are.

    Raises:
        GoldError: it cannot be read.
    """
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise GoldError(f"{file}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise GoldError(f"{file}: not UTF-8 (byte {error.start}); save it as UTF-8") from None


def files_of(source: Path, *endings: str) -> list[Path]:
    """The files of a tool: `source` itself, or those in it with one of the endings, sorted.

    Raises:
        GoldError: there are none.
    """
    files = [source] if source.is_file() else sorted(file for file in source.glob("*") if file.suffix in endings and file.is_file())
    if not files:
        raise GoldError(f"{source}: no file that ends in {' or '.join(endings)}; give the file or folder that the tool wrote")
    return files


def whole(value: Any, where: str) -> int:
    """An offset out of JSON.

    Raises:
        GoldError: it is not a whole number of 0 or more.
    """
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise GoldError(f"{where}: {value!r} is no offset; write a whole number of 0 or more")
    return value


def _mention(span: Span, start: int, end: int, text: str) -> GoldMention:
    fields = {"start": start, "end": end, "label": span.label, "text": text[start:end], "value": span.value}
    try:
        return GoldMention.model_validate(fields)
    except ValidationError as error:
        raise GoldError(f"{span.where}: {error.errors()[0]['msg']}") from None


def _nearest(text: str, start: int, quote: str) -> tuple[int, int] | None:
    before, after = text.rfind(quote, 0, start + len(quote)), text.find(quote, start)
    found = [offset for offset in (before, after) if offset >= 0]
    nearest = min(found, key=lambda offset: abs(offset - start), default=None)
    return None if nearest is None else (nearest, nearest + len(quote))


def _nearest_words(text: str, start: int, words: Sequence[str]) -> tuple[int, int] | None:
    def spans() -> Iterator[tuple[int, int]]:
        for match in re.finditer(r"\s+".join(map(re.escape, words)), text):
            yield match.span()

    return min(spans(), key=lambda span: abs(span[0] - start), default=None)


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n")
