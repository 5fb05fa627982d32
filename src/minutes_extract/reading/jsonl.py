"""Texts in JSONL files: one `{"id": ..., "text": ...}` a line, `.jsonl`, `.jsonl.gz` or `.jsonl.zst`."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from minutes_extract.reading.packed import ENDINGS, open_packed
from minutes_extract.reading.source import DEFAULT_MAX_BYTES

_ENDINGS = tuple(f".jsonl{packed}" for packed in ENDINGS.values())
_LINE_LIMIT = 2 * DEFAULT_MAX_BYTES + 4096
"""A longer line is not loaded. A text spelt in `\\uXXXX` takes twice its bytes in UTF-8 at most."""


class TextLine(NamedTuple):
    """One line of a JSONL file: its number (from 1), and the document in it or what is wrong with it.

    `sha256` is that of the UTF-8 bytes of the text, of the line itself where there is no text, None where it was not loaded.
    """

    number: int
    id: str | None
    text: str | None
    sha256: str | None
    fault: str | None = None


def is_jsonl(name: str) -> bool:
    """Whether a file of that name holds texts line by line.

    >>> [is_jsonl(name) for name in ("bb.jsonl", "BB.JSONL.gz", "bb.json")]
    [True, True, False]
    """
    return name.lower().endswith(_ENDINGS)


def read_jsonl(file: Path, *, after: int = 0) -> Iterator[TextLine]:
    """The lines of a JSONL file behind line `after`, one at a time; blank lines are passed over, bad ones have a `fault`.

    A file that cannot be read to its end gives a last line that says so; nothing is raised.
    """
    number = 0
    try:
        with open_packed(file) as lines:
            while data := lines.readline(_LINE_LIMIT):
                number += 1
                whole = data.endswith(b"\n") or len(data) < _LINE_LIMIT
                if not whole:
                    _pass_over(lines)
                if number > after and not data.isspace():
                    yield _parsed(number, data) if whole else TextLine(number, None, None, None, "longer than the limit; split the text")
    except (OSError, EOFError, zlib.error) as error:
        yield TextLine(number + 1, None, None, None, f"the file cannot be read on: {getattr(error, 'strerror', None) or error}")


def text_sha256(text: str) -> str:
    """The hex SHA-256 of a text's bytes in UTF-8.

    >>> text_sha256("Sở Nội vụ")[:8]
    'b5213851'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _pass_over(lines: BinaryIO) -> None:
    while (rest := lines.readline(1 << 20)) and not rest.endswith(b"\n"):
        pass


def _parsed(number: int, data: bytes) -> TextLine:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        return _bad(number, data, f"not JSON ({error})")
    if not isinstance(value, dict):
        return _bad(number, data, 'not an object; write {"id": ..., "text": ...}')
    name, text = value.get("id"), value.get("text")
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    if not isinstance(name, str) or not name.strip():
        return _bad(number, data, 'no "id"; give each text a name or a number')
    if not isinstance(text, str):
        return _bad(number, data, 'no "text"')
    return TextLine(number, name, text, text_sha256(text))


def _bad(number: int, data: bytes, fault: str) -> TextLine:
    return TextLine(number, None, None, hashlib.sha256(data).hexdigest(), fault)
