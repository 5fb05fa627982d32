"""The document's own province, district and commune are those it speaks of most; without a clear leader there is none."""

from __future__ import annotations

import pytest

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.places import DocumentPlaces, document_places
from minutes_extract.rulebook.book import load_rulebook
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import lay_out
from minutes_extract.text.markup import parse_marked


def places(marked: str, published: str | None = None) -> DocumentPlaces:
    text, spans = parse_marked(marked)
    rulebook = load_rulebook()
    mentions = [Candidate(span.start, span.end, span.label, "test") for span in spans]
    return document_places(lay_out(text, zone_rules(rulebook)), rulebook, mentions, published=published)


@pytest.mark.parametrize(
    ("marked", "province", "district"),
    [
        ("Họp tại huyện Đak Song, tỉnh Đắk Nông.", "tỉnh Đắk Nông", "huyện Đak Song"),
        ("[UBND TPHCM](ORGANIZATION) họp với khách từ Bình Dương.", "TPHCM", None),
        ("[Tỉnh ủy Đắk Nông](ORGANIZATION) họp.", "tỉnh Đắk Nông", None),
        ("[SỞ Y TẾ TỈNH LẠNG SƠN](ORGANIZATION) họp.", "tỉnh Lạng Sơn", None),
        ("[Sở Y tế Bến Tre](ORGANIZATION) họp.", "tỉnh Bến Tre", None),
        ("[Trường Đại học Cần Thơ](ORGANIZATION) họp.", None, None),
        ("Đoàn đi Bắc Ninh.", None, None),
        ("Khách từ tỉnh Hà Giang và tỉnh Tuyên Quang.", None, None),
        ("Xã hội hóa, hợp tác xã, cấp tỉnh.", None, None),
        ("Huyện Mỹ Xuyên họp. Đường từ tỉnh Sóc Trăng đến TP. Cần Thơ.", "tỉnh Sóc Trăng", "huyện Mỹ Xuyên"),
    ],
)
def test_the_best_supported_area_is_the_documents_own(marked: str, province: str | None, district: str | None) -> None:
    found = places(marked)
    assert (found.province.full if found.province else None) == province
    assert (found.district.full if found.district else None) == district


def test_a_person_behind_a_level_word_is_no_place() -> None:
    assert places("[Chủ tịch](TITLE) [UBND huyện](ORGANIZATION) Lê Văn Mẫu và [UBND tỉnh](ORGANIZATION) Trần Thí Dụ").by_word == {}


def test_spellings_of_one_area_count_together() -> None:
    found = places("huyện Đăk R’lấp, huyện Đắk Rlấp, huyện Đăk R’lấp").by_word["huyện"]
    assert [(place.name, place.weight) for place in found] == [("Đăk R’lấp", 3.0)]


def test_the_day_tells_whether_a_city_is_a_province() -> None:
    assert places("Họp tại thành phố Huế, thành phố Huế.", "2024-05-05").province is None
    later = places("Họp tại thành phố Huế, thành phố Huế.", "2025-05-05").province
    assert later is not None
    assert later.name == "Huế"


def test_near_finds_the_only_area_in_a_stretch() -> None:
    found = places("Ở huyện Ba Vì. Ở huyện Mai Sơn. Ở huyện Mai Sơn.")
    near = found.near("huyện", 0, 14)
    assert near is not None
    assert near.name == "Ba Vì"
    assert found.near("huyện", 0, 40) is None
