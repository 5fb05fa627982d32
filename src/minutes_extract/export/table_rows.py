"""From a record to the rows of every table, in the order of their columns (`tables.py`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from minutes_extract.batch.outcome import Failed
    from minutes_extract.records import Meeting, MinutesRecord

Value: TypeAlias = str | int | date | None
Row: TypeAlias = tuple[Value, ...]
Rows: TypeAlias = dict[str, list[Row]]
"""Table name -> its rows."""

_FULL_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T[0-9:.+Z-]+)?", re.ASCII)
_MEETING_ID = "e1"
MEETING_LISTS = ("chairs", "delegation_heads", "secretaries", "hosts")
ASSIGNEE_LISTS = ("assignees", "co_assignees")


def full_day(edtf: str | None) -> date | None:
    """The day an EDTF text names, None unless it names exactly one and says it is sure: nothing is guessed.

    >>> full_day("2023-08-07T17:32:00+07:00")
    datetime.date(2023, 8, 7)
    >>> [full_day(edtf) for edtf in ("2023-08", "XXXX-06-30", "2023-08-08?", "2023-08-08/2023-08-09", "2023-02-30", None)]
    [None, None, None, None, None, None]
    """
    found = _FULL_DAY.fullmatch(edtf or "")
    if found is None:
        return None
    try:
        return date.fromisoformat(found[1])
    except ValueError:  # the calendar has no such day
        return None


def rows_of(record: MinutesRecord) -> Rows:
    """The rows of a record: table name -> rows; a table it has no row for may be missing.

    Raises:
        ValueError: ids stand twice or refer to nothing, so that the tables would not hold together.
    """
    facts = _facts(record)
    _check(record, facts)
    doc_id = record.doc_id
    return {
        "documents": [_document(record)],
        **{name: [(doc_id, id_, *values) for id_, values, _ in members] for name, members in facts.items()},
        **{name: [(doc_id, *row) for row in rows] for name, rows in _lists(record).items()},
        "fact_mentions": [
            (doc_id, name, id_, item, mention)
            for name, members in facts.items()
            for id_, _, mentions in members
            for item, mention in enumerate(mentions, 1)
        ],
    }


def row_of_failure(failed: Failed) -> Row:
    """The row of a document that gave no record."""
    return (failed.doc_id, failed.path, failed.stage, failed.reason, failed.sha256)


_Fact: TypeAlias = tuple[str, Row, Sequence[str]]
"""Id, the values of the columns behind it, and the mentions it was read from."""


def _document(record: MinutesRecord) -> Row:
    source, tool = record.source, record.tool
    read = (source.path, source.media_type, source.encoding, source.sha256, source.chars)
    made = (record.schema_version, tool.version, tool.ruleset)
    return (record.doc_id, *read, record.published, full_day(record.published), *made)


def _facts(record: MinutesRecord) -> dict[str, list[_Fact]]:
    """The tables with a key of `doc_id` and `id`, in the order of `TABLES`."""
    return {
        "mentions": [
            (m.id, (m.label, m.start, m.end, m.text, m.value, full_day(m.value), m.zone, m.rule, m.confidence), ()) for m in record.mentions
        ],
        "meetings": [] if record.meeting is None else [_meeting(record.meeting)],
        "officials": [(o.id, (o.name, o.honorific, o.confidence), o.mentions) for o in record.officials],
        "organizations": [(g.id, (g.name, g.kind, g.level, g.place, g.parent_id), g.mentions) for g in record.organizations],
        "positions": _numbered(
            "p",
            (
                ((official.id, p.title, p.organization, p.organization_id, p.status), p.mentions)
                for official in record.officials
                for p in official.positions
            ),
        ),
        "dates": _numbered("d", (((d.value, full_day(d.value), d.part_of_day, d.role), d.mentions) for d in record.dates)),
        "trademarks": _numbered("t", (((t.name, t.kind, t.status, t.owner, t.product, t.number), t.mentions) for t in record.trademarks)),
        "directives": _numbered(
            "a", (((a.issuer, a.kind, a.action, a.due, full_day(a.due), a.start, a.end), ()) for a in record.directives)
        ),
        "counts": _numbered("c", (((c.declared, c.noun, c.listed), c.mentions) for c in record.counts)),
        "warnings": _numbered("w", (((w.code, w.message), w.mentions) for w in record.warnings)),
    }


def _meeting(meeting: Meeting) -> _Fact:
    when = (meeting.date, full_day(meeting.date), meeting.part_of_day, meeting.time)
    return (_MEETING_ID, (meeting.title, meeting.kind, *when, meeting.place), meeting.mentions)


def _numbered(letter: str, facts: Iterable[tuple[Row, Sequence[str]]]) -> list[_Fact]:
    """Facts that have no id in the record, with one: `t1`, `t2`, …"""
    return [(f"{letter}{number}", row, mentions) for number, (row, mentions) in enumerate(facts, 1)]


def _lists(record: MinutesRecord) -> dict[str, list[Row]]:
    """The lists of a record as rows without `doc_id`: owner, item, what is listed."""
    parts: list[Row] = [(part, name) for part in MEETING_LISTS for name in getattr(record.meeting, part, ())]
    return {
        "mention_evidence": [row for m in record.mentions for row in _items(m.id, m.evidence)],
        "meeting_people": [(_MEETING_ID, item, *row) for item, row in enumerate(parts, 1)],
        "official_degrees": [row for o in record.officials for row in _items(o.id, o.degrees)],
        "official_roles": [row for o in record.officials for row in _items(o.id, o.roles)],
        "organization_aliases": [row for g in record.organizations for row in _items(g.id, g.aliases)],
        "directive_assignees": [
            (f"a{number}", item, part, name)
            for number, directive in enumerate(record.directives, 1)
            for item, (part, name) in enumerate(((part, name) for part in ASSIGNEE_LISTS for name in getattr(directive, part)), 1)
        ],
    }


def _items(owner: str, values: Iterable[str]) -> Iterator[Row]:
    return ((owner, item, value) for item, value in enumerate(values, 1))


def _check(record: MinutesRecord, facts: dict[str, list[_Fact]]) -> None:
    """See that every id stands once and every reference leads somewhere."""
    known: dict[str, set[str]] = {}
    for name, members in facts.items():
        known[name] = {id_ for id_, _, _ in members}
        if len(known[name]) < len(members):
            raise ValueError(f"an id stands twice in {name}")
    bodies = [(f"parent of {body.id}", body.parent_id) for body in record.organizations]
    posts = [(f"post of {official.id}", post.organization_id) for official in record.officials for post in official.positions]
    read_from = [(f"{name} {id_}", mention) for name, members in facts.items() for id_, _, mentions in members for mention in mentions]
    for references, table in ((bodies + posts, "organizations"), (read_from, "mentions")):
        for where, reference in references:
            if reference is not None and reference not in known[table]:
                raise ValueError(f"{where}: there is no {reference} in {table}")
