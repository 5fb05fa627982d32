"""underthesea's words with exact offsets, and the spaCy Doc that loses no character."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.vocab import Vocab

from minutes_extract.text.document import make_doc, make_spans
from minutes_extract.text.words import segment_words, syllable_words

RAW = Path(__file__).parents[2] / "data" / "raw"


def _words(text: str) -> list[str]:
    return [text[start:end] for start, end in segment_words(text)]


def test_words_have_their_places_in_the_text() -> None:
    assert _words("Giám đốc Sở Nội vụ phát biểu.") == ["Giám đốc", "Sở", "Nội vụ", "phát biểu", "."]


@pytest.mark.skipif(not RAW.is_dir(), reason="data/raw is not here")
@pytest.mark.parametrize("path", sorted(RAW.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_words_are_those_of_underthesea_line_by_line(path: Path) -> None:
    from underthesea import word_tokenize
    from underthesea.pipeline.text_normalize import token_normalize

    for line in unicodedata.normalize("NFC", path.read_text("utf-8")).splitlines():
        ours = segment_words(line)
        theirs = word_tokenize(line) if line.strip() else []
        assert len(ours) == len(theirs)
        for (start, end), word in zip(ours, theirs, strict=True):
            mine = line[start:end].replace("Ð", "Đ")
            assert word.replace(" ", "") in (mine.replace(" ", ""), "".join(token_normalize(part) for part in mine.split()))


def test_no_word_crosses_a_line_break() -> None:
    assert all("\n" not in word for word in _words("Sở Khoa học\nvà Công nghệ\n\nChiều"))


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="aăâơĐÐ Sở.,-@:/()!?\n\t0123\ud800\x07😀\u0301", max_size=80))
def test_words_never_overlap_nor_fail(text: str) -> None:
    words = segment_words(text)
    assert all(0 <= start < end <= len(text) for start, end in words)
    assert all(a[1] <= b[0] for a, b in pairwise(words))
    covered = "".join(text[start:end] for start, end in words)
    assert "".join(covered.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "a." * 20_000 + "@b",
        "A." * 20_000,
        "http://" + "!" * 3000,
        "http://x/" + "(a)!" * 500,
        "a-" * 20_000,
        "a" * 200_000,
        "Cần Thơ " * 100_000,
    ],
    ids=["mail", "initials", "address", "brackets", "hyphens", "one-run", "one-line"],
)
def test_hostile_lines_are_segmented_in_no_time(text: str) -> None:
    segment_words("nóng máy")
    start = time.perf_counter()
    assert segment_words(text)
    assert time.perf_counter() - start < 5


def test_importing_underthesea_leaves_the_logging_as_it_was() -> None:
    before = list(logging.getLogger().handlers)
    segment_words("Cần Thơ")
    assert logging.getLogger().handlers == before


def test_syllables_are_the_fallback() -> None:
    assert [("Cần Thơ, 12/5"[a:b]) for a, b in syllable_words("Cần Thơ, 12/5")] == ["Cần", "Thơ", ",", "12", "/", "5"]


def test_the_modules_load_neither_spacy_nor_underthesea() -> None:
    code = (
        "import sys, minutes_extract.reading, minutes_extract.text.words, minutes_extract.text.document, minutes_extract.text.layout\n"
        "sys.exit(any(name in sys.modules for name in ('spacy', 'underthesea')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.fixture(scope="module")
def vocab() -> Vocab:
    import spacy

    return spacy.blank("xx").vocab


@settings(deadline=None, max_examples=150)
@given(text=st.text(alphabet=st.sampled_from(list("aơĐ Sở\u0301.,-_&'’\n\t0123²٣😀\u3000\x1f\ud800")), max_size=60))
def test_the_doc_has_the_text_to_the_last_character(vocab: Vocab, text: str) -> None:
    if "\ud800" in text:
        text = text.replace("\ud800", "x")
    assert make_doc(vocab, text).text == text


def test_a_name_before_a_hyphen_is_a_span_of_its_own(vocab: Vocab) -> None:
    doc = make_doc(vocab, "Bà Nông Thị Mây- Phó giám đốc Sở")
    spans = make_spans(doc, [(3, 15, "OFFICIAL"), (17, 29, "TITLE"), (25, 32, "ORGANIZATION")])
    assert [(span.text, span.label_) for span in spans] == [
        ("Nông Thị Mây", "OFFICIAL"),
        ("Phó giám đốc", "TITLE"),
        ("đốc Sở", "ORGANIZATION"),
    ]


@pytest.mark.parametrize("span", [(2, 2), (2, 3), (0, 99), (-1, 2)])
def test_spans_without_a_token_are_refused(vocab: Vocab, span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no token"):
        make_spans(make_doc(vocab, "Bà Mây"), [(*span, "OFFICIAL")])
