"""What is known of a document when its mentions are not linked: the ablation `link` (`parts.PARTS`).

| left | gone |
|---|---|
| overlaps are settled, bare heads of bodies dropped | work titles without a holder stay |
| one person, body or mark for each name as it is written (white space apart) | given names, aliases and short forms join nobody |
| dates with the value that their own words give | years from beside, the publication, the meeting, what a date is the date of |
| | positions, roles, the meeting, directives, counts, warnings |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.date_values import DateParts, edtf
from minutes_extract.link.facts import Body, DatePoint, Facts, Mark, Person
from minutes_extract.text.page import Page


def unlinked_facts(page: Page, facts: Facts) -> Facts:
    """`facts`, which hold settled mentions, with the dates, people, bodies and marks that single mentions tell.

    `Phó Giám đốc Lê Thị Hòa ... Bà Hòa` -> two persons, `Lê Thị Hòa` and `Hòa`, neither with a position.
    """
    mentions = tuple(m.but(value=_own_value(m)) if m.label == "DATE" else m for m in facts.mentions)
    return Facts(
        mentions=mentions,
        rejected=facts.rejected,
        dates=tuple(DatePoint(m, m.value) for m in mentions if m.label == "DATE"),
        people=tuple(Person(name, named) for name, named in _by_name(page, mentions, "OFFICIAL")),
        bodies=tuple(Body(name, named) for name, named in _by_name(page, mentions, "ORGANIZATION")),
        marks=tuple(Mark(name, str(named[0].attrs["kind"]), named) for name, named in _by_name(page, mentions, "TRADEMARK")),
    )


def _own_value(date: Candidate) -> str | None:
    parts = date.attrs.get("parts")
    return edtf(parts) if isinstance(parts, DateParts) and parts.year_text is None else None


def _by_name(page: Page, mentions: Sequence[Candidate], label: str) -> Iterator[tuple[str, tuple[Candidate, ...]]]:
    """Each name with its mentions, in order of the first."""
    named: dict[str, list[Candidate]] = {}
    for mention in mentions:
        if mention.label == label:
            named.setdefault(" ".join(page.text[mention.start : mention.end].split()), []).append(mention)
    return ((name, tuple(group)) for name, group in named.items())
