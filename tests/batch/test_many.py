"""`extract_many`: order, failures, worker processes."""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from minutes_extract import Extracted, Failed, MinutesError, extract, extract_many
from minutes_extract.batch.plan import find_tasks

forked = pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="the stub reaches worker processes only by fork")


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")


def test_outcomes_come_in_the_order_given(stub: Any, folder: Path) -> None:
    names = ["bb_4", "bb_1", "bb_3"]
    assert [outcome.doc_id for outcome in extract_many([folder / f"{name}.txt" for name in names])] == names


def test_a_folder_stands_for_its_documents(stub: Any, folder: Path) -> None:
    outcomes = list(extract_many(folder))
    assert [(outcome.doc_id, outcome.ok) for outcome in outcomes] == [("bb_1", True), ("bb_2", False), ("bb_3", True), ("bb_4", True)]
    assert isinstance(outcomes[0], Extracted)
    assert [mention.text for mention in outcomes[0].record.mentions] == ["5/6"]
    assert outcomes[0].json == outcomes[0].record.model_dump_json()


def test_an_unreadable_document_is_a_failure_with_stage_reason_and_hash(stub: Any, folder: Path) -> None:
    failed = list(extract_many(folder))[1]
    assert isinstance(failed, Failed)
    assert (failed.doc_id, failed.stage) == ("bb_2", "reading")
    assert "empty" in failed.reason
    assert failed.sha256 is not None


def test_a_fault_of_the_program_costs_one_document(stub: Any, folder: Path) -> None:
    write(folder, bb_0="FAULT")
    outcomes = list(extract_many(folder))
    assert [outcome.ok for outcome in outcomes] == [False, True, False, True, True]
    assert "ValueError: a fault" in outcomes[0].reason  # type: ignore[union-attr]


def test_a_slow_document_is_given_up(stub: Any, folder: Path) -> None:
    write(folder, bb_0="HANG")
    outcomes = list(extract_many(folder, timeout=0.3))
    assert isinstance(outcomes[0], Failed)
    assert outcomes[0].stage == "limit"
    assert [outcome.ok for outcome in outcomes[1:]] == [True, False, True, True]


@forked
def test_workers_give_what_one_process_gives(stub: Any, folder: Path) -> None:
    write(folder, **{f"doc_{number:02}": f"ngày {number}/1" for number in range(50)})
    assert list(extract_many(folder, processes=2)) == list(extract_many(folder))


@forked
def test_a_killed_and_a_hanging_worker_cost_one_document_each(stub: Any, folder: Path) -> None:
    write(folder, bb_0="KILL", bb_31="HANG")
    outcomes = list(extract_many(folder, processes=2, timeout=1))
    assert [outcome.stage if isinstance(outcome, Failed) else "fine" for outcome in outcomes] == [
        "crash", "fine", "reading", "fine", "limit", "fine",
    ]  # fmt: skip


@forked
def test_who_stops_listening_does_not_wait(stub: Any, folder: Path) -> None:
    write(folder, bb_9="HANG")
    outcomes = extract_many(folder, processes=2)
    assert next(outcomes).doc_id == "bb_1"
    outcomes.close()  # type: ignore[attr-defined]


def test_a_worker_does_not_start_workers(stub: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: SimpleNamespace())
    with pytest.raises(MinutesError, match="__main__"):
        extract_many(folder, processes=2)


@pytest.mark.parametrize("documents", ["nowhere", [], ["nowhere/bb_1.txt"]])
def test_missing_documents_are_told_at_once(documents: Any, stub: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MinutesError):
        extract_many(documents)


def test_broken_rules_are_told_at_once(stub: Any, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "posts.yaml").write_text("entries: [")
    with pytest.raises(MinutesError, match=r"posts\.yaml"):
        extract_many(folder, rules=tmp_path)


def test_no_processes_is_wrong_use(stub: Any, folder: Path) -> None:
    with pytest.raises(MinutesError, match="processes"):
        extract_many(folder, processes=0)


def test_extract_takes_a_path_bytes_or_a_text(stub: Any, folder: Path) -> None:
    by_path = extract(folder / "bb_1.txt")
    assert by_path.doc_id == "bb_1"
    assert extract(str(folder / "bb_1.txt")) == by_path
    assert extract(b"ng\xc3\xa0y 5/6").mentions == extract(text="ngày 5/6").mentions


@pytest.mark.parametrize("arguments", [{}, {"document": b"a", "text": "a"}])
def test_extract_takes_exactly_one_document(arguments: Any, stub: Any) -> None:
    with pytest.raises(MinutesError, match="one document"):
        extract(**arguments)


def test_extract_raises_what_is_wrong_with_the_document(stub: Any, folder: Path) -> None:
    with pytest.raises(MinutesError, match="empty"):
        extract(folder / "bb_2.txt")


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["a/x.txt", "a/y.txt"], ["x", "y"]),
        (["a/x.txt", "b/x.txt", "y.txt"], ["a_x.txt", "b_x.txt", "y"]),
        (["x.text", "x.txt"], ["x.text", "x.txt"]),
        (["a/b_x.txt", "a_b/x.txt", "a/b/x.txt"], ["b_x", "a_b/x.txt", "a/b/x.txt"]),
    ],
)
def test_documents_that_share_a_name_get_longer_ones(
    paths: list[str], names: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).touch()
    for order in (paths, paths[::-1]):
        found = {task.path: task.doc_id for task in find_tasks(order)}
        assert list(found) == order
        assert found == dict(zip(paths, names, strict=True))
