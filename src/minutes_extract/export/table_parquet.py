"""Parquet: a folder with one file a table, packed with zstd.

What a column means stands in the metadata of its field (`description`); versions, rules and program in the metadata of the file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from minutes_extract.export.extras import needed
from minutes_extract.export.frames import arrow_batch, arrow_schema
from minutes_extract.export.table_folder import TableFolder
from minutes_extract.export.table_rows import Row
from minutes_extract.export.table_writer import Info
from minutes_extract.export.tables import TABLES, Table

ENDING = ".parquet"


class ParquetTables:
    """Writes a folder of Parquet files; a batch of rows is a row group."""

    def __init__(self, folder: Path) -> None:
        parquet = needed("pyarrow.parquet", "export parquet")
        self._folder = TableFolder(folder)
        self._files: dict[str, Any] = {
            table.name: parquet.ParquetWriter(folder / f"{table.name}{ENDING}", arrow_schema(table), compression="zstd") for table in TABLES
        }

    def write(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows to a table."""
        self._files[table.name].write_batch(arrow_batch(table, rows))

    def finish(self, info: Info) -> None:
        """Complete the files."""
        about = {name: value if isinstance(value, str) else json.dumps(value) for name, value in info.items()}
        for file in self._files.values():
            file.add_key_value_metadata(about)
        self.close()
        self._folder.finish(info)

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()
