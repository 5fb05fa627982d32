"""`minutes-extract evaluate`: predictions against gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from minutes_extract.cli.screen import SOME_FAILED, write
from minutes_extract.errors import UsageError


def command(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Folder of gold files (*.json).", show_default=False)],
    predictions: Annotated[
        Path | None,
        typer.Argument(metavar="[PREDICTIONS]", help="records.jsonl, or the folder it is in.", show_default=False),
    ] = None,
    raw: Annotated[Path | None, typer.Option("--raw", metavar="DIR", help="Extract these documents now, instead of PREDICTIONS.")] = None,
    rules: Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="With --raw: rules laid over the built-in ones.")] = None,
    processes: Annotated[int, typer.Option("--processes", metavar="N", min=1, help="With --raw: worker processes.")] = 1,
) -> None:
    """Compare records with gold annotations: precision, recall and F1 of spans and of what the records say."""
    if (predictions is None) == (raw is None):
        raise UsageError("give either PREDICTIONS (a records.jsonl) or --raw DIR (documents to extract now)")
    from minutes_extract.batch.many import extract_many
    from minutes_extract.evaluation.gold import load_gold
    from minutes_extract.evaluation.scores import evaluate

    documents = load_gold(gold, texts=raw if raw is not None and raw.is_dir() else None)
    given = predictions if predictions is not None else extract_many(str(raw), rules=rules, processes=processes)
    report = evaluate(documents, given)
    write(f"{report}\n")
    if report.failed:
        raise typer.Exit(SOME_FAILED)
