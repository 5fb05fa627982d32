"""The four formats hold the same rows, and an export is whole or not there."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from minutes_extract import MinutesRecord, to_arrow, to_pandas
from minutes_extract.errors import OutputError, UsageError
from minutes_extract.export.table_csv import defused, restored
from minutes_extract.export.table_export import FORMATS, export_tables
from minutes_extract.export.table_source import batches
from minutes_extract.export.table_sql import views
from minutes_extract.export.tables import TABLES, Table

Tables = dict[str, list[tuple[Any, ...]]]
Make = Callable[..., MinutesRecord]
NEEDS = {"parquet": "pyarrow", "duckdb": "duckdb", "csv": "csv", "sqlite": "sqlite3"}
each_form = pytest.mark.parametrize("form", FORMATS)


def export(source: Any, target: Path, form: str, **options: Any) -> dict[str, int]:
    pytest.importorskip(NEEDS[form])
    return export_tables(source, target, form, **options)


def plain(rows: Any) -> list[tuple[Any, ...]]:
    """Rows in one order, days as texts: what can be compared between formats."""
    return sorted((tuple(v.isoformat() if isinstance(v, date) else v for v in row) for row in rows), key=repr)


def read(form: str, target: Path) -> Tables:
    return {table.name: plain(READERS[form](target, table)) for table in TABLES}


def read_csv(folder: Path, table: Table) -> Iterator[tuple[Any, ...]]:
    with (folder / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == [column.name for column in table.columns]
    for row in rows:
        pairs = zip(row, table.columns, strict=True)
        yield tuple(None if cell == "" else int(cell) if column.type == "int64" else restored(cell) for cell, column in pairs)


def read_sqlite(file: Path, table: Table) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(f"SELECT * FROM {table.name}").fetchall()  # noqa: S608


def read_duckdb(file: Path, table: Table) -> Any:
    with pytest.importorskip("duckdb").connect(str(file), read_only=True) as database:
        return database.execute(f"SELECT * FROM {table.name}").fetchall()  # noqa: S608


def read_parquet(folder: Path, table: Table) -> list[tuple[Any, ...]]:
    rows = pytest.importorskip("pyarrow.parquet").read_table(folder / f"{table.name}.parquet").to_pylist()
    return [tuple(row.values()) for row in rows]


READERS = {"csv": read_csv, "sqlite": read_sqlite, "duckdb": read_duckdb, "parquet": read_parquet}


def expected(source: Any) -> Tables:
    return {table.name: plain(row for batch in batches(source) for row in batch[table.name]) for table in TABLES}


@each_form
def test_every_format_holds_the_rows_of_the_records(form: str, corpus: list[MinutesRecord], tmp_path: Path) -> None:
    rows = export(corpus, tmp_path / "out", form)
    assert read(form, tmp_path / "out") == expected(corpus)
    assert rows == {name: len(rows) for name, rows in expected(corpus).items()}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@each_form
def test_hostile_strings_come_back_as_they_are(form: str, hostile: MinutesRecord, tmp_path: Path) -> None:
    export(hostile, tmp_path / "out", form)
    assert read(form, tmp_path / "out") == expected(hostile)


@each_form
def test_no_records_give_empty_tables(form: str, tmp_path: Path) -> None:
    assert set(export([], tmp_path / "out", form).values()) == {0}
    assert read(form, tmp_path / "out") == {table.name: [] for table in TABLES}


@each_form
def test_a_record_with_nothing_known_has_nulls(form: str, make_record: Make, tmp_path: Path) -> None:
    source = make_record("empty", meeting={"title": None, "kind": "other", "date": None, "part_of_day": None})
    export(source, tmp_path / "out", form)
    assert read(form, tmp_path / "out")["meetings"] == [("empty", "e1", None, "other", None, None, None, None, None)]


@each_form
def test_a_body_may_stand_before_the_one_it_is_part_of(form: str, make_record: Make, tmp_path: Path) -> None:
    bodies = [{"id": "g1", "name": "Phòng Kinh tế", "parent_id": "g2"}, {"id": "g2", "name": "UBND quận Bình Thủy"}]
    export(make_record("a", organizations=bodies), tmp_path / "out", form)
    assert [row[-1] for row in read(form, tmp_path / "out")["organizations"]] == ["g2", None]


@each_form
def test_many_batches_are_one_export(form: str, records: list[MinutesRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minutes_extract.export.table_source.ROWS_A_BATCH", 500)
    export(records, tmp_path / "out", form)
    assert read(form, tmp_path / "out") == expected(records)


@pytest.mark.parametrize("form", ["csv", "parquet", "sqlite"])
def test_equal_records_give_equal_bytes(form: str, records: list[MinutesRecord], tmp_path: Path) -> None:
    for name in ("a", "b"):
        export(records, tmp_path / name, form)
    files = [sorted(path.rglob("*") if path.is_dir() else [path]) for path in (tmp_path / "a", tmp_path / "b")]
    for one, other in zip(*files, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


# CSV


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=SUM(A1)", "'=SUM(A1)"),
        ("+84", "'+84"),
        ("-1", "'-1"),
        ("@cmd", "'@cmd"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'a", "'a"),
        ("a=1", "a=1"),
        ("Trần Hoài Phương", "Trần Hoài Phương"),
        (-1, -1),
        (None, None),
        (date(2023, 8, 8), date(2023, 8, 8)),
    ],
)
def test_formulas_are_defused_and_come_back(value: Any, cell: Any) -> None:
    assert defused(value) == cell
    assert not isinstance(value, str) or restored(cell) == value


def test_csv_has_a_mark_at_the_start_and_line_breaks_inside_of_cells(make_record: Make, tmp_path: Path) -> None:
    export(make_record("a", ["Phòng\nKinh tế", "=SUM(A1)", 'Ông "Ba", Sáu']), tmp_path / "out", "csv")
    data = (tmp_path / "out" / "trademarks.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfdoc_id,id,name,")
    assert 'a,t1,"Phòng\nKinh tế",brand,'.encode() in data
    assert b"a,t2,'=SUM(A1),brand," in data
    assert 'a,t3,"Ông ""Ba"", Sáu",brand,'.encode() in data
    assert data.count(b"\r\n") == 4


def test_csv_opens_in_pandas_with_numbers_as_numbers(records: list[MinutesRecord], tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    export(records, tmp_path / "out", "csv")
    frame = pandas.read_csv(tmp_path / "out" / "mentions.csv", parse_dates=["value_day"])
    told = [mention for record in records for mention in record.mentions]
    assert list(frame["text"]) == [mention.text for mention in told]
    assert list(frame["start"]) == [mention.start for mention in told]
    assert frame["start"].dtype == "int64"
    assert any("\n" in text for text in frame["text"])


# SQLite and DuckDB


def test_sqlite_is_strict_with_keys_foreign_keys_and_indexes(records: list[MinutesRecord], tmp_path: Path) -> None:
    export(records, tmp_path / "out", "sqlite")
    with closing(sqlite3.connect(tmp_path / "out")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in TABLES:
            assert {row[2] for row in database.execute(f"PRAGMA foreign_key_list({table.name})")} == {link.table for link in table.links}
            assert [row[1] for row in database.execute(f"PRAGMA table_info({table.name})") if row[5]] == list(table.key)
        plan = str(database.execute("EXPLAIN QUERY PLAN SELECT * FROM officials WHERE name = 'A'").fetchall())
        assert "officials_name" in plan
        if sqlite3.sqlite_version_info >= (3, 37):
            with pytest.raises(sqlite3.IntegrityError):
                database.execute("UPDATE mentions SET start = 'x'")


@pytest.mark.parametrize("form", ["sqlite", "duckdb"])
def test_every_view_gives_rows(form: str, records: list[MinutesRecord], tmp_path: Path) -> None:
    export(records, tmp_path / "out", form)
    connect = sqlite3.connect if form == "sqlite" else pytest.importorskip("duckdb").connect
    with closing(connect(str(tmp_path / "out"))) as database:
        rows = {view.name: database.execute(f"SELECT count(*) FROM {view.name}").fetchone()[0] for view in views()}  # noqa: S608
    assert [name for name, number in rows.items() if number == 0] == []


def test_duckdb_and_parquet_say_what_a_column_means(hostile: MinutesRecord, tmp_path: Path) -> None:
    export(hostile, tmp_path / "out.duckdb", "duckdb")
    export(hostile, tmp_path / "out", "parquet")
    with pytest.importorskip("duckdb").connect(str(tmp_path / "out.duckdb"), read_only=True) as database:
        query = "SELECT comment FROM duckdb_columns() WHERE table_name = ? AND column_name = ?"
        comments = {(t.name, c.name): database.execute(query, [t.name, c.name]).fetchone()[0] for t in TABLES for c in t.columns}
    assert comments == {(table.name, column.name): column.meaning for table in TABLES for column in table.columns}
    schema = pytest.importorskip("pyarrow.parquet").read_schema(tmp_path / "out" / "mentions.parquet")
    assert schema.field("text").metadata[b"description"] == b"the quote, as written"
    assert [str(schema.field(name).type) for name in ("text", "start", "value_day")] == ["string", "int64", "date32[day]"]


def test_files_say_which_versions_and_rules_they_come_from(hostile: MinutesRecord, tmp_path: Path) -> None:
    export(hostile, tmp_path / "out", "parquet")
    about = json.loads((tmp_path / "out" / "tables.json").read_bytes())
    assert (about["schema_version"], about["tool_versions"], about["rulesets"]) == ("1.0", ["0.1.0"], ["sha256:0"])
    metadata = pytest.importorskip("pyarrow.parquet").read_metadata(tmp_path / "out" / "officials.parquet").metadata
    assert (metadata[b"schema_version"], metadata[b"rulesets"]) == (b"1.0", b'["sha256:0"]')


# What stands there already


@each_form
def test_an_earlier_export_is_replaced(form: str, records: list[MinutesRecord], make_record: Make, tmp_path: Path) -> None:
    export(records, tmp_path / "out", form)
    export(make_record("a"), tmp_path / "out", form)
    assert read(form, tmp_path / "out") == expected(make_record("a"))


@each_form
def test_what_is_no_earlier_export_is_not_touched_without_force(form: str, make_record: Make, tmp_path: Path) -> None:
    target = tmp_path / "out"
    mine = target / "notes.txt" if FORMATS[form].folder else target
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    with pytest.raises(OutputError, match="is not an earlier export of this format; name another target with -o"):
        export(make_record("a"), target, form)
    assert mine.read_text() == "mine"
    export(make_record("a"), target, form, force=True)
    assert read(form, target) == expected(make_record("a"))
    if FORMATS[form].folder:
        assert mine.read_text() == "mine"
        export(make_record("b"), target, form)
        assert mine.read_text() == "mine"


def test_a_file_of_another_database_is_not_taken_for_an_export(make_record: Make, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "own.db")) as database:
        database.execute("CREATE TABLE export_info (info TEXT)")
    with pytest.raises(OutputError, match="not an earlier export"):
        export_tables(make_record("a"), tmp_path / "own.db", "sqlite")


@each_form
def test_a_folder_is_not_written_over_by_a_file_nor_a_file_by_a_folder(form: str, make_record: Make, tmp_path: Path) -> None:
    target = tmp_path / "out"
    if FORMATS[form].folder:
        target.touch()
    else:
        target.mkdir()
    with pytest.raises(OutputError, match="this format writes a f"):
        export(make_record("a"), target, form, force=True)


def test_the_records_themselves_are_never_written_over(make_record: Make, tmp_path: Path) -> None:
    source = tmp_path / "records.jsonl"
    source.write_text(make_record("a").model_dump_json() + "\n", "utf-8")
    before = source.read_bytes()
    for given in (source, tmp_path):
        with pytest.raises(UsageError, match="these are the records themselves"):
            export_tables(given, source, "sqlite", force=True)
    assert source.read_bytes() == before


@pytest.mark.parametrize("beside", ["-wal", "-journal", ".wal"])
def test_a_database_in_use_is_not_replaced(beside: str, make_record: Make, tmp_path: Path) -> None:
    export_tables(make_record("a"), tmp_path / "out", "sqlite")
    (tmp_path / f"out{beside}").touch()
    with pytest.raises(OutputError, match="is in use"):
        export_tables(make_record("a"), tmp_path / "out", "sqlite", force=True)


@each_form
def test_a_fault_in_the_middle_leaves_what_was_there(form: str, make_record: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minutes_extract.export.table_source.ROWS_A_BATCH", 1)
    export(make_record("a"), tmp_path / "out", form)
    (tmp_path / "r.jsonl").write_text(make_record("b").model_dump_json() + "\n{\n", "utf-8")
    for target in ("out", "new"):
        with pytest.raises(UsageError, match=r"r.jsonl: line 2 is not a record"):
            export(tmp_path / "r.jsonl", tmp_path / target, form)
    assert read(form, tmp_path / "out") == expected(make_record("a"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "r.jsonl"]


@each_form
def test_an_export_that_is_stopped_leaves_nothing(form: str, make_record: Make, tmp_path: Path) -> None:
    def stopped() -> Iterator[MinutesRecord]:
        yield make_record("a")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(stopped(), tmp_path / "out", form)
    assert list(tmp_path.iterdir()) == []


@each_form
def test_what_a_killed_export_left_is_removed(form: str, make_record: Make, tmp_path: Path) -> None:
    part = tmp_path / "out.part"
    if FORMATS[form].folder:
        part.mkdir()
        (part / f"officials.{form}").write_text("half")
    else:
        part.write_text("half")
    export(make_record("a"), tmp_path / "out", form)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_files_of_others_under_the_temporary_name_are_not_removed(make_record: Make, tmp_path: Path) -> None:
    mine = tmp_path / "out.part" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("mine")
    with pytest.raises(OutputError, match="cannot be written"):
        export_tables(make_record("a"), tmp_path / "out", "csv")
    assert mine.read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_told(make_record: Make, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        export_tables(make_record("a"), tmp_path / "file" / "out", "csv")


def test_an_unknown_format_is_told_with_the_known_ones(make_record: Make, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="xlsx: there is no such format; the formats are parquet, duckdb, csv, sqlite"):
        export_tables(make_record("a"), tmp_path / "out", "xlsx")


@pytest.mark.parametrize(("form", "package"), [("parquet", "pyarrow"), ("duckdb", "duckdb"), ("duckdb", "pyarrow")])
def test_a_missing_package_is_told_with_the_extra_to_install(
    form: str, package: str, make_record: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if package != "duckdb":
        pytest.importorskip(NEEDS[form])
    for name in [name for name in sys.modules if name.split(".")[0] == package] + [package]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match=r"needs " + package + r".*; install it with: pip install 'minutes-extract\[tables\]'"):
        export_tables(make_record("a"), tmp_path / "out", form)
    assert list(tmp_path.iterdir()) == []
    for other in ("csv", "sqlite"):
        export_tables(make_record("a"), tmp_path / other, other)


# In Python


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_arrow_and_pandas_hold_the_rows(table: Table, records: list[MinutesRecord]) -> None:
    pytest.importorskip("pandas")
    arrow = to_arrow(records, table.name)
    assert plain(tuple(row.values()) for row in arrow.to_pylist()) == expected(records)[table.name]
    frame = to_pandas(records, table.name)
    assert list(frame.columns) == [column.name for column in table.columns]
    assert len(frame) == arrow.num_rows
    for column in table.columns:
        kind = {"int64": "i", "date": "M", "string": "OT"}[column.type]
        assert getattr(frame[column.name].dtype, "kind", "O") in kind


def test_python_reads_folders_too(make_record: Make, tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    (tmp_path / "records.jsonl").write_text(make_record("a", ["Vú sữa"]).model_dump_json() + "\n", "utf-8")
    assert list(to_pandas(tmp_path, table="officials")["name"]) == ["Vú sữa"]
    assert to_arrow(str(tmp_path)).num_rows == 1
    with pytest.raises(UsageError, match="there is no such table"):
        to_pandas(tmp_path, table="people")
