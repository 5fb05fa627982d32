"""The explanation names rule, zone and evidence of what was found, and the reason and the winner of what was not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from minutes_extract.errors import UsageError
from minutes_extract.export.explanation import explanation
from minutes_extract.find.candidate import Candidate, Rejected
from minutes_extract.link.facts import Facts, Person, Position
from minutes_extract.records import MinutesRecord
from minutes_extract.text.page import Line, Page

TEXT = "Bà Lê Thị Hòa, Phó Giám đốc Sở Nội vụ"


def candidate(text: str, label: str, rule: str, *evidence: str) -> Candidate:
    start = TEXT.index(text)
    return Candidate(start, start + len(text), label, rule, evidence)


NAME = candidate("Lê Thị Hòa", "OFFICIAL", "person.honorific", "honorific", "surname")
POST = candidate("Phó Giám đốc", "TITLE", "post.deputy")
SHORT = candidate("Giám đốc", "TITLE", "post.head")
BODY = candidate("Sở Nội vụ", "ORGANIZATION", "body.department")


@pytest.fixture
def analysis() -> Any:
    page = Page(TEXT, TEXT.lower(), (), (), (), (), (), (Line(0, len(TEXT), 0, 0, "body"),), ())
    person = Person(
        "Lê Thị Hòa",
        (NAME,),
        honorific="Bà",
        positions=(Position(POST, BODY, "Sở Nội vụ tỉnh Bến Tre", rule="position.after_name"),),
        roles=("speaker",),
    )
    facts = Facts(
        mentions=(NAME, POST, BODY), rejected=(Rejected(SHORT, "lies inside a longer post", POST),), people=(person, Person("Ngô An", ()))
    )
    mentions = [
        {"id": "m1", "label": "OFFICIAL", "start": NAME.start, "end": NAME.end, "text": "Lê Thị Hòa", "zone": "body",
         "rule": NAME.rule, "confidence": "strong", "evidence": NAME.evidence}
    ]  # fmt: skip
    record = MinutesRecord.model_validate(
        {
            "doc_id": "bb_1",
            "source": {"path": None, "media_type": "text/plain", "encoding": None, "sha256": "0", "chars": len(TEXT)},
            "tool": {"version": "0", "ruleset": "sha256:0123456789"},
            "published": None,
            "meeting": {"title": None, "kind": "visit", "date": "2023-06-05", "part_of_day": None, "chairs": ["Lê Thị Hòa"]},
            "mentions": mentions,
            "warnings": [{"code": "implausible_year", "message": "year 20203 read as 2023", "mentions": ["m1"]}],
        }
    )
    return SimpleNamespace(page=page, facts=facts, record=record)


def test_each_mention_has_its_rule_zone_and_evidence(analysis: Any) -> None:
    (line,) = [line for line in explanation(analysis) if "m1   " in line]
    for part in ("3..13", "OFFICIAL", "'Lê Thị Hòa'", "[body]", "person.honorific", "strong", "honorific, surname"):
        assert part in line


def test_a_loser_has_its_reason_and_its_winner(analysis: Any) -> None:
    (line,) = [line for line in explanation(analysis) if "lies inside" in line]
    assert "'Giám đốc'" in line
    assert "post.head: lies inside a longer post; won: TITLE 'Phó Giám đốc' (post.deputy)" in line


def test_people_have_posts_with_body_status_and_why(analysis: Any) -> None:
    lines = explanation(analysis)
    assert "  Lê Thị Hòa (Bà): named 1 time" in lines
    assert "    roles: speaker" in lines
    (line,) = [line for line in lines if "post: " in line]
    assert "'Phó Giám đốc' of Sở Nội vụ tỉnh Bến Tre, current" in line
    assert "joined by position.after_name" in line
    assert "    no post found" in lines


def test_meeting_and_warnings_are_told(analysis: Any) -> None:
    lines = explanation(analysis)
    assert "  chairs: Lê Thị Hòa" in lines
    assert "  implausible_year: year 20203 read as 2023 (m1)" in lines


@pytest.mark.parametrize("name", ["Lê Thị Hòa", "thị hoà", "LÊ"])
def test_one_person_is_found_by_a_part_of_the_name(name: str, analysis: Any) -> None:
    lines = explanation(analysis, person=name)
    assert lines[0] == "  Lê Thị Hòa (Bà): named 1 time"
    assert any("Bà >Lê Thị Hòa<, Phó Giám đốc" in line for line in lines)
    assert not any("Ngô An" in line for line in lines)


def test_who_is_not_there_is_told_with_who_is(analysis: Any) -> None:
    with pytest.raises(UsageError, match="found: Lê Thị Hòa, Ngô An"):
        explanation(analysis, person="Tín")
