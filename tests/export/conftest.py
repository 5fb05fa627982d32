"""Records to export: those of `data/raw`, those of the measuring material, and one made to break an export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from minutes_extract import MinutesRecord, extract_many

HOSTILE = (
    "=SUM(A1)",
    "'=SUM(A1)",
    "''-1",
    "+84 909",
    "-1",
    "@cmd",
    "\tx",
    "\rx",
    "\nx",
    "＝1",
    'Ông "Ba", Sáu; Bảy',
    "Phòng\r\nKinh tế\nhạ tầng",
    "Thủy",
    "Th\u0075\u0309y",
    "😀 Cồn Sơn",
    " hai  khoảng trắng ",
    "null",
    "00062",
    "a\u2028b",
    "'",
    "a\x00b",
    "DROP TABLE officials; --",
)
"""Strings that a spreadsheet, a parser or an engine may take for something else."""


@pytest.fixture(scope="session")
def records(raw: Path) -> list[MinutesRecord]:
    """The records of `data/raw`."""
    return [outcome.record for outcome in extract_many(raw)]


@pytest.fixture(scope="session", params=["data/raw", "devset"])
def corpus(request: pytest.FixtureRequest) -> list[MinutesRecord]:
    """The records of `data/raw`, then those of the measuring material where it is there."""
    if request.param == "data/raw":
        found: list[MinutesRecord] = request.getfixturevalue("records")
        return found
    texts: Path = request.getfixturevalue("shared") / "devset" / "text"
    if not texts.is_dir():
        pytest.skip("the measuring material ../shared/devset is not there; this test needs it")
    return [outcome.record for outcome in extract_many(texts) if outcome.ok]


@pytest.fixture(scope="session")
def make_record() -> Callable[..., MinutesRecord]:
    """Makes a record: `make_record("a", ["Vú sữa"], published="2023")`."""
    return _made


def _made(doc_id: str, names: Sequence[str] = (), **fields: Any) -> MinutesRecord:
    """A record with a mark, an official and a mention for each of `names`; all that may be unknown is."""
    mentions = [
        {
            "id": f"m{number}",
            "label": "TRADEMARK",
            "start": 0,
            "end": len(name),
            "text": name,
            "zone": "body",
            "rule": "mark.quoted",
            "confidence": "weak",
        }
        for number, name in enumerate(names, 1)
    ]
    return MinutesRecord.model_validate(
        {
            "doc_id": doc_id,
            "source": {"path": None, "media_type": "text/plain", "encoding": None, "sha256": "0" * 64, "chars": 0},
            "tool": {"version": "0.1.0", "ruleset": "sha256:0"},
            "published": None,
            "meeting": None,
            "officials": [
                {"id": f"o{number}", "name": name, "honorific": name, "confidence": "weak"} for number, name in enumerate(names, 1)
            ],
            "trademarks": [
                {"name": name, "kind": "brand", "owner": name, "mentions": [f"m{number}"]} for number, name in enumerate(names, 1)
            ],
            "mentions": mentions,
            **fields,
        }
    )


@pytest.fixture
def hostile() -> MinutesRecord:
    """A record whose names are `HOSTILE`."""
    return _made("hostile", HOSTILE)
