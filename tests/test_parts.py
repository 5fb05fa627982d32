"""Parts that are left out to measure what they add: what each takes away, and that the records say so."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from minutes_extract import __version__, extract_many
from minutes_extract.assemble import analyse, extract_record
from minutes_extract.errors import UsageError
from minutes_extract.parts import PARTS
from minutes_extract.pipeline import load
from minutes_extract.reading.source import read_text
from minutes_extract.records import MinutesRecord

TEXT = """Họp giao ban Sở Tư pháp

Sáng ngày 12/3, ông Trần Khắc Nhựt, Giám đốc Sở Tư pháp tỉnh An Giang chủ trì cuộc họp. Ông Nhựt phát biểu.

[14/03/2022 08:30]
"""
TYPO = "Trung tâm Ứng dụng Tiến khoa học công nghệ báo cáo. Trung tâm Ứng dụng Tiến bộ khoa học công nghệ tiếp thu."


def record(text: str, *without: str, nlp: Language | None = None) -> MinutesRecord:
    return extract_record(nlp or load(spans=False, without=without), read_text(text))


def test_nothing_left_out_is_the_whole_program(nlp: Language) -> None:
    whole = record(TEXT, nlp=nlp)
    assert record(TEXT) == whole
    assert whole.tool.version == __version__


@pytest.mark.parametrize("part", PARTS)
def test_a_record_says_what_was_left_out(part: str) -> None:
    left = record(TEXT, part)
    assert left.tool.version == f"{__version__}+without.{part}"
    assert left.tool.ruleset == record(TEXT).tool.ruleset


def test_without_words_every_syllable_is_one() -> None:
    page = analyse(load(spans=False, without=["words"]), read_text(TEXT)).page
    assert not any(" " in page.text[start:end] for start, end in page.words)
    assert record(TEXT, "words") == extract_record(load(words=False, spans=False), read_text(TEXT))


def test_without_zones_every_line_is_body() -> None:
    assert {line.zone for line in analyse(load(spans=False), read_text(TEXT)).page.lines} > {"body"}
    assert {line.zone for line in analyse(load(spans=False, without=["zones"]), read_text(TEXT)).page.lines} == {"body"}


def test_without_fuzzy_a_typing_error_makes_another_body() -> None:
    assert len(record(TYPO).organizations) == 1
    assert len(record(TYPO, "fuzzy").organizations) == 2


def test_without_link_mentions_stay_single() -> None:
    whole, single = record(TEXT), record(TEXT, "link")
    assert [(p.name, len(p.positions)) for p in whole.officials] == [("Trần Khắc Nhựt", 1)]
    assert [(p.name, len(p.positions), p.roles) for p in single.officials] == [("Trần Khắc Nhựt", 0, ()), ("Nhựt", 0, ())]
    assert [body.name for body in single.organizations] == ["Sở Tư pháp", "Sở Tư pháp tỉnh An Giang"]
    assert (single.meeting, single.published, single.directives, single.counts, single.warnings) == (None, None, (), (), ())
    assert next(m.value for m in single.mentions if m.label == "DATE") == "XXXX-03-12"
    assert next(m.value for m in whole.mentions if m.label == "DATE") == "2022-03-12"
    assert {(m.start, m.end, m.label) for m in whole.mentions} <= {(m.start, m.end, m.label) for m in single.mentions}


@pytest.mark.parametrize("processes", [1, 2])
def test_parts_reach_the_documents_of_a_batch(processes: int, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    outcomes = list(extract_many(tmp_path, processes=processes, without=["zones", "link"]))
    assert [outcome.record.tool.version for outcome in outcomes] == [f"{__version__}+without.link.zones"] * 2  # type: ignore[union-attr]


def test_an_unknown_part_is_told_at_once_with_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    message = "no part 'dates' to leave out; the parts are fuzzy, link, words, zones"
    with pytest.raises(UsageError, match=message):
        extract_many(tmp_path, without=["link", "dates"])
    with pytest.raises(UsageError, match=message):
        load(without="dates")
