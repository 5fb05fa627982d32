"""Trademarks: what is a name, where it begins and ends, and what is no name. All names are invented."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.trademarks import find_trademarks
from minutes_extract.rulebook.book import load_rulebook
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import lay_out
from minutes_extract.text.markup import parse_marked
from minutes_extract.text.page import BREAK, WRAP

RULES = load_rulebook()


def found_in(text: str) -> list[Candidate]:
    return find_trademarks(lay_out(text, zone_rules(RULES)), RULES)


HITS = {
    "count-colon-list-with-hyphen-inside-a-name": "đối với 03 nhãn hiệu hàng hóa: [Nấm rơm phường Suối Vàng](TRADEMARK), "
    "[Bánh tét lá dứa](TRADEMARK), [Làng nghề hoa kiểng Phó Tân - Bà Điểm](TRADEMARK).  Phối hợp với các phường triển khai.",
    "double-quotes": 'nộp đơn đăng ký nhãn hiệu tập thể "[Điều Suối Vàng](TRADEMARK)" ngày 05.9.2018, đề nghị Sở theo dõi giúp.',
    "guillemets": "công bố nhãn hiệu «[Gạo Suối Vàng](TRADEMARK)»",
    "single-quotes": "công bố nhãn hiệu '[Gạo Suối Vàng](TRADEMARK)' của huyện",
    "quoted-list": "quy chế quản lý các nhãn hiệu chứng nhận “[Na Suối Vàng](TRADEMARK)”, “[Khoai sọ Phú Bình](TRADEMARK)” và “[Chè Tà Lạng](TRADEMARK)”;",
    "quotes-padded-and-glued": "thương hiệu “ [Sâm Suối Vàng - Phú Bình](TRADEMARK) ”đợt 1",
    "quoted-after-gom": "Từ đầu năm, 02 nhãn hiệu đã được cấp văn bằng, gồm: “[Trà Suối Vàng](TRADEMARK)”, “[Ổi Phú Bình](TRADEMARK)”.",
    "quoted-with-va-inside": "có 01 nhãn hiệu tập thể: “[Bưởi da xanh và cam sành Suối Vàng](TRADEMARK)”.",
    "unbalanced-quote": "Công bố nhãn hiệu chứng nhận “[Sầu riêng Suối Vàng](TRADEMARK) cho sản phẩm sầu riêng của huyện.",
    "like-list": "đã cấp bảo hộ chỉ dẫn địa lý như: [Cam Suối Vàng](TRADEMARK), [thuốc lào Phú Bình](TRADEMARK)… nhằm tăng giá trị.",
    "is-list-far-from-the-cue": "trong đó có các thương hiệu quen thuộc của tỉnh là [hủ tiếu Suối Vàng](TRADEMARK) và [mắm tôm Phú Bình](TRADEMARK).",
    "plural-foreign-names": "thuốc lá giả các nhãn hiệu [Rex](TRADEMARK), [Nova](TRADEMARK), [Kent Blue](TRADEMARK) với số lượng trên 100.000 gói",
    "number-behind-the-name": "nến nhập ngoại nhãn hiệu [Sun Candle](TRADEMARK) 3.000 cây",
    "make": "sản phẩm xử lý môi trường hiệu [Nova Clean Plus](TRADEMARK) không rõ nguồn gốc",
    "letters-and-digits": "dòng nước uống có thương hiệu [NEPA Since 1995](TRADEMARK)).",
    "bare-name-ends-at-preposition": "kiểm tra việc giả mạo nhãn hiệu [chả cá Suối Vàng](TRADEMARK) tại các điểm du lịch",
    "bare-name-in-project-title": "dự án “Xây dựng và phát triển thương hiệu [du lịch cộng đồng Suối Vàng](TRADEMARK)” năm 2023",
    "for-a-crop": "huyện tập trung xây dựng thương hiệu cho cây [hồ tiêu Suối Vàng](TRADEMARK). Đây là bước đi quan trọng.",
    "gi-before-product": "ban hành chỉ dẫn địa lý [Suối Vàng](TRADEMARK) cho sản phẩm sâm củ để khẳng định",
    "gi-number-product-name": "chỉ dẫn địa lý số 00997 cho sản phẩm mật ong “[Suối Vàng](TRADEMARK)”. UBND huyện quản lý.",
    "brackets-of-the-declared-number": "mới chỉ có 2 nhãn hiệu được đăng ký ([Hương Bưởi](TRADEMARK) và [Trung Suối](TRADEMARK)).",
    "named-so-before-the-cue": "1- Lấy tên “[Cá Suối Vàng](TRADEMARK)” làm nhãn hiệu tập thể.",
    "granted-after-the-name": "đã có “[Rau Suối Vàng](TRADEMARK)” được cấp nhãn hiệu chứng nhận.",
    "lost-brands-before-the-cue": "một số đơn vị như [Cà phê Suối Vàng](TRADEMARK), [kẹo dừa Phú Bình](TRADEMARK)… từng bị “cướp” mất thương hiệu",
    "named-again-in-a-sentence-with-a-cue": "nhãn hiệu “[Rau cần Suối Vàng](TRADEMARK)”. Năm 2015, [rau cần Suối Vàng](TRADEMARK) đã được bảo hộ nhãn hiệu.",
    "owner-in-brackets-between": "các nhãn hiệu: [Chôm chôm Phú Tân](TRADEMARK) (Hội Làm vườn), [Bưởi Suối Vàng](TRADEMARK).",
    "items-on-lines": "Công nhận 02 nhãn hiệu gồm:\n- [Chè Suối Vàng](TRADEMARK);\n- [Gạo Phú Bình](TRADEMARK).\n- Giao phòng Kinh tế theo dõi.",
}


@pytest.mark.parametrize("marked", HITS.values(), ids=HITS.keys())
def test_a_name_is_found_without_quotes_and_cue(marked: str) -> None:
    text, spans = parse_marked(marked)
    assert [text[c.start : c.end] for c in found_in(text)] == [text[s.start : s.end] for s in spans]
    assert [(c.start, c.end) for c in found_in(text)] == [(s.start, s.end) for s in spans]


@pytest.mark.parametrize(
    "text",
    [
        "Tỉnh đẩy mạnh xây dựng thương hiệu, phát triển tài sản trí tuệ và nâng cao thương hiệu nông sản địa phương.",
        "xây dựng thương hiệu quốc gia Việt Nam, Top 400 Thương hiệu ngân hàng toàn cầu",
        "theo công ty Tư vấn thị trường và đánh giá thương hiệu Nova Finance; giá trị thương hiệu Nova Bank là 2,5 tỷ USD",
        "Chủ thể được sử dụng nhãn hiệu chứng nhận OCOP Việt Nam và hạng 4 sao",
        "Phó Trưởng phòng Chỉ dẫn địa lý, tham dự theo đề nghị của Sở.",
        "khẩn trương ban hành quy chế quản lý 02 nhãn hiệu chứng nhận trước ngày 01/10/2022; giao Ban Pháp chế giám sát",
        "trong đó 395 đơn nhãn hiệu, 12 đơn kiểu dáng công nghiệp, 12 đơn sáng chế và 02 giải pháp hữu ích.",
        "ba lô giả nhãn hiệu các loại hơn 2.500 chiếc",
        "doanh nghiệp bị “cướp” mất thương hiệu",
        "quảng bá thương hiệu của tỉnh Bến Tre, thương hiệu huyện Suối Vàng",
        "triển khai có hiệu quả Nghị quyết Đại hội, danh hiệu Anh hùng, phát huy hiệu quả Chương trình",
        "tập huấn cho Công ty TNHH Suối Vàng về nhãn hiệu",
        "sản phẩm Gạo Suối Vàng đạt OCOP 4 sao, đạt chứng nhận VietGAP",
        "đăng ký quốc tế nhãn hiệu, Thỏa ước La Hay về đăng ký quốc tế kiểu dáng",
        'UBND tỉnh cho phép Hội sử dụng địa danh "Suối Vàng" để đăng ký nhãn hiệu',
    ],
)
def test_no_mark_is_found_where_none_is_named(text: str) -> None:
    assert [text[c.start : c.end] for c in found_in(text)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nhãn hiệu tập thể “Chè Suối Vàng”", {"kind": "collective"}),
        ("NHCN “Chè Suối Vàng”", {"kind": "certification"}),
        (
            "hỗ trợ đăng ký quyền sở hữu trí tuệ đối với 06 nhãn hiệu hàng hóa: Nấm Suối Vàng.",
            {"declared": 6, "status": "supported_filing"},
        ),
        ("chỉ dẫn địa lý “Suối Vàng” cho sản phẩm dừa xiêm xanh", {"kind": "geographical_indication", "product": "dừa xiêm xanh"}),
        (
            'Cục đã cấp Giấy chứng nhận đăng ký chỉ dẫn địa lý số 00062 "Suối Vàng" cho sản phẩm hạt điều.',
            {"number": "00062", "status": "granted", "product": "hạt điều"},
        ),
        ("Hội đã nộp đơn đăng ký nhãn hiệu tập thể “Chè Suối Vàng”", {"status": "filed"}),
        ("đang hoàn tất thủ tục cấp cho 2 nhãn hiệu tập thể, là “Nấm Suối Vàng”, “Cá Phú Bình”", {"status": "in_preparation"}),
    ],
)
def test_what_is_told_of_a_mark_is_kept(text: str, expected: dict[str, object]) -> None:
    (first, *_) = found_in(text)
    assert {key: first.attrs.get(key) for key in expected} == expected


def test_a_name_goes_on_over_the_end_of_a_wrapped_line_and_not_over_the_end_of_an_item() -> None:
    text = "các nhãn hiệu: Chôm chôm Phú Tân, Sầu\nriêng Suối Vàng (Hội Làm vườn đứng đơn)"
    page = lay_out(text, zone_rules(RULES))
    wrapped = replace(page, gaps=tuple(WRAP if gap == BREAK else gap for gap in page.gaps))
    broken = replace(page, gaps=tuple(BREAK if gap == WRAP else gap for gap in page.gaps))
    assert [text[c.start : c.end] for c in find_trademarks(wrapped, RULES)] == ["Chôm chôm Phú Tân", "Sầu\nriêng Suối Vàng"]
    assert "Sầu\nriêng Suối Vàng" not in [text[c.start : c.end] for c in find_trademarks(broken, RULES)]


def test_more_pieces_than_declared_are_joined_at_va() -> None:
    text = "02 nhãn hiệu: Bưởi Suối Vàng và Cam Phú Bình, Chè Tà Lạng."
    assert [text[c.start : c.end] for c in found_in(text)] == ["Bưởi Suối Vàng và Cam Phú Bình", "Chè Tà Lạng"]


WORDS = ["nhãn hiệu", "thương hiệu", "chỉ dẫn địa lý", "“", "”", '"', "'", "(", ")", ":", ",", ";", ".", "…", "-", "và", "như", "gồm", "là", "cho", "06", "số",
         "chè", "Chè", "Suối", "Vàng", "tên", "mất", "tại", "\n", "\n\n", "\n- "]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_order_of_words_gives_clean_disjoint_spans(words: list[str]) -> None:
    text = " ".join(words)
    found = found_in(text)
    assert found == sorted(found, key=lambda c: c.key)
    for c in found:
        name = text[c.start : c.end]
        assert name == name.strip(" \n\"'“”,;:.…") and any(ch.isupper() for ch in name)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "piece",
    ["nhãn hiệu “", "thương hiệu Chè ", "nhãn hiệu: Chè, ", "tên “Chè”, nhãn hiệu ", "như Chè, mất thương hiệu ", "thương hiệu như "],
)
def test_a_hostile_page_is_read_in_bounded_time(piece: str) -> None:
    found_in(piece * 400)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Cục đã cấp giấy chứng nhận nhãn hiệu “Chè Suối Vàng”.", "granted"),
        ("Cục từ chối cấp giấy chứng nhận nhãn hiệu “Chè Suối Vàng”.", "refused"),
        (
            "Các ngành đang hoàn tất thủ tục để được Cục cấp giấy chứng nhận cho 2 nhãn hiệu, là “Chè Suối Vàng”, “Cá Phú Bình”.",
            "in_preparation",
        ),
    ],
)
def test_what_is_refused_or_asked_for_is_not_granted(text: str, status: str) -> None:
    assert {c.attrs.get("status") for c in found_in(text)} == {status}


@pytest.mark.parametrize(
    ("marked"),
    [
        "như: [Chả cá Suối Vàng](TRADEMARK), [bánh tét bắp Đất Mới](TRADEMARK).",
        "gồm: [cá chỉ vàng Vũng Sậy](TRADEMARK), [sò mỹ nghệ Vũng 28 Sậy](TRADEMARK).",
        "OCOP Việt Nam và hạng 4 sao; sản phẩm gồm: Trà Út Lành của hợp tác xã.",
    ],
)
def test_names_of_a_list_end_where_they_end(marked: str) -> None:
    text, spans = parse_marked(f"Các nhãn hiệu tập thể {marked}")
    assert [text[c.start : c.end] for c in found_in(text)] == [text[s.start : s.end] for s in spans]


def test_a_second_number_and_kind_open_a_list_of_their_own() -> None:
    found = found_in("có 02 nhãn hiệu tập thể: “Bưởi Suối Vàng”, “Khóm Phú Bình” và 01 nhãn hiệu chứng nhận “Gạo Tà Lạng”.")
    assert [c.attrs["kind"] for c in found] == ["collective", "collective", "certification"]
