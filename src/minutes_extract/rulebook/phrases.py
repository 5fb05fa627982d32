"""Phrases in a trie over folded tokens: the longest known phrase at a token, in one dictionary step a token.

Measured choice (stack.md 4, anchors.md B5): phrase look-up is hundreds of times faster than token patterns, and a trie needs
no third-party package at this size.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from minutes_extract.text.fold import fold_key
from minutes_extract.text.page import BREAK, TOKEN, Page

V = TypeVar("V")
_LEAF = ""


class PhraseTrie(Generic[V]):
    """Phrases with a payload each; of two equal phrases the first one added stays.

    >>> trie = PhraseTrie([("Phó Chủ tịch", 1), ("Chủ tịch", 2)])
    >>> len(trie)
    2
    """

    def __init__(self, phrases: Iterable[tuple[str, V]] = ()) -> None:
        self.root: dict[str, Any] = {}
        self._size = 0
        for phrase, value in phrases:
            self.add(phrase, value)

    def __len__(self) -> int:
        return self._size

    def add(self, phrase: str, value: V) -> None:
        """Add one phrase; its tokens are those of the page (`P.CT` is `p`, `.`, `ct`)."""
        node = self.root
        for token in TOKEN.findall(fold_key(phrase)):
            node = node.setdefault(token, {})
        if node is not self.root and _LEAF not in node:
            node[_LEAF] = value
            self._size += 1

    def longest(self, page: Page, i: int, stop: int | None = None) -> tuple[int, V] | None:
        """The longest phrase that starts at token `i`: the token index after it and its payload. A phrase never crosses a line end
        (a wrapped line is no end)."""
        keys, gaps = page.keys, page.gaps
        end = len(keys) if stop is None else stop
        node: dict[str, Any] | None = self.root.get(keys[i]) if i < end else None
        best: tuple[int, V] | None = None
        j = i + 1
        while node is not None:
            if _LEAF in node:
                best = (j, node[_LEAF])
            if j >= end or gaps[j] >= BREAK:
                break
            node = node.get(keys[j])
            j += 1
        return best
