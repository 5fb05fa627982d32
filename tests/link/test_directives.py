"""Who told whom to do what, by when. All people are invented."""

from __future__ import annotations

import pytest

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.directives import find_directives
from minutes_extract.link.facts import DatePoint, DirectiveFact, MeetingFacts, Person, Position
from minutes_extract.rulebook.book import load_rulebook
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import lay_out
from minutes_extract.text.markup import parse_marked

RULES = load_rulebook()
Row = tuple[str | None, tuple[str, ...], tuple[str, ...], str, str, str | None]


def rows(marked: str, *, chairs: tuple[str, ...] = (), posts: dict[str, tuple[str, str | None]] | None = None) -> list[Row]:
    """The directives of a marked text as (issuer, assignees, co_assignees, kind, action, due). A short name is the person whose name it ends."""
    text, spans = parse_marked(marked)
    mentions = [Candidate(s.start, s.end, s.label, "test", value=s.value) for s in spans]
    named: dict[str, list[Candidate]] = {}
    for mention in (m for m in mentions if m.label == "OFFICIAL"):
        word = text[mention.start : mention.end]
        named.setdefault(next((full for full in named if full.endswith(" " + word)), word), []).append(mention)
    people = []
    for name, group in named.items():
        title, body = (posts or {}).get(name, ("", None))
        at = next((m for m in mentions if m.label == "TITLE" and text[m.start : m.end] == title), None)
        people.append(Person(name, tuple(group), positions=(Position(at, None, body),) if at else ()))
    meeting = MeetingFacts("Họp", "regular_meeting", None, chairs=chairs)
    dates = [DatePoint(m, m.value) for m in mentions if m.label == "DATE"]
    page = lay_out(text, zone_rules(RULES))

    def row(d: DirectiveFact) -> Row:
        return d.issuer, d.assignees, d.co_assignees, d.kind, " ".join(text[d.start : d.end].split()), d.due

    return [row(d) for d in find_directives(page, RULES, people, mentions, meeting, dates)]


def test_under_a_conclusion_giao_makes_lead_helpers_action_and_deadline() -> None:
    assert rows(
        "Ông [Vy Đình Suối](OFFICIAL) - [Giám đốc](TITLE) [Sở](ORGANIZATION) kết luận:\n"
        "1. Giao [Chi cục Thú y](ORGANIZATION) chủ trì, phối hợp với [Phòng Kinh tế](ORGANIZATION) tổ chức tiêm phòng, hoàn thành trước "
        "[ngày 15/4/2021](DATE=2021-04-15); tham mưu văn bản gửi [Sở Tài chính](ORGANIZATION) trong [ngày 02/4/2021](DATE=2021-04-02).\n"
        "2. [Chi cục Kiểm lâm](ORGANIZATION) duy trì trực tại các chốt.\n"
        "Cuộc họp kết thúc vào 11 giờ."
    ) == [
        ("Vy Đình Suối", ("Chi cục Thú y",), ("Phòng Kinh tế",), "directive", "tổ chức tiêm phòng", "2021-04-15"),
        ("Vy Đình Suối", ("Chi cục Thú y",), (), "directive", "tham mưu văn bản gửi Sở Tài chính", "2021-04-02"),
        ("Vy Đình Suối", ("Chi cục Kiểm lâm",), (), "directive", "duy trì trực tại các chốt", None),
    ]


def test_a_heading_gives_the_floor_to_the_chair() -> None:
    assert rows(
        "II. KẾT LUẬN\n- Đ/c [Phạm Thị Vàng](OFFICIAL) lập hồ sơ, xong trong [quý II](DATE=2012-04/2012-06);\n- Đảng phí thu đủ.",
        chairs=("Ngô Văn Lạng",),
    ) == [("Ngô Văn Lạng", ("Phạm Thị Vàng",), (), "directive", "lập hồ sơ", "2012-04/2012-06")]


def test_two_sides_that_agree_issue_together() -> None:
    assert rows(
        "BÊN A: [SỞ CÔNG THƯƠNG](ORGANIZATION)\n\nHAI BÊN THỐNG NHẤT\n1. Bên A chịu trách nhiệm kinh phí 680 triệu đồng; bà [Lê Thị Điệp](OFFICIAL) làm đầu mối."
    ) == [
        ("hai bên", ("SỞ CÔNG THƯƠNG",), (), "directive", "chịu trách nhiệm kinh phí 680 triệu đồng", None),
        ("hai bên", ("Lê Thị Điệp",), (), "directive", "làm đầu mối", None),
    ]


def test_a_comrade_without_a_name_is_the_speaker_before_and_a_semicolon_keeps_the_addressee() -> None:
    assert rows(
        "Phát biểu tại buổi làm việc, đồng chí [Trần Thị Suối](OFFICIAL) - [Phó giám đốc](TITLE) [Sở](ORGANIZATION) đánh giá cao quận. "
        "Đồng chí đề nghị các phòng chức năng và các đơn vị trực thuộc Sở liên hệ với doanh nghiệp; Hỗ trợ thông tin về chất lượng; "
        "Đối với dự án xử lý nước, giao [Trung tâm Ứng dụng](ORGANIZATION) viết dự án đề xuất,... góp phần phát triển."
    ) == [
        ("Trần Thị Suối", ("các phòng chức năng và các đơn vị trực thuộc Sở",), (), "directive", "liên hệ với doanh nghiệp", None),
        ("Trần Thị Suối", ("các phòng chức năng và các đơn vị trực thuộc Sở",), (), "directive", "Hỗ trợ thông tin về chất lượng", None),
        ("Trần Thị Suối", ("Trung tâm Ứng dụng",), (), "directive", "viết dự án đề xuất", None),
    ]


@pytest.mark.parametrize(
    ("body", "told", "kind"),
    [
        ("UBND xã Suối Vàng", "UBND tỉnh", "petition"),
        ("Tỉnh ủy Phú Bình", "UBND huyện", "directive"),
        ("Sở Công Thương", "UBND huyện", "petition"),
    ],
)
def test_asking_upward_or_sideways_is_a_petition(body: str, told: str, kind: str) -> None:
    found = rows(
        f"- Ông [Lâm Văn Lạng](OFFICIAL), [Chủ tịch](TITLE) [{body}](ORGANIZATION) đề nghị [{told}](ORGANIZATION) bố trí kinh phí nạo vét kênh.",
        posts={"Lâm Văn Lạng": ("Chủ tịch", body)},
    )
    assert found == [("Lâm Văn Lạng", (told,), (), kind, "bố trí kinh phí nạo vét kênh", None)]


@pytest.mark.parametrize(
    "marked",
    [
        "Ông [Ngô Văn Lạng](OFFICIAL) đề nghị công nhận kết quả.",
        "Bà [Lê Thị Vàng](OFFICIAL) báo cáo: nhiệm vụ được giao [Phòng Kinh tế](ORGANIZATION) đã hoàn thành.",
        "Bà [Lê Thị Vàng](OFFICIAL) nêu: thực hiện theo yêu cầu [Sở Công Thương](ORGANIZATION) từ đầu năm.",
        "Họp giao ban [Sở](ORGANIZATION) tháng 3.",
        "KẾT LUẬN\n1. [Phòng Kinh tế](ORGANIZATION) đã hoàn thành báo cáo.",
        "Việc giao [Phòng Kinh tế](ORGANIZATION) rà soát hồ sơ còn chậm.",
    ],
)
def test_a_noun_a_report_or_a_text_without_a_speaker_gives_no_directive(marked: str) -> None:
    assert rows(marked) == []


def test_a_year_in_the_action_is_no_deadline() -> None:
    (found,) = rows(
        "KẾT LUẬN\n1. Giao [Sở Tài chính](ORGANIZATION) cân đối 3 tỷ đồng từ nguồn [năm 2020](DATE=2020) để thực hiện.",
        chairs=("Ngô Văn Lạng",),
    )
    assert found[4:] == ("cân đối 3 tỷ đồng từ nguồn năm 2020 để thực hiện", None)


def test_the_heading_of_a_notice_makes_no_orders_of_those_who_attended() -> None:
    assert (
        rows(
            "Kết luận của [Phó Chủ tịch](TITLE) [UBND tỉnh](ORGANIZATION) [Bùi Văn Sáng](OFFICIAL) tại cuộc họp về tài sản trí tuệ\n\n"
            "[Chủ tịch](TITLE) [UBND huyện](ORGANIZATION) [Lê Văn Lạng](OFFICIAL) và đại diện các hội tham dự.",
            chairs=("Bùi Văn Sáng",),
        )
        == []
    )


def test_an_order_that_opens_its_sentence_needs_no_speaker() -> None:
    assert rows(
        "Giao [Sở Y tế](ORGANIZATION) chủ trì, phối hợp với [Sở Tài chính](ORGANIZATION), UBND các huyện tham mưu ban hành kế hoạch, "
        "hoàn thành trước [ngày 30/9/2023](DATE=2023-09-30)."
    ) == [(None, ("Sở Y tế",), ("Sở Tài chính", "UBND các huyện"), "directive", "tham mưu ban hành kế hoạch", "2023-09-30")]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Trung tâm Thủy sản](ORGANIZATION) được giao thực hiện mô hình.", [("Trung tâm Thủy sản",)]),
        ("[Trung tâm Thủy sản](ORGANIZATION) đã thực hiện mô hình được giao.", []),
        ("Báo cáo gửi về [Văn phòng Sở](ORGANIZATION) trước [ngày 05/12/2023](DATE=2023-12-05).", [()]),
        ("Báo cáo gửi về [Văn phòng Sở](ORGANIZATION) đã được xem xét.", []),
    ],
)
def test_what_is_told_without_an_order_word(marked: str, expected: list[tuple[str, ...]]) -> None:
    assert [row[1] for row in rows(marked)] == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("các bộ, ngành, địa phương trong thời gian tới tăng cường kiểm tra", [("các bộ, ngành, địa phương",)]),
        ("các bộ, ngành, thành viên Ban Chỉ đạo rà soát thể chế", [("các bộ, ngành, thành viên Ban Chỉ đạo",)]),
        ("các ngành, các cấp tiếp tục tuyên truyền", [("các ngành, các cấp",)]),
        ("Chủ tịch UBND các huyện báo cáo hằng tháng", [("Chủ tịch UBND các huyện",)]),
        ("Sở Xây dựng, phối hợp với các quận rà soát quỹ đất", [("Sở Xây dựng",)]),
        ("các đại biểu thẳng thắn báo cáo khó khăn", [("các đại biểu",)]),
        ("các giải pháp để đảm bảo an ninh", []),
        ("các công trình phục vụ lễ hội phải xong sớm", []),
        ("hội nghị, nêu ra những đánh giá tích cực", []),
        ("ban với các sở ngành để đánh giá công tác", []),
        ("các đại biểu tham dự cuộc họp", []),
    ],
)
def test_an_assignee_is_somebody_who_can_be_told(told: str, expected: list[tuple[str, ...]]) -> None:
    title = told.replace("Chủ tịch", "[Chủ tịch](TITLE)")
    assert [row[1] for row in rows(f"Ông [Ngô Văn Lạng](OFFICIAL) yêu cầu {title}.")] == expected


def test_the_line_of_a_picture_tells_nobody_anything() -> None:
    text = "KẾT LUẬN\n- Các địa phương họp bàn phương án - Ảnh: TTX\n- Các địa phương rà soát phương án."
    assert [row[4] for row in rows(text, chairs=("Ngô Văn Lạng",))] == ["rà soát phương án"]


def test_helpers_with_nothing_behind_them_are_part_of_the_action() -> None:
    text = "Ông [Ngô Văn Lạng](OFFICIAL) yêu cầu [Chi cục Thú y](ORGANIZATION) phối hợp chặt chẽ với Sở."
    assert [row[1:5] for row in rows(text)] == [(("Chi cục Thú y",), ("Sở",), "directive", "phối hợp chặt chẽ với Sở")]
