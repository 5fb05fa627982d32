"""What meeting a document tells of: genre, kind, title, place, or none at all."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.facts import MeetingFacts, Person, Position
from minutes_extract.link.meeting import find_meeting
from minutes_extract.link.meeting_kind import genre_of, kind_in, read_event
from minutes_extract.link.role_cues import build_cues
from minutes_extract.link.role_scene import dated_text
from minutes_extract.link.roles import assign_roles
from minutes_extract.rulebook.book import load_rulebook
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.fold import fold, fold_key
from minutes_extract.text.layout import lay_out
from minutes_extract.text.markup import parse_marked
from minutes_extract.text.page import Page

RULES = load_rulebook()
CUES = RULES.compiled(build_cues)
SHARED = Path(__file__).parents[2].parent / "shared"


@dataclass(frozen=True)
class Dates:
    """The dates of a document, as find_meeting needs them."""

    meeting_date: str | None = None
    part_of_day: str | None = None
    time: str | None = None
    meeting_mention: Candidate | None = None


def page_of(marked: str) -> tuple[Page, list[Candidate]]:
    text, spans = parse_marked(marked)
    return lay_out(text, zone_rules(RULES)), [Candidate(s.start, s.end, s.label, "test", value=s.value) for s in spans]


def meeting(marked: str) -> MeetingFacts | None:
    page, mentions = page_of(marked)
    people = [Person(page.text[m.start : m.end], (m,)) for m in mentions if m.label == "OFFICIAL"]
    return find_meeting(page, RULES, assign_roles(page, RULES, people, mentions), mentions, Dates("2024-04-03", "morning"))


def told(marked: str) -> MeetingFacts:
    found = meeting(marked)
    assert found is not None
    return found


# --- kind --------------------------------------------------------------------------------------------------------------

HEADLINES = {
    "Lãnh đạo Sở thăm và làm việc với huyện An Bình": "working_session",
    "Lãnh đạo tỉnh thăm, tặng quà gia đình chính sách": "visit",
    "Hội thảo về phát triển thương hiệu gạo": "conference",
    "Họp báo quý I năm 2024": "conference",
    "Họp giao ban tháng 3": "regular_meeting",
    "Khai mạc kỳ họp thứ 8, HĐND tỉnh khóa III": "regular_meeting",
    "Tọa đàm kỷ niệm 40 năm Ngày thầy thuốc Việt Nam": "ceremony",
    "Lễ ký kết Chương trình phối hợp": "signing",
    "Lễ kỷ niệm 30 năm thành lập": "ceremony",
    "Tập huấn nghiệp vụ sở hữu trí tuệ": "training",
    "Bộ trưởng kiểm tra tiến độ xây dựng bệnh viện": "inspection",
}


@pytest.mark.parametrize(("headline", "kind"), HEADLINES.items())
def test_the_kind_is_read_from_the_headline(headline: str, kind: str) -> None:
    assert kind_in(fold(headline), RULES) == kind


def test_a_headline_without_an_event_has_no_kind() -> None:
    assert kind_in(fold("Nông dân được mùa hồ tiêu"), RULES) is None


def test_an_article_without_an_event_has_no_meeting() -> None:
    assert (
        meeting(
            "Huyện An Bình hướng đến phát triển hồ tiêu bền vững\n\n"
            "Gia đình chị [Đào Thị Mơ](OFFICIAL) đã trồng 4 ha hồ tiêu bằng cây sống. Chị [Đào Thị Mơ](OFFICIAL) cho biết, thời gian qua giá tăng đều ở các xã."
        )
        is None
    )


def test_an_event_that_is_only_announced_is_no_meeting() -> None:
    assert (
        meeting("Giá vé tăng cao\n\nÔng [Đào Văn Mơ](OFFICIAL) cho biết, đêm [30/3](DATE) sẽ diễn ra chương trình nghệ thuật của tỉnh ta.")
        is None
    )


def test_a_speech_at_a_meeting_tells_of_one() -> None:
    found = told(
        "Quy hoạch bổ sung mạng lưới đường sắt\n\nPhát biểu tại phiên họp, [Chủ tịch](TITLE) [UBND tỉnh](ORGANIZATION) [Đào Văn Mơ](OFFICIAL) cho biết cần nối dài các tuyến."
    )
    assert (found.kind, found.date, found.part_of_day) == ("regular_meeting", "2024-04-03", "morning")


# --- minutes and notices -----------------------------------------------------------------------------------------------

MINUTES = """SỞ Y TẾ                       CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
                                Độc lập - Tự do - Hạnh phúc

                    BIÊN BẢN
     Họp giao ban công tác tháng 3
              -------

Thời gian bắt đầu: [08 giờ 00 phút, ngày 3 tháng 4 năm 2024](DATE).
Địa điểm: Phòng họp tầng 3, trụ sở Sở Y tế.
Chủ trì: Ông [Trịnh Đình Kha](OFFICIAL) - [Giám đốc](TITLE) [Sở](ORGANIZATION).
Thư ký: Bà [Đào Thị Mơ](OFFICIAL) - [Chuyên viên](TITLE).
"""


def test_minutes_give_the_title_under_the_type_the_place_under_its_label_and_who_led() -> None:
    found = told(MINUTES)
    assert (found.kind, found.title, found.place) == (
        "regular_meeting", "Họp giao ban công tác tháng 3", "Phòng họp tầng 3, trụ sở Sở Y tế",
    )  # fmt: skip
    assert (found.chairs, found.secretaries, found.delegation_heads) == (("Trịnh Đình Kha",), ("Đào Thị Mơ",), ())


def test_working_minutes_are_a_working_session_named_by_their_subject() -> None:
    found = told(
        "BIÊN BẢN LÀM VIỆC\ngiữa [Sở Y tế](ORGANIZATION) và [Trường Cao đẳng Y tế](ORGANIZATION)\n(V/v phối hợp đào tạo điều dưỡng)\n\n"
        "[Hôm nay, ngày 3/4/2024](DATE), tại Phòng họp [Sở Y tế](ORGANIZATION), 67 đường Hùng Vương, phường Tân Phú, hai bên tiến hành làm việc."
    )
    assert (found.kind, found.title) == ("working_session", "V/v phối hợp đào tạo điều dưỡng")
    assert found.place == "Phòng họp Sở Y tế, 67 đường Hùng Vương, phường Tân Phú"


def test_a_notice_is_named_by_what_the_conclusions_were_drawn_at() -> None:
    found = told(
        "Số: 96/TB-VP\n\nTHÔNG BÁO\nKết luận của [Phó Chủ tịch](TITLE) [UBND tỉnh](ORGANIZATION) [Lâm Quốc Thể](OFFICIAL) tại cuộc họp về giá nước sạch\n\n"
        "[Chiều ngày 3/4/2024](DATE), tại phòng họp số 3, [Phó Chủ tịch](TITLE) [Lâm Quốc Thể](OFFICIAL) chủ trì cuộc họp nghe báo cáo."
    )
    assert (found.kind, found.title, found.place) == ("regular_meeting", "cuộc họp về giá nước sạch", "phòng họp số 3")
    assert "Lâm Quốc Thể" in found.chairs


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("BIÊN BẢN\nHọp giao ban", "minutes"),
        ("TRÍCH BIÊN BẢN\nhọp nghiệm thu", "minutes"),
        ("THÔNG BÁO\n\nKẾT\nLUẬN CỦA PHÓ CHỦ TỊCH", "notice"),
        ("Thông báo Hội nghị lần thứ ba\n\nHội nghị đã họp.", "news"),
        ("Lễ ký biên bản ghi nhớ\n\nSáng nay, hai bên ký.", "news"),
    ],
)
def test_the_genre_is_told_by_the_line_that_names_the_document(text: str, genre: str) -> None:
    assert genre_of(lay_out(text, zone_rules(RULES)), RULES) == genre


# --- titles and places of news -----------------------------------------------------------------------------------------


def test_the_fuller_name_of_the_event_in_the_lead_is_the_title() -> None:
    found = told(
        "Tọa đàm kỷ niệm ngày nhà giáo\n\n[Sáng 16/11](DATE) huyện An Bình đã tổ chức Tọa đàm kỷ niệm 40 năm Ngày thầy thuốc Việt Nam. Dự có lãnh đạo các ngành."
    )
    assert (found.title, found.kind) == ("Tọa đàm kỷ niệm 40 năm Ngày thầy thuốc Việt Nam", "ceremony")


def test_a_headline_that_says_who_visited_whom_is_the_title() -> None:
    found = told(
        "Lãnh đạo Sở thăm và làm việc với huyện An Bình\n\n[Sáng 3/4](DATE), đoàn đã đến thăm và làm việc với huyện; sau đó tổ chức hội nghị sơ kết."
    )
    assert found.title == "Lãnh đạo Sở thăm và làm việc với huyện An Bình"


PLACES = {
    "hall": ("[Chiều 8/8](DATE), tại Hội trường [Quận Ủy An Bình](ORGANIZATION), đoàn làm việc với quận.", "Hội trường Quận Ủy An Bình"),
    "town": ("[Ngày 14/6](DATE), tại Cần Thơ, cơ quan chức năng đã tổ chức hội nghị.", "Cần Thơ"),
    "of the event around it": (
        "[Chiều 8/8](DATE), đoàn làm việc với Sở. Buổi làm việc nằm trong khuôn khổ Hội nghị tại thành phố Cần Thơ.",
        None,
    ),
    "a meeting is no place": ("[Chiều 8/8](DATE), tại buổi làm việc, đoàn ghi nhận kết quả của hội nghị.", None),
}


@pytest.mark.parametrize(("lead", "place"), PLACES.values(), ids=list(PLACES))
def test_the_place_is_what_follows_tai_in_the_lead(lead: str, place: str | None) -> None:
    assert told(f"Đoàn công tác làm việc với quận An Bình\n\n{lead}").place == place


def test_joined_and_dated_text_keep_the_length() -> None:
    page, mentions = page_of(MINUTES)
    assert len(page.unwrapped()) == len(dated_text(page, mentions)) == len(page.text)


# --- the two sample documents ------------------------------------------------------------------------------------------


def gold_people(gold: dict[str, object], page: Page, mentions: list[Candidate]) -> list[Person]:
    people = []
    for official in gold["officials"]:  # type: ignore[attr-defined]
        key = fold_key(official["name"])
        mine = tuple(m for m in mentions if m.label == "OFFICIAL" and fold_key(page.text[m.start : m.end]) == key)
        title = next(m for m in mentions if m.label == "TITLE")
        posts = tuple(Position(title, None, post["organization"], post["status"]) for post in official["positions"])
        people.append(Person(official["name"], mine, positions=posts))
    return people


@pytest.mark.parametrize("doc", ["000_0aed7de9cb9b6fdf", "003_f37304a8cbdc6a2e"])
def test_the_samples_give_their_gold_meeting_and_roles(doc: str) -> None:
    path = SHARED / "gold" / f"{doc}.json"
    if not path.is_file():
        pytest.skip("the shared gold files are not beside the repository")
    gold = json.loads(path.read_text("utf-8"))
    text = unicodedata.normalize("NFC", (SHARED / "raw" / f"{doc}.txt").read_text("utf-8")).replace("\u00a0", " ")
    page = lay_out(text, zone_rules(RULES))
    mentions = [Candidate(m["start"], m["end"], m["label"], "gold") for m in gold["mentions"]]
    event = read_event(page, RULES, mentions)
    people = assign_roles(page, RULES, gold_people(gold, page, mentions), mentions, event=event)
    assert {p.name: set(p.roles) for p in people} == {o["name"]: set(o["roles"]) for o in gold["officials"]}
    dates = Dates(gold["meeting"]["date"], gold["meeting"]["part_of_day"])
    found = find_meeting(page, RULES, people, mentions, dates, event=event)
    assert found is not None
    expected = gold["meeting"]
    assert (found.title, found.kind, found.place) == (expected["title"], expected["kind"], expected["place"])
    assert (list(found.chairs), list(found.delegation_heads)) == (expected["chairs"], expected["delegation_heads"])


# --- visits, conclusions, records ----------------------------------------------------------------------------------------

DELEGATION = "Đoàn công tác do bà [Lê Thị Mơ](OFFICIAL), [Phó Giám đốc](TITLE) [Sở](ORGANIZATION) làm trưởng đoàn"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"{DELEGATION} đã làm việc tại huyện Suối Vàng.", "working_session"),
        (f"{DELEGATION} đến trao đổi kinh nghiệm.", "working_session"),
        (f"{DELEGATION} thăm Hòa thượng trụ trì.", "visit"),
        ("[Chiều ngày 8/8](DATE), tại hội trường, Đoàn công tác có buổi làm việc.", "working_session"),
        ("Sau khi nghe báo cáo, [Chủ tịch](TITLE) [UBND tỉnh](ORGANIZATION) [Lê Văn Mận](OFFICIAL) kết luận như sau:", "regular_meeting"),
        ("Bà [Lê Thị Mơ](OFFICIAL) chủ trì, ông [Lê Văn Mận](OFFICIAL) ghi biên bản.", "regular_meeting"),
        (f"{DELEGATION} được thành lập theo quyết định.", None),
        ("Thanh tra đã có kết luận về vụ việc của ông [Lê Văn Mận](OFFICIAL).", None),
        ("Tin liên quan\n- Bộ trưởng làm việc tại Suối Vàng ([12/01/2021](DATE))", None),
    ],
)
def test_a_delegation_a_conclusion_and_a_record_tell_of_a_meeting(text: str, kind: str | None) -> None:
    found = meeting(text)
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    ("lead", "title"),
    [
        ("tổ chức gặp mặt nguyên cán bộ, nhân viên Đài Khí tượng tỉnh.", "gặp mặt nguyên cán bộ, nhân viên Đài Khí tượng tỉnh"),
        ("tổ chức gặp mặt nguyên cán bộ, nhân dịp Tết.", "gặp mặt nguyên cán bộ"),
        ("tổ chức cuộc họp để công bố quyết định.", "Công bố quyết định kiểm toán"),
    ],
)
def test_the_name_of_an_event_is_whole_and_more_than_the_word_for_it(lead: str, title: str) -> None:
    body = f"[Sáng 3/4](DATE), Ban Dân vận {lead} Tại cuộc họp, các đại biểu đã thảo luận nhiều nội dung."
    assert told(f"Công bố quyết định kiểm toán\n\n{body}").title == title


def test_a_name_at_the_end_of_the_lead_is_not_cut() -> None:
    filler = "các đơn vị của huyện " * 45
    lead = f"[Sáng 3/4](DATE), huyện {filler[: 900 - 45]}tổ chức hội nghị sơ kết công tác ứng phó áp thấp nhiệt đới. Hội nghị kết thúc."
    assert (told(f"Chủ động ứng phó\n\n{lead} Tại hội nghị, các đại biểu đã thảo luận.").title or "").endswith(("nhiệt đới", "ứng phó"))


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("tại tỉnh ta", None),
        ("tại xã Suối Vàng, Huyện ủy Phú Bình", "xã Suối Vàng"),
        ("tại xã Suối Vàng, huyện Phú Bình", "xã Suối Vàng, huyện Phú Bình"),
    ],
)
def test_a_place_has_a_name_and_ends_before_the_body_that_met(where: str, place: str | None) -> None:
    body = f"[Sáng 3/4](DATE), {where}, đã tổ chức hội nghị sơ kết. Tại hội nghị, các đại biểu thảo luận."
    assert told(f"Hội nghị sơ kết\n\n{body}").place == place
