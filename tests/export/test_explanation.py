"""The explanation names rule, zone and evidence of what was found, and the reason and the winner of what was not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from minutes_extract.errors import UsageError
from minutes_extract.export.explanation import explanation, waterfall
from minutes_extract.find.candidate import Candidate, Rejected
from minutes_extract.link.confidence import Sum, weigh
from minutes_extract.link.facts import Facts, Person, Position
from minutes_extract.records import MinutesRecord
from minutes_extract.rulebook.book import load_rulebook
from minutes_extract.text.page import Line, Page

TEXT = "Bà Lê Thị Hòa, Phó Giám đốc Sở Nội vụ"


def candidate(text: str, label: str, rule: str, *evidence: str) -> Candidate:
    start = TEXT.index(text)
    return Candidate(start, start + len(text), label, rule, evidence)


NAME = candidate("Lê Thị Hòa", "OFFICIAL", "person.honorific", "person.addressed", "person.full_name")
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
        positions=(Position(POST, BODY, "Sở Nội vụ tỉnh Bến Tre", rule="position.behind_name"),),
        roles=("speaker",),
    )
    facts = Facts(mentions=(NAME,), rejected=(Rejected(SHORT, "lies inside a longer post", POST),), people=(person, Person("Ngô An", ())))
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
    rulebook = load_rulebook()
    return SimpleNamespace(
        page=page, facts=facts, record=record, rulebook=rulebook, sums={NAME.key: weigh(rulebook, "OFFICIAL", NAME.evidence)}
    )


def test_each_mention_has_its_rule_zone_and_evidence(analysis: Any) -> None:
    (line,) = [line for line in explanation(analysis) if "m1   " in line]
    for part in ("3..13", "OFFICIAL", "'Lê Thị Hòa'", "[body]", "person.honorific", "strong"):
        assert part in line


def test_the_sum_of_a_mention_stands_below_it_and_brief_leaves_it_out(analysis: Any) -> None:
    lines = explanation(analysis)
    at = next(number for number, line in enumerate(lines) if "m1   " in line)
    assert [line.split()[:2] for line in lines[at + 1 : at + 5]] == [
        ["base", "+0.00"],
        ["person.addressed", "+1.00"],
        ["person.full_name", "+0.50"],
        ["sum", "1.50"],
    ]
    assert not any("person.addressed" in line for line in explanation(analysis, brief=True))


def test_bars_begin_where_the_sum_so_far_ends() -> None:
    total = Sum(0.5, (("person.addressed", 1.0), ("person.is_place", -0.75), ("never.heard", 0.0)), 1.0)
    assert [line[38:].split("  ")[0].rstrip() for line in waterfall(total, load_rulebook())] == ["++", "", "", "", "==="]
    lines = waterfall(total, load_rulebook())
    assert lines[1][36:].startswith("    ++++") or "  ++++" in lines[1]
    assert "   ---" in lines[2]
    assert "has no weight in weights.yaml" in lines[3]
    assert lines[4].endswith("less than 1.00 is weak")


def test_a_sum_below_zero_has_room_for_its_bar() -> None:
    lines = waterfall(Sum(0.0, (("body.is_place", -1.5), ("body.head", 1.0)), 1.0), load_rulebook())
    columns = [line[38:50] for line in lines]
    assert columns[1].startswith("------")
    assert columns[2].startswith("++++")
    assert lines[-1].split()[1] == "-0.50"


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
    assert "joined by position.behind_name (the post stands behind the name" in line
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


def test_a_real_document_tells_how_names_and_values_were_found(nlp: Any) -> None:
    from minutes_extract.assemble import analyse
    from minutes_extract.batch.one import read_document

    text = (
        "UBND tỉnh Bến Tre họp ngày 12/3/2024\n\nSáng 15/3, Sở Tư pháp báo cáo. Sáng 31/4/2024 nghỉ. "
        "Ông Trần Khắc Nhựt, Giám đốc Sở Tư pháp, nói.\n"
    )
    told = "\n".join(explanation(analyse(nlp, read_document(text=text))))
    assert "UBND tỉnh Bến Tre: named 1 time; written so at 0" in told
    assert "Sở Tư pháp tỉnh Bến Tre: named 2 times; from 'Sở Tư pháp'" in told
    assert ": all of it is written there" in told
    assert "'Sáng 15/3' = 2024-03-15" in told
    assert "the year is not written there" in told
    assert "the parts make no calendar value" in told
