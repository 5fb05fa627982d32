"""Texts typed for TCVN3 and VNI fonts, and texts that only look like it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract.reading.legacy import decode_legacy
from minutes_extract.reading.source import read_text

TYPED = [
    ("tcvn3", "¤ng TrÇn V¨n LÊm, Gi¸m ®èc Së Khoa häc vµ C«ng nghÖ.", "Ông Trần Văn Lấm, Giám đốc Sở Khoa học và Công nghệ."),
    ("tcvn3", "C¸c ®¹i biÓu dù häp t¹i x· Suèi Vµng, huyÖn Phó B×nh; ñy ban nh©n d©n ch­a lËp kÕ ho¹ch.",
     "Các đại biểu dự họp tại xã Suối Vàng, huyện Phú Bình; ủy ban nhân dân chưa lập kế hoạch."),
    ("vni", "OÂng Leâ Vaên Taùm, Giaùm ñoác Sôû Khoa hoïc vaø Coâng ngheä.", "Ông Lê Văn Tám, Giám đốc Sở Khoa học và Công nghệ."),
    ("vni", "ÑAÏI HOÏC Suoái Vaøng toå chöùc hoäi nghò, xaõ Phuù Bình döï, nhöõng ñôn vò khaùc vaéng.",
     "ĐẠI HỌC Suối Vàng tổ chức hội nghị, xã Phú Bình dự, những đơn vị khác vắng."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "typed", "meant"), TYPED)
def test_the_letters_that_were_meant_are_read(code: str, typed: str, meant: str) -> None:
    assert decode_legacy(typed)[1] == code
    assert read_text(typed).clean == meant


@pytest.mark.parametrize(("code", "typed", "meant"), TYPED)
def test_each_word_stands_where_it_was_typed(code: str, typed: str, meant: str) -> None:
    source = read_text(typed)
    at = 0
    for was, word in zip(typed.split(), meant.split(), strict=True):
        start = source.clean.index(word, at)
        at = start + len(word)
        first, last = source.offsets.to_source(start, at)
        assert source.text[first:last] == was


@pytest.mark.parametrize(
    "text",
    [
        "Bà Nông Thị Mây phát biểu.",
        "Bà Nông Thị Mây nhắc tệp cũ: “Gi¸m ®èc Së häc vµ”.",
        unicodedata.normalize("NFD", "Bà Nông Thị Mây phát biểu tại hội nghị."),
        "Mademoiselle, voilà l'été; où êtes-vous, Noël?",
        "Größe, Straße, Müller, schön, Äpfel, für",
        "São Paulo, coração, mañana, señor",
        "Ban Kinh te Trung uong, 5 µm, ® 2024 «Rex» ¼ kg",
        "",
        "no accents at all",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert decode_legacy(text) == (text, None)


@given(st.text(alphabet=st.characters(max_codepoint=0x1FF), max_size=80))
def test_no_text_changes_its_length(text: str) -> None:
    assert len(decode_legacy(text)[0]) == len(text)
