"""TITLE: the words of a post, without the body, each hit beside a near miss (guidelines TITLE; handbook 3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Compare = Callable[[str, str], tuple[list[str], list[str]]]

# Construction -> rows. All posts of a row are marked, and only posts; a row that is a pair is a known fault with its reason.
ROWS: dict[str, list[str | tuple[str, str]]] = {
    "the post words only": [
        "Ông Trần Khắc Nhựt, [Giám đốc](TITLE) Sở Tư pháp tỉnh Hậu Giang phát biểu.",
        "[Thứ trưởng](TITLE) Bộ Khoa học và Công nghệ Cao Thế Đạm chủ trì hội nghị.",
        "Ông Lê Hữu Chánh, [Phó Chủ tịch](TITLE) UBND thành phố Cần Thơ dự họp.",
        "Đồng chí Mai Xuân Thứ, [Bí thư](TITLE) Tỉnh ủy Bến Tre phát biểu.",
        "Ông Lý Khả Dĩ, [Ủy viên](TITLE) Trung ương Đảng dự họp.",
        "Đồng chí Tạ Văn Niên, [Chủ nhiệm](TITLE) Văn phòng Chính phủ chủ trì.",
        "Báo cáo [Thủ tướng](TITLE) Chính phủ xem xét, quyết định.",
        "Ông Đỗ Nhất Tâm, [Viện trưởng](TITLE) Viện kiểm sát nhân dân huyện Phong Điền dự.",
        "Bà Lã Thị Cúc, [Hiệu trưởng](TITLE) Trường THPT Tân Lược phát biểu.",
        "Ông Kha Lý Mạ, [Chánh án](TITLE) Tòa án nhân dân huyện dự họp.",
        "Ông Kha Lý Mạ, [Chánh Thanh tra](TITLE) Sở dự họp.",
    ],
    "wideners inside the span": [
        "Bà Võ Thị Mộng, [Phó Chủ tịch Thường trực](TITLE) HĐND tỉnh Sóc Trăng dự họp.",
        "Ông Quách Hữu Lộ, [Phó Thủ tướng Thường trực](TITLE) Chính phủ kết luận.",
        "Ông Quách Hữu Lộ, [Phó Bí thư Thường trực](TITLE) Huyện ủy Cờ Đỏ phát biểu.",
        "Ông Quách Hữu Lộ, [Chủ tịch danh dự](TITLE) Hội Khuyến học tỉnh dự lễ.",
        "Ông Quách Hữu Lộ, [Phó Trưởng ban chuyên trách](TITLE) Ban Văn hóa - Xã hội HĐND tỉnh dự.",
        "Ông Quách Hữu Lộ, [Tổng Giám đốc](TITLE) Công ty Cổ phần Gạo Mây Trắng dự.",
        "Ông Quách Hữu Lộ, [Phó Tổng Giám đốc](TITLE) Công ty Cổ phần Gạo Mây Trắng dự.",
        "Ông Quách Hữu Lộ, [Phó Tổng Thư ký](TITLE) Hiệp hội Cà phê Mây Trắng dự.",
        "Ông Quách Hữu Lộ, [Phó Cục trưởng](TITLE) Cục Sở hữu trí tuệ dự.",
        # near miss: the collective of the standing committee is a body, not a post
        "Thường trực HĐND huyện họp phiên thứ ba.",
    ],
    "qualifiers stay outside": [
        "Ông Trần Khắc Nhựt, nguyên [Bí thư](TITLE) Tỉnh ủy Hậu Giang dự lễ.",
        "Ông Trần Khắc Nhựt, nguyên [Phó Chủ tịch](TITLE) UBND tỉnh dự lễ.",
        "Ông Trần Khắc Nhựt, cựu [Giám đốc](TITLE) Sở Y tế dự lễ.",
        "Ông Trần Khắc Nhựt, quyền [Giám đốc](TITLE) Sở Tài chính báo cáo.",
        "Ông Trần Khắc Nhựt, Q. [Giám đốc](TITLE) Sở Tài chính báo cáo.",
        "Ông Trần Khắc Nhựt, [Phó Giám đốc](TITLE) phụ trách Sở Tài chính báo cáo.",
        "Tân [Giám đốc](TITLE) Sở Y tế Lâm Thị Thơ nhận nhiệm vụ.",
        "Dự họp có các đồng chí [Phó Giám đốc](TITLE) Sở và các phòng chuyên môn.",
        "Các [Phó Chủ tịch](TITLE) UBND huyện cùng dự.",
        # near miss: `phụ trách` of a portfolio holds no post
        "Cán bộ phụ trách khoa học của xã báo cáo tình hình.",
    ],
    "the unit noun belongs to post and body": [
        "Ông Tạ Văn Niên, [Trưởng Ban](TITLE) Tuyên giáo Tỉnh ủy dự họp.",
        "Ông Tạ Văn Niên, [Phó Trưởng phòng](TITLE) Quản lý Khoa học dự họp.",
        "Ông Tạ Văn Niên, [Chánh Văn phòng](TITLE) UBND tỉnh dự họp.",
        "Ông Tạ Văn Niên, [Phó Chánh Văn phòng](TITLE) UBND huyện dự họp.",
        "Ông Tạ Văn Niên, [Trưởng Đoàn](TITLE) đại biểu Quốc hội tỉnh dự họp.",
        "Ông Tạ Văn Niên, [Phó Trưởng Đoàn](TITLE) ĐBQH tỉnh Bến Tre phát biểu.",
        "Ông Tạ Văn Niên, [Trưởng Công an](TITLE) huyện dự họp.",
        "Ông Tạ Văn Niên, [Trưởng khoa](TITLE) Nông nghiệp Trường Đại học Mây Trắng dự.",
        "Ông Tạ Văn Niên, [Trưởng trạm](TITLE) Y tế xã Tân Lập dự.",
        "Ông Tạ Văn Niên, [Phó ban](TITLE) Kinh tế - Ngân sách HĐND huyện dự.",
        "Ông Tạ Văn Niên, [Phó phòng](TITLE) Kinh tế huyện Phong Điền dự.",
        # the repeated noun: no overlap, the post ends before the body
        "Ông Tạ Văn Niên, [Vụ trưởng](TITLE) Vụ Phát triển KH&CN địa phương, Bộ KH&CN dự.",
        "Ông Tạ Văn Niên, [Cục trưởng](TITLE) Cục Trồng trọt dự.",
        "Ông Tạ Văn Niên, [Chi cục trưởng](TITLE) Chi cục Thủy lợi dự.",
        "Ông Tạ Văn Niên, [Đội trưởng](TITLE) Đội Quản lý thị trường số 4 dự.",
    ],
    "posts in a row are spans of their own": [
        "Ông Mai Xuân Thứ, [Phó Bí thư](TITLE) Tỉnh ủy, [Chủ tịch](TITLE) UBND tỉnh Bến Tre kết luận.",
        "Ông Mai Xuân Thứ, [Ủy viên](TITLE) Ban Thường vụ Thành ủy, [Trưởng Ban](TITLE) Dân vận Thành ủy dự.",
        "Ông Mai Xuân Thứ, [Phó Giám đốc](TITLE) kiêm [Chánh Văn phòng](TITLE) Sở Nội vụ dự.",
        "Ông Mai Xuân Thứ, [Tỉnh ủy viên](TITLE), [Giám đốc](TITLE) Sở Nội vụ dự.",
        "Ông Mai Xuân Thứ, [Chủ tịch](TITLE) HĐQT kiêm [Giám đốc](TITLE) Công ty Cổ phần Gạo Mây Trắng dự.",
        "Bà Võ Thị Mộng – [Phó Bí thư](TITLE) / [Chủ tịch](TITLE) UBND phường Tân An dự.",
    ],
    "a post counts without a name": [
        "Hội nghị đề xuất với [Thứ trưởng](TITLE) tiếp tục hỗ trợ địa phương.",
        "Giao [Giám đốc](TITLE) Sở Tài chính tham mưu trước ngày 30/6.",
        "[Chủ tịch](TITLE) UBND các huyện chịu trách nhiệm triển khai.",
        "Theo ý kiến chỉ đạo của [Phó Chủ tịch](TITLE) UBND tỉnh tại cuộc họp.",
        # near miss: the generic words of leadership
        "Đại diện lãnh đạo các sở, ban, ngành tham dự.",
        "Lãnh đạo Sở phát biểu ý kiến.",
    ],
    "a place after a post is no body but the post stands": [
        "Ông Lê Hữu Chánh, [Phó Chủ tịch](TITLE) tỉnh phát biểu.",
        "Ông Lê Hữu Chánh, [Chủ tịch](TITLE) huyện phát biểu.",
    ],
    "abbreviated posts": [
        "Ông Lê Hữu Chánh, [PCT](TITLE) UBND huyện dự họp.",
        "Ông Lê Hữu Chánh, [CT](TITLE) UBND xã Tân Lập dự họp.",
        "Ông Lê Hữu Chánh, [TUV](TITLE), [Giám đốc](TITLE) Sở Y tế dự.",
        "Ông Lê Hữu Chánh - [HUV](TITLE) - [PCT](TITLE) UBND huyện.",
        "Ông Lê Hữu Chánh, [GĐ](TITLE) Sở Y tế dự.",
        "Ông Lê Hữu Chánh, [PGĐ](TITLE) Sở Y tế dự.",
        "Ông Lê Hữu Chánh, [P.GĐ](TITLE) Sở Y tế dự.",
        "Ông Lê Hữu Chánh, [UV](TITLE) BTV Tỉnh ủy dự.",
        "Ông Lê Hữu Chánh - [PTP](TITLE) Kinh tế.",
        "Ông Lê Hữu Chánh - [CVP](TITLE) UBND huyện.",
        # near misses: document numbers, a plan, the phase of years, kinds of documents
        "Thực hiện Chỉ thị số 15-CT/TW của Ban Bí thư.",
        "Căn cứ Quyết định số 634/QĐ-TTg ngày 29/4/2015.",
        "Theo Thông báo số 88/TB-UBND.",
        "Lưu: VT, VX.",
    ],
    "TP is a post before a field and a city before a place": [
        "Ông Lê Hữu Chánh - [TP](TITLE) Kinh tế.",
        "Bà Võ Thị Mộng, [TP](TITLE) Nội vụ huyện dự.",
        "Sở Y tế TP Cần Thơ báo cáo.",
        "UBND TP. Cần Thơ báo cáo.",
        "Họp tại TP Hồ Chí Minh.",
    ],
    "CT is a post before a committee and a company before TNHH": [
        "Ông Lê Hữu Chánh - [CT](TITLE) HĐND xã.",
        "Theo báo cáo của CT TNHH Mây Trắng.",
        "Căn hộ tại lô CT3.",
        "Dự có các Bộ: TC, CT, NV, XD.",
    ],
    "an abbreviation in brackets explains the words before it": [
        "Bà Lã Thị Cúc ([PCT](TITLE)) báo cáo.",
        "Dự có [Phó Chủ tịch](TITLE) UBND xã (PCT).",
    ],
    "the head of a body is no post": [
        "[Tư lệnh](TITLE) Quân khu 9 dự.",
        "Bộ Tư lệnh Thủ đô dự.",
        "Ngài Watanabe Kenta, [Đại sứ](TITLE) Nhật Bản dự.",
        "Đại sứ quán Nhật Bản dự.",
    ],
    "growth is no post": [
        "Ông Lò Văn Inh, [Trưởng khu](TITLE) Tân Lập dự.",
        "Tăng trưởng khu vực dịch vụ đạt 7%.",
        "Tăng trưởng thuế đạt 5%.",
    ],
    "the head of a vote counting board has a role": [
        "Bà Lã Thị Cúc làm [Trưởng ban](TITLE) Tổ chức.",
        "Bà Lã Thị Cúc làm Trưởng ban kiểm phiếu.",
    ],
    "posts of councils": [
        "Ông Đỗ Nhất Tâm, [Chủ tịch](TITLE) Hội đồng thẩm định kết luận.",
        "Ông Đỗ Nhất Tâm, [Ủy viên](TITLE) Hội đồng thẩm định.",
        "Bà Võ Thị Mộng, [Thư ký khoa học](TITLE) ghi biên bản.",
        "Ông Đỗ Nhất Tâm - [Ủy viên phản biện](TITLE).",
        # near misses: roles at this meeting
        "Ông Đỗ Nhất Tâm, Phản biện 1, nhận xét.",
    ],
    "roles at this meeting are no posts": [
        "Bà Võ Thị Mộng chủ trì buổi làm việc.",
        "Đoàn công tác do bà Lê Thị Mộng Kiều làm trưởng đoàn.",
        "Trưởng đoàn công tác phát biểu kết luận.",
        "Thư ký cuộc họp: Bà Võ Thị Cẩm Tiên.",
        "Chủ tọa: Ông Đỗ Nhất Tâm.",
        "Đoàn Chủ tịch điều hành đại hội.",
        "Các đại biểu thảo luận sôi nổi.",
    ],
    "degrees, ranks and honours are no posts": [
        "Tiến sĩ Lê Hữu Chánh trình bày tham luận.",
        "Thượng tá Lê Hữu Chánh phát biểu.",
        "Đại tá Lê Hữu Chánh, [Phó Giám đốc](TITLE) Công an tỉnh phát biểu.",
        "Bác sĩ Lê Hữu Chánh trình bày.",
        "Nghệ nhân ưu tú Lê Hữu Chánh trình diễn.",
    ],
    "plain work titles need a holder": [
        "Bà Võ Thị Cẩm Tiên, [chuyên viên](TITLE) Sở Tài chính ghi biên bản.",
        "Bà Võ Thị Cẩm Tiên, [cán bộ](TITLE) Phòng Kinh tế dự.",
        "Bà Võ Thị Cẩm Tiên - [kế toán trưởng](TITLE).",
        "Ông Đỗ Nhất Tâm, [chủ nhiệm](TITLE) dự án báo cáo.",
        "Ông Đỗ Nhất Tâm, [cố vấn](TITLE) dự án phát biểu.",
        # near misses: plurals and kinds of people
        "Tập huấn cho cán bộ, công chức và nông dân trong xã.",
        "Các chuyên viên của phòng cùng dự.",
        "Mời chuyên gia, báo cáo viên và phóng viên dự.",
    ],
    "villages": [
        "Ông Lò Văn Inh, [Trưởng bản](TITLE) Co Muông phát biểu.",
        "Ông Đỗ Nhất Tâm, [Trưởng thôn](TITLE) 3 dự họp.",
        "Ông Đỗ Nhất Tâm, [Trưởng ấp](TITLE) Tân Phú dự họp.",
        # near miss: elders are no posts
        "Các già làng dự họp.",
    ],
    "the army": [
        "Đại tá Lê Hữu Chánh, [Chỉ huy trưởng](TITLE) Bộ Chỉ huy Quân sự tỉnh dự.",
        "Thượng tá Lê Hữu Chánh, [Chính ủy](TITLE) Bộ Chỉ huy Quân sự tỉnh dự.",
        "Trung tá Lê Hữu Chánh, [Đồn trưởng](TITLE) Đồn Biên phòng Mây Trắng dự.",
    ],
    "a former head of state": [
        "Học tập theo lời dạy của [Chủ tịch](TITLE) Hồ Chí Minh.",
        # near miss: the name without the post
        "Học tập đạo đức, phong cách Hồ Chí Minh.",
    ],
    "look-alikes": [
        "Tòa án mở phiên giám đốc thẩm vụ án.",
        "Quận ủy và các chi bộ trực thuộc họp.",
        "Hội trường Trung tâm hội nghị có 200 chỗ.",
        "Cục bộ có nơi mưa to.",
        "Đoàn viên thanh niên tham gia trồng cây.",
    ],
    "case, tone placement and spelling do not matter": [
        "Ông Đỗ Nhất Tâm, [PHÓ CHỦ TỊCH](TITLE) UBND HUYỆN dự.",
        "Ông Đỗ Nhất Tâm, [phó chủ tịch](TITLE) UBND huyện dự.",
        "Ông Đỗ Nhất Tâm, [Uỷ viên](TITLE) Ban Thường vụ Tỉnh uỷ dự.",
        "Ông Đỗ Nhất Tâm, [Phó  Giám đốc](TITLE) Sở Y tế dự.",
    ],
    "signatures": [
        "Biên bản được thông qua.\n\nTHƯ KÝ                    CHỦ TỌA\n\nVõ Thị Cẩm Tiên           Đỗ Nhất Tâm\n",
        "Trân trọng.\n\nKT. [CHỦ TỊCH](TITLE)\n[PHÓ CHỦ TỊCH](TITLE)\n\n\nĐỗ Nhất Tâm\n",
    ],
}


def _rows() -> list[object]:
    made = []
    for construction, rows in ROWS.items():
        for number, row in enumerate(rows, 1):
            marked, reason = (row, None) if isinstance(row, str) else row
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            made.append(pytest.param(marked, marks=marks, id=f"{construction} {number}"))
    return made


@pytest.mark.parametrize("marked", _rows())
def test_all_posts_of_the_text_and_only_these(marked: str, compare: Compare) -> None:
    found, expected = compare(marked, "TITLE")
    assert found == expected
