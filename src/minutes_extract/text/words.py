"""underthesea's words with exact offsets, line by line; evidence for the rules, never a boundary.

`underthesea.word_tokenize` alters characters and loses white space, so its words cannot be looked up in the text again. Here
its own pattern runs over the NFC text, which gives the tokens with their places, and its model tags these tokens
(docs/segmentation.md): the same words, with offsets. underthesea (about 0.5 s) is imported at the first call.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from minutes_extract.text.page import TOKEN

if TYPE_CHECKING:
    from minutes_extract.text.tagger_choice import Tagger

MAX_LINE = 2000
"""Longer lines are cut at white space: underthesea needs about 2 kB for each character of one call."""
MAX_RUN = 300
"""Longer runs without white space are cut: underthesea's patterns for addresses take quadratic time on them."""
BATCH = 20_000
"""So many characters are tagged at once: enough to be fast, few enough to need little memory."""

_LINE = re.compile(r"[^\n]+")
_CHUNK = re.compile(r"\S+")
_PRIME = "\u02ba"
"""A letter to Unicode, a mark to underthesea."""
_LONG_RUN = re.compile(rf"\S{{{MAX_RUN},}}")
# In underthesea's pattern for addresses a run of these takes exponential time: `http://!!!!!!!!!!!!!!!!!!!!`.
_PUNCTUATION_RUN = re.compile(r"""[`!;:'".,?«»“”‘’]{8,}""")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ETH = (("\u00d0", "\u0110"), ("\u00f0", "\u0111"))
"""Icelandic letters that look like the Vietnamese one, and that one."""

Span = tuple[int, int]


class _Segmenter(NamedTuple):
    pattern: re.Pattern[str]
    tagger: Tagger


def segment_words(text: str) -> tuple[tuple[int, int], ...]:
    """The words of clean `text` as half-open character spans, in order, none across a line break.

    The words of each ordinary line (up to 2,000 characters) are those of `underthesea.word_tokenize`. Any text is safe:
    long lines and long runs without white space are cut first, lone surrogates are replaced for the model.

    Example: `Phó Giám đốc Sở Nội vụ` has the words `Phó`, `Giám đốc`, `Sở`, `Nội vụ`.
    """
    words: list[Span] = []
    for lines in _batches(text):
        words.extend(_words_of(text, lines))
    return tuple(words)


def syllable_words(text: str) -> tuple[tuple[int, int], ...]:
    """The fallback without underthesea: each syllable, number and punctuation mark is a word.

    >>> syllable_words("Cần Thơ.")
    ((0, 3), (4, 7), (7, 8))
    """
    return tuple(match.span() for match in TOKEN.finditer(text))


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of a line of at most `MAX_LINE` characters, cut at white space where there is any."""
    while end - start > MAX_LINE:
        cut = text.rfind(" ", start + MAX_LINE // 2, start + MAX_LINE)
        cut = cut if cut > start else start + MAX_LINE
        yield start, cut
        start = cut
    yield start, end


def _batches(text: str) -> Iterator[list[Span]]:
    """The lines, long ones in pieces, about `BATCH` characters together."""
    batch: list[Span] = []
    size = 0
    for line in _LINE.finditer(text):
        for start, end in _chunks(text, line.start(), line.end()):
            batch.append((start, end))
            size += end - start
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    yield batch


def _words_of(text: str, lines: list[Span]) -> Iterator[Span]:
    segmenter = _segmenter()
    spans: list[list[Span]] = []
    tokens: list[list[str]] = []
    for start, end in lines:
        line = _as_the_model_reads(text[start:end])
        places = [place for a, b in _safe_pieces(line) for place in _token_places(segmenter.pattern, line, a, b)]
        spans.append(places)
        tokens.append([line[a:b] for a, b in places])
    for (start, _), places, joins in zip(lines, spans, segmenter.tagger.joins(tokens), strict=True):
        for a, b in _joined(places, joins):
            yield start + a, start + b


def _token_places(pattern: re.Pattern[str], line: str, start: int, end: int) -> Iterator[Span]:
    """Where `pattern`, which is underthesea's, finds tokens in `line[start:end]`.

    No token of it holds white space, every other character is in one, and letters between white space are one token: its other
    alternatives ask for a digit or a mark. So most of the text need not be tried on some fifty alternatives.
    """
    for chunk in _CHUNK.finditer(line, start, end):
        at, stop = chunk.span()
        if chunk[0].isalpha() and _PRIME not in chunk[0]:
            yield at, stop
            continue
        while at < stop:
            token = pattern.match(line, at, end)
            assert token is not None  # noqa: S101 - its last alternatives are any word and any mark
            yield token.span()
            at = token.end()


def _as_the_model_reads(line: str) -> str:
    """`line` with the letters underthesea would put; same length."""
    for found, wanted in _ETH:
        line = line.replace(found, wanted)
    return line if line.isascii() else _SURROGATE.sub("\ufffd", line)


def _joined(tokens: list[Span], joins: list[bool]) -> list[Span]:
    """Words from tokens; the first token of a line always begins one."""
    words: list[Span] = []
    for token, continues in zip(tokens, joins, strict=True):
        if continues and words:
            words[-1] = (words[-1][0], token[1])
        else:
            words.append(token)
    return words


def _safe_pieces(line: str) -> list[tuple[int, int]]:
    """The line cut where underthesea's pattern would take more than linear time; mostly the whole line."""
    cuts = {0, len(line)}
    for run in _LONG_RUN.finditer(line):
        cuts.update(range(run.start(), run.end(), MAX_RUN))
        cuts.add(run.end())
    if "/" in line:
        for run in _PUNCTUATION_RUN.finditer(line):
            cuts.update(run.span())
    order = sorted(cuts)
    return list(pairwise(order))


@cache
def _segmenter() -> _Segmenter:
    """underthesea's pattern and a tagger for its model; the logging underthesea sets up on import is undone."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    import underthesea.pipeline.word_tokenize as package
    from underthesea.pipeline.text_normalize import token_normalize
    from underthesea.pipeline.word_tokenize.regex_tokenize import regex_patterns_combine

    from minutes_extract.text.tagger_choice import choose_tagger

    root.handlers[:] = handlers
    root.setLevel(level)
    folder = Path(package.__file__).parent / "models" / "ws_crf_vlsp2013_20230727"
    return _Segmenter(re.compile(regex_patterns_combine, re.VERBOSE), choose_tagger(folder, token_normalize))
