"""The clean text and the way back: what the rules read, and where each of its characters stands in the text as read."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minutes_extract.reading import read_text
from minutes_extract.reading.cleaning import clean
from minutes_extract.reading.offsets import OffsetMap

PIECES = (
    *"abđĐơÂàẫÐ.,-",
    *(" ", "\n", "\t", "e\u0323", "o\u031b\u0301", "a\u0302\u0303", "n\u0301", "\u0301", "\u0323\u0302", "\u212b"),
    *("\u1100\u1161\u11a8", "\u0958", "\u0915\u093c", "\u00a0", "\u2003", "\u200b", "\ufeff", "\u00ad", "\u200d"),
    *("\r\n", "\r", "\u2028", "\x0c", "\x07", "\uf0b7", "😀"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("Sở Nội vụ", "Sở Nội vụ"),
        ("So\u031b\u0309 No\u0323\u0302i vu\u0323", "Sở Nội vụ"),
        ("Cần\u00a0Thơ", "Cần Thơ"),
        ("Cần\u200bThơ", "CầnThơ"),
        ("\ufeffBiên bản", "Biên bản"),
        ("nhãn\u00ad hiệu", "nhãn hiệu"),
        ("a\r\nb\rc\u2028d\x0ce", "a\nb\nc\nd\ne"),
        ("cột một\tcột hai", "cột một\tcột hai"),
        ("chuông\x07kêu", "chuông kêu"),
        ("\uf0b7 mục", "• mục"),
        ("ĐBSCL, Ðồng Tháp, Uỷ ban", "ĐBSCL, Ðồng Tháp, Uỷ ban"),
        ("Thu\u200b\u031b\u0301", "Thứ"),
    ],
)
def test_clean_text_is_composed_and_visible_and_letters_are_not_repaired(read: str, expected: str) -> None:
    assert clean(read)[0] == expected


def test_text_that_is_clean_already_is_its_own_map() -> None:
    offsets = clean("Bà Nông Thị Mây")[1]
    assert offsets.is_identity
    assert offsets.to_source(3, 15) == (3, 15)


def test_a_span_over_a_composed_letter_covers_all_its_source_characters() -> None:
    source = "B\u1ea1n Th\u01a1\u0323, ba\u0300 Ma\u0302y"
    cleaned, offsets = clean(source)
    start = cleaned.index("bà Mây")
    first, last = offsets.to_source(start, start + len("bà Mây"))
    assert source[first:last] == "ba\u0300 Ma\u0302y"


def test_removed_characters_at_the_edge_stay_outside_the_span() -> None:
    source = "ông \u200bTín\u200b, Giám đốc"
    cleaned, offsets = clean(source)
    start = cleaned.index("Tín")
    first, last = offsets.to_source(start, start + 3)
    assert source[first:last] == "Tín"


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match=r"3\.\.9"):
        OffsetMap(5, 5).to_source(3, 9)


@given(TEXTS, st.data())
@example("a\u0323\u0302", None)
def test_every_clean_span_maps_to_a_source_span_with_the_same_clean_text(text: str, data: st.DataObject | None) -> None:
    cleaned, offsets = clean(text)
    assert (offsets.clean_length, offsets.source_length) == (len(cleaned), len(text))
    if not cleaned or data is None:
        return
    start = data.draw(st.integers(0, len(cleaned) - 1))
    end = data.draw(st.integers(start + 1, len(cleaned)))
    first, last = offsets.to_source(start, end)
    assert 0 <= first < last <= len(text)
    assert cleaned[start:end] in clean(text[first:last])[0]
    back = offsets.to_clean(first, last)
    assert back[0] <= start
    assert back[1] >= end
    if _cuts_no_cluster(cleaned, start, end):
        assert clean(text[first:last])[0] == cleaned[start:end]
        assert back == (start, end)


def _cuts_no_cluster(text: str, start: int, end: int) -> bool:
    def inside(at: int) -> bool:
        return at < len(text) and unicodedata.category(text[at])[0] == "M"

    return not inside(start) and not inside(end)


@given(TEXTS)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)[0]
    assert clean(once)[0] == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(alphabet="Sở Nộivụ&,.\nâăđƠỪẫ 0123", max_size=60))
def test_one_text_in_nfc_nfd_crlf_bom_and_nbsp_has_one_clean_form(text: str) -> None:
    expected = clean(text)[0]
    for form in (
        unicodedata.normalize("NFD", text),
        text.replace("\n", "\r\n"),
        "\ufeff" + text,
        text.replace(" ", "\u00a0"),
        unicodedata.normalize("NFD", text).replace("\n", "\r\n").replace(" ", "\u00a0"),
    ):
        assert clean(form)[0] == expected


def test_given_text_is_kept_unchanged() -> None:
    text = "Ba\u0300 Tha\u0323ch\u00a0Sen\r\n"
    assert read_text(text, doc_id="n1").text == text
