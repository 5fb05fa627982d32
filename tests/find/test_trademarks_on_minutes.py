"""Trademarks on the gold of whole documents: the samples of the project and, where they are at hand, more minutes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minutes_extract.find.trademarks import find_trademarks
from minutes_extract.rulebook.book import load_rulebook
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import lay_out

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"


def right_wrong_missed(gold: Path, texts: Path) -> tuple[int, int, int]:
    """Numbers of right, wrong and missed spans over a folder of gold; what touches a neutral span is not counted."""
    rules = load_rulebook()
    right = wrong = missed = 0
    for path in sorted(gold.glob("*.json")):
        record = json.loads(path.read_text("utf-8"))
        text = (texts / f"{path.stem}.txt").read_text("utf-8").replace("\u00a0", " ")
        wanted = {(m["start"], m["end"]) for m in record["mentions"] if m["label"] == "TRADEMARK"}
        neutral = record.get("neutral", [])
        found = {(c.start, c.end) for c in find_trademarks(lay_out(text, zone_rules(rules)), rules)}
        extra = {(s, e) for s, e in found - wanted if not any(s < b and a < e for a, b in neutral)}
        right, wrong, missed = right + len(wanted & found), wrong + len(extra), missed + len(wanted - found)
    return right, wrong, missed


def test_the_seven_marks_of_the_samples_are_found_and_no_other() -> None:
    if not (ROOT / "data" / "gold").is_dir():
        pytest.skip("data/gold is not there")
    assert right_wrong_missed(ROOT / "data" / "gold", ROOT / "data" / "raw")[1:] == (0, 0)


def test_marks_of_other_minutes_are_found() -> None:
    folder = SHARED / "minutes"
    if not folder.is_dir():
        pytest.skip("the shared minutes are not at hand")
    right, wrong, missed = right_wrong_missed(folder / "gold", folder / "text")
    assert 2 * right / (2 * right + wrong + missed) >= 0.95
