"""Marked text against what the whole pipeline reads in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from minutes_extract.pipeline import reading_of
from minutes_extract.text.markup import parse_marked

if TYPE_CHECKING:
    from spacy.language import Language

Compare = Callable[[str, str], tuple[list[str], list[str]]]


@pytest.fixture(scope="session")
def compare(nlp: Language) -> Compare:
    """`compare(marked, label)`: what is read and what is marked, each as a list of `start text` in order of the text."""

    def compare(marked: str, label: str) -> tuple[list[str], list[str]]:
        text, spans = parse_marked(marked)
        mentions = reading_of(nlp(text)).facts.mentions
        found = sorted((m.start, m.end) for m in mentions if m.label == label)
        expected = sorted((span.start, span.end) for span in spans if span.label == label)
        return [f"{start} {text[start:end]}" for start, end in found], [f"{start} {text[start:end]}" for start, end in expected]

    return compare
