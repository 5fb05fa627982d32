"""Prints how fast documents become records, beside underthesea's segmenter alone on the same lines.

Usage: python benchmarks/throughput.py [FOLDER] [ROUNDS]
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from underthesea import word_tokenize

from minutes_extract import extract


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def segment(text: str) -> None:
    for line in text.splitlines():
        word_tokenize(line)


def main(folder: str = "data/raw", rounds: str = "5") -> None:
    texts = [path.read_text("utf-8") for path in sorted(Path(folder).iterdir())]
    for text in texts:  # loads the models, fills the caches
        extract(text=text)
        segment(text)
    ours = [median(seconds(lambda text=text: extract(text=text)) for _ in range(int(rounds))) for text in texts]
    base = [median(seconds(lambda text=text: segment(text)) for _ in range(int(rounds))) for text in texts]
    characters = sum(map(len, texts))
    print(f"documents                 {len(texts)} ({characters} characters), {rounds} rounds")
    print(f"median document           {1000 * median(ours):.1f} ms")
    print(f"documents a second        {len(texts) / sum(ours):.1f}")
    print(f"1000 characters a second  {characters / sum(ours) / 1000:.0f}")
    print(f"ratio to word_tokenize    {sum(ours) / sum(base):.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
