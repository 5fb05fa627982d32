"""The pipeline as spaCy users meet it, and the stages one by one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import minutes_extract
from minutes_extract.assemble import analyse, extract_record
from minutes_extract.errors import ReadingError, RuleError
from minutes_extract.pipeline import STAGES, Reading, find_mentions, load, reading_of, tokenizer_of
from minutes_extract.reading.source import read_text
from minutes_extract.records import LABELS, MinutesRecord
from minutes_extract.rulebook.book import load_rulebook

if TYPE_CHECKING:
    from spacy.language import Language

TEXT = (
    "Sở Y tế tỉnh Hậu Giang làm việc với UBND huyện Cờ Đỏ\n\n"
    "Chiều ngày 21/6/2022, Đoàn công tác của Sở Y tế tỉnh Hậu Giang do Bà Lã Thị Cúc- Phó giám đốc Sở làm trưởng đoàn đã làm việc với "
    'UBND huyện Cờ Đỏ về nhãn hiệu "Cam Mây Trắng". Sở đã tham mưu nhiều văn bản.\n'
)


@pytest.fixture(scope="module")
def speaking() -> Language:
    """The pipeline whose Docs carry their record."""
    return minutes_extract.load()


# the Doc


def test_the_text_of_the_doc_is_the_clean_text(nlp: Language) -> None:
    doc = nlp("\ufeffBà Lã\u00a0Thị Cúc,\r\nPho\u0301 giám đốc.")
    assert doc.text == "Bà Lã Thị Cúc,\nPhó giám đốc."
    assert reading_of(doc).source.text == "\ufeffBà Lã\u00a0Thị Cúc,\r\nPho\u0301 giám đốc."


def test_tokens_are_syllables_and_single_marks(nlp: Language) -> None:
    assert [token.text for token in nlp("Bà Lã Thị Cúc- Phó giám đốc Sở KH&CN.")] == [
        *("Bà", "Lã", "Thị", "Cúc", "-", "Phó", "giám", "đốc", "Sở", "KH", "&", "CN", ".")
    ]


def test_tokens_of_doc_and_page_agree(nlp: Language) -> None:
    doc = nlp(TEXT)
    page = reading_of(doc).laid_out
    assert [(t.idx, t.idx + len(t)) for t in doc if not t.is_space] == list(zip(page.starts, page.ends, strict=True))


def test_span_groups_hold_the_mentions(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert {name: [span.text for span in doc.spans[name]] for name in LABELS} == {
        "OFFICIAL": ["Lã Thị Cúc"],
        "TITLE": ["Phó giám đốc"],
        "ORGANIZATION": ["Sở Y tế tỉnh Hậu Giang", "UBND huyện Cờ Đỏ", "Sở Y tế tỉnh Hậu Giang", "Sở", "UBND huyện Cờ Đỏ"],
        "DATE": ["Chiều ngày 21/6/2022"],
        "TRADEMARK": ["Cam Mây Trắng"],
    }
    assert all(span.label_ == name for name in LABELS for span in doc.spans[name])


def test_spans_of_two_labels_may_cross(nlp: Language) -> None:
    doc = nlp("Ông Tạ Văn Tre, Trưởng Ban Tuyên giáo Huyện ủy dự.")
    assert [span.text for span in doc.spans["TITLE"]] == ["Trưởng Ban"]
    assert [span.text for span in doc.spans["ORGANIZATION"]] == ["Ban Tuyên giáo Huyện ủy"]


def test_words_of_the_segmenter_are_spans_too(nlp: Language) -> None:
    doc = nlp("Ông Tạ Văn Tre, Phó Giám đốc Sở Nội vụ phát biểu.")
    words = [span.text for span in doc.spans["words"]]
    assert "Giám đốc" in words
    assert "phát biểu" in words


def test_without_words_every_syllable_is_one() -> None:
    doc = load(words=False)("Ông Tạ Văn Tre, Phó Giám đốc Sở Nội vụ phát biểu.")
    assert [span.text for span in doc.spans["words"]][:6] == ["Ông", "Tạ", "Văn", "Tre", ",", "Phó"]
    assert [span.text for span in doc.spans["OFFICIAL"]] == ["Tạ Văn Tre"]


def test_without_spans_the_groups_stay_empty() -> None:
    doc = load(words=False, spans=False)(TEXT)
    assert not doc.spans
    assert reading_of(doc).facts.mentions


def test_losers_keep_the_reason(nlp: Language) -> None:
    doc = nlp(TEXT)
    rejected = reading_of(doc).facts.rejected
    assert [span.text for span in doc.spans["rejected"]] == [doc.text[r.candidate.start : r.candidate.end] for r in rejected]
    assert ("Sở", "a head noun alone counts only right after a post") in [
        (doc.text[r.candidate.start : r.candidate.end], r.reason) for r in rejected
    ]
    assert all(r.reason for r in rejected)


def test_no_mention_is_also_a_loser(nlp: Language, raw: Path) -> None:
    for path in sorted(raw.glob("*.txt")):
        facts = reading_of(nlp(path.read_text("utf-8"))).facts
        assert not {m.key for m in facts.mentions} & {r.candidate.key for r in facts.rejected}


def test_mentions_are_in_order_and_none_stands_twice(nlp: Language, raw: Path) -> None:
    for path in sorted(raw.glob("*.txt")):
        keys = [m.key for m in reading_of(nlp(path.read_text("utf-8"))).facts.mentions]
        assert keys == sorted(set(keys))


def test_a_doc_is_read_the_same_through_pipe(nlp: Language) -> None:
    texts = [TEXT, "Ông Tạ Văn Tre, Giám đốc Sở Nội vụ phát biểu.", TEXT]
    piped = [reading_of(doc).facts for doc in nlp.pipe(texts)]
    assert piped == [reading_of(nlp(text)).facts for text in texts]


def test_pipe_keeps_contexts(nlp: Language) -> None:
    assert [context for _, context in nlp.pipe([(TEXT, 1), (TEXT, 2)], as_tuples=True)] == [1, 2]


# the record on the Doc


def test_the_doc_carries_its_record(speaking: Language) -> None:
    record = speaking(TEXT)._.minutes
    assert isinstance(record, MinutesRecord)
    assert [official.name for official in record.officials] == ["Lã Thị Cúc"]
    assert record.officials[0].positions[0].organization == "Sở Y tế tỉnh Hậu Giang"
    assert all(TEXT[m.start : m.end] == m.text for m in record.mentions)


def test_record_and_doc_hold_the_same_mentions(speaking: Language) -> None:
    doc = speaking(TEXT)
    record = doc._.minutes
    for label in LABELS:
        assert [m.text for m in record.mentions if m.label == label] == [span.text for span in doc.spans[label]]


def test_pipe_gives_records(speaking: Language) -> None:
    records = [doc._.minutes for doc in speaking.pipe([TEXT, TEXT])]
    assert records[0] == records[1] == speaking(TEXT)._.minutes


def test_load_twice_is_no_conflict() -> None:
    assert minutes_extract.load(words=False)(TEXT)._.minutes == minutes_extract.load(words=False)(TEXT)._.minutes


def test_the_record_names_version_and_rules(speaking: Language) -> None:
    tool = speaking(TEXT)._.minutes.tool
    assert (tool.version, tool.ruleset) == (minutes_extract.__version__, load_rulebook().hash)


def test_ids_in_the_record_point_to_its_mentions(speaking: Language, raw: Path) -> None:
    for path in sorted(raw.glob("*.txt")):
        record = speaking(path.read_text("utf-8"))._.minutes
        known = [m.id for m in record.mentions]
        assert known == [f"m{number}" for number in range(1, len(known) + 1)]
        positions = [position for official in record.officials for position in official.positions]
        meetings = [record.meeting] if record.meeting else []
        facts = [*record.officials, *record.organizations, *record.dates, *record.trademarks, *record.counts, *record.warnings]
        assert {name for fact in [*facts, *positions, *meetings] for name in fact.mentions} <= set(known)
        bodies = {body.id for body in record.organizations}
        assert {p.organization_id for p in positions} | {b.parent_id for b in record.organizations} <= {None, *bodies}


def test_names_in_the_meeting_are_those_of_officials(speaking: Language, raw: Path) -> None:
    for path in sorted(raw.glob("*.txt")):
        record = speaking(path.read_text("utf-8"))._.minutes
        names = {official.name for official in record.officials}
        if record.meeting is not None:
            meeting = record.meeting
            assert {*meeting.chairs, *meeting.delegation_heads, *meeting.secretaries, *meeting.hosts} <= names


def test_analysis_keeps_everything_and_nothing_of_spacy(nlp: Language) -> None:
    source = read_text(TEXT)
    analysis = analyse(nlp, source)
    assert analysis.record == extract_record(nlp, source)
    assert analysis.source is source
    assert analysis.facts.mentions
    assert analysis.page.text == source.clean


# stages


def test_stages_are_components_in_order(nlp: Language) -> None:
    assert nlp.pipe_names == [*(name for name, _ in STAGES), "minutes_spans"]


@pytest.mark.parametrize("missing", [name for name, _ in STAGES])
def test_a_stage_left_out_is_named_or_not_needed(missing: str) -> None:
    """No stage fails with anything but a clear word on what has not run."""
    nlp = load(words=False)
    nlp.remove_pipe(missing)
    failure = ""
    try:
        nlp(TEXT)
    except RuntimeError as error:
        failure = str(error)
    assert missing in failure if failure else missing != "minutes_page"


def test_a_stage_out_of_order_says_which_has_not_run() -> None:
    reading = Reading(read_text(TEXT), load_rulebook())
    with pytest.raises(RuntimeError, match="the stage minutes_page has not run"):
        find_mentions(reading)


@pytest.mark.parametrize("stage", [stage for _, stage in STAGES[1:]], ids=[name for name, _ in STAGES[1:]])
def test_every_stage_needs_the_page(stage: object) -> None:
    with pytest.raises(RuntimeError, match="has not run"):
        stage(Reading(read_text(TEXT), load_rulebook()))  # type: ignore[operator]


def test_another_pipeline_is_refused() -> None:
    import spacy

    with pytest.raises(TypeError, match=r"not made by minutes_extract\.load"):
        tokenizer_of(spacy.blank("xx"))


# wrong use


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "the text is empty"), (" \n\t", "only white space"), ("a\0b", "NUL"), ("a\ud800b", "lone surrogate")],
    ids=["empty", "white space", "NUL", "surrogate"],
)
def test_a_text_that_is_none_is_one_clear_message(text: str, message: str, nlp: Language) -> None:
    with pytest.raises(ReadingError, match=message):
        nlp(text)


def test_broken_rules_are_one_clear_message(tmp_path: Path) -> None:
    (tmp_path / "posts.yaml").write_text("entries: [{id: post.test}]\n", "utf-8")
    with pytest.raises(RuleError, match=r"posts\.yaml: entry post\.test"):
        load(tmp_path)
