"""Why the program erred: the candidates that lost at the place of an error, and the condition that a missed span failed.

Both are known only while a document is read, so documents with errors are read again, one at a time, and of each only what its cards
need is kept. Nothing is told where the document, read again, gives other mentions than the record: other rules or another system made it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from minutes_extract.errors import ReadingError
from minutes_extract.evaluation.error_classes import ErrorCard, ErrorClass
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.matching import Span
from minutes_extract.records import LABELS, MinutesRecord

if TYPE_CHECKING:
    from minutes_extract.assemble import Analysis
    from minutes_extract.find.candidate import Candidate
    from minutes_extract.reading.source import SourceText

Analyse: TypeAlias = "Callable[[SourceText], Analysis]"
"""Reads a document once more: `functools.partial(assemble.analyse, nlp)`."""

ALL_HOLD = "each condition asked of it holds"
"""Told of a missed span; of one read with another edge or label it would say nothing."""

NOT_READ: frozenset[ErrorClass] = frozenset({"too_short", "too_long", "crossing", "wrong_label", "missed"})
"""Classes of errors in which a gold span was not read as it is."""


class Reading(NamedTuple):
    """A candidate in words: what, where (text as read), by which rule."""

    label: str
    text: str
    span: Span
    rule: str


class Loser(NamedTuple):
    """A candidate that lost, why, and to what (None: to nothing, a condition failed)."""

    candidate: Reading
    reason: str
    winner: Reading | None


class Reasons(NamedTuple):
    """What is known of the errors of one document.

    `losers`: those that share a character with a span of an error. `why`: for gold spans that were not read, the first condition of
    their label that fails. `silence`: why nothing is told, "" where it is.
    """

    losers: tuple[Loser, ...] = ()
    why: Mapping[Span, str] = {}
    silence: str = ""


def reasons_by_document(
    analyse: Analyse, cards: Iterable[ErrorCard], gold: Iterable[GoldDocument], records: Mapping[str, MinutesRecord]
) -> dict[str, Reasons]:
    """The reasons for the errors `cards` (in the order of `error_cards`), by document; each document with an error is read once.

    A document without a record has none. One whose text is not at hand says so.

    Example:
        `reasons_by_document(partial(analyse, load()), error_cards(gold, records), gold, records)`
    """
    known = {document.doc_id: document for document in gold}
    found: dict[str, Reasons] = {}
    for doc_id, of_document in groupby(cards, key=lambda card: card.doc_id):
        if doc_id in records:
            found[doc_id] = _reasons(analyse, list(of_document), known[doc_id], records[doc_id])
    return found


def _reasons(analyse: Analyse, cards: list[ErrorCard], gold: GoldDocument, record: MinutesRecord) -> Reasons:
    from minutes_extract.reading import read

    if gold.text_path is None:
        return Reasons(silence="the text is not at hand")
    try:
        source = read(gold.text_path, doc_id=gold.doc_id)
    except ReadingError as error:
        return Reasons(silence=str(error))
    if source.sha256 != gold.sha256:
        return Reasons(silence="the text was changed after the gold was loaded")
    analysis = analyse(source)
    if analysis.record.mentions != record.mentions:
        return Reasons(silence="read again, the document gives other mentions than the record")
    return Reasons(_losers(analysis, cards), _why(analysis, cards))


def _losers(analysis: Analysis, cards: Iterable[ErrorCard]) -> tuple[Loser, ...]:
    spans = {span for card in cards for span in card.spans}
    found = []
    for loser in sorted(analysis.facts.rejected, key=lambda one: (one.candidate.key, one.candidate.rule, one.reason)):
        candidate = _reading(analysis, loser.candidate)
        if any(span.overlaps(candidate.span.start, candidate.span.end) for span in spans):
            winner = None if loser.winner is None else _reading(analysis, loser.winner)
            found.append(Loser(candidate, loser.reason, winner))
    return tuple(found)


def _reading(analysis: Analysis, candidate: Candidate) -> Reading:
    start, end = analysis.source.offsets.to_source(candidate.start, candidate.end)
    return Reading(candidate.label, analysis.source.text[start:end], Span(start, end, candidate.label), candidate.rule)


def _why(analysis: Analysis, cards: Iterable[ErrorCard]) -> dict[Span, str]:
    from minutes_extract.export.why_not_checks import checks, span_of

    told: dict[Span, str] = {}
    wanted = {span: card.kind for card in cards if card.kind in NOT_READ for side in card.gold for span in side.spans}
    for span, kind in sorted(wanted.items()):
        start, end = analysis.source.offsets.to_clean(span.start, span.end)
        label = next((label for label in LABELS if label == span.label), None)
        if label is not None and start < end and len(analysis.page):
            asked = checks(analysis.page, analysis.rulebook, span_of(analysis.page, start, end), label)
            failed = next((check.told for check in asked if not check.holds), ALL_HOLD)
            if failed != ALL_HOLD or kind == "missed":
                told[span] = failed
    return told
