"""The built-in rules are what their examples say: each entry of each table (`-k posts`, `-k chair.verb`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from minutes_extract.evaluation.examples import entry_faults, gaps
from minutes_extract.rulebook.book import load_rulebook

if TYPE_CHECKING:
    from spacy.language import Language

    from minutes_extract.rulebook.models.base import Entry

RULES = load_rulebook()
ENTRIES = [
    pytest.param(table, entry, id=f"{table}:{entry.id}")
    for table in sorted(RULES.tables)
    for entry in RULES[table].entries
    if entry.examples or entry.counter
]


@pytest.mark.parametrize(("table", "entry"), ENTRIES)
def test_the_examples_of_an_entry_hold(table: str, entry: Entry, nlp: Language) -> None:
    assert [str(fault) for fault in entry_faults(RULES, nlp, table, entry)] == []


def test_every_entry_has_an_example_and_a_near_miss() -> None:
    assert gaps(RULES) == ((), ())
