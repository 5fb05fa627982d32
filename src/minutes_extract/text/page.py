"""The page as the rules see it: clean text, its folded twin, tokens, lines and zones, in one frozen object.

All offsets here are code points into `Page.text`, the *clean* text (NFC, LF, no invisible characters); only
`assemble` turns them into offsets of the text as read.

A token is one syllable, one run of digits or one other character. What stands before a token is its `gap`:

| gap | meaning | example |
|---|---|---|
| GLUED | nothing | `&` in `KH&CN` |
| SPACE | spaces on the same line | `Cần` `Thơ` |
| WRAP | a line break inside a sentence (hard-wrapped text) | `CHÍNH⏎PHỦ` |
| BREAK | a line break that ends a line of its own | items of a list |
| BLANK | at least one empty line | paragraphs |
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

from minutes_extract.text.fold import fold

A = TypeVar("A")
T = TypeVar("T")

GLUED, SPACE, WRAP, BREAK, BLANK = range(5)

CAP, UPPER, ALPHA, DIGIT, PUNCT = 1, 2, 4, 8, 16
"""Bits of `Page.flags`: first letter upper case; all letters upper case (2 or more); letters; digits; other."""

TOKEN = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*|['’ʼ`´][^\W\d_]+)*|\d+|[^\w\s]|_")

_WITH_BLANKS = re.compile(f"({TOKEN.pattern})")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `start`/`end` offsets into the clean text without its line break, tokens `first` (in) to `last` (out)."""

    start: int
    end: int
    first: int
    last: int
    zone: str


@dataclass(frozen=True, slots=True)
class Page:
    """The clean text with everything the finders share. Build it with `text.layout.lay_out`."""

    text: str
    fold: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    keys: tuple[str, ...]
    flags: tuple[int, ...]
    gaps: tuple[int, ...]
    lines: tuple[Line, ...]
    line_of: tuple[int, ...]
    """Index of the line of each token."""
    words: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    """underthesea's words as half-open character spans; evidence, never a boundary."""
    tokens_of: Mapping[str, Sequence[int]] = field(init=False, repr=False, compare=False)
    """Folded key -> the tokens that have it, in order."""
    _built: dict[Any, Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for i, key in enumerate(self.keys):
            found[key].append(i)
        object.__setattr__(self, "tokens_of", dict(found))  # the page is frozen

    def __len__(self) -> int:
        return len(self.starts)

    def unwrapped(self) -> str:
        """The folded text, of the same length, with a space for each line break inside a sentence or a name."""
        if WRAP not in self.gaps:
            return self.fold
        pieces: list[str] = []
        at = 0
        for i, gap in enumerate(self.gaps):
            if gap == WRAP:
                before = self.ends[i - 1] if i else 0
                pieces += (self.fold[at:before], self.fold[before : self.starts[i]].replace("\n", " "))
                at = self.starts[i]
        return "".join([*pieces, self.fold[at:]])

    def once(self, build: Callable[[Page, A], T], of: A) -> T:
        """What `build(self, of)` returns, built once for each page; for what several readers of a page need alike."""
        key = (build, of)
        if key not in self._built:
            self._built[key] = build(self, of)
        return self._built[key]  # type: ignore[no-any-return]

    def opened_by(self, keys: Set[str]) -> list[int]:
        """The tokens whose folded key is one of `keys`, in order: a page has far fewer keys than tokens."""
        return sorted(i for key in self.tokens_of.keys() & keys for i in self.tokens_of[key])

    def token_at(self, offset: int) -> int:
        """Index of the first token that ends after character `offset` (the number of tokens if there is none)."""
        return bisect_right(self.ends, offset)

    def tokens_in(self, start: int, end: int) -> tuple[int, int]:
        """Half-open token range of the tokens that touch the characters `start` to `end`."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def zone_at(self, offset: int) -> str:
        """Zone of the line that holds character `offset`."""
        return self.lines[self.line_index(offset)].zone if self.lines else "body"

    def line_index(self, offset: int) -> int:
        """Index of the line that holds character `offset`."""
        lo, hi = 0, len(self.lines)
        while lo < hi:
            mid = (lo + hi) // 2
            if self.lines[mid].start <= offset:
                lo = mid + 1
            else:
                hi = mid
        return max(lo - 1, 0)


@lru_cache(maxsize=16384)
def token_flags(word: str) -> int:
    """The flag bits of one token.

    >>> token_flags("Thơ") == CAP | ALPHA, token_flags("UBND") == CAP | UPPER | ALPHA, token_flags("12") == DIGIT
    (True, True, True)
    """
    first = word[0]
    if first.isdecimal():
        return DIGIT
    if not first.isalpha():
        return PUNCT
    if not first.isupper():
        return ALPHA
    return ALPHA | CAP | (UPPER if len(word) > 1 and word.isupper() else 0)


class Tokens(NamedTuple):
    """The tokens of a text: their spelling, their half-open character spans, and the white space before each and behind the last."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    blanks: list[str]


def cut_tokens(text: str) -> Tokens:
    """The tokens of clean `text`, in order.

    >>> cut_tokens("Sở KH&CN")
    Tokens(words=['Sở', 'KH', '&', 'CN'], starts=[0, 3, 5, 6], ends=[2, 5, 6, 8], blanks=['', ' ', '', '', ''])
    """
    pieces = _WITH_BLANKS.split(text)  # blank, word, blank, word, ..., blank: one step of `re` for the whole text
    bounds = list(accumulate(map(len, pieces)))
    return Tokens(pieces[1::2], bounds[:-1:2], bounds[1::2], pieces[::2])


def split_tokens(text: str, folded: str | None = None) -> tuple[list[int], list[int], list[str], list[int]]:
    """Starts, ends, folded keys and flags of the tokens of clean `text`; `folded` where it is known already."""
    folded = fold(text) if folded is None else folded
    words, starts, ends, _ = cut_tokens(text)
    keys = [folded[start:end] for start, end in zip(starts, ends, strict=True)]
    return starts, ends, keys, list(map(token_flags, words))
