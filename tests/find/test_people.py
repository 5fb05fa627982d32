"""OFFICIAL: the name alone, with the evidence that makes it one, each hit beside a near miss (guidelines OFFICIAL; handbook 2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Compare = Callable[[str, str], tuple[list[str], list[str]]]

NOTICE = (
    "UBND TỈNH HẬU GIANG              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ Y TẾ                Độc lập - Tự do - Hạnh phúc\n\n"
    "THÔNG BÁO\nVề việc họp giao ban\n\nSở Y tế thông báo họp giao ban tháng 8 năm 2021, đề nghị các đơn vị tham dự đầy đủ.\n\n"
)

# Construction -> rows. All people of a row are marked, and only people; a row that is a pair is a known fault with its reason.
ROWS: dict[str, list[str | tuple[str, str]]] = {
    "P01 honorific, name, post": [
        "Ông [Trần Khắc Nhựt](OFFICIAL), Giám đốc Sở Tư pháp phát biểu.",
        "Bà [Lê Thị Mộng Kiều](OFFICIAL), Phó Chủ tịch HĐND huyện dự.",
        "đồng chí [Lê Hữu Chánh](OFFICIAL), Bí thư Huyện ủy phát biểu.",
        "đ/c [Lê Hữu Chánh](OFFICIAL), Bí thư Huyện ủy phát biểu.",
        "Ngài [Watanabe Kenta](OFFICIAL), Tổng Lãnh sự Nhật Bản phát biểu.",
    ],
    "P02 to P04 dashes of all kinds": [
        "Đồng chí [Lê Hữu Chánh](OFFICIAL) - Phó Chủ tịch UBND quận dự.",
        "Đồng chí [Lê Hữu Chánh](OFFICIAL) – Phó Chủ tịch UBND quận dự.",
        "Đồng chí [Lê Hữu Chánh](OFFICIAL) — Phó Chủ tịch UBND quận dự.",
        "Bà [Lã Thị Cúc](OFFICIAL)- Phó giám đốc Sở dự.",
        "Bà [Lã Thị Cúc](OFFICIAL)-Phó giám đốc Sở dự.",
    ],
    "P05 and P23 brackets": [
        "Ông [Tạ Văn Tre](OFFICIAL) (Trưởng phòng Kinh tế TP. Bến Tre) báo cáo.",
        "Ông [Tạ Văn Tre](OFFICIAL) (46 tuổi, Trưởng phòng Kinh tế) báo cáo.",
        "Phòng Kinh tế TP. Bến Tre (ông [Tạ Văn Tre](OFFICIAL) - Trưởng phòng) báo cáo.",
    ],
    "P06 to P09 posts before the name": [
        "Phó Chủ tịch UBND thành phố Cần Thơ [Trần Khắc Nhựt](OFFICIAL) phát biểu.",
        "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh [Trần Khắc Nhựt](OFFICIAL) kết luận.",
        "Bí thư Tỉnh ủy [Trần Khắc Nhựt](OFFICIAL), Trưởng Ban Chỉ đạo kết luận.",
        "Đồng chí Bí thư Tỉnh ủy [Trần Khắc Nhựt](OFFICIAL) kết luận.",
        "Thứ trưởng Bộ KH&CN [Cao Thế Đạm](OFFICIAL) chụp hình lưu niệm.",
        "Phó Chủ tịch UBND tỉnh Sóc Trăng [Lâm Thị Thơ](OFFICIAL) dự.",
        "Cuộc gặp với Tổng thống [Emilie Laurent](OFFICIAL) diễn ra.",
        # near misses: the post alone, a place after it
        "Phó Chủ tịch UBND thành phố Cần Thơ phát biểu.",
        "Phó Chủ tịch UBND tỉnh Sóc Trăng phát biểu.",
        "Chủ tịch UBND huyện Phong Điền phát biểu.",
    ],
    "P10 ranks and degrees": [
        "Đồng chí Thiếu tướng [Lê Hữu Chánh](OFFICIAL) - Giám đốc Công an tỉnh dự.",
        "Đại tá [Y Thanh Niê Kđăm](OFFICIAL) phát biểu.",
        "Đại tá, TS. [Lê Hữu Chánh](OFFICIAL) phát biểu.",
        "PGS.TS. [Huỳnh Kim Thạch](OFFICIAL) trình bày.",
        "PGS. TS. [Huỳnh Kim Thạch](OFFICIAL) trình bày.",
        "GS.TSKH [Huỳnh Kim Thạch](OFFICIAL) trình bày.",
        "Phó Giáo sư, Tiến sĩ [Huỳnh Kim Thạch](OFFICIAL) trình bày.",
        "Tiến sỹ [Huỳnh Kim Thạch](OFFICIAL) trình bày.",
        "ThS.[Trần Đăng Khuyến](OFFICIAL)- Giám đốc Trung tâm trình bày.",
        "Bà GS. [Lã Thị Cúc](OFFICIAL) trình bày.",
        "Luật sư [Lê Hữu Chánh](OFFICIAL) tư vấn.",
        # near miss: the degree of nobody
        "Hội thảo có nhiều giáo sư, tiến sĩ tham dự.",
    ],
    "P11 no separator": [
        "Đồng chí [Lê Hữu Chánh](OFFICIAL) Bí thư đảng ủy chủ trì.",
        "Ông [Lê Hữu Chánh](OFFICIAL) BTĐU chủ trì.",
        "Ông [Lê Hữu Chánh](OFFICIAL) Giám đốc Sở Y tế phát biểu.",
    ],
    "P12 and P14 colons": [
        "1. Ông [Lê Hữu Chánh](OFFICIAL): Giám đốc\n2. Bà [Lã Thị Cúc](OFFICIAL): Phó Giám đốc",
        "Ông: [Lê Hữu Chánh](OFFICIAL) – HUV – PCT UBMTTQVN huyện",
        "Đ/c: [Lê Hữu Chánh](OFFICIAL) - Bí thư Chi bộ",
        # near misses: empty labels of a form
        "Ông (bà): ....................",
        "Ông/Bà: ……………………",
        "Đ/c: Số 12, đường 3/2",
    ],
    "P15, P17, P18 copula and role first": [
        "Chủ trì buổi làm việc là Bà [Lã Thị Cúc](OFFICIAL), Phó Giám đốc Sở.",
        "Trưởng đoàn là đồng chí [Lã Thị Cúc](OFFICIAL) - Phó Giám đốc Sở Y tế.",
        "Đoàn do Phó Giáo sư, Tiến sĩ [Huỳnh Kim Thạch](OFFICIAL), Ủy viên Hội đồng, làm Trưởng đoàn.",
        "Đoàn công tác do bà [Lê Thị Mộng Kiều](OFFICIAL) làm trưởng đoàn.",
    ],
    "P16, P24 lists": [
        "Thành phần gồm: ông [Lê Hữu Chánh](OFFICIAL) (Trưởng phòng), bà [Lã Thị Cúc](OFFICIAL) (chuyên viên).",
        "Dự họp có các đồng chí: [Lê Hữu Chánh](OFFICIAL), Giám đốc Sở; [Lã Thị Cúc](OFFICIAL), Phó Giám đốc Sở.",
        "Các Phó Giám đốc Sở: [Lê Hữu Chánh](OFFICIAL), [Lã Thị Cúc](OFFICIAL), [Tạ Văn Tre](OFFICIAL) cùng dự.",
        "Hai ông [Lê Hữu Chánh](OFFICIAL) và [Tạ Văn Tre](OFFICIAL) trình bày.",
        "Các đồng chí: [Trần Khắc Nhựt](OFFICIAL) - Giám đốc Sở KH&CN; các đồng chí Phó Giám đốc Sở cùng đại diện các phòng dự.",
        # near misses: groups
        "Dự họp có các đồng chí lãnh đạo các phòng, đơn vị.",
        "Ông bà và bà con nông dân phấn khởi.",
    ],
    "P19 tables": [
        "STT   Họ và tên              Chức vụ\n1     [Lê Hữu Chánh](OFFICIAL)         Giám đốc\n2     [Lã Thị Cúc](OFFICIAL)          Phó Giám đốc\n",
        "| 1 | [Lê Hữu Chánh](OFFICIAL) | Giám đốc |\n| 2 | [Lã Thị Cúc](OFFICIAL) | Phó Giám đốc |\n",
    ],
    "P20 captions": [
        "Ông [Lê Hữu Chánh](OFFICIAL), TGĐ Công ty Mây Trắng (người áo trắng bên trái) trao quà.",
        "Đồng chí [Lê Hữu Chánh](OFFICIAL) trao quà cho bà [Lã Thị Cúc](OFFICIAL)",
    ],
    "P21 qualifiers": [
        "Tân Giám đốc Sở Y tế [Lâm Thị Thơ](OFFICIAL) nhận nhiệm vụ.",
        "Nguyên Bí thư Tỉnh ủy [Trần Khắc Nhựt](OFFICIAL) dự lễ.",
        "Cố Bộ trưởng [Trần Khắc Nhựt](OFFICIAL) sinh năm 1920.",
    ],
    "P22 birth data": [
        "Ông: [Lê Hữu Chánh](OFFICIAL), sinh năm 1973, Ủy viên Ban Thường vụ, Bí thư Đảng ủy xã.",
    ],
    "a given name behind an honorific": [
        "Ông [Quách Hữu Lộc](OFFICIAL) báo cáo. Theo ông [Lộc](OFFICIAL), tiến độ đạt 62%.",
        "Đồng chí [Cao Thế Giang](OFFICIAL) nói. Đồng chí [Giang](OFFICIAL) nhấn mạnh.",
        "Bộ trưởng [Chu Thế Đạt](OFFICIAL) nói. Bộ trưởng [Đạt](OFFICIAL) nhấn mạnh.",
        "Theo ông [Tín](OFFICIAL), kết quả tốt.",
        # near misses: an honorific without a name
        "Theo Ông, kết quả tốt.",
        "Đồng chí đề nghị các phòng chức năng liên hệ.",
        "Đồng chí đã chỉ đạo Vụ tổng hợp.",
        "Các đồng chí Phó Giám đốc dự.",
    ],
    "names of all peoples": [
        "Bà [H'Lim Niê Kđăm](OFFICIAL), Phó Chủ tịch HĐND tỉnh dự.",
        "Ông [Y Thắng Êban](OFFICIAL) phát biểu.",
        "Ông [Giàng A Chinh](OFFICIAL) phát biểu.",
        "Ông [Lò Văn Inh](OFFICIAL), Trưởng bản Co Muông phát biểu.",
        "Bà [Rah Lan Quyn](OFFICIAL) phát biểu.",
        "Ông [A Pớt](OFFICIAL) và bà [Y Ngọc](OFFICIAL) phát biểu.",
        "Ông [K'Brẻo](OFFICIAL) phát biểu.",
        "Ông [Điểu Khon](OFFICIAL) phát biểu.",
        "Ông [Danh Sóc](OFFICIAL) phát biểu.",
        "Ông [Kim Sa Rinh](OFFICIAL) phát biểu.",
        "Ông [Alăng Bảy](OFFICIAL) phát biểu.",
        "Bà [Đàng Thị Mỹ Lan](OFFICIAL) phát biểu.",
        "Bà [Công Huyền Tôn Nữ Diệu An](OFFICIAL) phát biểu.",
        "Ông [Park MinJun](OFFICIAL), Giám đốc Công ty TNHH Mây Trắng phát biểu.",
        "Đại đức [Thích Nhuận Thiện](OFFICIAL) phát biểu.",
        "Ni sư [Thích Nữ Diệu An](OFFICIAL) phát biểu.",
        "Linh mục [Giuse Trần Công Lý](OFFICIAL) phát biểu.",
    ],
    "a farmer, a director and a guest count as officials do": [
        "Bà [Lã Thị Cúc](OFFICIAL), nông dân xã Tân Lập, chia sẻ.",
        "Nghệ nhân [Lã Thị Cúc](OFFICIAL) trình diễn.",
        "Ông [Tạ Văn Tre](OFFICIAL), Giám đốc Công ty TNHH Mây Trắng, cho biết.",
    ],
    "the name stops before verbs and posts": [
        "Ông [Tạ Văn Tre](OFFICIAL) Phó Giám đốc Sở dự.",
        "Ông [Tạ Văn Tre](OFFICIAL) đã phát biểu.",
        "Ông [Tạ Văn Tre](OFFICIAL) và bà [Lã Thị Cúc](OFFICIAL) cùng dự.",
        "Ông [Tạ Văn Tre](OFFICIAL)/bà [Lã Thị Cúc](OFFICIAL) cùng dự.",
    ],
    "case noise and capitals": [
        "ÔNG [TẠ VĂN TRE](OFFICIAL) - GIÁM ĐỐC SỞ Y TẾ",
        "ông [Tạ Văn Tre](OFFICIAL) phát biểu.",
        "Có Ông [Tạ Văn Tre](OFFICIAL) dự.",
    ],
    "places are not people": [
        "Trụ sở tại đường Lý Thường Kiệt, quận Ninh Kiều.",
        "Địa chỉ: Số 02, Lý Thường kiệt, phường Tân An, quận Ninh Kiều.",
        "Làng nghề hoa kiểng Phó Thọ - Bà Bộ phát triển.",
        "Du khách thăm núi Bà Đen, đảo Cô Tô và Bà Nà.",
        "Họp tại Hà Giang, Kim Sơn và Thạch Hà.",
        "Tỉnh Bà Rịa - Vũng Tàu tăng trưởng.",
        "Sữa bò Long Hòa và rau Long Tuyền được ưa chuộng.",
    ],
    "schools, awards, theories are not people": [
        "Trường THPT Châu Văn Liêm đón đoàn.",
        "Học tập tư tưởng Hồ Chí Minh.",
        "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
        "Trao Huân chương Hồ Chí Minh cho tập thể.",
        "Đoàn TNCS Hồ Chí Minh ra quân.",
        "Học bổng Trương Vĩnh Ký được trao.",
        "Thành phố Hồ Chí Minh phát triển.",
        # near miss: the man himself counts
        "Chủ tịch [Hồ Chí Minh](OFFICIAL) đọc Tuyên ngôn Độc lập.",
    ],
    "by-lines and credits are not people": [
        "Hội nghị kết thúc tốt đẹp.\n\nTin, ảnh: Hữu Hạnh",
        "Hội nghị kết thúc tốt đẹp.\n\nẢnh: Lê Minh Hạnh",
        "Hội nghị kết thúc tốt đẹp.\n\nTác giả: Trần Văn Hạnh",
        "Hội nghị kết thúc tốt đẹp. (Ảnh: Trần Văn Hạnh)",
    ],
    "companies are not people": [
        "Công ty TNHH Trần Văn Bảy nộp hồ sơ.",
        "Cơ sở nước mắm Hai Lành nộp hồ sơ.",
        "Tập đoàn Thiên Mây đầu tư.",
    ],
    "bodies and fields are not people": [
        "Bộ Công Thương, Bộ Nội vụ dự họp.",
        "Sở Thông tin và Truyền thông báo cáo.",
        "Hội Cựu chiến binh huyện vận động.",
        "Văn Miếu Quốc Tử Giám mở cửa.",
    ],
    "once anchored, the full name counts everywhere": [
        "Ông [Tạ Văn Tre](OFFICIAL) dự. Sau đó [Tạ Văn Tre](OFFICIAL) trình bày.",
        "Các ý kiến của [Tạ Văn Tre](OFFICIAL) được ghi nhận. Ông [Tạ Văn Tre](OFFICIAL) là Giám đốc Sở.",
        # near miss: the same syllables inside a street's name
        "Ông [Tạ Văn Tre](OFFICIAL) dự họp tại đường Tạ Văn Tre.",
    ],
    "signature blocks": [
        NOTICE + "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\n[Đỗ Nhất Tâm](OFFICIAL)\n",
        NOTICE + "GIÁM ĐỐC\n(Đã ký)\n[Đỗ Nhất Tâm](OFFICIAL)\n",
        NOTICE
        + "Nơi nhận:                GIÁM ĐỐC\n- Như trên;\n- Lưu: VT.\n                      (Đã ký)\n\n"
        + "                      [Đỗ Nhất Tâm](OFFICIAL)\n",
        "Biên bản được thông qua.\n\nTHƯ KÝ                    CHỦ TỌA\n\n\n[Võ Thị Cẩm Tiên](OFFICIAL)          [Đỗ Nhất Tâm](OFFICIAL)\n",
        # near miss: a line of capitals that is no name
        NOTICE + "GIÁM ĐỐC\n(Đã ký và đóng dấu)\n",
    ],
    "a given name that is a common word, too": [
        "Ông [Lã Văn Huyện](OFFICIAL), Giám đốc Sở Y tế dự.",
        "Bà [Lã Thị Phường](OFFICIAL) – Bí thư Đảng ủy phường dự.",
        "Ông [Đỗ Hoàng Anh Khải](OFFICIAL), Giám đốc Sở Y tế dự.",
        "[Đỗ Minh Anh Khải](OFFICIAL), Giám đốc Sở Y tế dự.",
        "Ông [Nguyễn Vũ Trường Khải](OFFICIAL), Giám đốc Sở Y tế dự.",
        # near misses: a level before its place, the honorific of the next person, a school
        "Ông [Lã Văn](OFFICIAL) Huyện Cờ Đỏ dự.",
        "Ông [Lã Văn Huân](OFFICIAL) Bà [Đỗ Thị Hà](OFFICIAL) cùng dự.",
        "Bà [Lã Thị Cúc](OFFICIAL) Trường THPT Tân Lập dự.",
    ],
    "a syllable slipped into lower case": [
        "Bà [Tôn Nữ diệu Hạnh](OFFICIAL) – Phó Bí thư Đảng ủy phường dự.",
        # near miss: a verb
        "Bà [Tôn Nữ](OFFICIAL) thăm Hạnh, Phó Bí thư Đảng ủy phường.",
    ],
    "one capital behind a degree or a comrade": [
        "Theo TS. [Thủy](OFFICIAL), kết quả tốt.",
        "Lớp bồi dưỡng Tiến sĩ Kinh tế khai giảng.",
        "Tuyển Kỹ sư Hạ tầng cho dự án.",
        "Dự họp có các đồng chí Lãnh đạo phòng.",
    ],
    "places behind a trade": [
        "Chuyên gia [Lã Thị Cúc](OFFICIAL) tập huấn.",
        "Chuyên gia Hà Lan tập huấn cho nông dân Hà Nội.",
        "Họp tại xã Kim Chung, Đông Anh Hà Nội.",
        "Thăm Bảo tàng Bác sĩ Watanabe.",
    ],
    "villages behind their head": [
        "Trưởng thôn [Lò Văn Inh](OFFICIAL) báo cáo.",
        "Trưởng thôn Đồng Còng báo cáo.",
    ],
    "streets in a list": [
        "Ông [Tạ Văn Tre](OFFICIAL) khảo sát tuyến đường Lê Lợi, Nguyễn Thái Học, Trần Văn Hoài.",
        "Dự có ông [Tạ Văn Tre](OFFICIAL), [Trần Văn Hoài](OFFICIAL).",
    ],
    "a by-line below the last sentence": [
        "Ông [Tạ Văn Tre](OFFICIAL) dự.\n\nTrần Văn Hoài (TTXVN)",
        "Ông [Tạ Văn Tre](OFFICIAL) dự.\n\nAnh Khải",
        # near miss: an honorific inside the text
        "Ông [Tạ Văn Tre](OFFICIAL) dự. Anh [Khải](OFFICIAL) phát biểu.",
    ],
    "no known surname, but a post, a body and a verb of speech": [
        "Bí thư Huyện ủy [Thuận Hữu](OFFICIAL) phát biểu.",
        "Bí thư Huyện ủy Phong Điền phát biểu.",
        "Chủ tịch Tổng LĐLĐVN phát biểu.",
    ],
    "a table flattened into one line": [
        "STT Họ và tên Chức vụ 1 [Đỗ Quý Nhân](OFFICIAL) Giám đốc Sở Y tế 2 [Lã Thị Bé Ba](OFFICIAL) Phó Giám đốc Sở Y tế",
    ],
    "absent people are people": [
        "Vắng mặt: 01 (ông [Kha Lý Mạ](OFFICIAL), nghỉ ốm).",
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
def test_all_people_of_the_text_and_only_these(marked: str, compare: Compare) -> None:
    found, expected = compare(marked, "OFFICIAL")
    assert found == expected
