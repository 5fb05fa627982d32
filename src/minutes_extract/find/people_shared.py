"""The honorific of a list's head given to all its names: `các đồng chí: A, ...; B, ...` (handbook 2.4, R-PER-08)."""

from __future__ import annotations

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.people_found import PeopleFound
from minutes_extract.find.people_listed import opens_item, sentences

_SHARED = ("honorific", "gender", "kind")
_OWN_KINDS = (None, "rank", "degree")
"""What a name may have before it and share the honorific of the list still: `các đồng chí: Đại tá A, ...; Đại tá B`."""
_FREE = ("person.post_before", "person.repeated", "person.role")
"""Rules whose names stand in a sentence, not in a list."""


def share_honorifics(people: PeopleFound) -> None:
    """Each name of a list has the honorific that opens the list, up to another honorific or a name that is no item of the list.

    `các ông Lê Văn Tám, Giám đốc Sở, Trần Khắc Nhựt, ...`: `Ông` for both. Of several people only where a plural word opens the
    address. Rules: `honorifics.yaml: plural`.
    """
    page = people.page
    by_line: dict[int, list[int]] = {}
    for i in sorted(people.by_token):
        by_line.setdefault(page.line_of[i], []).append(i)
    for at, names in by_line.items():
        line = page.lines[at]
        for first, last in sentences(page, line.first, line.last) if len(names) > 1 else ():
            _share(people, [i for i in names if first <= i < last])


def _share(people: PeopleFound, names: list[int]) -> None:
    head: Candidate | None = None
    for i in names:
        name = people.by_token[i]
        if name.attrs["honorific"] is not None:
            head = name if _is_plural(people, name) else None
        elif head is not None and _is_item(people, name):
            shared = {key: head.attrs[key] for key in _SHARED}
            people.by_token[i] = name.but(attrs={**name.attrs, **shared})
        else:
            head = None


def _is_plural(people: PeopleFound, name: Candidate) -> bool:
    """Does a plural word open the address: `các đồng chí`, `hai ông`?"""
    opens = people.page.token_at(name.attrs["from"])
    return opens < name.attrs["first"] and people.page.keys[opens] in people.words.plural_address


def _is_item(people: PeopleFound, name: Candidate) -> bool:
    opens = people.page.token_at(name.attrs["from"])
    return name.attrs["kind"] in _OWN_KINDS and name.rule not in _FREE and opens_item(people, opens)
