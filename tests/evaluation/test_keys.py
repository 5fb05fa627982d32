"""Comparison keys: spellings fold, people do not."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path

import pytest

from minutes_extract.evaluation.keys import is_bare_head, key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND TP. Cần Thơ", "Uỷ ban nhân dân thành phố Cần Thơ"),
        ("Sở KH&CN", "sở khoa học và công nghệ"),
        ("Bà Hoà", "bà  Hòa"),
        ("kỹ thuật", "kĩ thuật"),
        ("PCT HĐND", "Phó Chủ tịch Hội đồng nhân dân"),
        ("Phòng Kinh tế - Hạ tầng", "Phòng Kinh tế, Hạ tầng"),
        ("Cam Xã Đoài", "Cam Xã Đoài"),
    ],
)
def test_two_spellings_of_one_name_are_equal(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hoài Phương", "Hoài Phượng"), ("Lê Văn Tín", "Lê Văn Tính"), ("Sở Nội vụ", "Sở Ngoại vụ"), ("Quý", "Quí Mão"), ("Lan", "Lân")],
)
def test_two_names_are_not(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_nothing_has_the_empty_key() -> None:
    assert (key(None), key(""), key(" . ")) == ("", "", "")


def test_a_bare_head_is_neutral_and_a_named_body_is_not() -> None:
    assert is_bare_head("Sở")
    assert is_bare_head("UBND")
    assert not is_bare_head("UBND tỉnh")
    assert not is_bare_head(None)


def test_keys_equal_those_of_the_reference_scorer(shared: Path, gold: Path) -> None:
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    try:
        reference = runpy.run_path(str(shared / "tools" / "canon.py"))["key"]
    finally:
        sys.dont_write_bytecode = before
    names = [mention["text"] for file in sorted(gold.glob("*.json")) for mention in json.loads(file.read_bytes())["mentions"]]
    assert names
    assert [name for name in names if key(name) != reference(name)] == []
