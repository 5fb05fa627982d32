"""What dates mean: the lent year, the publication, the meeting, the doubts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract.find.dates import find_dates
from minutes_extract.link.dates import ResolvedDates, resolve_dates
from minutes_extract.rulebook.book import load_rulebook
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import lay_out

RULES = load_rulebook()
SHARED = Path(__file__).parents[2].parent / "shared"
DATA = Path(__file__).parents[2] / "data"


def resolved(text: str) -> ResolvedDates:
    page = lay_out(text.replace("\u00a0", " "), zone_rules(RULES))
    return resolve_dates(page, RULES, find_dates(page, RULES))


def values(text: str) -> list[tuple[str, str | None]]:
    return [(text[m.start : m.end], m.value) for m in resolved(text).mentions]


def news(body: str, stamp: str = "[23/06/2022 12:46]") -> str:
    return f"Sở Công Thương An Bình làm việc với huyện Long Hòa\n\n{stamp}\n\n{body}\n"


MINUTES = """\
SỞ CÔNG THƯƠNG AN BÌNH          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/BB-SCT                   Độc lập - Tự do - Hạnh phúc

                      An Bình, ngày 30 tháng 3 năm 2021

                      BIÊN BẢN
            Họp giao ban công tác tháng 3

Thời gian: 13 giờ 30 phút, ngày 30 tháng 3 năm 2021.
Địa điểm: Phòng họp Sở.

Căn cứ Quyết định số 45/QĐ-UBND ngày 11/01/2020 của Ủy ban nhân dân tỉnh An Bình.
Ông Lê Văn An báo cáo kết quả quý I, đã kiểm tra chợ ngày 18/3.
Giao Văn phòng hoàn thành báo cáo trước ngày 20/5; sơ kết vào cuối năm.
Cuộc họp kết thúc lúc 16 giờ 15 cùng ngày.
"""


def test_minutes_lend_the_year_of_the_meeting() -> None:
    got = dict(values(MINUTES))
    assert got["quý I"] == "2021-01/2021-03"
    assert got["ngày 18/3"] == "2021-03-18"
    assert got["ngày 20/5"] == "2021-05-20"
    assert got["cuối năm"] == "2021"
    assert got["16 giờ 15 cùng ngày"] == "2021-03-30T16:15:00+07:00"


def test_minutes_have_the_date_line_as_publication_and_the_time_label_as_meeting() -> None:
    got = resolved(MINUTES)
    assert (got.published, got.meeting_date, got.part_of_day, got.time) == ("2021-03-30", "2021-03-30", "afternoon", "13:30")
    assert got.meeting_mention is not None
    assert MINUTES[got.meeting_mention.start : got.meeting_mention.end] == "13 giờ 30 phút, ngày 30 tháng 3 năm 2021"
    roles = {MINUTES[p.mention.start : p.mention.end]: p.role for p in got.points}
    assert roles["ngày 11/01/2020"] == "legal_reference"
    assert roles["ngày 20/5"] == "deadline"
    assert roles["quý I"] == "period"
    assert roles["16 giờ 15 cùng ngày"] == "meeting"


def test_every_point_carries_the_mention_with_its_value() -> None:
    got = resolved(MINUTES)
    assert [p.mention for p in got.points] == list(got.mentions)
    assert all(p.value == p.mention.value for p in got.points)


@pytest.mark.parametrize(
    ("body", "span", "value"),
    [
        ("Sáng 21/6, đoàn thăm và làm việc với Sở.", "Sáng 21/6", "2022-06-21"),
        ("Sáng 21/6, đoàn làm việc với Sở, hạn trước ngày 15/7.", "ngày 15/7", "2022-07-15"),
        ("Sáng nay, đoàn thăm và làm việc với Sở.", "Sáng nay", "2022-06-23"),
        ("Hôm qua, đoàn thăm và làm việc với Sở.", "Hôm qua", "2022-06-22"),
        ("Sáng 21/6, đoàn thăm xã. Chiều cùng ngày, đoàn làm việc với huyện.", "Chiều cùng ngày", "2022-06-21"),
        ("Sáng 21/6, đoàn thăm xã nhân ngày 27/7 hằng năm.", "ngày 27/7", "XXXX-07-27"),
        ("Sáng 21/6, đoàn nghe kết quả 6 tháng đầu năm.", "6 tháng đầu năm", "2022-01/2022-06"),
        ("Sáng 21/6, đoàn nghe kết quả tháng 4 và tháng 5 năm 2021.", "tháng 4", "2021-04"),
        ("Sáng 21/6, đoàn dự lễ rằm tháng 7.", "rằm tháng 7", None),
    ],
)
def test_news_lends_the_year_of_its_stamp(body: str, span: str, value: str | None) -> None:
    assert dict(values(news(body)))[span] == value


@pytest.mark.parametrize(
    ("stamp", "body", "value"),
    [
        ("[03/01/2024 08:00]", "Ngày 28/12, Sở tổ chức hội nghị tổng kết.", "2023-12-28"),
        ("[20/12/2023 08:00]", "Hội nghị sẽ diễn ra trước ngày 15/01.", "2024-01-15"),
        ("[20/12/2023 08:00]", "Ngày 15/3, Sở tổ chức hội nghị.", "2023-03-15"),
    ],
)
def test_a_day_near_new_year_takes_the_year_that_brings_it_near(stamp: str, body: str, value: str) -> None:
    assert values(news(body, stamp))[1][1] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Sáng 21/6, đoàn thăm và làm việc với Sở.\n", "XXXX-06-21"),
        ("Diễn đàn trẻ em năm 2019\n\nSáng 21/6, huyện tổ chức diễn đàn trẻ em năm 2019.\n", "2019-06-21"),
        ("Sáng 21/6, huyện họp bàn việc trồng cây. Cây có từ năm 2005, bán 2 tấn năm 2016.\n", "XXXX-06-21"),
        ("Sáng 30/3, huyện dự lễ kỷ niệm ngày giải phóng (31/3/1975 - 31/3/2025).\n", "2025-03-30"),
        ("Sáng 21/6, ông An (SN 2011) họp với huyện.\n", "XXXX-06-21"),
        ("Sáng 21/6, huyện họp, phấn đấu đến năm 2030 có 5 chợ.\n", "XXXX-06-21"),
    ],
)
def test_without_a_stamp_the_document_must_speak_for_the_year(text: str, value: str) -> None:
    assert resolved(text).meeting_date == value


@pytest.mark.parametrize(
    ("body", "date"),
    [
        ("Chiều ngày 21/6/2022, đoàn làm việc với Sở trong khuôn khổ hội nghị diễn ra vào sáng ngày 20/6/2022.", "2022-06-21"),
        ("Đoàn làm việc với Sở theo Quyết định số 45/QĐ-UBND ngày 20/6/2022.", None),
        ("Phải nộp báo cáo trước ngày 25/6/2022.", None),
        ("Từ ngày 20 đến ngày 22/6/2022, tại An Bình, Sở tổ chức hội nghị.", "2022-06-20/2022-06-22"),
        ("Kỳ họp khai mạc lúc 8 giờ ngày 20/6/2022, bế mạc lúc 11 giờ ngày 21/6/2022 tại hội trường huyện.", "2022-06-20/2022-06-21"),
        ("Hội nghị sẽ họp vào ngày 25/8/2022.", None),
    ],
)
def test_the_meeting_date_is_that_of_the_event_told(body: str, date: str | None) -> None:
    assert resolved(news(body)).meeting_date == date


def test_a_meeting_of_two_days_has_no_part_of_day() -> None:
    got = resolved(news("Kỳ họp khai mạc lúc 8 giờ ngày 20/6/2022, bế mạc lúc 11 giờ ngày 21/6/2022 tại hội trường huyện."))
    assert (got.part_of_day, got.time) == (None, None)


def test_the_clock_after_the_date_gives_the_part_of_day() -> None:
    got = resolved("BIÊN BẢN LÀM VIỆC\n\nHôm nay, ngày 17/10/2018, từ 8h30, tại hội trường, chúng tôi gồm có:\n")
    assert (got.meeting_date, got.part_of_day, got.time) == ("2018-10-17", "morning", "08:30")


def codes(text: str) -> list[tuple[str, str]]:
    return [(doubt.code, doubt.message) for doubt in resolved(text).doubts]


def test_a_year_with_a_digit_too_many_is_read_by_the_stamp() -> None:
    text = news("Chiều ngày 8/8/20203, tại hội trường, Sở làm việc với huyện.", "[07/08/2023 17:32]")
    assert dict(values(text))["Chiều ngày 8/8/20203"] == "2023-08-08"
    assert codes(text) == [
        ("implausible_year", "year 20203 read as 2023"),
        ("meeting_after_publication", "the meeting of 2023-08-08 was published on 2023-08-07T17:32:00+07:00"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ngày 31/4/2022, Sở tổ chức họp.\n", "invalid_day"),
        ("Thứ Hai, ngày 21/6/2022, đoàn làm việc tại Sở.\n", "weekday_mismatch"),
        ("Giai đoạn 2025-2020 có nhiều thay đổi.\n", "year_conflict"),
        (news("Chiều ngày 21/6/2021, Sở làm việc với huyện."), "year_conflict"),
        ("Chiều ngày 8/8/20203 họp.\n", "implausible_year"),
    ],
)
def test_a_date_that_cannot_be_raises_a_doubt(text: str, code: str) -> None:
    assert [c for c, _ in codes(text)] == [code]


@pytest.mark.parametrize("text", ["Thứ Ba, ngày 21/6/2022, đoàn làm việc tại Sở.\n", news("Chiều ngày 21/6/2022, Sở làm việc với huyện.")])
def test_a_date_that_fits_raises_none(text: str) -> None:
    assert codes(text) == []


@given(
    st.lists(
        st.sampled_from(
            ("Sáng 21/6", "cùng ngày", "hôm nay", "năm 20203", "[07/08/2023 17:32]", "họp", "tháng 3", "ngày 30/2/9999", "\n\n")
        )
    )
)
def test_any_heap_of_dates_is_resolved_alike_each_time(words: list[str]) -> None:
    text = " ".join(words)
    got = resolved(text)
    assert got == resolved(text)
    assert len(got.points) == len(got.mentions)


def test_a_document_without_dates_has_none() -> None:
    assert resolved("Họp giao ban.\n") == ResolvedDates((), (), None, None, None, None, None, ())
    assert resolved("") == ResolvedDates((), (), None, None, None, None, None, ())


def gold_files() -> list[Path]:
    return sorted((DATA / "gold").glob("*.json")) or sorted((SHARED / "gold").glob("*.json"))


@pytest.mark.skipif(not gold_files(), reason="no gold files beside the project")
@pytest.mark.parametrize("path", gold_files(), ids=lambda path: path.stem)
def test_the_sample_documents_read_as_their_gold(path: Path) -> None:
    gold = json.loads(path.read_text("utf-8"))
    raw = next(folder / f"{path.stem}.txt" for folder in (DATA / "raw", SHARED / "raw") if (folder / f"{path.stem}.txt").exists())
    got = resolved(raw.read_bytes().decode("utf-8"))
    assert [(m.start, m.end, m.value) for m in got.mentions] == [
        (m["start"], m["end"], m["value"]) for m in gold["mentions"] if m["label"] == "DATE"
    ]
    assert got.published == gold["published"]
    assert got.meeting_date == gold["meeting"]["date"]
    assert gold["meeting"]["part_of_day"] in {got.part_of_day, None}  # not every gold record says what the clock says


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ngày 6/2, Sở họp bàn về tôm. Năm 2016 đạt 3 tấn, năm 2017 phấn đấu đạt 4 tấn, tầm nhìn 2030.", "2017-02-06"),
        ("Ngày 6/2, Sở họp bàn về tôm. Năm 2011 đạt 3 tấn, năm 2017 phấn đấu đạt 4 tấn.", "XXXX-02-06"),
        (
            "Ngày 9/5, Sở họp bàn quy hoạch kỳ 2016-2020. Năm 2010, 2014 và 2015 đã làm. Phải gửi báo cáo trước ngày 20/5/2017.",
            "2017-05-09",
        ),
        ("Ngày 20/7, hội nghị ASEAN 2025 khai mạc, thuộc chương trình giai đoạn 2016-2025.", "XXXX-07-20"),
        ("Ngày 20/7, hội nghị thương hiệu 2015 khai mạc theo Quyết định số 12/QĐ-UBND ngày 3/5/2017.", "XXXX-07-20"),
    ],
)
def test_a_year_that_is_only_aimed_at_or_cited_is_not_lent(text: str, value: str) -> None:
    assert resolved(text).meeting_date == value


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Từ ngày 25/1/2015 đến ngày 25/12/2015, có 421 đơn được nộp.", "period"),
        ("Từ ngày 25/1/2015 đến ngày 27/1/2015, Sở tổ chức hội nghị.", "meeting"),
    ],
)
def test_days_months_apart_are_a_period(text: str, role: str) -> None:
    assert resolved(text).points[0].role == role


def test_the_hour_stands_behind_a_lunar_date_in_brackets() -> None:
    found = resolved("Sáng ngày 12/3/2018 (25 tháng Giêng năm Mậu Tuất), vào lúc đúng 7 giờ 30, Hội đồng làng họp.")
    assert (found.meeting_date, found.time) == ("2018-03-12", "07:30")


def test_the_day_of_the_larger_event_is_not_the_meeting_even_where_it_is_the_same() -> None:
    text = "Buổi làm việc chiều 21/6/2022 nằm trong khuôn khổ Hội nghị xúc tiến đầu tư diễn ra sáng 21/6/2022."
    assert [point.role for point in resolved(text).points] == ["meeting", "other"]
