"""Where records are read from: files, packed files, shards, folders; and what a broken line says."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from minutes_extract import Failed
from minutes_extract.errors import UsageError
from minutes_extract.export.record_files import read_outcomes
from minutes_extract.export.table_source import batches

RECORD = {
    "schema_version": "1.0",
    "source": {"path": None, "media_type": "text/plain", "encoding": None, "sha256": "0", "chars": 6},
    "tool": {"version": "0.1.0", "ruleset": "sha256:0"},
    "published": None,
    "meeting": None,
    "trademarks": [{"name": "Vú sữa", "kind": "brand", "mentions": ["m1"]}],
    "mentions": [
        {"id": "m1", "label": "TRADEMARK", "start": 0, "end": 6, "text": "Vú sữa", "zone": "body", "rule": "r", "confidence": "weak"}
    ],
}


def line(doc_id: str) -> bytes:
    return json.dumps({"doc_id": doc_id, **RECORD}).encode() + b"\n"


def packed(data: bytes) -> bytes:
    zstandard = pytest.importorskip("zstandard")
    frame: Callable[[bytes], bytes] = zstandard.ZstdCompressor().compress
    return frame(data[: len(data) // 2]) + frame(data[len(data) // 2 :])


def documents(path: Path) -> list[str]:
    return [str(row[0]) for batch in batches(path) for row in batch["documents"]]


@pytest.mark.parametrize(("name", "pack"), [("r.jsonl", bytes), ("r.jsonl.gz", gzip.compress), ("r.jsonl.zst", packed)])
def test_a_file_may_be_packed(name: str, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(pack(line("a") + b"\n" + line("b").rstrip()))
    assert documents(tmp_path / name) == ["a", "b"]


def test_a_folder_is_its_records_or_its_shards_in_order_and_its_failures(tmp_path: Path) -> None:
    for number in (2, 0, 1):
        (tmp_path / f"records-{number:05}.jsonl.gz").write_bytes(gzip.compress(line(f"d{number}")))
    failed = Failed("x", "x.txt", "limit", "x.txt: took too long")
    (tmp_path / "failures.jsonl").write_text(failed.json + "\n", "utf-8")
    assert documents(tmp_path) == ["d0", "d1", "d2"]
    assert [found.outcome for found in read_outcomes(tmp_path)][-1] == failed
    (tmp_path / "records.jsonl").write_bytes(line("a"))
    with pytest.raises(UsageError, match="side by side"):
        documents(tmp_path)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (b'{"doc_id": "b"}\n', r"r.jsonl: line 3 is not a record: source: Field required"),
        (b'{"doc_id": \n', r"r.jsonl: line 3 is not a record: Invalid JSON"),
        (b"\xff\xfe\n", r"r.jsonl: line 3 is not a record: "),
        (line("b")[:-20], r"r.jsonl: line 3 is not a record: Invalid JSON"),
        (line("a"), r"r.jsonl: line 3: the document a stands there a second time \(first: .*r.jsonl: line 1\)"),
        (line("b").replace(b'["m1"]', b'["m7"]'), r"r.jsonl: line 3 \(b\) does not hold together: trademarks t1: there is no m7"),
    ],
)
def test_a_broken_line_is_named_by_file_and_line(broken: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_bytes(line("a") + b"\n" + broken)
    with pytest.raises(UsageError, match=message):
        list(batches(tmp_path / "r.jsonl"))


@pytest.mark.parametrize("fields", ["[]", '{"doc_id": "a"}', '{"doc_id": 1, "path": null, "stage": "reading", "reason": "r"}', "{"])
def test_a_broken_failure_is_named_too(fields: str, tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_bytes(line("a"))
    (tmp_path / "failures.jsonl").write_text(fields, "utf-8")
    with pytest.raises(UsageError, match=r"failures.jsonl: line 1 is not a failure"):
        list(batches(tmp_path))


@pytest.mark.parametrize(("name", "pack"), [("r.jsonl.gz", gzip.compress), ("r.jsonl.zst", packed)])
@pytest.mark.parametrize("cut", [lambda data: data[:-9], lambda data: b"plain" + data])
def test_a_damaged_packed_file_is_told(name: str, pack: Callable[[bytes], bytes], cut: Callable[[bytes], bytes], tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(cut(pack(b"".join(line(f"d{number}") for number in range(50)))))
    with pytest.raises(UsageError, match=name):
        list(batches(tmp_path / name))


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such file or folder"):
        list(batches(tmp_path / "missing.jsonl"))
    with pytest.raises(UsageError, match=r"no records.jsonl and no records-\*.jsonl here"):
        list(batches(tmp_path))
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(UsageError, match="not a file of records by its name"):
        list(batches(tmp_path / "notes.txt"))


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").touch()
    (batch,) = batches(tmp_path)
    assert not any(batch.values())
