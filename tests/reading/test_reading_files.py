"""Files, bytes and folders: what is read, and the one clear message for what cannot be."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from minutes_extract.errors import ReadingError, UsageError
from minutes_extract.reading import read, read_text
from minutes_extract.reading.folders import find_documents

TEXT = "BIÊN BẢN\nHọp giao ban tháng 8\nChủ trì: Bà Nông Thị Mây, Phó Giám đốc Sở.\n"


@pytest.mark.parametrize(
    ("encode_with", "reported"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be")],
)
def test_the_reported_encoding_decodes_the_bytes_to_the_text(tmp_path: Path, encode_with: str, reported: str) -> None:
    path = tmp_path / "hop.txt"
    path.write_bytes(TEXT.encode(encode_with))
    source = read(path)
    assert source.text == TEXT == path.read_bytes().decode(source.encoding or "")
    assert source.encoding == reported
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (source.doc_id, source.media_type) == ("hop", "text/plain")


def test_utf16_big_endian_with_a_mark_is_read() -> None:
    assert read(b"\xfe\xff" + TEXT.encode("utf-16-be")).text == TEXT


def test_line_ends_are_kept_in_the_text_and_joined_in_the_clean_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"mot\r\nhai\r\n")
    source = read(path)
    assert (source.text, source.clean) == ("mot\r\nhai\r\n", "mot\nhai\n")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "only white space"),
        ("\u200b\ufeff ".encode(), "only white space"),
        ("Sở Nội vụ".encode()[:-1], "byte 12 .*inside a character"),
        ("Sở".encode() + b"\xff\xfe N\xe1i v", r"byte 4 \(line 1\): not UTF-8 .*convert"),
        (b"dong 1\ndong 2 \xc3\x28", r"byte 14 \(line 2\)"),
        (b"abc\x00def", "byte 3: a NUL"),
        ("Sở\x00".encode(), "byte 4: a NUL"),
        (bytes(range(1, 32)) * 20, "control characters"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "DOCX"),
        (b"\xff\xfeS", "byte 2 .*inside a character"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_the_place(data: bytes, message: str) -> None:
    with pytest.raises(ReadingError, match=message):
        read(data, doc_id="n1")


def test_one_control_character_in_a_text_is_no_reason_to_refuse_it() -> None:
    assert read(TEXT.encode() + b"\x0c").clean.startswith("BIÊN BẢN")


@pytest.mark.parametrize(
    ("text", "message"), [("ba \ud800", "character 3: a lone surrogate"), ("a\x00", "NUL"), ("", "empty"), (" ", "white")]
)
def test_texts_that_cannot_be_read_are_refused(text: str, message: str) -> None:
    with pytest.raises(ReadingError, match=message):
        read_text(text)


def test_a_file_over_the_limit_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(ReadingError, match=r"1,000,000,000,000 bytes, more than the limit"):
        read(path)
    with pytest.raises(ReadingError, match="limit of 5"):
        read(b"123456", max_bytes=5)


def test_places_that_are_no_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "sheet.xyz").write_text(TEXT, "utf-8")
    for path, message in [
        (tmp_path, "a folder"),
        (tmp_path / "folder.txt", "a folder"),
        (tmp_path / "none.txt", "no such file"),
        (tmp_path / "sheet.xyz", r"supported: \.txt"),
        (tmp_path / ("x" * 300 + ".txt"), "cannot be read"),
    ]:
        with pytest.raises(ReadingError, match=message):
            read(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    with pytest.raises(ReadingError, match="not a regular file"):
        read(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "closed.txt"
    path.write_text(TEXT, "utf-8")
    path.chmod(0)
    with pytest.raises(ReadingError, match="permissions"):
        read(path)


def test_a_folder_yields_its_documents_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.TXT", "a/1.txt", ".hidden.txt", ".git/x.txt", "note.docx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT, "utf-8")
    found = {path.relative_to(tmp_path).as_posix() for path in find_documents(tmp_path)}
    assert found == {"a/1.txt", "a/2.TXT", "b.txt"}
    assert list(find_documents(tmp_path / "note.docx")) == [tmp_path / "note.docx"]


def test_a_pattern_stands_for_what_it_matches(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.TXT", "a/c/1.txt", "a[1].txt", "note.docx"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, "utf-8")

    def found(pattern: str) -> set[str]:
        return {path.relative_to(tmp_path).as_posix() for path in find_documents(f"{tmp_path}/{pattern}")}

    assert found("*.docx") == {"note.docx"}
    assert found("**/*.txt") == {"b.txt", "a/c/1.txt", "a[1].txt"}
    assert found("a*") == {"a/2.TXT", "a/c/1.txt", "a[1].txt"}
    assert found("a[1].txt") == {"a[1].txt"}
    with pytest.raises(UsageError, match="matches no file"):
        found("*.pdf")


def test_a_link_that_leads_back_is_entered_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.txt").write_text(TEXT, "utf-8")
    try:
        (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    assert list(find_documents(tmp_path)) == [tmp_path / "a" / "1.txt"]


def test_wrong_inputs_are_wrong_use(tmp_path: Path) -> None:
    for given, message in [(tmp_path, "no documents in this folder"), (tmp_path / "none", "no such file")]:
        with pytest.raises(UsageError, match=message):
            list(find_documents(given))
