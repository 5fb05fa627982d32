"""What a former run left in the output folder and can be used again: same path, same bytes, same rules, same version.

Records say themselves which bytes, rules and version they come from, so even the part of a run that was broken off counts.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from minutes_extract.batch.layout import FAILURES, KEPT, MANIFEST, NEW, PART, RECORDS, record_files, whole_lines
from minutes_extract.batch.outcome import COUNTED, Failed
from minutes_extract.batch.plan import Document
from minutes_extract.batch.worker import file_sha256
from minutes_extract.reading.packed import open_packed


class Place(NamedTuple):
    """A former record: its file, its first byte and number of bytes in it (decompressed), the SHA-256 of its document, its counts."""

    file: str
    start: int
    size: int
    sha256: str
    counts: tuple[int, ...]


class FormerFile(NamedTuple):
    """A file of former records: bytes (decompressed), lines, SHA-256 of the file itself."""

    size: int
    lines: int
    sha256: str


class Former:
    """The records and failures in an output folder, indexed in the ledger; those made with `tool` (name, version, ruleset) count.

    A failure in reading is used again as long as the bytes are the same; one that the moment may have caused (time, memory,
    a killed process, a fault) is not.
    """

    def __init__(self, folder: Path, tool: dict[str, str], ledger: sqlite3.Connection) -> None:
        self._folder = folder
        self._tool = tool
        self._ledger = ledger
        self._files: dict[str, FormerFile] = {}
        self._readers: OrderedDict[str, _Reader] = OrderedDict()
        ledger.execute(
            "CREATE TABLE former (doc_id TEXT, path TEXT, current INTEGER, sha256 TEXT, file TEXT, start INTEGER, size INTEGER, "
            "counts TEXT, PRIMARY KEY (doc_id, path, current)) WITHOUT ROWID"
        )
        ledger.execute("CREATE TABLE former_failures (doc_id TEXT, path TEXT, line BLOB, PRIMARY KEY (doc_id, path)) WITHOUT ROWID")

    def index(self) -> None:
        """Look through the folder. What broken-off runs left is gathered in `records.jsonl.kept` first.

        Raises:
            OSError, sqlite3.Error: the folder cannot be written.
        """
        self._ledger.execute("BEGIN")
        self._index(self._folder / KEPT)
        self._keep_leftovers()
        for file in record_files(self._folder):
            self._index(file)
        if _manifest_tool(self._folder / MANIFEST) == self._tool:
            self._remember_failures(self._folder / FAILURES)
        self._ledger.execute("COMMIT")

    def find(self, document: Document, shown: str) -> Place | Failed | None:
        """What is known of a document (`shown`: its path as in records), None if nothing is or its bytes have changed."""
        query = "SELECT file, start, size, sha256, counts FROM former WHERE doc_id = ? AND path = ? AND current"
        row = self._ledger.execute(query, (document.doc_id, shown)).fetchone()
        known: Place | Failed
        if row is not None:
            known = Place(row[0], row[1], row[2], row[3], tuple(json.loads(row[4])))
        else:
            row = self._ledger.execute(
                "SELECT line FROM former_failures WHERE doc_id = ? AND path = ?", (document.doc_id, shown)
            ).fetchone()
            if row is None:
                return None
            known = Failed(**json.loads(row[0]))
        return known if known.sha256 == (document.sha256 if document.line else file_sha256(document.file)) else None

    def stale(self) -> tuple[int, str | None]:
        """How many documents of the plan have a record of other rules or another version only, and the tool of one of them."""
        of_others = (
            "FROM documents JOIN former ON former.doc_id = documents.name AND former.path = documents.shown AND NOT former.current "
            "WHERE NOT EXISTS (SELECT 1 FROM former AS same WHERE same.doc_id = former.doc_id AND same.path = former.path AND same.current)"
        )
        count: int = self._ledger.execute(f"SELECT count(*) {of_others}").fetchone()[0]
        row = self._ledger.execute(f"SELECT former.file, former.start, former.size {of_others} LIMIT 1").fetchone()
        if row is None:
            return 0, None
        return count, described(json.loads(self.line(Place(row[0], row[1], row[2], sha256="", counts=())))["tool"])

    def file(self, name: str) -> FormerFile | None:
        """What is known of a file of records that was there before."""
        return self._files.get(name)

    def line(self, place: Place) -> bytes:
        """The bytes of a former record, line break included.

        Raises:
            OSError: the file was changed meanwhile.
        """
        reader = self._readers.pop(place.file, None)
        if reader is None or place.start < reader.position:
            if reader is not None:
                reader.close()
            reader = _Reader(self._folder / place.file)
        self._readers[place.file] = reader
        if len(self._readers) > 2:
            self._readers.popitem(last=False)[1].close()
        return reader.read(place)

    def close(self) -> None:
        """Close the files that are open for reading."""
        while self._readers:
            self._readers.popitem()[1].close()

    def _index(self, file: Path) -> None:
        if not file.is_file():
            return
        size = lines = 0
        for line in whole_lines(file):
            self._remember(file.name, line, size)
            size += len(line)
            lines += 1
        with file.open("rb") as stream:
            self._files[file.name] = FormerFile(size, lines, hashlib.file_digest(stream, "sha256").hexdigest())

    def _remember(self, file: str, line: bytes, start: int) -> bool:
        """Index a record; False if it is none or nothing new."""
        record = _parsed(line)
        if record is None:
            return False
        try:
            counts = json.dumps([len(record[name]) for name in COUNTED])
            row = (record["doc_id"], record["source"]["path"], record["tool"] == self._tool, record["source"]["sha256"])
        except (KeyError, TypeError):  # a line that is none of ours
            return False
        place = "INSERT OR IGNORE INTO former VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        return self._ledger.execute(place, (*row, file, start, len(line), counts)).rowcount > 0

    def _keep_leftovers(self) -> None:
        """Move the records of a run that was broken off to where this run does not write; only what is not there already."""
        leftovers = record_files(self._folder, before=NEW)
        if (part := self._folder / f"{RECORDS}{PART}").is_file():
            leftovers.append(part)
        if leftovers:
            kept = self._folder / KEPT
            with kept.open("ab") as file:
                end = self._files[KEPT].size if KEPT in self._files else 0
                file.truncate(end)
                for leftover in leftovers:
                    for line in whole_lines(leftover):
                        if self._remember(KEPT, line, end):
                            file.write(line)
                            end += len(line)
                file.flush()
                os.fsync(file.fileno())
            for leftover in leftovers:
                leftover.unlink()
        for part in record_files(self._folder, behind=PART):
            part.unlink()  # a shard that was open; it cannot be read

    def _remember_failures(self, file: Path) -> None:
        for line in whole_lines(file):
            with suppress(TypeError):  # a line that is none of ours
                failure = Failed(**(_parsed(line) or {}))
                if failure.stage == "reading" and failure.sha256 and failure.path:
                    row = (failure.doc_id, failure.path, line)
                    self._ledger.execute("INSERT OR IGNORE INTO former_failures VALUES (?, ?, ?)", row)


def described(tool: dict[str, str]) -> str:
    """A tool in a sentence.

    >>> described({"name": "minutes-extract", "version": "0.1.0", "ruleset": "sha256:0123456789abcdef"})
    'version 0.1.0 with rules 0123456789ab'
    """
    return f"version {tool.get('version')} with rules {str(tool.get('ruleset')).removeprefix('sha256:')[:12]}"


class _Reader:
    """A file that is read forward."""

    def __init__(self, file: Path) -> None:
        self._stream: BinaryIO = open_packed(file)
        self._file = file
        self.position = 0

    def read(self, place: Place) -> bytes:
        if self._stream.seekable():
            self._stream.seek(place.start)
        else:
            self._pass_over(place.start - self.position)
        line = self._stream.read(place.size)
        self.position = place.start + len(line)
        if len(line) != place.size or not line.endswith(b"\n"):
            raise OSError(None, "the file was changed by someone else", str(self._file))
        return line

    def _pass_over(self, size: int) -> None:
        while size > 0 and (data := self._stream.read(min(size, 1 << 20))):
            size -= len(data)

    def close(self) -> None:
        self._stream.close()


def _parsed(line: bytes) -> dict[str, Any] | None:
    with suppress(ValueError, RecursionError):
        value = json.loads(line)
        return value if isinstance(value, dict) else None
    return None


def _manifest_tool(file: Path) -> dict[str, str] | None:
    with suppress(OSError, ValueError, AttributeError):
        tool: dict[str, str] = json.loads(file.read_bytes()).get("tool")
        return tool
    return None
