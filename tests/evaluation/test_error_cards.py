"""Errors in their classes: spans, values, links, people told twice; and that the cards are the errors of the scores."""

from __future__ import annotations

import hashlib
import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract import load_gold
from minutes_extract.assemble import analyse, load
from minutes_extract.evaluation.error_cards import NO_PREDICTION, error_cards
from minutes_extract.evaluation.error_classes import CLASS_NAMES, CLASSES, ErrorCard
from minutes_extract.evaluation.error_reasons import ALL_HOLD, reasons_by_document
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.matching import Span
from minutes_extract.evaluation.precision_coverage import coverage_curve
from minutes_extract.evaluation.report_lines import AROUND, Lines, excerpt
from minutes_extract.evaluation.schema_table import score_documents
from minutes_extract.evaluation.systems import read_with
from minutes_extract.reading import read
from minutes_extract.records import LABELS, MinutesRecord
from minutes_extract.rulebook.book import load_rulebook

from .conftest import make_gold, make_record

D, O, P, T = "DATE", "ORGANIZATION", "OFFICIAL", "TITLE"  # noqa: E741


def cards_of(gold: GoldDocument, record: MinutesRecord | None) -> list[ErrorCard]:
    return error_cards([gold], {} if record is None else {record.doc_id: record})


@pytest.mark.parametrize(
    ("gold", "predicted", "kind", "note"),
    [
        ((0, 20, T), (0, 12, T), "too_short", ""),
        ((0, 20, T), (4, 12, T), "too_short", ""),
        ((4, 12, T), (0, 20, T), "too_long", ""),
        ((4, 12, T), (4, 20, T), "too_long", ""),
        ((0, 12, T), (4, 20, T), "crossing", ""),
        ((0, 12, T), (0, 12, O), "wrong_label", ""),
        ((0, 12, T), (4, 12, O), "wrong_label", "boundary too short besides"),
        ((0, 12, T), None, "missed", ""),
        (None, (0, 12, T), "spurious", ""),
        ((0, 4, D), (0, 4, D, {"value": "2021"}), "wrong_value", ""),
    ],
)
def test_each_error_of_a_span_has_its_class(gold: Any, predicted: Any, kind: str, note: str) -> None:
    document = make_gold(*([gold] if gold else []))
    if kind == "wrong_value":
        document = make_gold(mentions=[{"start": 0, "end": 4, "label": D, "text": "xxxx", "value": "2022"}])
    [card] = cards_of(document, make_record(*([predicted] if predicted else [])))
    assert (card.kind, card.note) == (kind, note)
    assert [told.spans for told in card.gold] == ([(Span(*gold),)] if gold else [])
    assert [told.rule for told in card.predicted] == (["test"] if predicted else [])


def test_what_touches_a_neutral_region_is_no_error() -> None:
    gold = make_gold((0, 4, T), neutral=[[10, 20]])
    assert not cards_of(gold, make_record((0, 4, T), (18, 25, O)))
    assert [card.kind for card in cards_of(gold, make_record((0, 4, T), (20, 25, O)))] == ["spurious"]


def test_a_right_date_without_a_gold_value_is_no_error() -> None:
    assert not cards_of(make_gold((0, 4, D)), make_record((0, 4, D, {"value": "2021"})))


def test_a_document_without_a_prediction_has_missed_all() -> None:
    cards = cards_of(make_gold((0, 4, T), (6, 9, O)), None)
    assert [(card.kind, card.note) for card in cards] == [("missed", NO_PREDICTION)] * 2


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from(LABELS)), max_size=8)


@given(spans, spans)
def test_the_cards_of_spans_are_the_errors_of_the_scores(gold: list[tuple[int, int, str]], predicted: list[tuple[int, int, str]]) -> None:
    wanted, given_ = ({(start, start + size, label) for start, size, label in side} for side in (gold, predicted))
    document, record = make_gold(*sorted(wanted)), make_record(*sorted(given_))
    cards = cards_of(document, record)
    strict = score_documents([document], {"d1": record}).overall["strict"]
    kinds = [card.kind for card in cards]
    assert (kinds.count("missed"), kinds.count("spurious")) == (strict.mis, strict.spu)
    assert sum(kinds.count(kind) for kind in ("too_short", "too_long", "crossing", "wrong_label")) == strict.inc
    assert cards == sorted(cards, key=lambda card: card.order)


# links


def people(*posts: tuple[str, str, str | None]) -> list[dict[str, Any]]:
    return [{"name": name, "positions": [{"title": title, "organization": body}]} for name, title, body in posts]


def officials(*posts: tuple[str, str, str | None]) -> list[dict[str, Any]]:
    return [{"id": f"o{number}", "confidence": "strong", **person} for number, person in enumerate(people(*posts), 1)]


LAN = ("Trần Thị Lan", "Giám đốc", "Sở Tư pháp")


@pytest.mark.parametrize(
    ("predicted", "notes"),
    [
        ([LAN], []),
        ([("Trần thị Lan", "giám đốc", "Sở Tư Pháp")], []),
        ([("Trần Thị Lan", "Giám đốc", "Sở Y tế")], ["another body"]),
        ([("Trần Thị Lan", "Giám đốc", None)], ["another body"]),
        ([("Trần Thị Lan", "Phó Giám đốc", "Sở Tư pháp")], ["another post"]),
        ([("Trần Thị Lan", "Chánh Văn phòng", "Sở Y tế")], ["another post and body"]),
        ([("Lò Văn Pấng", "Giám đốc", "Sở Tư pháp")], ["another person"]),
        ([], ["the person is not in the record"]),
        ([LAN, ("Lò Văn Pấng", "Trưởng phòng", None)], ["gold does not have this post"]),
    ],
)
def test_a_link_that_one_side_has_is_told(predicted: list[tuple[str, str, str | None]], notes: list[str]) -> None:
    cards = cards_of(make_gold(officials=people(LAN)), make_record(officials=officials(*predicted)))
    assert [(card.kind, card.note) for card in cards] == [("wrong_link", note) for note in notes]


def test_a_link_stands_where_its_post_and_the_nearest_mention_of_its_person_stand() -> None:
    mentions = [
        {"start": 0, "end": 12, "label": P, "text": "Trần Thị Lan"},
        {"start": 40, "end": 48, "label": T, "text": "Giám đốc"},
        {"start": 50, "end": 62, "label": P, "text": "Trần Thị Lan"},
    ]
    gold = make_gold(mentions=mentions, officials=people(LAN))
    [card] = [card for card in cards_of(gold, make_record()) if card.kind == "wrong_link"]
    assert card.spans == (Span(40, 48, T), Span(50, 62, P))


def test_roles_at_the_meeting_are_links() -> None:
    gold = make_gold(meeting={"kind": "conference", "chairs": ["Trần Thị Lan"]})
    meeting = {"title": None, "kind": "conference", "date": None, "part_of_day": None, "chairs": ["Lò Văn Pấng"]}
    cards = cards_of(gold, make_record(meeting=meeting))
    assert sorted(card.note for card in cards) == ["not told as chair", "told as chair; gold does not"]


def test_another_date_of_the_meeting_is_a_wrong_value() -> None:
    gold = make_gold(meeting={"kind": "conference", "date": "2021-03-30"})
    [card] = cards_of(gold, make_record())
    assert (card.kind, card.gold[0].text, card.predicted) == ("wrong_value", "2021-03-30", ())


def named(*texts: tuple[int, str]) -> list[dict[str, Any]]:
    return [{"start": start, "end": start + len(text), "label": P, "text": text} for start, text in texts]


def spoken(*texts: tuple[int, str]) -> list[tuple[Any, ...]]:
    return [(start, start + len(text), P, {"text": text}) for start, text in texts]


def person(number: int, name: str, *mentions: str) -> dict[str, Any]:
    return {"id": f"o{number}", "name": name, "confidence": "strong", "mentions": mentions}


def test_one_person_told_as_two_is_a_duplicate() -> None:
    places = [(0, "Trần Hoàng Hiệp"), (30, "Hiệp")]
    gold = make_gold(mentions=named(*places), officials=[{"name": "Trần Hoàng Hiệp"}])
    two = make_record(*spoken(*places), officials=[person(1, "Trần Hoàng Hiệp", "m1"), person(2, "Hiệp", "m2")])
    [card] = cards_of(gold, two)
    assert (card.kind, card.note) == ("duplicate_person", "one person told as several")
    assert [told.text for told in card.predicted] == ["Trần Hoàng Hiệp", "Hiệp"]
    assert not cards_of(gold, make_record(*spoken(*places), officials=[person(1, "Trần Hoàng Hiệp", "m1", "m2")]))


def test_two_people_told_as_one_are_a_duplicate() -> None:
    places = [(0, "Trần Hoàng Hiệp"), (30, "Lê Văn Hiệp"), (60, "Hiệp")]  # whose the last is nobody can say
    gold = make_gold(mentions=named(*places), officials=[{"name": "Trần Hoàng Hiệp"}, {"name": "Lê Văn Hiệp"}])
    [card] = cards_of(gold, make_record(*spoken(*places), officials=[person(1, "Trần Hoàng Hiệp", "m1", "m2", "m3")]))
    assert (card.kind, card.note) == ("duplicate_person", "several people told as one")
    assert sorted(told.text for told in card.gold) == ["Lê Văn Hiệp", "Trần Hoàng Hiệp"]


# the line


def test_crossing_and_nested_spans_have_rows_of_their_own() -> None:
    gold = [Span(0, 11, O), Span(3, 7, T), Span(5, 15, P)]
    found = excerpt(Lines("Ban Dân tộc tỉnh họp"), gold[:1], gold, [Span(3, 7, T)])
    assert "".join(segment.text for segment in found.segments) == "Ban Dân tộc tỉnh họp"
    assert [(mark.row, mark.label, mark.focus) for mark in found.segments[2].gold] == [(0, O, True), (1, T, False), (2, P, False)]
    assert [len(segment.predicted) for segment in found.segments] == [0, 1, 1, 0, 0, 0]


def test_the_line_is_told_with_its_number_whatever_ends_lines() -> None:
    text = "một\r\nhai\rba\nSở Y tế"
    start = text.index("Sở")
    found = excerpt(Lines(text), [Span(start, start + 7, O)], [], [])
    assert (found.line, [segment.text for segment in found.segments]) == (4, ["Sở Y tế"])


def test_a_long_line_is_cut_between_words() -> None:
    text = "ông " * 200 + "Sở Y tế" + " họp" * 200
    start = text.index("Sở")
    found = excerpt(Lines(text), [Span(start, start + 7, O)], [Span(start, start + 7, O)], [])
    shown = "".join(segment.text for segment in found.segments)
    assert (found.cut_left, found.cut_right) == (True, True)
    assert len(shown) <= 7 + 2 * AROUND and shown.startswith("ông") and shown.endswith("họp")


def test_a_span_over_two_lines_shows_both() -> None:
    found = excerpt(Lines("đầu\nVĂN PHÒNG\nCHÍNH PHỦ\ncuối"), [Span(4, 23, O)], [Span(4, 23, O)], [])
    assert (found.line, [segment.text for segment in found.segments]) == (2, ["VĂN PHÒNG\nCHÍNH PHỦ"])


def test_focus_far_apart_shows_the_first() -> None:
    text = "Sở Y tế\n" + "\n".join("họp" for _ in range(200))
    found = excerpt(Lines(text), [Span(0, 7, O), Span(700, 703, O)], [], [])
    assert [segment.text for segment in found.segments] == ["Sở Y tế"]


@given(spans, spans)
def test_segments_are_the_text_and_carry_every_mark(gold: list[tuple[int, int, str]], predicted: list[tuple[int, int, str]]) -> None:
    text = "😀 Ủy ban\nnhân dân 🏳️‍🌈 xã Đông và nhiều người khác nữa"
    wanted, given_ = ([Span(start, min(start + size, len(text)), label) for start, size, label in side] for side in (gold, predicted))
    found = excerpt(Lines(text), [Span(0, 3, O)], wanted, given_)
    shown = "".join(segment.text for segment in found.segments)
    assert text.startswith(shown)
    for side, name in ((wanted, "gold"), (given_, "predicted")):
        marked = sum(len(segment.text) * len(getattr(segment, name)) for segment in found.segments)
        assert marked == sum(max(0, min(span.end, len(shown)) - span.start) for span in side)
        for segment in found.segments:
            taken = [mark.row for mark in getattr(segment, name)]
            assert len(taken) == len(set(taken))


# reasons and the curve


@pytest.fixture(scope="module")
def reading() -> Any:
    nlp = load(words=False)
    return partial(analyse, nlp)


def written(folder: Path, text: str, *quotes: tuple[str, str], **fields: Any) -> GoldDocument:
    """A gold document with its text beside it; each quote is marked where it first stands."""
    mentions = [{"start": text.index(q), "end": text.index(q) + len(q), "label": label, "text": q} for q, label in quotes]
    doc_id = fields.pop("doc_id", "d1")
    for name, content in (
        (f"text/{doc_id}.txt", text),
        (f"gold/{doc_id}.json", json.dumps({"doc_id": doc_id, "guidelines": "1.1", "sha256": hashlib.sha256(text.encode()).hexdigest(), "mentions": mentions, **fields})),
    ):  # fmt: skip
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content.encode())
    [document] = [found for found in load_gold(folder / "gold") if found.doc_id == doc_id]
    return document


def test_losers_and_conditions_are_told_of_a_record_that_these_rules_made(tmp_path: Path, reading: Any) -> None:
    text = "Bến đò đông đúc.\nVăn phòng Chủ tịch nước và Văn phòng Chủ tịch nước họp."
    gold = written(tmp_path, text, ("đông đúc", T), ("Chủ tịch", T), ("Văn phòng Chủ tịch nước", O))
    record = reading(read(gold.text_path or "", doc_id="d1")).record
    reasons = reasons_by_document(reading, cards_of(gold, record), [gold], {"d1": record})["d1"]
    [missed, lost] = reasons.why
    assert (reasons.silence, reasons.why[missed], reasons.why[lost]) == ("", "no known post begins here (posts.yaml)", ALL_HOLD)
    [first, second] = reasons.losers  # the second stands in the other, spurious body
    assert (first.candidate.text, first.candidate.span, first.reason) == ("Chủ tịch", lost, "it is part of a body's name")
    assert first.winner is not None and first.winner.text == "Văn phòng Chủ tịch nước"
    assert second.candidate.span.start == text.rindex("Chủ tịch")


def test_losers_stand_in_the_text_as_read(tmp_path: Path, reading: Any) -> None:
    text = "họp\r\nVa\u0306n pho\u0300ng Chủ tịch nước họp"  # two letters that are one when clean, before the place
    gold = written(tmp_path, text, ("Chủ tịch", T))
    record = reading(read(gold.text_path or "", doc_id="d1")).record
    [loser] = reasons_by_document(reading, cards_of(gold, record), [gold], {"d1": record})["d1"].losers
    assert text[slice(*loser.candidate.span[:2])] == loser.candidate.text == "Chủ tịch"


def test_nothing_is_told_of_a_record_that_another_system_made(tmp_path: Path, reading: Any) -> None:
    gold = written(tmp_path, "Giám đốc Sở Nội vụ tỉnh Cà Mau họp.", ("Giám", O))
    record = make_record((0, 8, T, {"text": "Giám đốc"}), sha256=gold.sha256)
    reasons = reasons_by_document(reading, cards_of(gold, record), [gold], {"d1": record})
    assert reasons["d1"].silence == "read again, the document gives other mentions than the record"


def test_documents_without_errors_are_not_read_again() -> None:
    def fail(source: object) -> Any:
        raise AssertionError("read")

    gold, record = make_gold((0, 4, T)), make_record((0, 4, T))
    assert reasons_by_document(fail, cards_of(gold, record), [gold], {"d1": record}) == {}


def test_the_curve_of_our_records_goes_by_their_sums_and_of_others_by_the_verdict(raw: Path, gold: Path, reading: Any) -> None:
    documents = load_gold(gold, texts=raw)[:2]
    ours = {one.doc_id: reading(read(one.text_path or "", doc_id=one.doc_id)).record for one in documents}
    curve = coverage_curve(documents, ours, load_rulebook())
    assert curve.by == "sum" and len(curve.points) > 2
    assert [point.coverage for point in curve.points] == sorted(point.coverage for point in curve.points)
    assert curve.points[-1].coverage == 1 and curve.area is not None and 0 < curve.area <= 1
    names = [str(raw / f"{one.doc_id}.txt") for one in documents]
    theirs = {record.doc_id: record for record in read_with("gazetteer", names) if isinstance(record, MinutesRecord)}
    assert coverage_curve(documents, theirs, load_rulebook()).by == "verdict"


def test_every_class_has_a_name() -> None:
    assert tuple(CLASS_NAMES) == CLASSES
