"""Clean text -> spaCy `Doc` with the tokens of `Page`, losing no character; spaCy is imported at the first call."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from minutes_extract.text.page import token_spans

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab


def make_doc(vocab: Vocab, text: str, tokens: Sequence[tuple[int, int]] | None = None) -> Doc:
    """A `Doc` whose tokens are syllables, runs of digits and single other characters; `doc.text == text`, always.

    White space that is not one space after a token is a token of its own, as spaCy has it. `tokens` are those of the text
    (`text.page.token_spans`) where they are known already.

    Example: `Phương- Phó` has the tokens `Phương`, `-`, `Phó`.
    """
    from spacy.tokens import Doc

    words, spaces = _words_and_spaces(text, token_spans(text) if tokens is None else tokens)
    doc = Doc(vocab, words=words, spaces=spaces)
    size = doc[-1].idx + len(doc[-1].text_with_ws) if len(doc) else 0  # `doc.text` would join all tokens anew
    if size != len(text):
        raise AssertionError(f"the Doc has {size} characters, its text {len(text)}")
    return doc


def bare_vocab() -> Vocab:
    """A vocabulary whose words have a text and nothing else (no `lower_`, `shape_`, `is_punct`, `like_num`, ...).

    spaCy works these out anew for each word of each document; that takes longer than all rules that find posts and names do.
    """
    from spacy.vocab import Vocab

    return Vocab(lex_attr_getters={})


def _words_and_spaces(text: str, tokens: Sequence[tuple[int, int]]) -> tuple[list[str], list[bool]]:
    words: list[str] = []
    spaces: list[bool] = []
    at = 0
    for start, end in tokens:
        if start == at + 1 and text[at] == " " and words:  # the gap between most tokens
            spaces[-1] = True
        elif start > at:
            _add_gap(text[at:start], words, spaces)
        words.append(text[start:end])
        spaces.append(False)
        at = end
    if at < len(text):
        _add_gap(text[at:], words, spaces)
    return words, spaces


def _add_gap(gap: str, words: list[str], spaces: list[bool]) -> None:
    if words and gap[0] == " ":
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


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
