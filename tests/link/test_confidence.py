"""How sure a mention is comes from its evidence, from its document and from data alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.confidence import Sum, confidence_of, evidence_weights, gather_evidence, weigh
from minutes_extract.pipeline import reading_of
from minutes_extract.rulebook.book import load_rulebook

if TYPE_CHECKING:
    from spacy.language import Language

SumOf = Callable[[str, str, str], Sum]


@pytest.fixture(scope="module")
def sum_of(nlp: Language) -> SumOf:
    """`sum_of(text, mention, label)`: the sum of the first such mention of a text."""

    def sum_of(text: str, wanted: str, label: str) -> Sum:
        reading = reading_of(nlp(text))
        sums = gather_evidence(reading.laid_out, reading.rulebook, reading.facts)
        found = {(text[m.start : m.end], m.label): sums[m.key] for m in reversed(reading.facts.mentions)}
        return found[wanted, label]

    return sum_of


@pytest.mark.parametrize(
    ("label", "evidence", "confidence"),
    [
        ("OFFICIAL", ("person.addressed", "person.full_name"), "strong"),
        ("OFFICIAL", ("person.addressed", "person.given_name"), "strong"),
        ("OFFICIAL", ("person.addressed", "person.given_name", "person.never_in_full"), "weak"),
        ("OFFICIAL", ("person.post_before", "person.full_name"), "strong"),
        ("OFFICIAL", ("person.post_after", "person.full_name", "person.holds_post"), "strong"),
        ("OFFICIAL", ("person.post_after", "person.full_name"), "weak"),
        ("OFFICIAL", ("person.verb_after", "person.full_name"), "weak"),
        ("OFFICIAL", ("person.full_name",), "weak"),
        ("OFFICIAL", (), "weak"),
        ("TITLE", ("post.known",), "strong"),
        ("TITLE", ("post.known", "post.lower_case"), "weak"),
        ("ORGANIZATION", ("body.head",), "strong"),
        ("ORGANIZATION", ("body.head", "body.after_post", "body.bare"), "strong"),
        ("ORGANIZATION", ("body.head", "body.bare"), "weak"),
        ("ORGANIZATION", ("body.head", "body.free_name"), "weak"),
        ("DATE", ("day",), "strong"),
        ("DATE", ("day", "date.no_value"), "weak"),
        ("TRADEMARK", ("mark.after_cue",), "strong"),
    ],
)
def test_evidence_makes_a_mention_strong_or_weak(label: str, evidence: tuple[str, ...], confidence: str) -> None:
    assert confidence_of(load_rulebook(), Candidate(0, 3, label, "test", evidence)) == confidence


@pytest.mark.parametrize(
    ("text", "wanted", "label", "has", "has_not"),
    [
        ("Ông Trần Khắc Nhựt, Giám đốc Sở Tư pháp.", "Trần Khắc Nhựt", "OFFICIAL", "person.holds_post", "person.surname_unknown"),
        ("Ông Trần Khắc Nhựt phát biểu.", "Trần Khắc Nhựt", "OFFICIAL", "person.addressed", "person.holds_post"),
        ("Chị Hà, chủ cửa hàng, cho biết.", "Hà", "OFFICIAL", "person.never_in_full", "person.full_name"),
        ("Bà Lê Thị Hà đến. Theo bà Hà, việc đã xong.", "Hà", "OFFICIAL", "person.given_name", "person.never_in_full"),
        ("Ông Trần Khắc Nhựt, Giám đốc Sở Tư pháp.", "Giám đốc", "TITLE", "post.held", "post.lower_case"),
        ("Ông Trần Khắc Nhựt, Giám đốc Sở Tư pháp.", "Giám đốc", "TITLE", "post.with_body", "post.abbreviation"),
        ("Bộ trưởng yêu cầu làm ngay.", "Bộ trưởng", "TITLE", "post.known", "post.held"),
        ("Sở Tư pháp đã họp.", "Sở Tư pháp", "ORGANIZATION", "body.field", "body.free_name"),
        ("UBND tỉnh Bến Tre đã họp.", "UBND tỉnh Bến Tre", "ORGANIZATION", "body.area", "body.field"),
        ("Cục Sóng Thần đã họp.", "Cục Sóng Thần", "ORGANIZATION", "body.free_name", "body.named_again"),
        ("Cục Sóng Thần họp. Sau đó Cục Sóng Thần kết luận.", "Cục Sóng Thần", "ORGANIZATION", "body.named_again", "body.lower_case"),
        ("Ngày 12/3 đoàn đến.", "Ngày 12/3", "DATE", "date.no_year", "date.no_value"),
        ("Ngày 12/3/2024 đoàn đến.", "Ngày 12/3/2024", "DATE", "day", "date.no_year"),
        ("Thứ ba, ngày 12/3/2024 đoàn đến.", "Thứ ba, ngày 12/3/2024", "DATE", "date.weekday_agrees", "date.weekday_differs"),
        ("Thứ tư, ngày 12/3/2024 đoàn đến.", "Thứ tư, ngày 12/3/2024", "DATE", "date.weekday_differs", "date.weekday_agrees"),
        ("đăng ký nhãn hiệu “Suối Vàng” cho chè.", "Suối Vàng", "TRADEMARK", "mark.quoted", "mark.lower_case"),
    ],
)
def test_the_document_gives_evidence_too(text: str, wanted: str, label: str, has: str, has_not: str, sum_of: SumOf) -> None:
    names = sum_of(text, wanted, label).names
    assert has in names
    assert has_not not in names


def test_evidence_without_an_entry_weighs_nothing() -> None:
    assert evidence_weights(load_rulebook(), Candidate(0, 3, "TITLE", "test", ("post.known", "never.heard"))) == (
        ("post.known", 1.0),
        ("never.heard", 0.0),
    )


def test_evidence_met_twice_counts_once() -> None:
    assert weigh(load_rulebook(), "TITLE", ("post.known", "post.known")).total == 1.0


def test_the_record_lists_the_evidence_that_its_confidence_comes_from(nlp: Language, raw: Path) -> None:
    from minutes_extract.assemble import analyse
    from minutes_extract.batch.one import read_document

    analysis = analyse(nlp, read_document(sorted(raw.glob("*.txt"))[0]))
    for mention, candidate in zip(analysis.record.mentions, analysis.facts.mentions, strict=True):
        total = analysis.sums[candidate.key]
        assert mention.evidence == total.names
        assert mention.confidence == ("strong" if total.base + sum(w for _, w in total.weights) >= total.threshold else "weak")


def test_all_evidence_of_the_documents_has_a_weight(nlp: Language, raw: Path) -> None:
    known = {entry.id for entry in load_rulebook()["weights"].entries}
    met: set[str] = set()
    for path in sorted(raw.glob("*.txt")):
        reading = reading_of(nlp(path.read_text("utf-8")))
        for total in gather_evidence(reading.laid_out, reading.rulebook, reading.facts).values():
            met.update(total.names)
    assert met <= known


def test_weights_are_quarters_with_a_meaning() -> None:
    for entry in load_rulebook()["weights"].entries:
        assert entry.weight * 4 == int(entry.weight * 4), entry.id
        assert entry.meaning, entry.id


def test_a_users_weights_change_the_verdict(tmp_path: Path) -> None:
    (tmp_path / "weights.yaml").write_text("settings: {strong_official: 5.0}\n", "utf-8")
    addressed = Candidate(0, 3, "OFFICIAL", "test", ("person.addressed", "person.full_name"))
    assert confidence_of(load_rulebook(tmp_path), addressed) == "weak"
    assert confidence_of(load_rulebook(tmp_path), Candidate(0, 3, "TITLE", "test", ("post.known",))) == "strong"
