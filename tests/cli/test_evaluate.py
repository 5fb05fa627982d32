"""The options of `evaluate` as users meet them: files, slices, splits, and what goes wrong."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def folder(tmp_path: Path, raw: Path, gold: Path) -> Path:
    """Four documents with their gold, of which one mention was read wrong in the records."""
    for name in ("000_0aed7de9cb9b6fdf", "003_f37304a8cbdc6a2e", "bb_01", "bb_03"):
        for source, kind in ((raw / f"{name}.txt", "raw"), (gold / f"{name}.json", "gold")):
            (tmp_path / kind).mkdir(exist_ok=True)
            shutil.copy(source, tmp_path / kind)
    return tmp_path


@pytest.fixture
def scored(folder: Path, run: Any) -> Path:
    """`folder` with records in `out`, whose first mention of each document is one character short."""
    assert run("extract", "raw", "-o", "out").returncode == 0
    records = [json.loads(line) for line in (folder / "out" / "records.jsonl").read_text("utf-8").splitlines()]
    for record in records:
        first = record["mentions"][0]
        first["end"] -= 1
        first["text"] = first["text"][:-1]
    lines = "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)
    (folder / "out" / "records.jsonl").write_text(lines, "utf-8")
    return folder


def test_one_run_writes_the_page_the_table_of_a_paper_the_spreadsheet_and_the_counts(scored: Path, run: Any) -> None:
    files = ("--html", "r.html", "--csv", "r.csv", "--markdown", "r.md", "--json", "r.json")
    done = run("evaluate", "gold", "out", *files)
    assert done.returncode == 0, done.stderr.decode()
    assert "r.html" in done.stderr.decode()
    assert (scored / "r.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    with (scored / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        micro = next(row for row in csv.DictReader(file) if (row["slice_kind"], row["figure"]) == ("all", "strict"))
    report = json.loads((scored / "r.json").read_text("utf-8"))
    assert int(micro["gold"]) == sum(label["gold"] for one in report["documents"] for label in one["strict"].values())
    assert int(micro["correct"]) == int(micro["gold"]) - 4
    assert "| micro |" in (scored / "r.md").read_text("utf-8")


def test_slices_add_up_to_the_whole(scored: Path, run: Any) -> None:
    told = run("evaluate", "gold", "out", "--by", "zone", "--by", "document").stdout.decode()
    for heading in ("zone", "document"):
        rows = told[told.index(f"\n{heading} ") :].splitlines()[2:]
        end = next(number for number, row in enumerate(rows) if row.startswith("all "))
        assert sum(int(row.split()[1]) for row in rows[:end]) == int(rows[end].split()[1])


def test_the_errors_of_a_test_part_are_shown_with_unblind_only(scored: Path, run: Any) -> None:
    assert run("gold", "split", "gold", "-o", "split.json", "--test", "0.5").returncode == 0
    split = json.loads((scored / "split.json").read_text("utf-8"))
    tested = {row["doc_id"] for row in split["test"]}
    options = ("--split", "split.json", "--part", "test", "--by", "document", "--html", "r.html")

    blind = run("evaluate", "gold", "out", *options)
    assert blind.returncode == 0, blind.stderr.decode()
    assert blind.stdout.decode().startswith(f"{len(tested)} documents")
    page = (scored / "r.html").read_text("utf-8")
    assert not [name for name in tested if name in blind.stdout.decode() or name in page]

    open_ = run("evaluate", "gold", "out", *options, "--unblind")
    page = (scored / "r.html").read_text("utf-8")
    assert all(name in open_.stdout.decode() and name in page for name in tested)


def test_a_part_of_a_split_is_compared_with_the_same_part_of_the_baseline(scored: Path, run: Any) -> None:
    assert run("evaluate", "gold", "out", "--json", "base.json").returncode == 0
    assert run("gold", "split", "gold", "-o", "split.json", "--test", "0.5").returncode == 0
    done = run("evaluate", "gold", "out", "--split", "split.json", "--part", "dev", "--baseline", "base.json")
    assert done.stdout.decode().endswith("no document has changed\n")


def test_gold_that_was_changed_after_the_split_is_not_scored(scored: Path, run: Any) -> None:
    assert run("gold", "split", "gold", "-o", "split.json").returncode == 0
    document = json.loads((scored / "gold" / "bb_01.json").read_text("utf-8"))
    document["mentions"].pop()
    (scored / "gold" / "bb_01.json").write_text(json.dumps(document), "utf-8")
    done = run("evaluate", "gold", "out", "--split", "split.json")
    assert done.returncode == 1
    assert "bb_01" in done.stderr.decode() and "split.json" in done.stderr.decode()


def test_without_the_part_link_there_are_mentions_and_no_posts(folder: Path, run: Any) -> None:
    told = run("evaluate", "gold", "--raw", "raw", "--without", "link", "--without", "zones").stdout.decode()
    [posts] = [line for line in told.splitlines() if line.startswith("name+title ")]
    [persons] = [line for line in told.splitlines() if line.startswith("persons ")]
    assert posts.split()[2] == "0.000"
    assert float(persons.split()[3]) > 0.8


@pytest.mark.parametrize(
    ("options", "told"),
    [
        pytest.param(["--without", "link"], "--raw DIR", id="a part left out of records that are there already"),
        pytest.param(["--raw", "raw", "--without", "magic"], "fuzzy, link, words, zones", id="no such part"),
        pytest.param(["--raw", "raw", "--system", "gazetteer", "--without", "zones"], "no --system", id="a part of another system"),
        pytest.param(["--raw", "raw", "--system", "magic"], "gazetteer", id="no such system"),
        pytest.param(["out", "--by", "colour"], "document, zone, genre, source", id="no such slice"),
        pytest.param(["out", "--part", "dev"], "--split FILE", id="a part without a split"),
        pytest.param(["out", "--unblind"], "--split FILE", id="unblind without a split"),
        pytest.param(["out", "--split", "none.json"], "gold split", id="no such split"),
        pytest.param(["out", "--html", "nowhere/r.html"], "nowhere/r.html", id="a page into no folder"),
        pytest.param(["out", "--csv", "nowhere/r.csv"], "nowhere/r.csv", id="a spreadsheet into no folder"),
    ],
)
def test_a_wrong_option_is_told_in_one_line_with_the_mend(options: list[str], told: str, scored: Path, run: Any) -> None:
    done = run("evaluate", "gold", *options)
    assert done.returncode == 1
    message = done.stderr.decode()
    assert told in message and message.count("\n") == 1 and "Traceback" not in message
