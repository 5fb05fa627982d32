"""The entries of `places.yaml`: the provinces with the days on which each was in force."""

from __future__ import annotations

from datetime import date

from minutes_extract.rulebook.models.base import Entry


class PlaceEntry(Entry):
    """One province or centrally run city for one stretch of time (handbook 4.7).

    The same name in another time is another entry: Lào Cai before and after 1 July 2025 differ in extent. `name` stands without
    its type word; `type` is that word (`tỉnh`, `thành phố`); `valid_from`/`valid_to` are inclusive days, `None` where open or
    unknown; `successor` is the id of the unit that took it over; `code` is the official code of that time, which a later
    unit may use again.
    """

    name: str
    type: str
    code: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    aliases: tuple[str, ...] = ()
