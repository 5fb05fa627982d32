"""`minutes-extract export`: records as tables for databases, data frames and spreadsheets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from minutes_extract.cli.screen import as_typed, out


def command(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="parquet, duckdb, csv or sqlite.", show_default=False)],
    records: Annotated[
        Path,
        typer.Argument(
            metavar="RECORDS", help="The folder that extract wrote, or a file of records (.jsonl, .gz, .zst).", show_default=False
        ),
    ],
    target: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="TARGET", help="A file (duckdb, sqlite) or a folder (parquet, csv).", show_default=False),
    ],
    force: Annotated[bool, typer.Option("--force", help="Overwrite TARGET also if it is not an earlier export.")] = False,
) -> None:
    """Write records as typed tables with keys; docs/tables.md tells what each column means."""
    from rich.box import SIMPLE
    from rich.table import Table

    from minutes_extract.cli.progress import DocumentsTold
    from minutes_extract.export.table_export import export_tables

    rows = export_tables(records, target, as_typed(form), force=force, tell=DocumentsTold())
    shown = Table("table", box=SIMPLE, show_edge=False)
    shown.add_column("rows", justify="right")
    for name, number in rows.items():
        shown.add_row(name, str(number))
    out().print(shown)
    out().print(f"written to {target.as_posix()}")
