"""What a change of rules gains and loses: the records of two rulebooks over the same documents, side by side.

Both streams are read in step and one document is held at a time, so a folder may be as large as it likes; only counts and the
first examples of each kind are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from pydantic import BaseModel, ConfigDict, Field

from minutes_extract.batch.outcome import Extracted, Failed
from minutes_extract.errors import UsageError
from minutes_extract.evaluation.table import ratio
from minutes_extract.records import LABELS, Mention, MinutesRecord, Official

EXAMPLES = 10
"""Examples kept of each kind unless more are asked for."""
KINDS = ("lost", "gained", "value", "person lost", "person gained", "post lost", "post gained", "meeting")
"""Kinds of difference, from A to B: mentions, values of dates, people, their posts, the event."""
LABELLED = ("lost", "gained", "value")
"""The kinds that are about mentions."""
_TITLES = {
    "lost": "mentions only in A",
    "gained": "mentions only in B",
    "value": "changed values",
    "person lost": "people only in A",
    "person gained": "people only in B",
    "post lost": "posts only in A",
    "post gained": "posts only in B",
    "meeting": "changed meetings",
}


class Difference(BaseModel):
    """One difference between the records of a document. `label` is empty where it is not about a mention."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    doc_id: str
    kind: str
    label: str
    told: str


class Comparison(BaseModel):
    """What B has that A has not, and the other way round. `print(comparison)` shows counts, then examples.

    Attributes:
        documents: how many were compared; `changed` of them have a difference.
        same: mentions that are equal in both.
        counts: kind -> label (or "") -> how many.
        by_document: document -> how many differences, changed ones only.
        examples: kind -> the first ones.
        failed: documents that gave no record under A, under B.
    """

    model_config = ConfigDict(extra="forbid")

    documents: int = 0
    changed: int = 0
    same: int = 0
    counts: dict[str, dict[str, int]] = Field(default_factory=dict)
    by_document: dict[str, int] = Field(default_factory=dict)
    examples: dict[str, list[Difference]] = Field(default_factory=dict)
    failed: tuple[list[str], list[str]] = Field(default_factory=lambda: ([], []))
    limit: int = EXAMPLES

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def compare_records(
    a: Iterable[Extracted | Failed | MinutesRecord], b: Iterable[Extracted | Failed | MinutesRecord], *, limit: int = EXAMPLES
) -> Comparison:
    """The comparison of two streams of records of the same documents in the same order; at most `limit` examples of each kind.

    Raises:
        UsageError: the streams are not of the same documents.
    """
    result = Comparison(limit=limit)
    for one, other in zip_longest(a, b):
        names = [_doc_id(outcome) for outcome in (one, other) if outcome is not None]
        if len(names) != 2 or names[0] != names[1]:
            raise UsageError(f"the two runs are not over the same documents: {' and '.join(names)}")
        first, second = _record(one), _record(other)
        for record, failed in ((first, result.failed[0]), (second, result.failed[1])):
            if record is None:
                failed.append(names[0])
        if first is not None and second is not None:
            _count(result, names[0], first, second)
    return result


def _doc_id(outcome: Extracted | Failed | MinutesRecord) -> str:
    return outcome.doc_id


def _record(outcome: Extracted | Failed | MinutesRecord | None) -> MinutesRecord | None:
    return outcome.record if isinstance(outcome, Extracted) else outcome if isinstance(outcome, MinutesRecord) else None


def _count(result: Comparison, doc_id: str, a: MinutesRecord, b: MinutesRecord) -> None:
    result.documents += 1
    number = 0
    for difference in differences(a, b):
        number += 1
        labels = result.counts.setdefault(difference.kind, {})
        labels[difference.label] = labels.get(difference.label, 0) + 1
        examples = result.examples.setdefault(difference.kind, [])
        if len(examples) < result.limit:
            examples.append(difference)
    result.same += len({_span(m) for m in a.mentions} & {_span(m) for m in b.mentions})
    if number:
        result.changed += 1
        result.by_document[doc_id] = number


def differences(a: MinutesRecord, b: MinutesRecord) -> Iterator[Difference]:
    """The differences between two records of one document."""
    yield from _mention_differences(a, b)
    yield from _people_differences(a, b)
    if (before := _event(a)) != (after := _event(b)):
        changed = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
        told = "; ".join(f"{name}: {before.get(name)!r} -> {after.get(name)!r}" for name in sorted(changed))
        yield Difference(doc_id=a.doc_id, kind="meeting", label="", told=told)


def _span(mention: Mention) -> tuple[int, int, str]:
    return (mention.start, mention.end, mention.label)


def _mention_differences(a: MinutesRecord, b: MinutesRecord) -> Iterator[Difference]:
    ours, theirs = {_span(m): m for m in a.mentions}, {_span(m): m for m in b.mentions}
    for span in sorted(ours.keys() | theirs.keys()):
        before, after = ours.get(span), theirs.get(span)
        if before is not None and after is not None:
            if before.value != after.value:
                told = f"{_told(before)}: {before.value} -> {after.value}"
                yield Difference(doc_id=a.doc_id, kind="value", label=before.label, told=told)
        elif before is not None:
            yield Difference(doc_id=a.doc_id, kind="lost", label=before.label, told=_told(before))
        elif after is not None:
            yield Difference(doc_id=a.doc_id, kind="gained", label=after.label, told=_told(after))


def _told(mention: Mention) -> str:
    return f"{mention.start}..{mention.end} {' '.join(mention.text.split())!r} ({mention.rule})"


def _people_differences(a: MinutesRecord, b: MinutesRecord) -> Iterator[Difference]:
    ours, theirs = {o.name for o in a.officials}, {o.name for o in b.officials}
    for kind, names in (("person lost", ours - theirs), ("person gained", theirs - ours)):
        yield from (Difference(doc_id=a.doc_id, kind=kind, label="", told=name) for name in sorted(names))
    held, holds = _posts(a.officials), _posts(b.officials)
    for kind, posts in (("post lost", held - holds), ("post gained", holds - held)):
        for post, number in sorted(posts.items()):
            yield from (Difference(doc_id=a.doc_id, kind=kind, label="", told=post) for _ in range(number))


def _posts(officials: Iterable[Official]) -> Counter[str]:
    return Counter(
        f"{official.name}: {position.title} of {position.organization or 'no body'}, {position.status}"
        for official in officials
        for position in official.positions
    )


def _event(record: MinutesRecord) -> dict[str, object]:
    told: dict[str, object] = {"published": record.published}
    if record.meeting is not None:
        told.update(record.meeting.model_dump(exclude={"mentions"}))
    return told


# the report


def _lines(result: Comparison) -> Iterator[str]:
    yield f"{result.documents} documents compared, {result.changed} differ; {result.same} mentions are the same"
    yield from _failures(result)
    yield ""
    yield f"{'':<22}" + "".join(f"{cell:>13}" for cell in ("all", *LABELS))
    for kind in KINDS:
        counts = result.counts.get(kind, {})
        cells = [str(sum(counts.values())), *(str(counts.get(label, 0)) for label in LABELS if kind in LABELLED)]
        yield f"{_TITLES[kind]:<22}" + "".join(f"{cell:>13}" for cell in cells).rstrip()
    yield from _documents(result)
    for kind in KINDS:
        yield from _examples(result, kind)


def _failures(result: Comparison) -> Iterator[str]:
    for name, failed in zip("AB", result.failed, strict=True):
        if failed:
            more = f" and {len(failed) - result.limit} more" if len(failed) > result.limit else ""
            yield f"{len(failed)} failed under {name}: {', '.join(failed[: result.limit])}{more}"


def _documents(result: Comparison) -> Iterator[str]:
    if not result.by_document:
        return
    most = sorted(result.by_document.items(), key=lambda pair: (-pair[1], pair[0]))[: result.limit]
    yield from ("", "documents with most differences")
    yield from (f"  {number:>5}  {doc_id}" for doc_id, number in most)


def _examples(result: Comparison, kind: str) -> Iterator[str]:
    total = sum(result.counts.get(kind, {}).values())
    if not total:
        return
    shown = result.examples.get(kind, [])
    yield from ("", f"{_TITLES[kind]} ({len(shown)} of {total})")
    yield from (f"  {one.doc_id}: {f'{one.label} ' if one.label else ''}{one.told}" for one in shown)


def score_lines(rows: Iterable[tuple[str, float | None, float | None]]) -> Iterator[str]:
    """Scores of A and B beside each other, with the difference."""
    yield f"{'F1 (or share right)':<28}" + "".join(f"{cell:>11}" for cell in ("A", "B", "B - A"))
    for name, a, b in rows:
        change = "n/a" if a is None or b is None else f"{b - a:+.3f}"
        yield f"{name:<28}" + "".join(f"{cell:>11}" for cell in (ratio(a), ratio(b), change))
