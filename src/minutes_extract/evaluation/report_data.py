"""The error cards as JSON for the script of the HTML report: short names, and numbers for what is said again and again.

| field of a card | holds |
|---|---|
| `c`, `d`, `z` | class, document and zone, as places in the lists of the same JSON |
| `n` | number of the line, 0 where the text is not at hand |
| `t` | segments `[text, marks above, marks below]`; a mark is `row * 16 + label * 2 + focus` |
| `b` | 1: the line was cut on the left; 2: on the right; 3: on both |
| `g`, `p` | what gold and the prediction say: `[label, text, remark]`, the latter with rule (-1 for none) and confidence |
| `m`, `w` | a note; why it was not read |
| `x` | losing candidates `[label, text, rule, reason, winner]`; the winner is `[label, text, rule]` or null |

What is empty is left out. Nothing in it counts characters.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from minutes_extract.errors import ReadingError
from minutes_extract.evaluation.error_classes import CLASS_NAMES, CLASSES, ErrorCard, Told
from minutes_extract.evaluation.error_reasons import NOT_READ, Loser, Reading, Reasons
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.report_lines import Lines, Mark, excerpt
from minutes_extract.evaluation.scores import counted_spans
from minutes_extract.records import LABELS, MinutesRecord

_ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def script_json(value: Any) -> str:
    """JSON that may stand in a `<script>`: nothing in it can end the element or open another.

    >>> script_json("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def cards_as_data(
    cards: Sequence[ErrorCard], gold: Iterable[GoldDocument], records: Mapping[str, MinutesRecord], reasons: Mapping[str, Reasons]
) -> dict[str, Any]:
    """All `cards` (in the order of `error_cards`) with the lists their numbers point into; one text is held at a time."""
    known = {document.doc_id: document for document in gold}
    lists = _Lists(cards, reasons)
    told = []
    for doc_id, of_document in groupby(cards, key=lambda card: card.doc_id):
        document = _Document(known[doc_id], records.get(doc_id), reasons.get(doc_id, Reasons()))
        told += [document.card(card, lists) for card in of_document]
    return {
        "classes": [[name, CLASS_NAMES[name]] for name in CLASSES],
        "labels": list(LABELS),
        "zones": list(lists.zones),
        "rules": list(lists.rules),
        "documents": list(lists.documents),
        "cards": told,
    }


class _Lists:
    """The names that cards point to by number, sorted."""

    def __init__(self, cards: Iterable[ErrorCard], reasons: Mapping[str, Reasons]) -> None:
        self.labels: dict[str, int] = {label: number for number, label in enumerate(LABELS)}
        self.documents = _numbered(card.doc_id for card in cards)
        self.zones = _numbered(card.zone for card in cards)
        losing = [one for reason in reasons.values() for loser in reason.losers for one in (loser.candidate, loser.winner) if one]
        self.rules = _numbered([*(rule for card in cards for rule in card.rules), *(one.rule for one in losing)])


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted(set(names)))}


class _Document:
    """One document while its cards are told."""

    def __init__(self, gold: GoldDocument, record: MinutesRecord | None, reasons: Reasons) -> None:
        self.gold, self.predicted = counted_spans(gold, record)
        self.reasons = reasons
        text = _text_of(gold)
        self.lines = None if text is None else Lines(text)

    def card(self, card: ErrorCard, lists: _Lists) -> dict[str, Any]:
        data: dict[str, Any] = {
            "c": CLASSES.index(card.kind),
            "d": lists.documents[card.doc_id],
            "z": lists.zones[card.zone],
            **self._line(card, lists),
            "g": [[lists.labels[told.label], told.text, told.remark] for told in card.gold],
            "p": [_predicted(told, lists) for told in card.predicted],
            "m": card.note,
            "w": next(
                (self.reasons.why[span] for told in card.gold for span in told.spans if card.kind in NOT_READ and span in self.reasons.why),
                "",
            ),
            "x": [_loser(loser, lists) for loser in self.reasons.losers if _touches(loser, card)],
        }
        return {name: value for name, value in data.items() if value not in ("", [])}

    def _line(self, card: ErrorCard, lists: _Lists) -> dict[str, Any]:
        if self.lines is None or not card.spans:
            return {}
        above = self.gold.union(*(told.spans for told in card.gold))
        below = self.predicted.union(*(told.spans for told in card.predicted))
        found = excerpt(self.lines, card.spans, above, below)
        segments: list[list[Any]] = []
        for segment in found.segments:
            marks = [[_mark(mark, lists) for mark in side] for side in (segment.gold, segment.predicted)]
            segments.append([segment.text, *marks] if any(marks) else [segment.text])
        return {"n": found.line, "t": segments, "b": found.cut_left + 2 * found.cut_right or ""}


def _text_of(gold: GoldDocument) -> str | None:
    """The text of a gold document as read, None where it is not at hand or another one by now."""
    from minutes_extract.reading import read

    if gold.text_path is None:
        return None
    try:
        source = read(gold.text_path)
    except ReadingError:
        return None
    return source.text if source.sha256 == gold.sha256 else None


def _mark(mark: Mark, lists: _Lists) -> int:
    return mark.row * 16 + lists.labels[mark.label] * 2 + mark.focus


def _predicted(told: Told, lists: _Lists) -> list[Any]:
    return [lists.labels[told.label], told.text, told.remark, lists.rules[told.rule] if told.rule else -1, told.confidence or ""]


def _touches(loser: Loser, card: ErrorCard) -> bool:
    start, end = loser.candidate.span[:2]
    return any(span.overlaps(start, end) for span in card.spans)


def _loser(loser: Loser, lists: _Lists) -> list[Any]:
    return [*_reading(loser.candidate, lists), loser.reason, _reading(loser.winner, lists) if loser.winner else None]


def _reading(reading: Reading, lists: _Lists) -> list[Any]:
    return [lists.labels[reading.label], " ".join(reading.text.split()), lists.rules[reading.rule]]
