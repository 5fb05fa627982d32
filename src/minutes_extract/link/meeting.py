"""The meeting a document tells of: kind, title, date, place and the people who led it (handbook 1.1-1.5, 5.9)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.facts import MeetingFacts, Person
from minutes_extract.link.meeting_kind import Event, read_event
from minutes_extract.link.meeting_place import place_of
from minutes_extract.link.meeting_title import title_of
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.page import Page


class MeetingDate(Protocol):
    """What the dates of a document say of the meeting: EDTF date, part of day, clock time and the mention they were read from."""

    @property
    def meeting_date(self) -> str | None:
        """EDTF date of the meeting, None where unknown."""
        ...

    @property
    def part_of_day(self) -> str | None:
        """`morning`, `noon`, `afternoon` or `evening`, None where unknown."""
        ...

    @property
    def time(self) -> str | None:
        """Clock time, `HH:MM`, None where unknown."""
        ...

    @property
    def meeting_mention(self) -> Candidate | None:
        """The mention the date was read from, None where unknown."""
        ...


def find_meeting(
    page: Page,
    rulebook: Rulebook,
    people: Sequence[Person],
    mentions: Sequence[Candidate],
    dates: MeetingDate,
    *,
    event: Event | None = None,
) -> MeetingFacts | None:
    """The meeting `page` tells of, None where it tells of none (an article of opinion, a directive, an announcement).

    `people` have their roles (`assign_roles`); who chaired, led the delegation, wrote and received is read from them, in their order.
    `event`: what `read_event` has read, where the caller has it.
    """
    event = event or read_event(page, rulebook, mentions)
    if event.kind is None:
        return None
    return MeetingFacts(
        title=title_of(page, rulebook, event, mentions),
        kind=event.kind,
        date=dates.meeting_date,
        part_of_day=dates.part_of_day,
        time=dates.time,
        place=place_of(page, rulebook, event, mentions),
        chairs=_with_role(people, "chair"),
        delegation_heads=_with_role(people, "delegation_head"),
        secretaries=_with_role(people, "secretary"),
        hosts=_with_role(people, "host"),
        mentions=(dates.meeting_mention,) if dates.meeting_mention is not None else (),
    )


def _with_role(people: Sequence[Person], role: str) -> tuple[str, ...]:
    return tuple(person.name for person in people if role in person.roles)
