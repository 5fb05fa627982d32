"""How long one waits: for `--help`, for the first record of a fresh process, for a record once the models are there."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from statistics import median
from typing import Any

from benchmarks.measure import answer, program, seconds, spread, watch
from benchmarks.sizes import Size

FIRST = 300_000
"""Numbers of the documents; other ones than those of the other measures."""
WARM_CALLS = 20


def expected(size: Size, start: float, document: float) -> float:
    """See `speed.expected`."""
    return size.start_rounds * (1.6 * start + WARM_CALLS * document)


def measure(size: Size, tell: Callable[[str], None]) -> dict[str, Any]:
    """Seconds of each, the commands taking turns. The first start of all, which fills the disk cache, is not counted."""
    commands = {"python_s": [sys.executable, "-c", ""], "help_s": program("minutes_extract", "--help")}
    took: dict[str, list[float]] = {name: [] for name in (*commands, "first_record_s", "warm_ms")}
    for number in range(size.start_rounds + 1):
        tell(f"round {number} of {size.start_rounds}" if number else "warm-up")
        for name, command in commands.items():
            took[name].append(watch(command, look_every=0.002).seconds)
        from benchmarks.corpus import Corpus  # not above: the fresh process must not find YAML loaded already

        first = FIRST + number * (WARM_CALLS + 1)
        texts = list(Corpus().documents(range(first, first + WARM_CALLS + 1)))
        for name, value in answer(program("benchmarks.startup"), texts).items():
            took[name].append(value)
    return {name: spread(values[1:]) for name, values in took.items()}


def calls(texts: list[str]) -> dict[str, float]:
    """Seconds from `import minutes_extract` to the record of the first text, then the median milliseconds of the others."""

    def call(text: str) -> None:
        from minutes_extract import extract

        extract(text=text)

    cold = seconds(lambda: call(texts[0]))
    return {"first_record_s": cold, "warm_ms": 1000 * median(seconds(lambda text=text: call(text)) for text in texts[1:])}  # type: ignore[misc]


if __name__ == "__main__":
    print(json.dumps(calls(json.load(sys.stdin))))
