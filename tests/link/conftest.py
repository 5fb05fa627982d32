"""What the whole pipeline links in a text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from minutes_extract.link.facts import Person
from minutes_extract.pipeline import reading_of

if TYPE_CHECKING:
    from spacy.language import Language

Posts = list[tuple[str, str, str | None, str]]


@pytest.fixture(scope="session")
def people_of(nlp: Language) -> Callable[[str], tuple[Person, ...]]:
    """The people of a text."""
    return lambda text: reading_of(nlp(text)).facts.people


@pytest.fixture(scope="session")
def posts_of(nlp: Language) -> Callable[[str], Posts]:
    """The posts of a text: name, title as written, body as resolved, status; person by person."""

    def posts(text: str) -> Posts:
        reading = reading_of(nlp(text))
        clean = reading.source.clean
        return [
            (person.name, clean[held.title.start : held.title.end], held.organization, held.status)
            for person in reading.facts.people
            for held in person.positions
        ]

    return posts
