"""The output folder: every file is written under a temporary name and renamed when it is whole.

| file | what |
|---|---|
| `records.jsonl` | one record a line, in the order of the input |
| `failures.jsonl` | one document a line that gave no record: doc_id, path, stage, reason, sha256 |
| `manifest.json` | tool, rules, counts, and each input with its sha256 and outcome; no clock times, so equal runs give equal bytes |
| `texts/DOC_ID.txt` | with `--text`: the text as read in UTF-8, line breaks untouched, to which the offsets belong |

While a run goes on, its records are in `records.jsonl.part`. A run that is broken off leaves that file, and the next one
takes over what is in it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from minutes_extract.errors import OutputError

RECORDS, FAILURES, MANIFEST, TEXTS = "records.jsonl", "failures.jsonl", "manifest.json", "texts"
KEPT = "records.jsonl.kept"
"""Records of runs that were broken off; removed when a run is complete."""

MANIFEST_VERSION = "1.0"


class OutputFolder:
    """An output folder being written. Nothing a former run wrote changes before `finish`.

    Raises:
        OutputError: from every method, when the folder cannot be made or written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with told(folder):
            if folder.exists() and not folder.is_dir():
                raise OutputError(f"{folder}: the output folder is a file; name another one with -o")
            folder.mkdir(parents=True, exist_ok=True)
            self._keep_part()
        self._streams: dict[str, _Stream] = {}

    def open(self) -> None:
        """Begin the records and the failures of this run."""
        for name in (RECORDS, FAILURES):
            with told(self.folder / name):
                self._streams[name] = _Stream(self.folder / f"{name}.part")

    def write(self, name: str, line: bytes) -> None:
        """Add a line, with its line break, to `records.jsonl` or `failures.jsonl`."""
        with told(self.folder / name):
            self._streams[name].write(line)

    def write_text(self, doc_id: str, text: str) -> None:
        """Put the text of a document as read beside its record."""
        file = self.folder / TEXTS / f"{doc_id}.txt"
        with told(file):
            file.parent.mkdir(exist_ok=True)
            replace_bytes(file, text.encode("utf-8"))

    def finish(self, manifest: dict[str, Any]) -> None:
        """Give the files of this run their names, the manifest last, and drop what broken-off runs had left."""
        files = {name: {"lines": stream.lines, "sha256": stream.digest.hexdigest()} for name, stream in self._streams.items()}
        whole = json.dumps({"manifest_version": MANIFEST_VERSION, **manifest, "files": files}, ensure_ascii=False, indent=1)
        with told(self.folder):
            self.close()
            for name in self._streams:
                (self.folder / f"{name}.part").replace(self.folder / name)
            replace_bytes(self.folder / MANIFEST, f"{whole}\n".encode())
            (self.folder / KEPT).unlink(missing_ok=True)

    def close(self) -> None:
        """Close what is open; what was written stays in the `.part` files."""
        for stream in self._streams.values():
            stream.close()

    def _keep_part(self) -> None:
        """Move the records of a run that was broken off to where `Former` looks and this run does not write."""
        part, kept = self.folder / f"{RECORDS}.part", self.folder / KEPT
        if not part.is_file():
            return
        if not kept.is_file():
            part.replace(kept)
            return
        with kept.open("ab") as file, part.open("rb") as lines:
            file.writelines(line for line in lines if line.endswith(b"\n"))
        part.unlink()


class _Stream:
    """A file being written, with the number and the hash of its lines."""

    def __init__(self, path: Path) -> None:
        self._file: IO[bytes] = path.open("wb")
        self.lines = 0
        self.digest = hashlib.sha256()

    def write(self, line: bytes) -> None:
        self._file.write(line)
        self._file.flush()  # a killed run then loses one line at most
        self.lines += 1
        self.digest.update(line)

    def close(self) -> None:
        if not self._file.closed:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()


def replace_bytes(file: Path, content: bytes) -> None:
    """Write a whole file under a temporary name, then rename it."""
    part = file.with_name(f"{file.name}.part")
    try:
        part.write_bytes(content)
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
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error}); what was there before is unchanged") from None
