"""`minutes-extract evaluate`: predictions against gold."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_extract.cli.screen import SOME_FAILED, write
from minutes_extract.errors import UsageError

if TYPE_CHECKING:
    from minutes_extract.evaluation.scores import Prediction


def command(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Folder of gold files (*.json).", show_default=False)],
    predictions: Annotated[
        Path | None,
        typer.Argument(metavar="[PREDICTIONS]", help="records.jsonl, or the folder it is in.", show_default=False),
    ] = None,
    raw: Annotated[Path | None, typer.Option("--raw", metavar="DIR", help="Extract these documents now, instead of PREDICTIONS.")] = None,
    rules: Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="With --raw: rules laid over the built-in ones.")] = None,
    processes: Annotated[int, typer.Option("--processes", metavar="N", min=1, help="With --raw: worker processes.")] = 1,
    system: Annotated[
        str, typer.Option("--system", metavar="NAME", help="With --raw: rules, or to compare with them gazetteer or underthesea-ner.")
    ] = "rules",
    json: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the counts of each document to FILE.")] = None,
    schemas: Annotated[
        bool,
        typer.Option("--schemas", help="Print the spans on the schemas strict, exact, partial, partial_typed and type, and the confusion."),
    ] = False,
    intervals: Annotated[
        bool, typer.Option("--intervals", help="Print 95 % intervals of the figures (seeded bootstrap over documents).")
    ] = False,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="RECORDS", help="Other predictions for the same gold: is the difference chance?")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="Print gains and losses against a report kept with --json.")
    ] = None,
) -> None:
    """Compare records with gold annotations: precision, recall and F1 of spans and of what the records say."""
    if (predictions is None) == (raw is None):
        raise UsageError("give either PREDICTIONS (a records.jsonl) or --raw DIR (documents to extract now)")
    if raw is None and system != "rules":
        raise UsageError(f"--system {system} reads documents: give them with --raw DIR")
    from minutes_extract.batch.many import extract_many
    from minutes_extract.batch.output import replace_bytes
    from minutes_extract.evaluation.gold import load_gold
    from minutes_extract.evaluation.regression import change_table, read_baseline
    from minutes_extract.evaluation.schema_table import schema_table, score_documents
    from minutes_extract.evaluation.scores import evaluate, read_records, records_by_document
    from minutes_extract.evaluation.systems import read_with
    from minutes_extract.evaluation.uncertainty import compare_systems
    from minutes_extract.evaluation.uncertainty import intervals as figure_intervals

    before = None if baseline is None else read_baseline(baseline)
    documents = load_gold(gold, texts=raw if raw is not None and raw.is_dir() else None)
    given: Iterable[Prediction]
    if predictions is not None:
        given = read_records(predictions)
    elif system == "rules":
        given = extract_many(str(raw), rules=rules, processes=processes)
    else:
        given = read_with(system, str(raw), rules=rules)
    given = list(given) if schemas else given
    report = evaluate(documents, given)
    write(f"{report}\n")
    if schemas:
        write(f"\n{schema_table(score_documents(documents, records_by_document(given)))}\n")
    if intervals:
        write(f"\n{figure_intervals(report)}\n")
    if against is not None:
        write(f"\n{compare_systems(report, evaluate(documents, against))}\n")
    if before is not None:
        write(f"\n{change_table(before, report)}\n")
    if json is not None:
        replace_bytes(json, f"{report.model_dump_json(indent=1)}\n".encode())
    if report.failed:
        raise typer.Exit(SOME_FAILED)
