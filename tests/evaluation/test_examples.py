"""The executor of the rules' examples: what holds is silent, what does not is told with table, entry, number and what was found."""

from __future__ import annotations

import re
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from minutes_extract.errors import ReadingError
from minutes_extract.evaluation.examples import check_examples

from .conftest import make_record


def fake_record(_nlp: Any, source: Any) -> Any:
    """Every `ngày D` is a DATE with value D found by `date.day`."""
    if "BROKEN" in source.text:
        raise ReadingError("text: broken")
    found = re.finditer(r"ngày (\d+)", source.text)
    return make_record(*((m.start(), m.end(), "DATE", {"text": m[0], "value": m[1], "rule": "date.day"}) for m in found))


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The faults of one rule, `date.day` unless named otherwise, with these examples and counter-examples."""
    module = ModuleType("minutes_extract.assemble")
    module.extract_record = fake_record  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "minutes_extract.assemble", module)

    def faults(*examples: str, counter: tuple[str, ...] = (), rule: str = "date.day") -> list[str]:
        entry = SimpleNamespace(id=rule, examples=examples, counter=counter)
        rulebook = type("Book", (), {"tables": {"dates": 1}, "__getitem__": lambda _self, _name: SimpleNamespace(entries=[entry])})()
        return [str(fault) for fault in check_examples(rulebook, None)]  # type: ignore[arg-type]

    return faults


@pytest.mark.parametrize("example", ["Họp [ngày 5](DATE)", "[ngày 5](DATE=5) và [ngày 6](DATE=6)", "không có gì"])
def test_an_example_that_holds_is_silent(example: str, faults: Any) -> None:
    assert faults(example) == []


@pytest.mark.parametrize(
    ("example", "told"),
    [
        ("[ngày](DATE) 5", r"dates\.yaml: entry date\.day: example 1: 'ngày' \(DATE\) is not found; found: 'ngày 5' \(DATE\)"),
        ("[ngày 5](TITLE)", r"'ngày 5' \(TITLE\) is not found"),
        ("[ngày năm](DATE)", "found: nothing"),
        ("[ngày 5](DATE=6)", "has the value 5, not 6"),
        ("BROKEN [ngày 5](DATE)", "text: broken"),
    ],
)
def test_an_example_that_does_not_hold_is_told(example: str, told: str, faults: Any) -> None:
    (fault,) = faults(example)
    assert re.search(told, fault)


@pytest.mark.parametrize("counter", ["ngày năm", "[ngày](DATE) 5", "[ngày 5](TITLE)"])
def test_a_counter_example_that_holds_is_silent(counter: str, faults: Any) -> None:
    assert faults(counter=(counter,)) == []


def test_a_marked_counter_example_that_is_found_is_told(faults: Any) -> None:
    assert faults(counter=("ngày năm", "[ngày 5](DATE)")) == [
        "dates.yaml: entry date.day: not 2: 'ngày 5' is found as DATE by date.day; it must not be"
    ]


def test_in_an_unmarked_counter_example_only_the_rule_itself_may_find_nothing(faults: Any) -> None:
    assert "the rule finds 'ngày 5'" in faults(counter=("ngày 5",))[0]
    assert faults(counter=("ngày 5",), rule="date.month") == []
