"""The tags of underthesea's model, exactly, at a small part of the time (docs/segmentation.md).

underthesea spells out 43 strings for each token and sums their weights. Here the weights of a window of tokens are one row of
a table, found by the window's text, and numpy adds the rows of many lines at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from minutes_extract.text.crf_model import CrfModel, ModelFormatError
from minutes_extract.text.underthesea_tagger import Normalize, UndertheseaTagger
from minutes_extract.text.window_weights import ABSENT, BEFORE, BEHIND, REACH, Token, TokenTable, WindowTable, weights_of

TIE = 1e-11
"""Times the square of a line's tokens: a decision as close as this is left to underthesea, which rounds its sums in another order
(docs/segmentation.md)."""


class CachedTagger:
    """Tags lines as underthesea's model does."""

    def __init__(
        self, model: CrfModel, templates: Sequence[str], dictionary: set[str], *, reference: UndertheseaTagger, normalize: Normalize
    ) -> None:
        """A tagger of `model`.

        Args:
            model: the weights of the two labels `B-W` and `I-W`.
            templates: the windows of the model, as `T[-1,0].lower`.
            dictionary: the words the model knows, in lower case.
            reference: underthesea's tagger; decides ties and describes tokens with rare characters.
            normalize: makes of a token the token the model knows.

        Raises:
            ModelFormatError: the model has other labels, or windows of another kind.
        """
        weights = weights_of(model, templates)
        self._path = _Path.of(model)
        self._reference = reference
        self._tokens = TokenTable(weights, dictionary, reference, normalize)
        self._pairs = WindowTable(2, weights, dictionary)
        self._triples = WindowTable(3, weights, dictionary)

    def joins(self, lines: Sequence[Sequence[str]]) -> list[list[bool]]:
        """For each token of each line: does it continue the word before it?

        Example: `Giám`, `đốc`, `Sở` gives `False, True, False`.
        """
        weights = self._weigh(lines).tolist()
        return [self._decide(line, weights[at : at + len(line)]) for line, at in zip(lines, _starts(lines), strict=True)]

    def _weigh(self, lines: Sequence[Sequence[str]]) -> NDArray[np.float64]:
        """What speaks for "continues the word before it", token by token; between lines are `2 * REACH` empty places."""
        self._tokens.make_room()
        rows = _Rows([], [], [], [], [])
        for line in lines:
            self._add_line(rows, self._tokens.tokens(line))
        tokens, *windows = (np.array(places, np.intp) for places in rows)
        total = np.zeros(len(tokens))
        if len(total):
            self._tokens.weigh(total, tokens)
            titles = self._tokens.titles(tokens)
            for i, table in enumerate((self._pairs, self._triples)):
                table.weigh(total, windows[2 * i], windows[2 * i + 1])
                table.weigh_titles(total, titles)
        return total

    def _add_line(self, rows: _Rows, tokens: Sequence[Token]) -> None:
        rows.tokens.extend([BEFORE] * REACH)
        rows.tokens.extend([token.row for token in tokens])
        rows.tokens.extend([BEHIND] * REACH)
        size = len(rows.tokens)
        texts, lowers = [token.text for token in tokens], [token.lower for token in tokens]
        _add_windows(texts, self._pairs.spelled, self._triples.spelled, rows.pairs, rows.triples, size)
        _add_windows(lowers, self._pairs.lower, self._triples.lower, rows.lower_pairs, rows.lower_triples, size)

    def _decide(self, line: Sequence[str], weights: Sequence[float]) -> list[bool]:
        labels = self._path.best(weights)
        return self._reference.joins([line])[0] if labels is None else labels


class _Rows(NamedTuple):
    """Rows of the tables for all places of a batch; a row stands where its window begins."""

    tokens: list[int]
    pairs: list[int]
    lower_pairs: list[int]
    triples: list[int]
    lower_triples: list[int]


def _add_windows(
    words: Sequence[str], pair_rows: dict[str, int], triple_rows: dict[str, int], pairs: list[int], triples: list[int], size: int
) -> None:
    """The rows of one line's windows; `size` is where the line ends. A window that begins before the line counts as that."""
    texts = [f"{a} {b}" for a, b in pairwise(words)]
    pairs += [BEFORE] * REACH
    pairs += [pair_rows.get(text, ABSENT) for text in texts]
    pairs += [BEHIND] * (size - len(pairs))
    triples += [BEFORE] * REACH
    triples += [triple_rows.get(f"{text} {word}", ABSENT) for text, word in zip(texts, words[2:], strict=False)]
    triples += [BEHIND] * (size - len(triples))


def _starts(lines: Sequence[Sequence[str]]) -> Iterator[int]:
    """Where the first token of each line stands among the places of a batch."""
    at = REACH
    for line in lines:
        yield at
        at += len(line) + 2 * REACH


class _Path(NamedTuple):
    """Viterbi for two labels, on the difference of their scores ("continues" less "begins")."""

    low: float
    """Below: "begins" is the best label before both labels."""
    high: float
    """Above: "continues" is the best label before both; between the two, each label's best is the other."""
    after_begins: float
    after_continues: float
    after_other: float

    @classmethod
    def of(cls, model: CrfModel) -> _Path:
        order = [model.labels.index("B-W"), model.labels.index("I-W")]
        (bb, bi), (ib, ii) = model.transitions[np.ix_(order, order)].tolist()
        path = cls(low=bb - ib, high=bi - ii, after_begins=bi - bb, after_continues=ii - ib, after_other=bi - ib)
        if path.high < path.low:
            raise ModelFormatError("each label of the model has itself as its best neighbour, which this tagger does not foresee")
        return path

    def best(self, weights: Sequence[float]) -> list[bool] | None:
        """The best labels (`True`: continues) for the weights of a line; None when a decision is too close to tell."""
        if not weights:
            return []
        tie = TIE * len(weights) ** 2
        above, below = self.high + tie, self.low - tie
        between_low, between_high = self.low + tie, self.high - tie
        score, *others = weights
        before: list[bool | None] = []  # the best label before both labels; None: before each the other one
        for weight in others:
            if score < below:
                before.append(False)
                score = self.after_begins + weight
            elif score > above:
                before.append(True)
                score = self.after_continues + weight
            elif between_low < score < between_high:
                before.append(None)
                score = self.after_other - score + weight
            else:
                return None
        return None if abs(score) < tie else _walk_back(before, score > 0)


def _walk_back(before: list[bool | None], last: bool) -> list[bool]:
    labels = [last]
    for best in reversed(before):
        last = not last if best is None else best
        labels.append(last)
    labels.reverse()
    return labels
