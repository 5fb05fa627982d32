"""A document as read: its text, unchanged, its clean form and the map between the two."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from minutes_extract.errors import ReadingError
from minutes_extract.reading.cleaning import clean
from minutes_extract.reading.legacy import decode_legacy
from minutes_extract.reading.offsets import OffsetMap
from minutes_extract.reading.registry import Format, format_of, format_of_media_type

DEFAULT_MAX_BYTES = 20_000_000
"""Larger documents are refused before they are loaded."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """One document, read.

    `text` is the decoded text, unchanged: all public offsets are code points into it. `clean` is what the rules read;
    `offsets` maps spans of `clean` to spans of `text`. `sha256` is that of the bytes (of the UTF-8 form for a given text),
    `path` as the caller gave it, None for bytes and texts, `encoding` None for texts.
    """

    doc_id: str
    path: str | None
    media_type: str
    encoding: str | None
    sha256: str
    text: str = field(repr=False)
    clean: str = field(repr=False)
    offsets: OffsetMap = field(repr=False)


def read(source: str | Path | bytes, *, doc_id: str | None = None, max_bytes: int = DEFAULT_MAX_BYTES) -> SourceText:
    """The document at a path, or in `bytes` (taken for plain text).

    `doc_id`: the file's name without its ending where none is given; the first digits of the hash for bytes.

    Raises:
        ReadingError: missing, unreadable, not a file, too large, empty, binary, or in an unknown encoding; says which,
            where and what to do.

    Example:
        >>> read("Sở Nội vụ".encode("utf-16"), doc_id="n1").text
        'Sở Nội vụ'
    """
    if isinstance(source, bytes):
        where = doc_id or "document"
        if len(source) > max_bytes:
            raise _too_large(where, len(source), max_bytes)
        return _from_bytes(source, where, doc_id, None, format_of_media_type("text/plain"))
    path = Path(source)
    _check(path, max_bytes)
    form = format_of(str(path))
    return _from_bytes(_load(path, max_bytes), str(path), doc_id or path.stem, path.as_posix(), form)


def read_text(text: str, *, doc_id: str | None = None, max_bytes: int = DEFAULT_MAX_BYTES) -> SourceText:
    """A document whose text the caller already has; offsets point into that very text.

    Raises:
        ReadingError: empty, only white space, too large, or with a lone surrogate or NUL; names the character.

    >>> read_text("Bà Nông Thị Mây phát biểu.").clean
    'Bà Nông Thị Mây phát biểu.'
    """
    where = doc_id or "text"
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise ReadingError(
            f"{where}: character {error.start}: a lone surrogate (U+{ord(text[error.start]):04X}); "
            'decode the text again, without errors="surrogateescape"'
        ) from None
    if len(data) > max_bytes:
        raise _too_large(where, len(data), max_bytes)
    zero = text.find("\x00")
    if zero >= 0:
        raise ReadingError(f"{where}: character {zero}: a NUL character; this is not text")
    return _source(text, None, data, where, doc_id, None, "text/plain")


def _check(path: Path, max_bytes: int) -> None:
    """Refuses what is no regular file or too large, before anything is opened."""
    with _clear_errors(path):
        found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise ReadingError(f"{path}: a folder, not a document; give its files")
    if not stat.S_ISREG(found.st_mode):
        raise ReadingError(f"{path}: not a regular file (a pipe, socket or device); copy it to a file first")
    if found.st_size > max_bytes:
        raise _too_large(str(path), found.st_size, max_bytes)


def _load(path: Path, max_bytes: int) -> bytes:
    """The bytes of a checked file; one that has grown since is refused."""
    with _clear_errors(path), path.open("rb") as file:
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise _too_large(str(path), len(data), max_bytes)
    return data


@contextmanager
def _clear_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise ReadingError(f"{path}: there is no such file; check the path") from None
    except PermissionError:
        raise ReadingError(f"{path}: may not be read; change its permissions") from None
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise ReadingError(f"{path}: cannot be read: {reason}") from None


def _too_large(where: str, size: int, limit: int) -> ReadingError:
    return ReadingError(f"{where}: {size:,} bytes, more than the limit of {limit:,}; split the document or raise the limit")


def _from_bytes(data: bytes, where: str, doc_id: str | None, path: str | None, form: Format) -> SourceText:
    if not data:
        raise ReadingError(f"{where}: the file is empty; nothing to read")
    text, encoding = form.read(data, where)
    return _source(text, encoding, data, where, doc_id, path, form.media_type)


def _source(text: str, encoding: str | None, data: bytes, where: str, doc_id: str | None, path: str | None, media_type: str) -> SourceText:
    cleaned, offsets = clean(decode_legacy(text)[0])  # one for one: the offsets hold for `text`
    if not cleaned or cleaned.isspace():
        raise ReadingError(f"{where}: {'only white space' if text else 'the text is empty'}; nothing to read")
    digest = hashlib.sha256(data).hexdigest()
    return SourceText(doc_id or f"text-{digest[:12]}", path, media_type, encoding, digest, text, cleaned, offsets)
