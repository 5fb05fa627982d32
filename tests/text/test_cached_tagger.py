"""The cached tagger: the tags of underthesea's model, always; and the reader of its files, which nothing makes stumble."""

from __future__ import annotations

import pickle
import random
import re
import struct
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract.text import cached_tagger, window_weights
from minutes_extract.text.cached_tagger import CachedTagger
from minutes_extract.text.crf_model import CrfModel, ModelFormatError, read_crf_model, read_strings
from minutes_extract.text.tagger_choice import Tagger, proven_tagger
from minutes_extract.text.underthesea_tagger import UndertheseaTagger

FUZZ, PORTIONS = 20_000, 4
# Syllables, numbers, addresses, letters of other scripts and cases, marks that join and marks that vanish.
_PIECES = (
    "Sở Nội vụ tỉnh UBND Ủy ban Uỷ Hoà hòa Thuý qui nghành chíếc Th ThS v.v NĐ-CP 12/5/2022 8h30 20.08.2014 1.600m-2.000m +5 -7 - + "
    "2147483648 http://a.vn/x a@b.vn H'Mông T.Ư 3x4 -> .. => :D <3 Đ Ð ð KH&CN İstanbul ß Straße ΑΣ Σ ς 😀 👨‍👩‍👧 ٣٤ ²½ Ⅳ ⅳ Ⓐ ⓐ ŉ ǅ ɤ ƛ "
    "\U00010d50 \U00010d70 e\u0302\u0301 a\u0300 \u0301 \x00 \x07 \x1f \x85 \xa0 \u200b \ufeff \u2028 \t \ud800 \ue000 BOS EOS True False _ a_b"
)
PIECES = _PIECES.split(" ")
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÐEÊIOÔƠUƯY0123456789 .,;:-–/()[]\"'’&@%$#!?\t\u0301\u0323İßΣ😀\u200d٣\x00\x1f"

Tokenize = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def folder() -> Path:
    """Where underthesea keeps its model."""
    from underthesea.pipeline import word_tokenize

    return Path(word_tokenize.__file__).parent / "models" / "ws_crf_vlsp2013_20230727"


@pytest.fixture(scope="module")
def reference(folder: Path) -> UndertheseaTagger:
    from underthesea.pipeline.text_normalize import token_normalize

    return UndertheseaTagger(folder, token_normalize)


@pytest.fixture(scope="module")
def cached(folder: Path, reference: UndertheseaTagger) -> CachedTagger:
    from underthesea.pipeline.text_normalize import token_normalize

    return proven_tagger(folder, reference, token_normalize)


@pytest.fixture(scope="module")
def tokenize() -> Tokenize:
    """underthesea's tokens of a line; lone surrogates, on which it fails, are replaced."""
    from underthesea.pipeline.word_tokenize.regex_tokenize import regex_patterns_combine

    pattern = re.compile(regex_patterns_combine, re.VERBOSE)
    return lambda line: [match[0] for match in pattern.finditer(line.replace("\ud800", "\ufffd"))]


def random_line(source: random.Random) -> str:
    if source.random() < 0.3:
        return "".join(source.choices(LETTERS, k=source.randint(1, 30)))
    words = [
        source.choice(PIECES) if source.random() < 0.75 else "".join(source.choices(LETTERS, k=3)) for _ in range(source.randint(1, 8))
    ]
    return source.choice((" ", " ", "", ", ")).join(words)


# equality


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_random_strings_have_the_same_tags(portion: int, cached: Tagger, reference: Tagger, tokenize: Tokenize) -> None:
    source = random.Random(portion)  # noqa: S311 - the same strings each time
    lines = [tokenize(random_line(source)) for _ in range(FUZZ // PORTIONS)]
    assert cached.joins(lines) == reference.joins(lines)


@given(
    st.lists(
        st.lists(st.text(min_size=1, max_size=8).filter(lambda text: not re.search(r"[\s\ud800-\udfff]", text)), max_size=6), max_size=3
    )
)
def test_any_tokens_have_the_same_tags(tagger_pair: tuple[Tagger, Tagger], lines: list[list[str]]) -> None:
    ours, theirs = tagger_pair
    assert ours.joins(lines) == theirs.joins(lines)


@pytest.fixture(scope="module")
def tagger_pair(folder: Path, reference: UndertheseaTagger) -> tuple[Tagger, Tagger]:
    return proven_tagger(folder, reference, str), UndertheseaTagger(folder, str)


def test_a_batch_of_lines_is_tagged_as_each_line_alone(cached: Tagger) -> None:
    lines = [["Giám", "đốc", "Sở"], [], ["Sở"], ["Nội", "vụ"], ["."], []]
    assert cached.joins(lines) == [cached.joins([line])[0] for line in lines]
    assert cached.joins(lines)[0] == [False, True, False]


def test_no_lines_and_empty_lines_have_no_tags(cached: Tagger) -> None:
    assert cached.joins([]) == []
    assert cached.joins([[], []]) == [[], []]


@pytest.mark.parametrize("first", range(0x20, 0x11000, 0x1000), ids=hex)
def test_familiar_characters_are_described_as_underthesea_does(first: int, cached: CachedTagger, reference: UndertheseaTagger) -> None:
    table = cached._tokens
    for character in map(chr, range(first, first + 0x1000)):
        if window_weights._FAMILIAR.fullmatch(character):
            ours = {kind: value for kind, value in table._facts(character).items() if kind}
            theirs = reference.features(character)
            assert ours == {kind: theirs[f"T[0].{kind}"] for kind in ours}


@pytest.mark.parametrize(
    "token",
    [
        "12",
        "+5",
        "-5",
        "-0",
        "+",
        "-",
        "007",
        "0" * 20 + "12",
        "2147483647",
        "2147483648",
        "-2147483648",
        "-2147483649",
        "1.5",
        "9" * 11,
        "--1",
    ],
)
def test_integers_are_those_of_32_bits(token: str, cached: CachedTagger, reference: UndertheseaTagger) -> None:
    assert cached._tokens._facts(token)["isdigit"] == reference.features(token)["T[0].isdigit"]


@pytest.mark.parametrize("token", ["ƛ", "ɤ", "\U00010d50x", "ΑΣ", "Th\u2028s", "Ⓐ", "٣"])
def test_of_rare_characters_underthesea_is_asked(token: str, cached: CachedTagger, reference: UndertheseaTagger) -> None:
    assert not window_weights._FAMILIAR.fullmatch(token)
    assert cached._tokens._facts(token)["istitle"] == reference.features(token)["T[0].istitle"]


class _Recorder:
    """A tagger that notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[Sequence[str]] = []

    def joins(self, lines: Sequence[Sequence[str]]) -> list[list[bool]]:
        self.asked += lines
        return [[True] * len(line) for line in lines]


def test_a_tie_is_left_to_underthesea(cached: CachedTagger, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = _Recorder()
    monkeypatch.setattr(cached, "_reference", recorder)
    assert cached.joins([["Nội", "vụ"]]) == [[False, True]]
    assert recorder.asked == []
    monkeypatch.setattr(cached_tagger, "TIE", 1e9)
    assert cached.joins([["Nội", "vụ"], []]) == [[True, True], []]
    assert recorder.asked == [["Nội", "vụ"]]


# bounds


def test_the_cache_is_bounded_and_forgetting_changes_no_tag(
    cached: CachedTagger, reference: Tagger, tokenize: Tokenize, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_weights, "MAX_CACHE", 2_000)
    source = random.Random(5)  # noqa: S311
    for _ in range(50):
        lines = [tokenize(random_line(source)) for _ in range(4)]
        assert cached.joins(lines) == reference.joins(lines)
        asked = sum(len(token) + window_weights.ENTRY for line in lines for token in line)
        assert cached._tokens._size <= 2_000 + asked
        assert len(cached._tokens._known) + 3 == cached._tokens._count <= len(cached._tokens._rows)


def test_a_long_line_takes_time_in_proportion(cached: Tagger) -> None:
    line = ["Cần", "Thơ", "họp"] * 30_000
    start = time.perf_counter()
    assert len(cached.joins([line])[0]) == 90_000
    assert time.perf_counter() - start < 10


# the path of two labels

WEIGHTS = st.lists(st.floats(-3, 3), min_size=1, max_size=7)


@given(WEIGHTS, st.tuples(*[st.floats(-2, 2)] * 4))
def test_the_best_path_is_the_best_of_all(weights: list[float], moves: tuple[float, ...]) -> None:
    table = np.array(moves).reshape(2, 2)
    model = CrfModel(("B-W", "I-W"), (), np.zeros((0, 2)), table)
    try:
        found = cached_tagger._Path.of(model).best(weights)
    except ModelFormatError:
        return
    paths = [[bool(number >> i & 1) for i in range(len(weights))] for number in range(2 ** len(weights))]

    def score(path: list[bool]) -> float:
        states = sum(weight for weight, label in zip(weights, path, strict=True) if label)
        return states + sum(table[int(a), int(b)] for a, b in pairwise(path))

    if found is not None:
        assert score(found) == pytest.approx(max(map(score, paths)), abs=1e-9)


# the files


def model_bytes(labels: Sequence[str], attributes: Sequence[str], features: Sequence[tuple[int, int, int, float]]) -> bytes:
    """A model file as CRFsuite writes it, without what underthesea and this package do not read."""

    def names(values: Sequence[str]) -> bytes:
        records, places = b"", []
        for number, value in enumerate(values):
            places.append(24 + len(records))
            key = value.encode() + b"\0"
            records += struct.pack("<II", number, len(key)) + key
        size = 24 + len(records) + 4 * len(values)
        return (
            struct.pack("<4s5I", b"CQDB", size, 0, 0x62445371, len(values), 24 + len(records))
            + records
            + struct.pack(f"<{len(values)}I", *places)
        )

    table = struct.pack("<4sII", b"FEAT", 12 + 20 * len(features), len(features)) + b"".join(struct.pack("<IIId", *f) for f in features)
    first, second = names(labels), names(attributes)
    at = 48
    places = (at, at + len(table), at + len(table) + len(first), 0, 0)
    size = at + len(table) + len(first) + len(second)
    header = struct.pack("<4sI4s9I", b"lCRF", size, b"FOMC", 100, 0, len(labels), len(attributes), *places)
    return header + table + first + second


SMALL = model_bytes(
    ("B-W", "I-W"),
    ("T[0]=vụ", "T[-1]=BOS"),
    [(0, 0, 1, 1.5), (0, 1, 0, 0.25), (1, 0, 0, -0.5), (1, 0, 1, 0.75), (1, 1, 0, 0.5), (1, 1, 1, -1)],
)


def test_a_model_is_read() -> None:
    model = read_crf_model(SMALL)
    assert model.labels == ("B-W", "I-W")
    assert model.attributes == ("T[0]=vụ", "T[-1]=BOS")
    assert model.state_weights.tolist() == [[0, 1.5], [0.25, 0]]
    assert model.transitions.tolist() == [[-0.5, 0.75], [0.5, -1]]


def test_a_model_cut_short_is_refused() -> None:
    for size in range(len(SMALL)):
        with pytest.raises(ModelFormatError):
            read_crf_model(SMALL[:size])


@given(st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_damaged_model_is_refused_or_read_but_nothing_worse(changes: list[tuple[int, int]]) -> None:
    data = bytearray(SMALL)
    for place, value in changes:
        data[place] = value
    with suppress(ModelFormatError):
        read_crf_model(bytes(data))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x00" * 100, "not a CRFsuite model"),
        (model_bytes(("B-W",), ("a",), [(0, 5, 0, 1.0)]), "it does not name"),
        (model_bytes(("B-W",), ("a",), [(0, 0, 0, float("nan"))]), "not numbers"),
        (model_bytes(("B-W",), ("a",), [(7, 0, 0, 1.0)]), "neither of a state"),
    ],
)
def test_a_wrong_model_is_refused_with_a_reason(data: bytes, message: str) -> None:
    with pytest.raises(ModelFormatError, match=message):
        read_crf_model(data)


@pytest.mark.parametrize(
    ("labels", "template"),
    [
        (("B", "I"), "T[0]"),
        (("B-W", "I-W"), "T[3]"),
        (("B-W", "I-W"), "T[0].isupper"),
        (("B-W", "I-W"), "T[-1,0].istitle"),
        (("B-W", "I-W"), "U"),
    ],
)
def test_a_model_of_another_make_is_refused(labels: tuple[str, ...], template: str) -> None:
    with pytest.raises(ModelFormatError, match=r"labels|unknown window"):
        window_weights.weights_of(read_crf_model(model_bytes(labels, (), [])), [template])


def test_strings_are_read_and_code_is_not_run() -> None:
    assert read_strings(pickle.dumps(["sở", "tỉnh"])) == ["sở", "tỉnh"]
    assert read_strings(pickle.dumps({"sở"})) == {"sở"}
    for value in (print, [Path("x")], {"a": 1}, [1, 2], b""):
        with pytest.raises(ModelFormatError, match="not a file of strings"):
            read_strings(pickle.dumps(value))
    with pytest.raises(ModelFormatError, match="not a file of strings"):
        read_strings(b"\x80\x04\x8f(\x8c\xff")


def test_the_models_of_underthesea_are_read(folder: Path) -> None:
    model = read_crf_model((folder / "models.bin").read_bytes())
    assert model.labels == ("B-W", "I-W")
    assert len(model.attributes) == 50_671
    assert np.abs(model.state_weights).max() < 8  # the bound of rounding errors in docs/segmentation.md rests on this
