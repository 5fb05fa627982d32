"""Where a sentence begins and ends around an offset: the reach of a cue (guidelines: the cue stands in the same sentence)."""

from __future__ import annotations

import re
from typing import NamedTuple

from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.page import BREAK, Page

_STOP = re.compile(r"[.!?…]+[\"”»')\]]*(?=\s)")


class Scope(NamedTuple):
    """A sentence as half-open offsets into `Page.text`."""

    start: int
    end: int


class Sentences:
    """The sentences of a page. A line of its own ends one; so does a full stop before a capital, but not one after `TP.`.

    Built once for each page: `page.once(Sentences, abbreviations)`. `around` is a binary search away from the offset, no scan of the page.
    """

    def __init__(self, page: Page, abbreviations: frozenset[str]) -> None:
        self._bounds = [0]
        for match in _STOP.finditer(page.text):
            i = page.token_at(match.end())
            if i < len(page) and page.flags[i] & 4 and not page.flags[i] & 1:
                continue
            before = page.token_at(match.start() - 1) if match.start() else 0
            if match.group() == "." and before < len(page) and page.keys[before] in abbreviations:
                continue
            self._bounds.append(match.end())
        self._bounds += [page.starts[i] for i in range(1, len(page)) if page.gaps[i] >= BREAK]
        self._bounds.append(len(page.text))
        self._bounds = sorted(set(self._bounds))

    def around(self, offset: int) -> Scope:
        """The sentence that holds character `offset`."""
        lo, hi = 0, len(self._bounds)
        while lo < hi:
            mid = (lo + hi) // 2
            if self._bounds[mid] <= offset:
                lo = mid + 1
            else:
                hi = mid
        return Scope(self._bounds[max(lo - 1, 0)], self._bounds[min(lo, len(self._bounds) - 1)])


def dotted_abbreviations(rulebook: Rulebook) -> frozenset[str]:
    """Folded words after which a full stop does not end the sentence (`marks.yaml`, list `dotted`)."""
    return frozenset(rulebook.words("marks", "dotted"))
