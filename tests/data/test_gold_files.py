"""Each gold file is whole: its fields, the hash of its document, its quotes, its names."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

DATA = Path(__file__).parents[2] / "data"
FILES = sorted((DATA / "gold").glob("*.json"))

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False, pattern=r"^\S(?s:.*\S)?$")]
Edtf = Annotated[str, StringConstraints(pattern=r"^[\dX]{4}[-/\dX:T+~?.]*$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Part(BaseModel):
    """Nothing missing, nothing more, no type guessed."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Mention(Part):
    start: Annotated[int, Field(ge=0)]
    end: int
    label: Literal["OFFICIAL", "TITLE", "ORGANIZATION", "DATE", "TRADEMARK"]
    text: Text
    value: Edtf | None = None


class Meeting(Part):
    title: Text
    kind: Literal["working_session", "visit", "conference", "regular_meeting", "inspection", "ceremony", "signing", "training", "other"]
    date: Edtf | None
    part_of_day: Literal["morning", "noon", "afternoon", "evening"] | None
    place: Text | None
    chairs: list[Text]
    delegation_heads: list[Text]
    secretaries: list[Text]


class Position(Part):
    title: Text
    organization: Text | None
    status: Literal["current", "former", "acting"]


class Official(Part):
    name: Text
    positions: list[Position]
    roles: list[Literal["chair", "delegation_head", "secretary", "speaker", "attendee", "host", "editor", "mentioned"]]


class Trademark(Part):
    name: Text
    kind: Literal["trademark", "collective", "certification", "geographical_indication", "brand"]
    owner: Text | None
    product: Text | None
    number: Text | None


class Directive(Part):
    issuer: Text | None
    assignees: list[Text]
    co_assignees: list[Text]
    kind: Literal["directive", "petition"]
    action: Text
    due: Edtf | None


class Count(Part):
    declared: Annotated[int, Field(ge=0)]
    noun: Text
    listed: Annotated[int, Field(ge=0)]


class Gold(Part):
    doc_id: Text
    guidelines: Literal["1.1"]
    sha256: Sha256
    source: Text | None
    mentions: list[Mention]
    neutral: list[Annotated[list[int], Field(min_length=2, max_length=2)]]
    published: Edtf | None
    meeting: Meeting | None
    officials: list[Official]
    trademarks: list[Trademark]
    directives: list[Directive] = []
    counts: list[Count] = []


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def gold(request: pytest.FixtureRequest) -> Gold:
    return Gold.model_validate_json(request.param.read_bytes())


def text_of(gold: Gold) -> str:
    return (DATA / "raw" / f"{gold.doc_id}.txt").read_bytes().decode("utf-8")


def test_every_document_has_gold_and_every_gold_a_document() -> None:
    assert [path.stem for path in FILES] == sorted(path.stem for path in (DATA / "raw").iterdir())
    assert len(FILES) == 12


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_doc_id_is_the_file_name(path: Path) -> None:
    assert json.loads(path.read_bytes())["doc_id"] == path.stem


def test_sha256_is_that_of_the_document(gold: Gold) -> None:
    assert hashlib.sha256((DATA / "raw" / f"{gold.doc_id}.txt").read_bytes()).hexdigest() == gold.sha256


def test_every_quote_stands_at_its_offsets(gold: Gold) -> None:
    text = text_of(gold)
    wrong = [m for m in gold.mentions if text[m.start : m.end] != m.text]
    assert not wrong


def test_mentions_are_in_order_and_none_stands_twice(gold: Gold) -> None:
    keys = [(m.start, m.end, m.label) for m in gold.mentions]
    assert len(set(keys)) == len(keys)
    assert [key[0] for key in keys] == sorted(key[0] for key in keys)


def test_only_dates_have_a_value(gold: Gold) -> None:
    assert not [m for m in gold.mentions if m.value is not None and m.label != "DATE"]


def test_no_mention_begins_or_ends_with_a_comma_or_a_quotation_mark(gold: Gold) -> None:
    assert not [m for m in gold.mentions if re.search(r"^[,;:.\"“”'‘’]|[,;:\"“”]$", m.text)]


def test_neutral_regions_lie_in_the_text(gold: Gold) -> None:
    size = len(text_of(gold))
    assert all(0 <= start < end <= size for start, end in gold.neutral)


def test_chairs_heads_and_secretaries_are_officials(gold: Gold) -> None:
    names = {official.name for official in gold.officials}
    assert gold.meeting is not None
    assert {*gold.meeting.chairs, *gold.meeting.delegation_heads, *gold.meeting.secretaries} <= names


def test_each_official_is_one_entry_and_is_mentioned(gold: Gold) -> None:
    names = [official.name for official in gold.officials]
    assert len(set(names)) == len(names)
    mentioned = {m.text.casefold() for m in gold.mentions if m.label == "OFFICIAL"}
    assert not [name for name in names if name.casefold() not in mentioned]
