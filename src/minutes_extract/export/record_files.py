"""Records and failures from where a run left them: `records.jsonl`, shards `records-*.jsonl`, `.gz` or `.zst`, or the folder they are in.

One line is in memory at a time, so a file may be of any length.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from minutes_extract.batch import layout
from minutes_extract.batch.outcome import Failed
from minutes_extract.errors import UsageError
from minutes_extract.reading.packed import ENDINGS, open_packed
from minutes_extract.records import MinutesRecord

NAMES = tuple(f".jsonl{ending}" for ending in ENDINGS.values())
"""What the name of a file of records ends in."""


class Found(NamedTuple):
    """A record or a failure, and where it stands: file and line."""

    where: str
    outcome: MinutesRecord | Failed


def read_outcomes(path: Path) -> Iterator[Found]:
    """What a run left: its records in their order, then its failures. Empty lines are passed over.

    Raises:
        UsageError: there is nothing, a line is broken (named by file and line).
    """
    for file in record_files(path):
        for where, line in _lines(file):
            yield Found(where, parsed_record(where, line))
    failures = path / layout.FAILURES
    if path.is_dir() and failures.is_file():
        for where, line in _lines(failures):
            yield Found(where, _failure(where, line))


def record_files(path: Path) -> list[Path]:
    """The file itself, or the record files of a folder: `records.jsonl`, else the shards in the order of their names.

    Raises:
        UsageError: there is no such file, a folder without records, or one where it is not clear which are meant.
    """
    if not path.is_dir():
        if not path.is_file():
            raise UsageError(f"{path}: there is no such file or folder; give a records.jsonl or the folder it is in")
        if not path.name.endswith(NAMES):
            raise UsageError(f"{path}: not a file of records by its name; the names end in {', '.join(NAMES)}")
        return [path]
    files = layout.record_files(path)
    if not files:
        raise UsageError(f"{path}: no records.jsonl and no records-*.jsonl here; give the folder that extract wrote")
    whole = [file for file in files if file.name == layout.RECORDS]
    if whole and len(files) > 1:
        raise UsageError(f"{path}: {whole[0].name} and shards stand side by side, from different runs perhaps; name the file to read")
    return files


def _lines(file: Path) -> Iterator[tuple[str, bytes]]:
    """The lines of a file that hold something, each with its place for messages."""
    number = 0
    try:
        with open_packed(file) as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield f"{file}: line {number}", line
    except (OSError, EOFError, zlib.error) as error:
        what = getattr(error, "strerror", None) or error
        raise UsageError(f"{file}: cannot be read behind line {number} ({what}); write it anew") from None


def parsed_record(where: str, line: bytes) -> MinutesRecord:
    """The record in `line`; `where` names its place in messages.

    Raises:
        UsageError: it is none.
    """
    try:
        return MinutesRecord.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{where} is not a record: {f'{field}: ' if field else ''}{first['msg']}") from None


def _failure(where: str, line: bytes) -> Failed:
    try:
        fields = json.loads(line)
        failed = Failed(**fields)
    except (ValueError, TypeError):
        raise UsageError(f"{where} is not a failure as extract writes them; write the folder anew") from None
    texts = (failed.doc_id, failed.stage, failed.reason)
    if not all(isinstance(text, str) for text in texts) or not all(isinstance(text, str | None) for text in (failed.path, failed.sha256)):
        raise UsageError(f"{where} is not a failure as extract writes them; write the folder anew")
    return failed
