"""The entries of `meetings.yaml`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from minutes_extract.records import MeetingKind
from minutes_extract.rulebook.models.base import Entry

Family = Literal["label", "frame", "kind", "event", "title", "place", "genre"]
RoleCue = Literal[
    "chair", "delegation_head", "secretary", "speaker", "attendee", "host", "editor",
    "absent", "conclusion", "visitor", "visited", "chair_label", "none",
]  # fmt: skip
Chain = Literal["none", "linked", "back", "forward"]


class CueEntry(Entry):
    """One cue that tells who did what at a meeting, what kind of meeting it was, where it was or what it was called.

    `pattern` is a regular expression. In the families `label` and `frame` it is matched against the *scene*: the folded text in
    which a person is `@`, a post `^`, a body `~` and a date `#`, one character each, and sentences end with `|`
    (see `link.role_scene`). In the other families it is matched against the folded text (dates as `#` in `title` and `place`).
    `<name>` stands for the words of the list `name` of the same file, `<after>` for what may stand between a person and its verb.

    `role`: what the cue makes of the person. `chain`: which neighbours in a list of people share it (`none`; `linked`: those before it,
    joined by a word such as `và`; `back`: all before it in the sentence; `forward`: all behind it in the sentence or list).
    `before`: must not match what stands right before; `inside`: must not match the cue itself; `sentence`: must not match the sentence.
    `genres`: the genres of document in which the cue holds (none given: all). `kind`, `weight`: for `kind` and `event`.
    `headline`: a cue for the kind that counts in the title only. `early`: a cue for an event that counts near the beginning only.
    `whole`: a place or label is taken as it stands, to the end of the match.
    """

    family: Family
    pattern: str
    role: RoleCue | None = None
    chain: Chain = "none"
    before: str | None = None
    inside: str | None = None
    sentence: str | None = None
    genres: tuple[str, ...] = ()
    kind: MeetingKind | None = None
    whole: bool = False
    headline: bool = False
    early: bool = False
    weight: float = Field(default=1.0)
