"""The tables as SQL, for SQLite and DuckDB: what creates them, their indexes, and the views (`data/views.sql`, the same for both)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from minutes_extract.export.tables import TABLES, Column, Table, Type, find_table

INFO_TABLE = "export_info"
_VIEW = re.compile(r"^-- (?P<meaning>[^\n]+)\n(?P<sql>CREATE VIEW (?P<name>\w+) AS\n.*?);$", re.MULTILINE | re.DOTALL)


class View(NamedTuple):
    """A view: its name, what a row of it is, and the statement that creates it."""

    name: str
    row: str
    sql: str


@cache
def views() -> tuple[View, ...]:
    """The views of `data/views.sql`, in their order."""
    text = (files("minutes_extract.export") / "data" / "views.sql").read_text("utf-8")
    return tuple(View(found["name"], found["meaning"], found["sql"]) for found in _VIEW.finditer(text))


def create_table(table: Table, types: Mapping[Type, str], constraints: Iterable[str] = ()) -> str:
    """The statement that creates a table. `types`: what the engine calls each type.

    >>> print(create_table(TABLES[-1], {"string": "TEXT"}, ['PRIMARY KEY ("doc_id")']))
    CREATE TABLE failures (
      "doc_id" TEXT NOT NULL,
      "path" TEXT,
      "stage" TEXT NOT NULL,
      "reason" TEXT NOT NULL,
      "sha256" TEXT,
      PRIMARY KEY ("doc_id")
    )
    """
    lines = [*(_column(column, types) for column in table.columns), *constraints]
    body = ",\n".join(f"  {line}" for line in lines)
    return f"CREATE TABLE {table.name} (\n{body}\n)"


def keys(table: Table) -> Iterator[str]:
    """The key and the foreign keys of a table as constraints.

    A body may stand before the one it is part of: references are checked when all is written.
    """
    yield f"PRIMARY KEY ({_names(table.key)})"
    for link in table.links:
        target = f"{link.table} ({_names(find_table(link.table).key)})"
        yield f"FOREIGN KEY ({_names(link.columns)}) REFERENCES {target} DEFERRABLE INITIALLY DEFERRED"


def indexes() -> Iterator[str]:
    """Statements for the indexes beside the keys: foreign keys that the key does not begin with, and names."""
    for table in TABLES:
        wanted = [link.columns for link in table.links if link.columns != table.key[: len(link.columns)]]
        wanted += [(column.name,) for column in table.columns if column.name == "name"]
        for columns in wanted:
            yield f"CREATE INDEX {table.name}_{columns[-1]} ON {table.name} ({_names(columns)})"


def insert(table: Table) -> str:
    """The statement that adds a row, with a `?` for each column."""
    return f"INSERT INTO {table.name} VALUES ({', '.join('?' for _ in table.columns)})"  # noqa: S608


def _column(column: Column, types: Mapping[Type, str]) -> str:
    return f'"{column.name}" {types[column.type]}{" NOT NULL" if column.required else ""}'


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
