"""Where each character of the clean text stands in the text as read; recorded while editing, never found by comparing."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Pieces of the clean text, each with its place in the source text.

    A *linear* piece has as many characters in both texts, one for one. Any other piece is *whole*: all its source
    characters stand behind each of its clean ones (`ẹ` for `e` and U+0323). Source characters that lie between two pieces
    were removed. Without pieces both texts are the same length and every offset is its own image.
    """

    clean_length: int
    source_length: int
    clean_starts: tuple[int, ...] = ()
    clean_ends: tuple[int, ...] = ()
    source_starts: tuple[int, ...] = ()
    source_ends: tuple[int, ...] = ()
    linear: tuple[bool, ...] = ()

    @property
    def is_identity(self) -> bool:
        """True where every offset is its own image."""
        return not self.clean_starts and self.clean_length == self.source_length

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The source span (half-open) that was read as the clean span `start` to `end`.

        It covers every source character of every clean character in the span and none besides, removed ones at its edges
        excepted. An empty span stays empty.

        Raises:
            ValueError: the span is not inside the clean text.
        """
        if not 0 <= start <= end <= self.clean_length:
            raise ValueError(f"clean span {start}..{end} is outside 0..{self.clean_length}")
        if self.is_identity:
            return start, end
        if start == end:
            at = self._source_start(start)
            return at, at
        return self._source_start(start), self._source_end(end)

    def to_clean(self, start: int, end: int) -> tuple[int, int]:
        """The clean span that was read from the source span `start` to `end`; empty where all of it was removed.

        Raises:
            ValueError: the span is not inside the source text.
        """
        if not 0 <= start <= end <= self.source_length:
            raise ValueError(f"source span {start}..{end} is outside 0..{self.source_length}")
        if self.is_identity:
            return start, end
        first = self._clean_start(start)
        return first, max(first, self._clean_end(end)) if end > start else first

    def _source_start(self, offset: int) -> int:
        piece = bisect_right(self.clean_starts, offset) - 1
        if piece < 0 or offset >= self.clean_length:
            return self.source_ends[-1] if self.source_ends and offset else 0
        return self.source_starts[piece] + (offset - self.clean_starts[piece] if self.linear[piece] else 0)

    def _source_end(self, offset: int) -> int:
        piece = bisect_right(self.clean_starts, offset - 1) - 1
        return self.source_starts[piece] + offset - self.clean_starts[piece] if self.linear[piece] else self.source_ends[piece]

    def _clean_start(self, offset: int) -> int:
        piece = bisect_right(self.source_ends, offset)
        if piece == len(self.source_ends):
            return self.clean_length
        inside = max(offset - self.source_starts[piece], 0)
        return self.clean_starts[piece] + (inside if self.linear[piece] else 0)

    def _clean_end(self, offset: int) -> int:
        piece = bisect_right(self.source_starts, offset - 1) - 1
        if piece < 0:
            return 0
        if self.linear[piece]:
            return min(self.clean_starts[piece] + offset - self.source_starts[piece], self.clean_ends[piece])
        return self.clean_ends[piece]


class OffsetRecorder:
    r"""Takes down one edit after another and yields the clean text with its `OffsetMap`.

    Example:
        >>> recorder = OffsetRecorder()
        >>> recorder.keep("Ch"); recorder.replace(2, "\u1ecb"); recorder.remove(1); recorder.keep(" Ba")
        >>> text, offsets = recorder.finish()
        >>> text, offsets.to_source(0, 3), offsets.to_source(4, 6)
        ('Chị Ba', (0, 4), (6, 8))
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._clean = 0
        self._source = 0
        self._rows: list[tuple[int, int, int, int, bool]] = []

    def keep(self, text: str) -> None:
        """The next characters of the source stay, or change one for one: `text` is their clean form."""
        if not text:
            return
        self._pieces.append(text)
        clean, source = self._clean, self._source
        self._clean += len(text)
        self._source += len(text)
        if self._rows and self._rows[-1][3] == source and self._rows[-1][4]:
            clean, source = self._rows[-1][0], self._rows[-1][2]
            self._rows.pop()
        self._rows.append((clean, self._clean, source, self._source, True))

    def replace(self, source_chars: int, text: str) -> None:
        """The next `source_chars` characters of the source become `text` as a whole; an empty `text` removes them."""
        if not text:
            self.remove(source_chars)
        elif len(text) == source_chars == 1:
            self.keep(text)
        else:
            self._pieces.append(text)
            self._rows.append((self._clean, self._clean + len(text), self._source, self._source + source_chars, False))
            self._clean += len(text)
            self._source += source_chars

    def remove(self, source_chars: int) -> None:
        """The next `source_chars` characters of the source are dropped."""
        self._source += source_chars

    def finish(self) -> tuple[str, OffsetMap]:
        """The clean text and the map."""
        text = "".join(self._pieces)
        if self._clean == self._source and all(row[4] for row in self._rows) and len(self._rows) <= 1:
            return text, OffsetMap(self._clean, self._source)
        rows = self._rows
        return text, OffsetMap(
            self._clean,
            self._source,
            tuple(row[0] for row in rows),
            tuple(row[1] for row in rows),
            tuple(row[2] for row in rows),
            tuple(row[3] for row in rows),
            tuple(row[4] for row in rows),
        )
