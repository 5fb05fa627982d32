"""Who holds which post of which body: every pattern of handbook 2.3 with the near miss beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

Posts = list[tuple[str, str, str | None, str]]
Row = tuple[str, Posts]

LETTERHEAD = (
    "UBND TỈNH HẬU GIANG              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ Y TẾ                Độc lập - Tự do - Hạnh phúc\n\n"
    "BIÊN BẢN\nHọp giao ban tháng 8 năm 2021\n\n"
)
BODY = "Cuộc họp bàn về kế hoạch công tác và thống nhất các nội dung trình bày.\n\n"

# Construction -> text and all (name, title, organization, status) of it, person by person; a third item is the reason of a known fault.
ROWS: dict[str, list[Row | tuple[str, Posts, str]]] = {
    "P01 name, post": [
        ("Ông Trần Khắc Nhựt, Giám đốc Sở Tư pháp phát biểu.", [("Trần Khắc Nhựt", "Giám đốc", "Sở Tư pháp", "current")]),
        ("Bà Lã Thị Cúc, Phó Chủ tịch UBND quận Bình Thủy dự.", [("Lã Thị Cúc", "Phó Chủ tịch", "UBND quận Bình Thủy", "current")]),
        # near miss: the post behind the comma is somebody else's
        ("Ông Trần Khắc Nhựt, thay mặt Giám đốc Sở Tư pháp, phát biểu.", []),
        ("Ông Trần Khắc Nhựt phát biểu. Giám đốc Sở Tư pháp tiếp thu.", []),
    ],
    "P02 to P04 dashes": [
        ("Đồng chí Lê Hữu Chánh - Phó Chủ tịch UBND huyện Cờ Đỏ dự.", [("Lê Hữu Chánh", "Phó Chủ tịch", "UBND huyện Cờ Đỏ", "current")]),
        ("Đồng chí Lê Hữu Chánh – Phó Chủ tịch UBND huyện Cờ Đỏ dự.", [("Lê Hữu Chánh", "Phó Chủ tịch", "UBND huyện Cờ Đỏ", "current")]),
        ("Bà Lã Thị Cúc- Phó giám đốc Sở Y tế dự.", [("Lã Thị Cúc", "Phó giám đốc", "Sở Y tế", "current")]),
        ("Bà Lã Thị Cúc-Phó giám đốc Sở Y tế dự.", [("Lã Thị Cúc", "Phó giám đốc", "Sở Y tế", "current")]),
    ],
    "P05, P23 brackets": [
        ("Ông Tạ Văn Tre (Giám đốc Sở Y tế) báo cáo.", [("Tạ Văn Tre", "Giám đốc", "Sở Y tế", "current")]),
        (
            "Ông Tạ Văn Tre (46 tuổi, Trưởng phòng) báo cáo.",
            [("Tạ Văn Tre", "Trưởng phòng", None, "current")],
        ),
        (
            "Phòng Kinh tế TP. Bến Tre (ông Tạ Văn Tre - Trưởng phòng) báo cáo.",
            [("Tạ Văn Tre", "Trưởng phòng", "Phòng Kinh tế TP. Bến Tre", "current")],
        ),
    ],
    "P06 post, name": [
        (
            "Phó Chủ tịch UBND thành phố Cần Thơ Trần Khắc Nhựt phát biểu.",
            [("Trần Khắc Nhựt", "Phó Chủ tịch", "UBND thành phố Cần Thơ", "current")],
        ),
        ("Thứ trưởng Bộ KH&CN Cao Thế Đạm phát biểu.", [("Cao Thế Đạm", "Thứ trưởng", "Bộ KH&CN", "current")]),
        ("Giám đốc Sở Y tế: ông Tạ Văn Tre.", [("Tạ Văn Tre", "Giám đốc", "Sở Y tế", "current")]),
        # near miss: a full stop parts them
        ("Hội nghị mời Giám đốc Sở Y tế. Ông Tạ Văn Tre phát biểu.", []),
    ],
    "P07 posts in a row, name": [
        (
            "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Bến Tre Trần Khắc Nhựt kết luận.",
            [
                ("Trần Khắc Nhựt", "Phó Bí thư", "Tỉnh ủy Bến Tre", "current"),
                ("Trần Khắc Nhựt", "Chủ tịch", "UBND tỉnh Bến Tre", "current"),
            ],
        ),
    ],
    "P08 post, name, post": [
        (
            "Bí thư Tỉnh ủy Trần Khắc Nhựt, Trưởng Ban Chỉ đạo kết luận.",
            [("Trần Khắc Nhựt", "Bí thư", "Tỉnh ủy", "current"), ("Trần Khắc Nhựt", "Trưởng Ban", "Ban Chỉ đạo", "current")],
        ),
        # near miss: the post behind the comma touches the next name
        (
            "Bí thư Huyện ủy Trần Khắc Nhựt, Chủ tịch UBND huyện Lê Hữu Chánh dự.",
            [("Trần Khắc Nhựt", "Bí thư", "Huyện ủy", "current"), ("Lê Hữu Chánh", "Chủ tịch", "UBND huyện", "current")],
        ),
    ],
    "P09, P10 honorific, post or rank, name": [
        ("Đồng chí Bí thư Huyện ủy Trần Khắc Nhựt kết luận.", [("Trần Khắc Nhựt", "Bí thư", "Huyện ủy", "current")]),
        (
            "Đồng chí Thiếu tướng Lê Hữu Chánh - Giám đốc Công an tỉnh Bến Tre dự.",
            [("Lê Hữu Chánh", "Giám đốc", "Công an tỉnh Bến Tre", "current")],
        ),
    ],
    "P11 no separator": [
        ("Ông Lê Hữu Chánh Giám đốc Sở Y tế phát biểu.", [("Lê Hữu Chánh", "Giám đốc", "Sở Y tế", "current")]),
    ],
    "P12, P14 colons": [
        (
            "Thành phần tham dự:\n1. Ông Lê Hữu Chánh: Giám đốc Sở Y tế\n2. Bà Lã Thị Cúc: Phó Giám đốc Sở Y tế",
            [("Lê Hữu Chánh", "Giám đốc", "Sở Y tế", "current"), ("Lã Thị Cúc", "Phó Giám đốc", "Sở Y tế", "current")],
        ),
        (
            "Ông: Lê Hữu Chánh – HUV – PCT UBND huyện Cờ Đỏ",
            [("Lê Hữu Chánh", "HUV", None, "current"), ("Lê Hữu Chánh", "PCT", "UBND huyện Cờ Đỏ", "current")],
        ),
        # near miss: behind the colon stands what he says
        ("Đ/c Lê Hữu Chánh: Giám đốc Sở Y tế báo cáo trước ngày 5/8/2021.", []),
    ],
    "P13 slash": [
        (
            "Bà Võ Thị Mộng – Phó Bí thư / Chủ tịch UBND phường Tân An dự.",
            [("Võ Thị Mộng", "Phó Bí thư", None, "current"), ("Võ Thị Mộng", "Chủ tịch", "UBND phường Tân An", "current")],
        ),
    ],
    "P15, P17, P18 copula, role first, do ... làm": [
        ("Chủ trì buổi làm việc là Bà Lã Thị Cúc, Phó Giám đốc Sở Y tế.", [("Lã Thị Cúc", "Phó Giám đốc", "Sở Y tế", "current")]),
        ("Trưởng đoàn là đồng chí Lã Thị Cúc - Phó Giám đốc Sở Y tế.", [("Lã Thị Cúc", "Phó Giám đốc", "Sở Y tế", "current")]),
        (
            "Đoàn do PGS.TS. Huỳnh Kim Thạch, Ủy viên Hội đồng thẩm định, Giám đốc Sở Y tế làm trưởng đoàn.",
            [("Huỳnh Kim Thạch", "Ủy viên", "Hội đồng thẩm định", "current"), ("Huỳnh Kim Thạch", "Giám đốc", "Sở Y tế", "current")],
        ),
        ("Giám đốc Sở Y tế là ông Tạ Văn Tre.", [("Tạ Văn Tre", "Giám đốc", "Sở Y tế", "current")]),
    ],
    "P16 council lists in brackets": [
        (
            "Hội đồng thẩm định gồm: ông Lê Hữu Chánh (Chủ tịch Hội đồng thẩm định), bà Lã Thị Cúc (Ủy viên Hội đồng thẩm định).",
            [("Lê Hữu Chánh", "Chủ tịch", "Hội đồng thẩm định", "current"), ("Lã Thị Cúc", "Ủy viên", "Hội đồng thẩm định", "current")],
        ),
    ],
    "P19 table rows": [
        (
            "Thành phần tham dự:\nSTT   Họ và tên            Chức vụ\n1     Lê Hữu Chánh         Giám đốc Sở Y tế\n"
            "2     Lã Thị Cúc           Phó Giám đốc Sở Y tế\n",
            [("Lê Hữu Chánh", "Giám đốc", "Sở Y tế", "current"), ("Lã Thị Cúc", "Phó Giám đốc", "Sở Y tế", "current")],
        ),
    ],
    "P20 captions": [
        (
            "Ông Lê Hữu Chánh, Giám đốc Sở Y tế (người áo trắng bên trái) trao quà cho bà Lã Thị Cúc",
            [("Lê Hữu Chánh", "Giám đốc", "Sở Y tế", "current")],
        ),
    ],
    "P21 qualifiers and R-TIT-01": [
        ("Ông Trần Khắc Nhựt, nguyên Giám đốc Sở Y tế dự.", [("Trần Khắc Nhựt", "Giám đốc", "Sở Y tế", "former")]),
        ("Nguyên Giám đốc Sở Y tế Trần Khắc Nhựt dự.", [("Trần Khắc Nhựt", "Giám đốc", "Sở Y tế", "former")]),
        ("Ông Trần Khắc Nhựt, cựu Giám đốc Sở Y tế dự.", [("Trần Khắc Nhựt", "Giám đốc", "Sở Y tế", "former")]),
        ("Ông Trần Khắc Nhựt, nguyên là Giám đốc Sở Y tế dự.", [("Trần Khắc Nhựt", "Giám đốc", "Sở Y tế", "former")]),
        ("Ông Trần Khắc Nhựt, quyền Giám đốc Sở Y tế dự.", [("Trần Khắc Nhựt", "Giám đốc", "Sở Y tế", "acting")]),
        ("Ông Trần Khắc Nhựt, Q. Giám đốc Sở Y tế dự.", [("Trần Khắc Nhựt", "Giám đốc", "Sở Y tế", "acting")]),
        ("Ông Trần Khắc Nhựt, Q.Giám đốc Sở Y tế dự.", [("Trần Khắc Nhựt", "Giám đốc", "Sở Y tế", "acting")]),
        ("Ông Trần Khắc Nhựt, Phó Giám đốc phụ trách, dự.", [("Trần Khắc Nhựt", "Phó Giám đốc", None, "acting")]),
        # near miss: a field of work
        ("Ông Trần Khắc Nhựt, Phó Giám đốc phụ trách kinh tế, dự.", [("Trần Khắc Nhựt", "Phó Giám đốc", None, "current")]),
        # a post between two former ones is a former one
        (
            "Ông Trần Khắc Nhựt, nguyên Bí thư Huyện ủy, Chủ tịch Hội Khuyến học huyện, nguyên Giám đốc Sở Y tế dự.",
            [
                ("Trần Khắc Nhựt", "Bí thư", "Huyện ủy", "former"),
                ("Trần Khắc Nhựt", "Chủ tịch", "Hội Khuyến học huyện", "former"),
                ("Trần Khắc Nhựt", "Giám đốc", "Sở Y tế", "former"),
            ],
        ),
        ("Tân Giám đốc Sở Y tế Lâm Thị Thơ nhận nhiệm vụ.", [("Lâm Thị Thơ", "Giám đốc", "Sở Y tế", "current")]),
        # near misses: the word governs the next post only
        (
            "Ông Trần Khắc Nhựt, nguyên Giám đốc Sở Y tế, Chủ tịch Hội Khuyến học huyện dự.",
            [("Trần Khắc Nhựt", "Giám đốc", "Sở Y tế", "former"), ("Trần Khắc Nhựt", "Chủ tịch", "Hội Khuyến học huyện", "current")],
        ),
        (
            "Ông Trần Khắc Nhựt, Chủ tịch Hội Khuyến học huyện, nguyên Giám đốc Sở Y tế dự.",
            [("Trần Khắc Nhựt", "Chủ tịch", "Hội Khuyến học huyện", "current"), ("Trần Khắc Nhựt", "Giám đốc", "Sở Y tế", "former")],
        ),
    ],
    "P22 birth data between": [
        (
            "Ông: Lê Hữu Chánh, sinh năm 1973, Giám đốc Sở Y tế.",
            [("Lê Hữu Chánh", "Giám đốc", "Sở Y tế", "current")],
        ),
    ],
    "P24, R-PER-08 lists with one head": [
        (
            "Dự họp có các Phó Giám đốc Sở Y tế: Lê Hữu Chánh, Lã Thị Cúc, Tạ Văn Tre.",
            [
                ("Lê Hữu Chánh", "Phó Giám đốc", "Sở Y tế", "current"),
                ("Lã Thị Cúc", "Phó Giám đốc", "Sở Y tế", "current"),
                ("Tạ Văn Tre", "Phó Giám đốc", "Sở Y tế", "current"),
            ],
        ),
        (
            "Dự họp có các Phó Giám đốc Sở Y tế Lê Hữu Chánh và Lã Thị Cúc.",
            [("Lê Hữu Chánh", "Phó Giám đốc", "Sở Y tế", "current"), ("Lã Thị Cúc", "Phó Giám đốc", "Sở Y tế", "current")],
        ),
        # near miss: a list of equals whose members have posts of their own
        (
            "Các đồng chí: Lê Hữu Chánh, Giám đốc Sở Y tế; Lã Thị Cúc, Chi cục trưởng Chi cục Thủy lợi dự.",
            [("Lê Hữu Chánh", "Giám đốc", "Sở Y tế", "current"), ("Lã Thị Cúc", "Chi cục trưởng", "Chi cục Thủy lợi", "current")],
        ),
        # a membership goes on over members with posts of their own
        (
            "các Ủy viên Bộ Chính trị: Thượng tướng Lê Hữu Chánh, Phó Chủ tịch Quốc hội; Thượng tướng Tạ Văn Tre dự.",
            [
                ("Lê Hữu Chánh", "Ủy viên", "Bộ Chính trị", "current"),
                ("Lê Hữu Chánh", "Phó Chủ tịch", "Quốc hội", "current"),
                ("Tạ Văn Tre", "Ủy viên", "Bộ Chính trị", "current"),
            ],
        ),
        # near miss: an office does not
        (
            "các Phó Giám đốc Sở Y tế: ông Lê Hữu Chánh, Tỉnh ủy viên; ông Tạ Văn Tre, Giám đốc Sở Nội vụ dự.",
            [
                ("Lê Hữu Chánh", "Phó Giám đốc", "Sở Y tế", "current"),
                ("Lê Hữu Chánh", "Tỉnh ủy viên", None, "current"),
                ("Tạ Văn Tre", "Giám đốc", "Sở Nội vụ", "current"),
            ],
        ),
        # near miss: one post for one person; the second has none
        (
            "Giám đốc Sở Y tế Lê Hữu Chánh và bà Lã Thị Cúc dự.",
            [("Lê Hữu Chánh", "Giám đốc", "Sở Y tế", "current")],
        ),
    ],
    "a nickname in brackets parts no post from its name": [
        ("Ông Tạ Văn Tre (Tư Đờn), Trưởng ấp, dự.", [("Tạ Văn Tre", "Trưởng ấp", None, "current")]),
        # near miss: another person in the brackets
        ("Ông Tạ Văn Tre (thay bà Lã Thị Cúc), Trưởng ấp, dự.", []),
    ],
    "bầu ... làm, giữ chức": [
        ("Hội nghị bầu ông Tạ Văn Tre làm Trưởng thôn.", [("Tạ Văn Tre", "Trưởng thôn", None, "current")]),
        ("Ông Tạ Văn Tre giữ chức Giám đốc Sở Y tế.", [("Tạ Văn Tre", "Giám đốc", "Sở Y tế", "current")]),
        # near misses: heads of a board of this meeting
        ("Hội nghị bầu ông Tạ Văn Tre làm Trưởng ban kiểm phiếu.", []),
        ("Ban kiểm phiếu do ông Tạ Văn Tre làm Trưởng ban công bố.", []),
    ],
    "on behalf of": [
        (
            "Thừa ủy quyền của Thủ tướng Chính phủ, Bộ trưởng Bộ Nội vụ Tạ Văn Tre trao quyết định.",
            [("Tạ Văn Tre", "Bộ trưởng", "Bộ Nội vụ", "current")],
        ),
        # near miss: nobody is acted for
        (
            "Phó Thủ tướng Chính phủ, Bộ trưởng Bộ Nội vụ Tạ Văn Tre trao quyết định.",
            [("Tạ Văn Tre", "Phó Thủ tướng", "Chính phủ", "current"), ("Tạ Văn Tre", "Bộ trưởng", "Bộ Nội vụ", "current")],
        ),
    ],
    "no punctuation at all": [
        (
            "Dự có bà Lã Thị Cúc Phó Bí thư Chủ tịch HĐND xã ông Tạ Văn Tre Trưởng ấp.",
            [
                ("Lã Thị Cúc", "Phó Bí thư", None, "current"),
                ("Lã Thị Cúc", "Chủ tịch", "HĐND xã", "current"),
                ("Tạ Văn Tre", "Trưởng ấp", None, "current"),
            ],
        ),
        # near miss: behind a comma the post that touches the next name is that one's
        (
            "Dự có bà Lã Thị Cúc, Phó Bí thư, Chủ tịch HĐND xã Tạ Văn Tre.",
            [("Lã Thị Cúc", "Phó Bí thư", None, "current"), ("Tạ Văn Tre", "Chủ tịch", "HĐND xã", "current")],
        ),
    ],
    "kiêm joins two posts": [
        (
            "Ông Tạ Văn Tre, Phó Trưởng ban kiêm Chánh Thư ký Ban Trị sự Hội Nông dân huyện dự.",
            [
                ("Tạ Văn Tre", "Phó Trưởng ban", "Ban Trị sự Hội Nông dân huyện", "current"),
                ("Tạ Văn Tre", "Chánh Thư ký", "Ban Trị sự Hội Nông dân huyện", "current"),
            ],
        ),
        (
            "Ông Tạ Văn Tre, Phó Giám đốc kiêm Chánh Văn phòng Sở Y tế dự.",
            [("Tạ Văn Tre", "Phó Giám đốc", "Sở Y tế", "current"), ("Tạ Văn Tre", "Chánh Văn phòng", "Văn phòng Sở Y tế", "current")],
            "the body behind the second post of a kiêm is not the first one's (handbook 2.5: same body by default)",
        ),
        (
            "Ông Tạ Văn Tre, Chủ tịch HĐND kiêm Bí thư Huyện ủy dự.",
            [("Tạ Văn Tre", "Chủ tịch", "HĐND", "current"), ("Tạ Văn Tre", "Bí thư", "Huyện ủy", "current")],
        ),
    ],
    "a parent behind a comma or in brackets is left out": [
        (
            "Ông Tạ Văn Tre, Vụ trưởng Vụ Kế hoạch - Tài chính, Bộ Y tế dự.",
            [("Tạ Văn Tre", "Vụ trưởng", "Vụ Kế hoạch - Tài chính", "current")],
        ),
        (
            "Ông Tạ Văn Tre, Cục trưởng Cục Trồng trọt (Bộ Nông nghiệp và Môi trường) dự.",
            [("Tạ Văn Tre", "Cục trưởng", "Cục Trồng trọt", "current")],
        ),
        (
            "Ông Tạ Văn Tre, Giám đốc Trung tâm Khuyến nông thuộc Sở Nông nghiệp và Môi trường dự.",
            [("Tạ Văn Tre", "Giám đốc", "Trung tâm Khuyến nông", "current")],
        ),
        # the chain goes on behind the parent
        (
            "Ông Tạ Văn Tre, Vụ trưởng Vụ Kế hoạch - Tài chính, Bộ Y tế, Ủy viên Hội đồng thẩm định dự.",
            [("Tạ Văn Tre", "Vụ trưởng", "Vụ Kế hoạch - Tài chính", "current"), ("Tạ Văn Tre", "Ủy viên", "Hội đồng thẩm định", "current")],
        ),
    ],
    "semicolons part people, not a chain": [
        (
            "Dự có ông Tạ Văn Tre, Giám đốc Sở Y tế; bà Lã Thị Cúc, Giám đốc Sở Nội vụ.",
            [("Tạ Văn Tre", "Giám đốc", "Sở Y tế", "current"), ("Lã Thị Cúc", "Giám đốc", "Sở Nội vụ", "current")],
        ),
        # a semicolon between two posts of one person (handbook 2.4, step 2)
        (
            "Dự có ông Tạ Văn Tre, Giám đốc Sở Y tế; Chủ tịch Hội Đông y huyện.",
            [("Tạ Văn Tre", "Giám đốc", "Sở Y tế", "current"), ("Tạ Văn Tre", "Chủ tịch", "Hội Đông y huyện", "current")],
        ),
        # near miss: holders of a post in several places
        (
            "Dự có ông Tạ Văn Tre, Giám đốc Sở Y tế; Chủ tịch UBND các huyện.",
            [("Tạ Văn Tre", "Giám đốc", "Sở Y tế", "current")],
        ),
    ],
    "the unit noun of the post is the body's": [
        ("Ông Tạ Văn Tre, Trưởng Ban Tuyên giáo Huyện ủy dự.", [("Tạ Văn Tre", "Trưởng Ban", "Ban Tuyên giáo Huyện ủy", "current")]),
        ("Ông Tạ Văn Tre, Chánh Văn phòng UBND huyện dự.", [("Tạ Văn Tre", "Chánh Văn phòng", "Văn phòng UBND huyện", "current")]),
        ("Ông Tạ Văn Tre - TP Kinh tế dự.", [("Tạ Văn Tre", "TP", "Phòng Kinh tế", "current")]),
        ("Ông Cao Thế Đạm, Thứ trưởng Nội vụ dự.", [("Cao Thế Đạm", "Thứ trưởng", "Bộ Nội vụ", "current")]),
        # near miss: a place is no body
        ("Ông Tạ Văn Tre, Phó chủ tịch tỉnh dự.", [("Tạ Văn Tre", "Phó chủ tịch", None, "current")]),
    ],
    "a post named twice is one position with the fuller body": [
        (
            "Bà Lã Thị Cúc- Phó giám đốc Sở dự.\n\nBà Lã Thị Cúc - Phó giám đốc Sở Y tế tỉnh Hậu Giang phát biểu.",
            [("Lã Thị Cúc", "Phó giám đốc", "Sở Y tế tỉnh Hậu Giang", "current")],
        ),
        (
            "Ông Tạ Văn Tre, PCT UBND huyện Cờ Đỏ dự. Ông Tạ Văn Tre - Phó Chủ tịch UBND huyện Cờ Đỏ phát biểu.",
            [("Tạ Văn Tre", "PCT", "UBND huyện Cờ Đỏ", "current")],
        ),
        # near miss: two bodies are two positions
        (
            "Ông Tạ Văn Tre, Giám đốc Sở Y tế, Giám đốc Trung tâm Khuyến nông dự.",
            [("Tạ Văn Tre", "Giám đốc", "Sở Y tế", "current"), ("Tạ Văn Tre", "Giám đốc", "Trung tâm Khuyến nông", "current")],
        ),
    ],
    "attendance lists": [
        (
            LETTERHEAD + "Thành phần tham dự:\n1. Ông Tạ Văn Tre - Giám đốc Sở.\n2. Bà Lã Thị Cúc - Phó Giám đốc Sở.\n" + BODY,
            [
                ("Tạ Văn Tre", "Giám đốc", "Sở Y tế tỉnh Hậu Giang", "current"),
                ("Lã Thị Cúc", "Phó Giám đốc", "Sở Y tế tỉnh Hậu Giang", "current"),
            ],
        ),
        (
            LETTERHEAD + "Thành phần tham dự:\n- Phòng Nội vụ: bà Lã Thị Cúc, Trưởng phòng.\n" + BODY,
            [("Lã Thị Cúc", "Trưởng phòng", "Phòng Nội vụ", "current")],
        ),
    ],
    "signatures, column by column": [
        (
            LETTERHEAD + BODY + "GIÁM ĐỐC                      PHÓ GIÁM ĐỐC\n\n\nTạ Văn Tre                    Lã Thị Cúc\n",
            [
                ("Tạ Văn Tre", "GIÁM ĐỐC", "Sở Y tế tỉnh Hậu Giang", "current"),
                ("Lã Thị Cúc", "PHÓ GIÁM ĐỐC", "Sở Y tế tỉnh Hậu Giang", "current"),
            ],
            "the line of posts in two columns is not in the signature zone",
        ),
        (LETTERHEAD + BODY + "THƯ KÝ                        CHỦ TỌA\n\n\nTạ Văn Tre                    Lã Thị Cúc\n", []),
        (
            LETTERHEAD + BODY + "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\n\nTạ Văn Tre\n",
            [("Tạ Văn Tre", "PHÓ GIÁM ĐỐC", "Sở Y tế tỉnh Hậu Giang", "current")],
        ),
        (
            LETTERHEAD + BODY + "GIÁM ĐỐC\n(Đã ký)\nTạ Văn Tre\n",
            [("Tạ Văn Tre", "GIÁM ĐỐC", "Sở Y tế tỉnh Hậu Giang", "current")],
            "a post alone above (Đã ký) is a heading, not in the signature zone",
        ),
        (
            LETTERHEAD
            + BODY
            + "Nơi nhận:                     GIÁM ĐỐC\n- Như trên;\n- Lưu: VT.\n                            (Đã ký)\n\n"
            + "                           Tạ Văn Tre\n",
            [("Tạ Văn Tre", "GIÁM ĐỐC", "Sở Y tế tỉnh Hậu Giang", "current")],
            "a post in the line of Nơi nhận is in the recipients zone",
        ),
    ],
    "a signature without a letterhead": [
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n(đã ký)\nTạ Văn Tre", [("Tạ Văn Tre", "PHÓ GIÁM ĐỐC", None, "current")]),
        ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nTạ Văn Tre", [("Tạ Văn Tre", "CHÁNH VĂN PHÒNG", None, "current")]),
        # near miss: a sentence between
        ("GIÁM ĐỐC\nCuộc họp kết thúc lúc 11 giờ cùng ngày.\nTạ Văn Tre", []),
    ],
    "no body is told, none is made up": [
        ("Ông Tạ Văn Tre, Phó Bí thư, phát biểu.", [("Tạ Văn Tre", "Phó Bí thư", None, "current")]),
        ("Ông Tạ Văn Tre, Tỉnh ủy viên, phát biểu.", [("Tạ Văn Tre", "Tỉnh ủy viên", None, "current")]),
    ],
    "of a body": [
        ("Ông Tạ Văn Tre, Giám đốc của Sở Y tế dự.", [("Tạ Văn Tre", "Giám đốc", "Sở Y tế", "current")]),
        ("Ông Tạ Văn Tre, Phó Giám đốc phụ trách Sở Y tế dự.", [("Tạ Văn Tre", "Phó Giám đốc", "Sở Y tế", "acting")]),
    ],
}


def _rows() -> Sequence[object]:
    made = []
    for construction, rows in ROWS.items():
        for number, row in enumerate(rows, 1):
            marks = [pytest.mark.xfail(strict=True, reason=row[2])] if len(row) == 3 else []
            made.append(pytest.param(row[0], row[1], marks=marks, id=f"{construction} {number}"))
    return made


@pytest.mark.parametrize(("text", "expected"), _rows())
def test_all_posts_of_all_people(text: str, expected: Posts, posts_of: Callable[[str], Posts]) -> None:
    assert posts_of(text) == expected
