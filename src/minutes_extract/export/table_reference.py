"""`docs/tables.md` from the definition of the tables: run `python -m minutes_extract.export.table_reference docs/tables.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from minutes_extract.export.table_sql import views
from minutes_extract.export.tables import TABLES, TABLES_VERSION, Table

START, END = "<!-- tables -->", "<!-- end of tables -->"


def reference() -> str:
    """The tables, their columns and the views as Markdown."""
    return "\n".join(_lines())


def with_reference(page: str) -> str:
    """A page with the reference between its marks."""
    before, _, rest = page.partition(START)
    _, _, behind = rest.partition(END)
    return f"{before}{START}\n\n{reference()}\n\n{END}{behind}"


def _lines() -> Iterator[str]:
    yield f"Version of the tables: {TABLES_VERSION}. Columns in bold have a value in every row."
    for table in TABLES:
        yield from _table(table)
    yield from ("", "## Views", "", "In SQLite and DuckDB.", "", "| view | one row |", "|---|---|")
    for view in views():
        yield f"| `{view.name}` | {view.row} |"


def _table(table: Table) -> Iterator[str]:
    yield from ("", f"## {table.name}", "", f"One row: {table.row}. Key: {_names(table.key)}.")
    for link in table.links:
        yield f"{_names(link.columns)}: a row of [{link.table}](#{link.table})."
    yield from ("", "| column | type | meaning |", "|---|---|---|")
    for column in table.columns:
        yield f"| {f'**`{column.name}`**' if column.required else f'`{column.name}`'} | {column.type} | {column.meaning} |"


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in columns)


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.write_text(with_reference(file.read_text("utf-8")), "utf-8", newline="\n")
