"""The tables in Python: Arrow tables and pandas frames, without a file between.

Example:
    `to_pandas("out", "positions")` or `to_pandas(extract_many("data/raw"), "trademarks")`
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from minutes_extract.export.extras import needed
from minutes_extract.export.table_rows import Row
from minutes_extract.export.table_source import Source, batches
from minutes_extract.export.tables import TABLES_VERSION, Table, find_table

if TYPE_CHECKING:
    import pandas
    import pyarrow


def to_arrow(records: Source, table: str = "officials") -> pyarrow.Table:
    """One of the tables of `docs/tables.md` as a `pyarrow.Table`, in memory as a whole.

    Args:
        records: a folder or file of records, one record, records, or what `extract_many` gives.
        table: its name.

    Raises:
        UsageError: no such table, broken records (named by file and line), or pyarrow is not installed.
    """
    wanted = find_table(table)
    schema = arrow_schema(wanted)
    parts = (arrow_batch(wanted, batch[table]) for batch in batches(records))
    arrow: pyarrow.Table = needed("pyarrow", "to_arrow").Table.from_batches(parts, schema=schema)
    return arrow


def to_pandas(records: Source, table: str = "officials") -> pandas.DataFrame:
    """One of the tables of `docs/tables.md` as a `pandas.DataFrame`, in memory as a whole; dates are `datetime64`.

    Takes and raises what `to_arrow` does.
    """
    needed("pandas", "to_pandas")
    needed("pyarrow", "to_pandas")
    frame: pandas.DataFrame = to_arrow(records, table).to_pandas(date_as_object=False)
    return frame


def arrow_schema(table: Table) -> pyarrow.Schema:
    """The columns of a table for Arrow; `description` in the metadata of each says what it means."""
    arrow = needed("pyarrow", f"the table {table.name}")
    types = {"string": arrow.string(), "int64": arrow.int64(), "date": arrow.date32()}
    about = {"description": f"one row: {table.row}", "key": ",".join(table.key), "tables_version": TABLES_VERSION}
    fields = [
        arrow.field(column.name, types[column.type], nullable=not column.required, metadata={"description": column.meaning})
        for column in table.columns
    ]
    return arrow.schema(fields, metadata=about)


def arrow_batch(table: Table, rows: Sequence[Row]) -> Any:
    """Rows of a table as a `pyarrow.RecordBatch`."""
    arrow = needed("pyarrow", f"the table {table.name}")
    schema = arrow_schema(table)
    columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    return arrow.RecordBatch.from_arrays(
        [arrow.array(values, field.type) for values, field in zip(columns, schema, strict=True)], schema=schema
    )
