"""Scores of predictions against gold, on four levels: spans, values, links and records.

| figure | counted |
|---|---|
| a label, `micro` | spans with the same start, end and label (strict) |
| overlap | as strict, and a span that only overlaps a gold span of its label answers it, one to one |
The figures of the other levels are those of `evaluation.facts_scored`. A predicted span that touches a neutral region of the gold, or
is a bare head noun as ORGANIZATION, counts neither way, unless it is gold itself. A document without a prediction has missed
everything. 0/0 is None, printed `n/a`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from minutes_extract.errors import GoldError, UsageError
from minutes_extract.evaluation.counts import Count as Count
from minutes_extract.evaluation.counts import total
from minutes_extract.evaluation.facts_scored import ACCURACIES as ACCURACIES
from minutes_extract.evaluation.facts_scored import FIGURE_TITLES, figures_of
from minutes_extract.evaluation.facts_scored import LEVELS as LEVELS
from minutes_extract.evaluation.facts_scored import RECORD_FIGURES as RECORD_FIGURES
from minutes_extract.evaluation.facts_scored import VALUE_FIGURES as VALUE_FIGURES
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.gold_faults import check_size
from minutes_extract.evaluation.keys import is_bare_head
from minutes_extract.evaluation.matching import Span, overlapping_pairs
from minutes_extract.evaluation.predictions import Prediction as Prediction
from minutes_extract.evaluation.predictions import gather
from minutes_extract.evaluation.predictions import read_records as read_records
from minutes_extract.evaluation.predictions import records_by_document as records_by_document
from minutes_extract.evaluation.span_schemas import MacroF1
from minutes_extract.evaluation.zone_scores import UNKNOWN, RecordZones, page_zones, zone_counts
from minutes_extract.records import LABELS, MinutesRecord


class DocumentScore(BaseModel):
    """The counts of one document; a report adds them up, and a resampling draws them again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    doc_id: str
    strict: dict[str, Count]
    """By label."""
    overlap: dict[str, Count]
    """By label."""
    figures: dict[str, Count]
    """By the names of `RECORD_FIGURES`, `VALUE_FIGURES` and `ACCURACIES`; a report of an earlier version may lack some."""
    source: str | None = None
    """Where the document is from, as its gold says."""
    genre: str | None = None
    """`minutes`, `notice`, `news` or `other`; None where the text is not at hand."""
    zones: dict[str, dict[str, Count]] = {}
    """Strict counts by zone, then by label; a label without a span on either side is left out. They add up to `strict`."""


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
        return _by_label(document.strict for document in self.documents)

    @property
    def overlaps(self) -> dict[str, Count]:
        """Overlap counts by label, all five always."""
        return _by_label(document.overlap for document in self.documents)

    @property
    def micro(self) -> Count:
        """Strict counts over all labels."""
        return total(self.labels.values())

    @property
    def micro_overlap(self) -> Count:
        """Overlap counts over all labels."""
        return total(self.overlaps.values())

    @property
    def macro(self) -> MacroF1:
        """The mean of the strict F1 of the labels, and of how many: one without a span on either side has no F1."""
        ratios = [f1 for count in self.labels.values() if (f1 := count.f1) is not None]
        return MacroF1(sum(ratios) / len(ratios) if ratios else None, len(ratios))

    @property
    def figures(self) -> dict[str, Count]:
        """Counts of the other levels, by the names of `RECORD_FIGURES`, `VALUE_FIGURES` and `ACCURACIES`; zeros where none is known."""
        return {name: total(document.figures.get(name, Count()) for document in self.documents) for name in FIGURE_TITLES}

    @property
    def by_document(self) -> dict[str, dict[str, Count]]:
        """Strict counts by document, then by label, all five always; so are the next three."""
        return self._by(lambda document: {document.doc_id: document.strict})

    @property
    def by_source(self) -> dict[str, dict[str, Count]]:
        """By `GoldDocument.source`, `unknown` where gold tells none."""
        return self._by(lambda document: {document.source or UNKNOWN: document.strict})

    @property
    def by_genre(self) -> dict[str, dict[str, Count]]:
        """By genre, `unknown` where the text was not at hand."""
        return self._by(lambda document: {document.genre or UNKNOWN: document.strict})

    @property
    def by_zone(self) -> dict[str, dict[str, Count]]:
        """By the zone the spans start in (`text.zones`), `unknown` where nothing tells it. A document without spans has no zone."""
        return self._by(lambda document: document.zones or _unzoned(document))

    def _by(self, parts: Callable[[DocumentScore], Mapping[str, Mapping[str, Count]]]) -> dict[str, dict[str, Count]]:
        gathered: dict[str, list[Mapping[str, Count]]] = {}
        for document in self.documents:
            for name, counts in parts(document).items():
                gathered.setdefault(name, []).append(counts)
        return {name: _by_label(gathered[name]) for name in sorted(gathered)}

    def __str__(self) -> str:
        from minutes_extract.evaluation.table import report_table

        return report_table(self)


def _by_label(counts: Iterable[Mapping[str, Count]]) -> dict[str, Count]:
    """The sums, all five labels always."""
    rows = list(counts)
    return {label: total(row[label] for row in rows if label in row) for label in LABELS}


def _unzoned(document: DocumentScore) -> dict[str, dict[str, Count]]:
    """All spans of a document whose zones are not told (a report of an earlier version), so that the zones still add up."""
    return {UNKNOWN: document.strict} if any(count.gold or count.predicted for count in document.strict.values()) else {}


def evaluate(gold: Iterable[GoldDocument], predictions: str | Path | Iterable[Prediction | str | Path]) -> Report:
    """The scores of `predictions` against `gold`.

    `predictions` may be records, what `extract_many` gives, or paths: a `.jsonl` file of records, a `.json` file with one, or
    a folder with `records.jsonl`.

    Raises:
        GoldError: a prediction was made from another text than the gold (another SHA-256), or a text has changed since
            `load_gold`.
        UsageError: no gold, a path without predictions, or a document predicted twice.

    Example:
        `print(evaluate(load_gold("data/gold"), extract_many("data/raw")))`
    """
    documents = list(gold)
    if not documents:
        raise UsageError("there is no gold document to compare with")
    records, failed = gather([predictions] if isinstance(predictions, (str, Path)) else predictions)
    known = {document.doc_id for document in documents}
    return Report(
        documents=tuple(score_document(document, _same_text(document, records.get(document.doc_id))) for document in documents),
        missing=tuple(document.doc_id for document in documents if document.doc_id not in records),
        failed=tuple(document.doc_id for document in documents if document.doc_id in failed),
        extra=tuple(sorted({*records, *failed} - known)),
    )


def _same_text(gold: GoldDocument, record: MinutesRecord | None) -> MinutesRecord | None:
    if record is not None and record.source.sha256 != gold.sha256:
        raise GoldError(
            f"{gold.doc_id}: the prediction was made from another text than the gold (sha256 {record.source.sha256[:12]}... and "
            f"{gold.sha256[:12]}...); extract the annotated file, or annotate this one"
        )
    if record is not None:
        check_size(gold, record.source.chars)
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
    page = page_zones(gold)
    return DocumentScore(
        doc_id=gold.doc_id,
        strict=strict,
        overlap=overlap,
        figures=figures_of(gold, record, wanted, given),
        source=gold.source,
        genre=page.genre if page else None,
        zones=zone_counts(wanted, given, page or RecordZones(record)),
    )


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
