"""Clean text -> spaCy `Doc` with the tokens of `Page`, losing no character; spaCy is imported at the first call."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

from minutes_extract.text.page import Tokens, cut_tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab


def make_doc(vocab: Vocab, text: str) -> Doc:
    """A `Doc` whose tokens are syllables, runs of digits and single other characters; `doc.text == text`, always.

    White space that is not one space after a token is a token of its own, as spaCy has it.

    Example: `Phương- Phó` has the tokens `Phương`, `-`, `Phó`.
    """
    from spacy.tokens import Doc

    words, spaces = _words_and_spaces(cut_tokens(text))
    doc = Doc(vocab, words=words, spaces=spaces)
    if doc.text != text:
        raise AssertionError(f"the Doc has {len(doc.text)} characters, its text {len(text)}")
    return doc


def _words_and_spaces(tokens: Tokens) -> tuple[list[str], list[bool]]:
    words: list[str] = []
    spaces: list[bool] = []
    for word, blank in zip(["", *tokens.words], tokens.blanks, strict=True):  # the blank behind each word
        if word:
            words.append(word)
            spaces.append(blank[:1] == " ")
            blank = blank[1:] if blank[:1] == " " else blank
        if blank:
            words.append(blank)
            spaces.append(False)
    return words, spaces


def make_spans(doc: Doc, spans: Iterable[tuple[int, int, str]]) -> list[Span]:
    """Half-open character spans with labels as `Span`s of `doc`, in the order given; a span inside a token takes the whole token.

    Raises:
        ValueError: a span is empty or outside the text.
    """
    from spacy.tokens import Span

    starts = [token.idx for token in doc]
    ends = [start + len(token) for start, token in zip(starts, doc, strict=True)]
    size = len(doc.text)  # joined anew at each look
    made: list[Span] = []
    for start, end, label in spans:
        first, last = bisect_right(ends, start), bisect_left(starts, end)
        if not (0 <= start < end <= size) or first >= last:
            raise ValueError(f"no token in the characters {start} to {end} of a text of {size}")
        made.append(Span(doc, first, last, label=label))
    return made
