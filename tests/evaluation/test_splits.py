"""Gold is parted by source and near duplicates, and a frozen split tells every later change."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract.errors import GoldError, OutputError, UsageError
from minutes_extract.evaluation.gold_loading import load_gold
from minutes_extract.evaluation.near_duplicates import clusters
from minutes_extract.evaluation.splits import Split, SplitParameters, make_split, read_split, write_split

PARAMETERS = SplitParameters()
SPREAD = SplitParameters(by_source="spread")


def text_of(number: int) -> str:
    """A text that shares no syllable with another number's."""
    return " ".join(f"từ{number}x{at}" for at in range(40))


def put(place: Path, name: str, text: str, source: str | None = None, **fields: Any) -> None:
    for sub in ("gold", "raw"):
        (place / sub).mkdir(exist_ok=True)
    (place / "raw" / f"{name}.txt").write_bytes(text.encode())
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    document = {"doc_id": name, "guidelines": "1.1", "sha256": sha256, "source": source, "mentions": [], **fields}
    (place / "gold" / f"{name}.json").write_text(json.dumps(document), "utf-8")


def corpus(place: Path, sources: dict[str, int]) -> Path:
    for source, count in sources.items():
        for at in range(count):
            put(place, f"{source}{at:02d}", text_of(1000 * ord(source) + at), source)
    return place / "gold"


def names(split: Split) -> tuple[list[str], list[str]]:
    return [row.doc_id for row in split.dev], [row.doc_id for row in split.test]


# how documents are parted


def test_a_source_stands_on_one_side(tmp_path: Path) -> None:
    split = make_split(corpus(tmp_path, {"a": 6, "b": 4, "c": 5, "d": 3}), PARAMETERS)
    assert not {row.source for row in split.dev} & {row.source for row in split.test}
    assert len(split.dev) + len(split.test) == 18 and 3 <= len(split.test) <= 5


def test_spread_gives_each_source_its_share(tmp_path: Path) -> None:
    split = make_split(corpus(tmp_path, {"a": 10, "b": 20}), SPREAD)
    assert [sum(row.source == source for row in split.test) for source in "ab"] == [3, 6]


def test_a_single_source_is_spread(tmp_path: Path) -> None:
    split = make_split(corpus(tmp_path, {"a": 10}), PARAMETERS)
    assert len(split.test) == 3


def test_near_duplicates_stand_on_one_side_and_are_named(tmp_path: Path) -> None:
    gold = corpus(tmp_path, {"a": 8})
    for at in range(3):
        put(tmp_path, f"n{at}", f"{text_of(77)} ngày {at}/6", "a")
    for seed in range(8):
        split = make_split(gold, SplitParameters(seed=seed))
        sides = [{row.doc_id for row in side if row.doc_id.startswith("n")} for side in (split.dev, split.test)]
        assert sorted(map(len, sides)) == [0, 3]
        assert {row.cluster for row in (*split.dev, *split.test) if row.doc_id.startswith("n")} == {"n0"}


def test_sources_tied_by_near_duplicates_stand_on_one_side(tmp_path: Path) -> None:
    gold = corpus(tmp_path, {"a": 2, "b": 2, "c": 2})
    put(tmp_path, "x", text_of(77), "a")
    put(tmp_path, "y", text_of(77), "b")
    for seed in range(8):
        sides = make_split(gold, SplitParameters(seed=seed, test=0.5))
        assert {frozenset(row.source or "" for row in side) for side in (sides.dev, sides.test)} == {frozenset("ab"), frozenset("c")}


@pytest.mark.parametrize("test", [0.01, 0.5, 0.99])
@pytest.mark.parametrize("by_source", ["whole", "spread"])
def test_no_side_is_empty(test: float, by_source: str, tmp_path: Path) -> None:
    split = make_split(corpus(tmp_path, {"a": 2, "b": 1}), SplitParameters.model_validate({"test": test, "by_source": by_source}))
    assert split.dev and split.test


def test_documents_that_cannot_be_parted_are_told(tmp_path: Path) -> None:
    for name, source in (("x", "a"), ("y", "b")):
        put(tmp_path, name, text_of(1), source)
    with pytest.raises(
        UsageError, match=r"2 documents cannot be parted: their sources are tied .*; give a higher --near or --by-source spread"
    ):
        make_split(tmp_path / "gold", PARAMETERS)
    with pytest.raises(UsageError, match="near duplicates of each other"):
        make_split(tmp_path / "gold", SPREAD)


def test_a_missing_text_is_told(tmp_path: Path) -> None:
    gold = corpus(tmp_path, {"a": 3})
    (tmp_path / "raw" / "a01.txt").unlink()
    with pytest.raises(GoldError, match=r"a01: there is no text 'a01\.txt'"):
        make_split(gold, PARAMETERS)


def test_equal_gold_gives_an_equal_split_and_another_seed_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gold = corpus(tmp_path, {"a": 20})
    one = make_split(gold, PARAMETERS)
    monkeypatch.setattr("minutes_extract.evaluation.splits.load_gold", lambda *a, **b: load_gold(*a, **b)[::-1])
    assert make_split(gold, PARAMETERS) == one
    assert names(make_split(gold, SplitParameters(seed=1))) != names(one)


# near duplicates


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sở Nội vụ họp giao ban ngày 21", "SỞ NỘI VỤ  họp\r\ngiao ban ngày 21", True),
        ("uỷ ban họp giao ban ngày 21", "ủy ban họp giao ban ngày 21", True),
        ("", "", True),
        ("một", "một", True),
        ("một hai ba bốn năm", "sáu bảy tám chín mười", False),
        (text_of(1), f"{text_of(1)} {text_of(2)}", False),
    ],
)
def test_near_duplicates(one: str, other: str, same: bool) -> None:
    assert len(set(clusters({"a": one, "b": other}, 0.8).values())) == 1 + (not same)


def test_two_hundred_copies_are_one_cluster_though_all_texts_share_a_head() -> None:
    head = "cộng hòa xã hội chủ nghĩa việt nam độc lập tự do hạnh phúc"
    texts = {f"a{at:03d}": f"{head} {text_of(at)}" for at in range(100)} | {
        f"b{at:03d}": f"{head} {text_of(999)} số {at}" for at in range(200)
    }
    found = clusters(texts, 0.8)
    assert {found[name] for name in texts if name.startswith("b")} == {"b000"} and len(set(found.values())) == 101


@given(st.lists(st.text(st.sampled_from("ab \ud800ế"), max_size=12), max_size=6), st.randoms())
def test_the_order_of_texts_changes_no_cluster(texts: list[str], random: Any) -> None:
    named = [(f"d{at}", text) for at, text in enumerate(texts)]
    shuffled = random.sample(named, len(named))
    assert clusters(dict(named), 0.8) == clusters(dict(shuffled), 0.8)


# a frozen split


@pytest.fixture
def frozen(tmp_path: Path) -> tuple[Path, Path]:
    """The gold of ten documents, and their split in a file."""
    gold = corpus(tmp_path, {"a": 10})
    write_split(tmp_path / "split.json", make_split(gold, PARAMETERS))
    return gold, tmp_path / "split.json"


def test_a_split_comes_back_and_parts_documents(frozen: tuple[Path, Path]) -> None:
    gold, file = frozen
    split, documents = read_split(file), load_gold(gold)
    dev, test = names(split)
    assert [one.doc_id for one in split.part(documents, "dev")] == dev
    assert [one.doc_id for one in split.part(documents, "test")] == test
    assert split.part(documents, "all") == documents and split.unknown(documents) == []
    assert [split.is_blind(name) for name in (dev[0], test[0], "x")] == [False, True, False]
    assert split.changes(gold) == []


def test_another_split_does_not_replace_a_frozen_one(frozen: tuple[Path, Path]) -> None:
    gold, file = frozen
    before = file.read_bytes()
    write_split(file, make_split(gold, PARAMETERS))
    with pytest.raises(OutputError, match="another split stands there already; it is frozen"):
        write_split(file, make_split(gold, SplitParameters(seed=1)))
    assert file.read_bytes() == before


def changed(gold: Path, kind: str) -> str:
    """Change one document; its name."""
    name = "a03"
    text = gold.parent / "raw" / f"{name}.txt"
    if kind == "text":
        text.write_bytes(b"x")
    elif kind == "gold":
        row = json.loads((gold / f"{name}.json").read_bytes()) | {"neutral": [[0, 1]]}
        (gold / f"{name}.json").write_text(json.dumps(row), "utf-8")
    elif kind == "gone":
        (gold / f"{name}.json").unlink()
    else:
        name = "z"
        put(gold.parent, name, text_of(5), "a")
    return name


@pytest.mark.parametrize("kind", ["text", "gold", "gone", "new"])
def test_a_change_is_told_with_document_and_kind(kind: str, frozen: tuple[Path, Path]) -> None:
    gold, file = frozen
    name = changed(gold, kind)
    assert [(one.doc_id, one.kind) for one in read_split(file).changes(gold)] == [(name, kind)]


def test_another_layout_of_the_json_is_no_change(frozen: tuple[Path, Path]) -> None:
    gold, file = frozen
    for one in gold.iterdir():
        one.write_text(json.dumps(json.loads(one.read_bytes()) | {"neutral": []}, indent=7, sort_keys=True), "utf-8")
    assert read_split(file).changes(gold) == []


def test_a_split_that_does_not_fit_the_gold_scores_nothing(frozen: tuple[Path, Path]) -> None:
    gold, file = frozen
    name = changed(gold, "gold")
    with pytest.raises(GoldError, match=rf"split\.json: {name} \((dev|test)\): its gold was changed since it was frozen; put {name}\.json"):
        read_split(file).part(load_gold(gold), "all")


def test_a_part_misses_only_its_own_documents(frozen: tuple[Path, Path]) -> None:
    gold, file = frozen
    split = read_split(file)
    dev, test = names(split)
    documents = [one for one in load_gold(gold) if one.doc_id != test[0]]
    assert [one.doc_id for one in split.part(documents, "dev")] == dev
    with pytest.raises(GoldError, match=rf"{test[0]} \(test\): its gold is gone"):
        split.part(documents, "test")


def test_documents_the_split_does_not_know_are_left_out_and_named(frozen: tuple[Path, Path]) -> None:
    gold, file = frozen
    changed(gold, "new")
    split, documents = read_split(file), load_gold(gold)
    assert split.unknown(documents) == ["z"] and "z" not in {one.doc_id for one in split.part(documents, "all")}


def test_an_unknown_part_is_told(frozen: tuple[Path, Path]) -> None:
    with pytest.raises(UsageError, match="train: there is no such part; give one of dev, test, all"):
        read_split(frozen[1]).part([], "train")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, r"cannot be read .*make it with: gold split"),
        ("{", "not a split: the file: Invalid JSON"),
        ("{}", "not a split: parameters: Field required; make it with"),
        ("moved", "changed after it was frozen"),
    ],
)
def test_a_broken_split_file_is_told(content: str | None, told: str, frozen: tuple[Path, Path]) -> None:
    _, file = frozen
    row = json.loads(file.read_bytes())
    row["dev"].append(row["test"].pop())
    file.unlink()
    if content is not None:
        file.write_text(json.dumps(row) if content == "moved" else content, "utf-8")
    with pytest.raises(GoldError, match=told) as raised:
        read_split(file)
    assert str(file) in str(raised.value)
