"""Every fault of a gold folder is told at once: file, place, problem, mend."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from minutes_extract.cli.gold import app
from minutes_extract.cli.main import main
from minutes_extract.errors import GoldError
from minutes_extract.evaluation.gold_faults import check_size, faults

from .conftest import make_gold, make_record

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


# the same faults through both commands

OTHER = "Ông Trần An, Chủ tịch Hội Nông dân"
BROKEN = [
    pytest.param("{", "not JSON", "d1.json", "anew", id="not JSON"),
    pytest.param({"doc_id": "d1"}, "guidelines", "d1.json", "docs/gold-formats.md", id="a field is missing"),
    pytest.param(document(x=1), "x", "d1.json", "docs/gold-formats.md", id="a field too many"),
    pytest.param(document(doc_id="d2"), "'d2'", "d1.json", "'d1'", id="two files with one doc_id"),
    pytest.param(document(mentions=[mention(label="PERSON")]), "unknown label", "3..13 'Lê Thị Hòa'", "OFFICIAL, TITLE", id="unknown label"),
    pytest.param(document(mentions=[mention(start=30, end=40)]), "outside of the text", "30..40", "stands at 3", id="outside of the text"),
    pytest.param(document(mentions=[mention(start=-1, end=9)]), "greater than or equal to 0", "-1..9", "docs/", id="before the text"),
    pytest.param(document(mentions=[mention(start=4, end=14)]), "the text there is", "4..14", "stands at 3", id="beside the quote"),
    pytest.param(document(mentions=[mention(text="Lê Thị Hoa")]), "nowhere", "3..13", "mend it", id="a quote that is nowhere"),
    pytest.param(document(mentions=[mention(end=3, text="")]), "empty span", "3..3", "behind the start", id="an empty span"),
    pytest.param(document(mentions=[mention(end=12)]), "9 characters", "3..12", "code points", id="another length"),
    pytest.param(document(mentions=[mention(), mention()]), "same span and label", "mention 1 (3..13", "take one out", id="a span twice"),
    pytest.param(document(sha256="0" * 64), "that of the text is", "d1.json", "put the annotated text back", id="another text"),
    pytest.param(document(neutral=[[9, 99]]), "outside of the text", "neutral region 9..99", "mend its offsets", id="a neutral region outside"),
]  # fmt: skip


def told_by(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([str(one) for one in arguments])
    captured = capsys.readouterr()
    return int(str(ended.value.code)), captured.out, captured.err


@pytest.fixture
def records(place: Path) -> Path:
    """Predictions without a mention for d1 and d2, whose gold is good."""
    (place.parent / "raw" / "d2.txt").write_bytes(OTHER.encode())
    put(place, {**document(doc_id="d2", mentions=[]), "sha256": hashlib.sha256(OTHER.encode()).hexdigest()}, "d2.json")
    lines = [
        make_record(doc_id=name, sha256=hashlib.sha256(text.encode()).hexdigest()).model_dump_json()
        for name, text in (("d1", TEXT), ("d2", OTHER))
    ]
    (place.parent / "records.jsonl").write_text("\n".join(lines), "utf-8")
    return place.parent / "records.jsonl"


@pytest.mark.parametrize("command", ["check", "evaluate"])
@pytest.mark.parametrize(("value", "problem", "where", "mend"), BROKEN)
def test_both_commands_name_file_place_and_mend(
    value: Any, problem: str, where: str, mend: str, command: str, place: Path, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(place, value)
    arguments = ["gold", "check", place] if command == "check" else ["evaluate", place, records]
    code, out, told = told_by(capsys, *arguments)
    assert (code, out) == (1, "")
    assert all(part in " ".join(told.split()) for part in ("d1.json", problem, where, mend)), told


@pytest.mark.parametrize("command", ["check", "evaluate"])
@pytest.mark.parametrize(("folder", "problem"), [("none", "there is no such folder"), ("raw", "no gold in this folder")])
def test_both_commands_name_a_folder_without_gold(
    folder: str, problem: str, command: str, place: Path, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = place.parent / folder
    code, out, told = told_by(capsys, *(["gold", "check", there] if command == "check" else ["evaluate", there, records]))
    assert (code, out) == (1, "") and str(there) in told and problem in told and "gold files" in told


def test_a_prediction_from_another_text_is_told(place: Path, records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place.parent / "raw" / "d2.txt").write_text("x", "utf-8")
    put(place, {**document(doc_id="d2", mentions=[]), "sha256": hashlib.sha256(b"x").hexdigest()}, "d2.json")
    code, out, told = told_by(capsys, "evaluate", put(place, document()), records)
    assert (code, out) == (1, "") and "d2: the prediction was made from another text" in told and "extract the annotated file" in told


def test_documents_without_predictions_and_the_reverse_are_named(place: Path, records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(place, document())
    lines = records.read_text("utf-8").replace('"doc_id":"d1"', '"doc_id":"d9"')
    records.write_text(lines, "utf-8")
    code, out, _ = told_by(capsys, "evaluate", place, records)
    assert code == 0
    assert "1 without a prediction (all their gold counts as missed): d1" in out and "1 without gold (not counted): d9" in out


def test_without_the_text_its_size_tells_spans_outside() -> None:
    gold = make_gold((0, 4, "DATE"), (8, 12, "TITLE"))
    check_size(gold, 12)
    with pytest.raises(GoldError, match=r"d1: mention 1 \(8\.\.12 TITLE 'xxxx'\): outside of the text, which has 11 characters; mend"):
        check_size(gold, 11)


def test_texts_are_found_beside_the_folder_one_stands_in(
    place: Path, records: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(put(place, document(mentions=[mention(start=4, end=14)])))
    for arguments in (["gold", "check", "."], ["evaluate", ".", records]):
        code, _, told = told_by(capsys, *arguments)
        assert code == 1 and "the text there is" in told
