"""A whole run: what is in the output folder, what is used again, what survives a failure."""

from __future__ import annotations

import errno
import hashlib
import json
import multiprocessing
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from minutes_extract.batch.options import Options
from minutes_extract.batch.run import Progress, run
from minutes_extract.batch.streams import LineFile
from minutes_extract.errors import OutputError, UsageError

FILES = ("records.jsonl", "failures.jsonl", "inputs.jsonl", "manifest.json", "run.json")
HERE = Options(processes=0)
"""Work in this process, where the stub counts its calls."""


def content(folder: Path) -> dict[str, bytes]:
    """What is in a folder; without the facts of a run, which are others each time."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "run.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def lines(file: Path) -> list[Any]:
    return [json.loads(line) for line in file.read_bytes().split(b"\n")[:-1]]


def test_records_failures_and_manifest_are_written_in_order(stub: Any, folder: Path, tmp_path: Path) -> None:
    summary = run([folder], tmp_path / "out", HERE)
    assert names(tmp_path / "out") == sorted(FILES)
    assert [record["doc_id"] for record in lines(tmp_path / "out" / "records.jsonl")] == ["bb_1", "bb_3", "bb_4"]
    assert [(line["doc_id"], line["stage"]) for line in lines(tmp_path / "out" / "failures.jsonl")] == [("bb_2", "reading")]
    assert (summary.documents, summary.extracted, summary.failed, summary.reused) == (4, 3, 1, 0)
    assert [failure.doc_id for failure in summary.failures] == ["bb_2"]


def test_the_manifest_tells_inputs_hashes_and_outcomes(stub: Any, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run(["in"], "out", HERE)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    inputs = lines(tmp_path / "out" / "inputs.jsonl")
    assert manifest["counts"]["documents"] == 4
    assert [(entry["path"], entry["outcome"]) for entry in inputs] == [
        ("in/bb_1.txt", "extracted"), ("in/bb_2.txt", "failed"), ("in/bb_3.txt", "extracted"), ("in/bb_4.txt", "extracted"),
    ]  # fmt: skip
    for entry in inputs:
        assert entry["sha256"] == hashlib.sha256(Path(entry["path"]).read_bytes()).hexdigest()
    for name, file in manifest["files"].items():
        data = (tmp_path / "out" / name).read_bytes()
        assert (file["lines"], file["sha256"]) == (data.count(b"\n"), hashlib.sha256(data).hexdigest())


@pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="the stub reaches worker processes only by fork")
def test_two_processes_write_the_same_bytes(stub: Any, folder: Path, tmp_path: Path) -> None:
    for processes in (0, 1, 2):
        run([folder], tmp_path / f"out{processes}", Options(processes=processes, keep_text=True))
    assert content(tmp_path / "out0") == content(tmp_path / "out1") == content(tmp_path / "out2")


def test_a_second_run_reuses_all_and_changes_no_byte(stub: Any, folder: Path, tmp_path: Path) -> None:
    run([folder], tmp_path / "out", HERE)
    before = content(tmp_path / "out")
    stub.calls.clear()
    summary = run([folder], tmp_path / "out", HERE)
    assert (summary.reused, summary.documents, stub.calls) == (4, 4, [])
    assert content(tmp_path / "out") == before


def test_only_what_is_new_or_changed_is_done_again(stub: Any, folder: Path, tmp_path: Path) -> None:
    run([folder], tmp_path / "out", HERE)
    (folder / "bb_3.txt").write_text("Ngày 1/1", "utf-8")
    (folder / "bb_0.txt").write_text("Mới", "utf-8")
    (folder / "bb_4.txt").unlink()
    stub.calls.clear()
    summary = run([folder], tmp_path / "out", HERE)
    assert stub.calls == ["bb_0", "bb_3"]
    assert summary.reused == 2
    assert [record["doc_id"] for record in lines(tmp_path / "out" / "records.jsonl")] == ["bb_0", "bb_1", "bb_3"]


@pytest.fixture
def other_rules(tmp_path: Path) -> Path:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "posts.yaml").write_text("settings: {a_setting_of_the_test: 1}\n")
    return rules


def test_records_of_other_rules_stop_the_run_before_it_does_anything(stub: Any, folder: Path, tmp_path: Path, other_rules: Path) -> None:
    run([folder], tmp_path / "out", HERE)
    before = content(tmp_path / "out")
    stub.calls.clear()
    with pytest.raises(UsageError, match=r"out: 3 of 4 documents would be read again: .*--stale .*--force"):
        run([folder], tmp_path / "out", replace(HERE, rules=other_rules))
    assert (stub.calls, content(tmp_path / "out"), names(tmp_path / "out")) == ([], before, sorted(FILES))


def test_stale_reads_again_what_is_of_other_rules_and_keeps_the_rest(stub: Any, folder: Path, tmp_path: Path, other_rules: Path) -> None:
    other = replace(HERE, rules=other_rules)
    run([folder], tmp_path / "out", other)
    mixed = lines(tmp_path / "out" / "records.jsonl")
    mixed[0]["tool"]["ruleset"] = "sha256:older"
    (tmp_path / "out" / "records.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in mixed))
    stub.calls.clear()
    assert run([folder], tmp_path / "out", replace(other, stale=True)).reused == 3
    assert stub.calls == ["bb_1"]
    assert len({record["tool"]["ruleset"] for record in lines(tmp_path / "out" / "records.jsonl")}) == 1


def test_force_reads_everything_again(stub: Any, folder: Path, tmp_path: Path, other_rules: Path) -> None:
    run([folder], tmp_path / "out", HERE)
    for options in (replace(HERE, force=True), replace(HERE, force=True, rules=other_rules)):
        stub.calls.clear()
        assert run([folder], tmp_path / "out", options).reused == 0
        assert stub.calls == ["bb_1", "bb_3", "bb_4"]


def test_a_failure_that_may_pass_is_tried_again(stub: Any, folder: Path, tmp_path: Path) -> None:
    (folder / "bb_0.txt").write_text("FAULT")
    run([folder], tmp_path / "out", HERE)
    stub.calls.clear()
    summary = run([folder], tmp_path / "out", HERE)
    assert (stub.calls, summary.reused) == (["bb_0"], 4)


def test_a_run_that_is_broken_off_keeps_the_former_result_and_what_it_did(stub: Any, folder: Path, tmp_path: Path) -> None:
    run([folder / "bb_4.txt"], tmp_path / "out", HERE)
    before = content(tmp_path / "out")
    (folder / "bb_31.txt").write_text("STOP")
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            run([folder], tmp_path / "out", HERE)
        assert before.items() <= content(tmp_path / "out").items()
    (folder / "bb_31.txt").unlink()
    stub.calls.clear()
    run([folder], tmp_path / "out", HERE)
    assert stub.calls == []
    assert names(tmp_path / "out") == sorted(FILES)


def test_a_line_cut_off_by_a_crash_is_not_used(stub: Any, folder: Path, tmp_path: Path) -> None:
    run([folder], tmp_path / "out", HERE)
    records = tmp_path / "out" / "records.jsonl"
    whole = content(tmp_path / "out")
    records.write_bytes(records.read_bytes()[:-10])
    stub.calls.clear()
    run([folder], tmp_path / "out", HERE)
    assert stub.calls == ["bb_4"]
    assert content(tmp_path / "out") == whole


def test_a_full_disk_leaves_the_former_result(stub: Any, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run([folder], tmp_path / "out", HERE)
    before = content(tmp_path / "out")
    (folder / "bb_5.txt").write_text("Mới")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(LineFile, "write", full)
    with pytest.raises(OutputError, match="No space left"):
        run([folder], tmp_path / "out", HERE)
    assert before.items() <= content(tmp_path / "out").items()


def test_an_output_folder_that_is_a_file_is_refused(stub: Any, folder: Path) -> None:
    with pytest.raises(OutputError, match="is a file"):
        run([folder], folder / "bb_1.txt", HERE)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that nobody may write to")
def test_an_output_folder_that_cannot_be_made_is_told(stub: Any, folder: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        run([folder], "/proc/self/out", HERE)


def test_texts_are_kept_with_their_line_breaks(stub: Any, folder: Path, tmp_path: Path) -> None:
    for _ in range(2):  # the second time the record is reused
        run([folder], tmp_path / "out", Options(processes=0, keep_text=True))
        assert (tmp_path / "out" / "texts" / "bb_1.txt").read_bytes() == "Ngày 5/6\r\n".encode()
        (tmp_path / "out" / "texts" / "bb_1.txt").unlink()


def test_texts_of_a_former_run_are_not_read_as_documents(stub: Any, folder: Path) -> None:
    first = run([folder], folder / "out", Options(processes=0, keep_text=True))
    assert run([folder], folder / "out", Options(processes=0, keep_text=True)).documents == first.documents
    with pytest.raises(UsageError, match="former run"):
        run([folder / "out" / "texts"], folder / "out", HERE)


def test_a_file_name_in_an_odd_encoding_does_not_stop_the_run(stub: Any, folder: Path, tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/n\xe9.txt")).write_text("Ngày 2/3", "utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert run([folder], tmp_path / "out", HERE).extracted == 4
    assert lines(tmp_path / "out" / "records.jsonl")[-1]["doc_id"] == "n\\xe9"


def test_progress_is_told_after_each_document(stub: Any, folder: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    run([folder], tmp_path / "out", HERE, tell=told.append)
    assert [progress.done for progress in told] == [0, 1, 2, 3, 4]
    assert told[-1] == Progress(done=4, total=4, failed=1, reused=0)
