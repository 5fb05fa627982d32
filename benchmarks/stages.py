"""Where the time of a document goes: reading, segmentation, layout, each stage of the pipeline, assembling the record, JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

from benchmarks.corpus import Corpus
from benchmarks.measure import answer, program
from benchmarks.sizes import Size

if TYPE_CHECKING:
    from minutes_extract.records import MinutesRecord

FIRST = 200_000
"""Numbers of the documents; other ones than those of the other measures."""
WARM_UP = 3


def expected(size: Size, start: float, document: float) -> float:
    """See `speed.expected`."""
    return 2 * start + document * size.stage_documents


def measure(size: Size, tell: Callable[[str], None]) -> dict[str, Any]:
    """Median milliseconds of each stage and its share of the whole."""
    tell(f"{size.stage_documents} documents")
    times: dict[str, list[float]] = answer(program("benchmarks.stages", size.stage_documents))
    whole = sum(map(sum, times.values()))
    stages = {
        name: {"median_ms": round(1000 * median(values), 3), "max_ms": round(1000 * max(values), 3), "share": round(sum(values) / whole, 4)}
        for name, values in times.items()
    }
    return {"documents": size.stage_documents, "whole_ms": round(1000 * whole / size.stage_documents, 3), "stages": stages}


class Clock:
    """Seconds of the processor by the name of what was done."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Time what is done inside `with clock(name):`."""
        start = process_time()
        yield
        self.times.setdefault(name, []).append(process_time() - start)


def in_stages(text: str, clock: Clock) -> MinutesRecord:
    """What `extract(text=text)` returns, made one stage at a time."""
    from minutes_extract.assemble import record_of
    from minutes_extract.batch.one import loaded
    from minutes_extract.pipeline import STAGES, lay_out_page, reading_of, tokenizer_of
    from minutes_extract.reading import read_text
    from minutes_extract.rulebook.zone_rules import zone_rules
    from minutes_extract.text.layout import lay_out
    from minutes_extract.text.words import segment_words

    nlp = loaded(None)
    with clock("reading"):
        source = read_text(text)
    with nlp.memory_zone():
        with clock("Doc"):
            doc = tokenizer_of(nlp)(source)
        reading = reading_of(doc)
        with clock("segmentation"):
            words = segment_words(source.clean)
        with clock("layout"):
            reading.page = lay_out(source.clean, zone_rules(reading.rulebook), words=words)
        for name, stage in STAGES:
            if stage is not lay_out_page:  # the two above
                with clock(name.removeprefix("minutes_")):
                    stage(reading)
        with clock("assemble"):
            record = record_of(doc)
    with clock("JSON"):
        record.model_dump_json()
    return record


def times_of(documents: int) -> dict[str, list[float]]:
    """Seconds of the processor for each stage and document, after a few that load the models."""
    corpus, clock = Corpus(), Clock()
    for text in corpus.documents(range(FIRST - WARM_UP, FIRST)):
        in_stages(text, Clock())
    for text in corpus.documents(range(FIRST, FIRST + documents)):
        in_stages(text, clock)
    return clock.times


if __name__ == "__main__":
    print(json.dumps(times_of(int(sys.argv[1]))))
