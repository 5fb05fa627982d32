"""What each format of tables gives: a writer, and how to know an earlier export of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeAlias

from minutes_extract.export.table_rows import Row
from minutes_extract.export.tables import Table

Info: TypeAlias = dict[str, Any]
"""What an export says of itself: what wrote it, the versions and rules of its records, the number of rows of each table."""


class Writer(Protocol):
    """Writes the tables under a temporary name."""

    def write(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows to a table."""

    def finish(self, info: Info) -> None:
        """Write what comes last and make sure that all of it is on the disk."""

    def close(self) -> None:
        """Let go of the files, finished or not; may be called twice."""


class Format(NamedTuple):
    """A format of tables.

    Attributes:
        folder: one file a table in a folder, else one file for all.
        writer: opens a writer at a path where nothing is.
        info: what an earlier export at a path says of itself, None if it is not one of this format.
        faults: what the engine raises beside `OSError` when it cannot write.
    """

    folder: bool
    writer: Callable[[Path], Writer]
    info: Callable[[Path], Info | None]
    faults: Callable[[], tuple[type[Exception], ...]] = tuple
