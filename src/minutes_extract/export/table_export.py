"""Export tables: choose the format, see that nothing of others is overwritten, write under a temporary name, rename.

What a run that was broken off leaves is called `….part`; the next one removes it.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from minutes_extract import __version__
from minutes_extract.errors import OutputError, UsageError
from minutes_extract.export.record_files import record_files
from minutes_extract.export.table_csv import CsvTables
from minutes_extract.export.table_duckdb import DuckdbTables, duckdb_faults, duckdb_info
from minutes_extract.export.table_folder import ABOUT, folder_info
from minutes_extract.export.table_parquet import ParquetTables
from minutes_extract.export.table_rows import Rows
from minutes_extract.export.table_source import Source, batches
from minutes_extract.export.table_sqlite import SqliteTables, sqlite_info
from minutes_extract.export.table_writer import Format, Info
from minutes_extract.export.tables import TABLES, TABLES_VERSION, find_table
from minutes_extract.records import SCHEMA_VERSION

NAME = "minutes-extract tables"
"""What `export` says in the info of each export: how an earlier one is known."""

FORMATS: dict[str, Format] = {
    "parquet": Format(True, ParquetTables, folder_info),
    "duckdb": Format(False, DuckdbTables, duckdb_info, duckdb_faults),
    "csv": Format(True, CsvTables, folder_info),
    "sqlite": Format(False, SqliteTables, sqlite_info, lambda: (sqlite3.Error,)),
}
BESIDE = (".wal", "-wal", "-journal", "-shm")
"""What an engine keeps beside a file while it is being written, behind the file's name."""


def export_tables(
    source: Source, target: str | Path, form: str, *, force: bool = False, tell: Callable[[int], None] = lambda _documents: None
) -> dict[str, int]:
    """Write the tables of records to `target` and return the number of rows of each.

    Args:
        source: a folder or file of records, one record, records, or what `extract_many` gives.
        target: a file (`duckdb`, `sqlite`) or a folder (`parquet`, `csv`).
        form: one of `FORMATS`.
        force: overwrite also what is not an earlier export. Other files in a folder are never touched.
        tell: called now and then with the number of documents written so far.

    Raises:
        OutputError: something else stands there, or it cannot be written; what stood there before is unchanged.
        UsageError: no such format, a package is missing, or broken records (named by file and line).
    """
    if form not in FORMATS:
        raise UsageError(f"{form}: there is no such format; the formats are {', '.join(FORMATS)}")
    chosen, target = FORMATS[form], Path(target)
    _refuse_source(source, target)
    with _told(target, chosen):
        _refuse(target, chosen, force=force)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.part")
        _remove(part)
        try:
            info = _write(source, part, chosen, tell)
            _place(part, target)
        finally:
            _remove(part)
    rows: dict[str, int] = info["rows"]
    return rows


def _write(source: Source, part: Path, chosen: Format, tell: Callable[[int], None]) -> Info:
    rows: Counter[str] = Counter({table.name: 0 for table in TABLES})
    versions: set[str] = set()
    rulesets: set[str] = set()
    with closing(chosen.writer(part)) as writer:
        for batch in batches(source):
            for table in TABLES:
                writer.write(table, batch[table.name])
                rows[table.name] += len(batch[table.name])
            versions |= _values(batch, "tool_version")
            rulesets |= _values(batch, "ruleset")
            tell(rows["documents"])
        info = {
            "export": NAME,
            "tables_version": TABLES_VERSION,
            "schema_version": SCHEMA_VERSION,
            "tool": f"minutes-extract {__version__}",
            "tool_versions": sorted(versions),
            "rulesets": sorted(rulesets),
            "rows": dict(rows),
        }
        writer.finish(info)
    return info


def _values(batch: Rows, column: str) -> set[str]:
    place = [one.name for one in find_table("documents").columns].index(column)
    return {str(row[place]) for row in batch["documents"]}


def _refuse_source(source: Source, target: Path) -> None:
    """Never write over what is being read, not even by force."""
    if isinstance(source, str | Path):
        for file in record_files(Path(source)):
            if target.exists() and target.samefile(file):
                raise UsageError(f"{target}: these are the records themselves; name another target with -o")


def _refuse(target: Path, chosen: Format, *, force: bool) -> None:
    if not target.exists():
        return
    if target.is_dir() != chosen.folder:
        is_, wanted = ("a folder", "a file") if target.is_dir() else ("a file", "a folder")
        raise OutputError(f"{target}: is {is_}, this format writes {wanted}; name another target with -o")
    used = [file.name for file in (target.with_name(target.name + ending) for ending in BESIDE) if file.exists()]
    if used and not chosen.folder:
        raise OutputError(f"{target}: is in use ({used[0]} stands beside it); close it in the other program first")
    empty = not any(target.iterdir()) if chosen.folder else target.stat().st_size == 0
    if not force and not empty and (chosen.info(target) or {}).get("export") != NAME:
        raise OutputError(f"{target}: is not an earlier export of this format; name another target with -o, or overwrite it with --force")


def _place(part: Path, target: Path) -> None:
    """Give the export its name. In a folder that is there already, files are replaced one by one, `tables.json` last."""
    if not part.is_dir() or not target.exists():
        part.replace(target)
        return
    former = (folder_info(target) or {}).get("files", [])
    (target / ABOUT).unlink(missing_ok=True)
    names = sorted((file.name for file in part.iterdir()), key=lambda name: (name == ABOUT, name))
    for name in names:
        (part / name).replace(target / name)
    for name in former:
        if name not in names and Path(name).name == name:
            (target / name).unlink(missing_ok=True)


def _remove(part: Path) -> None:
    """Remove what a run that was broken off left, and nothing else."""
    if part.is_dir():
        for table in TABLES:
            for form in FORMATS:
                (part / f"{table.name}.{form}").unlink(missing_ok=True)
        (part / ABOUT).unlink(missing_ok=True)
        part.rmdir()
    for ending in ("", *BESIDE):
        part.with_name(part.name + ending).unlink(missing_ok=True)
    shutil.rmtree(part.with_name(f"{part.name}.tmp"), ignore_errors=True)  # where DuckDB puts what memory does not hold


@contextmanager
def _told(target: Path, chosen: Format) -> Iterator[None]:
    """Turn what the system or the engine says into an `OutputError`."""
    faults: tuple[type[Exception], ...] = (OSError, *chosen.faults())
    try:
        yield
    except faults as error:
        what = getattr(error, "strerror", None) or error
        raise OutputError(f"{target}: cannot be written ({what}); what was there before is unchanged") from None
