"""How long scoring takes, with intervals, and how that grows with the number of documents.

Each number of documents is scored in a process of its own, in seconds of the processor: what else the machine does counts little.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from typing import Any

from benchmarks.measure import answer, both_clocks, program
from benchmarks.sizes import Size
from minutes_extract.evaluation.gold import GoldDocument, GoldMention
from minutes_extract.evaluation.schema_table import score_documents
from minutes_extract.evaluation.scores import evaluate
from minutes_extract.evaluation.uncertainty import intervals
from minutes_extract.records import LABELS, Mention, MinutesRecord, Source, Tool

SPANS = 30
"""Spans of a document: about as many as a page of minutes has."""
SHA256 = "0" * 64
SECONDS_A_DOCUMENT = 0.002


def expected(size: Size, start: float, document: float) -> float:
    """See `speed.expected`."""
    return sum(2 + SECONDS_A_DOCUMENT * count for count in size.scored)


def measure(size: Size, tell: Callable[[str], None]) -> dict[str, Any]:
    """A row for each number of documents: seconds of scores, schemas and intervals, and milliseconds a document."""
    rows = []
    for count in size.scored:
        tell(f"{count} documents")
        rows.append(answer(program("benchmarks.scoring", count)))
    return {"spans_a_document": SPANS, "runs": rows}


def one_size(count: int) -> dict[str, float]:
    """Seconds of each step over `count` documents."""
    gold, records = make(count)
    report = evaluate(gold, records)
    by_name = {record.doc_id: record for record in records}
    steps: dict[str, Callable[[], object]] = {
        "scores_s": lambda: evaluate(gold, records),
        "schemas_s": lambda: score_documents(gold, by_name),
        "intervals_s": lambda: intervals(report),
    }
    took = {name: round(both_clocks(step)[1], 3) for name, step in steps.items()}
    return {"documents": count, **took, "ms_a_document": round(1000 * sum(took.values()) / count, 4)}


def make(count: int) -> tuple[list[GoldDocument], list[MinutesRecord]]:
    """Documents of 30 spans each; one predicted span in five is short, of another label, missed or spurious. Always the same."""
    chance = random.Random(count)  # noqa: S311
    gold, records = [], []
    for number in range(count):
        wanted, given = [], []
        for at in range(0, SPANS * 20, 20):
            label, fate = chance.choice(LABELS), chance.random()
            if fate > 0.05:
                wanted.append(GoldMention(start=at, end=at + 9, label=label, text="x" * 9))
            if fate < 0.95:
                end, said = at + (7 if 0.8 < fate < 0.9 else 9), chance.choice(LABELS) if fate > 0.9 else label
                given.append((at, end, said))
        mentions = tuple(
            Mention(id=f"m{n}", start=s, end=e, label=label, text="x" * (e - s), zone="body", rule="r", confidence="strong")
            for n, (s, e, label) in enumerate(given, 1)
        )
        name = f"d{number}"
        gold.append(GoldDocument(doc_id=name, guidelines="1", sha256=SHA256, mentions=tuple(wanted)))
        source = Source(path=None, media_type="text/plain", encoding="utf-8", sha256=SHA256, chars=SPANS * 20)
        tool = Tool(version="0", ruleset="0")
        records.append(MinutesRecord(doc_id=name, source=source, tool=tool, published=None, meeting=None, mentions=mentions))
    return gold, records


if __name__ == "__main__":
    print(json.dumps(one_size(int(sys.argv[1]))))
