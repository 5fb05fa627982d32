"""`minutes-extract rules stats`: what each rule does on documents, and whether confidence means something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_extract.cli.screen import note, write
from minutes_extract.errors import UsageError

if TYPE_CHECKING:
    from minutes_extract.batch.outcome import Outcome
    from minutes_extract.evaluation.calibration import Calibration
    from minutes_extract.evaluation.judged import Judged

SHOWN_FAILURES = 5


def command(
    gold: Annotated[Path | None, typer.Option("--gold", metavar="DIR", help="Folder of gold files (*.json).", show_default=False)] = None,
    raw: Annotated[
        Path | None,
        typer.Option("--raw", metavar="DIR", help="The documents (else raw or text beside the gold).", show_default=False),
    ] = None,
    rules: Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="Rules laid over the built-in ones.")] = None,
    processes: Annotated[int, typer.Option("--processes", metavar="N", min=1, help="Worker processes.")] = 1,
    as_csv: Annotated[bool, typer.Option("--csv", help="Only the table of rules, as CSV.")] = False,
) -> None:
    """Count for each rule its hits, precision on gold and documents; list the dead ones; show how confidence is calibrated."""
    from minutes_extract.batch.many import extract_many
    from minutes_extract.evaluation.calibration import Calibration
    from minutes_extract.evaluation.gold_loading import load_gold
    from minutes_extract.evaluation.judged import judge
    from minutes_extract.evaluation.rule_stats import rule_stats
    from minutes_extract.rulebook.book import load_rulebook

    folder = raw or _beside(gold)
    documents = load_gold(gold, texts=folder if folder.is_dir() else None) if gold is not None else []
    calibration = Calibration()
    failed: list[str] = []
    outcomes = _noting_failures(extract_many(folder, rules=rules, processes=processes), failed)
    stats = rule_stats(load_rulebook(rules), _counted(judge(documents, outcomes), calibration))
    write(stats.csv() if as_csv else f"{stats}\n")
    if documents and not as_csv:
        write(f"\n{calibration}\n")
    if failed:
        note(f"{len(failed)} documents failed and are not counted: {', '.join(failed[:SHOWN_FAILURES])}")


def _noting_failures(outcomes: Iterable[Outcome], failed: list[str]) -> Iterator[Outcome]:
    for outcome in outcomes:
        if not outcome.ok:
            failed.append(outcome.doc_id)
        yield outcome


def _counted(judged: Iterable[Judged], calibration: Calibration) -> Iterator[Judged]:
    """The mentions, each also counted in `calibration`, so that a large folder is read once and never held."""
    for one in judged:
        calibration.add(one)
        yield one


def _beside(gold: Path | None) -> Path:
    """The folder of texts beside a gold folder."""
    from minutes_extract.evaluation.gold import TEXT_FOLDERS

    if gold is None:
        raise UsageError("say what to read: --gold DIR, or --raw DIR")
    home = gold.parent if gold.is_dir() else gold.parent.parent
    found = next((home / name for name in TEXT_FOLDERS if (home / name).is_dir()), None)
    if found is None:
        raise UsageError(f"{gold}: no folder {' or '.join(TEXT_FOLDERS)} beside it; give the documents with --raw DIR")
    return found
