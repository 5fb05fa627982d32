"""The documents in data/raw against data/gold: what the project promises of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from minutes_extract.assemble import extract_record
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.gold_loading import load_gold
from minutes_extract.evaluation.scores import evaluate
from minutes_extract.reading.source import read
from minutes_extract.records import MinutesRecord, Official

if TYPE_CHECKING:
    from spacy.language import Language

SAMPLES = ("000_0aed7de9cb9b6fdf", "003_f37304a8cbdc6a2e")
MINUTES = tuple(f"bb_{number:02}" for number in (1, 3, 4, 7, 8, 11, 13, 16, 18, 20))


@pytest.fixture(scope="module")
def records(nlp: Language, raw: Path) -> dict[str, MinutesRecord]:
    return {name: extract_record(nlp, read(raw / f"{name}.txt")) for name in (*SAMPLES, *MINUTES)}


@pytest.fixture(scope="module")
def golds(gold: Path) -> dict[str, GoldDocument]:
    return {document.doc_id: document for document in load_gold(gold)}


def official(record: MinutesRecord, name: str) -> Official:
    return next(official for official in record.officials if official.name == name)


# the two samples: every field


def facts_of(document: MinutesRecord | GoldDocument) -> dict[str, object]:
    """What gold holds besides mentions; sets where the order says nothing."""
    data = document.model_dump()
    meeting = data["meeting"] or {}
    return {
        "published": data["published"],
        "meeting": {field: meeting.get(field) for field in ("title", "kind", "date", "part_of_day", "place")},
        "heads": {field: set(meeting.get(field) or ()) for field in ("chairs", "delegation_heads", "secretaries")},
        "officials": {
            one["name"]: (
                {(held["title"], held["organization"], held["status"]) for held in one["positions"]},
                set(one["roles"]),
            )
            for one in data["officials"]
        },
        "trademarks": {(mark["name"], mark["kind"], mark["owner"], mark["product"], mark["number"]) for mark in data["trademarks"]},
    }


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("field", ["published", "meeting", "heads", "officials", "trademarks"])
def test_each_field_of_the_gold_is_read(name: str, field: str, records: dict[str, MinutesRecord], golds: dict[str, GoldDocument]) -> None:
    assert facts_of(records[name])[field] == facts_of(golds[name])[field]


@pytest.mark.parametrize(("documents", "least"), [(SAMPLES, 0.97), (MINUTES, 0.95)], ids=["samples", "minutes"])
def test_mentions_reach_the_score(
    documents: tuple[str, ...], least: float, records: dict[str, MinutesRecord], golds: dict[str, GoldDocument]
) -> None:
    report = evaluate([golds[name] for name in documents], [records[name] for name in documents])
    assert report.micro.f1 is not None
    assert report.micro.f1 >= least, str(report)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_mention_of_a_sample_has_the_gold_value(name: str, records: dict[str, MinutesRecord], golds: dict[str, GoldDocument]) -> None:
    found = {(m.start, m.end): m.value for m in records[name].mentions if m.label == "DATE"}
    assert found == {(m.start, m.end): m.value for m in golds[name].mentions if m.label == "DATE"}


# the facts that made the project


def test_six_marks_are_declared_and_found(records: dict[str, MinutesRecord]) -> None:
    record = records["003_f37304a8cbdc6a2e"]
    count = next(count for count in record.counts if "nhãn hiệu" in count.noun)
    assert (count.declared, count.listed) == (6, 6)
    assert [mark.name for mark in record.trademarks if mark.kind == "trademark"] == [
        "Nấm bào ngư phường Thới An Đông",
        "Vú sữa Thới An Đông",
        "Sữa bò Long Hòa",
        "Bánh tét lá cẩm",
        "Làng nghề hoa kiểng Phó Thọ - Bà Bộ",
        "Rau an toàn Long Tuyền",
    ]


def test_no_person_and_no_body_in_the_village_of_flowers(records: dict[str, MinutesRecord]) -> None:
    record = records["003_f37304a8cbdc6a2e"]
    village = next(m for m in record.mentions if m.text == "Làng nghề hoa kiểng Phó Thọ - Bà Bộ")
    assert village.label == "TRADEMARK"
    assert [m for m in record.mentions if m.start < village.end and village.start < m.end] == [village]
    assert not any("Bộ" in official.name or "Thọ" in official.name for official in record.officials)


def test_the_wrong_year_is_kept_as_written_and_read_right(records: dict[str, MinutesRecord]) -> None:
    record = records["003_f37304a8cbdc6a2e"]
    date = next(m for m in record.mentions if "20203" in m.text)
    assert (date.text, date.value) == ("Chiều ngày 8/8/20203", "2023-08-08")
    assert record.meeting is not None
    assert (record.meeting.date, record.meeting.part_of_day) == ("2023-08-08", "afternoon")
    warnings = {warning.code: warning for warning in record.warnings}
    assert {"implausible_year", "meeting_after_publication"} <= set(warnings)
    assert date.id in warnings["implausible_year"].mentions
    assert date.id in warnings["meeting_after_publication"].mentions


def test_the_editor_of_the_page_attended_nothing(records: dict[str, MinutesRecord]) -> None:
    assert official(records["003_f37304a8cbdc6a2e"], "Trần Đông Phương An").roles == ("editor",)


def test_the_head_of_the_delegation_has_her_department(records: dict[str, MinutesRecord]) -> None:
    record = records["003_f37304a8cbdc6a2e"]
    head = official(record, "Trần Hoài Phương")
    assert "delegation_head" in head.roles
    assert record.meeting is not None
    assert record.meeting.delegation_heads == ("Trần Hoài Phương",)
    assert [(held.title, held.organization, held.status) for held in head.positions] == [
        ("Phó giám đốc", "Sở Khoa học và Công nghệ thành phố Cần Thơ", "current")
    ]
    assert len(head.mentions) == 3
    assert head.honorific == "Bà"


def test_the_chair_of_another_event_is_only_mentioned(records: dict[str, MinutesRecord]) -> None:
    record = records["000_0aed7de9cb9b6fdf"]
    assert official(record, "Phạm Minh Chính").roles == ("mentioned",)
    assert record.meeting is not None
    assert record.meeting.chairs == ()


def test_five_officials_in_the_report_of_2022(records: dict[str, MinutesRecord]) -> None:
    assert {official.name for official in records["000_0aed7de9cb9b6fdf"].officials} == {
        "Nguyễn Hoàng Giang",
        "Phạm Minh Chính",
        "Nguyễn Ngọc Hè",
        "Chu Thúc Đạt",
        "Ngô Anh Tín",
    }


def test_the_task_of_the_centre_is_a_directive(records: dict[str, MinutesRecord]) -> None:
    record = records["003_f37304a8cbdc6a2e"]
    tasks = [d for d in record.directives if d.action.startswith("viết dự án đề xuất")]
    assert [(task.issuer, len(task.assignees)) for task in tasks] == [("Trần Hoài Phương", 1)]
    assert tasks[0].assignees[0].startswith("Trung tâm Ứng dụng Ti")


@pytest.mark.parametrize("name", [*SAMPLES, *MINUTES])
def test_a_mention_is_what_stands_at_its_offsets(name: str, records: dict[str, MinutesRecord], raw: Path) -> None:
    text = (raw / f"{name}.txt").read_bytes().decode()
    record = records[name]
    assert all(text[m.start : m.end] == m.text for m in record.mentions)
    assert all(text[d.start : d.end] == d.action for d in record.directives)
    assert record.source.chars == len(text)


@pytest.mark.parametrize("name", [*SAMPLES, *MINUTES])
def test_a_span_has_no_white_space_or_marks_at_its_ends(name: str, records: dict[str, MinutesRecord]) -> None:
    for mention in records[name].mentions:
        assert mention.text == mention.text.strip(' \n\t\u00a0"“”,;:'), mention
