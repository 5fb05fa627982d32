"""One record for each mark."""

from __future__ import annotations

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.trademarks import find_trademarks
from minutes_extract.link.facts import Mark
from minutes_extract.link.marks import link_marks
from minutes_extract.rulebook.book import load_rulebook
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import lay_out
from minutes_extract.text.markup import parse_marked

RULES = load_rulebook()


def marks_of(marked: str) -> tuple[Mark, ...]:
    """The marks of a text in which the bodies are marked."""
    text, spans = parse_marked(marked)
    page = lay_out(text, zone_rules(RULES))
    bodies = [Candidate(s.start, s.end, s.label, "test") for s in spans]
    return link_marks(page, RULES, [*find_trademarks(page, RULES), *bodies])


def test_spellings_of_one_name_are_one_mark_with_the_strongest_kind() -> None:
    (mark,) = marks_of("thương hiệu “Chè Hoà Vang” nổi tiếng.\n\nNhãn hiệu tập thể “Chè Hòa Vang” đã được Cục cấp.")
    assert (mark.name, mark.kind, len(mark.mentions), mark.status) == ("Chè Hoà Vang", "collective", 2, "granted")


def test_names_that_differ_in_a_tone_are_two_marks() -> None:
    assert len(marks_of("các nhãn hiệu “Chè Suối Vàng”, “Chè Suối Vang”")) == 2


def test_the_bare_place_of_an_indication_joins_the_name_that_holds_it() -> None:
    (mark,) = marks_of("cấp chỉ dẫn địa lý như: Cam Suối Vàng. Khi được bảo hộ chỉ dẫn địa lý “Suối Vàng”, giá tăng.")
    assert mark.name == "Cam Suối Vàng" and len(mark.mentions) == 2


def test_a_place_as_a_mark_of_another_kind_stays_apart() -> None:
    marks = marks_of("thương hiệu cà phê Suối Vàng. Cục cấp chỉ dẫn địa lý Suối Vàng cho sản phẩm cà phê nhân từ năm 2005")
    assert [(m.name, m.kind, m.product) for m in marks] == [
        ("cà phê Suối Vàng", "brand", None),
        ("Suối Vàng", "geographical_indication", "cà phê nhân"),
    ]


def test_owner_and_number_behind_the_names() -> None:
    marks = marks_of("các nhãn hiệu: Chôm chôm Phú Tân, Bưởi Suối Vàng ([Hội Làm vườn](ORGANIZATION) đứng đơn)")
    assert [m.owner for m in marks] == ["Hội Làm vườn", "Hội Làm vườn"]
    (mark,) = marks_of("nhãn hiệu “Na Suối Vàng” là của [Hội Nông dân huyện](ORGANIZATION) chứ không phải [UBND huyện](ORGANIZATION).")
    assert mark.owner == "Hội Nông dân huyện"
    (mark,) = marks_of("nhãn hiệu tập thể “Suối Vàng” được [Cục Sở hữu trí tuệ](ORGANIZATION) cấp ngày 14/01/2014, số 218056; in tem.")
    assert (mark.number, mark.owner) == ("218056", None)


def test_a_text_without_marks_has_none() -> None:
    assert marks_of("Họp giao ban tháng 3.") == ()
