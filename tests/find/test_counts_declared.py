"""Numbers that announce a list, and numbers that do not."""

from __future__ import annotations

import pytest

from minutes_extract.find.counts import Declared, find_counts
from minutes_extract.rulebook.book import load_rulebook
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import lay_out

RULES = load_rulebook()


def declared_in(text: str) -> list[Declared]:
    return find_counts(lay_out(text, zone_rules(RULES)), RULES)


@pytest.mark.parametrize(
    ("text", "number", "noun"),
    [
        ("đối với 06 nhãn hiệu hàng hóa: Nấm Suối Vàng, Vú sữa Phú Bình.", 6, "nhãn hiệu hàng hóa"),
        ("hai nhãn hiệu chứng nhận của huyện đã công bố là “Tôm Suối Vàng”, “Gạo Phú Bình”", 2, "nhãn hiệu chứng nhận"),
        ("liên hệ với 02 doanh nghiệp (Công ty A và Công ty B) để xác nhận", 2, "doanh nghiệp"),
        ("Vắng mặt: 02 đồng chí, gồm: ông Lâm Văn Sách; bà Lã Thị Lạng.", 2, "đồng chí"),
        ("Có mặt: 09; vắng 02: đ/c Lê Thị Sáng; đ/c Mai Văn Lạng", 2, "người vắng"),
        ("đề xuất 03 nhóm việc: (1) phân tích; (2) tập huấn; (3) ươm tạo.", 3, "nhóm việc"),
        ("Có 02 hộ có ý kiến:\n- Hộ ông Ún: đo lại;\n- Hộ bà Lả: chưa đồng ý.", 2, "hộ"),
    ],
)
def test_a_number_before_a_list_is_declared(text: str, number: int, noun: str) -> None:
    (declared,) = declared_in(text)
    assert (declared.number, declared.noun) == (number, noun)
    assert text[declared.start : declared.end].startswith(text[declared.start : declared.start + 1])


@pytest.mark.parametrize(
    "text",
    [
        "quận có 02 doanh nghiệp được cấp chứng nhận doanh nghiệp khoa học và công nghệ.",
        "12/15 đại biểu tán thành; ngày 12/7 hộ dân đã nhận tiền",
        "tổng số 34 đại biểu, có mặt 32.",
        "ban hành quy chế quản lý 02 nhãn hiệu chứng nhận trước ngày 01/10/2022; giao phòng Kinh tế",
    ],
)
def test_a_number_without_a_list_is_not(text: str) -> None:
    assert declared_in(text) == []
