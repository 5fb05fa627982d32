"""Dates: what a calendar can answer is found with its exact span, and what only looks like a date is not."""

from __future__ import annotations

import datetime as dt
import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract.errors import RuleError
from minutes_extract.find.candidate import Candidate
from minutes_extract.find.date_patterns import date_rules
from minutes_extract.find.date_values import DateParts, edtf, first_day
from minutes_extract.find.dates import find_dates
from minutes_extract.rulebook.book import Rulebook, load_rulebook
from minutes_extract.rulebook.models.base import Table
from minutes_extract.rulebook.models.dates import DateEntry
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import lay_out
from minutes_extract.text.markup import parse_marked
from minutes_extract.text.page import Page

RULES = load_rulebook()
ENTRIES = [entry for entry in RULES["dates"].entries if entry.kind == "date"]

EDTF = re.compile(
    r"(?P<day>(?:\d{4}|XXXX)-\d\d-\d\d)(?:T(?P<time>\d\d:\d\d:\d\d)\+07:00)?|\d{4}|(?:\d{4}|XXXX)-\d\d|"
    r"(?:\d{4}|XXXX)(?:-\d\d(?:-\d\d)?)?/(?:\d{4}|XXXX)(?:-\d\d(?:-\d\d)?)?"
)


def page(text: str) -> Page:
    return lay_out(text, zone_rules(RULES))


def found(text: str) -> list[tuple[str, str | None]]:
    return [(text[c.start : c.end], c.value) for c in find_dates(page(text), RULES)]


def is_edtf(value: str) -> bool:
    if not EDTF.fullmatch(value):
        return False
    for end in value.split("/"):
        numbers = [int(part) for part in end.split("T")[0].replace("XXXX", "2000").split("-")]
        dt.date(*[*numbers, 1, 1][:3])
        if "T" in end:
            dt.datetime.fromisoformat(end)
    return True


SPANS = [
    # whole expressions
    "[Chiều ngày 21/6/2022](DATE=2022-06-21), đoàn đến thăm Sở",
    "vào [sáng ngày 21/6/2022](DATE=2022-06-21)",
    "trong [năm 2021](DATE=2021) và [06 tháng đầu năm 2022](DATE=2022-01/2022-06)",
    "[giai đoạn 2021-2025](DATE=2021/2025), [thời kỳ 2021 – 2030](DATE=2021/2030), [nhiệm kì 2020 - 2025](DATE=2020/2025)",
    "[giai đoạn 2021-25](DATE=2021/2025)",
    "[giai đoạn từ năm 2016 đến năm 2020](DATE=2016/2020)",
    "trong [quý III/2023](DATE=2023-07/2023-09), [quí 4 năm 2022](DATE=2022-10/2022-12)",
    "[từ ngày 5 đến ngày 7/3/2024](DATE=2024-03-05/2024-03-07)",
    "[từ ngày 28/12/2023 đến ngày 02/01/2024](DATE=2023-12-28/2024-01-02)",
    "[từ ngày 28/12 đến 02/01/2024](DATE=2023-12-28/2024-01-02)",
    "lúc [14 giờ 00 ngày 12/5/2023](DATE=2023-05-12T14:00:00+07:00)",
    "[7g30, ngày 12 tháng 5 năm 2023](DATE=2023-05-12T07:30:00+07:00)",
    "[2 giờ chiều ngày 12/5/2023](DATE=2023-05-12T14:00:00+07:00)",
    "[8h00-11h30 ngày 12/5/2023](DATE=2023-05-12)",
    "[Thứ Hai, ngày 7/8/2023](DATE=2023-08-07)",
    "[Hôm nay, ngày 05/02/2024](DATE=2024-02-05), tại hội trường xã",
    "[sáng nay (16/6/2022)](DATE=2022-06-16)",
    "hội nghị [tháng 8/2023](DATE=2023-08), [tháng 10-2015](DATE=2015-10), [tháng tư năm 2012](DATE=2012-04)",
    "[cuối tháng 12/2025](DATE=2025-12), từ [đầu năm 2021](DATE=2021) đến nay",
    "[từ cuối tháng 8/2016 đến đầu tháng 6/2017](DATE=2016-08/2017-06)",
    "hai [ngày 25 và 26/5/2019](DATE=2019-05-25/2019-05-26)",
    "[ngày 10, 11 và 12/5/2019](DATE=2019-05-10/2019-05-12)",
    "[ngày 10, 12 và 15/5/2019](DATE), ba buổi",
    "10 [năm 2011-2020](DATE=2011/2020)",
    "[năm học 2017- 2018](DATE=2017/2018)",
    "so với cùng kỳ [năm 2020](DATE=2020)",
    "trước [ngày 30/6](DATE), chậm nhất [15-9](DATE), đến hết [tháng 7](DATE)",
    "xong trước [20/6](DATE) để kịp trình",
    "các năm [năm 2016](DATE=2016), [2017](DATE=2017) và [2018](DATE=2018)",
    "kỷ niệm ngày giải phóng ([30/4/1975 - 30/4/2025](DATE=1975-04-30/2025-04-30))",
    "Bản quyền @ [2017](DATE=2017) thuộc về Sở",
    "hoạt động trên địa bàn quận [2023](DATE=2023)",
    "[9 tháng đầu năm](DATE), [cuối năm](DATE), [quý II](DATE)",
    "[Chiều cùng ngày](DATE) đoàn thăm trạm",
    "ngày họp: [ngày 31/4/2023](DATE)",
    "[Chiều ngày 8/8/20203](DATE), tại Hội trường",
    "lễ hội [ngày 10/3 âm lịch](DATE), [mùng 5 Tết](DATE)",
    # separators
    "[21.6.2022](DATE=2022-06-21) [21-06-2022](DATE=2022-06-21) [21 / 6 / 2022](DATE=2022-06-21)",
]


@pytest.mark.parametrize("marked", SPANS)
def test_the_whole_expression_is_the_span_and_has_its_value(marked: str) -> None:
    text, spans = parse_marked(marked)
    assert found(text) == [(text[s.start : s.end], s.value) for s in spans]


STAMPS = [
    ("[07/08/2023 17:32]", "07/08/2023 17:32", "2023-08-07T17:32:00+07:00"),
    ("Thứ năm, 23/06/2022 12:46 GMT+7", "Thứ năm, 23/06/2022 12:46 GMT+7", "2022-06-23T12:46:00+07:00"),
    ("Thứ 6, 26/07/2019 | 14:48:16", "Thứ 6, 26/07/2019 | 14:48:16", "2019-07-26T14:48:16+07:00"),
    ("Th 6, 17/04/2020 | 14:57 CH", "Th 6, 17/04/2020 | 14:57 CH", "2020-04-17T14:57:00+07:00"),
    ("Thứ 5, 18/07/2024, 08:00[GMT+7]", "Thứ 5, 18/07/2024, 08:00[GMT+7]", "2024-07-18T08:00:00+07:00"),
    ("Thứ Năm, 17/07/2025", "Thứ Năm, 17/07/2025", "2025-07-17"),
    ("Thứ ba, 12/03/2019 - 09:25", "Thứ ba, 12/03/2019 - 09:25", "2019-03-12T09:25:00+07:00"),
    ("Ngày đăng: 08/07/2024  11:38", "08/07/2024  11:38", "2024-07-08T11:38:00+07:00"),
    ("Ngày đăng bài: 29/12/2020", "29/12/2020", "2020-12-29"),
    ("Đăng ngày 25 - 06 - 2021", "ngày 25 - 06 - 2021", "2021-06-25"),
    ("Cập nhật ngày: 12/01/2022 | 09:00 GMT+7", "ngày: 12/01/2022 | 09:00 GMT+7", "2022-01-12T09:00:00+07:00"),
    ("Cập nhật lúc 10:20, 05/9/2019", "10:20, 05/9/2019", "2019-09-05T10:20:00+07:00"),
    ("Gửi lúc: 05/12/2013 15:42:27", "05/12/2013 15:42:27", "2013-12-05T15:42:27+07:00"),
    ("10:16 | 11-06-2025", "10:16 | 11-06-2025", "2025-06-11T10:16:00+07:00"),
    ("08:45, 14/09/2021", "08:45, 14/09/2021", "2021-09-14T08:45:00+07:00"),
    ("13/05/2019 | 02:54", "13/05/2019 | 02:54", "2019-05-13T02:54:00+07:00"),
    ("25/07/2017 - 21:32", "25/07/2017 - 21:32", "2017-07-25T21:32:00+07:00"),
    ("11/01/2021 : 16:01", "11/01/2021 : 16:01", "2021-01-11T16:01:00+07:00"),
    ("(26-12-2017)", "26-12-2017", "2017-12-26"),
    ("20/11/2023 3:05:00 CH", "20/11/2023 3:05:00 CH", "2023-11-20T15:05:00+07:00"),
    ("03:12:54 PM 14/07/2020", "03:12:54 PM 14/07/2020", "2020-07-14T15:12:54+07:00"),
    ("Ngày 16/07/2024", "Ngày 16/07/2024", "2024-07-16"),
    ("Giờ đăng: 13:22 22-05-2025", "13:22 22-05-2025", "2025-05-22T13:22:00+07:00"),
]


@pytest.mark.parametrize(("line", "span", "value"), STAMPS)
def test_a_stamp_is_one_date_with_its_clock(line: str, span: str, value: str) -> None:
    assert found(line) == [(span, value)]


NOT_DATES = [
    "có 76/79 đại biểu dự, 12/12 phiếu thuận, đạt 19/19 tiêu chí",
    "Nghị quyết 57-NQ/TW, Nghị định số 30/2020/NĐ-CP, số 12/BB-SKHCN",
    "trong 03 năm, 30 ngày, 6 tháng, 5 năm qua",
    "thời gian qua, thời gian tới, hiện nay, hằng năm, năm nay, năm ngoái, tuần này, tháng này",
    "đường 30/4, Quảng trường 2/4, Bệnh viện 30-4, đường 3 tháng 2",
    "số 16/5 hẻm 51/2",
    "tỷ lệ 1/500, quy hoạch 1/2000, 2/3 số phiếu",
    "trực 24/7, phiên bản 4.0",
    "Điện thoại: 0292.3820674, Fax: 0292.3821471",
    "12.5 tỷ đồng, 8.1%, 2.023 hộ",
    "ISO 9001:2015, TCVN 11041-2:2017",
    "Lượt xem: 7518",
    "lần thứ năm Ban Chấp hành, phiên họp thứ hai",
    "Luật Đất đai 2013, APEC 2017",
    "trước ngày 20 hằng tháng",
    "quý vị đại biểu, quý bà",
    "từ 6-7 năm nay, dùng từ 2-3 đốt",
    "họp lúc 7h30 sáng",
    "Cách mạng tháng Tám",
    "thế kỷ 21",
]


@pytest.mark.parametrize("text", NOT_DATES)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_a_rule_reads_its_examples_and_not_its_counter_examples(entry: DateEntry) -> None:
    assert entry.examples
    assert entry.counter
    read = []
    for example in entry.examples:
        text, spans = parse_marked(example)
        got = find_dates(page(text), RULES)
        assert [(c.start, c.end) for c in got] == [(s.start, s.end) for s in spans], example
        read += [c.rule for c in got]
    assert entry.id in read
    for counter in entry.counter:
        text, _ = parse_marked(counter)
        assert entry.id not in [c.rule for c in find_dates(page(text), RULES)], counter


def test_a_date_goes_over_a_wrapped_line_but_not_over_a_paragraph() -> None:
    long = (
        "Thực hiện chương trình công tác của Ủy ban nhân dân huyện An Bình, Phòng Kinh tế họp vào ngày 28\n"
        "tháng 11 năm 2025 để bàn việc chợ.\n"
    )
    assert [c.value for c in find_dates(page(long * 4), RULES)] == ["2025-11-28"] * 4
    assert [text for text, _ in found("họp ngày 28/11\n\n2025 là năm cuối")] == ["ngày 28/11"]


def test_spellings_of_one_word_read_alike() -> None:
    assert found("QUÝ III/2023") == [("QUÝ III/2023", "2023-07/2023-09")]
    assert found("Thời kì 2021—2030") == [("Thời kì 2021—2030", "2021/2030")]


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        (DateParts("day", 29, 2, 2023), None),
        (DateParts("day", 29, 2), "XXXX-02-29"),
        (DateParts("day", 5, 3, 2021, hour=24), "2021-03-05"),
        (DateParts("days", 30, 12, None, 2, 1, 2024), "2023-12-30/2024-01-02"),
        (DateParts("months", month=11, month2=2, year2=2020), "2019-11/2020-02"),
        (DateParts("part_year", year=2022, months=6, edge="end"), "2022-07/2022-12"),
        (DateParts("part_year", year=2022, months=12), "2022"),
        (DateParts("years", year=2025, year2=2020), None),
        (DateParts("lunar"), None),
    ],
)
def test_parts_make_their_value_or_none(parts: DateParts, value: str | None) -> None:
    assert edtf(parts) == value


WORDS = """ngày tháng năm quý từ đến sáng chiều hôm nay cùng thứ hai đầu cuối giai đoạn và , . / - : ( ) 1 2 3 12 30 31 99 2022 20203
    2021-2025 21/6 21/6/2022 8h30 14:05 GMT+7 IV âm lịch mùng rằm nhiệm kỳ @ trước"""
PIECES = st.sampled_from([*WORDS.split(), "\n", "\u00a0", " "])


def check(text: str) -> list[Candidate]:
    the_page = page(text)
    got = find_dates(the_page, RULES)
    for c in got:
        assert 0 <= c.start < c.end <= len(text)
        span = text[c.start : c.end]
        assert span == span.strip(" \n\"'“”,;:.")
        assert c.value is None or is_edtf(c.value)
    assert all(a.end <= b.start for a, b in pairwise(got))
    assert got == find_dates(the_page, RULES)
    return got


@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_any_heap_of_date_words_gives_spans_apart_and_valid_values(text: str) -> None:
    check(text)


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    check(text.replace("\r", ""))


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from("/.-"))
def test_every_day_of_the_calendar_is_read_back(day: dt.date, mark: str) -> None:
    assert found(f"họp ngày {day.day}{mark}{day.month}{mark}{day.year}, tại xã") == [
        (f"ngày {day.day}{mark}{day.month}{mark}{day.year}", day.isoformat())
    ]
    assert first_day(day.isoformat()) == day


@pytest.mark.parametrize("piece", ["1/1/", "ngày ", "1-", "từ ngày 1 ", "năm 2021, ", " ", "\n", "(", "12 giờ ", "ngày 1, 2, "])
def test_hostile_text_is_read_in_time_that_grows_with_its_length(piece: str) -> None:
    def seconds(times: int) -> float:
        the_page = page(piece * times)
        start = time.perf_counter()
        find_dates(the_page, RULES)
        return time.perf_counter() - start

    seconds(100)
    assert seconds(8000) < 60 * max(seconds(800), 0.002)


def test_a_pattern_that_names_an_unknown_atom_is_refused_by_name() -> None:
    entry = DateEntry(id="date.mine", kind="date", form="day", pattern="{nothing}")
    broken = Rulebook({**RULES.tables, "dates": Table[DateEntry](entries=(entry,))}, ("test",))
    with pytest.raises(RuleError, match=r"date\.mine.*nothing"):
        date_rules(broken)
