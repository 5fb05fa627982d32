"""Where documents come from: folders, patterns, lists of files, JSONL files; and the names they get."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from minutes_extract.batch.file_list import listed
from minutes_extract.batch.options import Options
from minutes_extract.batch.output import file_name
from minutes_extract.batch.plan import Listed
from minutes_extract.batch.run import run
from minutes_extract.errors import UsageError

HERE = Options(processes=0)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_lines(file: str, *documents: Any) -> None:
    data = "".join(f"{document if isinstance(document, str) else json.dumps(document)}\n" for document in documents).encode()
    if file.endswith(".zst"):
        data = pytest.importorskip("zstandard").ZstdCompressor().compress(data)
    Path(file).write_bytes(gzip.compress(data) if file.endswith(".gz") else data)


def records(out: str = "out") -> list[Any]:
    return [json.loads(line) for line in Path(out, "records.jsonl").read_bytes().splitlines()]


def failures(out: str = "out") -> list[Any]:
    return [json.loads(line) for line in Path(out, "failures.jsonl").read_bytes().splitlines()]


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_each_line_of_a_jsonl_file_is_a_document(ending: str, stub: Any, place: Path) -> None:
    text = "Ngày 5/6\r\nNgày 7/8"
    write_lines(f"corpus.jsonl{ending}", {"id": "bb_1", "text": text}, "", {"id": 2, "text": "Không có ngày", "other": []})
    run([f"corpus.jsonl{ending}"], "out", HERE)
    first, second = records()
    assert (first["doc_id"], second["doc_id"]) == ("bb_1", "2")
    assert first["source"] == {
        "path": f"corpus.jsonl{ending}#1",
        "media_type": "text/plain",
        "encoding": None,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "chars": len(text),
    }
    assert [mention["text"] for mention in first["mentions"]] == ["5/6", "7/8"]
    assert second["source"]["path"] == f"corpus.jsonl{ending}#3"


def test_bad_lines_are_failures_with_their_line_and_the_others_go_on(stub: Any, place: Path) -> None:
    write_lines(
        "c.jsonl", "{", [1], {"text": "a"}, {"id": "x"}, {"id": "", "text": "a"}, {"id": "b", "text": "\ud800"}, {"id": "y", "text": "ổn"}
    )
    summary = run(["c.jsonl"], "out", HERE)
    assert [record["doc_id"] for record in records()] == ["y"]
    assert [(failure["doc_id"], failure["stage"]) for failure in failures()] == [
        *((f"c.jsonl#{line}", "reading") for line in range(1, 6)), ("b", "reading"),
    ]  # fmt: skip
    reasons = [failure["reason"] for failure in failures()]
    for reason, what in zip(reasons, ("not JSON", "not an object", 'no "id"', 'no "text"', 'no "id"', "surrogate"), strict=True):
        assert what in reason
    assert reasons[0].startswith("c.jsonl#1: ")
    stub.calls.clear()
    assert run(["c.jsonl"], "out", HERE).reused == summary.documents
    assert stub.calls == []


def test_a_packed_file_that_was_cut_off_costs_what_is_behind_the_cut(stub: Any, place: Path) -> None:
    write_lines("c.jsonl.gz", *({"id": f"d{number}", "text": os.urandom(300).hex()} for number in range(400)))
    Path("c.jsonl.gz").write_bytes(Path("c.jsonl.gz").read_bytes()[:-1000])
    run(["c.jsonl.gz"], "out", HERE)
    (failure,) = failures()
    assert "cannot be read on" in failure["reason"]
    assert 300 < len(records()) < 400


def test_a_text_that_changed_is_done_again_and_the_others_are_not(stub: Any, place: Path) -> None:
    texts = [{"id": name, "text": f"{name} 1/2"} for name in "abc"]
    write_lines("c.jsonl", *texts)
    run(["c.jsonl"], "out", HERE)
    write_lines("c.jsonl", texts[0], {"id": "b", "text": "3/4"}, texts[2])
    stub.calls.clear()
    assert run(["c.jsonl"], "out", HERE).reused == 2
    assert stub.calls == ["b"]


def test_ids_that_are_shared_get_the_name_of_their_file_and_their_line(stub: Any, place: Path) -> None:
    write_lines("c.jsonl", {"id": "a", "text": "x"}, {"id": "b", "text": "x"}, {"id": "a", "text": "y"})
    Path("b.txt").write_text("z")
    run(["c.jsonl", "b.txt"], "out", HERE)
    assert [record["doc_id"] for record in records()] == ["c.jsonl#1", "c.jsonl#2", "c.jsonl#3", "b.txt"]


def test_an_id_never_leads_out_of_the_folder_of_texts(stub: Any, place: Path) -> None:
    write_lines("c.jsonl", {"id": "../../a", "text": "x"}, {"id": "b" * 300, "text": "y"})
    run(["c.jsonl"], "out", Options(processes=0, keep_text=True))
    assert {path.read_text() for path in Path("out", "texts").iterdir()} == {"x", "y"}
    assert file_name("a/b") != file_name("a%2Fb")


def test_a_folder_keeps_its_jsonl_files_to_itself(stub: Any, place: Path) -> None:
    Path("in").mkdir()
    Path("in", "a.txt").write_text("x")
    write_lines("in/c.jsonl", {"id": "b", "text": "x"})
    assert run(["in"], "out", HERE).documents == 1
    assert run(["in/*"], "out2", HERE).documents == 2


def test_documents_come_in_the_order_of_the_inputs_and_each_once(stub: Any, place: Path) -> None:
    for name in ("in/b/1.txt", "in/a.txt", "in/b.txt", "in/b/c/2.txt", "z.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("x")
    run(["z.txt", "in/**/*.txt", "./z.txt", "in"], "out", HERE)
    assert [record["source"]["path"] for record in records()] == ["z.txt", "in/a.txt", "in/b/1.txt", "in/b/c/2.txt", "in/b.txt"]


@pytest.mark.parametrize("null", [False, True])
def test_a_list_of_files_is_read_to_its_end(null: bool, stub: Any, place: Path) -> None:
    Path("in").mkdir()
    for name in ("in/a b.txt", "in/c[1].txt", "in/d.txt"):
        Path(name).write_text("x")
    names = ["in/d.txt", "in/gone.txt", "in/a b.txt", "", "in/c[1].txt"]
    Path("list").write_bytes((b"\0" if null else b"\r\n").join(name.encode() for name in names))
    run(listed("list", null=null), "out", HERE)
    assert [record["doc_id"] for record in records()] == ["d", "a b", "c[1]"]
    assert [failure["path"] for failure in failures()] == ["in/gone.txt"]
    assert next(listed("list", null=null)) == Listed("in/d.txt")


def test_a_list_that_cannot_be_read_is_wrong_use(place: Path) -> None:
    with pytest.raises(UsageError, match="gone: this list"):
        list(listed("gone"))


def test_names_that_differ_in_unicode_form_only_are_two_documents(stub: Any, place: Path) -> None:
    Path("in").mkdir()
    for name in ("bi\u00ean.txt", "bie\u0302n.txt"):
        Path("in", name).write_text("x")
    if len(list(Path("in").iterdir())) == 1:
        pytest.skip("this file system takes both for one")
    run(["in"], "out", HERE)
    assert {record["doc_id"] for record in records()} == {"bi\u00ean", "bie\u0302n"}


def test_names_with_line_breaks_quotes_and_broken_bytes_are_read(stub: Any, place: Path) -> None:
    Path("in").mkdir()
    names = ["a\nb.txt", 'c"d.txt', os.fsdecode(b"n\xe9.txt")]
    try:
        for name in names:
            Path("in", name).write_text(f"x {len(name)}")
    except OSError:
        pytest.skip("this file system takes no such names")
    Path("list").write_bytes(b"\0".join(os.fsencode(Path("in", name)) for name in names))
    for number, inputs in enumerate((["in"], ["in/*"], listed("list", null=True))):
        summary = run(inputs, f"out{number}", HERE)
        assert (summary.extracted, summary.failed) == (3, 0)
        assert {record["doc_id"] for record in records(f"out{number}")} == {"a\nb", 'c"d', "n\\xe9"}
        assert run(["in"], f"out{number}", HERE).reused == 3


def test_nothing_is_left_where_nothing_was_found(stub: Any, place: Path) -> None:
    Path("empty").mkdir()
    for inputs in (["empty"], ["gone.txt"], ["*.pdf"], []):
        with pytest.raises(UsageError):
            run(inputs, "out", HERE)
        assert not Path("out").exists()
