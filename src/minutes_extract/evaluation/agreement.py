"""How far annotators agree: what a system can be expected to reach, and where to decide what is right.

| figure | counted |
|---|---|
| strict | spans with the same start, end and label |
| overlap | as strict, and a span that only overlaps a span of its label answers it, one to one |
| kappa | labels of the spans (same start and end) that both marked: Cohen's kappa |

F1 between two annotators is the same in either direction and needs no count of what neither marked. A span that touches a
neutral region of the other annotator counts neither way, unless both marked it. Only documents that both annotated count.
0/0 is None, printed `n/a`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from minutes_extract.errors import GoldError, UsageError
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.matching import Span, overlapping_pairs
from minutes_extract.evaluation.scores import Count
from minutes_extract.evaluation.table import SHOWN, ratio
from minutes_extract.records import LABELS


class Pair(BaseModel):
    """The agreement of two annotators. In the counts, `gold` is what `a` marked and `predicted` what `b` marked.

    Attributes:
        documents: how many both annotated.
        strict, overlap: by label, all five always.
        both_marked: spans with one label from each, whether the same or not; `kappa` is over these.
        kappa: None where there are none, or where chance alone would give full agreement (one label throughout).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    a: str
    b: str
    documents: int
    strict: dict[str, Count]
    overlap: dict[str, Count]
    both_marked: int
    kappa: float | None

    @property
    def micro(self) -> Count:
        """Strict counts over all labels."""
        return sum(self.strict.values(), Count())

    @property
    def micro_overlap(self) -> Count:
        """Overlap counts over all labels."""
        return sum(self.overlap.values(), Count())


class Disagreement(BaseModel):
    """A span whose labels differ between the annotators of its document.

    Attributes:
        labels: by annotator; empty where the annotator did not mark this span. Who called the place neutral is left out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    doc_id: str
    start: int
    end: int
    text: str
    labels: dict[str, tuple[str, ...]]

    def __str__(self) -> str:
        told = ", ".join(f"{annotator}: {' + '.join(labels) or '-'}" for annotator, labels in self.labels.items())
        return f"{self.doc_id} {self.start}..{self.end} {' '.join(self.text.split())!r}  {told}"


class Agreement(BaseModel):
    """The agreement of annotators, two by two. `print(agreement)` shows the tables.

    Attributes:
        documents: how many were annotated by two or more.
        pairs: each two annotators, in the order given.
        disagreements: what to decide, by document and place.
        alone: documents of one annotator only (not counted).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    annotators: tuple[str, ...]
    documents: int
    pairs: tuple[Pair, ...]
    disagreements: tuple[Disagreement, ...]
    alone: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def agreement(sets: Mapping[str, Sequence[GoldDocument]]) -> Agreement:
    """The agreement of annotators, given the documents of each by name; documents are joined by `doc_id`.

    Raises:
        UsageError: fewer than two annotators, or no document that two of them annotated.
        GoldError: a document stands twice in a set, or was annotated on different texts (names the file and how to mend it).

    Example:
        `print(agreement({"An": load_gold("gold/an"), "Bình": load_gold("gold/binh")}))`
    """
    if len(sets) < 2:
        raise UsageError("agreement needs the annotations of two or more annotators; give a folder of gold files for each")
    named = {annotator: _by_id(annotator, documents) for annotator, documents in sets.items()}
    joined = _joined(named)
    shared = {doc_id: versions for doc_id, versions in joined.items() if len(versions) > 1}
    if not shared:
        raise UsageError("no document was annotated by two annotators; their files are joined by name (doc_id)")
    for doc_id, versions in shared.items():
        _same_text(doc_id, versions)
    return Agreement(
        annotators=tuple(named),
        documents=len(shared),
        pairs=tuple(_pair(a, b, named[a], named[b]) for a, b in combinations(named, 2)),
        disagreements=tuple(found for doc_id, versions in shared.items() for found in _disagreements(doc_id, versions)),
        alone=tuple(doc_id for doc_id in joined if doc_id not in shared),
    )


def _by_id(annotator: str, documents: Iterable[GoldDocument]) -> dict[str, GoldDocument]:
    named: dict[str, GoldDocument] = {}
    for document in documents:
        if document.doc_id in named:
            raise GoldError(f"{annotator}: {document.doc_id}.json: this document stands twice; take one out")
        named[document.doc_id] = document
    return named


def _joined(named: Mapping[str, Mapping[str, GoldDocument]]) -> dict[str, dict[str, GoldDocument]]:
    """The versions of each document by annotator, documents sorted by `doc_id`."""
    doc_ids = sorted({doc_id for documents in named.values() for doc_id in documents})
    return {doc_id: {name: documents[doc_id] for name, documents in named.items() if doc_id in documents} for doc_id in doc_ids}


def _same_text(doc_id: str, versions: Mapping[str, GoldDocument]) -> None:
    (first, one), *others = versions.items()
    for annotator, other in others:
        if other.sha256 != one.sha256:
            raise GoldError(
                f"{annotator}: {doc_id}.json: annotated on another text than in {first} (sha256 {other.sha256[:12]}... and "
                f"{one.sha256[:12]}...); annotate the same text in both, or take this file out"
            )


# two annotators


class _Marks(NamedTuple):
    """What counts of one document: the spans of two annotators."""

    a: frozenset[Span]
    b: frozenset[Span]


def _pair(a: str, b: str, ours: Mapping[str, GoldDocument], theirs: Mapping[str, GoldDocument]) -> Pair:
    documents = [_marks(document, theirs[doc_id]) for doc_id, document in ours.items() if doc_id in theirs]
    labels = [both for marks in documents for both in _both_marked(marks)]
    return Pair(
        a=a,
        b=b,
        documents=len(documents),
        strict={label: _sum(_strict(marks, label) for marks in documents) for label in LABELS},
        overlap={label: _sum(_overlap(marks, label) for marks in documents) for label in LABELS},
        both_marked=len(labels),
        kappa=cohens_kappa(labels),
    )


def _sum(counts: Iterable[Count]) -> Count:
    return sum(counts, Count())


def _marks(one: GoldDocument, other: GoldDocument) -> _Marks:
    return _Marks(frozenset(_counted(one, other)), frozenset(_counted(other, one)))


def _counted(document: GoldDocument, other: GoldDocument) -> Iterator[Span]:
    places = {(mention.start, mention.end) for mention in other.mentions}
    for mention in document.mentions:
        if (mention.start, mention.end) in places or not _neutral(other, mention.start, mention.end):
            yield Span(mention.start, mention.end, mention.label)


def _neutral(document: GoldDocument, start: int, end: int) -> bool:
    return any(low < end and start < high for low, high in document.neutral)


def _strict(marks: _Marks, label: str) -> Count:
    ours, theirs = _of(label, marks.a), _of(label, marks.b)
    return Count(gold=len(ours), predicted=len(theirs), correct=len(ours & theirs))


def _overlap(marks: _Marks, label: str) -> Count:
    ours, theirs = _of(label, marks.a), _of(label, marks.b)
    near = overlapping_pairs(sorted(ours - theirs), sorted(theirs - ours))
    return Count(gold=len(ours), predicted=len(theirs), correct=len(ours & theirs) + near)


def _of(label: str, spans: Iterable[Span]) -> set[Span]:
    return {span for span in spans if span.label == label}


def _both_marked(marks: _Marks) -> Iterator[tuple[str, str]]:
    """The two labels of each place that both marked with one label; a place with two labels has no single answer."""
    ours, theirs = _by_place(marks.a), _by_place(marks.b)
    for place, labels in ours.items():
        others = theirs.get(place, ())
        if len(labels) == len(others) == 1:
            yield labels[0], others[0]


def _by_place(spans: Iterable[Span]) -> dict[tuple[int, int], tuple[str, ...]]:
    places: dict[tuple[int, int], tuple[str, ...]] = {}
    for span in sorted(spans):
        place = (span.start, span.end)
        places[place] = (*places.get(place, ()), span.label)
    return places


def cohens_kappa(labels: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of paired labels; None where there are none, or where both gave one and the same label throughout.

    >>> cohens_kappa([("DATE", "DATE"), ("TITLE", "TITLE"), ("TITLE", "DATE"), ("DATE", "DATE")])
    0.5
    >>> cohens_kappa([("DATE", "DATE")]) is None
    True
    """
    total = len(labels)
    ours, theirs = Counter(label for label, _ in labels), Counter(label for _, label in labels)
    agreed = sum(one == other for one, other in labels) * total
    chance = sum(ours[label] * theirs[label] for label in ours)
    return (agreed - chance) / (total * total - chance) if total * total > chance else None


# what to decide


def _disagreements(doc_id: str, versions: Mapping[str, GoldDocument]) -> Iterator[Disagreement]:
    texts = {(m.start, m.end): m.text for document in versions.values() for m in document.mentions}
    labels = {name: _by_place(Span(m.start, m.end, m.label) for m in document.mentions) for name, document in versions.items()}
    for start, end in sorted(texts):
        given = {
            name: labels[name].get((start, end), ())
            for name, document in versions.items()
            if (start, end) in labels[name] or not _neutral(document, start, end)
        }
        if len(set(given.values())) > 1:
            yield Disagreement(doc_id=doc_id, start=start, end=end, text=texts[start, end], labels=given)


# the tables


def _lines(result: Agreement) -> Iterator[str]:
    for pair in result.pairs:
        yield from _pair_lines(pair)
        yield ""
    spans, documents = _number(len(result.disagreements), "span"), _number(result.documents, "document")
    yield f"{spans} to decide in {documents}"
    if result.alone:
        more = len(result.alone) - SHOWN
        names = ", ".join(result.alone[:SHOWN]) + (f" and {more} more" if more > 0 else "")
        yield f"{len(result.alone)} of one annotator only (not counted): {names}"


def _pair_lines(pair: Pair) -> Iterator[str]:
    yield f"A: {pair.a}"
    yield f"B: {pair.b}"
    yield _cells(_number(pair.documents, "document"), "strict F1", "overlap F1", "A", "B", "same")
    for label in LABELS:
        yield _row(label, pair.strict[label], pair.overlap[label])
    yield _row("micro", pair.micro, pair.micro_overlap)
    yield _cells("kappa of labels", ratio(pair.kappa), "", "", "", str(pair.both_marked))


def _row(name: str, strict: Count, overlap: Count) -> str:
    return _cells(name, ratio(strict.f1), ratio(overlap.f1), str(strict.gold), str(strict.predicted), str(strict.correct))


def _cells(name: str, *cells: str) -> str:
    return f"{name:<25}" + "".join(f"{cell:>11}" for cell in cells)


def _number(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' if number != 1 else ''}"
