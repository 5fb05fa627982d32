"""What an error of a record is: its class, and what gold and the prediction say in its place.

| class | is |
|---|---|
| `too_short`, `too_long`, `crossing` | the label is right; the span lies in the gold one, holds it, or crosses its edge |
| `wrong_label` | a span that answers a gold span of another label |
| `missed`, `spurious` | a gold span without an answer; a predicted span that answers nothing |
| `wrong_value` | span and label are right, the date is another one; or the meeting has another date |
| `wrong_link` | a person with a post of a body, or a role at the meeting, that only one side has |
| `duplicate_person` | one person of gold told as several, or several told as one |

Offsets are half-open code points into the text as read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from minutes_extract.evaluation.matching import Span
from minutes_extract.evaluation.zone_scores import UNKNOWN
from minutes_extract.records import Confidence

ErrorClass: TypeAlias = Literal[
    "too_short", "too_long", "crossing", "wrong_label", "missed", "spurious", "wrong_value", "wrong_link", "duplicate_person"
]
CLASSES: tuple[ErrorClass, ...] = get_args(ErrorClass)

CLASS_NAMES: dict[ErrorClass, str] = {
    "too_short": "boundary too short",
    "too_long": "boundary too long",
    "crossing": "boundary crossing",
    "wrong_label": "wrong label",
    "missed": "missed",
    "spurious": "spurious",
    "wrong_value": "wrong value",
    "wrong_link": "wrong link",
    "duplicate_person": "duplicate person",
}
"""How a class is printed."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one side says: a mention, or a fact of the record.

    `spans`: where, as far as known. `remark`: what belongs to it besides (a value, how often). `rule` and `confidence`: of a
    predicted mention.
    """

    label: str
    text: str
    spans: tuple[Span, ...] = ()
    remark: str = ""
    rule: str | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class ErrorCard:
    """One error. `gold` and `predicted` hold what each side says, empty for nothing; `note` says more in words.

    `zone` is that of the first span.
    """

    doc_id: str
    kind: ErrorClass
    gold: tuple[Told, ...] = ()
    predicted: tuple[Told, ...] = ()
    note: str = ""
    zone: str = UNKNOWN

    @property
    def spans(self) -> tuple[Span, ...]:
        """All spans of both sides, by position."""
        return tuple(sorted({span for told in (*self.gold, *self.predicted) for span in told.spans}))

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of both sides, each once, gold first."""
        return tuple(dict.fromkeys(told.label for told in (*self.gold, *self.predicted)))

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules of the predicted mentions, each once."""
        return tuple(dict.fromkeys(told.rule for told in self.predicted if told.rule))

    @property
    def order(self) -> tuple[object, ...]:
        """Sort key: document, place (what has none comes last), class, and what is said."""
        place = self.spans[:1]
        where = (0, *place[0][:2]) if place else (1, 0, 0)
        said = tuple((told.label, told.text, told.remark) for told in (*self.gold, *self.predicted))
        return (self.doc_id, where, CLASSES.index(self.kind), said)
