"""The ready queries of `docs/queries.md` run as they stand, on both engines, and give the rows the page shows."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from minutes_extract import MinutesRecord
from minutes_extract.export.table_export import export_tables

PAGE = Path(__file__).parents[2] / "docs" / "queries.md"
QUERY = re.compile(r"^```sql\n(?P<sql>.*?)^```\n(?P<shown>(?:\n\|[^\n]*(?:\n\|[^\n]*)*\n)?)", re.MULTILINE | re.DOTALL)
QUERIES = [(found["sql"], found["shown"]) for found in QUERY.finditer(PAGE.read_text("utf-8"))]
each_query = pytest.mark.parametrize(("sql", "shown"), QUERIES, ids=lambda text: re.sub(r"\W+", "_", text[:40]))


@pytest.fixture(scope="module")
def folder(records: list[MinutesRecord], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the records of `data/raw` as a DuckDB and an SQLite file."""
    folder = tmp_path_factory.mktemp("queries")
    export_tables(records, folder / "sqlite", "sqlite")
    return folder


def ask_sqlite(folder: Path, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(folder / "sqlite")) as database:
        answer = database.execute(sql)
        return [column[0] for column in answer.description], answer.fetchall()


def test_there_are_ten_queries_and_each_shows_rows() -> None:
    page = PAGE.read_text("utf-8")
    assert re.findall(r"^## (\d+)\. ", page, re.MULTILINE) == [str(number) for number in range(1, 11)]
    assert len(QUERIES) == page.count("```sql") >= 10
    assert all(shown for _, shown in QUERIES)


@each_query
def test_the_rows_shown_are_rows_of_the_query(sql: str, shown: str, folder: Path) -> None:
    names, rows = ask_sqlite(folder, sql)
    header, _, *lines = shown.strip().splitlines()
    assert [name.strip(" `") for name in header.strip("|").split("|")] == names
    told = {tuple("" if value is None else re.sub(r"\s+", " ", str(value)) for value in row) for row in rows}
    assert [line for line in lines if tuple(cell.strip() for cell in line.strip("|").split("|")) not in told] == []


@each_query
def test_duckdb_and_sqlite_give_the_same_rows(sql: str, shown: str, records: list[MinutesRecord], folder: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    if not (folder / "duckdb").exists():
        export_tables(records, folder / "duckdb", "duckdb")
    with duckdb.connect(str(folder / "duckdb"), read_only=True) as database:
        rows = database.execute(sql).fetchall()
    plain = [tuple(value.isoformat() if isinstance(value, date) else value for value in row) for row in rows]
    assert plain == ask_sqlite(folder, sql)[1]
