"""142 hard cases, each a document with the record expected from it; those not yet read right stand in `known_failures.yaml`.

`cases.jsonl`, a line a case: `text`; `publisher` (banner) and `published` (stamp) where the expectation needs them; `expect` in terms of
the record; `must_not`; `notes`; `mended`: what was changed, and why, where the annotation guidelines or the record decide otherwise than
the case did; `not_applicable`: why nothing in it can be checked. `spans` are all mentions by the guidelines, also those the case did not ask for.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from minutes_extract.evaluation.keys import is_bare_head

from .compare import PRESENT, Case, differences, document_of

if TYPE_CHECKING:
    from minutes_extract.records import MinutesRecord

HERE = Path(__file__).parent
CASES: dict[str, Case] = {case["id"]: case for case in map(json.loads, (HERE / "cases.jsonl").read_text("utf-8").splitlines())}
APPLICABLE = [identifier for identifier, case in CASES.items() if "not_applicable" not in case]
KNOWN: dict[str, str] = yaml.safe_load((HERE / "known_failures.yaml").read_text("utf-8")) or {}
WANTED = 130
WHOLE = ("officials", "trademarks", "directives")
"""What is a whole list where a case gives it: one more is a difference, too."""


def _parameter(identifier: str) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason=KNOWN[identifier])] if identifier in KNOWN else []
    return pytest.param(identifier, id=f"{identifier}-{CASES[identifier]['topic']}", marks=marks)


@cache
def read(identifier: str) -> tuple[MinutesRecord, int]:
    """The record of a case's document, and where the text of the case begins in it."""
    from minutes_extract import extract

    text, start = document_of(CASES[identifier])
    return extract(text=text), start


@pytest.mark.parametrize("identifier", [_parameter(i) for i in APPLICABLE])
def test_the_record_is_as_expected(identifier: str) -> None:
    record, start = read(identifier)
    assert differences(record, CASES[identifier], start) == []


def test_at_least_130_of_the_142_cases_are_read_as_expected() -> None:
    assert len(CASES) == 142
    assert len(APPLICABLE) - len(KNOWN) >= WANTED, f"{len(APPLICABLE) - len(KNOWN)} of {len(CASES)} as expected"


def test_the_known_failures_are_cases_and_have_a_reason() -> None:
    assert set(KNOWN) <= set(APPLICABLE)
    assert all(isinstance(reason, str) and reason.strip() for reason in KNOWN.values())


# --- the comparison itself: what is expected can fail --------------------------------------------------------------------


def spoiled(case: Case) -> Iterator[tuple[str, Case]]:
    """The case with one expectation made wrong, for each expectation there is."""
    for path in _leaves(case["expect"], ()):
        if path[0] in ("may", "spans") or path[-1] == "not_role":
            continue
        wrong = copy.deepcopy(case)
        holder = wrong["expect"]
        for step in path[:-1]:
            holder = holder[step]
        value = holder[path[-1]]
        holder[path[-1]] = value + 1 if isinstance(value, int) else ["wrong"] if isinstance(value, list) else "wrong"
        yield ".".join(map(str, path)), wrong
    for label, texts in case["expect"]["spans"].items():
        for text in set(texts):
            for change in (list.append,) if is_bare_head(text) else (list.append, list.remove):
                wrong = copy.deepcopy(case)
                change(wrong["expect"]["spans"][label], text)
                wrong["expect"].pop("may", None)
                yield f"spans.{label}: {change.__name__} {text}", wrong


def _leaves(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The paths of all values that are no mapping and no list of mappings; a list of names or spellings is one value."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if (inner != [] or name not in (*WHOLE, "positions")) and not (name == "meeting" and inner is None):
                yield from _leaves(inner, (*path, name))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for at, inner in enumerate(value):
            yield from _leaves(inner, (*path, at))
    else:
        yield path


@pytest.mark.parametrize("identifier", [pytest.param(i, id=i) for i in APPLICABLE if i not in KNOWN])
def test_an_expectation_made_wrong_is_told(identifier: str) -> None:
    record, start = read(identifier)
    untold = [where for where, wrong in spoiled(CASES[identifier]) if not differences(record, wrong, start)]
    assert untold == []


@pytest.mark.parametrize(
    ("part", "identifier"), [pytest.param(p, i, id=f"{p}-{i}") for i in APPLICABLE for p in WHOLE if p in CASES[i]["expect"]]
)
def test_one_more_than_expected_is_told(part: str, identifier: str) -> None:
    from minutes_extract.records import Directive, Official, Trademark

    more: dict[str, Any] = {
        "officials": Official(id="o99", name="Nguyễn Thị Thừa", confidence="weak"),
        "trademarks": Trademark(name="Cam Thừa", kind="brand"),
        "directives": Directive(issuer=None, assignees=(), kind="directive", action="làm thừa", start=0, end=8),
    }
    record, start = read(identifier)
    larger = record.model_copy(update={part: (*getattr(record, part), more[part])})
    assert len(differences(larger, CASES[identifier], start)) > len(differences(record, CASES[identifier], start))


def test_one_more_position_than_expected_is_told() -> None:
    from minutes_extract.records import Position

    for identifier in APPLICABLE:
        record, start = read(identifier)
        for at, person in enumerate(record.officials):
            if person.name in [wanted["name"] for wanted in CASES[identifier]["expect"].get("officials", ())]:
                more = person.model_copy(update={"positions": (*person.positions, Position(title="Thư ký thừa", organization=None))})
                larger = record.model_copy(update={"officials": (*record.officials[:at], more, *record.officials[at + 1 :])})
                told = differences(larger, CASES[identifier], start)
                assert any(f"{person.name}: positions" in line for line in told), identifier


def test_a_date_that_is_not_the_meetings_is_told_when_it_is() -> None:
    for identifier in APPLICABLE:
        dates = CASES[identifier]["expect"].get("dates", ())
        if any("not_role" in wanted for wanted in dates):
            record, start = read(identifier)
            meeting = record.model_copy(update={"dates": tuple(d.model_copy(update={"role": "meeting"}) for d in record.dates)})
            told = differences(meeting, CASES[identifier], start)
            assert [
                f"{d['mention']}: role 'meeting'" for d in dates if "not_role" in d and f"{d['mention']}: role 'meeting'" not in told
            ] == []


def _with_mention(record: MinutesRecord, label: str, start: int, end: int, text: str) -> MinutesRecord:
    from minutes_extract.records import Mention

    mention = Mention(id="m999", label=label, start=start, end=end, text=text, zone="body", rule="x", confidence="weak")  # type: ignore[arg-type]
    return record.model_copy(update={"mentions": (*record.mentions, mention)})


@pytest.mark.parametrize("label", ["OFFICIAL", "TITLE", "ORGANIZATION", "DATE", "TRADEMARK"])
def test_a_mention_that_no_case_expects_is_told(label: str) -> None:
    for identifier in APPLICABLE:
        record, start = read(identifier)
        more = _with_mention(record, label, start, start + 1, CASES[identifier]["text"][:1])
        assert len(differences(more, CASES[identifier], start)) > len(differences(record, CASES[identifier], start)), identifier


@pytest.mark.parametrize(
    ("identifier", "banned"),
    [pytest.param(i, b, id=f"{i}-{b['kind']}-{b['text']}") for i in APPLICABLE for b in CASES[i].get("must_not", ())],
)
def test_what_must_not_be_is_told_when_it_is(identifier: str, banned: dict[str, str]) -> None:
    from minutes_extract.records import Directive, Official, Warning

    record, start = read(identifier)
    case, kind, text = CASES[identifier], banned["kind"], banned["text"]
    if kind == "ATTENDEE":
        person = Official(id="o99", name=text, roles=(min(PRESENT),), confidence="weak")
        record = record.model_copy(update={"officials": (*record.officials, person)})
    elif kind == "DIRECTIVE":
        order = Directive(issuer=None, assignees=(), kind="directive", action=text, start=0, end=len(text))
        record = record.model_copy(update={"directives": (*record.directives, order)})
    elif kind == "WARNING":
        record = record.model_copy(update={"warnings": (*record.warnings, Warning(code=text, message="x"))})
    else:
        at = start + case["text"].index(banned.get("within", text))
        record = _with_mention(record, kind, at, at + len(text), text)
    assert f"{kind} {text!r} must not be" in differences(record, case, start)
