"""Each predicted mention with the verdict of gold: right where the same span has the same label in gold.

Left out, as in `evaluation.scores`: what touches a neutral region or is a bare head noun as ORGANIZATION, unless it is gold itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from minutes_extract.batch.outcome import Extracted, Failed
from minutes_extract.errors import GoldError
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.keys import is_bare_head
from minutes_extract.evaluation.matching import Span
from minutes_extract.records import Mention, MinutesRecord


class Judged(NamedTuple):
    """A mention of a record. `right` is None where gold says nothing of it: no gold for the document, or it counts neither way."""

    doc_id: str
    mention: Mention
    right: bool | None


def judge(gold: Iterable[GoldDocument], predictions: Iterable[MinutesRecord | Extracted | Failed]) -> Iterator[Judged]:
    """All mentions of `predictions`, document by document; failed documents have none. One document is held at a time.

    Raises:
        GoldError: a prediction was made from another text than its gold.
    """
    known = {document.doc_id: document for document in gold}
    for prediction in predictions:
        if isinstance(prediction, Failed):
            continue
        record = prediction.record if isinstance(prediction, Extracted) else prediction
        yield from judge_record(known.get(record.doc_id), record)


def judge_record(gold: GoldDocument | None, record: MinutesRecord) -> Iterator[Judged]:
    """The mentions of one record against its gold, None where there is none."""
    if gold is None:
        yield from (Judged(record.doc_id, mention, None) for mention in record.mentions)
        return
    if record.source.sha256 != gold.sha256:
        raise GoldError(
            f"{gold.doc_id}: the prediction was made from another text than the gold; extract the annotated file, or annotate this one"
        )
    wanted = {Span(m.start, m.end, m.label) for m in gold.mentions}
    for mention in record.mentions:
        span = Span(mention.start, mention.end, mention.label)
        neutral = any(span.overlaps(start, end) for start, end in gold.neutral)
        bare = mention.label == "ORGANIZATION" and is_bare_head(mention.text)
        yield Judged(record.doc_id, mention, True if span in wanted else None if neutral or bare else False)
