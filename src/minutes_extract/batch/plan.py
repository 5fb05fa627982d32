"""The documents of a run: which, in which order, under which names. Kept on disk, so that millions take no memory."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path, PurePath
from typing import NamedTuple

from minutes_extract.batch.outcome import writable
from minutes_extract.batch.worker import Task
from minutes_extract.errors import UsageError
from minutes_extract.reading.jsonl import TextLine, is_jsonl, read_jsonl

CHANGED = "changed while it was read; run again"


class Listed(NamedTuple):
    """An input taken from a list of files: where it leads nowhere, that costs this document and not the run."""

    path: str


class Document(NamedTuple):
    """A document of a run: its name, its path in records, the file it is in; for a line of a JSONL file also which and its hash."""

    doc_id: str
    path: str
    file: str
    line: int = 0
    sha256: str | None = None
    fault: str | None = None


class Plan:
    """The documents behind inputs, in order, each path once, each with a name of its own.

    The order is that of the inputs, inside a folder that of the paths, inside a JSONL file that of the lines.

    The name is the file's name without its ending, for a line of a JSONL file its id. Where two documents would share it,
    both keep the ending (a line: the name of its file and its number), and where that is not enough both carry their path:
    `a/bb_01.txt` and `b/bb_01.txt` are `a_bb_01.txt` and `b_bb_01.txt`. Names do not depend on the order.
    """

    def __init__(self, ledger: sqlite3.Connection) -> None:
        self._ledger = ledger
        ledger.execute(
            "CREATE TABLE documents (path BLOB UNIQUE, file BLOB, given INTEGER, place BLOB, line INTEGER, "
            "name TEXT, shown TEXT, sha256 TEXT, fault TEXT)"
        )

    def __len__(self) -> int:
        count: int = self._ledger.execute("SELECT count(*) FROM documents").fetchone()[0]
        return count

    def add(self, inputs: Iterable[str | Path | Listed], *, apart_from: Path | None = None) -> None:
        """Find the documents behind files, folders, patterns and JSONL files, and name them. Call it once.

        Documents inside the folder `apart_from` (the texts that a former run wrote) are left out.

        Raises:
            UsageError: a path is missing, or nothing is found.
        """
        avoid = None if apart_from is None or not apart_from.is_dir() else apart_from.resolve()
        rows = (row for number, given in enumerate(inputs) for row in _rows(number, given, avoid))
        self._ledger.execute("BEGIN")
        self._ledger.executemany("INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._ledger.execute("COMMIT")
        if not len(self):
            if avoid is not None:
                raise UsageError(f"{apart_from}: holds only what a former run wrote; give the documents themselves")
            raise UsageError("no documents: give files or folders")
        self._make_names_unique()
        self._ledger.execute("CREATE INDEX in_order ON documents (given, place, line)")

    def __iter__(self) -> Iterator[Document]:
        query = "SELECT name, path, file, line, sha256, fault FROM documents ORDER BY given, place, line"
        for name, path, file, line, sha256, fault in self._ledger.execute(query):
            yield Document(name, os.fsdecode(path), os.fsdecode(file), line, sha256, fault)

    def _make_names_unique(self) -> None:
        self._ledger.execute("CREATE INDEX by_name ON documents (name)")
        for number, longer in enumerate(LONGER_NAMES):
            self._ledger.create_function(f"longer{number}", 2, longer, deterministic=True)
            # The shared names are gathered before the first row changes.
            self._ledger.execute("CREATE TEMP TABLE shared AS SELECT name FROM documents GROUP BY name HAVING count(*) > 1")
            self._ledger.execute("CREATE INDEX temp.by_shared ON shared (name)")
            self._ledger.execute(
                f"UPDATE documents SET name = longer{number}(shown, line) WHERE name IN (SELECT name FROM shared)"  # noqa: S608
            )
            self._ledger.execute("DROP TABLE shared")


LONGER_NAMES: tuple[Callable[[str, int], str], ...] = (
    lambda path, line: PurePath(path).name,
    lambda path, line: path.strip("/").replace("/", "_"),
    lambda path, line: path,
)
"""Names of a document from its path, each longer than the one before; the last one is never shared."""


def as_given(path: str | Path) -> str:
    """A path as it goes into a record: relative stays relative, forward slashes.

    >>> as_given(Path("data") / "raw" / "bb_01.txt")
    'data/raw/bb_01.txt'
    """
    return Path(path).as_posix()


def find_tasks(inputs: Iterable[str | Path]) -> Iterator[Task]:
    """The tasks of a `Plan` of `inputs`, which is made at once and kept in a temporary file.

    Raises:
        UsageError: a path is missing, or nothing is found.
    """
    from minutes_extract.batch.ledger import open_ledger

    ledger = open_ledger()
    plan = Plan(ledger)
    plan.add(inputs)

    def tasks() -> Iterator[Task]:
        with closing(ledger):
            texts = Texts()
            yield from (texts.task(document) for document in plan)

    return tasks()


class Texts:
    """Tasks from documents; the lines of JSONL files are read one after the other, as their turn comes."""

    def __init__(self) -> None:
        self._file: str | None = None
        self._lines: Iterator[TextLine] = iter(())
        self._number = 0

    def task(self, document: Document) -> Task:
        """The task for a document; a line that is another one than when the plan was made gives a fault."""
        if not document.line:
            return Task(document.doc_id, document.path)
        task = Task(document.doc_id, document.path, None, document.sha256, document.fault)
        if document.fault is not None:
            return task
        line = self._line(document.file, document.line)
        if line is None or line.text is None or line.sha256 != document.sha256:
            return task._replace(sha256=None, fault=CHANGED)
        return task._replace(text=line.text)

    def _line(self, file: str, number: int) -> TextLine | None:
        if file != self._file or number <= self._number:
            self._file, self._lines, self._number = file, read_jsonl(Path(file), after=number - 1), 0
        for line in self._lines:
            self._number = line.number
            if line.number >= number:
                return line if line.number == number else None
        return None


_Row = tuple[bytes, bytes, int, bytes, int, str, str, str | None, str | None]


def _rows(number: int, given: str | Path | Listed, avoid: Path | None) -> Iterator[_Row]:
    for found in _found(given):
        if avoid is not None and found.resolve().is_relative_to(avoid):
            continue
        path = as_given(found)
        file, place = os.fsencode(path), b"\0".join(os.fsencode(part) for part in found.parts)
        if not is_jsonl(path):
            yield file, file, number, place, 0, PurePath(writable(path)).stem, writable(path), None, None
            continue
        for line in read_jsonl(found):
            where = f"{path}#{line.number}"
            name = PurePath(writable(where)).name if line.id is None else writable(line.id)
            yield os.fsencode(where), file, number, place, line.number, name, writable(where), line.sha256, line.fault


def _found(given: str | Path | Listed) -> Iterator[Path]:
    from minutes_extract.reading.folders import find_documents

    if isinstance(given, Listed) and not Path(given.path).is_dir():
        return iter([Path(given.path)])
    return find_documents(given.path if isinstance(given, Listed) else given)
