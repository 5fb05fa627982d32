"""ORGANIZATION: a head noun and what names it, each hit beside a near miss (guidelines ORGANIZATION; handbook 4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Compare = Callable[[str, str], tuple[list[str], list[str]]]

# Construction -> rows. All bodies of a row are marked, and only bodies; a row that is a pair is a known fault with its reason.
ROWS: dict[str, list[str | tuple[str, str]]] = {
    "head, field of work and area": [
        "[Sở Khoa học và Công nghệ thành phố Cần Thơ](ORGANIZATION) báo cáo.",
        "[Sở KH&CN TP. Cần Thơ](ORGANIZATION) báo cáo.",
        "[Sở KH&CN TP Cần Thơ](ORGANIZATION) báo cáo.",
        "[Sở Nông nghiệp và Phát triển nông thôn tỉnh Hậu Giang](ORGANIZATION) báo cáo.",
        "[Sở Lao động - Thương binh và Xã hội](ORGANIZATION) báo cáo.",
        "[Sở Văn hóa, Thể thao và Du lịch](ORGANIZATION) báo cáo.",
        "[Phòng Kinh tế quận Bình Thủy](ORGANIZATION) báo cáo.",
        "[Chi cục Thủy lợi](ORGANIZATION) báo cáo.",
        "[Cục Sở hữu trí tuệ](ORGANIZATION) trả lời.",
        "[Vụ Phát triển KH&CN địa phương](ORGANIZATION) tổng hợp.",
        "[Trung tâm Thông tin Khoa học và Công nghệ TP. Cần Thơ](ORGANIZATION) triển khai.",
        "[Viện Lúa Đồng bằng sông Cửu Long](ORGANIZATION) trình bày.",
        "[Thanh tra tỉnh](ORGANIZATION) kết luận.",
        "[Quỹ Phát triển khoa học và công nghệ](ORGANIZATION) hỗ trợ.",
        "[Văn phòng UBND tỉnh Bến Tre](ORGANIZATION) thông báo.",
    ],
    "the verb behind the name stays outside": [
        "[Sở Tài chính](ORGANIZATION) tham mưu cho [UBND tỉnh](ORGANIZATION) bố trí kinh phí.",
        "[Sở Y tế](ORGANIZATION) phối hợp với [Công an tỉnh](ORGANIZATION) triển khai.",
        "[Sở Nội vụ](ORGANIZATION) tổ chức hội nghị.",
        "[Sở Nội vụ](ORGANIZATION) hỗ trợ địa phương.",
        "[Trung tâm Khuyến nông](ORGANIZATION) tập huấn cho nông dân.",
        "[Bộ Y tế](ORGANIZATION) ban hành thông tư.",
        "Giao [Trung tâm Ứng dụng Tiến bộ KH&CN](ORGANIZATION) viết dự án đề xuất.",
    ],
    "the level alone names the body": [
        "[UBND tỉnh](ORGANIZATION) yêu cầu.",
        "[HĐND thành phố](ORGANIZATION) họp phiên thứ ba.",
        "[Tỉnh ủy](ORGANIZATION) ban hành nghị quyết.",
        "[Quận ủy](ORGANIZATION) chỉ đạo.",
        "[Huyện uỷ](ORGANIZATION) chỉ đạo.",
        "[Chính phủ](ORGANIZATION) ban hành nghị định.",
        "[Quốc hội](ORGANIZATION) thông qua luật.",
        "[Trung ương Đảng](ORGANIZATION) ban hành nghị quyết.",
        "[Bộ Chính trị](ORGANIZATION) ban hành nghị quyết.",
        "[Ban Bí thư](ORGANIZATION) ban hành chỉ thị.",
        # near misses: the place itself, the plural kind, the collective phrase
        "Tỉnh Bến Tre có nhiều dừa.",
        "UBND các phường rà soát.",
        "Chủ trương của Đảng và Nhà nước.",
        "Quản lý nhà nước về khoa học và công nghệ.",
    ],
    "the committee with its area": [
        "[UBND quận Bình Thủy](ORGANIZATION) báo cáo.",
        "[Ủy ban nhân dân thành phố Cần Thơ](ORGANIZATION) tiếp tục phát huy.",
        "[Ủy ban nhân dân Thành phố](ORGANIZATION) phê duyệt.",
        "[UBND xã Tân Lập](ORGANIZATION) báo cáo.",
        "[UBND P. Tân An](ORGANIZATION) báo cáo.",
        "[UBND TP.HCM](ORGANIZATION) báo cáo.",
        "[UBND TPHCM](ORGANIZATION) báo cáo.",
        "[Ủy ban MTTQ Việt Nam huyện Phong Điền](ORGANIZATION) giám sát.",
        "[Hội Nông dân xã Đông Hiệp](ORGANIZATION) vận động.",
        "[Công an huyện Phong Điền](ORGANIZATION) bảo đảm an ninh.",
        "[Tòa án nhân dân huyện](ORGANIZATION) xét xử.",
        "[Viện kiểm sát nhân dân tỉnh](ORGANIZATION) kiểm sát.",
        "[Bộ Chỉ huy Quân sự tỉnh](ORGANIZATION) báo cáo.",
        # near miss: several levels in a row name no body
        "UBND xã, phường, thị trấn rà soát.",
    ],
    "a bare head counts right after a post only": [
        "Bà Lã Thị Cúc- Phó giám đốc [Sở](ORGANIZATION) dự.",
        "Bà Lã Thị Cúc, Chánh Thanh tra [Bộ](ORGANIZATION) dự.",
        "Ông Tạ Văn Niên, Giám đốc [Trung tâm](ORGANIZATION) báo cáo.",
        "Ông Tạ Văn Niên, Chủ tịch [HĐND](ORGANIZATION) phát biểu.",
        "Ông Tạ Văn Niên, Ủy viên [Trung ương](ORGANIZATION) dự.",
        # near misses
        "Sở đã tham mưu nhiều văn bản.",
        "Trình lãnh đạo Bộ xem xét.",
        "Trung tâm đã hoàn thành nhiệm vụ.",
        "Đảng lãnh đạo toàn diện.",
        "Trung ương đã hỗ trợ kinh phí.",
    ],
    "unit and parent side by side are one span": [
        "[Phòng Quản lý Khoa học Sở KH&CN TP Cần Thơ](ORGANIZATION) trình bày.",
        "[Văn phòng Sở Y tế](ORGANIZATION) chuẩn bị.",
        "[Đảng ủy Sở Y tế](ORGANIZATION) chỉ đạo.",
        "[Ban Thường vụ Tỉnh ủy](ORGANIZATION) kết luận.",
        "[Ban Tuyên giáo Tỉnh ủy](ORGANIZATION) phối hợp.",
        "[Ban Kinh tế - Ngân sách HĐND tỉnh](ORGANIZATION) thẩm tra.",
        "[Đội Quản lý thị trường số 4](ORGANIZATION) kiểm tra.",
        "[Thường trực HĐND huyện](ORGANIZATION) họp.",
    ],
    "two spans where a comma, bracket, dash or thuộc parts them": [
        "[Vụ Phát triển KH&CN địa phương](ORGANIZATION), [Bộ KH&CN](ORGANIZATION) dự.",
        "[Trung tâm Khuyến nông](ORGANIZATION) thuộc [Sở Nông nghiệp và Môi trường](ORGANIZATION) trình bày.",
        "[Trung tâm Khuyến nông](ORGANIZATION) trực thuộc [Sở Nông nghiệp và Môi trường](ORGANIZATION) trình bày.",
        "[Cục Sở hữu trí tuệ](ORGANIZATION) ([Bộ Khoa học và Công nghệ](ORGANIZATION)) trả lời.",
        "[Trung tâm Khuyến nông](ORGANIZATION) của [Sở Nông nghiệp và Môi trường](ORGANIZATION) trình bày.",
        "[Chi cục Thủy lợi](ORGANIZATION) - [Sở Nông nghiệp và Môi trường](ORGANIZATION) trình bày.",
        "Lãnh đạo các phòng và đơn vị trực thuộc [Sở KH&CN TP Cần Thơ](ORGANIZATION) dự.",
    ],
    "bodies in a row": [
        "[Sở Tài chính](ORGANIZATION), [Sở Nội vụ](ORGANIZATION) và [Sở Y tế](ORGANIZATION) dự họp.",
        "[Sở Giáo dục và Đào tạo](ORGANIZATION) và [Sở Văn hóa, Thể thao và Du lịch](ORGANIZATION) dự họp.",
        "[Phòng Kinh tế](ORGANIZATION), [Phòng Nội vụ](ORGANIZATION) dự họp.",
        "[Phòng Kinh tế, Hạ tầng và Đô thị](ORGANIZATION) dự họp.",
        "[Vụ Phát triển KH&CN địa phương](ORGANIZATION), [Bộ KH&CN](ORGANIZATION); [Sở KH&CN TP. Cần Thơ](ORGANIZATION) dự.",
        "[Công ty TNHH Mây Trắng](ORGANIZATION) và [Công ty Cổ phần Gạo Thơm](ORGANIZATION) ký kết.",
    ],
    "a comma or và that belongs to the name does not end it": [
        (
            "[Trường Cao đẳng Công nghệ, Kinh tế và Thủy lợi miền Trung](ORGANIZATION) đăng ký.",
            "a comma inside the proper name of a school ends it",
        ),
        "[Văn phòng Đoàn ĐBQH, HĐND và UBND tỉnh](ORGANIZATION) thông báo.",
        "[Văn phòng HĐND và UBND huyện](ORGANIZATION) thông báo.",
        "[Văn phòng HĐND và UBND phường](ORGANIZATION) thông báo.",
    ],
    "plural kinds and groups are no bodies": [
        "Các sở, ban, ngành phối hợp thực hiện.",
        "Các phòng chức năng và các doanh nghiệp của quận dự.",
        "Các bộ, ban, ngành trung ương và địa phương dự.",
        "Các trường đại học trong vùng tham gia.",
        "Các hợp tác xã và tổ hợp tác trên địa bàn huyện.",
        "Các công ty con kinh doanh thua lỗ.",
        "Lực lượng vũ trang tỉnh bảo đảm an ninh.",
    ],
    "the term stays outside": [
        "Ủy viên [Ban Chấp hành Trung ương Đảng](ORGANIZATION) khóa XII dự.",
        "[Quốc hội](ORGANIZATION) khóa XIV thông qua.",
        "[HĐND tỉnh](ORGANIZATION) khóa X họp.",
    ],
    "elided head after a post": [
        "Thứ trưởng [Nội vụ](ORGANIZATION) Cao Thế Đạm phát biểu.",
        "Bộ trưởng [Kế hoạch & Đầu tư](ORGANIZATION) Cao Thế Đạm phát biểu.",
        "Ông Cao Thế Đạm, Phó viện trưởng [Khoa học Hình sự](ORGANIZATION) dự.",
        "Ông Lê Hữu Chánh - TP [Kinh tế](ORGANIZATION).",
        # near miss: a place is no body
        "Ông Lê Hữu Chánh, Phó chủ tịch tỉnh dự.",
        "Ông Lê Hữu Chánh, Chủ tịch huyện dự.",
    ],
    "the unit noun of a post opens the body": [
        "Ông Tạ Văn Niên, Trưởng [Ban Tuyên giáo Tỉnh ủy](ORGANIZATION) dự.",
        "Ông Tạ Văn Niên, Phó Trưởng [phòng Quản lý Khoa học](ORGANIZATION) dự.",
        "Ông Tạ Văn Niên, Chánh [Văn phòng UBND tỉnh](ORGANIZATION) dự.",
        "Ông Tạ Văn Niên, Trưởng [Đoàn đại biểu Quốc hội tỉnh](ORGANIZATION) dự.",
        "Ông Tạ Văn Niên, Vụ trưởng [Vụ Kế hoạch - Tài chính](ORGANIZATION) dự.",
        "Ông Tạ Văn Niên, Chánh Thanh tra [Sở](ORGANIZATION) dự.",
        "Ông Tạ Văn Niên, UV [BTV Tỉnh ủy](ORGANIZATION) dự.",
        # near miss: the post alone opens none
        "Ông Tạ Văn Niên, Trưởng phòng, dự.",
    ],
    "an abbreviation in brackets stays outside, an acronym of the body is a span": [
        "[Bộ Khoa học và Công nghệ](ORGANIZATION) (KH&CN) ban hành.",
        "[Liên đoàn Thương mại và Công nghiệp Việt Nam](ORGANIZATION) ([VCCI](ORGANIZATION)) đề nghị.",
        "[Tập đoàn Điện lực Việt Nam](ORGANIZATION) ([EVN](ORGANIZATION)) cung cấp điện.",
        "[VCCI](ORGANIZATION) đề nghị.",
        "[EVN](ORGANIZATION) cung cấp điện.",
    ],
    "venues and captions": [
        "tại Hội trường [Quận Ủy Bình Thủy](ORGANIZATION), đoàn làm việc.",
        "Buổi làm việc tại [UBND huyện Phong Điền](ORGANIZATION).",
        "Nguồn: [Vụ Phát triển KH&CN địa phương](ORGANIZATION)",
        # near misses: rooms and places
        "Họp tại phòng họp số 3.",
        "Họp tại Hội trường lớn.",
        "Đi qua khu công nghiệp Trà Nóc và chợ Cái Răng.",
    ],
    "companies and cooperatives": [
        "[Công ty TNHH sản xuất nhập khẩu Hương Tràm](ORGANIZATION) đề nghị.",
        "[Công ty Cổ phần Dược thảo An Bình](ORGANIZATION) đề nghị.",
        "[Công ty TNHH MTV Cấp nước Sông Trà](ORGANIZATION) đề nghị.",
        "[CTCP Gạo Mây Trắng](ORGANIZATION) đề nghị.",
        "[DNTN Ngọc Thúy](ORGANIZATION) đề nghị.",
        "[HTX Xoài tròn Tân Tiến](ORGANIZATION) đề nghị.",
        "[HTX Nông nghiệp Tân Tiến](ORGANIZATION) đề nghị.",
        "[Hợp tác xã Rau an toàn Long Tuyền](ORGANIZATION) đề nghị.",
        "[Tập đoàn An Khang](ORGANIZATION) đầu tư.",
        "[Ngân hàng TMCP Mây Trắng](ORGANIZATION) cho vay.",
        # near misses
        "Doanh nghiệp nhỏ và vừa gặp khó khăn.",
        "Công ty đã nộp hồ sơ.",
        "Doanh nghiệp khoa học và công nghệ được cấp chứng nhận.",
    ],
    "associations, schools, hospitals, press": [
        "[Hiệp hội Nuôi biển Quảng Ninh](ORGANIZATION) kiến nghị.",
        "[Hội Liên hiệp Phụ nữ huyện](ORGANIZATION) vận động.",
        "[Hội Khuyến học tỉnh Hậu Giang](ORGANIZATION) trao học bổng.",
        "[Trường THPT Tân Lược](ORGANIZATION) tiếp đoàn.",
        "[Trường Đại học Cần Thơ](ORGANIZATION) tiếp đoàn.",
        "[Bệnh viện Đa khoa tỉnh Hậu Giang](ORGANIZATION) tiếp đoàn.",
        "[Đài Phát thanh và Truyền hình tỉnh Hậu Giang](ORGANIZATION) đưa tin.",
        # near misses
        "Hội nghị tổng kết năm.",
        "Hội thảo khoa học được tổ chức.",
        "Nhà trường tiếp đoàn.",
        "Môi trường nước được quan tâm.",
        "Thị trường khoa học và công nghệ phát triển.",
    ],
    "false friends of the heads": [
        "Cán bộ xã đã nỗ lực.",
        "Toàn bộ hồ sơ được nộp.",
        "Vùng Nam Bộ có mưa.",
        "Bộ phận một cửa hoạt động tốt.",
        "Cơ sở dữ liệu được cập nhật.",
        "Quyền sở hữu trí tuệ được bảo hộ.",
        "Nhiệm vụ và dịch vụ công được nâng cao.",
        "Vụ việc được xử lý, vụ Đông Xuân được mùa.",
        "Quốc phòng, an ninh được giữ vững.",
        "Phòng, chống thiên tai được chú trọng.",
        "Địa bàn huyện rộng, văn bản ban hành kịp thời.",
        "Quỹ đất hạn chế, thời gian gấp.",
        "Tổ chức thực hiện tốt, Tổ quốc ghi công.",
        "Xã hội phát triển, cơ hội nhiều.",
        "Đoàn kết là sức mạnh.",
        "Trung tâm của vùng là thành phố Cần Thơ.",
        "Ban Giám đốc và Ban Lãnh đạo họp giao ban.",
        "Bà Bộ là tên một làng nghề ở Cần Thơ.",
    ],
    "committees known by their function": [
        "[Hội đồng thẩm định](ORGANIZATION) kết luận.",
        "Ông Đỗ Nhất Tâm, Chủ tịch [Hội đồng quản trị](ORGANIZATION) dự.",
        "Ông Đỗ Nhất Tâm, Chủ tịch [HĐQT](ORGANIZATION) dự.",
        "[Ban Kiểm soát](ORGANIZATION) báo cáo.",
        "[Ban Chỉ đạo Tây Nguyên](ORGANIZATION) họp.",
        # near miss: a described group
        "Thành lập tổ công tác do [Sở Y tế](ORGANIZATION) chủ trì.",
    ],
    "the body inside the name of an event": [
        "Đại hội đại biểu [Đảng bộ huyện](ORGANIZATION) thành công.",
        "Kỳ họp thứ ba [HĐND tỉnh Bến Tre](ORGANIZATION) khai mạc.",
    ],
    "foreign bodies": [
        "[Đại sứ quán Nhật Bản](ORGANIZATION) tài trợ.",
        "[Tổng Lãnh sự quán Hàn Quốc](ORGANIZATION) tài trợ.",
    ],
    "document numbers hold no bodies": [
        "Căn cứ Thông báo số 653/TB-VPCP ngày 5/8/2019.",
        "Căn cứ Công văn số 120/UBND-KT.",
        "Thực hiện Nghị quyết số 57-NQ/TW.",
        "Thực hiện Kế hoạch số 43/KH-UBND.",
    ],
    "typing errors": [
        "Quận phối hợp [UBDN tỉnh](ORGANIZATION) rà soát.",
        "[Sở Khoa học và Công nghệ TP. CầnThơ](ORGANIZATION) làm việc.",
        "Giao [Trung tâm Ứng dụng Tiến KH&CN](ORGANIZATION) viết dự án.",
    ],
    "letterheads and lines of capitals": [
        "[SỞ KHOA HỌC VÀ CÔNG NGHỆ THÀNH PHỐ CẦN THƠ](ORGANIZATION)\n\nHọp giao ban.",
        "[UBND TỈNH LẠNG SƠN](ORGANIZATION)      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n[SỞ NÔNG NGHIỆP VÀ PTNT](ORGANIZATION)        "
        "Độc lập - Tự do - Hạnh phúc\n\nBIÊN BẢN\nHọp giao ban.",
        "SỐ: 12/BB-SCT\n\nBIÊN BẢN HỌP GIAO BAN\n\nHọp tại phòng họp.",
    ],
    "the committee that signs": [
        "Đề nghị các đơn vị thực hiện nghiêm túc thông báo này.\n\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\nĐỗ Nhất Tâm\n",
        "Đề nghị các đơn vị thực hiện nghiêm túc thông báo này.\n\nTM. [UBND HUYỆN](ORGANIZATION)\nCHỦ TỊCH\n\n\nĐỗ Nhất Tâm\n",
    ],
    "the name of a person ends the name of a body": [
        "Chủ tịch [UBND tỉnh](ORGANIZATION) Lâm Quốc Thơ kết luận.",
        "Phó Chủ tịch [UBND tỉnh Sóc Trăng](ORGANIZATION) Lâm Thị Thơ phát biểu.",
        "Giám đốc [Sở Y tế](ORGANIZATION) Trần Khắc Nhựt báo cáo.",
        "Thứ trưởng [Bộ KH&CN](ORGANIZATION) Nguyễn Quý Sửu phát biểu.",
        "Phó Chủ tịch [UBND huyện Phong Điền](ORGANIZATION) Ngô Thị Mười báo cáo.",
    ],
    "a verb behind a whole name, the same word inside one that asks for more": [
        "[Ban Kinh tế Trung ương](ORGANIZATION) tổ chức hội nghị.",
        "[Ban Quản lý dự án đầu tư xây dựng huyện](ORGANIZATION) báo cáo.",
        "Giao [CLB Cần Thơ](ORGANIZATION) quản lý sân.",
        "Giao [Bộ Công Thương](ORGANIZATION) nghiên cứu, đề xuất.",
        "[Tập đoàn Hoàng Gia](ORGANIZATION) cam kết hoàn thành.",
    ],
    "the rest of a segmented word": [
        "[Ban Liên lạc Cựu chiến binh](ORGANIZATION) gặp mặt.",
        "[Viện Khoa học Kỹ thuật Nông Lâm Nghiệp Tây Nguyên](ORGANIZATION) báo cáo.",
        "[Chi cục Bảo vệ môi trường](ORGANIZATION) hướng dẫn.",
    ],
    "a head word inside another word or a place": [
        "Thủ tướng yêu cầu [Bộ Xây dựng](ORGANIZATION) rà soát.",
        "Bà con ở cầu Ban Thạch và đường Trường Chinh.",
        "Đoàn khảo sát tại Hội An.",
        "Sạt lở tại xã Mỹ Hội Đông.",
        "Tàu ra quần đảo Trường Sa.",
    ],
    "schools by their kind, whatever the case of the first word": [
        "Em học ở [trường THPT Châu Văn Liêm](ORGANIZATION).",
        "Hiệu trưởng [Trường Đại học Y Phan Châu](ORGANIZATION) phát biểu.",
        "Xây thêm trường lớp ở xã.",
    ],
    "numbers that name and numbers that count": [
        "[Bệnh viện 30-4](ORGANIZATION) và [Công ty CP Tư vấn đầu tư xây dựng 2/9](ORGANIZATION) dự họp.",
        "[Công ty cổ phần Mây Xanh 16](ORGANIZATION) báo cáo.",
        "[Công ty Mây Xanh](ORGANIZATION) 5 chiếc.",
        "Thực hiện Luật HTX 2012.",
    ],
    "parts of the country by number": [
        "[Kho bạc Nhà nước khu vực XIX](ORGANIZATION) và [Ngân hàng Nhà nước chi nhánh khu vực 14](ORGANIZATION) được mời.",
        "Người dân trong khu vực 14 hộ nghèo.",
    ],
    "a part and the body it belongs to": [
        "Trưởng [Chi nhánh Tổng công ty May Sông Hậu](ORGANIZATION) cho biết.",
        "[Văn phòng đại diện Công ty Mây Xanh](ORGANIZATION) dự họp.",
    ],
    "letters that stand for a body": [
        "Chủ tịch [SCX](ORGANIZATION) phát biểu.",
        "[Cục Sở hữu trí tuệ](ORGANIZATION) (SHTT) trả lời.",
        "Chủ tịch UBND các huyện báo cáo.",
    ],
    "many bodies of a kind": [
        "Chủ tịch Ủy ban MTTQ Việt Nam các tỉnh dự họp.",
        "Chủ tịch [Ủy ban MTTQ Việt Nam tỉnh](ORGANIZATION) dự họp.",
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
def test_all_bodies_of_the_text_and_only_these(marked: str, compare: Compare) -> None:
    found, expected = compare(marked, "ORGANIZATION")
    assert found == expected
