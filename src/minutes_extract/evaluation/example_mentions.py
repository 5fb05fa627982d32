"""Examples of the tables that find mentions: the text is read by the whole pipeline, the marked spans must come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from minutes_extract.text.markup import Marked, parse_marked

if TYPE_CHECKING:
    from spacy.language import Language

    from minutes_extract.records import Mention, MinutesRecord
    from minutes_extract.rulebook.models.base import Entry

SIGNING = frozenset({"bodies", "dates", "posts"})
"""The tables whose entries are named as `rule` of the mentions they read; those of the others lend a hand to another rule."""


class Finding(NamedTuple):
    """What an example should show and does not: `expected`, and what `happened` instead."""

    expected: str
    happened: str


def mentions_missed(table: str, entry: Entry, marked: str, nlp: Language) -> Iterator[Finding]:
    """What fails in an example: a marked span that does not come out, or has another value; no span that this entry reads.

    A `status` of `marks.yaml` must come out too, and so must the evidence that an entry of `weights.yaml` weighs.

    Raises:
        MinutesError: the text cannot be read.
    """
    text, spans = parse_marked(marked)
    record = _read(text, nlp)
    found = {(mention.start, mention.end, mention.label): mention for mention in record.mentions}
    read: list[Mention] = []
    for span in spans:
        mention = found.get((span.start, span.end, span.label))  # type: ignore[arg-type]
        if mention is None:
            yield Finding(f"{_shown(text, span)} is found", f"found: {_listed(record.mentions)}")
            continue
        read.append(mention)
        if span.value is not None and (mention.value or "") != span.value:
            yield Finding(f"{_shown(text, span)} has the value {span.value}", f"it has {mention.value}")
    if len(read) == len(spans):
        yield from _not_by_this_entry(table, entry, read, record)


def _not_by_this_entry(table: str, entry: Entry, read: list[Mention], record: MinutesRecord) -> Iterator[Finding]:
    if table in SIGNING and entry.id not in [mention.rule for mention in read]:
        rules = ", ".join(mention.rule for mention in read)
        yield Finding("a marked span is read by this entry", f"read by: {rules or 'none, as nothing is marked'}")
    if table == "weights" and not any(entry.id in mention.evidence for mention in read):
        yield Finding("a marked span is found with this evidence", f"found with: {_evidence(read)}")
    status: str | None = getattr(entry, "status", None)
    if table == "marks" and status is not None and status not in [mark.status for mark in record.trademarks]:
        yield Finding(f"a mark has the status {status}", f"statuses: {', '.join(str(mark.status) for mark in record.trademarks)}")


def mentions_too_many(table: str, entry: Entry, marked: str, nlp: Language) -> Iterator[Finding]:
    """What fails in a `not` text: a marked span comes out; or, where nothing is marked, this entry finds something.

    An entry that no mention is signed with finds what its examples mark: nothing with one of their labels may come out.

    Raises:
        MinutesError: the text cannot be read.
    """
    text, spans = parse_marked(marked)
    labels = {span.label for example in entry.examples for span in parse_marked(example)[1]}
    for mention in _read(text, nlp).mentions:
        if spans and table != "weights":
            if any((mention.start, mention.end, mention.label) == span[:3] for span in spans):
                yield Finding(f"{_named(mention)} is not found", f"found by {mention.rule}")
        elif table in SIGNING and mention.rule == entry.id:
            yield Finding("this entry finds nothing", f"it finds {_named(mention)}")
        elif table == "weights" and entry.id in mention.evidence:
            yield Finding("nothing is found with this evidence", f"{_named(mention)} is, by {mention.rule}")
        elif table not in SIGNING and table != "weights" and mention.label in labels:
            yield Finding(f"no {mention.label} is found", f"found: {_named(mention)}, by {mention.rule}")


def _read(text: str, nlp: Language) -> MinutesRecord:
    from minutes_extract.assemble import extract_record
    from minutes_extract.batch.one import read_document

    return extract_record(nlp, read_document(text=text))


def _shown(text: str, span: Marked) -> str:
    return f"{text[span.start : span.end]!r} ({span.label})"


def _named(mention: Mention) -> str:
    return f"{mention.text!r} ({mention.label})"


def _listed(mentions: Iterable[Mention]) -> str:
    return ", ".join(map(_named, mentions)) or "nothing"


def _evidence(mentions: Iterable[Mention]) -> str:
    return ", ".join(sorted({name for mention in mentions for name in mention.evidence})) or "none"
