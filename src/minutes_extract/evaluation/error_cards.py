"""Each error of a record against its gold, as a card: what a reader of the report looks at one by one.

Spans are paired by `span_schemas.assign` from those that count (`scores.counted_spans`), so the cards of spans are the strict errors of
the scores, no more and no less: a wrong boundary or label costs a missed and a spurious span there, and is one card here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from minutes_extract.evaluation.error_classes import CLASS_NAMES, ErrorCard, ErrorClass, Told
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.link_errors import duplicate_persons, wrong_links
from minutes_extract.evaluation.matching import Span
from minutes_extract.evaluation.scores import counted_spans
from minutes_extract.evaluation.span_schemas import Pair, assign
from minutes_extract.evaluation.zone_scores import RecordZones, Zones, page_zones
from minutes_extract.records import Mention, MinutesRecord

NO_PREDICTION = "the document has no prediction"


def error_cards(gold: Iterable[GoldDocument], records: Mapping[str, MinutesRecord]) -> list[ErrorCard]:
    """The errors of all gold documents, by document, place and class; those of a document without a record are all missed.

    >>> error_cards([], {})
    []
    """
    return sorted((card for document in gold for card in errors_of(document, records.get(document.doc_id))), key=lambda card: card.order)


def errors_of(gold: GoldDocument, record: MinutesRecord | None) -> Iterator[ErrorCard]:
    """The errors of one document; None for the record misses all gold."""
    zones: Zones | None = None
    for card in _errors(gold, record):
        if card.spans:
            zones = zones or page_zones(gold) or RecordZones(record)
            yield replace(card, zone=zones.of(card.spans[0]))
        else:
            yield card


def _errors(gold: GoldDocument, record: MinutesRecord | None) -> Iterator[ErrorCard]:
    sides = _Sides(gold, record)
    for pair in assign(*counted_spans(gold, record)):
        if pair.gold != pair.predicted:
            yield sides.span_error(pair)
        elif pair.gold is not None and pair.gold.label == "DATE":
            yield from sides.value_error(pair.gold)
    if record is not None:
        yield from _wrong_meeting_date(gold, record)
        yield from wrong_links(gold, record)
        yield from duplicate_persons(gold, record)


def boundary(gold: Span, predicted: Span) -> ErrorClass | None:
    """How the second span differs from the first, None where they are the same or share nothing.

    >>> boundary(Span(0, 20, "TITLE"), Span(0, 12, "TITLE")), boundary(Span(4, 9, "DATE"), Span(6, 12, "DATE"))
    ('too_short', 'crossing')
    """
    if gold[:2] == predicted[:2] or not gold.overlaps(predicted.start, predicted.end):
        return None
    if gold.start <= predicted.start and predicted.end <= gold.end:
        return "too_short"
    return "too_long" if predicted.start <= gold.start and gold.end <= predicted.end else "crossing"


class _Sides:
    """The mentions of both sides of one document, by span."""

    def __init__(self, gold: GoldDocument, record: MinutesRecord | None) -> None:
        self.doc_id = gold.doc_id
        self.note = NO_PREDICTION if record is None else ""
        self.gold = {Span(mention.start, mention.end, mention.label): mention for mention in gold.mentions}
        self.predicted: dict[Span, Mention] = {}
        for mention in record.mentions if record else ():
            self.predicted[Span(mention.start, mention.end, mention.label)] = mention

    def span_error(self, pair: Pair) -> ErrorCard:
        kind, note = _class_of(pair)
        return ErrorCard(
            self.doc_id,
            kind,
            gold=(self._told_gold(pair.gold),) if pair.gold else (),
            predicted=(self._told_predicted(pair.predicted),) if pair.predicted else (),
            note=note or self.note,
        )

    def value_error(self, span: Span) -> Iterator[ErrorCard]:
        wanted, given = self.gold[span].value, self.predicted[span].value
        if wanted and wanted != given:
            yield ErrorCard(self.doc_id, "wrong_value", (self._told_gold(span),), (self._told_predicted(span),))

    def _told_gold(self, span: Span) -> Told:
        mention = self.gold[span]
        return Told(span.label, mention.text, (span,), _value(mention.label, mention.value))

    def _told_predicted(self, span: Span) -> Told:
        mention = self.predicted[span]
        return Told(span.label, mention.text, (span,), _value(mention.label, mention.value), mention.rule, mention.confidence)


def _value(label: str, value: str | None) -> str:
    if label != "DATE":
        return ""
    return f"= {value}" if value else "no value"


def _class_of(pair: Pair) -> tuple[ErrorClass, str]:
    if pair.gold is None:
        return "spurious", ""
    if pair.predicted is None:
        return "missed", ""
    edge = boundary(pair.gold, pair.predicted)
    if pair.same_label and edge is not None:
        return edge, ""
    return "wrong_label", f"{CLASS_NAMES[edge]} besides" if edge else ""


def _wrong_meeting_date(gold: GoldDocument, record: MinutesRecord) -> Iterator[ErrorCard]:
    wanted = gold.meeting.date if gold.meeting else None
    given = record.meeting.date if record.meeting else None
    if wanted and wanted != given:
        told = (Told("DATE", given, remark="meeting"),) if given else ()
        yield ErrorCard(gold.doc_id, "wrong_value", (Told("DATE", wanted, remark="meeting"),), told, note="the date of the meeting")
