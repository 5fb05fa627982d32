"""Prints how long it takes to score made-up documents, with intervals, and how that grows with their number.

Usage: python benchmarks/scoring.py [--json FILE] [DOCUMENTS ...]
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable
from pathlib import Path
from time import process_time

from minutes_extract.evaluation.gold import GoldDocument, GoldMention
from minutes_extract.evaluation.schema_table import score_documents
from minutes_extract.evaluation.scores import evaluate
from minutes_extract.evaluation.uncertainty import DRAWS, intervals
from minutes_extract.records import LABELS, Mention, MinutesRecord, Source, Tool

SIZES = (1000, 2000, 5000, 10_000)
SPANS = 30
"""Spans of a document: about as many as a page of minutes has."""
SHA256 = "0" * 64


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


def seconds(work: Callable[[], object]) -> float:
    """Seconds of the processor: what else the machine does counts little."""
    start = process_time()
    work()
    return process_time() - start


def measure(count: int) -> dict[str, float]:
    gold, records = make(count)
    report = evaluate(gold, records)
    by_name = {record.doc_id: record for record in records}
    return {
        "documents": count,
        "scores": seconds(lambda: evaluate(gold, records)),
        "schemas": seconds(lambda: score_documents(gold, by_name)),
        "intervals": seconds(lambda: intervals(report)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="How long scoring takes, and how that grows with the number of documents.")
    parser.add_argument("documents", nargs="*", type=int, default=SIZES, help="how many to score, one size after the other")
    parser.add_argument("--json", metavar="FILE", help="write the seconds to FILE too")
    chosen = parser.parse_args()
    rows = []
    print(f"documents  scores s  schemas s  intervals s ({DRAWS} draws)  together s  ms/document  growth")
    for count in chosen.documents:
        row = measure(count)
        total = row["scores"] + row["schemas"] + row["intervals"]
        row |= {"seconds": total, "ms_per_document": 1000 * total / count}
        row["growth"] = row["ms_per_document"] / (rows[0]["ms_per_document"] if rows else row["ms_per_document"])
        rows.append(row)
        parts = f"{count:9}  {row['scores']:8.2f}  {row['schemas']:9.2f}  {row['intervals']:24.2f}"
        print(f"{parts}  {total:10.2f}  {row['ms_per_document']:11.2f}  {row['growth']:6.2f}", flush=True)
    print("growth: ms/document beside that of the first row; 1 is linear")
    if chosen.json:
        Path(chosen.json).write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
