"""Tokens of the page: where each begins and ends, what kind it is, and what stands before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract.reading.cleaning import clean
from minutes_extract.rulebook.book import load_rulebook
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import lay_out
from minutes_extract.text.page import ALPHA, CAP, DIGIT, PUNCT, UPPER, Page, split_tokens, token_flags


def page_of(text: str) -> Page:
    return lay_out(text, zone_rules(load_rulebook()))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Bà Trần Hoài Phương- Phó", ["Bà", "Trần", "Hoài", "Phương", "-", "Phó"]),
        ("KH&CN", ["KH", "&", "CN"]),
        ("8/8/20203", ["8", "/", "8", "/", "20203"]),
        ("H'Lim Niê", ["H'Lim", "Niê"]),
        ("H’Lim", ["H’Lim"]),
        ("'Cam'", ["'", "Cam", "'"]),
        ("TP.HCM", ["TP", ".", "HCM"]),
        ("QĐ-TTg", ["QĐ", "-", "TTg"]),
        ("06nhãn", ["06", "nhãn"]),
        ("a_b", ["a", "_", "b"]),
        ("…", ["…"]),
        ("m²", ["m²"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_tokens_are_syllables_numbers_and_single_marks(text: str, tokens: list[str]) -> None:
    starts, ends, keys, flags = split_tokens(text)
    assert [text[start:end] for start, end in zip(starts, ends, strict=True)] == tokens
    assert len(keys) == len(flags) == len(tokens)


@pytest.mark.parametrize(
    ("word", "bits"),
    [
        ("Thơ", CAP | ALPHA),
        ("thơ", ALPHA),
        ("UBND", CAP | UPPER | ALPHA),
        ("KHoa", CAP | ALPHA),
        ("Y", CAP | ALPHA),
        ("Đ", CAP | ALPHA),
        ("12", DIGIT),
        ("-", PUNCT),
        ("_", PUNCT),
    ],
)
def test_the_kind_of_a_token(word: str, bits: int) -> None:
    assert token_flags(word) == bits


def test_offsets_and_tokens_meet() -> None:
    page = page_of("Bà Lã Thị Cúc- Phó")
    assert [page.token_at(offset) for offset in (0, 1, 2, 3, 12, 13, 17, 18, 99)] == [0, 0, 1, 1, 3, 4, 5, 6, 6]
    assert page.tokens_in(3, 13) == (1, 4)
    assert page.tokens_in(4, 5) == (1, 2)
    assert page.tokens_in(13, 14) == (4, 5)


def test_lines_hold_their_tokens() -> None:
    page = page_of("Bà Lã Thị Cúc\n\nÔng Tạ Văn Tre")
    assert [page.text[line.start : line.end] for line in page.lines] == ["Bà Lã Thị Cúc", "Ông Tạ Văn Tre"]
    assert [(line.first, line.last) for line in page.lines] == [(0, 4), (4, 8)]
    assert [page.line_index(offset) for offset in (0, 13, 14, 15, 99)] == [0, 0, 0, 1, 1]


@given(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=80))
def test_tokens_cover_all_but_white_space(text: str) -> None:
    text = clean(text)[0]
    page = page_of(text)
    inside = set()
    for start, end in zip(page.starts, page.ends, strict=True):
        assert start < end
        inside.update(range(start, end))
    assert all(text[offset].isspace() or not text[offset].isprintable() or offset in inside for offset in range(len(text)))
    assert list(page.starts) == sorted(page.starts)
    assert len(page.fold) == len(page.text)
    assert len(page.starts) == len(page.ends) == len(page.keys) == len(page.flags) == len(page.gaps) == len(page.line_of)


@given(st.text("aB1-. \n\t", max_size=60))
def test_each_token_lies_in_its_line(text: str) -> None:
    page = page_of(text)
    for i, at in enumerate(page.line_of):
        line = page.lines[at]
        assert line.start <= page.starts[i] < page.ends[i] <= line.end
        assert line.first <= i < line.last
