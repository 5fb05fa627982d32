"""SQLite: one file, strict types, keys and foreign keys enforced, indexes and views. Needs nothing beyond Python.

SQLite has no type for dates: they are texts of the form `2023-08-08`, which its date functions read.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from minutes_extract.export.table_rows import Row
from minutes_extract.export.table_sql import INFO_TABLE, create_table, indexes, insert, keys, views
from minutes_extract.export.table_writer import Info
from minutes_extract.export.tables import TABLES, Table, Type

TYPES: dict[Type, str] = {"string": "TEXT", "int64": "INTEGER", "date": "TEXT"}
STRICT = " STRICT, WITHOUT ROWID" if sqlite3.sqlite_version_info >= (3, 37) else " WITHOUT ROWID"


class SqliteTables:
    """Writes an SQLite file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._database = sqlite3.connect(file, isolation_level=None)
        # The file has no name of its own yet: nothing to roll back, and one sync at the end is enough.
        for setting in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = ON"):
            self._database.execute(f"PRAGMA {setting}")
        self._database.execute("BEGIN")
        for table in TABLES:
            self._database.execute(create_table(table, TYPES, keys(table)) + STRICT)

    def write(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows to a table."""
        dated = [number for number, column in enumerate(table.columns) if column.type == "date"]
        self._database.executemany(insert(table), (_as_text(row, dated) for row in rows) if dated else rows)

    def finish(self, info: Info) -> None:
        """Add indexes, views and what the export says of itself."""
        for statement in (*indexes(), *(view.sql for view in views())):
            self._database.execute(statement)
        self._database.execute(f"CREATE TABLE {INFO_TABLE} (info TEXT NOT NULL)")
        self._database.execute(f"INSERT INTO {INFO_TABLE} VALUES (?)", (json.dumps(info, ensure_ascii=False),))  # noqa: S608
        self._database.execute("COMMIT")
        self.close()
        with self._file.open("r+b") as file:
            os.fsync(file.fileno())

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def sqlite_info(file: Path) -> Info | None:
    """What an earlier export says of itself, None if the file is none."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
            (info,) = database.execute(f"SELECT info FROM {INFO_TABLE}").fetchone()  # noqa: S608
            found = json.loads(info)
    except (sqlite3.Error, TypeError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _as_text(row: Row, dated: Sequence[int]) -> Row:
    return tuple(value.isoformat() if number in dated and isinstance(value, date) else value for number, value in enumerate(row))
