"""Krippendorff's alpha over the words of documents: the agreement of any number of annotators in one figure.

alpha = 1 - Do / De over units; the units are the words and single marks of the text, so that long spans weigh more than short ones.

| figure | the value an annotator gives a unit |
|---|---|
| of a label | inside a span of this label, or not |
| all labels | the set of labels of the spans it is inside, the empty set included |

Values are nominal: two are the same, or not. Do is the share of the other values of a unit that differ from a value, averaged over all
values of units with two or more; De is the same with the other values of all units in place of those of its own.
Who called the place
of a unit neutral and did not mark it gives it no value. Where one value is given throughout, alpha is None, as kappa is.

The figure is that of NLTK (`nltk.metrics.agreement`), an optional package: `pip install "minutes-extract[agreement]"`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from minutes_extract.errors import UsageError
from minutes_extract.evaluation.gold import GoldDocument, gold_files, text_at_hand
from minutes_extract.evaluation.table import ratio
from minutes_extract.reading import read
from minutes_extract.records import LABELS

_UNIT = re.compile(r"\w+|[^\w\s]")

Values = list[frozenset[str] | None]
"""What one annotator says of each unit of a document: labels, or None for no value."""


class Alpha(BaseModel):
    """Alpha of a set of annotators. `print(alpha)` shows the table.

    Attributes:
        documents: how many were annotated by two or more.
        units: words and marks with a value of two annotators or more.
        labels: by label, all five always; None where it is undefined.
        overall: of all labels together.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    documents: int
    units: int
    labels: dict[str, float | None]
    overall: float | None

    def __str__(self) -> str:
        rows = [("alpha", f"{self.units} words"), *((name, ratio(value)) for name, value in self.labels.items())]
        return "\n".join(f"{name:<25}{value:>11}" for name, value in [*rows, ("all labels", ratio(self.overall))])


def krippendorff_alpha(sets: Mapping[str, Sequence[GoldDocument]], texts: Mapping[str, str]) -> Alpha:
    """Alpha of annotators, given the documents of each by name and the texts (as read) of the documents by `doc_id`.

    Documents of one annotator do not count. That all annotated the same text is checked by `agreement`, not here.

    Raises:
        UsageError: NLTK is not installed, or a text is missing.

    Example:
        `print(krippendorff_alpha({"An": gold_of_an, "Bình": gold_of_binh}, {"bb_01": text}))`
    """
    by_id: dict[str, dict[str, GoldDocument]] = {}
    for annotator, documents in sets.items():
        for document in documents:
            by_id.setdefault(document.doc_id, {})[annotator] = document
    shared = {doc_id: versions for doc_id, versions in sorted(by_id.items()) if len(versions) > 1}
    said: list[tuple[frozenset[str], ...]] = []
    for doc_id, versions in shared.items():
        if doc_id not in texts:
            raise UsageError(f"alpha needs the text of {doc_id}: give the folder of {doc_id}.txt with --texts DIR")
        units = [(found.start(), found.end()) for found in _UNIT.finditer(texts[doc_id])]
        columns = [_values(document, units) for document in versions.values()]
        rows = (tuple(value for value in row if value is not None) for row in zip(*columns, strict=True))
        said.extend(row for row in rows if len(row) > 1)
    return Alpha(
        documents=len(shared),
        units=len(said),
        labels={label: _alpha(said, lambda value, label=label: str(label in value)) for label in LABELS},  # type: ignore[misc]
        overall=_alpha(said, lambda value: " + ".join(sorted(value))),
    )


def texts_beside(folder: Path, texts: Path | None = None) -> dict[str, str]:
    """The texts as read of the gold files in `folder`: `DOC_ID.txt` in `texts`, else in a folder `raw` or `text` beside `folder`.

    A document without a text there is left out.
    """
    found = ((file.stem, text_at_hand(file, texts)) for file in gold_files(folder))
    return {doc_id: read(path).text for doc_id, path in found if path is not None}


def _values(document: GoldDocument, units: Sequence[tuple[int, int]]) -> Values:
    values: list[set[str] | None] = [set() for _ in units]
    for low, high in document.neutral:
        for at in _inside(units, low, high):
            values[at] = None
    for mention in document.mentions:
        for at in _inside(units, mention.start, mention.end):
            values[at] = (values[at] or set()) | {mention.label}
    return [None if value is None else frozenset(value) for value in values]


def _inside(units: Sequence[tuple[int, int]], low: int, high: int) -> range:
    """The numbers of the units that share a character with a span."""
    first = bisect_right(units, low, key=lambda unit: unit[1])
    return range(first, bisect_left(units, high, key=lambda unit: unit[0]))


def _alpha(said: Sequence[tuple[frozenset[str], ...]], value_of: Callable[[frozenset[str]], str]) -> float | None:
    """Alpha of the values of each unit; which annotator gave which does not matter to it."""
    try:
        from nltk.metrics.agreement import AnnotationTask
    except ImportError:
        raise UsageError('alpha needs the package NLTK; install it with: pip install "minutes-extract[agreement]"') from None
    ratings = [(coder, unit, value_of(value)) for unit, row in enumerate(said) for coder, value in enumerate(row)]
    if len({value for _, _, value in ratings}) < 2:
        return None
    return float(AnnotationTask(data=ratings).alpha())
