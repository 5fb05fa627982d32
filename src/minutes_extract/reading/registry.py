"""Which reader reads which file: by media type and by the ending of the name. New formats register here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import NamedTuple

from minutes_extract.errors import ReadingError


class Decoded(NamedTuple):
    """What a reader returns: the text as read, and the encoding it was decoded with."""

    text: str
    encoding: str


Reader = Callable[[bytes, str], Decoded]
"""Takes the bytes and the name of the document (for messages)."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `reader` is `module:function` under `reading`, imported when first needed."""

    media_type: str
    endings: tuple[str, ...]
    reader: str

    def read(self, data: bytes, where: str) -> Decoded:
        """The text of `data`; `where` names the document in messages."""
        module, function = self.reader.split(":")
        reader: Reader = getattr(import_module(f"minutes_extract.reading.{module}"), function)
        return reader(data, where)


_FORMATS: list[Format] = [Format("text/plain", (".txt", ".text"), "plain:read_plain")]


def known_endings() -> tuple[str, ...]:
    """The endings of file names that can be read.

    >>> known_endings()
    ('.txt', '.text')
    """
    return tuple(ending for form in _FORMATS for ending in form.endings)


def format_of(name: str) -> Format:
    """The format of a file by the ending of its name, in any case.

    Raises:
        ReadingError: no reader knows the ending; names those that are known.

    >>> format_of("BIEN_BAN.TXT").media_type
    'text/plain'
    """
    for form in _FORMATS:
        if name.lower().endswith(form.endings):
            return form
    raise ReadingError(f"{name}: no reader for this kind of file; supported: {', '.join(known_endings())}")


def format_of_media_type(media_type: str) -> Format:
    """The format with that media type.

    Raises:
        ReadingError: it is not supported; names those that are.
    """
    for form in _FORMATS:
        if form.media_type == media_type:
            return form
    raise ReadingError(f"{media_type}: no reader for this media type; supported: {', '.join(form.media_type for form in _FORMATS)}")
