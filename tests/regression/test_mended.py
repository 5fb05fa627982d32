"""Faults that were met and mended, one row each: the text they were met in, and what must be read there now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from minutes_extract.pipeline import reading_of
from minutes_extract.text.markup import parse_marked

if TYPE_CHECKING:
    from spacy.language import Language

# What went wrong -> label and marked text: all spans of the label, and only these.
ROWS = {
    "the post Đại sứ hid the body Đại sứ quán": ("ORGANIZATION", "Dự án do [Đại sứ quán Nhật Bản](ORGANIZATION) tài trợ."),
    "an embassy was a post": ("TITLE", "Dự án do Đại sứ quán Nhật Bản tài trợ."),
    "half of Ủy ban nhân dân was a board": (
        "ORGANIZATION",
        "Đề nghị các đơn vị thực hiện nghiêm túc thông báo này.\n\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\nĐỗ Nhất Tâm\n",
    ),
    "a company's name took the verb": ("ORGANIZATION", "[Tập đoàn An Khang](ORGANIZATION) đầu tư nhà máy."),
    "the registry was a head of department": ("TITLE", "Lưu: VT, VX."),
    "a company was a chair": ("TITLE", "Theo báo cáo của CT TNHH Mây Trắng."),
    "an address was a person": ("OFFICIAL", "Đ/c: Số 12, đường 3/2"),
    "a name of six syllables lost the last": ("OFFICIAL", "Bà [Công Huyền Tôn Nữ Diệu An](OFFICIAL) phát biểu."),
    "the President was a city": ("OFFICIAL", "Chủ tịch [Hồ Chí Minh](OFFICIAL) đọc Tuyên ngôn Độc lập."),
}


@pytest.mark.parametrize(("label", "marked"), ROWS.values(), ids=ROWS)
def test_it_stays_mended(label: str, marked: str, nlp: Language) -> None:
    text, spans = parse_marked(marked)
    found = sorted((m.start, m.end) for m in reading_of(nlp(text)).facts.mentions if m.label == label)
    assert [text[start:end] for start, end in found] == [text[span.start : span.end] for span in spans if span.label == label]
    assert found == sorted((span.start, span.end) for span in spans if span.label == label)
