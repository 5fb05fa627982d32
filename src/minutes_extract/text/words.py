"""underthesea's words with exact offsets, line by line; evidence for the rules, never a boundary.

`underthesea.word_tokenize` alters characters and loses white space, so its words cannot be looked up in the text again. Here
its own pattern runs over the NFC text, which gives the tokens with their places, and its own model tags these tokens: the
same words, with offsets. underthesea (about 0.7 s) is imported at the first call.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from minutes_extract.text.page import TOKEN

MAX_LINE = 2000
"""Longer lines are cut at white space: underthesea needs about 2 kB for each character of one call."""
MAX_RUN = 300
"""Longer runs without white space are cut: underthesea's patterns for addresses take quadratic time on them."""

_LINE = re.compile(r"[^\n]+")
_LONG_RUN = re.compile(rf"\S{{{MAX_RUN},}}")
# In underthesea's pattern for addresses a run of these takes exponential time: `http://!!!!!!!!!!!!!!!!!!!!`.
_PUNCTUATION_RUN = re.compile(r"""[`!;:'".,?«»“”‘’]{8,}""")
_SURROGATE = re.compile("[\ud800-\udfff]")
_D_STROKE = str.maketrans("Ðð", "Đđ")


class _Segmenter(NamedTuple):
    pattern: re.Pattern[str]
    normalize: Callable[..., str]
    model: Any


def segment_words(text: str) -> tuple[tuple[int, int], ...]:
    """The words of clean `text` as half-open character spans, in order, none across a line break.

    The words of each ordinary line (up to 2,000 characters) are those of `underthesea.word_tokenize`. Any text is safe:
    long lines and long runs without white space are cut first, lone surrogates are replaced for the model.

    Example: `Phó Giám đốc Sở Nội vụ` has the words `Phó`, `Giám đốc`, `Sở`, `Nội vụ`.
    """
    words: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        for start, end in _chunks(text, line.start(), line.end()):
            words.extend((start + a, start + b) for a, b in _words_of(text[start:end]))
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


@lru_cache(maxsize=1024)
def _words_of(line: str) -> tuple[tuple[int, int], ...]:
    if line.isspace():
        return ()
    segmenter = _segmenter()
    plain = _SURROGATE.sub("\ufffd", line).translate(_D_STROKE)
    spans = [m.span() for a, b in _safe_pieces(plain) for m in segmenter.pattern.finditer(plain, a, b)]
    if not spans:
        return ()
    tokens = [[segmenter.normalize(plain[a:b], use_character_normalize=True)] for a, b in spans]
    words: list[tuple[int, int]] = []
    for tag, (start, end) in zip(segmenter.model.predict(tokens), spans, strict=True):
        if tag == "I-W" and words:
            words[-1] = (words[-1][0], end)
        else:
            words.append((start, end))
    return tuple(words)


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


@lru_cache(maxsize=1)
def _segmenter() -> _Segmenter:
    """underthesea's pattern, token normalizer and model; the logging it sets up on import is undone."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    import underthesea.pipeline.word_tokenize as package
    from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger
    from underthesea.pipeline.text_normalize import token_normalize
    from underthesea.pipeline.word_tokenize.regex_tokenize import regex_patterns_combine

    root.handlers[:] = handlers
    root.setLevel(level)
    model = FastCRFSequenceTagger()
    model.load(str(Path(package.__file__).parent / "models" / "ws_crf_vlsp2013_20230727"))
    return _Segmenter(re.compile(regex_patterns_combine, re.VERBOSE), token_normalize, model)
