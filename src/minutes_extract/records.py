"""The contract: what comes out of a document, as frozen pydantic models.

Offsets (`start`, `end`) are half-open code points into the text as read, so that `text[start:end] == mention.text`.
Dates are EDTF level 1 strings. Unknown is `None`, never an empty text or 0. Field names follow
`docs/record.md`; a field is never dropped or renamed without a new `SCHEMA_VERSION`.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION = "1.0"
SCHEMA_ID = "urn:minutes-extract:schema:record:1.0"

Label = Literal["OFFICIAL", "TITLE", "ORGANIZATION", "DATE", "TRADEMARK"]
LABELS: tuple[Label, ...] = ("OFFICIAL", "TITLE", "ORGANIZATION", "DATE", "TRADEMARK")

Role = Literal["chair", "delegation_head", "secretary", "speaker", "attendee", "host", "editor", "mentioned"]
Status = Literal["current", "former", "acting"]
Confidence = Literal["strong", "weak"]
PartOfDay = Literal["morning", "noon", "afternoon", "evening"]
MeetingKind = Literal["working_session", "visit", "conference", "regular_meeting", "inspection", "ceremony", "signing", "training", "other"]
DateRole = Literal["meeting", "published", "page_clock", "document", "deadline", "period", "legal_reference", "other"]
MarkKind = Literal["trademark", "collective", "certification", "geographical_indication", "brand"]


class Model(BaseModel):
    """Base of all record models: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Model):
    """Where the text came from. `chars`: code points of the text as read; `sha256`: of the bytes."""

    path: str | None
    media_type: str
    encoding: str | None
    sha256: str
    chars: int = Field(ge=0)


class Tool(Model):
    """What read it: name, version, and the hash of the rules in force."""

    name: Literal["minutes-extract"] = "minutes-extract"
    version: str
    ruleset: str


class Mention(Model):
    """A span of the text as read. `value`: EDTF, for dates. `rule`: the id of the rule that read it."""

    id: str = Field(pattern=r"^m\d+$")
    label: Label
    start: int = Field(ge=0)
    end: int
    text: str
    value: str | None = None
    zone: str
    rule: str
    confidence: Confidence
    evidence: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _a_span_has_characters(self) -> Mention:
        if self.end <= self.start or len(self.text) != self.end - self.start:
            raise ValueError(f"mention {self.id}: {self.start}..{self.end} does not hold {self.text!r}")
        return self


class Meeting(Model):
    """The event the document tells of. Names in `chairs`, `delegation_heads`, `secretaries`, `hosts` are those of `officials`."""

    title: str | None
    kind: MeetingKind
    date: str | None
    part_of_day: PartOfDay | None
    time: str | None = None
    place: str | None = None
    chairs: tuple[str, ...] = ()
    delegation_heads: tuple[str, ...] = ()
    secretaries: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


class Position(Model):
    """One post a person holds, of one body. `organization` is the body's own name, expanded as far as the document tells it."""

    title: str
    organization: str | None
    organization_id: str | None = None
    status: Status = "current"
    mentions: tuple[str, ...] = ()


class Official(Model):
    """One person, however often named. `name` is the fullest form the document gives."""

    id: str = Field(pattern=r"^o\d+$")
    name: str
    honorific: str | None = None
    degrees: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    positions: tuple[Position, ...] = ()
    mentions: tuple[str, ...] = ()
    confidence: Confidence


class Organization(Model):
    """One body, however often named. `name` is the fullest form, `aliases` the other spellings met."""

    id: str = Field(pattern=r"^g\d+$")
    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    level: str | None = None
    place: str | None = None
    parent_id: str | None = None
    mentions: tuple[str, ...] = ()


class DateFact(Model):
    """One point or span of time with what it is the date of."""

    value: str | None
    part_of_day: PartOfDay | None = None
    role: DateRole
    mentions: tuple[str, ...] = ()


class Trademark(Model):
    """One mark, geographical indication or brand."""

    name: str
    kind: MarkKind
    status: str | None = None
    owner: str | None = None
    product: str | None = None
    number: str | None = None
    mentions: tuple[str, ...] = ()


class Directive(Model):
    """Who told whom to do what. `action` is verbatim: `text[start:end]`. `due` is EDTF."""

    issuer: str | None
    assignees: tuple[str, ...]
    co_assignees: tuple[str, ...] = ()
    kind: Literal["directive", "petition"]
    action: str
    due: str | None = None
    start: int = Field(ge=0)
    end: int


class Count(Model):
    """A number that announces a list, beside what was listed."""

    declared: int = Field(ge=0)
    noun: str
    listed: int = Field(ge=0)
    mentions: tuple[str, ...] = ()


class Warning(Model):
    """A doubt the reader should know of. `code` is stable, `message` is for people."""

    code: str
    message: str
    mentions: tuple[str, ...] = ()


class MinutesRecord(Model):
    """Everything read from one document."""

    schema_version: Literal["1.0"] = "1.0"
    doc_id: str
    source: Source
    tool: Tool
    published: str | None
    meeting: Meeting | None
    officials: tuple[Official, ...] = ()
    organizations: tuple[Organization, ...] = ()
    dates: tuple[DateFact, ...] = ()
    trademarks: tuple[Trademark, ...] = ()
    directives: tuple[Directive, ...] = ()
    counts: tuple[Count, ...] = ()
    mentions: tuple[Mention, ...] = ()
    warnings: tuple[Warning, ...] = ()


def record_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `MinutesRecord`, with `$schema` and `$id`.

    >>> record_schema()["$id"]
    'urn:minutes-extract:schema:record:1.0'
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **MinutesRecord.model_json_schema(mode="serialization"),
    }
