"""Place names are found in every spelling, and only where they are place names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract.rulebook.book import load_rulebook
from minutes_extract.rulebook.place_index import PlaceIndex, place_index
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import lay_out
from minutes_extract.text.page import Page


@pytest.fixture(scope="module")
def index() -> PlaceIndex:
    return place_index(load_rulebook())


def page_of(text: str) -> Page:
    return lay_out(text, zone_rules(load_rulebook()))


@pytest.mark.parametrize(
    ("text", "tokens", "name", "kind"),
    [
        ("Cần Thơ", 2, "Cần Thơ", "province"),
        ("CầnThơ", 1, "Cần Thơ", "province"),
        ("CẦN THƠ", 2, "Cần Thơ", "province"),
        ("Bà Rịa - Vũng Tàu", 5, "Bà Rịa - Vũng Tàu", "province"),
        ("Bà Rịa Vũng Tàu", 4, "Bà Rịa - Vũng Tàu", "province"),
        ("Hoà Bình", 2, "Hòa Bình", "province"),
        ("Đăk Nông", 2, "Đắk Nông", "province"),
        ("Đak R’lấp", 2, "Đắk R’Lấp", "district"),
        ("Đắk Rlấp", 2, "Đắk R’Lấp", "district"),
        ("Cư M'gar", 2, "Cư M’gar", "district"),
        ("TPHCM", 1, "Hồ Chí Minh", "province"),
        ("Đồng bằng sông Cửu Long", 5, "Đồng bằng sông Cửu Long", "region"),
        ("Nhật Bản", 2, "Nhật Bản", "country"),
        ("Phú Quốc", 2, "Phú Quốc", "special_zone"),
    ],
)
def test_a_place_is_found_in_every_spelling(index: PlaceIndex, text: str, tokens: int, name: str, kind: str) -> None:
    page = page_of(text)
    assert index.longest_at(page, 0) == tokens
    place = index.place_at(page, 0)
    assert place is not None
    assert place.name == name
    assert kind in index.kind_of(page, 0, tokens)


@pytest.mark.parametrize("text", ["hòa bình thế giới", "Cần\n\nThơ", "thơ ca", "Sở Y tế", "quê hương"])
def test_what_only_looks_like_a_place_is_none(index: PlaceIndex, text: str) -> None:
    assert index.longest_at(page_of(text), 0) is None


@pytest.mark.parametrize(
    ("text", "word", "area", "level"),
    [
        ("huyện Đăk R’lấp tỉnh Đắk Nông", "huyện", "huyện Đăk R’lấp", "district"),
        ("TP.HCM tổ chức", "thành phố", "TP.HCM", "province"),
        ("TP. CầnThơ", "thành phố", "TP. CầnThơ", "province"),
        ("TP.Mỹ Tho", "thành phố", "TP.Mỹ Tho", "district"),
        ("Q. 1 họp", "quận", "Q. 1", "district"),
        ("quận bình thủy", "quận", "quận bình thủy", "district"),
        ("thị xã Bỉm Sơn", "thị xã", "thị xã Bỉm Sơn", "district"),
        ("phường Thới An Đông", "phường", "phường Thới An Đông", "commune"),
        ("đặc khu Phú Quốc", "đặc khu", "đặc khu Phú Quốc", "commune"),
    ],
)
def test_an_area_is_a_type_word_with_its_name(index: PlaceIndex, text: str, word: str, area: str, level: str) -> None:
    page = page_of(text)
    found = index.area_at(page, 0)
    assert found is not None
    assert found.word == word
    assert page.text[page.starts[found.first] : page.ends[found.last - 1]] == area
    name = page.text[page.starts[found.name_first] : page.ends[found.last - 1]]
    assert index.level_of(found.word, name) == level


@pytest.mark.parametrize(
    "text",
    [
        "xã hội chủ nghĩa",
        "Quận ủy Bình Thủy",
        "TP Kinh tế",
        "Q. Giám đốc",
        "TT Ứng dụng",
        "tỉnh Trần Văn Thí Dụ",
        "tỉnh 250 triệu",
        "quận 2023",
    ],
)
def test_a_type_word_of_another_kind_opens_no_area(index: PlaceIndex, text: str) -> None:
    assert index.area_at(page_of(text), 0) is None


def test_a_type_word_that_ends_another_word_opens_no_area(index: PlaceIndex) -> None:
    page = page_of("hợp tác xã Xoài Tròn")
    assert index.area_at(page, 2) is None


@pytest.mark.parametrize(
    ("name", "day", "unit"),
    [
        ("Lào Cai", "2025-06-30", "place.lao_cai_old"),
        ("Lào Cai", "2025-07-01", "place.lao_cai_2025"),
        ("Lào Cai", None, None),
        ("Bến Tre", None, "place.ben_tre_old"),
        ("Bến Tre", "2026-01-01", None),
        ("Huế", "2024-12-31", None),
        ("Đồng Nai", "2026-05-01", "place.dong_nai_city"),
    ],
)
def test_a_province_is_told_by_its_name_and_the_day(index: PlaceIndex, name: str, day: str | None, unit: str | None) -> None:
    found = index.province_on(name, day)
    assert (found.id if found else None) == unit


def test_the_chain_of_successors_ends_at_the_unit_in_force(index: PlaceIndex) -> None:
    old = index.province_on("Bình Phước", "2020")
    assert old is not None
    assert index.in_force_now(old).id == "place.dong_nai_city"


def test_hue_becomes_a_province_in_2025(index: PlaceIndex) -> None:
    assert index.level_of("thành phố", "Huế", "2024-06-01") == "district"
    assert index.level_of("thành phố", "Huế", "2025-06-01") == "province"


def test_a_district_knows_its_province(index: PlaceIndex) -> None:
    assert index.provinces_of("huyện", "Đak Song") == ("Đắk Nông",)
    assert index.provinces_of("quận", "Đắk Song") == ()


def test_every_successor_and_every_district_province_is_an_entry() -> None:
    table = load_rulebook()["places"]
    ids, names = {entry.id for entry in table.entries}, {entry.name for entry in table.entries}
    assert {entry.successor for entry in table.entries if entry.successor} <= ids
    assert {row.split("|")[1].strip() for row in table.lists["districts"] + table.lists["special_zones"]} <= names


def test_provinces_in_force_on_two_days_are_as_many_as_the_law_says() -> None:
    entries = load_rulebook()["places"].entries
    for day, count in (("2010-01-01", 63), ("2025-06-30", 63), ("2025-07-01", 34), ("2026-05-01", 34)):
        began = [entry for entry in entries if entry.valid_from is None or entry.valid_from.isoformat() <= day]
        assert sum(entry.valid_to is None or day <= entry.valid_to.isoformat() for entry in began) == count, day


def test_an_apostrophe_behind_a_place_is_no_syllable(index: PlaceIndex) -> None:
    assert index.longest_at(page_of("Đà Nẵng ' họp"), 0) == 2


@given(st.text(alphabet="TPQHXtphqx. 0123456789ủyệnÂâĐđắk'’-\n&", max_size=40))
def test_no_text_breaks_the_index(text: str) -> None:
    index, page = place_index(load_rulebook()), page_of(text)
    for i in range(len(page)):
        size = index.longest_at(page, i)
        assert size is None or i + size <= len(page)
        area = index.area_at(page, i)
        assert area is None or i < area.name_first < area.last <= len(page)
