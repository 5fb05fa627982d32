"""Records in shards: what is in them, what is left alone, what other layouts leave behind."""

from __future__ import annotations

import gzip
import hashlib
import json
import pickle
from collections.abc import Generator, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from minutes_extract.batch.engines import Runner
from minutes_extract.batch.layout import lines_of, record_files
from minutes_extract.batch.options import Options
from minutes_extract.batch.run import run
from minutes_extract.batch.shard import Shard, ShardResult, process_shard
from minutes_extract.batch.worker import Settings, Task
from minutes_extract.errors import UsageError

SHARDS = Options(processes=0, shard_size=3)


@pytest.fixture
def ten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ten documents, one of them empty, in the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for number in range(10):
        (tmp_path / "in" / f"bb_{number}.txt").write_text("" if number == 4 else f"Ngày {number + 1}/2", "utf-8")
    return tmp_path / "in"


def ids(file: Path) -> list[str]:
    return [json.loads(line)["doc_id"] for line in lines_of(file)] if file.is_dir() else []


def shards(out: str = "out") -> dict[str, tuple[int, int]]:
    """Which files of records there are, and what tells whether one was written again."""
    return {file.name: (file.stat().st_ino, file.stat().st_mtime_ns) for file in record_files(Path(out))}


@pytest.mark.parametrize(("compression", "ending"), [("zst", ".zst"), ("gz", ".gz"), ("none", "")])
def test_shards_hold_so_many_documents_of_the_input(compression: Any, ending: str, stub: Any, ten: Path) -> None:
    run(["in"], "whole", Options(processes=0))
    run(["in"], "out", replace(SHARDS, compression=compression))
    assert list(shards()) == [f"records-0000{number}.jsonl{ending}" for number in range(4)]
    assert b"".join(lines_of(Path("out"))) == Path("whole", "records.jsonl").read_bytes()
    inputs = [json.loads(line) for line in Path("out", "inputs.jsonl").read_bytes().splitlines()]
    assert [entry["shard"] for entry in inputs] == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3]
    manifest = json.loads(Path("out", "manifest.json").read_bytes())
    assert [manifest["files"][name]["lines"] for name in shards()] == [3, 2, 3, 1]
    for name, file in manifest["files"].items():
        assert hashlib.sha256(Path("out", name).read_bytes()).hexdigest() == file["sha256"]


def test_gzip_shards_hold_no_clock_and_no_name(stub: Any, ten: Path) -> None:
    run(["in"], "out", replace(SHARDS, compression="gz"))
    data = Path("out", "records-00000.jsonl.gz").read_bytes()
    assert data[3:8] == bytes(5)
    assert gzip.decompress(data).count(b"\n") == 3


def test_a_shard_that_stays_the_same_is_left_alone(stub: Any, ten: Path) -> None:
    run(["in"], "out", SHARDS)
    before = shards()
    assert run(["in"], "out", SHARDS).reused == 10
    assert shards() == before
    (ten / "bb_7.txt").write_text("Ngày 3/4", "utf-8")
    (ten / "bb_99.txt").write_text("Ngày 3/4", "utf-8")
    stub.calls.clear()
    run(["in"], "out", SHARDS)
    assert stub.calls == ["bb_7", "bb_99"]
    changed = {name for name, seen in shards().items() if seen != before[name]}
    assert changed == {"records-00002.jsonl.zst", "records-00003.jsonl.zst"}


@pytest.mark.parametrize("change", ["first", "gone", "mended"])
def test_documents_that_move_to_other_shards_are_taken_over(change: str, stub: Any, ten: Path) -> None:
    run(["in"], "out", SHARDS)
    stub.calls.clear()
    if change == "first":
        (ten / "aa.txt").write_text("Ngày 3/4", "utf-8")
    elif change == "gone":
        (ten / "bb_0.txt").unlink()
    else:
        (ten / "bb_4.txt").write_text("Ngày 3/4", "utf-8")
    run(["in"], "out", SHARDS)
    assert stub.calls == {"first": ["aa"], "gone": [], "mended": ["bb_4"]}[change]
    run(["in"], "fresh", SHARDS)
    assert {file.name: file.read_bytes() for file in Path("out").iterdir() if file.name != "run.json"} == {
        file.name: file.read_bytes() for file in Path("fresh").iterdir() if file.name != "run.json"
    }


def test_another_layout_takes_over_and_leaves_nothing_behind(stub: Any, ten: Path) -> None:
    layouts = [
        Options(processes=0), SHARDS, replace(SHARDS, shard_size=4), replace(SHARDS, compression="gz"),
        replace(SHARDS, compression="none"), Options(processes=0),
    ]  # fmt: skip
    for layout in layouts:
        run(["in"], "out", layout)
        run(["in"], "fresh", replace(layout, force=True))
        assert {file.name for file in Path("out").iterdir()} == {file.name for file in Path("fresh").iterdir()}
        assert ids(Path("out")) == ids(Path("fresh"))
    assert len(stub.calls) == 9 * (1 + len(layouts))


def test_a_broken_off_run_keeps_the_former_shards_and_what_it_did(stub: Any, ten: Path) -> None:
    run(["in"], "out", SHARDS)
    former = {file.name: file.read_bytes() for file in record_files(Path("out"))}
    for number in range(7):
        (ten / f"bb_{number}.txt").write_text(f"Ngày {number + 1}/3", "utf-8")
    (ten / "bb_8.txt").write_text("STOP")
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            run(["in"], "out", SHARDS)
        assert {file.name: file.read_bytes() for file in record_files(Path("out"))} == former
    (ten / "bb_8.txt").write_text("Ngày 1/1", "utf-8")
    stub.calls.clear()
    run(["in"], "out", SHARDS)
    assert stub.calls == ["bb_6", "bb_8"]  # the third shard was open
    run(["in"], "fresh", SHARDS)
    assert [file.read_bytes() for file in record_files(Path("out"))] == [file.read_bytes() for file in record_files(Path("fresh"))]
    assert {file.name for file in Path("out").iterdir()} == {file.name for file in Path("fresh").iterdir()}


def test_a_damaged_shard_is_done_again(stub: Any, ten: Path) -> None:
    run(["in"], "out", SHARDS)
    whole = Path("out", "records-00001.jsonl.zst").read_bytes()
    Path("out", "records-00001.jsonl.zst").write_bytes(whole[:-20])
    stub.calls.clear()
    run(["in"], "out", SHARDS)
    assert stub.calls == ["bb_3", "bb_5"]
    assert Path("out", "records-00001.jsonl.zst").read_bytes() == whole


def test_no_documents_in_a_shard_is_wrong_use(stub: Any, ten: Path) -> None:
    with pytest.raises(UsageError, match="shard size"):
        run(["in"], "out", replace(SHARDS, shard_size=0))


def test_a_shard_is_a_pure_task_whose_bytes_are_those_of_the_run(stub: Any, ten: Path) -> None:
    run(["in"], "out", Options(processes=0))
    result = process_shard(tuple(Task(f"bb_{number}", f"in/bb_{number}.txt") for number in range(10)), Settings())
    assert result.records == Path("out", "records.jsonl").read_bytes()
    assert result.failures == Path("out", "failures.jsonl").read_bytes()
    assert result.counts == json.loads(Path("out", "manifest.json").read_bytes())["counts"]


@pytest.mark.parametrize("documents", [1, 4, 100])
def test_another_engine_gives_the_same_bytes_whatever_it_takes_at_once(documents: int, stub: Any, ten: Path) -> None:
    def far_away(shards: Iterable[Shard], settings: Settings) -> Generator[ShardResult]:
        for shard in shards:
            sent = pickle.dumps((shard, settings))
            result = pickle.loads(pickle.dumps(process_shard(*pickle.loads(sent))))  # noqa: S301
            assert len(shard) <= documents
            yield result

    run(["in"], "here", SHARDS)
    run(["in"], "out", replace(SHARDS, engine=Runner("far away", far_away, documents)))
    for file in Path("here").iterdir():
        if file.name != "run.json":
            assert Path("out", file.name).read_bytes() == file.read_bytes()
    assert json.loads(Path("out", "run.json").read_bytes())["engine"] == "far away"
