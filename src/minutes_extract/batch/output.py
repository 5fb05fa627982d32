"""The output folder being written: every file under a temporary name first, renamed when it is whole. Its files: `batch.layout`."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from minutes_extract.batch.former import Former
from minutes_extract.batch.layout import FAILURES as FAILURES
from minutes_extract.batch.layout import INPUTS, KEPT, LEDGER, MANIFEST, PART, RUN, TEXTS, record_files
from minutes_extract.batch.layout import RECORDS as RECORDS
from minutes_extract.batch.lock import FolderLock
from minutes_extract.batch.records_out import OneFile, RecordsOut, Shards
from minutes_extract.batch.streams import Compression, LineFile
from minutes_extract.errors import OutputError

MANIFEST_VERSION = "1.1"


class OutputFolder:
    """An output folder, held for this run. Nothing a former run wrote changes before `finish`.

    Attributes:
        folder: its path.
        ledger: where the scratch database goes.

    Raises:
        OutputError: when the folder cannot be made or written, or another run holds it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = folder / LEDGER
        with told(folder):
            if folder.exists() and not folder.is_dir():
                raise OutputError(f"{folder}: the output folder is a file; name another one with -o")
            self._made = not folder.exists()
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = FolderLock(folder)
        self._records: RecordsOut | None = None
        self._lists: dict[str, LineFile] = {}

    def open(self, former: Former, shard_size: int | None = None, compression: Compression = "none") -> None:
        """Begin the files of this run: one for the records, or shards of `shard_size` documents."""
        for name in (FAILURES, INPUTS):
            self._lists[name] = LineFile(self.folder / name)
        self._records = OneFile(self.folder, former) if shard_size is None else Shards(self.folder, shard_size, compression, former)

    @property
    def records(self) -> RecordsOut:
        """Where the records go."""
        if self._records is None:
            raise RuntimeError("the output folder is not open")
        return self._records

    def write(self, name: str, line: bytes) -> None:
        """Add a line, with its line break, to `failures.jsonl` or `inputs.jsonl`."""
        self._lists[name].write(line)

    def write_text(self, doc_id: str, text: str) -> None:
        """Put the text of a document as read beside its record."""
        file = self.folder / TEXTS / f"{file_name(doc_id)}.txt"
        file.parent.mkdir(exist_ok=True)
        replace_bytes(file, text.encode("utf-8"))

    def finish(self, manifest: dict[str, Any], facts: dict[str, Any]) -> None:
        """Give the files of this run their names, the manifest last, and drop what former runs had left.

        `facts` of this run go to `run.json`.
        """
        for stream in self._lists.values():
            stream.close()
        files = self.records.finish()
        for name, stream in self._lists.items():
            stream.name_it()
            files[name] = stream.facts()
        self._records = None
        _write_json(self.folder / MANIFEST, {"manifest_version": MANIFEST_VERSION, **manifest, "files": files})
        _write_json(self.folder / RUN, facts)
        for file in record_files(self.folder):
            if file.name not in files:
                file.unlink()
        (self.folder / KEPT).unlink(missing_ok=True)

    def release(self) -> None:
        """Close what is open and let go of the folder; what was written stays for the next run to go on from."""
        for file in (self._records, *self._lists.values()):
            if file is not None:
                with suppress(OSError):  # a full disk has been told of already
                    file.close()
        for scratch in (self.ledger, *(self.folder / f"{name}{PART}" for name in self._lists)):
            with suppress(OSError):
                scratch.unlink()
        self._lock.release()
        if self._made:
            with suppress(OSError):  # not empty, as it should be
                self.folder.rmdir()


def file_name(doc_id: str) -> str:
    """A document's name as the name of a file, never outside its folder: the id of a text may hold anything.

    >>> file_name("bb_01.txt"), file_name("../2023/01"), file_name(".")
    ('bb_01.txt', '%2E.%2F2023%2F01', '%2E')
    """
    safe = re.sub(r"^\.|[/\\\x00-\x1f]|%(?=[0-9A-F]{2})", lambda found: f"%{ord(found[0]):02X}", doc_id)
    data = safe.encode("utf-8", "replace")
    if len(data) <= _NAME_BYTES:
        return safe
    import hashlib

    return f"{data[:_NAME_BYTES].decode('utf-8', 'ignore')}~{hashlib.sha256(doc_id.encode()).hexdigest()[:12]}"


_NAME_BYTES = 200


def _write_json(file: Path, content: dict[str, Any]) -> None:
    replace_bytes(file, f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode(), durable=True)


def replace_bytes(file: Path, content: bytes, *, durable: bool = False) -> None:
    """Write a whole file under a temporary name, then rename it. `durable`: also wait until it is on the disk."""
    part = file.with_name(f"{file.name}{PART}")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        part.replace(file)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the system says of `path` into an `OutputError`."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(
            f"{path}: cannot be written ({reason}); what was there before is unchanged; mend it and run the same command again"
        ) from None
