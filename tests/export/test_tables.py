"""The tables hold together: their definition, the rows of a record, keys and references."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from minutes_extract import Extracted, Failed, MinutesRecord
from minutes_extract.errors import UsageError
from minutes_extract.export.table_reference import with_reference
from minutes_extract.export.table_rows import ASSIGNEE_LISTS, MEETING_LISTS, Row, full_day, rows_of
from minutes_extract.export.table_source import batches
from minutes_extract.export.table_sql import views
from minutes_extract.export.tables import TABLES, Table, find_table

Make = Callable[..., MinutesRecord]
PYTHON_TYPES = {"string": str, "int64": int, "date": date}
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


def as_dicts(table: str, records: list[MinutesRecord]) -> list[dict[str, Any]]:
    names = [column.name for column in find_table(table).columns]
    return [dict(zip(names, row, strict=True)) for record in records for row in rows_of(record).get(table, [])]


def cells(table: Table, rows: list[Row], columns: tuple[str, ...]) -> list[Row]:
    places = [[column.name for column in table.columns].index(name) for name in columns]
    return [tuple(row[place] for place in places) for row in rows]


@each_table
def test_keys_and_links_are_columns_and_links_go_back_to_keys(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert set(table.key) <= {column.name for column in table.columns if column.required}
    earlier = {one.name: one for one in TABLES[: TABLES.index(table) + 1]}
    for link in table.links:
        assert set(link.columns) <= set(names)
        assert len(link.columns) == len(earlier[link.table].key)


def test_the_page_on_the_tables_is_that_of_the_definition(root: Path) -> None:
    page = (root / "docs" / "tables.md").read_text("utf-8")
    assert page == with_reference(page), "run: python -m minutes_extract.export.table_reference docs/tables.md"


def test_every_view_of_the_file_is_read(root: Path) -> None:
    text = (root / "src" / "minutes_extract" / "export" / "data" / "views.sql").read_text("utf-8")
    assert len(views()) == text.count("CREATE VIEW")


def test_every_field_of_the_record_has_a_column() -> None:
    columns = {column.name for table in TABLES for column in table.columns}
    elsewhere = {"source", "tool", "meeting", "mentions", "evidence", "aliases", "degrees", "roles", *MEETING_LISTS, *ASSIGNEE_LISTS}
    tables = {table.name for table in TABLES}
    schema = MinutesRecord.model_json_schema()
    renamed = {"Tool": {"name", "version"}}  # the program is one; `tool_version`
    for name, model in {**schema["$defs"], "MinutesRecord": schema}.items():
        missing = set(model["properties"]) - columns - elsewhere - tables - renamed.get(name, set())
        assert missing == set(), name


@each_table
def test_rows_have_the_types_of_their_columns(table: Table, corpus: list[MinutesRecord]) -> None:
    for batch in batches(corpus):
        for row in batch[table.name]:
            assert len(row) == len(table.columns)
            for value, column in zip(row, table.columns, strict=True):
                assert type(value) is PYTHON_TYPES[column.type] or (value is None and not column.required), column.name


@each_table
def test_keys_are_unique_and_links_lead_to_rows(table: Table, corpus: list[MinutesRecord]) -> None:
    (batch,) = batches(corpus)
    keys = Counter(cells(table, batch[table.name], table.key))
    assert [key for key, times in keys.items() if times > 1] == []
    for link in table.links:
        target = find_table(link.table)
        known = set(cells(target, batch[link.table], target.key))
        assert {row for row in cells(table, batch[table.name], link.columns) if None not in row} <= known


def test_each_fact_of_fact_mentions_is_a_row_of_its_table(corpus: list[MinutesRecord]) -> None:
    (batch,) = batches(corpus)
    for fact in {row[1] for row in batch["fact_mentions"]}:
        known = set(cells(find_table(str(fact)), batch[str(fact)], ("doc_id", "id")))
        assert {(row[0], row[2]) for row in batch["fact_mentions"] if row[1] == fact} <= known


def test_the_mentions_are_those_of_the_records(corpus: list[MinutesRecord]) -> None:
    rows = as_dicts("mentions", corpus)
    fields = ("id", "label", "start", "end", "text", "value", "zone", "rule", "confidence")
    told = [{"doc_id": record.doc_id, **mention.model_dump(include=set(fields))} for record in corpus for mention in record.mentions]
    assert [{name: row[name] for name in ("doc_id", *fields)} for row in rows] == told


def test_people_posts_and_lists_come_back_from_the_rows(records: list[MinutesRecord]) -> None:
    for record in records:
        rows = rows_of(record)
        roles, degrees, posts = rows["official_roles"], rows["official_degrees"], rows["positions"]
        for official in record.officials:
            assert [row[3] for row in roles if row[1] == official.id] == list(official.roles)
            assert [row[3] for row in degrees if row[1] == official.id] == list(official.degrees)
            assert [row[3:] for row in posts if row[2] == official.id] == [
                (post.title, post.organization, post.organization_id, post.status) for post in official.positions
            ]
            read_from = [row[4] for row in rows["fact_mentions"] if row[1:3] == ("officials", official.id)]
            assert read_from == list(official.mentions)
        for number, directive in enumerate(record.directives, 1):
            told = [row[3:] for row in rows["directive_assignees"] if row[1] == f"a{number}"]
            assert told == [*(("assignees", name) for name in directive.assignees), *(("co_assignees", n) for n in directive.co_assignees)]


@pytest.mark.parametrize(
    ("edtf", "day"),
    [
        ("2023-08-08", date(2023, 8, 8)),
        ("2023-08-07T23:30:00-05:00", date(2023, 8, 7)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2023-02-29", None),
        ("2023-08", None),
        ("2023", None),
        ("0000-01-01", None),
        ("XXXX-06-30", None),
        ("2023-08-XX", None),
        ("2023-08-08~", None),
        ("2023-08-08/2023-08-09", None),
        ("../2023-08-08", None),
        ("2023-08-08 ", None),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_never_guessed(edtf: str | None, day: date | None) -> None:
    assert full_day(edtf) == day


def test_a_record_with_nothing_known_is_one_row(make_record: Make) -> None:
    (batch,) = batches(make_record("empty"))
    assert {name: len(rows) for name, rows in batch.items() if rows} == {"documents": 1}
    assert batch["documents"][0][:4] == ("empty", None, "text/plain", None)


def test_what_extract_many_gives_may_be_exported_with_its_failures(make_record: Make) -> None:
    outcomes = [
        Extracted("a", "a.txt", make_record("a").model_dump_json()),
        Failed("b", "b.txt", "reading", "b.txt: the file is empty; nothing to read"),
    ]
    (batch,) = batches(outcomes)
    assert [row[0] for row in batch["documents"]] == ["a"]
    assert batch["failures"] == [("b", "b.txt", "reading", "b.txt: the file is empty; nothing to read", None)]


def test_batches_are_bounded_and_never_split_a_document(records: list[MinutesRecord], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minutes_extract.export.table_source.ROWS_A_BATCH", 1)
    parts = list(batches(records))
    assert [len(part["documents"]) for part in parts] == [1] * len(records) + [0]
    assert all(len({row[0] for rows in part.values() for row in rows}) <= 1 for part in parts)


MENTION = {"id": "m1", "label": "DATE", "start": 0, "end": 1, "text": "8", "zone": "body", "rule": "r", "confidence": "weak"}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"mentions": [MENTION, MENTION]}, "an id stands twice in mentions"),
        ({"dates": [{"value": None, "role": "other", "mentions": ["m9"]}]}, "dates d1: there is no m9 in mentions"),
        ({"organizations": [{"id": "g1", "name": "A", "parent_id": "g2"}]}, "parent of g1: there is no g2 in organizations"),
        (
            {
                "officials": [
                    {
                        "id": "o1",
                        "name": "A",
                        "confidence": "weak",
                        "positions": [{"title": "B", "organization": "C", "organization_id": "g3"}],
                    }
                ]
            },
            "post of o1: there is no g3 in organizations",
        ),
    ],
)
def test_a_record_that_does_not_hold_together_is_refused(fields: dict[str, Any], message: str, make_record: Make) -> None:
    with pytest.raises(UsageError, match=f"record bad .bad. does not hold together: {message}"):
        list(batches(make_record("bad", **fields)))


def test_an_unknown_table_is_told_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="people: there is no such table; the tables are documents, mentions,"):
        find_table("people")


def test_records_are_taken_one_after_another(make_record: Make) -> None:
    taken: list[str] = []

    def stream() -> Iterator[MinutesRecord]:
        for number in range(3000):
            taken.append(f"d{number}")
            yield make_record(f"d{number}", ["Vú sữa"] * 20)

    first = next(batches(stream()))
    assert len(first["documents"]) == len(taken) < 2000
