"""Scores of predictions against gold: spans, date values, and what the records say.

| figure | counted |
|---|---|
| a label, `micro` | spans with the same start, end and label (strict) |
| overlap | as strict, and a span that only overlaps a gold span of its label answers it, one to one |
| date value | gold dates with a value: the span is found and has this value |
| persons | names of officials, once a document |
| name+title, name+title+organization | positions, once a document |
| marks | names of trademarks, once a document |
| chairs+heads | names of chairs and delegation heads |
| meeting date | gold meetings with a date: the record has this date |

Names, titles and bodies are compared by `evaluation.keys.key`. A predicted span that touches a neutral region of the gold, or
is a bare head noun as ORGANIZATION, counts neither way, unless it is gold itself. A document without a prediction has missed
everything. 0/0 is None, printed `n/a`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError

from minutes_extract.batch.outcome import Extracted, Failed
from minutes_extract.errors import GoldError, UsageError
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.keys import is_bare_head, key
from minutes_extract.evaluation.matching import Span, overlapping_pairs
from minutes_extract.records import LABELS, MinutesRecord

Prediction: TypeAlias = MinutesRecord | Extracted | Failed

RECORD_FIGURES = {
    "persons": "persons",
    "posts": "name+title",
    "positions": "name+title+organization",
    "marks": "marks",
    "heads": "chairs+heads",
}
"""Name of a record figure -> how it is printed."""
ACCURACIES = {"date_values": "date value", "meeting_dates": "meeting date"}


class Count(BaseModel):
    """How many there are in gold, how many were predicted, how many of both are the same. `ratio` figures give None for 0/0."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    gold: int = 0
    predicted: int = 0
    correct: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(gold=self.gold + other.gold, predicted=self.predicted + other.predicted, correct=self.correct + other.correct)

    @property
    def precision(self) -> float | None:
        """The share of the predicted that is correct."""
        return self.correct / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """The share of gold that was found."""
        return self.correct / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall.

        >>> Count(gold=4, predicted=2, correct=2).f1, Count().f1
        (0.6666666666666666, None)
        """
        return 2 * self.correct / (self.gold + self.predicted) if self.gold + self.predicted else None


class DocumentScore(BaseModel):
    """The counts of one document; a report adds them up, and a resampling draws them again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    doc_id: str
    strict: dict[str, Count]
    """By label."""
    overlap: dict[str, Count]
    """By label."""
    figures: dict[str, Count]
    """By the names of `RECORD_FIGURES` and `ACCURACIES`."""


class Report(BaseModel):
    """The scores of a set of documents. `print(report)` shows the table.

    Attributes:
        documents: the counts of each gold document, in the order of the gold.
        missing: gold documents without a prediction (they count as missed).
        failed: those of them that the run reports as failed.
        extra: predictions without gold (not counted).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    documents: tuple[DocumentScore, ...]
    missing: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def labels(self) -> dict[str, Count]:
        """Strict counts by label, all five always."""
        return {label: _sum(document.strict[label] for document in self.documents) for label in LABELS}

    @property
    def overlaps(self) -> dict[str, Count]:
        """Overlap counts by label, all five always."""
        return {label: _sum(document.overlap[label] for document in self.documents) for label in LABELS}

    @property
    def micro(self) -> Count:
        """Strict counts over all labels."""
        return _sum(self.labels.values())

    @property
    def micro_overlap(self) -> Count:
        """Overlap counts over all labels."""
        return _sum(self.overlaps.values())

    @property
    def figures(self) -> dict[str, Count]:
        """Counts of the record figures, by the names of `RECORD_FIGURES` and `ACCURACIES`."""
        names = (*RECORD_FIGURES, *ACCURACIES)
        return {name: _sum(document.figures[name] for document in self.documents) for name in names}

    def __str__(self) -> str:
        from minutes_extract.evaluation.table import report_table

        return report_table(self)


def _sum(counts: Iterable[Count]) -> Count:
    return sum(counts, Count())


def evaluate(gold: Iterable[GoldDocument], predictions: str | Path | Iterable[Prediction | str | Path]) -> Report:
    """The scores of `predictions` against `gold`.

    `predictions` may be records, what `extract_many` gives, or paths: a `.jsonl` file of records, a `.json` file with one, or
    a folder with `records.jsonl`.

    Raises:
        GoldError: a prediction was made from another text than the gold (another SHA-256).
        UsageError: no gold, a path without predictions, or a document predicted twice.

    Example:
        `print(evaluate(load_gold("data/gold"), extract_many("data/raw")))`
    """
    documents = list(gold)
    if not documents:
        raise UsageError("there is no gold document to compare with")
    records, failed = _gathered([predictions] if isinstance(predictions, (str, Path)) else predictions)
    known = {document.doc_id for document in documents}
    return Report(
        documents=tuple(score_document(document, _same_text(document, records.get(document.doc_id))) for document in documents),
        missing=tuple(document.doc_id for document in documents if document.doc_id not in records),
        failed=tuple(document.doc_id for document in documents if document.doc_id in failed),
        extra=tuple(sorted({*records, *failed} - known)),
    )


def records_by_document(predictions: Iterable[Prediction | str | Path]) -> dict[str, MinutesRecord]:
    """The records among `predictions` by the name of their document; a UsageError where there are two for one."""
    return _gathered(predictions)[0]


def _gathered(predictions: Iterable[Prediction | str | Path]) -> tuple[dict[str, MinutesRecord], set[str]]:
    records: dict[str, MinutesRecord] = {}
    failed: set[str] = set()
    for record in _records(predictions):
        if isinstance(record, Failed):
            failed.add(record.doc_id)
        elif record.doc_id in records:
            raise UsageError(f"{record.doc_id}: there are two predictions for this document; give one")
        else:
            records[record.doc_id] = record
    return records, failed


def _records(predictions: Iterable[Prediction | str | Path]) -> Iterable[MinutesRecord | Failed]:
    for prediction in predictions:
        if isinstance(prediction, (str, Path)):
            yield from read_records(Path(prediction))
        else:
            yield prediction.record if isinstance(prediction, Extracted) else prediction


def read_records(path: Path) -> Iterable[MinutesRecord]:
    """The records in a `.jsonl` file, a `.json` file, or the `records.jsonl` of a folder.

    Raises:
        UsageError: there is no such file, or a line is not a record; names file and line.
    """
    file = path / "records.jsonl" if path.is_dir() else path
    try:
        with file.open("rb") as lines:
            content = [lines.read()] if file.suffix == ".json" else lines
            for number, line in enumerate(content, start=1):
                if line.strip():
                    yield _record(file, number, line)
    except OSError as error:
        raise UsageError(f"{file}: no predictions here ({error.strerror}); give a records.jsonl or the folder it is in") from None


def _record(file: Path, number: int, line: bytes) -> MinutesRecord:
    try:
        return MinutesRecord.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{file}: line {number} is not a record: {f'{where}: ' if where else ''}{first['msg']}") from None


def _same_text(gold: GoldDocument, record: MinutesRecord | None) -> MinutesRecord | None:
    if record is not None and record.source.sha256 != gold.sha256:
        raise GoldError(
            f"{gold.doc_id}: the prediction was made from another text than the gold (sha256 {record.source.sha256[:12]}... and "
            f"{gold.sha256[:12]}...); extract the annotated file, or annotate this one"
        )
    return record


def score_document(gold: GoldDocument, record: MinutesRecord | None) -> DocumentScore:
    """The counts of one document; None for the record counts all gold as missed."""
    wanted = {Span(m.start, m.end, m.label): m.value for m in gold.mentions}
    given = _counted_spans(gold, wanted, record)
    strict: dict[str, Count] = {}
    overlap: dict[str, Count] = {}
    for label in LABELS:
        golds = [span for span in wanted if span.label == label]
        answers = [span for span in given if span.label == label]
        correct = sum(span in given for span in golds)
        near = overlapping_pairs([span for span in golds if span not in given], [span for span in answers if span not in wanted])
        strict[label] = Count(gold=len(golds), predicted=len(answers), correct=correct)
        overlap[label] = Count(gold=len(golds), predicted=len(answers), correct=correct + near)
    return DocumentScore(doc_id=gold.doc_id, strict=strict, overlap=overlap, figures=_figures(gold, record, wanted, given))


def counted_spans(gold: GoldDocument, record: MinutesRecord | None) -> tuple[set[Span], set[Span]]:
    """The gold spans of a document and the predicted ones that count: without those in neutral regions and bare head nouns."""
    wanted: dict[Span, str | None] = {Span(m.start, m.end, m.label): m.value for m in gold.mentions}
    return set(wanted), set(_counted_spans(gold, wanted, record))


def _counted_spans(gold: GoldDocument, wanted: Mapping[Span, str | None], record: MinutesRecord | None) -> dict[Span, str | None]:
    """The predicted spans that count, with their value."""
    given: dict[Span, str | None] = {}
    for mention in record.mentions if record else ():
        span = Span(mention.start, mention.end, mention.label)
        neutral = any(span.overlaps(start, end) for start, end in gold.neutral)
        bare = mention.label == "ORGANIZATION" and is_bare_head(mention.text)
        if span in wanted or not (neutral or bare):
            given[span] = mention.value
    return given


def _figures(
    gold: GoldDocument, record: MinutesRecord | None, wanted: Mapping[Span, str | None], given: Mapping[Span, str | None]
) -> dict[str, Count]:
    values = {span: value for span, value in wanted.items() if span.label == "DATE" and value}
    right = sum(given.get(span) == value for span, value in values.items())
    ours, theirs = _named_facts(record), _named_facts(gold)
    counts = {name: Count(gold=len(theirs[name]), predicted=len(ours[name]), correct=len(theirs[name] & ours[name])) for name in theirs}
    counts["date_values"] = Count(gold=len(values), predicted=sum(span in given for span in values), correct=right)
    counts["meeting_dates"] = _meeting_date(gold, record)
    return counts


def _named_facts(document: MinutesRecord | GoldDocument | None) -> dict[str, set[tuple[str, ...]]]:
    """What a document says, as sets of keys; gold and records use the same field names."""
    officials = document.officials if document else ()
    positions = {
        (key(official.name), key(position.title), key(position.organization))
        for official in officials
        for position in official.positions
        if position.title
    }
    meeting = document.meeting if document else None
    return {
        "persons": {(key(official.name),) for official in officials},
        "posts": {position[:2] for position in positions},
        "positions": set(positions),
        "marks": {(key(mark.name),) for mark in (document.trademarks if document else ())},
        "heads": _heads("chair", meeting.chairs if meeting else ()) | _heads("head", meeting.delegation_heads if meeting else ()),
    }


def _heads(role: str, names: Sequence[str]) -> set[tuple[str, ...]]:
    return {(role, key(name)) for name in names}


def _meeting_date(gold: GoldDocument, record: MinutesRecord | None) -> Count:
    if gold.meeting is None or not gold.meeting.date:
        return Count()
    date = record.meeting.date if record and record.meeting else None
    return Count(gold=1, predicted=int(date is not None), correct=int(date == gold.meeting.date))
