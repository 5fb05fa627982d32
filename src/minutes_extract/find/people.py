"""People: names anchored by an honorific, a post, a list or an earlier mention (guidelines OFFICIAL; handbook section 2).

A run of capitals is a name only with evidence beside it: `ông A` (an address), `A, Phó Giám đốc ...` (a post after),
`Phó Chủ tịch UBND tỉnh A` (a post before), a place in a list of people, a line of a signature block, or the same full name
anchored elsewhere in the document. Each kind of evidence has a module: `people_addressed`, `people_anchored`, `people_listed`,
`people_repeated`; `people_shared` gives the names of a list the honorific of its head.
"""

from __future__ import annotations

from collections.abc import Sequence

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.people_anchored import find_anchored
from minutes_extract.find.people_found import PeopleFound
from minutes_extract.find.people_listed import find_listed
from minutes_extract.find.people_repeated import find_repeated
from minutes_extract.find.people_shared import share_honorifics
from minutes_extract.find.vocabulary import vocabulary
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.page import Page


def find_people(
    page: Page,
    rulebook: Rulebook,
    *,
    addressed: Sequence[Candidate],
    titles: Sequence[Candidate],
    organizations: Sequence[Candidate],
    marks: Sequence[Candidate] = (),
) -> list[Candidate]:
    """All people of the page in order, as OFFICIAL candidates in clean offsets: `addressed` and the names that other evidence anchors.

    `[Trần Khắc Nhựt], Giám đốc Sở Tư pháp`; not `đường Lý Thường Kiệt`. The other arguments are the candidates of the finders
    before: posts anchor names, named bodies and marks hold syllables that are none. `attrs` are those of `find_addressed`;
    the honorific that opens a list is that of each of its names. Rules: `names.yaml`; handbook 2.2-2.4, 2.7, 2.8.
    """
    people = PeopleFound(page, vocabulary(rulebook), addressed=addressed, titles=titles, organizations=organizations, marks=marks)
    find_anchored(people)
    find_listed(people)
    find_repeated(people)
    share_honorifics(people)
    return sorted(people.by_token.values(), key=lambda c: c.key)
