"""`gold split` freezes a split, `--check` tells what has changed since; exit codes and streams as users meet them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from minutes_extract.cli.main import main
from minutes_extract.evaluation.splits import read_split

TEXT = "Ngày {0}/6, tổ {0} họp tại xã {0}, bàn việc {0} và giao {0} người lo"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Ten documents without mentions."""
    for name in ("gold", "raw"):
        (tmp_path / name).mkdir()
    for at in range(10):
        content = TEXT.format("abcdefghij"[at] * 3).encode()
        (tmp_path / "raw" / f"d{at}.txt").write_bytes(content)
        row = {"doc_id": f"d{at}", "guidelines": "1.1", "sha256": hashlib.sha256(content).hexdigest()}
        (tmp_path / "gold" / f"d{at}.json").write_text(json.dumps(row), "utf-8")
    return tmp_path / "gold"


def ran(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["gold", "split", *map(str, arguments)])
    captured = capsys.readouterr()
    return int(str(ended.value.code)), captured.out, captured.err


def test_a_split_is_written_and_holds(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "split.json"
    assert ran(capsys, gold, "-o", file) == (0, "7 dev (1 source, 7 clusters), 3 test (1 source, 3 clusters)\n", "")
    assert ran(capsys, gold, "--check", file) == (0, "7 dev, 3 test: unchanged\n", "")
    assert ran(capsys, "--check", file, gold)[0] == 0


def test_the_options_are_kept_in_the_file(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "split.json"
    ran(capsys, gold, "-o", file, "--test", "0.5", "--seed", "7", "--near", "0.95", "--by-source", "spread", "--texts", tmp_path / "raw")
    split = read_split(file)
    assert split.parameters.model_dump() == {"test": 0.5, "seed": 7, "near": 0.95, "by_source": "spread"}
    assert len(split.dev) == len(split.test) == 5


def test_each_change_is_a_line_and_the_exit_code_is_1(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "split.json"
    ran(capsys, gold, "-o", file)
    (tmp_path / "raw" / "d1.txt").write_bytes(b"x")
    (gold / "d2.json").unlink()
    code, out, told = ran(capsys, gold, "--check", file)
    assert (code, out) == (1, "")
    lines = told.splitlines()
    assert lines[0].startswith("d1 (") and lines[0].endswith("): its text was changed")
    assert lines[1].startswith("d2 (") and lines[1].endswith("): its gold is gone")
    assert lines[2].startswith("error: 2 changes in ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "give either -o SPLIT.json (write a split) or --check SPLIT.json"),
        (["-o", "a.json", "--check", "b.json"], "give either -o"),
        (["-o", "a.json", "--test", "1"], "--test 1.0: Input should be less than 1"),
        (["-o", "a.json", "--near", "0"], "--near 0.0: Input should be greater than 0"),
        (["-o", "a.json", "--by-source", "half"], "--by-source half: Input should be 'whole' or 'spread'"),
        (["-o", "none/a.json"], "none/a.json: cannot be written"),
        (["--check", "none.json"], "none.json: cannot be read"),
        (["-o", "a.json", "--texts", "gold"], "no texts in this folder"),
    ],
)
def test_wrong_use_is_told(
    arguments: list[str], told: str, gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, message = ran(capsys, "gold", *arguments)
    assert (code, out) == (1, "") and told in message and not (tmp_path / "a.json").exists()
