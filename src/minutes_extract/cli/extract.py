"""`minutes-extract extract`: documents in, records out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_extract.cli.screen import INTERRUPTED, SOME_FAILED, complain, note, out, standard_input, write
from minutes_extract.errors import UsageError

if TYPE_CHECKING:
    from minutes_extract.batch.run import Summary

SHOWN_FAILURES = 5


def command(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Files and folders; - reads standard input and prints its record.", show_default=False),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Folder for the results.", show_default=False)
    ] = None,
    rules: Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="Rules laid over the built-in ones.")] = None,
    processes: Annotated[int, typer.Option("--processes", metavar="N", min=1, help="Worker processes.")] = 1,
    text: Annotated[bool, typer.Option("--text", help="Also write texts/DOC_ID.txt, the text that the offsets count in.")] = False,
) -> None:
    """Extract documents into DIR: records.jsonl, failures.jsonl and manifest.json."""
    if "-" in inputs:
        _standard_input(inputs, output, rules)
        return
    if output is None:
        raise UsageError("say where the results go: -o DIR")
    from minutes_extract.batch.run import run
    from minutes_extract.cli.progress import Teller

    try:
        with Teller() as tell:
            summary = run(inputs, output, rules=rules, processes=processes, keep_text=text, tell=tell)
    except KeyboardInterrupt:
        complain(f"stopped; what was finished is kept in {output}: run the same command again to go on")
        raise typer.Exit(INTERRUPTED) from None
    _show(summary, output)
    if summary.failed:
        raise typer.Exit(SOME_FAILED)


def _standard_input(inputs: list[str], output: Path | None, rules: Path | None) -> None:
    if len(inputs) > 1 or output is not None:
        raise UsageError("- stands alone: one document from standard input, its record to standard output, no -o")
    from minutes_extract import extract

    write(extract(standard_input(), rules=rules).model_dump_json() + "\n")


def _show(summary: Summary, output: Path) -> None:
    from rich.box import SIMPLE
    from rich.table import Table

    table = Table(box=SIMPLE, show_edge=False)
    numbers = {"documents": summary.extracted, **{name: value for name, value in summary.counts().items() if name in SHOWN}}
    for name in numbers:
        table.add_column(SHOWN.get(name, name), justify="right")
    table.add_row(*(str(value) for value in numbers.values()))
    out().print(table)
    if summary.reused:
        out().print(f"{summary.reused} of {summary.documents} reused from the former run (documents, rules and version unchanged)")
    out().print(f"written to {output.as_posix()}: records.jsonl, failures.jsonl, manifest.json")
    for failure in summary.failures[:SHOWN_FAILURES]:
        note(f"failed: {failure.doc_id} ({failure.stage}): {failure.reason}")
    if summary.failed:
        more = summary.failed - SHOWN_FAILURES
        rest = f" ({more} more in {output.as_posix()}/failures.jsonl)" if more > 0 else ""
        what = "every document" if summary.failed == summary.documents else f"{summary.failed} of {summary.documents} documents"
        complain(f"{what} failed{rest}")


SHOWN = {
    "officials": "officials",
    "organizations": "organizations",
    "dates": "dates",
    "trademarks": "marks",
    "warnings": "warnings",
}
"""Count of a run -> its column in the summary."""
