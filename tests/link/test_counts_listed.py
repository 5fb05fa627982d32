"""Declared beside listed."""

from __future__ import annotations

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.counts import link_counts
from minutes_extract.link.facts import CountFact, Doubt
from minutes_extract.rulebook.book import load_rulebook
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import lay_out
from minutes_extract.text.markup import parse_marked

RULES = load_rulebook()


def counted(marked: str) -> tuple[tuple[CountFact, ...], tuple[Doubt, ...]]:
    text, spans = parse_marked(marked)
    mentions = [Candidate(s.start, s.end, s.label, "test") for s in spans]
    return link_counts(lay_out(text, zone_rules(RULES)), RULES, mentions)


def test_marks_are_counted_in_mentions() -> None:
    (fact,), doubts = counted("02 nhãn hiệu: [Nấm Suối Vàng](TRADEMARK), [Làng hoa Phú Tân - Bà Điểm](TRADEMARK).")
    assert (fact.declared, fact.listed, len(fact.mentions), doubts) == (2, 2, 2, ())


def test_a_difference_is_a_doubt() -> None:
    (fact,), (doubt,) = counted("04 nhãn hiệu được bảo hộ gồm: [Chè Suối Vàng](TRADEMARK), [Cam Phú Bình](TRADEMARK).")
    assert (fact.declared, fact.listed, doubt.code) == (4, 2, "count_mismatch")


def test_examples_are_no_mismatch() -> None:
    (fact,), doubts = counted("12 nhãn hiệu như: [Chè Suối Vàng](TRADEMARK), [Cam Phú Bình](TRADEMARK).")
    assert (fact.declared, fact.listed, doubts) == (12, 2, ())


def test_absent_people_are_counted_and_their_bodies_are_not() -> None:
    (fact,), doubts = counted(
        "Vắng 4: ông [Bùi Văn Sáng](OFFICIAL) (đi viện), anh [Đinh Công Lạng](OFFICIAL), bà [Xa Thị Vàng](OFFICIAL), "
        "[Phòng Kinh tế](ORGANIZATION) và ông [Bùi Đức Suối](OFFICIAL) không có lý do."
    )
    assert (fact.declared, fact.listed, fact.noun, doubts) == (4, 4, "người vắng", ())


def test_places_and_items_are_counted_without_mentions() -> None:
    assert [(f.declared, f.listed) for f in counted("lấy mẫu tại 3 huyện Suối Vàng, Phú Bình, Đồng Lạng từ ngày 15.")[0]] == [(3, 3)]
    assert [(f.declared, f.listed) for f in counted("Thông qua 02 nghị quyết:\n(1) Nghị quyết A: 32/32;\n(2) Nghị quyết B: 31/32.")[0]] == [
        (2, 2)
    ]


def test_a_number_without_a_list_gives_no_fact() -> None:
    assert counted("quận có 02 doanh nghiệp: chưa báo cáo.") == ((), ())


def test_each_number_has_its_own_list() -> None:
    facts, doubts = counted(
        "02 nhãn hiệu tập thể: “[Bưởi Suối Vàng](TRADEMARK)”, “[Khóm Phú Bình](TRADEMARK)” và 01 nhãn hiệu chứng nhận “[Gạo Tà Lạng](TRADEMARK)”."
    )
    assert ([(fact.declared, fact.listed) for fact in facts], doubts) == ([(2, 2), (1, 1)], ())


def test_one_alone_announces_no_list() -> None:
    assert counted("có 01 nhãn hiệu chứng nhận “[Gạo Tà Lạng](TRADEMARK)”.") == ((), ())


def test_goods_with_marks_are_counted_in_marks() -> None:
    (fact,), doubts = counted("12 sản phẩm mang nhãn hiệu tập thể như: [Chả cá Suối Vàng](TRADEMARK), [mắm Phú Bình](TRADEMARK).")
    assert (fact.declared, fact.listed, doubts) == (12, 2, ())
