"""CSV for spreadsheets: a folder with one file a table, UTF-8 with a mark at the start, lines ending in CR LF, formulas defused.

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, whoever wrote the document. Such a text gets an
apostrophe in front; so does one that already has apostrophes before such a sign, so that the way back is exact (`restored`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from minutes_extract.export.table_folder import TableFolder
from minutes_extract.export.table_rows import Row, Value
from minutes_extract.export.table_writer import Info
from minutes_extract.export.tables import TABLES, Table

ENDING = ".csv"
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def defused(value: Value) -> Value:
    """A cell as it is written: text that a spreadsheet would run gets an apostrophe in front; numbers and dates stay as they are.

    >>> defused("=SUM(A1)"), defused("'=SUM(A1)"), defused("UBND quận Bình Thủy"), defused(-1)
    ("'=SUM(A1)", "''=SUM(A1)", 'UBND quận Bình Thủy', -1)
    """
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def restored(cell: str) -> str:
    """The text of a cell that `defused` wrote.

    >>> restored("'=SUM(A1)"), restored("'Vú sữa' Thới An Đông")
    ('=SUM(A1)', "'Vú sữa' Thới An Đông")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


class CsvTables:
    """Writes a folder of CSV files."""

    def __init__(self, folder: Path) -> None:
        self._folder = TableFolder(folder)
        self._files: list[IO[str]] = []
        self._rows: dict[str, Any] = {}
        for table in TABLES:
            file = (folder / f"{table.name}{ENDING}").open("w", encoding="utf-8-sig", newline="")
            self._files.append(file)
            self._rows[table.name] = csv.writer(file, lineterminator="\r\n")
            self._rows[table.name].writerow(column.name for column in table.columns)

    def write(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows to a table."""
        self._rows[table.name].writerows([defused(value) for value in row] for row in rows)

    def finish(self, info: Info) -> None:
        """Complete the files."""
        self.close()
        self._folder.finish(info)

    def close(self) -> None:
        """Close the files."""
        for file in self._files:
            file.close()
