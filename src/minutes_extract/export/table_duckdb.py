"""DuckDB: one file with typed tables, comments and views.

Keys are not declared: DuckDB holds the index of a key in memory, so that it would grow with the documents, and the file would be eight
times as large. They hold all the same: `table_source` and `table_rows` check them before a row is written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from minutes_extract.export.extras import needed
from minutes_extract.export.frames import arrow_batch
from minutes_extract.export.table_rows import Row
from minutes_extract.export.table_sql import INFO_TABLE, create_table, views
from minutes_extract.export.table_writer import Info
from minutes_extract.export.tables import TABLES, Table, Type

TYPES: dict[Type, str] = {"string": "VARCHAR", "int64": "BIGINT", "date": "DATE"}
MEMORY = "128MB"
"""What DuckDB may hold while it writes; it would take most of the machine's memory."""


class DuckdbTables:
    """Writes a DuckDB file."""

    def __init__(self, file: Path) -> None:
        duckdb = needed("duckdb", "export duckdb")
        needed("pyarrow", "export duckdb")
        self._file = file
        self._database = duckdb.connect(str(file), config={"memory_limit": MEMORY})
        for table in TABLES:
            self._database.execute(create_table(table, TYPES))

    def write(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows to a table."""
        self._database.register("added", arrow_batch(table, rows))
        self._database.execute(f"INSERT INTO {table.name} SELECT * FROM added")  # noqa: S608
        self._database.unregister("added")

    def finish(self, info: Info) -> None:
        """Add views, comments and what the export says of itself."""
        for view in views():
            self._database.execute(view.sql)
            self._database.execute(f"COMMENT ON VIEW {view.name} IS {_quoted(f'one row: {view.row}')}")
        for table in TABLES:
            self._database.execute(f"COMMENT ON TABLE {table.name} IS {_quoted(f'one row: {table.row}')}")
            for column in table.columns:
                self._database.execute(f'COMMENT ON COLUMN {table.name}."{column.name}" IS {_quoted(column.meaning)}')
        self._database.execute(f"CREATE TABLE {INFO_TABLE} (info VARCHAR NOT NULL)")
        self._database.execute(f"INSERT INTO {INFO_TABLE} VALUES (?)", [json.dumps(info, ensure_ascii=False)])  # noqa: S608
        self._database.execute("CHECKPOINT")
        self.close()
        with self._file.open("r+b") as file:
            os.fsync(file.fileno())

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def duckdb_info(file: Path) -> Info | None:
    """What an earlier export says of itself, None if the file is none."""
    duckdb = needed("duckdb", "export duckdb")
    try:
        with duckdb.connect(str(file), read_only=True) as database:
            (info,) = database.execute(f"SELECT info FROM {INFO_TABLE}").fetchone()  # noqa: S608
            found = json.loads(info)
    except (duckdb.Error, TypeError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def duckdb_faults() -> tuple[type[Exception], ...]:
    """What DuckDB raises when it cannot write."""
    return (needed("duckdb", "export duckdb").Error,)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
