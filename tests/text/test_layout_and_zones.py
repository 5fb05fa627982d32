"""The page: what each line is, and which line breaks a name may cross."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract.reading.cleaning import clean
from minutes_extract.rulebook.book import load_rulebook
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.genres import title_span
from minutes_extract.text.layout import genre_of, lay_out
from minutes_extract.text.page import BLANK, BREAK, GLUED, SPACE, WRAP, Page

GAPS = dict(zip("gswbp", (GLUED, SPACE, WRAP, BREAK, BLANK), strict=True))
DATA = Path(__file__).parents[2] / "data"

MINUTES = """\
     UBND TỈNH AN BÌNH                CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
     SỞ CÔNG THƯƠNG                      Độc lập - Tự do - Hạnh phúc
     Số: 12/BB-SCT

                      BIÊN BẢN
            Họp giao ban tháng 8 năm 2021
                      -------
Thời gian bắt đầu: 14 giờ 00 ngày 05/8/2021.
Thành phần tham dự:
1. Ông Tạ Văn Tre - Giám đốc Sở.
2. Bà Lã Thị Cúc - Phó Giám đốc Sở.
Vắng mặt: 01 (ông Kha Lý Mạ, nghỉ ốm).
Nội dung:
I. BÁO CÁO
1. Ông Tạ Văn Tre báo cáo kết quả tháng 7.
Cuộc họp kết thúc vào 16 giờ cùng ngày./.

THƯ KÝ                                CHỦ TỌA
Lã Thị Cúc                            Tạ Văn Tre

Nơi nhận:
- Như thành phần dự họp;
- Lưu: VT.
"""

NEWS = """\
SỞ CÔNG THƯƠNG TỈNH AN BÌNH

Kết nối cung cầu - Nâng tầm hàng Việt

Sở Công Thương làm việc với UBND huyện Mây Trắng về chợ đêm

[07/08/2021 17:32]

Chiều ngày 5/8/2021, tại Hội trường UBND huyện Mây Trắng, Đoàn công tác của Sở Công Thương do Bà Lã Thị Cúc- Phó giám đốc Sở dẫn đầu.

Toàn cảnh buổi làm việc

Bà Lã Thị Cúc - Phó giám đốc Sở phát biểu tại buổi làm việc

Trong thời gian qua, hoạt động của chợ đêm đã có nhiều chuyển biến tích cực, thu hút đông đảo khách, góp phần tăng thu nhập cho các hộ dân.

Kết luận

Phát biểu kết luận buổi làm việc, đồng chí Lã Thị Cúc đề nghị các phòng chuyên môn của huyện báo cáo lãnh đạo Sở trước ngày 30/8.

Mây Trắng - Gió Lành

Nguồn: Cổng thông tin điện tử tỉnh

Lượt xem: 7518

Đánh giá

Sở Công Thương
Bản quyền © 2017 thuộc về Sở Công Thương tỉnh An Bình
Điện thoại: 0290.3820000
"""

WRAPPED = """\
VĂN PHÒNG CHÍNH
PHỦ
-------

CỘNG HÒA XÃ HỘI
CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

An Bình, ngày 28
tháng 11 năm 2021

THÔNG BÁO
KẾT
LUẬN CỦA PHÓ CHỦ TỊCH TẠ VĂN TRE TẠI BUỔI LÀM VIỆC VỚI
SỞ CÔNG THƯƠNG
Ngày 20 tháng 11 năm 2021, Phó Chủ tịch Ủy ban nhân dân tỉnh
Tạ Văn Tre đã làm việc với lãnh đạo các Bộ, cơ quan,
trong đó có Bộ
Công Thương, Bộ Xây dựng và
40.000 hộ dân. Sau khi nghe báo cáo, Phó Chủ tịch kết luận như sau:
1. Về Dự án Nhà máy nước Mây
Trắng
a) Giao Sở Công Thương phối hợp Sở Xây dựng hoàn
thành hồ sơ trong tháng 12 năm 2021;
b) Các sở khác theo dõi.

Nơi nhận:
- Thường trực Tỉnh ủy (để
b/c);
- Lưu: VT.

KT. CHÁNH VĂN PHÒNG
PHÓ CHÁNH VĂN PHÒNG
Lã Thị Cúc
"""


def _page(text: str) -> Page:
    return lay_out(text, zone_rules(load_rulebook()))


def _zones(page: Page) -> list[tuple[str, str]]:
    return [(line.zone, page.text[line.start : line.end].strip()) for line in page.lines]


def _zone(page: Page, start: str) -> str:
    return next(zone for zone, text in _zones(page) if text.startswith(start))


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("UBND TỈNH AN BÌNH", "letterhead"),
        ("Số: 12/BB-SCT", "letterhead"),
        ("BIÊN BẢN", "title"),
        ("Họp giao ban", "title"),
        ("Thời gian bắt đầu", "body"),
        ("Thành phần tham dự", "attendance"),
        ("2. Bà Lã Thị Cúc", "attendance"),
        ("Vắng mặt", "attendance"),
        ("Nội dung", "heading"),
        ("I. BÁO CÁO", "heading"),
        ("1. Ông Tạ Văn Tre báo cáo", "body"),
        ("Cuộc họp kết thúc", "body"),
        ("THƯ KÝ", "signature"),
        ("Lã Thị Cúc", "signature"),
        ("- Lưu: VT.", "recipients"),
    ],
)
def test_zones_of_minutes(line: str, zone: str) -> None:
    assert _zone(_page(MINUTES), line) == zone


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("SỞ CÔNG THƯƠNG TỈNH", "banner"),
        ("Kết nối cung cầu", "banner"),
        ("Sở Công Thương làm việc", "title"),
        ("[07/08/2021", "stamp"),
        ("Chiều ngày 5/8/2021", "lead"),
        ("Toàn cảnh", "caption"),
        ("Bà Lã Thị Cúc - Phó", "caption"),
        ("Trong thời gian qua", "body"),
        ("Kết luận", "heading"),
        ("Phát biểu kết luận", "body"),
        ("Mây Trắng - Gió Lành", "source"),
        ("Nguồn:", "source"),
        ("Lượt xem", "counter"),
        ("Đánh giá", "furniture"),
        ("Bản quyền", "footer"),
        ("Điện thoại", "footer"),
    ],
)
def test_zones_of_a_page(line: str, zone: str) -> None:
    assert _zone(_page(NEWS), line) == zone


def test_the_line_that_stands_on_the_footer_belongs_to_it() -> None:
    assert _zones(_page(NEWS))[-3] == ("footer", "Sở Công Thương")


def test_an_address_in_the_text_is_no_footer() -> None:
    text = NEWS.replace("Toàn cảnh buổi làm việc", "Địa chỉ: số 12 đường Mây Trắng, huyện Mây Trắng")
    assert _zone(_page(text), "Địa chỉ") != "footer"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (MINUTES, "Họp giao ban tháng 8 năm 2021"),
        (NEWS, "Sở Công Thương làm việc với UBND huyện Mây Trắng về chợ đêm"),
        (NEWS.split("\n\n", 2)[2], "Sở Công Thương làm việc với UBND huyện Mây Trắng về chợ đêm"),
        ("Thứ năm, 05/08/2021 12:46 GMT+7\n\n" + NEWS.split("\n\n", 4)[2] + "\n\n" + NEWS.split("\n\n", 4)[4], NEWS.split("\n\n")[2]),
        (WRAPPED, "KẾT\nLUẬN CỦA PHÓ CHỦ TỊCH TẠ VĂN TRE TẠI BUỔI LÀM VIỆC VỚI\nSỞ CÔNG THƯƠNG"),
        ("BIÊN BẢN HỌP TỔ\n(V/v chợ đêm)\n\nHôm nay ngày 5/8/2021, tổ họp.", "BIÊN BẢN HỌP TỔ"),
        (
            "TRÍCH BIÊN BẢN\nhọp nghiệm thu dự án “Mây\nTrắng”\n(thuộc chương trình 5)\n\nHôm nay, tổ họp.",
            "họp nghiệm thu dự án “Mây\nTrắng”",
        ),
    ],
    ids=["minutes", "page", "page-without-banner", "stamp-above", "notice", "one-line", "excerpt"],
)
def test_the_title_of_the_document(text: str, title: str) -> None:
    page = _page(text)
    span = title_span(page, zone_rules(load_rulebook()))
    assert span is not None
    assert page.text[slice(*span)] == title


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        (MINUTES, "minutes"),
        (WRAPPED, "notice"),
        (NEWS, "news"),
        ("Thông báo Hội nghị\n\n" + "Hội nghị đã họp. " * 12, "news"),
        ("Mục lục\n1. Tin\n2. Bài", "other"),
        ("", "other"),
    ],
)
def test_the_genre_of_a_document(text: str, genre: str) -> None:
    rules = zone_rules(load_rulebook())
    assert genre_of(lay_out(text, rules), rules) == genre


def test_a_stamp_above_the_title_is_the_visitors_clock_where_another_stands_below() -> None:
    text = "Thứ bảy, 16/01/2021 22:36:58\n\n" + NEWS.split("\n\n", 2)[2]
    page = _page(text)
    assert (_zone(page, "Thứ bảy"), _zone(page, "[07/08")) == ("site_clock", "stamp")
    alone = _page(text.replace("[07/08/2021 17:32]\n\n", ""))
    assert _zone(alone, "Thứ bảy") == "stamp"


# The letter is the gap between the two lines: w for WRAP, b for BREAK.
@pytest.mark.parametrize(
    ("before", "behind", "gap"),
    [
        ("VĂN PHÒNG CHÍNH", "PHỦ", "w"),
        ("CỘNG HÒA XÃ HỘI", "CHỦ NGHĨA VIỆT NAM", "w"),
        ("CHỦ NGHĨA VIỆT NAM", "Độc lập", "b"),
        ("An Bình, ngày 28", "tháng 11", "w"),
        ("THÔNG BÁO", "KẾT", "b"),
        ("KẾT", "LUẬN CỦA", "w"),
        ("LÀM VIỆC VỚI", "SỞ CÔNG THƯƠNG", "w"),
        ("SỞ CÔNG THƯƠNG", "Ngày 20", "b"),
        ("Ủy ban nhân dân tỉnh", "Tạ Văn Tre", "w"),
        ("trong đó có Bộ", "Công Thương, Bộ", "w"),
        ("Bộ Xây dựng và", "40.000 hộ", "w"),
        ("kết luận như sau:", "1. Về", "b"),
        ("Nhà máy nước Mây", "Trắng", "w"),
        ("Trắng", "a) Giao", "b"),
        ("tháng 12 năm 2021;", "b) Các", "b"),
        ("Tỉnh ủy (để", "b/c);", "w"),
        ("b/c);", "- Lưu", "b"),
        ("KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH", "b"),
        ("PHÓ CHÁNH VĂN PHÒNG", "Lã Thị Cúc", "b"),
    ],
)
def test_line_breaks_of_a_hard_wrapped_notice(before: str, behind: str, gap: str) -> None:
    at = WRAPPED.index(f"{before}\n{behind}") + len(before) + 1
    page = _page(WRAPPED)
    assert page.gaps[page.token_at(at)] == GAPS[gap]


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("1. Ông Tạ Văn Tre - Giám đốc Sở.", "2. Bà"),
        ("THƯ KÝ                                CHỦ TỌA", "Lã Thị Cúc"),
        ("Độc lập - Tự do - Hạnh phúc", "     Số: 12"),
        ("I. BÁO CÁO", "1. Ông"),
    ],
)
def test_lines_of_their_own_are_never_joined(before: str, behind: str) -> None:
    at = MINUTES.index(f"{before}\n{behind}") + len(before) + 1
    page = _page(MINUTES)
    assert page.gaps[page.token_at(at)] == BREAK


@pytest.mark.parametrize(
    ("head", "gap"),
    [
        ("ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH", "w"),
        ("UBND TỈNH AN BÌNH\nSỞ CÔNG THƯƠNG", "b"),
        ("SỞ CÔNG THƯƠNG\nVĂN PHÒNG", "b"),
        ("LIÊN MINH HỢP TÁC XÃ\nTỈNH AN BÌNH", "w"),
    ],
)
def test_a_capital_line_of_the_letterhead_goes_on_only_with_what_it_lacks(head: str, gap: str) -> None:
    page = _page(head + "\n\nBIÊN BẢN HỌP\n\nHôm nay ngày 5/8/2021, Sở họp.")
    assert page.gaps[page.lines[1].first] == GAPS[gap]


def test_paragraphs_of_a_page_are_never_joined() -> None:
    text = (
        "Họp báo\n\n"
        + "Sở Công Thương tổ chức họp báo thường kỳ về tình hình xuất khẩu nông sản, có các doanh nghiệp và Hội\nSở Công Thương tiếp"
    )
    page = _page(text)
    assert WRAP not in page.gaps


@pytest.mark.parametrize(
    ("line", "gaps"),
    [
        ("KH&CN", [BLANK, GLUED, GLUED]),
        ("Cần  Thơ", [BLANK, SPACE]),
        ("Cúc   Tre", [BLANK, BREAK]),
        ("Cúc\tTre", [BLANK, BREAK]),
        ("Cúc \t Tre", [BLANK, BREAK]),
        ("   Tre", [BLANK]),
    ],
)
def test_runs_of_spaces_and_tabs_part_columns(line: str, gaps: list[int]) -> None:
    assert list(_page(line).gaps) == gaps


@pytest.mark.skipif(not (DATA / "gold").is_dir(), reason="data/gold is not here")
def test_no_gold_name_is_cut_by_a_line_break() -> None:
    for path in sorted((DATA / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = (DATA / "raw" / f"{path.stem}.txt").read_bytes().decode()
        page = _page(clean(text)[0])
        for mention in gold["mentions"]:
            first, last = page.tokens_in(mention["start"], mention["end"])
            assert max([0, *page.gaps[first + 1 : last]]) <= WRAP, mention["text"]


LINES = st.sampled_from(
    [line for text in (MINUTES, NEWS, WRAPPED) for line in text.split("\n")]
    + ["", "  ", "a", "│", "- ", "1.", "(", "Ông", "THÔNG BÁO", "\t", "|  |"]
)


@given(st.lists(LINES, max_size=25).map("\n".join))
def test_any_page_keeps_every_token_and_gives_each_line_a_zone(text: str) -> None:
    page = _page(text)
    assert "".join(page.text[a:b] for a, b in zip(page.starts, page.ends, strict=True)) == "".join(text.split())
    assert len(page.gaps) == len(page.line_of) == len(page)
    for line in page.lines:
        assert line.zone
        assert "\n" not in text[line.start : line.end]
        if line.first < line.last:
            assert line.start <= page.starts[line.first]
            assert page.ends[line.last - 1] <= line.end
            assert page.gaps[line.first] in (WRAP, BREAK, BLANK)
    span = title_span(page, zone_rules(load_rulebook()))
    assert span is None or 0 <= span[0] < span[1] <= len(text)


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("Tin liên quan\n- Họp bàn về giá (12/01/2021)", ["furniture", "furniture"]),
        ("Việc sắp tới\n- Họp bàn về giá (12/01/2021)", ["body", "body"]),
        (
            "Thứ 5, 18/07/2024, 08:00[GMT+7]\n\nHội thảo\n\nThứ 6, 26/07/2019 | 14:48:16\nSáng 26/7, hội họp.",
            ["site_clock", "body", "stamp", "body"],
        ),
        ("Thứ 6, 26/07/2019 | 14:48:16\nHội thảo\nSáng 26/7, hội họp.", ["stamp", "body", "body"]),
    ],
)
def test_a_short_page_has_links_and_a_clock_too(text: str, zones: list[str]) -> None:
    page = lay_out(text, zone_rules(load_rulebook()))
    assert [line.zone for line in page.lines if line.end > line.start] == zones
