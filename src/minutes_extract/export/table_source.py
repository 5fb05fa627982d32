"""From records, wherever they are, to batches of rows: what every format and `to_arrow` read from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

from minutes_extract.batch.ledger import open_ledger
from minutes_extract.batch.outcome import Extracted, Failed
from minutes_extract.errors import UsageError
from minutes_extract.export.record_files import Found, read_outcomes
from minutes_extract.export.table_rows import Rows, row_of_failure, rows_of
from minutes_extract.export.tables import TABLES
from minutes_extract.records import MinutesRecord

ROWS_A_BATCH = 50_000
"""Rows of all tables together after which a batch is handed on (some hundred documents): bounds memory."""

Source: TypeAlias = str | Path | MinutesRecord | Iterable[MinutesRecord | Extracted | Failed]
"""A file or folder of records, one record, or many: records or what `extract_many` gives."""


def batches(source: Source) -> Iterator[Rows]:
    """The rows of every table, batch by batch, each document whole in one batch; no table is missing in a batch.

    Raises:
        UsageError: a line is broken, a document stands twice, or a record does not hold together; names file and line.
    """
    batch, size = _empty(), 0
    with closing(_Seen()) as seen:
        for where, outcome in _found(source):
            failed = isinstance(outcome, Failed)
            seen.note("failures" if failed else "documents", outcome.doc_id, where)
            rows = {"failures": [row_of_failure(outcome)]} if isinstance(outcome, Failed) else _rows(where, outcome)
            for name, added in rows.items():
                batch[name].extend(added)
                size += len(added)
            if size >= ROWS_A_BATCH:
                yield batch
                batch, size = _empty(), 0
    yield batch


def _empty() -> Rows:
    return {table.name: [] for table in TABLES}


def _found(source: Source) -> Iterator[Found]:
    if isinstance(source, str | Path):
        yield from read_outcomes(Path(source))
        return
    for outcome in [source] if isinstance(source, MinutesRecord) else source:
        one = outcome.record if isinstance(outcome, Extracted) else outcome
        yield Found(f"record {one.doc_id}", one)


def _rows(where: str, record: MinutesRecord) -> Rows:
    try:
        return rows_of(record)
    except ValueError as error:
        raise UsageError(f"{where} ({record.doc_id}) does not hold together: {error}; extract the document anew") from None


class _Seen:
    """The documents so far, in a temporary file of SQLite's own: memory does not grow with their number."""

    def __init__(self) -> None:
        self._known = open_ledger()
        self._known.execute("CREATE TABLE seen (kind TEXT, doc_id TEXT, place TEXT, PRIMARY KEY (kind, doc_id)) WITHOUT ROWID")

    def note(self, kind: str, doc_id: str, where: str) -> None:
        try:
            self._known.execute("INSERT INTO seen VALUES (?, ?, ?)", (kind, doc_id, where))
        except sqlite3.IntegrityError:
            (first,) = self._known.execute("SELECT place FROM seen WHERE kind = ? AND doc_id = ?", (kind, doc_id)).fetchone()
            raise UsageError(f"{where}: the document {doc_id} stands there a second time (first: {first}); keep one") from None

    def close(self) -> None:
        self._known.close()
