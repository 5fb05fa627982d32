"""Every fault of a gold folder is told at once: file, place, problem, mend."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from minutes_extract.cli.gold import app
from minutes_extract.evaluation.gold_faults import faults

TEXT = "Bà Lê Thị Hòa, Phó Giám đốc Sở Nội vụ"


def mention(**changes: Any) -> dict[str, Any]:
    return {"start": 3, "end": 13, "label": "OFFICIAL", "text": "Lê Thị Hòa", **changes}


def document(**changes: Any) -> dict[str, Any]:
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    return {"doc_id": "d1", "guidelines": "1.1", "sha256": sha256, "mentions": [mention()], **changes}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for name in ("gold", "raw"):
        (tmp_path / name).mkdir()
    (tmp_path / "raw" / "d1.txt").write_bytes(TEXT.encode())
    return tmp_path / "gold"


def put(place: Path, value: Any, name: str = "d1.json") -> Path:
    (place / name).write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return place


def test_good_gold_has_no_faults(place: Path) -> None:
    assert faults(put(place, document())) == []


def test_the_gold_of_the_project_has_no_faults(gold: Path, raw: Path) -> None:
    assert faults(gold, raw) == []


@pytest.mark.parametrize(
    ("value", "where", "problem", "mend"),
    [
        ("{", "the file", "not JSON", "anew"),
        ("[" * 100_000, "the file", "not JSON", "anew"),
        ([], "the file", "valid dictionary", "write"),
        (document(mentions=[mention(label="PERSON")]), "mentions.0.label (3..13 'Lê Thị Hòa')", "unknown label 'PERSON'", "OFFICIAL, TITLE"),
        (document(mentions=[mention(start=30, end=40)]), "mention 0 (30..40", "outside of the text, which has 37", "stands at 3..13"),
        (document(mentions=[mention(start=4, end=14)]), "mention 0", "the text there is 'ê Thị Hòa,'", "stands at 3..13"),
        (document(mentions=[mention(text="Lê Thị Hoa")]), "mention 0", "the text there is 'Lê Thị Hòa'", "nowhere"),
        (document(mentions=[mention(end=3, text="")]), "mention 0", "empty span", "behind the start"),
        (document(mentions=[mention(), mention()]), "mention 1", "as mention 0", "take one out"),
        (document(sha256="0" * 64), "sha256", "that of the text", "put the annotated text back"),
        (document(doc_id="../d1"), "doc_id", "not the file's name", "write 'd1'"),
        (document(neutral=[[9, 99]]), "neutral region 9..99", "outside", "mend"),
    ],
)  # fmt: skip
def test_a_fault_tells_place_problem_and_mend(value: Any, where: str, problem: str, mend: str, place: Path) -> None:
    (fault,) = faults(put(place, value))
    assert fault.file.endswith("d1.json")
    assert where in fault.where and problem in fault.problem and mend in fault.mend


def test_all_faults_of_all_files_are_told(place: Path) -> None:
    put(place, document(mentions=[mention(label="X"), mention(start=4, end=14)], sha256="0"))
    put(place, document(), "d2.json")
    told = [(Path(one.file).name, one.where.split(" ")[0]) for one in faults(place)]
    assert told == [
        ("d1.json", "mentions.0.label"), ("d1.json", "sha256"), ("d1.json", "mention"),
        ("d2.json", "doc_id"), ("d2.json", "doc_id"), ("d2.json", "the"),
    ]  # fmt: skip


def test_a_mention_keeps_its_number_behind_a_broken_one(place: Path) -> None:
    put(place, document(mentions=[mention(label="X"), mention(start=4, end=14)]))
    assert faults(place)[1].where.startswith("mention 1 (4..14")


def test_a_missing_text_is_a_fault(place: Path) -> None:
    (place.parent / "raw" / "d1.txt").unlink()
    (fault,) = faults(put(place, document()))
    assert (fault.where, fault.problem) == ("the text", "there is no d1.txt in raw or text")


@pytest.mark.parametrize("name", ["raw", "nowhere"])
def test_a_folder_without_gold_is_a_fault(name: str, place: Path) -> None:
    (fault,) = faults(place.parent / name)
    assert fault.where == "the folder" and fault.mend


def test_the_command_counts_what_holds(place: Path) -> None:
    result = CliRunner().invoke(app, ["check", str(put(place, document()))])
    assert (result.exit_code, result.stdout) == (0, "1 file, 1 mention: all hold\n")


def test_the_command_tells_a_line_a_fault_and_exits_1(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("minutes_extract.cli.gold.note", told.append)
    put(place, document(sha256="0", mentions=[mention(), mention()]))
    result = CliRunner().invoke(app, ["check", str(place)])
    assert result.exit_code == 1 and "all hold" not in result.stdout
    assert [line.removeprefix(f"{place / 'd1.json'}: ").split(":")[0].split(" ")[0] for line in told] == ["mention", "sha256"]
