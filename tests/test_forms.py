"""One document in many forms is one record; junk is no crash."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minutes_extract.assemble import extract_record
from minutes_extract.errors import ReadingError
from minutes_extract.pipeline import load
from minutes_extract.reading.source import read, read_text
from minutes_extract.records import MinutesRecord

if TYPE_CHECKING:
    from spacy.language import Language

RAW = Path(__file__).parents[1] / "data" / "raw"
TEXTS = {path.stem: path.read_bytes().decode() for path in sorted(RAW.glob("*.txt"))}

FORMS: dict[str, Callable[[str], bytes]] = {
    "NFC": lambda text: unicodedata.normalize("NFC", text).encode(),
    "NFD": lambda text: unicodedata.normalize("NFD", text).encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "BOM": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16-LE with BOM": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16-BE with BOM": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "NBSP": lambda text: text.replace(" ", "\u00a0").encode(),
    "zero width": lambda text: text.replace(" ", " \u200b").encode(),
    "NFD, CRLF and BOM": lambda text: b"\xef\xbb\xbf" + unicodedata.normalize("NFD", text.replace("\n", "\r\n")).encode(),
}


@pytest.fixture(scope="module")
def quick() -> Language:
    """The pipeline without the segmenter and without spans: for texts nobody would write."""
    return load(words=False, spans=False)


def said(record: MinutesRecord) -> dict[str, Any]:
    """What a record says, free of offsets and of the bytes: texts in one spelling."""
    data = json.loads(
        unicodedata.normalize("NFC", record.model_dump_json(exclude={"source": True, "doc_id": True}))
        .replace("\u00a0", " ")
        .replace("\u200b", "")
    )
    for part in (*data["mentions"], *data["directives"]):
        del part["start"], part["end"]
    return lines_of(data)


def lines_of(value: Any) -> Any:
    """The same with one kind of line break."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, list):
        return [lines_of(part) for part in value]
    if isinstance(value, dict):
        return {key: lines_of(part) for key, part in value.items()}
    return value


def holds(record: MinutesRecord, text: str) -> None:
    """What holds of every record, whatever the text."""
    assert record.source.chars == len(text)
    for mention in record.mentions:
        assert text[mention.start : mention.end] == mention.text
    for directive in record.directives:
        assert text[directive.start : directive.end] == directive.action
    assert MinutesRecord.model_validate_json(record.model_dump_json()) == record


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_document_says_the_same(form: str, name: str, nlp: Language) -> None:
    plain = extract_record(nlp, read_text(TEXTS[name], doc_id=name))
    source = read(FORMS[form](TEXTS[name]), doc_id=name)
    record = extract_record(nlp, source)
    holds(record, source.text)
    assert said(record) == said(plain)


@pytest.mark.parametrize("name", TEXTS)
def test_reading_twice_gives_the_same_bytes(name: str, nlp: Language) -> None:
    other = load()
    first, second, third = (
        extract_record(pipeline, read(TEXTS[name].encode(), doc_id=name)).model_dump_json() for pipeline in (nlp, nlp, other)
    )
    assert first == second == third


def test_the_documents_before_do_not_matter(nlp: Language) -> None:
    names = list(TEXTS)
    forwards = {name: extract_record(nlp, read_text(TEXTS[name])).model_dump_json() for name in names}
    backwards = {name: extract_record(nlp, read_text(TEXTS[name])).model_dump_json() for name in reversed(names)}
    assert forwards == backwards


# random cuts of the documents at line breaks


@st.composite
def cuts(draw: st.DrawFn) -> str:
    """Some lines of one or two documents."""
    lines = [line for name in draw(st.lists(st.sampled_from(list(TEXTS)), min_size=1, max_size=2)) for line in TEXTS[name].split("\n")]
    first = draw(st.integers(0, len(lines) - 1))
    last = draw(st.integers(first + 1, min(len(lines), first + 25)))
    return "\n".join(lines[first:last])


@settings(max_examples=60)
@given(cuts().filter(lambda text: not text.isspace() and text), st.sampled_from(sorted(FORMS)))
def test_every_form_of_a_cut_says_the_same(text: str, form: str) -> None:
    nlp = pipeline()
    plain = extract_record(nlp, read_text(text, doc_id="cut"))
    holds(plain, text)
    source = read(FORMS[form](text), doc_id="cut")
    record = extract_record(nlp, source)
    holds(record, source.text)
    assert said(record) == said(plain)


@settings(max_examples=60)
@given(cuts().filter(lambda text: not text.isspace() and text), st.data())
def test_a_cut_in_the_middle_of_a_line_is_no_crash(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    piece = text[start:end]
    if piece.isspace():
        return
    holds(extract_record(pipeline(), read_text(piece)), piece)


_made: list[Language] = []


def pipeline() -> Language:
    """One pipeline for all examples of a property (hypothesis and fixtures of a function do not go together)."""
    if not _made:
        _made.append(load(words=False, spans=False))
    return _made[0]


# junk

junk = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), min_size=1, max_size=200)
pieces = st.sampled_from(
    [
        *(
            "Ông ",
            "Bà ",
            "Trần ",
            "Văn ",
            "Nhựt",
            ", ",
            "- ",
            "Phó ",
            "Giám đốc ",
            "Sở ",
            "UBND ",
            "tỉnh ",
            "Hậu Giang",
            "ngày ",
            "21/6/2022",
            "/",
        ),
        *(
            "nhãn hiệu ",
            "“",
            "”",
            '"',
            ":",
            ";",
            "\n",
            "\n\n",
            "   ",
            "\t",
            "(",
            ")",
            ".",
            "…",
            "TP.",
            "Q.",
            "KT. ",
            "Nơi nhận:",
            "06 ",
            "kiêm ",
        ),
        *(
            "nguyên ",
            "các ",
            "H'",
            "Y ",
            "&",
            "và ",
            "của ",
            "1. ",
            "a) ",
            "giao ",
            "trước ",
            "năm ",
            "20203",
            "\u0301",
            "\u200b",
            "\u00a0",
            "|",
        ),
    ]
)


@settings(max_examples=150)
@given(junk)
@example("\u0301")
@example("İ" * 40)
@example("\x85a\u2028b\u2029c\x0b\x0cd")
@example("ông \U0001f600 Trần")
@example("ﬁ ǅ ß ŉ")
@example("\u202eông Trần Văn Nhựt\u202c")
def test_any_text_gives_a_record_or_one_clear_message(text: str) -> None:
    try:
        source = read_text(text)
    except ReadingError:
        return
    holds(extract_record(pipeline(), source), text)


@settings(max_examples=150)
@given(st.lists(pieces, min_size=1, max_size=60).map("".join).filter(lambda text: not text.isspace()))
def test_pieces_of_minutes_in_any_order_give_a_record(text: str) -> None:
    try:
        source = read_text(text)
    except ReadingError:
        return
    holds(extract_record(pipeline(), source), text)


HOSTILE = {
    "a.a.a@b": "a." * 20_000 + "@b",
    "one long line": "Ông Trần Khắc Nhựt, Giám đốc Sở Tư pháp phát biểu. " * 800,
    "a long word": "x" * 40_000,
    "a long number": "1" * 20_000,
    "only capitals": "TRẦN " * 8_000,
    "only names": "Trần Văn Tre, " * 3_000,
    "only posts": "Phó Chủ tịch " * 3_000,
    "only heads": "Sở " * 12_000,
    "only dates": "ngày 21/6/2022 " * 2_500,
    "only brackets": "(" * 20_000,
    "only quotes": '"' * 20_000,
    "only surnames": "Trần, " * 6_000,
    "only dashes": "- " * 20_000,
    "only line breaks": "a" + "\n" * 40_000 + "b",
    "only spaces": "a" + " " * 40_000 + "b",
    "marks without end": "nhãn hiệu: " + "Cam Mây, " * 4_000,
    "quotes without end": 'nhãn hiệu "Cam Mây", ' * 1_500,
    "people without end": "các đồng chí: " + "Trần Văn Tre, " * 3_000,
    "bodies without end": "Sở Y tế tỉnh Hậu Giang và Công ty TNHH Mây Tre Lá, " * 800,
    "tasks without end": "Giao Sở Y tế phối hợp với UBND các huyện rà soát trước ngày 30/6/2022. " * 500,
    "posts of one person": "Ông Trần Văn Tre" + ", Giám đốc Sở Y tế" * 2_000,
    "a heap of accents": "e" + "\u0301" * 20_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
def test_forty_thousand_hostile_characters_end_in_a_record(text: str, nlp: Language) -> None:
    """Anything quadratic in them takes minutes."""
    holds(extract_record(nlp, read_text(text)), text)
