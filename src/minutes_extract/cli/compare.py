"""`minutes-extract compare`: what a change of rules gains and loses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_extract.cli.screen import write, write_lines

if TYPE_CHECKING:
    from minutes_extract.batch.outcome import Outcome
    from minutes_extract.evaluation.gold import GoldDocument
    from minutes_extract.evaluation.scores import Report

BUILT_IN = ("-", "built-in")
"""What stands for the rules of the program itself."""


def command(
    rules_a: Annotated[str, typer.Argument(metavar="RULES_A", help="A rules folder; - or built-in for none.", show_default=False)],
    rules_b: Annotated[str, typer.Argument(metavar="RULES_B", help="The rules folder to compare with it.", show_default=False)],
    raw: Annotated[Path, typer.Argument(metavar="RAW_DIR", help="The documents.", show_default=False)],
    gold: Annotated[Path | None, typer.Option("--gold", metavar="DIR", help="Also score both on this gold.", show_default=False)] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=0, help="Examples of each kind.")] = 10,
    processes: Annotated[int, typer.Option("--processes", metavar="N", min=1, help="Worker processes for each of the two.")] = 1,
) -> None:
    """Read documents under two sets of rules and show what differs: counts first, then examples."""
    from minutes_extract.batch.many import extract_many
    from minutes_extract.evaluation.gold_loading import load_gold
    from minutes_extract.evaluation.ruleset_comparison import compare_records

    documents = load_gold(gold, texts=raw if raw.is_dir() else None) if gold is not None else []
    kept: tuple[list[Outcome], list[Outcome]] = ([], [])
    wanted = {document.doc_id for document in documents}
    a, b = (
        _keeping(extract_many(raw, rules=_folder(rules), processes=processes), wanted, keep)
        for rules, keep in zip((rules_a, rules_b), kept, strict=True)
    )
    write(f"A: {_name(rules_a)}\nB: {_name(rules_b)}\n{compare_records(a, b, limit=limit)}\n")
    if documents:
        _write_scores(documents, kept)


def _folder(rules: str) -> Path | None:
    return None if rules in BUILT_IN else Path(rules)


def _name(rules: str) -> str:
    from minutes_extract.rulebook.book import load_rulebook

    return f"{'built-in rules' if rules in BUILT_IN else rules} ({load_rulebook(_folder(rules)).hash[:15]})"


def _keeping(outcomes: Iterator[Outcome], wanted: set[str], keep: list[Outcome]) -> Iterator[Outcome]:
    """The outcomes, with those of the `wanted` documents also put into `keep`."""
    for outcome in outcomes:
        if outcome.doc_id in wanted:
            keep.append(outcome)
        yield outcome


def _write_scores(gold: list[GoldDocument], kept: tuple[list[Outcome], list[Outcome]]) -> None:
    from minutes_extract.evaluation.ruleset_comparison import score_lines
    from minutes_extract.evaluation.scores import evaluate

    a, b = (_scores(evaluate(gold, outcomes)) for outcomes in kept)
    write_lines(["", *score_lines((name, a[name], b[name]) for name in a)])


def _scores(report: Report) -> dict[str, float | None]:
    from minutes_extract.evaluation.scores import ACCURACIES, RECORD_FIGURES

    figures = report.figures
    return {
        **{label: count.f1 for label, count in report.labels.items()},
        "micro (strict)": report.micro.f1,
        **{title: figures[name].f1 for name, title in RECORD_FIGURES.items()},
        **{title: figures[name].recall for name, title in ACCURACIES.items()},
    }
