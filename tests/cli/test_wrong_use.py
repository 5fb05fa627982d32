"""Wrong use: exit code 1, one line that says what and where, no traceback without --debug, nothing on standard output."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

GOOD = "Bà Lê Thị Hòa, Phó Giám đốc Sở Nội vụ tỉnh Bến Tre, phát biểu ngày 05/6/2023."


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "empty").mkdir()
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "posts.yaml").write_text("entries: [")
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "d1.json").write_text("{")
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    (tmp_path / "void.txt").write_bytes(b"")
    (tmp_path / "records.jsonl").write_text("{}\n")
    return tmp_path


WRONG = [
    pytest.param(["nonsense"], "nonsense", id="unknown command"),
    pytest.param(["extract"], "INPUT", id="no input"),
    pytest.param(["extract", "good.txt", "--procesess", "2"], "--procesess", id="unknown option"),
    pytest.param(["extract", "good.txt", "-o", "out", "--processes", "0"], "--processes", id="no processes"),
    pytest.param(["extract", "good.txt", "-o", "out", "--processes", "two"], "--processes", id="not a number"),
    pytest.param(["extract", "good.txt"], "-o DIR", id="no output"),
    pytest.param(["extract", "gone.txt", "-o", "out"], "gone.txt", id="missing path"),
    pytest.param(["extract", "empty", "-o", "out"], "empty: no documents", id="folder without documents"),
    pytest.param(["extract", "*.pdf", "-o", "out"], "*.pdf: matches no file", id="pattern that matches nothing"),
    pytest.param(["extract", "--files-from", "gone", "-o", "out"], "gone: this list", id="missing list of files"),
    pytest.param(["extract", "-", "--files-from", "gone"], "stands alone", id="standard input and a list"),
    pytest.param(["extract", "good.txt", "-o", "out", "--null"], "--files-from", id="NUL without a list"),
    pytest.param(["extract", "good.txt", "-o", "out", "--compress", "gz"], "--shard-size", id="compression without shards"),
    pytest.param(["extract", "good.txt", "-o", "out", "--compress", "xz", "--shard-size", "9"], "xz", id="unknown compression"),
    pytest.param(["extract", "good.txt", "-o", "out", "--shard-size", "0"], "--shard-size", id="empty shards"),
    pytest.param(["extract", "good.txt", "-o", "out", "--timeout", "-1"], "--timeout", id="negative time"),
    pytest.param(["extract", "good.txt", "-o", "void.txt"], "void.txt: the output folder is a file", id="output is a file"),
    pytest.param(["extract", "good.txt", "-o", "void.txt/out"], "cannot be written", id="output below a file"),
    pytest.param(["extract", "good.txt", "-o", "out", "--rules", "rules"], "posts.yaml", id="broken rule file"),
    pytest.param(["extract", "good.txt", "-o", "out", "--rules", "gone"], "gone: ", id="missing rules"),
    pytest.param(["extract", "-", "good.txt"], "stands alone", id="standard input and a file"),
    pytest.param(["extract", "-", "-o", "out"], "stands alone", id="standard input into a folder"),
    pytest.param(["extract", "-"], "empty", id="empty standard input"),
    pytest.param(["evaluate", "gold", "records.jsonl"], "d1.json", id="broken gold"),
    pytest.param(["evaluate", "empty", "records.jsonl"], "empty: no gold", id="no gold"),
    pytest.param(["evaluate", "gold"], "--raw", id="neither predictions nor raw"),
    pytest.param(["evaluate", "gold", "records.jsonl", "--raw", "empty"], "--raw", id="predictions and raw"),
    pytest.param(["explain", "gone.txt"], "gone.txt", id="explain a missing file"),
    pytest.param(["rules", "check", "rules"], "posts.yaml", id="check broken rules"),
    pytest.param(["rules", "list", "rules"], "posts.yaml", id="list broken rules"),
    pytest.param(["rules", "check", "--rules", "rules"], "posts.yaml", id="check broken rules given as an option"),
    pytest.param(["rules", "check", "empty", "--rules", "rules"], "give one", id="two folders of rules"),
    pytest.param(["rules", "list", "--table", "nonsense"], "nonsense: there is no such table", id="list an unknown table"),
    pytest.param(["rules", "nonsense"], "nonsense", id="unknown rules command"),
]


@pytest.mark.parametrize(("arguments", "told"), WRONG)
def test_wrong_use_gets_one_line_and_exit_code_1(arguments: list[str], told: str, place: Path, run: Any) -> None:
    done = run(*arguments)
    message = done.stderr.decode()
    assert (done.returncode, done.stdout) == (1, b"")
    assert message.startswith("error: ")
    assert message.count("\n") == 1
    assert told in message
    assert "Traceback" not in message
    assert not (place / "out" / "records.jsonl").exists()


@pytest.mark.parametrize("arguments", [["--debug", "rules", "list", "rules"], ["rules", "list", "rules", "--debug"]])
def test_the_traceback_comes_with_debug(arguments: list[str], place: Path, run: Any) -> None:
    done = run(*arguments)
    assert done.returncode == 1
    assert b"Traceback" in done.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write and read everything")
def test_a_folder_that_may_not_be_written_is_told(place: Path, run: Any) -> None:
    (place / "locked").mkdir(mode=0o500)
    done = run("extract", "good.txt", "-o", "locked/out")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr.decode()
