"""brat standoff: `DOC_ID.txt` with the text, `DOC_ID.ann` with one line a span (`T1⇥TITLE 33 43⇥Thứ trưởng`).

Offsets are code points. brat has no span over a line end: it writes its lines as fragments (`5 9;10 14`), and so does the export.
The EDTF value of a date is a note on its span (`#1⇥AnnotatorNotes T1⇥value=2022-06-21`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from minutes_extract.errors import GoldError
from minutes_extract.evaluation.formats.grounding import (
    AnnotatedText,
    Exported,
    Imported,
    Span,
    Texts,
    content_of,
    file_name,
    files_of,
    line_ends_restored,
    restored,
    settle,
)
from minutes_extract.evaluation.gold import GoldMention

_VALUE = "value="
_SPAN = re.compile(r"(\S+) (\d{1,12} \d{1,12}(?:;\d{1,12} \d{1,12})*)", re.ASCII)
_NOTE = re.compile(r"\S+ (T\S+)")
_LINE = re.compile(r"[^\r\n]+")


def to_files(documents: Sequence[AnnotatedText]) -> Exported:
    """Two files a document: the text, and its spans. Nothing of the mentions is lost but white space over a line end at a rim.

    Raises:
        GoldError: a document whose name cannot be a file name.
    """
    files: dict[str, str] = {}
    notes: list[str] = []
    for document in documents:
        lines: list[str] = []
        for number, mention in enumerate(document.mentions, 1):
            fragments = _fragments(mention)
            if not fragments or (fragments[0][0], fragments[-1][1]) != (mention.start, mention.end):
                notes.append(f"{document.doc_id}: {mention.start}..{mention.end} {mention.text!r}: line ends at its rim are left out")
            if fragments:
                lines += _lines(number, mention, fragments)
        files[file_name(document.doc_id, ".txt")] = document.text
        files[file_name(document.doc_id, ".ann")] = "".join(f"{line}\n" for line in lines)
    return Exported(files, tuple(notes))


def from_source(source: Path, texts: Texts) -> Imported:
    """The spans of an `.ann` file, or of all in a folder. Relations, events and attributes are passed over, and that is noted.

    Raises:
        GoldError: a broken line, a span in several parts, an unknown label, a quote that is nowhere.
    """
    mentions: dict[str, tuple[GoldMention, ...]] = {}
    notes: list[str] = []
    for file in files_of(source, ".ann"):
        text = texts.text(file.stem, str(file))
        beside = file.with_suffix(".txt")
        theirs = content_of(beside) if beside.is_file() else text
        spans, passed = _spans(file, text, theirs)
        mentions[file.stem], moved = settle(text, spans)
        notes += [*moved, *([f"{file}: {passed} lines that are no spans (relations, events, notes) passed over"] if passed else [])]
    return Imported(mentions, tuple(notes))


def _fragments(mention: GoldMention) -> list[tuple[int, int]]:
    return [(mention.start + match.start(), mention.start + match.end()) for match in _LINE.finditer(mention.text)]


def _lines(number: int, mention: GoldMention, fragments: Sequence[tuple[int, int]]) -> list[str]:
    quote = " ".join(_LINE.findall(mention.text))
    lines = [f"T{number}\t{mention.label} {';'.join(f'{start} {end}' for start, end in fragments)}\t{quote}"]
    if mention.value is not None:
        lines.append(f"#{number}\tAnnotatorNotes T{number}\t{_VALUE}{mention.value}")
    return lines


def _spans(file: Path, text: str, theirs: str) -> tuple[list[Span], int]:
    ends = line_ends_restored(theirs, text)
    spans: dict[str, Span] = {}
    values: dict[str, str] = {}
    passed = 0
    for number, line in enumerate(content_of(file).split("\n"), 1):
        where = f"{file}: line {number}"
        parts = line.removesuffix("\r").split("\t", 2)
        if parts[0].startswith("T"):
            if parts[0] in spans:
                raise GoldError(f"{where}: the id {parts[0]} stands twice; number the spans anew")
            spans[parts[0]] = _span(where, parts, theirs, ends)
        elif len(parts) == 3 and parts[2].startswith(_VALUE) and (note := _NOTE.fullmatch(parts[1])):
            values[note[1]] = parts[2].removeprefix(_VALUE)
        else:
            passed += bool(parts[0])
    return [span._replace(value=values.get(key)) for key, span in spans.items()], passed


def _span(where: str, parts: Sequence[str], theirs: str, ends: Sequence[int] | None) -> Span:
    match = _SPAN.fullmatch(parts[1]) if len(parts) == 3 else None
    if match is None:
        raise GoldError(f"{where}: not a span of brat; it is written T1⇥LABEL START END⇥QUOTE")
    fragments = [(int(start), int(end)) for start, end in (pair.split(" ") for pair in match[2].split(";"))]
    for (_, end), (start, _) in pairwise(fragments):
        gap = theirs[end:start]
        if gap.strip() or not re.search(r"[\r\n]", gap):
            raise GoldError(
                f"{where} ({match[2]} {parts[2]!r}): a span in several parts; gold spans have no gaps, so annotate one part or all"
            )
    return Span(where, restored(fragments[0][0], ends), restored(fragments[-1][1], ends), match[1], parts[2])
