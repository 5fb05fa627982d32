"""doccano JSONL (`gold.jsonl`): a line for each document, `{"text": ..., "label": [[start, end, label], ...]}`.

Offsets are code points. Beside these two fields stand `doc_id` and `values` (`[[start, end, label, EDTF], ...]`), which doccano keeps
as metadata. A line without `doc_id` is known by its text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from minutes_extract.errors import GoldError
from minutes_extract.evaluation.formats.grounding import (
    AnnotatedText,
    Exported,
    Imported,
    Span,
    Texts,
    content_of,
    files_of,
    line_ends_restored,
    restored,
    settle,
    whole,
)
from minutes_extract.evaluation.gold import GoldMention


def to_files(documents: Sequence[AnnotatedText]) -> Exported:
    """One file with a line for each document; nothing of the mentions is lost."""
    return Exported({"gold.jsonl": "".join(json.dumps(_entry(document), ensure_ascii=False) + "\n" for document in documents)})


def from_source(source: Path, texts: Texts) -> Imported:
    """The labels of a JSONL export, or of all in a folder (`label` or `labels`).

    Raises:
        GoldError: not such JSON, offsets outside of the text, an unknown document or label, a quote that is nowhere.
    """
    mentions: dict[str, tuple[GoldMention, ...]] = {}
    notes: list[str] = []
    for file in files_of(source, ".jsonl"):
        for number, line in enumerate(content_of(file).split("\n"), 1):
            if not line.strip():
                continue
            where = f"{file}: line {number}"
            entry = _parsed(line, where)
            name = texts.name_of(entry.get("doc_id"), entry["text"], where)
            if name in mentions:
                raise GoldError(f"{where}: a second line for {name}; take one out")
            text = texts.text(name, where)
            mentions[name], moved = settle(text, _spans(entry, text, where))
            notes += moved
    return Imported(mentions, tuple(notes))


def _entry(document: AnnotatedText) -> dict[str, Any]:
    entry = {
        "doc_id": document.doc_id,
        "text": document.text,
        "label": [[mention.start, mention.end, mention.label] for mention in document.mentions],
    }
    values = [[one.start, one.end, one.label, one.value] for one in document.mentions if one.value is not None]
    return {**entry, "values": values} if values else entry


def _parsed(line: str, where: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise GoldError(f"{where}: not JSON: {error}") from None
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        raise GoldError(f"{where}: no 'text'; export from doccano as JSONL")
    return entry


def _spans(entry: dict[str, Any], text: str, where: str) -> Iterator[Span]:
    theirs = entry["text"]
    ends = line_ends_restored(theirs, text)
    values = {(row[0], row[1], row[2]): row[3] for row in _rows(entry, "values", 4, where) if isinstance(row[3], str)}
    for number, (start, end, label) in enumerate(_rows(entry, "labels" if "labels" in entry else "label", 3, where)):
        here = f"{where}, label {number}"
        if end <= start or end > len(theirs):
            raise GoldError(f"{here} ({start}..{end} {label}): outside of the text (0..{len(theirs)}) or empty; label it anew")
        yield Span(here, restored(start, ends), restored(end, ends), label, theirs[start:end], values.get((start, end, label)))


def _rows(entry: dict[str, Any], field: str, size: int, where: str) -> list[list[Any]]:
    rows = entry.get(field) or []
    if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) == size and isinstance(row[2], str) for row in rows):
        raise GoldError(f"{where}: {field!r} is not a list of [start, end, label]; export from doccano as JSONL")
    for row in rows:
        whole(row[0], where)
        whole(row[1], where)
    return rows
