"""Gold is checked when loaded: every fault names the file, the span and the mend."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from minutes_extract import load_gold
from minutes_extract.errors import GoldError

TEXT = "Bà Lê Thị Hòa, Phó Giám đốc Sở Nội vụ"


def document(**changes: Any) -> dict[str, Any]:
    return {
        "doc_id": "d1",
        "guidelines": "1.1",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "source": None,
        "mentions": [{"start": 3, "end": 13, "label": "OFFICIAL", "text": "Lê Thị Hòa"}],
        "neutral": [],
        "published": None,
        "meeting": None,
        "officials": [],
        "trademarks": [],
        **changes,
    }


def mention(**changes: Any) -> dict[str, Any]:
    return {"start": 3, "end": 13, "label": "OFFICIAL", "text": "Lê Thị Hòa", **changes}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for name in ("gold", "raw"):
        (tmp_path / name).mkdir()
    (tmp_path / "raw" / "d1.txt").write_text(TEXT, "utf-8", newline="")
    return tmp_path / "gold"


def put(place: Path, value: Any, name: str = "d1.json") -> Path:
    (place / name).write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return place


def test_good_gold_is_loaded(place: Path) -> None:
    assert load_gold(put(place, document()))[0].mentions[0].text == "Lê Thị Hòa"


def test_one_file_can_be_loaded_alone(place: Path) -> None:
    assert [one.doc_id for one in load_gold(put(place, document()) / "d1.json")] == ["d1"]


def test_the_gold_of_the_project_is_good(gold: Path, raw: Path) -> None:
    assert len(load_gold(gold, texts=raw)) == len(list(raw.glob("*.txt")))


def test_the_gold_of_the_measuring_set_is_good(shared: Path) -> None:
    assert load_gold(shared / "devset" / "gold")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("{", "not JSON"),
        ([], "the file"),
        (document(doc_id="d2"), "not the file's name; write 'd1'"),
        (
            document(mentions=[mention(label="PERSON")]),
            r"mentions\.0\.label.*'Lê Thị Hòa'.*unknown label 'PERSON'; the labels are OFFICIAL",
        ),
        (document(mentions=[mention(start=-1)]), r"mentions\.0\.start"),
        (document(mentions=[mention(end=3, text="")]), "mention 0 .*end must lie behind"),
        (document(mentions=[mention(end=12)]), "mention 0 .*9 characters, the quote has 10"),
        (document(mentions=[mention(), mention()]), "mention 1 .*same span and label as mention 0; take one out"),
        (document(mentions=[mention(start=30, end=40)]), "mention 0 .*outside of the text, which has 37"),
        (document(mentions=[mention(start=4, end=14)]), "mention 0 .*the quote stands at 3"),
        (document(mentions=[mention(text="Lê Thị Hoa")]), "mention 0 .*nowhere in the text"),
        (document(sha256="0" * 64), "sha256: .*changed after annotation"),
        (document(neutral=[[30, 99]]), r"neutral region 30\.\.99"),
        (document(neighbour=1), "neighbour"),
    ],
)
def test_a_fault_names_file_span_and_mend(value: Any, told: str, place: Path) -> None:
    with pytest.raises(GoldError, match=rf"d1\.json: .*{told}"):
        load_gold(put(place, value))


def test_without_the_text_only_the_file_itself_is_checked(place: Path, tmp_path: Path) -> None:
    (tmp_path / "raw" / "d1.txt").unlink()
    assert load_gold(put(place, document(sha256="0" * 64)))


@pytest.mark.parametrize("name", ["nowhere", "raw"])
def test_a_folder_without_gold_is_told(name: str, place: Path) -> None:
    with pytest.raises(GoldError, match=name):
        load_gold(place.parent / name)
