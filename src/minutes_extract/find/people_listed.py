"""Names in a list of people: `các đồng chí: A, Phó Giám đốc; [B], ...; [C]` (guidelines OFFICIAL; handbook 2.4, R-PER-10)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from minutes_extract.find.names import name_at
from minutes_extract.find.people_found import PeopleFound
from minutes_extract.find.vocabulary import openings
from minutes_extract.text.page import BREAK, CAP, SPACE, Page

_NO_LISTS = ("source", "furniture", "counter", "footer")
_LIST_WORDS = ("civil", "comrade", "role")
_SEPARATORS = (",", ";", ":", "-", "(", ")")


def find_listed(people: PeopleFound) -> None:
    """Adds the names between separators in a sentence that already names a person, or behind a word that opens a list of people.

    `gồm các ông: Lê Văn Tám, [Trần Khắc Nhựt] và [Đỗ Thị Hà].` Rules: `honorifics.yaml` (kinds civil, comrade, role), `names.yaml`.
    """
    page = people.page
    list_words = _list_words(people)
    for line in page.lines:
        if line.zone in _NO_LISTS:
            continue
        for first, last in sentences(page, line.first, line.last):
            for i in range(_list_start(people, list_words, first, last), last):
                if page.flags[i] & CAP:
                    _keep_item(people, i)


def _list_words(people: PeopleFound) -> list[int]:
    """The tokens at which a word that opens a list of people begins: an honorific, or the colon behind a post of several people."""
    honorifics = people.words.honorifics
    matches = ((i, honorifics.longest(people.page, i)) for i in openings(people.page, honorifics))
    addresses = [i for i, match in matches if match is not None and match[1].kind in _LIST_WORDS]
    return sorted([*addresses, *_colons_of_posts(people)])


def _colons_of_posts(people: PeopleFound) -> Iterator[int]:
    """The token before the colon in `các Phó Giám đốc Sở: A, B, C`."""
    page = people.page
    for end, title in people.title_ends.items():
        body = people.body_starts.get(end)
        last = end if body is None else body.attrs["last"]
        first = title.attrs["first"]
        if last < len(page) and page.keys[last] == ":" and not people.words.plural_address.isdisjoint(page.keys[max(0, first - 2) : first]):
            yield last - 1


def _list_start(people: PeopleFound, list_words: list[int], first: int, last: int) -> int:
    """The token from which on names of the sentence may be items of a list; `last` where there is no list."""
    if not people.by_token.keys().isdisjoint(range(first, last)):
        return first
    at = bisect_left(list_words, first)
    return min(list_words[at] + 1, last) if at < len(list_words) else last


def _keep_item(people: PeopleFound, i: int) -> None:
    page, words = people.page, people.words
    if page.keys[i] not in words.surnames or not opens_item(people, i) or people.is_taken(i) or people.is_in_body(i):
        return
    end = name_at(page, i, words)
    if end is None or not _closes_item(page, end) or people.is_no_person(i) or people.is_street(i):
        return
    if end - i >= 3 or page.keys[i] in words.surnames_common:
        people.keep(i, end, "person.listed", "person.listed")


def opens_item(people: PeopleFound, i: int) -> bool:
    """Does token `i` stand behind a separator, a joining word or a line break, as an item of a list does?"""
    page = people.page
    if i == 0:
        return False
    return page.gaps[i] >= BREAK or page.keys[i - 1] in _SEPARATORS or page.keys[i - 1] in people.words.joiners


def _closes_item(page: Page, end: int) -> bool:
    if end >= len(page) or page.gaps[end] >= BREAK:
        return True
    return page.keys[end] in (*_SEPARATORS, ".") or not page.flags[end] & CAP


def sentences(page: Page, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Token ranges of `first` to `last` between full stops; the dot of an abbreviation (`TP.`, `ThS.`) is none."""
    start = first
    for i in range(first, last - 1):
        stops = page.keys[i] in ".!?" and page.gaps[i + 1] >= SPACE and page.flags[i + 1] & CAP
        if stops and (page.ends[i - 1] - page.starts[i - 1] > 3 or not page.flags[i - 1] & CAP):
            yield start, i + 1
            start = i + 1
    yield start, last
