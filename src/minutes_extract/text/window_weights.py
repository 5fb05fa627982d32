"""What a window of tokens weighs: one row of a table for each text, one column for each place the window may have.

All weights are differences: that of "continues the word before it" less that of "begins a word".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from minutes_extract.text.crf_model import CrfModel, ModelFormatError
from minutes_extract.text.underthesea_tagger import Normalize, UndertheseaTagger

REACH = 2
"""How far from its token a window may reach, on both sides."""
MAX_CACHE = 1_500_000
"""How many characters of tokens, with `ENTRY` for each, are remembered before all are forgotten."""
ENTRY = 100
ABSENT, BEFORE, BEHIND, LISTED = range(4)
"""Rows of no single text: not in the model, begins before the line, ends behind the line, in the dictionary only."""

_TEMPLATE = re.compile(r"T\[(-?\d)(?:,(-?\d))?\](?:\.(\w+))?")
_SPELLED, _LOWER, _DIGITS, _TITLE, _IN_DICTIONARY = "", "lower", "isdigit", "istitle", "is_in_dict"
_KINDS = (_SPELLED, _LOWER, _DIGITS, _TITLE, _IN_DICTIONARY)
_NO, _YES = "False", "True"
_BEFORE_LINE, _BEHIND_LINE = "BOS", "EOS"
_EDGES = {_BEFORE_LINE: BEFORE, _BEHIND_LINE: BEHIND}
_INTEGER = re.compile(r"([+-]?)0*([0-9]{1,10})")
_INTEGERS = range(-(2**31), 2**31)
# Characters whose case is the same in every version of Unicode; of others underthesea is asked, whose tables may be newer.
_FAMILIAR = re.compile(
    "[!-~\u00a1-\u017f\u01a0\u01a1\u01af\u01b0\u0300-\u0344\u0346-\u036f\u0400-\u045f\u1ea0-\u1ef9"
    "\u200b-\u200d\u2010-\u2027\u2030-\u205e\u20ab\u2190-\u21ff\u2500-\u27bf\ue000-\uf8ff\ufe0f\ufeff\ufffd\U0001f600-\U0001f64f]+"
)

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]


class Template(NamedTuple):
    """A window of the model: its first token counted from the one to tag, how many tokens it has, what is asked of them."""

    first: int
    width: int
    kind: str


Weights = Mapping[Template, Mapping[str, float]]
"""The weights of a model: window -> value -> weight."""


class Token(NamedTuple):
    """A token as the model knows it, in lower case, and its row in the table of tokens."""

    text: str
    lower: str
    row: int


def weights_of(model: CrfModel, templates: Iterable[str]) -> dict[Template, dict[str, float]]:
    """The weights of `model` by window; the windows are those its features were made of.

    Raises:
        ModelFormatError: the model has other labels than `B-W` and `I-W`, or a window this module cannot weigh.
    """
    if set(model.labels) != {"B-W", "I-W"}:
        raise ModelFormatError(f"the model has the labels {', '.join(model.labels)}, not B-W and I-W")
    differences = model.state_weights[:, model.labels.index("I-W")] - model.state_weights[:, model.labels.index("B-W")]
    by_name: dict[str, dict[str, float]] = {name: {} for name in templates}
    for attribute, weight in zip(model.attributes, differences.tolist(), strict=True):
        name, _, value = attribute.partition("=")
        if name in by_name:
            by_name[name][value] = weight
    return {_template(name): values for name, values in by_name.items()}


def _template(name: str) -> Template:
    match = _TEMPLATE.fullmatch(name)
    if match is None:
        raise ModelFormatError(f"the model has the unknown window {name}")
    first = int(match[1])
    last = int(match[2] or first)
    template = Template(first, last - first + 1, match[3] or _SPELLED)
    kinds = {_SPELLED, _LOWER, _TITLE, _IN_DICTIONARY} | ({_DIGITS} if template.width == 1 else set())
    fits = -REACH <= first <= last <= REACH and template.width <= 3 and template.kind in kinds
    if not fits or (template.width > 1 and template.kind == _TITLE and first != 0):
        raise ModelFormatError(f"the model has the unknown window {name}")
    return template


class TokenTable:
    """Rows of single tokens, made when a token is first seen; bounded by `MAX_CACHE`."""

    def __init__(self, weights: Weights, dictionary: set[str], reference: UndertheseaTagger, normalize: Normalize) -> None:
        """An empty table; `reference` describes tokens with rare characters."""
        self._weights = {template: values for template, values in weights.items() if template.width == 1}
        self._dictionary = dictionary
        self._reference = reference
        self._normalize = normalize
        self._known: dict[str, Token] = {}
        self._clear()

    def make_room(self) -> None:
        """Forgets all tokens if they are too many. Rows given out before are void, so this comes before a batch, never in it."""
        if self._size > MAX_CACHE:
            self._clear()

    def tokens(self, line: Sequence[str]) -> list[Token]:
        """The tokens of a line with their rows."""
        known = self._known
        return [known.get(token) or self._learn(token) for token in line]

    def weigh(self, total: Numbers, rows: Places) -> None:
        """Adds to `total`, place by place, what the single tokens around weigh."""
        _add(total, self._rows[rows], range(-REACH, REACH + 1))

    def titles(self, rows: Places) -> NDArray[np.int8]:
        """For each row: 0 the token begins in lower case, 1 with a capital or a mark, `BEHIND` the line is over."""
        return self._titles[rows]

    def _clear(self) -> None:
        self._known.clear()
        self._size = 0
        self._count = 0
        self._rows = np.zeros((1024, 2 * REACH + 1))
        self._titles = np.zeros(1024, np.int8)
        for value in ("", _BEFORE_LINE, _BEHIND_LINE):  # ABSENT, BEFORE, BEHIND
            self._add_row(dict.fromkeys(_KINDS, value), BEHIND)

    def _learn(self, source: str) -> Token:
        text = self._normalize(source)
        facts = self._facts(text)
        token = Token(text, facts[_LOWER], self._add_row(facts, int(facts[_TITLE] == _YES)))
        self._known[source] = token
        self._size += len(source) + ENTRY
        return token

    def _facts(self, text: str) -> dict[str, str]:
        """What the model is told of a token, by kind."""
        if not _FAMILIAR.fullmatch(text):
            described = self._reference.features(text)
            return {kind: described.get(f"T[0].{kind}", _NO) for kind in (_LOWER, _DIGITS, _TITLE, _IN_DICTIONARY)} | {_SPELLED: text}
        lower = text.lower()
        flags = {_DIGITS: _is_integer(text), _TITLE: text[0] == text[0].upper(), _IN_DICTIONARY: lower in self._dictionary}
        return {_SPELLED: text, _LOWER: lower} | {kind: _YES if flag else _NO for kind, flag in flags.items()}

    def _add_row(self, facts: Mapping[str, str], title: int) -> int:
        row = self._count
        if row == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
            self._titles = np.concatenate([self._titles, np.zeros_like(self._titles)])
        weights = [0.0] * (2 * REACH + 1)
        for (first, _, kind), values in self._weights.items():
            weights[first + REACH] += values.get(facts[kind], 0.0)
        self._rows[row] = weights
        self._titles[row] = title
        self._count = row + 1
        return row


class WindowTable:
    """Rows of windows of `width` tokens; all of them come from the model and the dictionary, none is added later."""

    def __init__(self, width: int, weights: Weights, dictionary: set[str]) -> None:
        """The table of all windows of `width` tokens."""
        mine = {template: values for template, values in weights.items() if template.width == width}
        title = mine.get(Template(0, width, _TITLE), {})
        self._width = width
        self._titles = np.array([title.get(value, 0.0) for value in (_NO, _YES, _BEHIND_LINE)])
        self._firsts = sorted({template.first for template in mine})

        def columns(kind: str) -> list[Mapping[str, float]]:
            return [mine.get(Template(first, width, kind), {}) for first in self._firsts]

        self.spelled: dict[str, int] = {}
        """Text of a window -> its row, `ABSENT` where there is none."""
        self.lower: dict[str, int] = dict.fromkeys(dictionary, LISTED)
        """Text of a window in lower case -> its row, `ABSENT` where there is none."""
        self._spelled_rows = _rows(columns(_SPELLED), self.spelled)
        self._lower_rows = _rows(columns(_LOWER), self.lower)
        listed = [row for text, row in self.lower.items() if row > LISTED and text in dictionary]
        _add_dictionary(self._lower_rows, columns(_IN_DICTIONARY), [LISTED, *listed])

    def weigh(self, total: Numbers, spelled: Places, lower: Places) -> None:
        """Adds to `total`, place by place, what the windows around weigh; a row stands where its window begins."""
        _add(total, self._spelled_rows[spelled] + self._lower_rows[lower], self._firsts)

    def weigh_titles(self, total: Numbers, titles: NDArray[np.int8]) -> None:
        """Adds to `total` what it weighs that all tokens of the window beginning there have capitals, or not."""
        size = len(total) - 2 * REACH
        ahead = [titles[REACH + i : REACH + i + size] for i in range(self._width)]
        kind = np.where(ahead[-1] == BEHIND, BEHIND, np.minimum.reduce(ahead))
        total[REACH:-REACH] += self._titles[kind]


def _rows(columns: Sequence[Mapping[str, float]], index: dict[str, int]) -> Numbers:
    """A row for each text the columns weigh; `index` learns where."""
    texts = dict.fromkeys(text for column in columns for text in column if text not in _EDGES)
    index.update(zip(texts, range(LISTED + 1, LISTED + 1 + len(texts)), strict=True))
    rows = np.zeros((LISTED + 1 + len(texts), len(columns)))
    for i, column in enumerate(columns):
        rows[[_EDGES.get(text) or index[text] for text in column], i] = list(column.values())
    return rows


def _add_dictionary(rows: Numbers, columns: Sequence[Mapping[str, float]], listed: Sequence[int]) -> None:
    for i, column in enumerate(columns):
        weights = np.full(len(rows), column.get(_NO, 0.0))
        weights[listed] = column.get(_YES, 0.0)
        for edge, row in _EDGES.items():
            weights[row] = column.get(edge, 0.0)
        rows[:, i] += weights


def _add(total: Numbers, rows: Numbers, firsts: Iterable[int]) -> None:
    """`total[p] += rows[p + first]` for each column; the outer `REACH` places are of no token."""
    size = len(total) - 2 * REACH
    for i, first in enumerate(firsts):
        total[REACH:-REACH] += rows[REACH + first : REACH + first + size, i]


def _is_integer(text: str) -> bool:
    """An integer of 32 bits, as underthesea reads it."""
    match = _INTEGER.fullmatch(text)
    return match is not None and int(match[1] + match[2]) in _INTEGERS
