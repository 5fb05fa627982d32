"""The roles of people in whole passages; each cue is tried on its own examples with the other rules (`tests/evaluation/test_rules.py`)."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes_extract.errors import RuleError
from minutes_extract.evaluation.example_cues import people_of
from minutes_extract.find.candidate import Candidate
from minutes_extract.link.facts import Person, Position
from minutes_extract.link.role_cues import alternation, build_cues, fill
from minutes_extract.link.role_scene import Scene, set_scene
from minutes_extract.link.roles import ROLES, assign_roles
from minutes_extract.rulebook.book import load_rulebook
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import lay_out
from minutes_extract.text.markup import parse_marked
from minutes_extract.text.page import Page

RULES = load_rulebook()
CUES = RULES.compiled(build_cues)


def page_of(marked: str) -> tuple[Page, list[Candidate]]:
    text, spans = parse_marked(marked)
    return lay_out(text, zone_rules(RULES)), [Candidate(s.start, s.end, s.label, "test", value=s.value) for s in spans]


def roles(marked: str) -> dict[str, tuple[str, ...]]:
    page, mentions = page_of(marked)
    return {p.name: p.roles for p in assign_roles(page, RULES, people_of(page, mentions), mentions)}


def scene_of(marked: str) -> Scene:
    page, mentions = page_of(marked)
    return set_scene(page, mentions, CUES.abbreviations)


def test_the_scene_shows_mentions_as_signs_and_marks_the_ends_of_sentences() -> None:
    scene = scene_of("Đồng chí [Lâm Quốc Thể](OFFICIAL), [Bí thư](TITLE) [Tỉnh ủy](ORGANIZATION) dự. Sau đó TP. Cần Thơ báo cáo.")
    assert scene.text == "đồng chí @, ^ ~ dự. |sau đó tp. cần thơ báo cáo."
    assert scene.sentence(scene.signs[0]) == (0, scene.text.index("|"))


def test_signs_that_stand_in_the_text_itself_are_not_taken_for_people() -> None:
    assert scene_of("thư gửi so@example.vn ^ ~ # | xong").people == ()
    assert "@" not in scene_of("thư gửi so@example.vn").text


def test_a_post_and_a_body_that_overlap_give_one_sign_each() -> None:
    assert scene_of("ông [Lâm Quốc Thể](OFFICIAL), [Trưởng [Ban](TITLE^) Dân vận](ORGANIZATION) nói").text == "ông @, ^~ nói"


PASSAGES = {
    "delegation": (
        "Chiều ngày 8/8/2023, Đoàn công tác của [Sở Y tế](ORGANIZATION) do Bà [Hồ Thanh Trúc](OFFICIAL)- [Phó giám đốc](TITLE) [Sở](ORGANIZATION) "
        "làm trưởng đoàn đã có buổi làm việc với huyện. Lãnh đạo huyện có ông [Ngô Bá Khải](OFFICIAL)- [Phó chủ tịch](TITLE) tham dự buổi làm việc.\n\n"
        "Phát biểu tại buổi làm việc, đồng chí [Hồ Thanh Trúc](OFFICIAL) đánh giá cao kết quả của huyện.",
        {"Hồ Thanh Trúc": ("delegation_head", "speaker"), "Ngô Bá Khải": ("attendee",)},
    ),
    "standing head of the deputies is no head of a visit": (
        "Sáng 9/7, HĐND tỉnh khai mạc kỳ họp. Các đồng chí: [Ngô Bá Khải](OFFICIAL), [Trưởng [Đoàn](TITLE^) Đại biểu Quốc hội tỉnh](ORGANIZATION); "
        "[Chu Thị Dần](OFFICIAL) tham dự.",
        {"Ngô Bá Khải": ("attendee",), "Chu Thị Dần": ("attendee",)},
    ),
    "chair of the event around it": (
        "Chiều ngày 21/6/2022, đồng chí [Hồ Thanh Trúc](OFFICIAL) đã đến thăm và làm việc với [Sở Y tế](ORGANIZATION). Buổi làm việc nằm trong khuôn khổ "
        "hội nghị do [Thủ tướng](TITLE) [Lâm Quốc Thể](OFFICIAL) chủ trì với sự tham dự của các bộ.",
        {"Hồ Thanh Trúc": ("delegation_head",), "Lâm Quốc Thể": ("mentioned",)},
    ),
    "senior guest first, the others came along": (
        "Ngày 22/7, bà [Hồ Thanh Trúc](OFFICIAL) – [Phó Chủ tịch](TITLE) [HĐND tỉnh](ORGANIZATION), bà [Chu Thị Dần](OFFICIAL) – [Phó Chủ tịch](TITLE) "
        "[UBND huyện](ORGANIZATION) đã đến thăm, tặng quà các gia đình chính sách; đoàn tới thăm gia đình ông [Mạc Văn Thìn](OFFICIAL).",
        {"Hồ Thanh Trúc": ("delegation_head",), "Chu Thị Dần": ("attendee",), "Mạc Văn Thìn": ("mentioned",)},
    ),
    "two chairs": (
        "Sáng 3/4, hội nghị diễn ra. Đồng chí [Lâm Quốc Thể](OFFICIAL) - [Phó Chủ tịch](TITLE) [UBND tỉnh](ORGANIZATION) và đồng chí [Cao Thị Én](OFFICIAL) - "
        "[Giám đốc](TITLE) [Sở Y tế](ORGANIZATION) chủ trì.",
        {"Lâm Quốc Thể": ("chair",), "Cao Thị Én": ("chair",)},
    ),
    "who concludes is the chair": (
        "Kết luận cuộc họp, đồng chí [Lâm Quốc Thể](OFFICIAL) yêu cầu các huyện sớm công bố kết quả.",
        {"Lâm Quốc Thể": ("chair", "speaker")},
    ),
    "a task to chair something is no chair": (
        "Tại cuộc họp, ông [Lâm Quốc Thể](OFFICIAL) giao đồng chí [Cao Thị Én](OFFICIAL) chủ trì, phối hợp với [Sở Y tế](ORGANIZATION) rà soát.",
        {"Lâm Quốc Thể": ("mentioned",), "Cao Thị Én": ("mentioned",)},
    ),
    "quoted": (
        "“Vụ này được mùa”, ông [Bùi Hữu Tạo](OFFICIAL) nói. Theo bà [Kiều Thị Nga](OFFICIAL), giá còn tăng. Hộ ông [Mạc Văn Thìn](OFFICIAL) trồng tiêu.",
        {"Bùi Hữu Tạo": ("speaker",), "Kiều Thị Nga": ("speaker",), "Mạc Văn Thìn": ("mentioned",)},
    ),
    "editor": (
        "Chiều 8/8, hội nghị diễn ra.\nĐịa chỉ: Số 2 phường Tân An\nTrưởng Ban biên tập: Ông [Đoàn Quốc Bửu](OFFICIAL) - [Phó Giám đốc](TITLE) Sở",
        {"Đoàn Quốc Bửu": ("editor",)},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("marked", "expected"), PASSAGES.values(), ids=list(PASSAGES))
def test_the_roles_of_a_passage(marked: str, expected: dict[str, tuple[str, ...]]) -> None:
    assert roles(marked) == expected


MINUTES = """BIÊN BẢN
Họp giao ban tháng 3

Địa điểm: Phòng họp số 1
Thành phần tham dự:
1. Ông [Trịnh Đình Kha](OFFICIAL) - [Giám đốc](TITLE) [Sở](ORGANIZATION) - Chủ trì.
2. Bà [Kiều Thị Nga](OFFICIAL) - [Phó Giám đốc](TITLE) [Sở](ORGANIZATION).
3. Ông [Bùi Hữu Tạo](OFFICIAL) - [Chánh [Văn phòng](TITLE^) Sở](ORGANIZATION).
Vắng mặt: 01 đồng chí, gồm: ông [Hoàng Vĩnh Sang](OFFICIAL) (nghỉ ốm).
Thư ký: Bà [Đào Thị Mơ](OFFICIAL) - [Chuyên viên](TITLE).

Nội dung:
- Bà [Kiều Thị Nga](OFFICIAL) đề nghị rà soát các gói thầu.
- Hộ ông [Mạc Văn Thìn](OFFICIAL): đề nghị đo lại thửa 117;
- Ông [Tạo](OFFICIAL): nhất trí với phương án.

Kết luận của chủ trì: giao bà [Mơ](OFFICIAL) báo cáo trước ngày 20/5.

        THƯ KÝ                                        CHỦ TỌA

    [Đào Thị Mơ](OFFICIAL)                                [Trịnh Đình Kha](OFFICIAL)
"""


def test_minutes_give_labels_tags_dialogue_and_absence() -> None:
    assert roles(MINUTES) == {
        "Trịnh Đình Kha": ("chair", "speaker"),
        "Kiều Thị Nga": ("attendee", "speaker"),
        "Bùi Hữu Tạo": ("attendee", "speaker"),
        "Hoàng Vĩnh Sang": ("mentioned",),
        "Đào Thị Mơ": ("secretary",),
        "Mạc Văn Thìn": ("mentioned",),
    }


def test_who_belongs_to_the_visited_body_is_a_host() -> None:
    page, mentions = page_of(
        "Sáng 3/4, đồng chí [Hồ Thanh Trúc](OFFICIAL) đã làm việc với [Sở Y tế](ORGANIZATION). Tham dự có ông [Ngô Bá Khải](OFFICIAL), "
        "[Giám đốc](TITLE) [Sở Y tế](ORGANIZATION); ông [Chu Văn Dần](OFFICIAL), [Giám đốc](TITLE) [Sở Công Thương](ORGANIZATION)."
    )
    by_label = {label: [m for m in mentions if m.label == label] for label in ("TITLE", "ORGANIZATION")}
    guest, host, other = people_of(page, mentions)
    post = by_label["TITLE"][0]
    host = Person(host.name, host.mentions, positions=(Position(post, None, "Sở Y tế"),))
    other = Person(other.name, other.mentions, positions=(Position(by_label["TITLE"][1], None, "Sở Công Thương"),))
    found = {p.name: p.roles for p in assign_roles(page, RULES, [guest, host, other], mentions)}
    assert found == {"Hồ Thanh Trúc": ("delegation_head",), "Ngô Bá Khải": ("attendee", "host"), "Chu Văn Dần": ("attendee",)}


@pytest.mark.parametrize(
    "piece",
    [
        "Tham dự có ông [Lâm Quốc Thể](OFFICIAL);\n",
        "ông [Lâm Quốc Thể](OFFICIAL), tham dự hội nghị, ",
        "Chủ trì: dự phát biểu tại hội nghị có ",
        "làm việc tại dự án ",
        '"',
    ],
)
def test_a_hostile_document_is_read_in_time_that_grows_with_its_length(piece: str) -> None:
    page, mentions = page_of(piece * 1500)
    people = people_of(page, mentions)
    start = time.perf_counter()
    assign_roles(page, RULES, people, mentions)
    assert time.perf_counter() - start < 5


def test_no_people_have_no_roles() -> None:
    page, mentions = page_of("Sáng 3/4, hội nghị diễn ra.")
    assert assign_roles(page, RULES, [], mentions) == ()


def test_a_pattern_with_an_unknown_list_is_refused_with_the_id_of_its_entry() -> None:
    with pytest.raises(RuleError, match=r"chair\.test: the list <nowhere> is missing"):
        fill("<nowhere>", {}, "chair.test")


def test_longer_words_come_first_in_an_alternation() -> None:
    assert alternation(("họp", "họp báo")) == "họp\\ báo|họp"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Chủ trì: ", "ông [Lâm Quốc Thể](OFFICIAL)", " và ", "; ", ". ", "\n", "bà [Cao Thị Én](OFFICIAL)", " phát biểu ", "Vắng: ", "BIÊN BẢN\n", " dự có ", ":", "@|", " [Bí thư](TITLE) "]),
        max_size=25,
    )
)  # fmt: skip
def test_everybody_has_a_role_in_the_fixed_order(pieces: list[str]) -> None:
    for found in roles("".join(pieces)).values():
        assert found
        assert list(found) == [role for role in ROLES if role in found]
        assert "mentioned" not in found or found == ("mentioned",)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Bà [Lê Thị Mơ](OFFICIAL) chủ trì, ông [Lê Văn Mận](OFFICIAL) ghi biên bản.", ("secretary",)),
        ("Bà [Lê Thị Mơ](OFFICIAL) chủ trì, giao ông [Lê Văn Mận](OFFICIAL) xem lại biên bản.", ("mentioned",)),
    ],
)
def test_who_writes_the_minutes_is_secretary_in_a_sentence_too(marked: str, expected: tuple[str, ...]) -> None:
    assert roles(marked)["Lê Văn Mận"] == expected
