"""`extract`: one document in, its record out; whatever is wrong with it is raised."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from minutes_extract.errors import UsageError

if TYPE_CHECKING:
    from spacy.language import Language

    from minutes_extract.reading import SourceText
    from minutes_extract.records import MinutesRecord


def extract(document: str | Path | bytes | None = None, *, text: str | None = None, rules: str | Path | None = None) -> MinutesRecord:
    """The record of one document.

    Give a path, the bytes of a file, or `text=`. All offsets in the record are half-open code points into the text as read
    (for `text=`, into that very text): `text[mention.start:mention.end] == mention.text`. The models are loaded at the first
    call and kept. `rules` is a folder laid over the built-in rules.

    Raises:
        MinutesError: the document cannot be read, or the rules are broken; the message says what to do.

    Example:
        `extract(text="Bà Lê Thị Hòa, Phó Giám đốc Sở Nội vụ phát biểu.").officials[0].name` is `"Lê Thị Hòa"`.
    """
    from minutes_extract.assemble import extract_record

    source = read_document(document, text=text)
    return extract_record(loaded(None if rules is None else Path(rules)), source)


def read_document(document: str | Path | bytes | None = None, *, text: str | None = None) -> SourceText:
    """The text of one document given in one of three ways.

    Raises:
        UsageError: none of them is given, or two.
        ReadingError: it cannot be turned into text.
    """
    if (document is None) == (text is None):
        raise UsageError('give one document: a path, bytes, or text="..."')
    if text is not None:
        from minutes_extract.reading import read_text

        return read_text(text)
    from minutes_extract.reading import read

    return read(document if isinstance(document, bytes) else Path(document or ""))


@lru_cache(maxsize=2)
def loaded(rules: Path | None, without: frozenset[str] = frozenset()) -> Language:
    """The spaCy pipeline for a rules folder, loaded once in this process; without span groups, which only spaCy users read.

    `without`: parts left out (`parts.PARTS`).
    """
    from minutes_extract.pipeline import load

    return load(rules, spans=False, without=without)
