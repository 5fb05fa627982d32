"""How much is measured: all of it, a quick look, or just enough to see that everything works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Numbers of rounds and documents."""

    name: str
    speed_rounds: int
    speed_documents: int  # a round
    ner_documents: int  # a round; ner takes about a second each
    stage_documents: int
    growth: tuple[int, ...]  # documents of the whole runs; multiples of the first
    growth_rounds: int  # of the first, with one and with two processes
    start_rounds: int
    scored: tuple[int, ...]  # documents that are scored against gold


SIZES = {
    size.name: size
    for size in (
        Size("full", 5, 120, 4, 300, (1000, 4000, 16000), 3, 7, (1000, 2000, 5000, 10_000)),
        Size("small", 3, 20, 1, 40, (50, 100, 200), 2, 3, (100, 200, 1000)),
        Size("tiny", 1, 2, 1, 2, (2, 4), 1, 1, (2, 4)),
    )
}
