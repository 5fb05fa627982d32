"""What a former run left in the output folder and can be used again: same path, same bytes, same rules, same version.

Records say themselves which bytes, rules and version they come from, so even the part of a run that was broken off counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from minutes_extract.batch.outcome import Failed, writable
from minutes_extract.batch.output import FAILURES, KEPT, MANIFEST, RECORDS
from minutes_extract.batch.worker import Task, file_sha256


class Place(NamedTuple):
    """Where a former record lies: file, first byte, number of bytes; and the SHA-256 of its document."""

    file: Path
    start: int
    size: int
    sha256: str


class Former:
    """The records and failures in an output folder that were made with `tool` (name, version, ruleset).

    A failure in reading is used again as long as the bytes are the same; one that the moment may have caused (time, memory,
    a killed process, a fault) is not.
    """

    def __init__(self, folder: Path, tool: dict[str, str]) -> None:
        self._records: dict[tuple[str, str], Place] = {}
        self._failures: dict[tuple[str, str], Failed] = {}
        for name in (RECORDS, KEPT):
            self._index(folder / name, tool)
        if _manifest_tool(folder / MANIFEST) == tool:
            self._remember_failures(folder / FAILURES)

    def __len__(self) -> int:
        return len(self._records) + len(self._failures)

    def find(self, task: Task) -> Place | Failed | None:
        """What is known of a document, None if nothing is or its bytes have changed."""
        key = (task.doc_id, writable(task.path))
        known = self._records.get(key) or self._failures.get(key)
        return known if known is not None and known.sha256 == file_sha256(task.path) else None

    def _index(self, file: Path, tool: dict[str, str]) -> None:
        start = 0
        for line in _lines(file):
            record = _parsed(line)
            if record is not None and record.get("tool") == tool:
                source = record["source"]
                self._records[record["doc_id"], source["path"]] = Place(file, start, len(line), source["sha256"])
            start += len(line)

    def _remember_failures(self, file: Path) -> None:
        for line in _lines(file):
            fields = _parsed(line) or {}
            with suppress(TypeError):  # a line that is none of ours
                failure = Failed(**fields)
                if failure.stage == "reading" and failure.sha256 and failure.path:
                    self._failures[failure.doc_id, failure.path] = failure


def line_at(place: Place) -> bytes:
    """The bytes of a former record, line break included."""
    with place.file.open("rb") as file:
        file.seek(place.start)
        return file.read(place.size)


def _lines(file: Path) -> Iterator[bytes]:
    """The complete lines of a file; a last line that was cut off is left out, a missing file has none."""
    with suppress(FileNotFoundError), file.open("rb") as lines:
        yield from (line for line in lines if line.endswith(b"\n"))


def _parsed(line: bytes) -> dict[str, Any] | None:
    with suppress(ValueError):
        value = json.loads(line)
        return value if isinstance(value, dict) else None
    return None


def _manifest_tool(file: Path) -> dict[str, str] | None:
    with suppress(OSError, ValueError):
        tool: dict[str, str] = json.loads(file.read_bytes()).get("tool")
        return tool
    return None
