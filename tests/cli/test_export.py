"""`minutes-extract export`: tables, messages, exit codes."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import minutes_extract


@pytest.fixture(scope="module")
def records(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the records of two documents."""
    file = tmp_path_factory.mktemp("records") / "records.jsonl"
    documents = sorted(raw.glob("*.txt"))[:2]
    file.write_text("".join(minutes_extract.extract(document).model_dump_json() + "\n" for document in documents), "utf-8")
    return file


def test_export_writes_a_database_and_tells_the_rows(records: Path, run: Any, tmp_path: Path) -> None:
    done = run("export", "sqlite", records.parent, "-o", "minutes.sqlite")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines()[-1] == "written to minutes.sqlite"
    with closing(sqlite3.connect(tmp_path / "minutes.sqlite")) as database:
        (posts,) = database.execute("SELECT count(*) FROM held_posts").fetchone()
    assert ["positions", str(posts)] in [line.split() for line in done.stdout.decode().splitlines()]


def test_export_of_a_csv_folder_twice_is_the_same(records: Path, run: Any, tmp_path: Path) -> None:
    for _ in range(2):
        assert run("export", "csv", records, "--output", "tables").returncode == 0
    assert (tmp_path / "tables" / "officials.csv").read_bytes().startswith(b"\xef\xbb\xbfdoc_id,id,name,")


def test_export_leaves_alone_what_is_not_its_own(records: Path, run: Any, tmp_path: Path) -> None:
    (tmp_path / "thesis.db").write_text("mine")
    done = run("export", "sqlite", records, "-o", "thesis.db")
    assert done.returncode == 1
    assert done.stderr.decode().startswith("error: thesis.db: is not an earlier export of this format; ")
    assert (tmp_path / "thesis.db").read_text() == "mine"
    assert run("export", "sqlite", records, "-o", "thesis.db", "--force").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["xlsx", "RECORDS", "-o", "out"], "xlsx: there is no such format; the formats are parquet, duckdb, csv, sqlite"),
        (["csv", "missing", "-o", "out"], "missing: there is no such file or folder"),
        (["csv", "broken.jsonl", "-o", "out"], "broken.jsonl: line 1 is not a record: "),
        (["csv", "RECORDS"], "--output"),
    ],
)
def test_wrong_use_is_one_clear_line(arguments: list[str], message: str, records: Path, run: Any, tmp_path: Path) -> None:
    (tmp_path / "broken.jsonl").write_text("{}\n")
    done = run("export", *(records if argument == "RECORDS" else argument for argument in arguments))
    assert done.returncode == 1
    assert message in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
    assert not (tmp_path / "out").exists()


def test_without_the_extra_the_message_says_what_to_install(records: Path, run: Any, tmp_path: Path) -> None:
    (tmp_path / "without").mkdir()
    for package in ("pyarrow", "duckdb", "pandas"):
        (tmp_path / "without" / f"{package}.py").write_text("raise ImportError")
    path = os.pathsep.join([str(tmp_path / "without"), str(Path(minutes_extract.__file__).parents[1])])
    for form in ("parquet", "duckdb"):
        done = run("export", form, records, "-o", "out", env={"PYTHONPATH": path})
        assert done.returncode == 1
        assert "install it with: pip install 'minutes-extract[tables]'" in done.stderr.decode()
    assert run("export", "sqlite", records, "-o", "out", env={"PYTHONPATH": path}).returncode == 0
