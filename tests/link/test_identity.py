"""Who is who: mentions of one person are one person, and two people stay two (handbook 2.7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minutes_extract.link.facts import Person

People = Callable[[str], tuple[Person, ...]]
Row = tuple[str, list[tuple[str, int]]]

# Construction -> text and its people: fullest name and number of mentions; a third item is the reason of a known fault.
ROWS: dict[str, list[Row | tuple[str, list[tuple[str, int]], str]]] = {
    "one tone makes another person": [
        ("Bà Trần Hoài Phương dự. Bà Trần Hoài Phượng phát biểu.", [("Trần Hoài Phương", 1), ("Trần Hoài Phượng", 1)]),
        ("Ông Lê Văn Tuân dự. Ông Lê Văn Tuấn phát biểu.", [("Lê Văn Tuân", 1), ("Lê Văn Tuấn", 1)]),
        ("Ông Lê Văn Hưng dự. Ông Lê Văn Hùng phát biểu.", [("Lê Văn Hưng", 1), ("Lê Văn Hùng", 1)]),
        ("Ông Lê Văn Tân dự. Ông Lê Văn Tần phát biểu.", [("Lê Văn Tân", 1), ("Lê Văn Tần", 1)]),
        ("Bà Đỗ Thị Mơ dự. Bà Đỗ Thị Mở phát biểu. Bà Mở kết luận.", [("Đỗ Thị Mơ", 1), ("Đỗ Thị Mở", 2)]),
        ("Bà Dỗ Thị Mơ dự. Bà Đỗ Thị Mơ phát biểu.", [("Dỗ Thị Mơ", 1), ("Đỗ Thị Mơ", 1)]),
    ],
    "one spelling of the tone's place": [
        ("Bà Lê Thị Thúy Hoà dự. Bà Lê Thị Thuý Hòa phát biểu.", [("Lê Thị Thúy Hoà", 2)]),
        ("Ông Tạ Văn Thuỷ dự. Ông Tạ Văn Thủy phát biểu.", [("Tạ Văn Thuỷ", 2)]),
        ("Ông Lý Văn Kỹ dự. Ông Lý Văn Kĩ phát biểu.", [("Lý Văn Kỹ", 2)]),
    ],
    "the same name is one person, whatever the honorific": [
        ("Bà Lã Thị Cúc dự. Đồng chí Lã Thị Cúc phát biểu.", [("Lã Thị Cúc", 2)]),
        ("Bà Lã Thị Cúc- Phó giám đốc Sở dự. Lã Thị Cúc kết luận.", [("Lã Thị Cúc", 2)]),
        ("Ông Tạ  Văn Tre dự. Ông Tạ Văn Tre phát biểu.", [("Tạ Văn Tre", 2)]),
    ],
    "capitals are no other name": [
        ("ÔNG TẠ VĂN TRE PHÁT BIỂU TẠI HỘI NGHỊ\n\nÔng Tạ Văn Tre phát biểu.", [("Tạ Văn Tre", 2)]),
        ("Ông Tạ Văn Tre dự.\n\nÔng TẠ VĂN TRE phát biểu.", [("Tạ Văn Tre", 2)]),
    ],
    "a given name joins the full name it ends": [
        ("Ông Quách Hữu Lộc báo cáo. Theo ông Lộc, tiến độ đạt.", [("Quách Hữu Lộc", 2)]),
        ("Theo ông Lộc, tiến độ đạt. Ông Quách Hữu Lộc báo cáo.", [("Quách Hữu Lộc", 2)]),
        ("Đồng chí Quách Hữu Lộc báo cáo. Theo ông Lộc, tiến độ đạt.", [("Quách Hữu Lộc", 2)]),
        # near misses: a first or middle syllable is no given name, an unknown one is somebody else
        ("Ông Quách Hữu Lộc báo cáo. Theo ông Hữu, tiến độ đạt.", [("Quách Hữu Lộc", 1), ("Hữu", 1)]),
        ("Ông Quách Hữu Lộc báo cáo. Theo ông Tín, tiến độ đạt.", [("Quách Hữu Lộc", 1), ("Tín", 1)]),
        ("Ông Quách Hữu Lộc báo cáo. Theo ông Lọc, tiến độ đạt.", [("Quách Hữu Lộc", 1), ("Lọc", 1)]),
    ],
    "honorifics of two genders do not meet": [
        ("Ông Tạ Văn Hà dự. Bà Lã Thị Hà dự. Theo ông Hà, đạt. Theo bà Hà, tốt.", [("Tạ Văn Hà", 2), ("Lã Thị Hà", 2)]),
        ("Bà Lã Thị Hà dự. Theo ông Hà, đạt.", [("Lã Thị Hà", 1), ("Hà", 1)]),
    ],
    "of two that fit, the one named last": [
        ("Ông Tạ Văn Hà dự. Ông Mai Xuân Hà phát biểu. Theo ông Hà, đạt.", [("Tạ Văn Hà", 1), ("Mai Xuân Hà", 2)]),
        ("Ông Mai Xuân Hà dự. Ông Tạ Văn Hà phát biểu. Theo ông Hà, đạt.", [("Mai Xuân Hà", 1), ("Tạ Văn Hà", 2)]),
    ],
    "the end of a name joins the whole": [
        ("PGS.TS. Huỳnh Kim Thạch dự. PGS.TS. Kim Thạch trình bày.", [("Huỳnh Kim Thạch", 2)]),
        # near miss: it ends two of them
        (
            "PGS.TS. Huỳnh Kim Thạch dự. TS. Lê Kim Thạch dự. TS. Kim Thạch trình bày.",
            [("Huỳnh Kim Thạch", 1), ("Lê Kim Thạch", 1), ("Kim Thạch", 1)],
        ),
    ],
    "people of the highlands": [
        ("Ông Y Thắng Êban dự. Ông Y Thắng Êban phát biểu.", [("Y Thắng Êban", 2)]),
        ("Bà H'Lim Niê Kđăm dự. Bà H’Lim Niê Kđăm phát biểu.", [("H'Lim Niê Kđăm", 2)]),
    ],
}


def _rows() -> list[object]:
    made = []
    for construction, rows in ROWS.items():
        for number, row in enumerate(rows, 1):
            marks = [pytest.mark.xfail(strict=True, reason=row[2])] if len(row) == 3 else []
            made.append(pytest.param(row[0], row[1], marks=marks, id=f"{construction} {number}"))
    return made


@pytest.mark.parametrize(("text", "expected"), _rows())
def test_people_are_gathered(text: str, expected: list[tuple[str, int]], people_of: People) -> None:
    assert [(person.name, len(person.mentions)) for person in people_of(text)] == expected


@pytest.mark.parametrize(
    ("text", "honorific", "degrees"),
    [
        ("Bà Lã Thị Cúc dự. Đồng chí Lã Thị Cúc phát biểu.", "Bà", ()),
        ("Đồng chí Lã Thị Cúc dự. Bà Lã Thị Cúc phát biểu.", "Bà", ()),
        ("Đồng chí Lã Thị Cúc dự.", "Đồng chí", ()),
        ("Các ông Tạ Văn Tre và Lê Hữu Chánh dự.", "Ông", ()),
        ("Đại tá, TS. Lê Hữu Chánh dự.", None, ("Đại tá", "TS.")),
        ("Bà PGS.TS. Lã Thị Cúc dự.", "Bà", ("PGS.TS.",)),
    ],
)
def test_honorific_and_degrees_are_kept_apart(text: str, honorific: str | None, degrees: tuple[str, ...], people_of: People) -> None:
    person = people_of(text)[0]
    assert (person.honorific, person.degrees) == (honorific, degrees)


@pytest.mark.parametrize(
    ("text", "honorifics"),
    [
        ("Dự có các đồng chí: Lã Thị Cúc, Giám đốc Sở Y tế; Tạ Văn Tre, Phó Giám đốc Sở Y tế.", ["Đồng chí", "Đồng chí"]),
        ("Dự có các ông Lê Hữu Chánh, Giám đốc Sở Y tế, Tạ Văn Tre, Phó Giám đốc Sở Y tế.", ["Ông", "Ông"]),
        ("Dự có các đồng chí: Lã Thị Cúc-Trưởng phòng; Đại tá Tạ Văn Tre, Giám đốc Công an tỉnh.", ["Đồng chí", "Đồng chí"]),
        # near misses: one person is addressed; another honorific; another sentence; no item of the list
        ("Dự có đồng chí Lã Thị Cúc, Giám đốc Sở Y tế; Tạ Văn Tre, Phó Giám đốc Sở Y tế.", ["Đồng chí", None]),
        ("Dự có các đồng chí: Lã Thị Cúc, Giám đốc Sở Y tế; ông Tạ Văn Tre, nông dân.", ["Đồng chí", "Ông"]),
        ("Dự có các đồng chí Lã Thị Cúc và Lê Hữu Chánh. Tạ Văn Tre, Giám đốc Sở Y tế chủ trì.", ["Đồng chí", "Đồng chí", None]),
    ],
)
def test_all_names_of_a_list_have_the_honorific_of_its_head(text: str, honorifics: list[str | None], people_of: People) -> None:
    assert [person.honorific for person in people_of(text)] == honorifics


@pytest.mark.parametrize(
    ("text", "honorific"),
    [
        ("Đại đức Thích Nhuận Thiện dự.", "Đại đức"),
        ("HT. Thích Nhuận Thiện dự.", "Hòa thượng"),
        ("Linh mục Giuse Trần Công Lý dự.", "Linh mục"),
        # near miss: a rank is a degree, not an honorific
        ("Đại tá Lê Hữu Chánh dự.", None),
    ],
)
def test_religious_address_is_an_honorific(text: str, honorific: str | None, people_of: People) -> None:
    assert people_of(text)[0].honorific == honorific


def test_mentions_stand_in_the_order_of_the_text(people_of: People) -> None:
    people = people_of("Theo ông Lộc, đạt. Bà Lã Thị Cúc dự. Ông Quách Hữu Lộc báo cáo. Bà Cúc kết luận.")
    assert [person.name for person in people] == ["Quách Hữu Lộc", "Lã Thị Cúc"]
    for person in people:
        assert [m.start for m in person.mentions] == sorted(m.start for m in person.mentions)
