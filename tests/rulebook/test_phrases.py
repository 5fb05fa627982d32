"""The trie of phrases: the longest known phrase at a token, never across the end of a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract.rulebook.book import load_rulebook
from minutes_extract.rulebook.phrases import PhraseTrie
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import lay_out
from minutes_extract.text.page import Page

POSTS = PhraseTrie([("Chủ tịch", "head"), ("Phó Chủ tịch", "deputy"), ("Phó Chủ tịch Thường trực", "standing"), ("P.CT", "short")])


def page_of(text: str) -> Page:
    return lay_out(text, zone_rules(load_rulebook()))


@pytest.mark.parametrize(
    ("text", "token", "found"),
    [
        ("Phó Chủ tịch UBND", 0, (3, "deputy")),
        ("Phó Chủ tịch Thường trực HĐND", 0, (5, "standing")),
        ("Phó Chủ tịch Thường vụ", 0, (3, "deputy")),
        ("Phó Chủ tịch UBND", 1, (3, "head")),
        ("Phó Giám đốc", 0, None),
        ("Phó Chủ", 0, None),
        ("PHÓ CHỦ TỊCH", 0, (3, "deputy")),
        ("phó chủ tịch", 0, (3, "deputy")),
        ("P.CT UBND", 0, (3, "short")),
        ("P. CT UBND", 0, (3, "short")),
        ("P CT UBND", 0, None),
        ("Phó  Chủ tịch", 0, (3, "deputy")),
        ("Phó, Chủ tịch", 0, None),
    ],
)
def test_the_longest_phrase_that_starts_at_a_token(text: str, token: int, found: tuple[int, str] | None) -> None:
    assert POSTS.longest(page_of(text), token) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("- Phó\n- Chủ tịch", None, id="two items of a list"),
        pytest.param("Phó\n\nChủ tịch", None, id="two paragraphs"),
        pytest.param("Phó       Chủ tịch", None, id="two columns"),
    ],
)
def test_a_phrase_ends_with_its_line(text: str, found: object) -> None:
    page = page_of(text)
    assert POSTS.longest(page, page.keys.index("phó")) == found


WRAPPED = (
    "Hội nghị bàn nhiều nội dung quan trọng về kế hoạch công tác của ngành và giao Phó\n"
    "Chủ tịch phụ trách triển khai các nhiệm vụ đã nêu trong nghị quyết của hội đồng\n"
) + "nhân dân các cấp, báo cáo kết quả trước cuối tháng và chịu trách nhiệm về tiến độ\n" * 8


def test_a_phrase_goes_on_over_a_wrapped_line() -> None:
    page = page_of(WRAPPED)
    at = page.keys.index("phó")
    assert POSTS.longest(page, at) == (at + 3, "deputy")


def test_a_stop_token_bounds_the_phrase() -> None:
    page = page_of("Phó Chủ tịch Thường trực")
    assert POSTS.longest(page, 0, 4) == (3, "deputy")
    assert POSTS.longest(page, 0, 2) is None


def test_of_two_equal_phrases_the_first_stays() -> None:
    trie = PhraseTrie([("Uỷ viên", 1), ("Ủy viên", 2), ("ỦY  VIÊN", 3)])
    assert len(trie) == 1
    assert trie.longest(page_of("ủy viên"), 0) == (2, 1)


def test_an_empty_phrase_is_no_phrase() -> None:
    trie: PhraseTrie[int] = PhraseTrie([("", 1), ("   ", 2)])
    assert len(trie) == 0
    assert trie.longest(page_of("a"), 0) is None


words = st.lists(st.sampled_from(["phó", "chủ", "tịch", "ban", "uỷ"]), min_size=1, max_size=4).map(" ".join)


@given(st.lists(words, max_size=6), words)
def test_the_trie_finds_what_a_scan_of_all_phrases_finds(phrases: list[str], text: str) -> None:
    trie = PhraseTrie((phrase, phrase) for phrase in phrases)
    fitting = [phrase for phrase in phrases if f"{text} ".startswith(f"{phrase} ")]
    found = trie.longest(page_of(text), 0)
    assert (found and found[1]) == (max(fitting, key=len) if fitting else None)
