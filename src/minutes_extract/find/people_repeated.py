"""Further mentions of people who have a full name elsewhere on the page: `[Lê Văn Tám]` again, `Đại biểu [Tám]` (handbook 2.7)."""

from __future__ import annotations

from minutes_extract.find.names import capital_line, capital_run
from minutes_extract.find.people_found import PeopleFound
from minutes_extract.find.vocabulary import openings
from minutes_extract.rulebook.phrases import PhraseTrie
from minutes_extract.text.page import BREAK, CAP, GLUED

_ROLE_REACH = 3
"""Tokens of the longest role word before a given name."""


def find_repeated(people: PeopleFound) -> None:
    """Adds each further mention of a full name anchored anywhere on the page, then the given names that a role word opens.

    `[Lê Văn Tám] đề nghị` after `ông Lê Văn Tám`; `Đại biểu [Tám]`. Rules: `honorifics.yaml` (kinds role, trade).
    """
    _full_names(people)
    _given_names(people)


def _full_names(people: PeopleFound) -> None:
    page = people.page
    known = PhraseTrie((page.text[c.start : c.end], c.rule) for c in people.full_names())
    free = 0
    for i in openings(page, known):
        match = known.longest(page, i) if i >= free and page.flags[i] & CAP else None
        if match is None or people.is_taken(i) or people.is_no_person(i) or _is_place(people, i, match[0]):
            continue
        free = match[0]
        if _stands_alone(people, i, match[0]):
            people.keep(i, match[0], "person.repeated", "person.repeated")


def _is_place(people: PeopleFound, i: int, end: int) -> bool:
    """A city that bears a person's name counts as one only where a post or honorific says so."""
    place = people.words.places.longest_at(people.page, i)
    return place is not None and i + place >= end and i not in people.title_ends


def _stands_alone(people: PeopleFound, i: int, end: int) -> bool:
    """False inside a body and inside a longer run of capitals, which is another name."""
    page = people.page
    if people.is_all_in_body(i, end) or (end < len(page) and _capital_joins(people, end) and not _ends_name(people, end)):
        return False
    preceded = i > 0 and page.flags[i - 1] & CAP and _capital_joins(people, i)
    return not preceded or i in people.title_ends or i in people.body_ends or capital_line(page, i)


def _capital_joins(people: PeopleFound, j: int) -> bool:
    """Is token `j` a capital on the line of the one before it, not glued to it?"""
    return bool(people.page.flags[j] & CAP) and GLUED < people.page.gaps[j] < BREAK


def _ends_name(people: PeopleFound, j: int) -> bool:
    page, words = people.page, people.words
    return words.posts.longest(page, j) is not None or words.heads.longest(page, j) is not None or capital_line(page, j)


def _given_names(people: PeopleFound) -> None:
    """`Đại biểu [Liên]`: after a role word one syllable counts where it ends a full name of the document."""
    page = people.page
    given = people.given_names()
    for i in range(1, len(page)):
        if page.keys[i] not in given or not page.flags[i] & CAP or page.gaps[i] >= BREAK:
            continue
        if _behind_role(people, i) and capital_run(page, i) == i + 1 and not people.is_taken(i):
            people.keep(i, i + 1, "person.role", "person.addressed")


def _behind_role(people: PeopleFound, i: int) -> bool:
    for start in range(max(0, i - _ROLE_REACH), i):
        match = people.words.honorifics.longest(people.page, start, i)
        if match is not None and match[0] == i and match[1].kind in ("role", "trade"):
            return True
    return False
