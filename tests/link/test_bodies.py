"""Mentions of one body are one body, with its fullest name; a post has the body the document gives it."""

from __future__ import annotations

import pytest

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.bodies import Resolution, resolve_bodies
from minutes_extract.link.body_of_post import organization_name
from minutes_extract.link.body_spelling import quiet_name
from minutes_extract.rulebook.book import load_rulebook
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import lay_out
from minutes_extract.text.markup import parse_marked
from minutes_extract.text.page import Page


def read(marked: str) -> tuple[Page, list[Candidate], Resolution]:
    text, spans = parse_marked(marked)
    rulebook = load_rulebook()
    page = lay_out(text, zone_rules(rulebook))
    mentions = [Candidate(span.start, span.end, span.label, "test") for span in spans]
    return page, mentions, resolve_bodies(page, rulebook, mentions)


def names(marked: str) -> list[str]:
    return [body.name for body in read(marked)[2].bodies]


def organization_of_last_post(marked: str) -> str | None:
    """The organization of the last TITLE; its body is the ORGANIZATION that starts in or right behind it."""
    page, mentions, resolution = read(marked)
    title = [m for m in mentions if m.label == "TITLE"][-1]
    behind = [m for m in mentions if m.label == "ORGANIZATION" and title.start <= m.start <= title.end + 1]
    return organization_name(page, load_rulebook(), resolution, title, behind[0] if behind else None)


@pytest.mark.parametrize(
    ("marked", "organization"),
    [
        (
            "[Sở Khoa học và Công nghệ TP. Cần Thơ](ORGANIZATION) làm việc. Bà Lê Thị Thí Dụ - [Phó giám đốc](TITLE) [Sở](ORGANIZATION).",
            "Sở Khoa học và Công nghệ TP. Cần Thơ",
        ),
        (
            "Hội nghị bàn việc của huyện Đăk R’lấp. Ông Lê Văn Mẫu - [Chủ tịch](TITLE) [HĐND huyện](ORGANIZATION).",
            "HĐND huyện Đăk R’lấp",
        ),
        ("Họp tại tỉnh Đắk Nông. Ông Lê Văn Mẫu, [Bí thư](TITLE) [Tỉnh ủy](ORGANIZATION).", "Tỉnh ủy Đắk Nông"),
        ("Họp [UBND TPHCM](ORGANIZATION). Ông Lê Văn Mẫu, [Phó Bí thư](TITLE) [Thành ủy](ORGANIZATION).", "Thành ủy TPHCM"),
        (
            "Họp tại tỉnh Tiền Giang. Ông Lê Văn Mẫu, [Giám đốc](TITLE) [Sở Công Thương](ORGANIZATION).",
            "Sở Công Thương tỉnh Tiền Giang",
        ),
        (
            "Họp tại tỉnh Hà Giang có [Sở Y tế](ORGANIZATION). Ông Lê Văn Mẫu, [Chánh [Văn phòng](TITLE^) Sở](ORGANIZATION).",
            "Văn phòng Sở Y tế tỉnh Hà Giang",
        ),
        (
            "Ông Lê Văn Mẫu, [Trưởng [phòng](TITLE^) Nông nghiệp và PTNT huyện Đắk Song](ORGANIZATION).",
            "phòng Nông nghiệp và PTNT huyện Đắk Song",
        ),
        ("Ông Lê Văn Mẫu, [Thứ trưởng](TITLE) [Nội vụ](ORGANIZATION).", "Bộ Nội vụ"),
        ("Ông Lê Văn Mẫu, [TP](TITLE) [Kinh tế](ORGANIZATION).", "Phòng Kinh tế"),
        ("Ông Lê Văn Mẫu, [TP](TITLE) [Tổ chức cán bộ](ORGANIZATION).", "Phòng Tổ chức cán bộ"),
        ("Ông Lê Văn Mẫu, [Phó viện trưởng](TITLE) [Khoa học Hình sự](ORGANIZATION).", "Viện Khoa học Hình sự"),
        ("Ông Lê Văn Mẫu, [Ủy viên](TITLE) [Trung ương Đảng](ORGANIZATION).", "Trung ương Đảng"),
        ("Họp ở huyện Yên Châu: [HĐND](ORGANIZATION), [Chủ tịch](TITLE) [UBND huyện](ORGANIZATION).", "UBND huyện Yên Châu"),
        (
            "[Phòng Kinh tế TP. Mỹ Tho](ORGANIZATION) (ông Lê Văn Mẫu - [Trưởng phòng](TITLE)) trình bày.",
            "Phòng Kinh tế TP. Mỹ Tho",
        ),
        ("Đại diện [Sở Tài chính tỉnh Hà Giang](ORGANIZATION): Bà Lê Thị Thí Dụ, [chuyên viên](TITLE).", "Sở Tài chính tỉnh Hà Giang"),
    ],
)
def test_a_post_has_the_body_the_document_gives_it(marked: str, organization: str) -> None:
    assert organization_of_last_post(marked) == organization


def test_a_list_under_one_head_gives_each_name_its_own_body() -> None:
    page, mentions, resolution = read("Ở tỉnh Hà Giang, các [Phó Giám đốc](TITLE) [Sở](ORGANIZATION): Lê Văn Mẫu (Công Thương)")
    title, body = mentions
    rulebook = load_rulebook()
    assert organization_name(page, rulebook, resolution, title, body, hint="Công Thương") == "Sở Công Thương tỉnh Hà Giang"
    assert organization_name(page, rulebook, resolution, title, body) is None


@pytest.mark.parametrize(
    ("marked", "organization"),
    [
        ("Ông Lê Văn Mẫu - [Phó Bí thư](TITLE), [Chủ tịch](TITLE) [UBND tỉnh](ORGANIZATION).", "UBND tỉnh"),
        ("[Sở Y tế](ORGANIZATION) và [Sở Nội vụ](ORGANIZATION) họp.\nÔng Mẫu, [Giám đốc](TITLE) [Sở](ORGANIZATION).", None),
        ("Họp tại tỉnh Hà Giang. Ông Lê Văn Mẫu, [Trưởng [phòng](TITLE^) Nội vụ](ORGANIZATION).", "phòng Nội vụ"),
        ("Họp tại tỉnh Hà Giang và tỉnh Tuyên Quang, có [Chủ tịch](TITLE) [UBND tỉnh](ORGANIZATION).", "UBND tỉnh"),
        ("Ông Lê Văn Mẫu, [Phó Bí thư](TITLE).", None),
    ],
)
def test_what_the_document_does_not_tell_is_not_said(marked: str, organization: str | None) -> None:
    assert organization_of_last_post(marked) == organization


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[Sở KH&CN TP. CầnThơ](ORGANIZATION) báo cáo. [Sở Khoa học và Công nghệ thành phố Cần Thơ](ORGANIZATION) họp.",
            ["Sở Khoa học và Công nghệ thành phố Cần Thơ"],
        ),
        ("[UBDN huyện Yên Châu](ORGANIZATION), rồi [UBND huyện](ORGANIZATION)", ["UBND huyện Yên Châu"]),
        (
            "[Trung tâm Ứng dụng Tiến KH&CN](ORGANIZATION) và [Trung tâm Ứng dụng Tiến bộ KH&CN](ORGANIZATION)",
            ["Trung tâm Ứng dụng Tiến bộ KH&CN"],
        ),
        ("[Phòng Quản lý khoa học](ORGANIZATION) và [Phòng Quản lý công nghệ](ORGANIZATION)", None),
        ("[Đội Quản lý thị trường số 1](ORGANIZATION) và [Đội Quản lý thị trường số 2](ORGANIZATION)", None),
        ("[UBND huyện Yên Châu](ORGANIZATION) và [UBND huyện Mai Sơn](ORGANIZATION)", None),
        ("[UBND tỉnh](ORGANIZATION) và [UBND huyện](ORGANIZATION)", None),
        ("[UBND huyện](ORGANIZATION) và [UBND](ORGANIZATION)", ["UBND huyện"]),
        ("[Công ty CP Công An Bình](ORGANIZATION) và [Công ty CP Cảng An Bình](ORGANIZATION)", None),
        ("[Bộ TT&TT](ORGANIZATION) và [Bộ TTTT](ORGANIZATION)", ["Bộ TT&TT"]),
        ("[Chi cục Quản lý thị trường](ORGANIZATION), [Chi cục Quản lý thi trường](ORGANIZATION)", ["Chi cục Quản lý thị trường"]),
        ("[UBND tỉnh Hà Giang](ORGANIZATION) và [HĐND tỉnh Hà Giang](ORGANIZATION)", None),
        (
            "[Liên đoàn Thương mại và Công nghiệp Việt Nam](ORGANIZATION) ([VCCI](ORGANIZATION)) họp. [VCCI](ORGANIZATION) báo cáo.",
            ["Liên đoàn Thương mại và Công nghiệp Việt Nam"],
        ),
    ],
)
def test_spellings_of_one_body_are_one_and_two_bodies_stay_two(marked: str, expected: list[str] | None) -> None:
    found = names(marked)
    assert found == expected if expected else len(found) == 2


def test_a_short_form_defined_in_brackets_is_an_alias() -> None:
    bodies = read("[Liên hiệp các Hội Khoa học tỉnh Hà Giang](ORGANIZATION) (gọi tắt là Liên hiệp hội) họp.")[2].bodies
    assert bodies[0].aliases == ("Liên hiệp hội",)


def test_parents_stand_behind_a_comma_or_close_the_name() -> None:
    bodies = read(
        "[Cục Sở hữu trí tuệ](ORGANIZATION), [Bộ KH&CN](ORGANIZATION); [Văn phòng Sở Y tế tỉnh Hà Giang](ORGANIZATION); "
        "[Sở Y tế tỉnh Hà Giang](ORGANIZATION), [Sở Nội vụ tỉnh Hà Giang](ORGANIZATION)"
    )[2].bodies
    assert [bodies[body.parent].name if body.parent is not None else None for body in bodies] == [
        "Bộ KH&CN",
        None,
        "Sở Y tế tỉnh Hà Giang",
        None,
        None,
    ]


def test_kind_level_and_place_come_from_head_and_area() -> None:
    body = read("[TRƯỜNG THPT THÁI BÌNH](ORGANIZATION). [UBND quận Bình Thủy](ORGANIZATION).")[2].bodies
    assert (body[0].kind, body[0].level, body[0].place) == ("school", None, None)
    assert (body[1].kind, body[1].level, body[1].place) == ("peoples_committee", "district", "quận Bình Thủy")


@pytest.mark.parametrize(
    ("shouted", "quiet"),
    [
        ("CHI BỘ PHÒNG KINH TẾ", "Chi bộ Phòng Kinh tế"),
        ("ĐẢNG CỘNG SẢN VIỆT NAM", "Đảng cộng sản Việt Nam"),
        ("HỘI ĐỒNG TƯ VẤN", "Hội đồng Tư vấn"),
        ("UBND", "UBND"),
        ("Sở Y tế", "Sở Y tế"),
    ],
)
def test_a_name_in_capitals_is_written_as_in_running_text(shouted: str, quiet: str) -> None:
    assert quiet_name(shouted, load_rulebook()) == quiet


def test_every_mention_belongs_to_its_body_and_no_body_is_without_one() -> None:
    page, mentions, resolution = read(
        "[UBND tỉnh](ORGANIZATION) giao [Sở](ORGANIZATION) và [Sở Y tế](ORGANIZATION) cùng [UBND tỉnh](ORGANIZATION)."
    )
    assert all(body.mentions for body in resolution.bodies)
    for body in resolution.bodies:
        for mention in body.mentions:
            assert resolution.name_of(mention) == body.name
    assert page.text[mentions[0].start : mentions[0].end] == "UBND tỉnh"
