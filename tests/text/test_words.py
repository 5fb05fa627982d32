"""The words of whole documents are the same with either tagger; the check on loading, the fall-back and the switch."""

from __future__ import annotations

import random
import shutil
import unicodedata
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from minutes_extract.text import tagger_choice, words
from minutes_extract.text.cached_tagger import CachedTagger
from minutes_extract.text.tagger_choice import VARIABLE, SegmenterWarning, choose_tagger
from minutes_extract.text.underthesea_tagger import UndertheseaTagger
from minutes_extract.text.words import BATCH, MAX_LINE, segment_words

ROOT = Path(__file__).parents[2]
LINE = "Giám đốc Sở Nội vụ phát biểu."


@pytest.fixture(scope="module")
def folder() -> Path:
    from underthesea.pipeline import word_tokenize

    return Path(word_tokenize.__file__).parent / "models" / "ws_crf_vlsp2013_20230727"


@pytest.fixture(scope="module")
def underthesea_words(folder: Path) -> Any:
    """`segment_words` with underthesea's own tagger."""

    def segment(text: str) -> tuple[tuple[int, int], ...]:
        own = words._segmenter()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(words, "_segmenter", lambda: own._replace(tagger=reference))
            return segment_words(text)

    reference = UndertheseaTagger(folder, _normalize())
    return segment


def _normalize() -> Any:
    from underthesea.pipeline.text_normalize import token_normalize

    return token_normalize


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The segmenter is chosen anew in this test, and again after it."""
    words._segmenter.cache_clear()
    yield monkeypatch
    words._segmenter.cache_clear()


def _documents(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.txt"))


# equality


def test_the_cached_tagger_is_the_one_in_use() -> None:
    assert isinstance(words._segmenter().tagger, CachedTagger)


@pytest.mark.skipif(not (ROOT / "data" / "raw").is_dir(), reason="data/raw is not here")
@pytest.mark.parametrize("path", _documents(ROOT / "data" / "raw"), ids=lambda path: path.stem)
def test_the_samples_have_the_same_words(path: Path, underthesea_words: Any) -> None:
    text = unicodedata.normalize("NFC", path.read_text("utf-8"))
    assert segment_words(text) == underthesea_words(text)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["raw", "minutes", "devset/text", "unlabelled"])
def test_the_shared_documents_have_the_same_words(name: str, shared: Path, underthesea_words: Any) -> None:
    paths = _documents(shared / name)
    if not paths:
        pytest.skip(f"../shared/{name} is not there")
    for path in paths:
        text = unicodedata.normalize("NFC", path.read_text("utf-8"))
        assert segment_words(text) == underthesea_words(text), path.name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        " \t\n\x1f",
        "Th S Th\u2028s",
        "a\ud800b Ðông ðêm",
        "Sở " * MAX_LINE,
        "x" * 3 * MAX_LINE,
        f"{LINE}\n" * (3 * BATCH // len(LINE)),
    ],
    ids=["nothing", "breaks", "blank", "odd-abbreviation", "surrogate", "long-line", "long-run", "batches"],
)
def test_odd_texts_have_the_same_words(text: str, underthesea_words: Any) -> None:
    assert segment_words(text) == underthesea_words(text)


def test_lines_of_one_batch_do_not_touch_each_other() -> None:
    size = len(LINE) + 1
    one = segment_words(LINE)
    assert segment_words(f"{LINE}\n" * 3) == tuple((a + i * size, b + i * size) for i in range(3) for a, b in one)


# the check on loading


@pytest.mark.parametrize("name", ["models.bin", "features.bin", "dictionary.bin"])
def test_another_model_falls_back_to_underthesea_with_one_warning(name: str, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "model"
    shutil.copytree(folder, other)
    (other / name).write_bytes((folder / name).read_bytes() + b"x")
    with pytest.warns(SegmenterWarning, match=rf"another one \({name}\).*the same words, several times slower") as caught:
        tagger = choose_tagger(other, _normalize())
    assert len(caught) == 1
    assert isinstance(tagger, UndertheseaTagger)


def test_a_missing_model_file_falls_back_to_underthesea(tmp_path: Path) -> None:
    with pytest.warns(SegmenterWarning, match="underthesea's own tagger is used"):
        assert isinstance(choose_tagger(tmp_path, _normalize()), UndertheseaTagger)


def test_a_sentence_tagged_otherwise_than_recorded_falls_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check = tagger_choice._check()
    monkeypatch.setattr(tagger_choice, "_check", lambda: check | {"probes": ["Sở Nội_vụ", "Giám đốc"]})
    with pytest.warns(SegmenterWarning, match="built-in sentence 2"):
        assert isinstance(choose_tagger(folder, _normalize()), UndertheseaTagger)


@pytest.mark.parametrize(("agrees", "kind"), [(True, CachedTagger), (False, UndertheseaTagger)])
def test_with_an_unknown_core_both_taggers_are_compared(agrees: bool, kind: type, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check = tagger_choice._check()
    monkeypatch.setattr(tagger_choice, "_check", lambda: check | {"core": ["0.0.0"]})
    if not agrees:
        monkeypatch.setattr(UndertheseaTagger, "joins", lambda self, lines: [[True] * len(line) for line in lines])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert isinstance(choose_tagger(folder, _normalize()), kind)
    assert [w.category for w in caught] == ([] if agrees else [SegmenterWarning])


def test_the_recorded_sentences_are_those_of_underthesea(folder: Path) -> None:
    lines, joins = tagger_choice._probes(tagger_choice._check())
    assert UndertheseaTagger(folder, _normalize()).joins(lines) == joins
    assert sum(map(sum, joins)) > 50


# the switch


def test_the_segmenter_can_be_switched_off(fresh: pytest.MonkeyPatch) -> None:
    cached = segment_words(LINE)
    words._segmenter.cache_clear()
    fresh.setenv(VARIABLE, "underthesea")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert segment_words(LINE) == cached
    assert isinstance(words._segmenter().tagger, UndertheseaTagger)


def test_an_unknown_choice_is_named(fresh: pytest.MonkeyPatch) -> None:
    fresh.setenv(VARIABLE, "undersea")
    with pytest.warns(SegmenterWarning, match="'undersea'.*'cached' is used"):
        assert segment_words(LINE)
    assert isinstance(words._segmenter().tagger, CachedTagger)


def test_records_are_the_same_either_way(fresh: pytest.MonkeyPatch, raw: Path) -> None:
    from minutes_extract import extract

    text = _documents(raw)[0].read_text("utf-8")
    cached = extract(text=text)
    words._segmenter.cache_clear()
    fresh.setenv(VARIABLE, "underthesea")
    assert extract(text=text) == cached
    assert isinstance(words._segmenter().tagger, UndertheseaTagger)


# tokens

PIECES = [
    "http://a.vn/b",
    "a.vn",
    "v.v...",
    "Tp.",
    "Th.S",
    "e-mail",
    "NĐ-CP",
    "H'Mông",
    "43H-0530",
    "12/3/2024",
    "1.000,5",
    ":D",
    ":))",
    "<3",
    "=>",
    "->",
    "..",
    "--",
    "°C",
    "T.Ư",
    "A.B.",
    "x@y.vn",
    "TP.HCM",
    "1.600m-2.000m",
    "Sở",
    "Nội",
    "vụ",
    "UBND",
    "lê",
    "_",
    "ʺ",
    "ʺp",
    "a2",
    "4K",
    "²",
    "½",
    "①",
    "Ⅷ",
    "١",
    "İ",
    "ß",
    "Σ",
    "Ǆ",
    "🎉",
    "👨\u200d👩",
    "×",
    "÷",
    "♥‿♥",
    "03-5730-2357",
    "10:20:50",
    "(a(b)c)",
    "[x]",
]
BETWEEN = ("", "", "", " ", "  ", "\t", "\u00a0", "\u200b", "\x85", "\x1f", "\u0301", ".", ",", "-")


def tokens_alone(text: str) -> list[tuple[int, int]]:
    """The tokens of a line, each a word of its own."""
    return list(words._token_places(words._segmenter().pattern, text, 0, len(text)))


@pytest.mark.parametrize("number", range(4))
def test_tokens_are_those_that_the_whole_pattern_of_underthesea_finds(number: int) -> None:
    chance = random.Random(number)  # noqa: S311
    pattern = words._segmenter().pattern
    for _ in range(5000):
        line = "".join(chance.choice(PIECES) + chance.choice(BETWEEN) for _ in range(chance.randint(1, 12)))
        assert tokens_alone(line) == [match.span() for match in pattern.finditer(line)], repr(line)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        pytest.param("Sở Nội vụ", ["Sở", "Nội", "vụ"], id="letters between blanks"),
        pytest.param("UBND, TP.HCM", ["UBND", ",", "TP.HCM"], id="marks make it the pattern's"),
        pytest.param("ʺSở ʺ", ["ʺ", "Sở", "ʺ"], id="a letter that underthesea takes for a mark"),
        pytest.param("Sở\u00a0Y\x85tế", ["Sở", "Y", "tế"], id="odd blanks"),
    ],
)
def test_tokens_of_a_line(text: str, tokens: list[str]) -> None:
    assert [text[start:end] for start, end in tokens_alone(text)] == tokens
