"""`why-not` names the winner, the condition that failed, or the change that would have helped."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from minutes_extract.errors import UsageError
from minutes_extract.export.why_not import occurrences, probes, why_not
from minutes_extract.records import LABELS

if TYPE_CHECKING:
    from spacy.language import Language

Ask = Callable[..., str]


@pytest.fixture(scope="module")
def ask(nlp: Language) -> Ask:
    """`ask(text, wanted, label=..., limit=...)`: the answer as one text."""
    from minutes_extract.assemble import analyse
    from minutes_extract.batch.one import read_document

    def ask(text: str, wanted: str, **options: Any) -> str:
        return "\n".join(why_not(analyse(nlp, read_document(text=text)), nlp, wanted, **options))

    return ask


@pytest.mark.parametrize(
    ("text", "wanted", "label", "told"),
    [
        ("Tuyến đường Lý Thường Kiệt đã xong.", "Lý Thường Kiệt", "OFFICIAL", "failed  'đường' before it says that it is no person"),
        ("Đoàn gặp Suối Nhựt ở đó.", "Suối Nhựt", "OFFICIAL", "failed  'Suối' is no known surname (names.yaml)"),
        ("Đoàn gặp Trần Khắc Nhựt ở đó.", "Trần Khắc Nhựt", "OFFICIAL", "would be read with an honorific right before it"),
        ("Đoàn gặp Trần Khắc Nhựt ở đó.", "Trần Khắc Nhựt", "OFFICIAL", "would be read with a post right before it"),
        ("Đoàn gặp Trần khắc nhựt ở đó.", "Trần khắc nhựt", "OFFICIAL", "failed  'khắc' in it has no capital"),
        ("Đoàn gặp Nhựt ở đó.", "Nhựt", "OFFICIAL", "would be read with an honorific right before it"),
        ("Đoàn gặp Trần Khắc Nhựt Tân ở đó.", "Trần Khắc Nhựt", "OFFICIAL", "the capitals go on behind it: 'Trần Khắc Nhựt Tân'"),
        ("chuyên viên đọc báo cáo", "chuyên viên", "TITLE", "counts only beside what it needs: name (post.staff, needs)"),
        ("chuyên viên đọc báo cáo", "chuyên viên", "TITLE", "would be read with a named holder right before it"),
        ("người gác cổng đến sớm", "người gác cổng", "TITLE", "failed  no known post begins here (posts.yaml)"),
        ("Các sở đã tham mưu.", "sở", "ORGANIZATION", "failed  a head noun alone counts only right behind a post"),
        ("Các sở đã tham mưu.", "sở", "ORGANIZATION", "failed  'các' before it: many bodies of a kind, not one"),
        ("thăm Quán Sóng Thần hôm qua", "Quán Sóng Thần", "ORGANIZATION", "failed  no known head noun opens it (bodies.yaml, heads)"),
        ("Theo Luật Đất đai 2013, đất ở", "2013", "DATE", "'luật đất đai' before it forbids it (guard_law)"),
        ("tỷ lệ 1/2 của hàng hóa", "1/2", "DATE", "'tỉ lệ' before it forbids it (guard_number)"),
        ("tỷ lệ 1/2 của hàng hóa", "1/2", "DATE", "would be read with the word ngày right before it (by date.day)"),
        ("mã TCVN 11041-2:2017", "11041", "DATE", "failed  no pattern of dates.yaml fits it"),
        ("Cà phê Suối Vàng bán chạy.", "Suối Vàng", "TRADEMARK", "failed  no cue stands in its sentence"),
        ("Cà phê Suối Vàng bán chạy.", "Suối Vàng", "TRADEMARK", "would be read with a cue right before it (nhãn hiệu ...)"),
    ],
)
def test_the_condition_that_failed_is_named(text: str, wanted: str, label: str, told: str, ask: Ask) -> None:
    assert told in ask(text, wanted, label=label)


def test_what_was_read_is_told_with_its_rule(ask: Ask) -> None:
    answer = ask("Ông Trần Khắc Nhựt phát biểu.", "Trần Khắc Nhựt")
    assert "read: OFFICIAL 'Trần Khắc Nhựt' by person.civil, strong" in answer
    assert "not read" not in answer


def test_a_part_of_a_mention_is_told_to_be_one(ask: Ask) -> None:
    answer = ask("Ông Trần Khắc Nhựt phát biểu.", "Khắc Nhựt")
    assert "read as part of a longer mention: OFFICIAL 'Trần Khắc Nhựt'" in answer
    assert "not read" not in answer


def test_the_winner_is_told_where_another_reading_lost(ask: Ask) -> None:
    answer = ask("Phát biểu của Trưởng Ban Tuyên giáo Tỉnh ủy và chuyên viên.", "chuyên viên")
    assert "lost: " in answer
    assert "a plain work title counts with a named holder only" in answer


def test_without_a_label_the_likely_ones_are_answered(ask: Ask) -> None:
    answer = ask("Đoàn gặp Trần Khắc Nhựt ở đó.", "Trần Khắc Nhựt")
    assert "OFFICIAL: not read, nearest rule person." in answer
    assert "DATE: not read" not in answer


def test_where_no_rule_begins_each_label_says_why(ask: Ask) -> None:
    answer = ask("Cà phê Suối Vàng bán chạy.", "Suối Vàng")
    assert "no rule begins to read here" in answer
    assert all(f"\n    {label}" in answer for label in LABELS)
    assert "would be TRADEMARK with a cue right before it" in answer


def test_each_occurrence_is_answered_up_to_the_limit(ask: Ask) -> None:
    text = "Sở họp.\n\nSở nghỉ.\n\nSở làm.\n"
    assert ask(text, "Sở", label="DATE", limit=2).count("DATE: not read") == 2
    assert "and 1 more (--limit)" in ask(text, "Sở", label="DATE", limit=2)


@pytest.mark.parametrize(("wanted", "found"), [("Trần Hoà", 1), ("trần hòa", 1), ("Trần  Hòa", 1), ("Trần Hoa", 0), ("rần Hòa", 0)])
def test_spelling_does_not_count_but_tones_and_words_do(wanted: str, found: int, nlp: Language) -> None:
    from minutes_extract.pipeline import reading_of

    assert len(occurrences(reading_of(nlp("Ông Trần Hòa đến.")).laid_out, wanted)) == found


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("Tran Khac Nhut", "does not occur in .*; it has 'Trần Khắc Nhựt'"),
        ("Trần Khắc Sửu", "the nearest it has is '.*Trần Khắc"),
        ("Zürich", "does not occur"),
        (" ., ", "give a string with a letter or a digit"),
        ("", "give a string with a letter or a digit"),
    ],
)
def test_a_string_that_does_not_occur_is_told_with_what_looks_like_it(wanted: str, message: str, ask: Ask) -> None:
    with pytest.raises(UsageError, match=message):
        ask("Ông Trần Khắc Nhựt phát biểu.", wanted)


def test_offsets_are_those_of_the_text_as_read(ask: Ask) -> None:
    assert "\n13..15 [" in ask("\ufeffHo\u0323p\u00a0xong,\r\nSở nghỉ", "Sở", label="DATE")


def test_every_label_has_changes_to_try() -> None:
    assert {probe.label for probe in probes()} == {*LABELS, "any"}
