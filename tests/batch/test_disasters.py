"""What goes wrong on a long run, with real processes: poison among the documents, kills, full disks, two runs at once."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [
    pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="the stub reaches worker processes only by fork"),
    pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="looks at processes as Linux shows them"),
]
POISON = {
    "undecodable": (5, "reading", "convert the file to UTF-8"),
    "large": (5, "reading", "more than the limit"),
    "loop": (4, "limit", "not done after 1 seconds"),
    "stuck": (1, "limit", "not done after 1 seconds"),
    "kill": (5, "crash", "exit code -9"),
}


def lines(file: Path) -> list[Any]:
    return [json.loads(line) for line in file.read_bytes().splitlines()]


def results(folder: Path) -> dict[str, bytes]:
    """All files but the one that tells how this very run went."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "run.json"}


def write_documents(folder: Path, number: int, text: str = "Ngày {}/1") -> None:
    folder.mkdir()
    for index in range(number):
        (folder / f"bb_{index:05}.txt").write_text(text.format(index), "utf-8")


def write_poison(folder: Path) -> None:
    """Twenty documents that do harm, spread among the others."""
    places = iter(random.Random(5).sample(range(1980), 20))  # noqa: S311
    for kind, (number, _, _) in POISON.items():
        for _ in range(number):
            name = f"bb_{next(places):05}x_{kind}"
            if kind == "undecodable":
                (folder / f"{name}.txt").write_bytes(b"Bi\xean b\xa3n" * 10)
            elif kind == "large":
                with (folder / f"{name}.txt").open("wb") as file:
                    file.truncate(200_000_000)
            else:
                (folder / f"{name}.{kind}").write_text("poison")


@pytest.mark.slow
def test_twenty_poisoned_documents_of_two_thousand_cost_twenty(command: Any, tmp_path: Path) -> None:
    write_documents(tmp_path / "in", 1980)
    write_poison(tmp_path / "in")
    code, _, complained = command("extract", "in", "-o", "out", "--processes", "2", "--timeout", "1")
    assert code == 3
    assert "error: 20 of 2000 documents failed" in complained
    failures = lines(tmp_path / "out" / "failures.jsonl")
    told = Counter((failure["doc_id"].split("_")[-1], failure["stage"]) for failure in failures)
    assert told == {(kind, stage): number for kind, (number, stage, _) in POISON.items()}
    for failure in failures:
        assert POISON[failure["doc_id"].split("_")[-1]][2] in failure["reason"]
    records = lines(tmp_path / "out" / "records.jsonl")
    assert [record["doc_id"] for record in records] == [f"bb_{index:05}" for index in range(1980)]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert (manifest["counts"]["documents"], manifest["counts"]["extracted"], manifest["counts"]["failed"]) == (2000, 1980, 20)


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def wait_until(condition: Any, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def something_done(out: Path) -> bool:
    """From the second run on this is so at once, and the kill may come while the run looks at what is there."""
    return out.is_dir() and any(file.stat().st_size for file in out.glob("records*") if not file.name.endswith((".zst.part", ".gz.part")))


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")")[-1].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.slow
@pytest.mark.parametrize("layout", [[], ["--shard-size", "23"], ["--shard-size", "40", "--compress", "gz"]])
def test_killed_five_times_and_resumed_the_bytes_are_those_of_an_undisturbed_run(
    layout: list[str], start: Any, command: Any, tmp_path: Path
) -> None:
    write_documents(tmp_path / "in", 600, "SLOW {}/1")
    (tmp_path / "in" / "bb_00100.txt").write_bytes(b"")
    assert command("extract", "in", "-o", "calm", "--processes", "2", *layout)[0] == 3
    chance = random.Random(len(layout))  # noqa: S311
    for _ in range(5):
        process = start("extract", "in", "-o", "out", "--processes", "2", *layout)
        wait_until(lambda process=process: something_done(tmp_path / "out") or process.poll() is not None)
        time.sleep(chance.uniform(0, 1.5))
        workers = workers_of(process) if process.poll() is None else []
        process.kill()
        process.wait()
        wait_until(lambda workers=workers: all(is_gone(pid) for pid in workers))
    code, told, _ = command("extract", "in", "-o", "out", "--processes", "2", *layout)
    assert code == 3
    assert "reused from the former run" in told
    assert results(tmp_path / "out") == results(tmp_path / "calm")


def test_a_killed_run_loses_the_open_shard_at_most(start: Any, command: Any, tmp_path: Path) -> None:
    write_documents(tmp_path / "in", 200, "SLOW {}/1")
    process = start("extract", "in", "-o", "out", "--shard-size", "30")
    wait_until((tmp_path / "out" / "records-00002.jsonl.zst").exists)
    process.kill()
    process.wait()
    whole = len(list((tmp_path / "out").glob("records-*.zst")))
    assert f"{30 * whole} of 200 reused" in command("extract", "in", "-o", "out", "--shard-size", "30")[1]


def test_two_runs_on_one_folder_the_second_is_told_who_is_first(start: Any, command: Any, tmp_path: Path) -> None:
    write_documents(tmp_path / "in", 300, "SLOW {}/1")
    first = start("extract", "in", "-o", "out")
    wait_until((tmp_path / "out" / "records.jsonl.part").exists)
    code, _, complained = command("extract", "in", "-o", "out")
    assert code == 1
    assert f"out: another run is writing to this folder (process {first.pid})" in complained
    assert first.wait(timeout=60) == 0
    assert len(lines(tmp_path / "out" / "records.jsonl")) == 300
    assert command("extract", "in", "-o", "out")[0] == 0


def test_a_file_that_changes_while_it_is_read_is_a_failure_and_tried_again(command: Any, tmp_path: Path) -> None:
    write_documents(tmp_path / "in", 3)
    (tmp_path / "in" / "bb_4.grows").write_text("Ngày 5/6", "utf-8")
    assert command("extract", "in", "-o", "out")[0] == 3
    (failure,) = lines(tmp_path / "out" / "failures.jsonl")
    assert failure["reason"] == "in/bb_4.grows: changed while it was read; run again"
    assert (failure["stage"], failure["sha256"]) == ("reading", None)
    assert "3 of 4 reused" in command("extract", "in", "-o", "out")[1]


def test_a_document_that_takes_too_much_memory_fails_alone(command: Any, tmp_path: Path) -> None:
    write_documents(tmp_path / "in", 30)
    (tmp_path / "in" / "bb_00010x.memory").write_text("900000000")
    code, _, complained = command("extract", "in", "-o", "out", "--memory", "400")
    assert code == 3
    assert "not enough memory for this document (a worker may take 400 MB)" in complained
    assert len(lines(tmp_path / "out" / "records.jsonl")) == 30


def test_a_memory_limit_below_what_a_worker_needs_is_told(command: Any, tmp_path: Path) -> None:
    write_documents(tmp_path / "in", 1)
    code, _, complained = command("extract", "in", "-o", "out", "--memory", "5")
    assert code == 3
    assert "raise --memory" in complained


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of half a megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", place]
    if not shutil.which("mount") or os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting a small file system needs root")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.parametrize("layout", [[], ["--shard-size", "100", "--compress", "none"]])
def test_a_full_disk_is_told_and_nothing_is_lost(layout: list[str], small_disk: Path, command: Any, tmp_path: Path) -> None:
    write_documents(tmp_path / "in", 300)
    out = small_disk / "out"
    assert command("extract", "in/bb_00001.txt", "-o", out, *layout)[0] == 0
    before = results(out)
    with (small_disk / "other").open("wb") as file:
        file.write(bytes(250_000))
    code, _, complained = command("extract", "in", "-o", out, *layout)
    assert code == 1
    assert complained.startswith("error: ")
    assert "No space left on device" in complained or "disk is full" in complained
    assert complained.count("\n") == 1
    assert before.items() <= results(out).items()
    (small_disk / "other").unlink()
    subprocess.run(["mount", "-o", "remount,size=8m", small_disk], check=True)
    code, told, _ = command("extract", "in", "-o", out, *layout)
    assert code == 0
    assert "reused" in told
    command("extract", "in", "-o", "calm", *layout)
    assert results(out) == results(tmp_path / "calm")


def test_a_read_only_folder_is_told_and_nothing_changes(small_disk: Path, command: Any, tmp_path: Path) -> None:
    write_documents(tmp_path / "in", 3)
    out = small_disk / "out"
    assert command("extract", "in/bb_00001.txt", "-o", out)[0] == 0
    before = results(out)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    code, _, complained = command("extract", "in", "-o", out)
    assert (code, complained.count("\n")) == (1, 1)
    assert "out: cannot be written (Read-only file system)" in complained
    assert results(out) == before
