"""How sure a mention is: a base, the weights of its evidence, a threshold; all of them data (`weights.yaml`).

Evidence is of two kinds. What a finder saw when it read the span comes with the candidate (`person.addressed`). What only the whole
document can tell is gathered here once all is linked: a post with its holder, a body named again, a span that ends inside a word.

| sum | verdict |
|---|---|
| base + weights >= threshold of the label | `strong` |
| less | `weak` |

The weights were set on annotated documents: see `evaluation.calibration` for the figures, `explain` for the sum of each mention.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.date_values import UNKNOWN_YEAR, DateParts, first_day
from minutes_extract.find.vocabulary import vocabulary
from minutes_extract.link.facts import DatePoint, Facts
from minutes_extract.records import LABELS, Confidence
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.fold import fold_key
from minutes_extract.text.page import ALPHA, BREAK, CAP, DIGIT, GLUED, UPPER, Page

Key = tuple[int, int, str]
"""`Candidate.key`."""


@dataclass(frozen=True, slots=True)
class Sum:
    """How the confidence of a mention comes about: `base` of its label, `weights` by name of evidence in order, `threshold`.

    >>> Sum(0.0, (("person.addressed", 1.0), ("person.given_name", -0.25)), 1.0).verdict
    'weak'
    """

    base: float
    weights: tuple[tuple[str, float], ...]
    threshold: float

    @property
    def total(self) -> float:
        """Base and weights added up."""
        return self.base + sum(weight for _, weight in self.weights)

    @property
    def verdict(self) -> Confidence:
        """`strong` where the total reaches the threshold."""
        return "strong" if self.total >= self.threshold else "weak"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the evidence, as a record lists them."""
        return tuple(name for name, _ in self.weights)


def gather_evidence(page: Page, rulebook: Rulebook, facts: Facts) -> Mapping[Key, Sum]:
    """The sum of each mention of `facts`, by `Candidate.key`; call it when all is linked.

    Evidence without an entry in `weights.yaml` weighs nothing and stays listed.
    """
    context = _Context(page, rulebook, facts)
    return {m.key: weigh(rulebook, m.label, (*m.evidence, *context.of(m))) for m in facts.mentions}


def weigh(rulebook: Rulebook, label: str, evidence: Sequence[str]) -> Sum:
    """The sum of a mention of `label` with this evidence; a name met twice counts once.

    >>> from minutes_extract.rulebook.book import load_rulebook
    >>> weigh(load_rulebook(), "OFFICIAL", ("person.addressed", "person.full_name")).verdict
    'strong'
    """
    scale = rulebook.compiled(_scale)
    base, threshold = scale.limits[label]
    weights = scale.weights
    return Sum(base, tuple([(name, weights.get(name, 0.0)) for name in dict.fromkeys(evidence)]), threshold)


def evidence_weights(rulebook: Rulebook, candidate: Candidate) -> tuple[tuple[str, float], ...]:
    """Each piece of evidence of a candidate with its weight, in the order found; without that of the document."""
    return weigh(rulebook, candidate.label, candidate.evidence).weights


def confidence_of(rulebook: Rulebook, candidate: Candidate) -> Confidence:
    """The verdict on a candidate by itself, without the evidence of its document."""
    return weigh(rulebook, candidate.label, candidate.evidence).verdict


@dataclass(frozen=True, slots=True)
class _Scale:
    """`weights.yaml`, looked up once: the weight of each name, and base and threshold of each label."""

    weights: Mapping[str, float]
    limits: Mapping[str, tuple[float, float]]


def _scale(rulebook: Rulebook) -> _Scale:
    settings = rulebook["weights"].settings
    limits: dict[str, tuple[float, float]] = {
        label: (float(settings.get(f"base_{label.lower()}", 0.0)), float(settings.get(f"strong_{label.lower()}", settings["strong"])))
        for label in LABELS
    }
    return _Scale({entry.id: entry.weight for entry in rulebook["weights"].entries}, limits)


class _Context:
    """What the whole document tells of each of its mentions."""

    def __init__(self, page: Page, rulebook: Rulebook, facts: Facts) -> None:
        self.page = page
        self.words = vocabulary(rulebook)
        self.bare_dates = frozenset(rulebook.words("weights", "bare_dates"))
        self.starts = {m.start for m in facts.mentions}
        self.bodies_at = {m.start for m in facts.mentions if m.label == "ORGANIZATION"}
        self.held = {self._words_of(p.title) for person in facts.people for p in person.positions}
        self.holders = {m.key for person in facts.people if person.positions for m in person.mentions}
        self.in_full = {m.key for person in facts.people if " " in person.name for m in person.mentions}
        self.named = Counter((m.label, self._words_of(m)) for m in facts.mentions)
        self.points: dict[Key, DatePoint] = {point.mention.key: point for point in facts.dates}

    def of(self, mention: Candidate) -> Iterator[str]:
        """The names of the evidence for and against one mention."""
        return _BY_LABEL[mention.label](self, mention)

    def _words_of(self, mention: Candidate) -> str:
        return fold_key(self.page.text[mention.start : mention.end])

    def person(self, mention: Candidate) -> Iterator[str]:
        page = self.page
        first, end = page.tokens_in(mention.start, mention.end)
        if mention.key in self.holders:
            yield "person.holds_post"
        if end - first > 1 and page.keys[first] not in self.words.surnames:
            yield "person.surname_unknown"
        if end - first == 1 and mention.key not in self.in_full:
            yield "person.never_in_full"
        if any(page.flags[j] & UPPER for j in range(first, end)) and not all(page.flags[j] & UPPER for j in range(first, end)):
            yield "person.with_acronym"
        if self._cuts_word(mention):
            yield "person.cuts_word"
        if self._capital_behind(mention):
            yield "person.capital_behind"
        if self._is_place(first, end):
            yield "person.is_place"

    def title(self, mention: Candidate) -> Iterator[str]:
        page = self.page
        if self._words_of(mention) in self.held:
            yield "post.held"
        if any(at in self.bodies_at for at in range(mention.start + 1, mention.end + 2)):
            yield "post.with_body"
        first, end = page.tokens_in(mention.start, mention.end)
        if not page.flags[first] & CAP:
            yield "post.lower_case"
        if end - first == 1 and page.flags[first] & UPPER:
            yield "post.abbreviation"
        if end < len(page) and page.gaps[end] == GLUED and page.flags[end] & (ALPHA | DIGIT):
            yield "post.glued"

    def body(self, mention: Candidate) -> Iterator[str]:
        page = self.page
        first, end = page.tokens_in(mention.start, mention.end)
        if self.named[mention.label, self._words_of(mention)] > 1:
            yield "body.named_again"
        if not page.flags[first] & CAP:
            yield "body.lower_case"
        yield from self._name_of_body(first, end)
        if end - first >= _LONG_NAME:
            yield "body.long_name"
        if page.keys[end - 1] in self.words.joiners:
            yield "body.ends_open"
        if not page.flags[end - 1] & UPPER and self._cuts_word(mention):
            yield "body.cuts_word"
        if self._is_place(first, end):
            yield "body.is_place"

    def _name_of_body(self, first: int, end: int) -> Iterator[str]:
        """Is what stands behind the head noun a known field, another body, a known place, or words no list knows?"""
        page, words = self.page, self.words
        head = words.heads.longest(page, first, end)
        if head is None or head[0] >= end:
            return
        if words.fields.longest(page, head[0], end) is not None:
            yield "body.field"
        elif words.heads.longest(page, head[0], end) is not None:
            yield "body.of_body"
        elif self._area_opens_or_ends(head[0], end):
            yield "body.area"
        else:
            yield "body.free_name"

    def _area_opens_or_ends(self, first: int, end: int) -> bool:
        """`UBND | huyện Đắk Song`, `Cục Đường sắt | Việt Nam`."""
        page, places = self.page, self.words.places
        if places.longest_at(page, first) or places.type_at(page, first) is not None:
            return True
        return any(places.longest_at(page, j) == end - j for j in range(max(first, end - 3), end))

    def date(self, mention: Candidate) -> Iterator[str]:
        point = self.points.get(mention.key)
        value = point.value if point is not None else mention.value
        if value is None:
            yield "date.no_value"
        elif value.startswith(UNKNOWN_YEAR):
            yield "date.no_year"
        parts = mention.attrs.get("parts")
        day = first_day(value)
        if isinstance(parts, DateParts) and parts.weekday is not None and day is not None:
            yield "date.weekday_agrees" if day.weekday() == parts.weekday else "date.weekday_differs"
        if mention.rule in self.bare_dates:
            yield "date.bare"

    def mark(self, mention: Candidate) -> Iterator[str]:
        page = self.page
        if self.named[mention.label, self._words_of(mention)] > 1:
            yield "mark.named_again"
        if mention.attrs.get("declared"):
            yield "mark.counted"
        if not page.flags[page.token_at(mention.start)] & CAP:
            yield "mark.lower_case"

    # at the edges of a span

    def _cuts_word(self, mention: Candidate) -> bool:
        """Does a word of the segmenter go on over the end of the span (`Viện [Công] nhân`)?"""
        at = bisect_left(self.page.words, (mention.end, 0)) - 1
        return at >= 0 and self.page.words[at][1] > mention.end

    def _capital_behind(self, mention: Candidate) -> bool:
        """Does a capital that opens no mention stand right behind, so that the name may go on?"""
        page = self.page
        j = page.token_at(mention.end - 1) + 1
        if j >= len(page) or not page.flags[j] & CAP or not 0 < page.gaps[j] < BREAK or page.starts[j] in self.starts:
            return False
        return not page.flags[j - 1] & UPPER  # in a line of capitals they tell nothing

    def _is_place(self, first: int, end: int) -> bool:
        return (self.words.places.longest_at(self.page, first) or 0) >= end - first


_LONG_NAME = 10
"""Tokens from which the name of a body is long: its end is where readings differ most."""
_BY_LABEL = {
    "OFFICIAL": _Context.person,
    "TITLE": _Context.title,
    "ORGANIZATION": _Context.body,
    "DATE": _Context.date,
    "TRADEMARK": _Context.mark,
}
