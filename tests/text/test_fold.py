"""Folding makes spellings equal and never moves an offset."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract.text.fold import fold, fold_key, fold_spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ỦY BAN", "ủy ban"),
        ("Uỷ ban", "Ủy ban"),
        ("Hoà Bình", "Hòa Bình"),
        ("loè", "lòe"),
        ("Thuý", "Thúy"),
        ("kỹ thuật", "kĩ thuật"),
        ("Lý", "Lí"),
        ("công ty", "công ti"),
        ("KH&CN – TP", "KH&CN - TP"),
        ("A — B", "A - B"),
        ("“Cam”", '"Cam"'),
        ("H’Lim", "H'Lim"),
        ("H`Lim", "H'Lim"),
        ("Ðắk", "Đắk"),
        ("Sở\u00a0Y tế", "Sở Y tế"),
    ],
)
def test_two_spellings_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phương", "Phượng"),
        ("Tuấn", "Tuân"),
        ("Mơ", "Mở"),
        ("Đỗ", "Dỗ"),
        ("ma", "mà"),
        ("hoàn", "hòan"),  # no open syllable: the tone has one place only
        ("quý", "qúy"),
        ("ngày", "ngài"),  # y is no i behind a vowel
        ("tay", "tai"),
        ("Sở Y", "Sở I"),
        ("KH&CN", "KH-CN"),
    ],
)
def test_two_words_stay_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_white_space_collapses_in_keys_only() -> None:
    assert fold_key("Hội  đồng\tNhân dân ") == "hội đồng nhân dân"
    assert fold("Hội  đồng") == "hội  đồng"


def test_spelling_is_for_lower_case_patterns() -> None:
    assert fold_spelling("uỷ ban kỹ thuật") == fold("uỷ ban kỹ thuật")


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert len(fold(text)) == len(text)


@given(st.text())
def test_each_character_folds_at_its_own_place(text: str) -> None:
    """A cut between two words changes nothing on either side."""
    text = unicodedata.normalize("NFC", text)
    assert fold(f"{text} x") == f"{fold(f'{text} ')}x"


SYLLABLES = ["Uỷ", "ban", "Hoà", "kỹ", "thuật", "Thuý", "quý", "Đắk", "Lý", "NGUYỄN", "Sở"]


@given(st.lists(st.sampled_from(SYLLABLES), max_size=6).map(" ".join))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text.upper()) == fold(text.lower()) == fold(text)
