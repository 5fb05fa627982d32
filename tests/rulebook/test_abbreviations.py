"""Two spellings of a name have one key; two names never do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract.rulebook.abbreviations import abbreviations, expand_abbreviations
from minutes_extract.rulebook.book import load_rulebook


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sở KH&CN TP. Cần Thơ", "Sở Khoa học và Công nghệ thành phố Cần Thơ"),
        ("Sở KHCN", "Sở KH - CN"),
        ("Sở NN và PTNT", "Sở Nông nghiệp & Phát triển nông thôn"),
        ("Phòng GD-ĐT", "phòng giáo dục và đào tạo"),
        ("UBDN tỉnh", "Uỷ ban Nhân dân tỉnh"),
        ("UB MTTQ huyện", "Ủy ban Mặt trận Tổ quốc Việt Nam huyện"),
        ("Sở VH, TT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Công ty CP An Khang", "Công ty Cổ phần An Khang"),
        ("TT Khuyến nông", "Trung tâm Khuyến nông"),
        ("Sở VHTT", "Sở Văn hóa và Thể thao"),
        ("Phòng VHTT", "Phòng Văn hóa và Thông tin"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    rulebook = load_rulebook()
    assert expand_abbreviations(rulebook, one) == expand_abbreviations(rulebook, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sở KH&CN", "Sở KH&ĐT"),
        ("Chi cục QLTT số 1", "Chi cục QLTT số 2"),
        ("Hội đồng Tư vấn", "Hội đồng Trung ương vấn"),
        ("TT Tỉnh ủy", "Trung tâm Tỉnh ủy"),
        ("Nghị định của CP", "Nghị định của cổ phần"),
    ],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    rulebook = load_rulebook()
    assert expand_abbreviations(rulebook, one) != expand_abbreviations(rulebook, other)


def test_what_the_document_defines_wins() -> None:
    table = abbreviations(load_rulebook())
    assert table.key("KHCN", {"khcn": "khối hợp cẩn ninh"}) == "khối hợp cẩn ninh"


def test_capitals_come_back_where_the_words_are_known() -> None:
    assert abbreviations(load_rulebook()).spell("Sở khoa học và công nghệ") == "Sở Khoa học và Công nghệ"


@given(st.text(max_size=40))
def test_a_key_is_stable_under_case_and_spaces(text: str) -> None:
    table = abbreviations(load_rulebook())
    assert table.key(f"  {text}\n") == table.key(text)
