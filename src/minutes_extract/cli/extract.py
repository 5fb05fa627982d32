"""`minutes-extract extract`: documents in, records out."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_extract.cli.screen import INTERRUPTED, SOME_FAILED, complain, note, out, standard_input, write
from minutes_extract.errors import UsageError

if TYPE_CHECKING:
    from minutes_extract.batch.engines import Runner
    from minutes_extract.batch.plan import Listed
    from minutes_extract.batch.run import Summary

SHOWN_FAILURES = 5


class Packing(StrEnum):
    """Names of compressions on the command line."""

    ZST = "zst"
    GZ = "gz"
    NONE = "none"


class EngineName(StrEnum):
    """Names of engines on the command line."""

    LOCAL = "local"
    DASK = "dask"


def command(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT...",
            help="Files, folders, patterns ('in/**/*.txt'), JSONL files of texts; - reads standard input and prints its record.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Folder for the results.", show_default=False)
    ] = None,
    files_from: Annotated[
        str | None,
        typer.Option(
            "--files-from", metavar="LIST", help="Also the paths in this file, one a line; - for standard input.", show_default=False
        ),
    ] = None,
    null: Annotated[bool, typer.Option("--null", help="With --files-from: a NUL behind each path, as find -print0 writes.")] = False,
    rules: Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="Rules laid over the built-in ones.")] = None,
    processes: Annotated[int, typer.Option("--processes", metavar="N", min=1, help="Worker processes.")] = 1,
    timeout: Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=0, help="Time for one document; 0 for no limit.")] = 60,
    memory: Annotated[
        int | None, typer.Option("--memory", metavar="MB", min=1, help="Memory for one worker (on Linux).", show_default=False)
    ] = None,
    text: Annotated[bool, typer.Option("--text", help="Also write texts/DOC_ID.txt, the text that the offsets count in.")] = False,
    shard_size: Annotated[
        int | None,
        typer.Option("--shard-size", metavar="N", min=1, help="Write records in shards of N documents.", show_default=False),
    ] = None,
    compress: Annotated[
        Packing | None, typer.Option("--compress", help="Compression of the shards (zst unless given).", show_default=False)
    ] = None,
    stale: Annotated[
        bool, typer.Option("--stale", help="Read again what was read with other rules or another version; keep the rest.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Read everything again.")] = False,
    engine: Annotated[
        EngineName, typer.Option("--engine", help="Who does the work: processes of this machine, or the workers of a Dask cluster.")
    ] = EngineName.LOCAL,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="With --engine dask: the cluster's, tcp://HOST:8786; a small one on this machine unless given.",
            show_default=False,
        ),
    ] = None,
    task_size: Annotated[
        int | None,
        typer.Option("--task-size", metavar="N", min=1, help="With --engine dask: documents in a task (200).", show_default=False),
    ] = None,
) -> None:
    """Extract documents into DIR: records.jsonl, failures.jsonl and manifest.json."""
    if inputs and "-" in inputs:
        _standard_input(inputs, output, rules, files_from)
        return
    if not inputs and files_from is None:
        raise UsageError("say what to read: INPUT... (files, folders, patterns) or --files-from LIST")
    if output is None:
        raise UsageError("say where the results go: -o DIR")
    if null and files_from is None:
        raise UsageError("--null says how the list is written: give the list with --files-from LIST")
    if compress is not None and shard_size is None:
        raise UsageError("--compress is for shards: say how many documents go into one with --shard-size N")
    if engine is EngineName.LOCAL and (scheduler, task_size) != (None, None):
        raise UsageError("--scheduler and --task-size are for clusters: add --engine dask")
    if scheduler is not None and processes > 1:
        raise UsageError("the workers of a scheduler are started beside it: leave out --processes")
    from minutes_extract.batch.options import Options
    from minutes_extract.batch.run import run
    from minutes_extract.cli.progress import Teller

    options = Options(
        rules=rules,
        processes=processes,
        keep_text=text,
        timeout=timeout or None,
        memory=memory,
        shard_size=shard_size,
        compression=(compress or Packing.ZST).value,
        stale=stale,
        force=force,
        engine=_cluster(scheduler, processes, task_size) if engine is EngineName.DASK else None,
    )
    try:
        with Teller() as tell:
            summary = run(_all_inputs(inputs or [], files_from, null), output, options, tell=tell)
    except KeyboardInterrupt:
        complain(f"stopped; what was finished is kept in {output}: run the same command again to go on")
        raise typer.Exit(INTERRUPTED) from None
    _show(summary, output, shard_size is not None)
    if summary.failed:
        raise typer.Exit(SOME_FAILED)


def _cluster(scheduler: str | None, processes: int, task_size: int | None) -> Runner:
    from minutes_extract.batch.engine_dask import TASK_DOCUMENTS, dask_runner

    return dask_runner(scheduler, processes, task_size or TASK_DOCUMENTS)


def _all_inputs(inputs: list[str], files_from: str | None, null: bool) -> Iterator[str | Listed]:
    yield from inputs
    if files_from is not None:
        from minutes_extract.batch.file_list import listed

        yield from listed(files_from, null=null)


def _standard_input(inputs: list[str], output: Path | None, rules: Path | None, files_from: str | None) -> None:
    if len(inputs) > 1 or output is not None or files_from is not None:
        raise UsageError("- stands alone: one document from standard input, its record to standard output, no -o")
    from minutes_extract import extract

    write(extract(standard_input(), rules=rules).model_dump_json() + "\n")


def _show(summary: Summary, output: Path, sharded: bool) -> None:
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
    records = "records in shards" if sharded else "records.jsonl"
    out().print(f"written to {output.as_posix()}: {records}, failures.jsonl, inputs.jsonl, manifest.json")
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
