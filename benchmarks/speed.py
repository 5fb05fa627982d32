"""The whole pipeline beside underthesea's `word_tokenize` and `ner` on the same unseen texts.

Each round is a process of its own, so that no cache knows the words of a former one. In it the documents are taken in small blocks, and
the two sides take turns at being first, so that both see the same machine. `word_tokenize` gets a text line by line, the fastest way to
call it; `ner` gets it so too, and then in one call, as its documentation has it. The pipeline is what a worker process of `extract` does:
text in, line of JSON out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.corpus import Corpus
from benchmarks.measure import answer, both_clocks, program, ratios, spread
from benchmarks.sizes import Size

SIDES = ("pipeline", "word_tokenize", "beside_ner", "ner", "ner_in_one_call")
"""What is timed; `beside_ner` is the pipeline on the few documents that `ner` gets."""
BLOCK = 10
WARM_UP_OWN = 5
WARM_UP = range(100_000, 100_003)
"""Numbers of the documents that load models and rules; no measured document has one of them."""


def expected(size: Size, start: float, document: float) -> float:
    """Seconds this will take where a process needs `start` to be ready and then `document` for each document."""
    return size.speed_rounds * (2 * start + document * (3 * size.speed_documents + 60 * size.ner_documents))


def measure(size: Size, tell: Callable[[str], None]) -> dict[str, Any]:
    """Times of a document and their ratios."""
    rounds: list[dict[str, Any]] = []
    for number in range(size.speed_rounds):
        tell(f"round {number + 1} of {size.speed_rounds}")
        first = number * (size.speed_documents + size.ner_documents)
        rounds.append(answer(program("benchmarks.speed", first, size.speed_documents, size.ner_documents)))
    sides = {side: [sum(wall for wall, _ in one[side]) for one in rounds] for side in SIDES}
    processor = {side: [sum(used for _, used in one[side]) for one in rounds] for side in SIDES}
    return {
        "documents_a_round": size.speed_documents,
        "ner_documents_a_round": size.ner_documents,
        "pipeline_ms": _milliseconds(sides["pipeline"], size.speed_documents),
        "word_tokenize_ms": _milliseconds(sides["word_tokenize"], size.speed_documents),
        "ner_ms": _milliseconds(sides["ner"], size.ner_documents),
        "ner_in_one_call_ms": _milliseconds(sides["ner_in_one_call"], size.ner_documents),
        "thousand_characters_a_second": spread(
            [one["characters"] / took / 1000 for one, took in zip(rounds, sides["pipeline"], strict=True)]
        ),
        "pipeline_to_word_tokenize": ratios(sides["pipeline"], sides["word_tokenize"]),
        "pipeline_to_word_tokenize_processor": ratios(processor["pipeline"], processor["word_tokenize"]),
        "pipeline_to_word_tokenize_first_block": _block(rounds, 0),
        "pipeline_to_word_tokenize_last_block": _block(rounds, -1),
        "ner_to_pipeline": ratios(sides["ner"], sides["beside_ner"]),
        "ner_in_one_call_to_pipeline": ratios(sides["ner_in_one_call"], sides["beside_ner"]),
    }


def _milliseconds(rounds: list[float], documents: int) -> dict[str, Any]:
    return spread([1000 * took / documents for took in rounds])


def _block(rounds: list[dict[str, Any]], number: int) -> float:
    return float(round(median(one["pipeline"][number][0] / one["word_tokenize"][number][0] for one in rounds), 4))


def one_round(first: int, documents: int, ner_documents: int) -> dict[str, Any]:
    """The round of made-up documents that begins with document number `first`."""
    corpus = Corpus()
    texts = list(corpus.documents(range(first, first + documents)))
    few = list(corpus.documents(range(first + documents, first + documents + ner_documents)))
    return take_turns(list(corpus.documents(WARM_UP)), texts, few)


def own_round(folder: str, turn: int) -> dict[str, Any]:
    """The round of one's own documents: the text files of a folder, of which the first few only warm up."""
    texts = [file.read_text("utf-8") for file in sorted(Path(folder).glob("*.txt"))]
    return take_turns(texts[:WARM_UP_OWN], texts[WARM_UP_OWN:], [], turn)


def take_turns(warm_up: list[str], texts: list[str], few: list[str], turn: int = 0) -> dict[str, Any]:
    """Seconds, and those of the processor, of both sides for each block of `texts`, and of ner too for the few of `few`.

    `turn`: 0 where the pipeline begins, 1 where `word_tokenize` does.
    """
    from underthesea import ner, word_tokenize

    from minutes_extract.batch.engines import start
    from minutes_extract.batch.shard import process_shard
    from minutes_extract.batch.worker import Settings, Task

    start(Settings())
    calls: dict[str, Callable[[str], object]] = {
        "pipeline": lambda text: process_shard((Task("d", "d.txt", text),), Settings()).records,
        "word_tokenize": lambda text: [word_tokenize(line) for line in text.splitlines()],
        "ner": lambda text: [ner(line) for line in text.splitlines() if line.strip()],
        "ner_in_one_call": ner,
    }

    def work(name: str, texts: list[str]) -> tuple[float, float]:
        return both_clocks(lambda: [calls[name](text) for text in texts])

    for name in ("pipeline", "word_tokenize", *(["ner"] if few else [])):
        work(name, warm_up)
    took: dict[str, Any] = {side: [] for side in SIDES} | {"characters": sum(map(len, texts))}
    for at in range(0, len(texts), BLOCK):
        order = ("pipeline", "word_tokenize")
        for name in order if at // BLOCK % 2 == turn else order[::-1]:
            took[name].append(work(name, texts[at : at + BLOCK]))
    for text in few:
        for side, name in (("beside_ner", "pipeline"), ("ner", "ner"), ("ner_in_one_call", "ner_in_one_call")):
            took[side].append(work(name, [text]))
    return took


def own(folder: str) -> None:
    """Print the ratio on one's own documents, once with either side first, each in a fresh process.

    Raises:
        SystemExit: there are too few.
    """
    if len(list(Path(folder).glob("*.txt"))) <= WARM_UP_OWN:
        raise SystemExit(f"{folder}: needs more than {WARM_UP_OWN} text files (*.txt)")
    for turn in (0, 1):
        took = answer(program("benchmarks.speed", "round", folder, turn))
        ours, theirs = (sum(used for _, used in took[side]) for side in ("pipeline", "word_tokenize"))
        print(f"whole pipeline / word_tokenize, processor time: {ours / theirs:.2f} ({took['characters']:,} characters)")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--texts", folder]:
            own(folder)
        case ["round", folder, turn]:
            print(json.dumps(own_round(folder, int(turn))))
        case numbers:
            print(json.dumps(one_round(*map(int, numbers))))
