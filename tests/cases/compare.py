"""Compares a record with what a hard case expects, in words; an empty list means that it is as expected.

Names, posts and bodies are compared by `evaluation.keys.key` (case, tone placement, abbreviations); spans, values, roles, states,
numbers and the texts of mentions exactly. A list in the place of a name holds the spellings that the case allows.
`spans` are all mentions that the text of the case has (`may`: those that the guidelines leave open, as they do a bare head noun); `officials`, `trademarks` and
`directives`, where given, are whole lists; of roles and warnings those given must be there.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from minutes_extract.evaluation.keys import is_bare_head, key
from minutes_extract.records import LABELS

if TYPE_CHECKING:
    from minutes_extract.records import MinutesRecord, Official

Case = dict[str, Any]
PRESENT = {"chair", "delegation_head", "secretary", "speaker", "attendee", "host"}


def document_of(case: Case) -> tuple[str, int]:
    """The document a reader would see (banner of the publisher, stamp, text) and where the text of the case begins in it."""
    head = ""
    if "publisher" in case:
        head += case["publisher"] + "\n\n"
    if "published" in case:
        head += f"[{date.fromisoformat(case['published']):%d/%m/%Y} 08:00]\n\n"
    return head + case["text"], len(head)


def differences(record: MinutesRecord, case: Case, start: int = 0) -> list[str]:
    """What differs between `record` and the case whose text begins at `start` of the document read."""
    return list(_Comparison(record, case, start).all())


def _as_read(text: str) -> str:
    """The text without what an eye does not see: composed, one kind of space, no invisible characters."""
    visible = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf")
    return " ".join(visible.split())


def _same(found: str | None, wanted: str | list[str] | None) -> bool:
    if isinstance(wanted, list):
        return any(_same(found, one) for one in wanted)
    return (found is None) == (wanted is None) and key(_as_read(found or "")) == key(wanted)


class _Comparison:
    def __init__(self, record: MinutesRecord, case: Case, start: int) -> None:
        self.record, self.case, self.expect = record, case, case["expect"]
        self.mentions = [m for m in record.mentions if m.start >= start]
        self.text_of = {m.id: _as_read(m.text) for m in record.mentions}
        self.start = start

    def all(self) -> Iterator[str]:
        yield from self.spans()
        for part in ("officials", "organizations", "dates", "trademarks", "directives", "counts", "meeting"):
            if part in self.expect:
                yield from getattr(self, part)(self.expect[part])
        if "published" in self.expect and self.record.published != self.expect["published"]:
            yield f"published is {self.record.published!r}, not {self.expect['published']!r}"
        for code in self.expect.get("warnings", []):
            if code not in self.warnings():
                yield f"no warning {code!r} among {self.warnings()}"
        for banned in self.case.get("must_not", []):
            yield from self.must_not(banned)

    def warnings(self) -> list[str]:
        return [warning.code for warning in self.record.warnings]

    # --- spans

    def spans(self) -> Iterator[str]:
        for label in LABELS:
            wanted = Counter(self.expect["spans"].get(label, ()))
            found = Counter(self.text_of[m.id] for m in self.mentions if m.label == label)
            for text in wanted - found:
                yield f"no {label} {text!r} among {sorted(found)}"
            for text in found - wanted:
                if text not in self.expect.get("may", ()) and not (label == "ORGANIZATION" and is_bare_head(text)):
                    yield f"{label} {text!r} is not expected"

    # --- people

    def officials(self, wanted: list[dict[str, Any]]) -> Iterator[str]:
        found = {_as_read(o.name): o for o in self.record.officials}
        for name in found.keys() - {w["name"] for w in wanted}:
            yield f"official {name!r} is not expected"
        for want in wanted:
            official = found.get(want["name"])
            if official is None:
                yield f"no official {want['name']!r}"
            else:
                yield from self.official(official, want)

    def official(self, official: Official, want: dict[str, Any]) -> Iterator[str]:
        name = want["name"]
        if "honorific" in want and not _same(official.honorific, want["honorific"]):
            yield f"{name}: honorific {official.honorific!r}, not {want['honorific']!r}"
        if "degrees" in want and [key(d) for d in official.degrees] != [key(d) for d in want["degrees"]]:
            yield f"{name}: degrees {official.degrees!r}, not {want['degrees']!r}"
        for role in want.get("roles", []):
            if role not in official.roles:
                yield f"{name}: no role {role!r} in {official.roles!r}"
        if "mentions" in want and Counter(self.text_of[i] for i in official.mentions) != Counter(want["mentions"]):
            yield f"{name}: mentions {[self.text_of[i] for i in official.mentions]}, not {want['mentions']}"
        held = [(key(_as_read(p.title)), key(p.organization), p.status) for p in official.positions]
        hoped = [(key(p["title"]), key(p["organization"]), p["status"]) for p in want["positions"]]
        if Counter(held) != Counter(hoped):
            got = "; ".join(f"{_as_read(p.title)} | {p.organization} | {p.status}" for p in official.positions)
            asked = "; ".join(f"{p['title']} | {p['organization']} | {p['status']}" for p in want["positions"])
            yield f"{name}: positions [{got}], not [{asked}]"

    # --- bodies

    def organizations(self, wanted: list[dict[str, Any]]) -> Iterator[str]:
        names = {body.id: body.name for body in self.record.organizations}
        for want in wanted:
            body = next((b for b in self.record.organizations if self.holds(b.mentions, want["mentions"])), None)
            if body is None:
                yield f"no organization with the mentions {want['mentions']}"
                continue
            if not _same(body.name, want["name"]):
                yield f"organization {body.name!r}, not {want['name']!r}"
            if "parent" in want and not _same(names.get(body.parent_id or ""), want["parent"]):
                yield f"{body.name}: parent {names.get(body.parent_id or '')!r}, not {want['parent']!r}"
            for field in ("place", "level", "kind"):
                if field in want and not _same(getattr(body, field), want[field]):
                    yield f"{body.name}: {field} {getattr(body, field)!r}, not {want[field]!r}"

    def holds(self, ids: Iterable[str], texts: list[str]) -> bool:
        return not Counter(texts) - Counter(self.text_of[i] for i in ids)

    # --- dates

    def dates(self, wanted: list[dict[str, Any]]) -> Iterator[str]:
        facts = {i: fact for fact in self.record.dates for i in fact.mentions}
        taken: set[str] = set()
        for want in wanted:
            mention = next(
                (m for m in self.mentions if m.label == "DATE" and m.id not in taken and self.text_of[m.id] == want["mention"]), None
            )
            if mention is None:
                yield f"no DATE {want['mention']!r}"
                continue
            taken.add(mention.id)
            values = want["value"] if isinstance(want["value"], list) else [want["value"]]
            if mention.value not in values:
                yield f"{want['mention']}: value {mention.value!r}, not {want['value']!r}"
            fact = facts.get(mention.id)
            if fact is None:
                yield f"{want['mention']}: is the mention of no date of the record"
                continue
            if fact.value != mention.value:
                yield f"{want['mention']}: the record has the value {fact.value!r}"
            if "role" in want and fact.role != want["role"]:
                yield f"{want['mention']}: role {fact.role!r}, not {want['role']!r}"
            if fact.role == want.get("not_role"):
                yield f"{want['mention']}: role {fact.role!r}"
            if "part_of_day" in want and fact.part_of_day != want["part_of_day"]:
                yield f"{want['mention']}: part of day {fact.part_of_day!r}, not {want['part_of_day']!r}"

    # --- marks, directives, counts, meeting

    def trademarks(self, wanted: list[dict[str, Any]]) -> Iterator[str]:
        left = list(self.record.trademarks)
        for want in wanted:
            mark = next((m for m in left if _same(m.name, want["name"])), None)
            if mark is None:
                yield f"no trademark {want['name']!r}"
                continue
            left.remove(mark)
            for field in ("owner", "product"):
                if field in want and not _same(getattr(mark, field), want[field]):
                    yield f"{mark.name}: {field} {getattr(mark, field)!r}, not {want[field]!r}"
            for field in ("kind", "status", "number"):
                if field in want and getattr(mark, field) != want[field]:
                    yield f"{mark.name}: {field} {getattr(mark, field)!r}, not {want[field]!r}"
        for mark in left:
            yield f"trademark {mark.name!r} is not expected"

    def directives(self, wanted: list[dict[str, Any]]) -> Iterator[str]:
        left = list(self.record.directives)
        for want in wanted:
            found = next((d for d in left if _same(_as_read(d.action), want["action"])), None)
            if found is None:
                yield f"no directive {want['action']!r}"
                continue
            left.remove(found)
            if not _same(found.issuer, want["issuer"]):
                yield f"{found.action}: issuer {found.issuer!r}, not {want['issuer']!r}"
            for field in ("assignees", "co_assignees"):
                if field in want and Counter(map(key, getattr(found, field))) != Counter(map(key, want[field])):
                    yield f"{found.action}: {field} {getattr(found, field)!r}, not {want[field]!r}"
            for field in ("kind", "due"):
                if getattr(found, field) != want[field]:
                    yield f"{found.action}: {field} {getattr(found, field)!r}, not {want[field]!r}"
        for extra in left:
            yield f"directive {extra.action!r} to {extra.assignees!r} is not expected"

    def counts(self, wanted: list[dict[str, int]]) -> Iterator[str]:
        found = [(count.declared, count.listed) for count in self.record.counts]
        for want in wanted:
            if (want["declared"], want["listed"]) not in found:
                yield f"no count of {want['listed']} listed where {want['declared']} are declared, among {found}"

    def meeting(self, want: dict[str, Any] | None) -> Iterator[str]:
        meeting = self.record.meeting
        if want is None or meeting is None:
            if want and any(want.values()):
                yield "no meeting"
            elif meeting is not None and want is None:
                yield f"a meeting is not expected: {meeting.title!r}, {meeting.date!r}"
            return
        for field in ("chairs", "delegation_heads", "secretaries"):
            if field in want and sorted(getattr(meeting, field)) != sorted(want[field]):
                yield f"meeting: {field} {getattr(meeting, field)!r}, not {want[field]!r}"
        for field in ("date", "part_of_day", "time"):
            if field in want and getattr(meeting, field) != want[field]:
                yield f"meeting: {field} {getattr(meeting, field)!r}, not {want[field]!r}"
        if "place" in want and not _same(meeting.place, want["place"]):
            yield f"meeting: place {meeting.place!r}, not {want['place']!r}"

    # --- what must not be

    def must_not(self, banned: dict[str, str]) -> Iterator[str]:
        kind, text = banned["kind"], banned["text"]
        if kind == "WARNING":
            found = text in self.warnings()
        elif kind == "DIRECTIVE":
            found = any(_as_read(d.action) == text for d in self.record.directives)
        elif kind == "ATTENDEE":
            found = any(_as_read(o.name) == text and PRESENT & set(o.roles) for o in self.record.officials)
        else:
            found = any(
                m.label == kind
                and text in self.text_of[m.id]
                and (
                    self.within(m.start, m.end, banned)
                    if "within" in banned
                    else self.text_of[m.id] not in self.expect["spans"].get(kind, ())
                )
                for m in self.mentions
            )
        if found:
            yield f"{kind} {text!r} must not be"

    def within(self, start: int, end: int, banned: dict[str, str]) -> bool:
        """True where the span touches the words `within`: `TP` is a post elsewhere in the same sentence."""
        words: str = banned["within"]
        at: int = self.case["text"].index(words) + self.start
        return at < end and start < at + len(words)
