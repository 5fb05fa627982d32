"""Documents that say nearly the same, found without comparing each with each.

1. A text is compared as its folded syllables (case, spelling of tones, white space do not count), up to its first `COMPARED` characters.
2. Its prints are the `PRINTS` smallest checksums of its runs of three syllables: texts that share much share prints.
3. A document is compared with the `CANDIDATES` earlier documents that share most prints with it. A print is followed back to the last
   `FOLLOWED` documents that have it, so a line that all documents share costs no more than any other.
4. Two texts are near duplicates where RapidFuzz finds at least the given share of their syllables in the same order in both
   (`Indel.normalized_similarity`: 2 x common / all); clusters are what is tied by such pairs.

The work grows with the number of documents. A pair that shares fewer than `SHARED` prints is not compared: two texts that differ in
every third syllable may be missed. Documents are taken in the order of their names, so the order of the input changes nothing.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from zlib import crc32

from rapidfuzz.distance import Indel

from minutes_extract.text.fold import fold

COMPARED = 20_000
PRINTS = 64
SHARED = 4
FOLLOWED = 50
CANDIDATES = 10


def clusters(texts: Mapping[str, str], near: float) -> dict[str, str]:
    """For each document the first name of its cluster; one without near duplicates is a cluster of its own.

    `near` is the smallest likeness of two near duplicates, from 0 to 1.

    >>> one, other = "Ngày 21/6 họp giao ban tại Sở Nội vụ", "Ngày 28/6 họp giao ban tại Sở Nội vụ"
    >>> clusters({"a": one, "b": other, "c": "Hội nghị tổng kết năm học"}, 0.8)
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    first: dict[str, str] = {}
    plain: dict[str, list[str]] = {}
    holders: dict[int, list[str]] = {}
    for name in sorted(texts):
        plain[name] = _plain(texts[name])
        prints = _prints(plain[name])
        first[name] = name
        for other in _candidates(prints, holders):
            if _root(first, other) != _root(first, name) and _alike(plain[name], plain[other], near):
                _join(first, name, other)
        for mark in prints:
            holders.setdefault(mark, []).append(name)
    return {name: _root(first, name) for name in first}


def _plain(text: str) -> list[str]:
    return fold(unicodedata.normalize("NFC", text[:COMPARED])).split()


def _prints(syllables: list[str]) -> list[int]:
    runs = [" ".join(syllables[at : at + 3]) for at in range(max(len(syllables) - 2, 1))]
    return sorted({crc32(run.encode("utf-8", "surrogatepass")) for run in runs})[:PRINTS]


def _candidates(prints: list[int], holders: Mapping[int, list[str]]) -> list[str]:
    """The earlier documents with the most prints in common, the best first."""
    shared: Counter[str] = Counter()
    for mark in prints:
        shared.update(holders.get(mark, ())[-FOLLOWED:])
    enough = min(SHARED, len(prints))
    return sorted((name for name, count in shared.items() if count >= enough), key=lambda name: (-shared[name], name))[:CANDIDATES]


def _alike(one: list[str], other: list[str], near: float) -> bool:
    return Indel.normalized_similarity(one, other, score_cutoff=near) >= near


def _root(first: dict[str, str], name: str) -> str:
    while first[name] != name:
        first[name] = first[first[name]]
        name = first[name]
    return name


def _join(first: dict[str, str], one: str, other: str) -> None:
    a, b = sorted((_root(first, one), _root(first, other)))
    first[b] = a
