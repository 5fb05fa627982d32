"""What the link stage knows of a document, still in clean offsets; `assemble` turns it into a `MinutesRecord`."""

from __future__ import annotations

from dataclasses import dataclass, field

from minutes_extract.find.candidate import Candidate, Rejected


@dataclass(frozen=True, slots=True)
class Position:
    """A post of a person. `organization` is the resolved name of the body, `body` the mention it was read from (if any)."""

    title: Candidate
    body: Candidate | None
    organization: str | None
    status: str = "current"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the document, with all mentions in order of the text."""

    name: str
    mentions: tuple[Candidate, ...]
    honorific: str | None = None
    degrees: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """One organization of the document. `parent` is an index into `Facts.bodies`."""

    name: str
    mentions: tuple[Candidate, ...]
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    level: str | None = None
    place: str | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class DatePoint:
    """A date mention with its resolved EDTF value, part of day, clock time and what it is the date of."""

    mention: Candidate
    value: str | None
    part_of_day: str | None = None
    time: str | None = None
    role: str = "other"


@dataclass(frozen=True, slots=True)
class Mark:
    """One trademark, geographical indication or brand."""

    name: str
    kind: str
    mentions: tuple[Candidate, ...]
    status: str | None = None
    owner: str | None = None
    product: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """The event told of; names are those of `Person.name`."""

    title: str | None
    kind: str
    date: str | None
    part_of_day: str | None = None
    time: str | None = None
    place: str | None = None
    chairs: tuple[str, ...] = ()
    delegation_heads: tuple[str, ...] = ()
    secretaries: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    mentions: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectiveFact:
    """Who told whom to do what; `start`/`end` hold the action in the clean text."""

    issuer: str | None
    assignees: tuple[str, ...]
    co_assignees: tuple[str, ...]
    kind: str
    start: int
    end: int
    due: str | None = None


@dataclass(frozen=True, slots=True)
class CountFact:
    """A declared number beside the length of the list it announces; `start`/`end` hold number and noun."""

    declared: int
    noun: str
    listed: int
    start: int
    end: int
    mentions: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A warning: stable code, message for people, the mentions it is about."""

    code: str
    message: str
    mentions: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything known of a document, stage by stage: each link stage returns a copy with its own field filled."""

    mentions: tuple[Candidate, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    people: tuple[Person, ...] = ()
    bodies: tuple[Body, ...] = ()
    dates: tuple[DatePoint, ...] = ()
    marks: tuple[Mark, ...] = ()
    published: str | None = None
    meeting: MeetingFacts | None = None
    directives: tuple[DirectiveFact, ...] = ()
    counts: tuple[CountFact, ...] = ()
    doubts: tuple[Doubt, ...] = field(default=())
