"""The tables of an export: the one place that says which there are, which columns they have, and what these mean.

Every format writes these tables, `docs/tables.md` is made from them, and `table_rows.py` fills them. Lists of the record are link tables of
their own (one row a member, `item` counts from 1): SQLite and a spreadsheet have no lists, and so one query runs on every format.

Example:
    >>> [column.name for column in find_table("official_roles").columns]
    ['doc_id', 'official_id', 'item', 'role']
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from minutes_extract.errors import UsageError

TABLES_VERSION = "1.0"
"""Version of the tables; columns may be added, none is dropped or renamed without a new one."""

Type: TypeAlias = Literal["string", "int64", "date"]


class Column(NamedTuple):
    """A column: its name, its type, what it means, and whether every row has a value."""

    name: str
    type: Type
    meaning: str
    required: bool


class Link(NamedTuple):
    """A foreign key: these columns, where they have values, are the key of `table`."""

    columns: tuple[str, ...]
    table: str


class Table(NamedTuple):
    """A table: one row for each `row`. The columns of `key` together are unique."""

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    links: tuple[Link, ...] = ()


def _text(name: str, meaning: str) -> Column:
    return Column(name, "string", meaning, required=False)


def _known(name: str, meaning: str) -> Column:
    return Column(name, "string", meaning, required=True)


def _number(name: str, meaning: str) -> Column:
    return Column(name, "int64", meaning, required=True)


def _day(name: str, of: str) -> Column:
    return Column(name, "date", f"`{of}` as a date, where it is one full day", required=False)


_DOCUMENT = _known("doc_id", "the document")
_ITEM = _number("item", "place in the list, from 1")
_IN_DOCUMENT = Link(("doc_id",), "documents")


def _fact(name: str, row: str, id_meaning: str, *columns: Column, links: tuple[Link, ...] = ()) -> Table:
    """A table of facts, with the key (`doc_id`, `id`)."""
    return Table(name, row, (_DOCUMENT, _known("id", id_meaning), *columns), ("doc_id", "id"), (_IN_DOCUMENT, *links))


def _list(name: str, row: str, owner: str, owners: str, *columns: Column) -> Table:
    """A list of the record as a table: the members of an `owner`, in their order."""
    key = ("doc_id", owner, "item")
    return Table(name, row, (_DOCUMENT, _known(owner, f"`id` in `{owners}`"), _ITEM, *columns), key, (Link(("doc_id", owner), owners),))


TABLES: tuple[Table, ...] = (
    Table(
        "documents",
        "document that gave a record",
        (
            _known("doc_id", "name of the document, unique"),
            _text("path", "the path as given, with forward slashes"),
            _known("media_type", "`text/plain`"),
            _text("encoding", "how the bytes were decoded"),
            _known("sha256", "hash of the bytes"),
            _number("chars", "length of the text as read, in code points"),
            _text("published", "date or time stamp of the page or paper itself, EDTF"),
            _day("published_day", "published"),
            _known("schema_version", "version of the record"),
            _known("tool_version", "version of the program that read it"),
            _known("ruleset", "hash of the rules it was read with"),
        ),
        ("doc_id",),
    ),
    _fact(
        "mentions",
        "span of a text that a fact rests on",
        "`m1`, `m2`, … in the order of the text",
        _known("label", "`OFFICIAL`, `TITLE`, `ORGANIZATION`, `DATE` or `TRADEMARK`"),
        _number("start", "first code point in the text as read, from 0"),
        _number("end", 'code point behind the last; an SQL keyword: write `"end"`'),
        _known("text", "the quote, as written"),
        _text("value", "of dates: EDTF"),
        _day("value_day", "value"),
        _known("zone", "part of the page it stands in"),
        _known("rule", "id of the rule that read it"),
        _known("confidence", "`strong` or `weak`"),
    ),
    _list(
        "mention_evidence", "piece of evidence of a mention", "mention_id", "mentions", _known("evidence", "what speaks for it, by name")
    ),
    _fact(
        "meetings",
        "document that tells of a meeting",
        "always `e1`: a document tells of one event at most",
        _text("title", "what it was about, as the document heads it"),
        _known("kind", "`working_session`, `visit`, `conference` and others"),
        _text("date", "day of the event, EDTF; a range if it took several days"),
        _day("day", "date"),
        _text("part_of_day", "`morning`, `noon`, `afternoon` or `evening`"),
        _text("time", "clock time at which it began"),
        _text("place", "where, as written"),
    ),
    _list(
        "meeting_people",
        "person with a part in a meeting",
        "meeting_id",
        "meetings",
        _known("part", "list of the record: `chairs`, `delegation_heads`, `secretaries` or `hosts`"),
        _known("name", "`name` in `officials`"),
    ),
    _fact(
        "officials",
        "person of a document, however often named",
        "`o1`, `o2`, …",
        _known("name", "the fullest form the document gives"),
        _text("honorific", "`Ông`, `Bà`, `Đồng chí` and the like, as written"),
        _known("confidence", "`strong` or `weak`"),
    ),
    _list("official_degrees", "academic degree of a person", "official_id", "officials", _known("degree", "as written")),
    _list("official_roles", "part of a person in a document", "official_id", "officials", _known("role", "`chair`, `speaker` and others")),
    _fact(
        "organizations",
        "body of a document, however often named",
        "`g1`, `g2`, …",
        _known("name", "the fullest form the document gives"),
        _text("kind", "kind of body, for example `department`"),
        _text("level", "`central`, `province`, `district` or `commune`, where it can be told"),
        _text("place", "province, district or commune it belongs to, as written"),
        _text("parent_id", "`id` of the body it is part of"),
        links=(Link(("doc_id", "parent_id"), "organizations"),),
    ),
    _list(
        "organization_aliases", "other spelling of a body", "organization_id", "organizations", _known("alias", "the spelling, as written")
    ),
    _fact(
        "positions",
        "post of a person",
        "`p1`, `p2`, … in the order of the record",
        _known("official_id", "`id` in `officials`"),
        _known("title", "the post"),
        _text("organization", "the body in its own name, expanded as far as the document tells it"),
        _text("organization_id", "`id` in `organizations`"),
        _known("status", "`current`, `former` or `acting`"),
        links=(Link(("doc_id", "official_id"), "officials"), Link(("doc_id", "organization_id"), "organizations")),
    ),
    _fact(
        "dates",
        "point or span of time",
        "`d1`, `d2`, … in the order of the record",
        _text("value", "EDTF"),
        _day("day", "value"),
        _text("part_of_day", "`morning`, `noon`, `afternoon` or `evening`"),
        _known("role", "what it is the date of: `meeting`, `deadline` and others"),
    ),
    _fact(
        "trademarks",
        "mark, geographical indication or brand",
        "`t1`, `t2`, … in the order of the record",
        _known("name", "the mark without quotation marks and cue"),
        _known("kind", "`trademark`, `collective`, `certification`, `geographical_indication` or `brand`"),
        _text("status", "how far its registration is, for example `granted`"),
        _text("owner", "who holds it"),
        _text("product", "what it stands for"),
        _text("number", "number of the certificate or application; text, for it may begin with 0"),
    ),
    _fact(
        "directives",
        "task that somebody was given or asked for",
        "`a1`, `a2`, … in the order of the record",
        _text("issuer", "who told or asked: a person or a body"),
        _known("kind", "`directive`, or `petition` for what is asked upward or sideways"),
        _known("action", "what is to be done, word for word"),
        _text("due", "until when, EDTF"),
        _day("due_day", "due"),
        _number("start", "first code point of `action` in the text as read"),
        _number("end", 'code point behind the last; an SQL keyword: write `"end"`'),
    ),
    _list(
        "directive_assignees",
        "person or body that has a task",
        "directive_id",
        "directives",
        _known("part", "list of the record: `assignees`, or `co_assignees` for who is to help"),
        _known("name", "as the document names them"),
    ),
    _fact(
        "counts",
        "number that announces a list",
        "`c1`, `c2`, … in the order of the record",
        _number("declared", "the number the document writes"),
        _known("noun", "what it counts"),
        _number("listed", "how many follow"),
    ),
    _fact(
        "warnings",
        "doubt about a document",
        "`w1`, `w2`, … in the order of the record",
        _known("code", "stable name of the doubt, for programs"),
        _known("message", "the same for people"),
    ),
    Table(
        "fact_mentions",
        "mention that a fact was read from",
        (
            _DOCUMENT,
            _known("fact", "the table of the fact: `officials`, `positions` and others"),
            _known("fact_id", "`id` in that table"),
            _ITEM,
            _known("mention_id", "`id` in `mentions`"),
        ),
        ("doc_id", "fact_id", "item"),
        (Link(("doc_id", "mention_id"), "mentions"),),
    ),
    Table(
        "failures",
        "document that gave no record",
        (
            _known("doc_id", "name of the document, unique; not in `documents`"),
            _text("path", "the path as given, with forward slashes"),
            _known("stage", "`reading`, `extract`, `limit` or `crash`"),
            _known("reason", "one sentence: what is wrong, where, what to do"),
            _text("sha256", "hash of the bytes, where they could be read"),
        ),
        ("doc_id",),
    ),
)
"""Every table, each behind those it links to."""


def find_table(name: str) -> Table:
    """The table called `name`.

    Raises:
        UsageError: there is none.
    """
    for table in TABLES:
        if table.name == name:
            return table
    raise UsageError(f"{name}: there is no such table; the tables are {', '.join(table.name for table in TABLES)}")
