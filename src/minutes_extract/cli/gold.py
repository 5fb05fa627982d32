"""`minutes-extract gold`: check gold, carry it to annotation tools and back, part it in dev and test."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from minutes_extract.cli.screen import WRONG_USE, complain, note, write_lines
from minutes_extract.errors import UsageError

app = typer.Typer(help="Check gold annotations; carry them to annotation tools and back; part them in dev and test.", no_args_is_help=False)

Name = Annotated[str, typer.Argument(metavar="FORMAT", help="brat, iob, label-studio, doccano or docbin.", show_default=False)]
Texts = Annotated[Path | None, typer.Option("--texts", metavar="DIR", help="The documents (*.txt), if not in raw or text beside the gold.")]


@app.command("check")
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of gold files (*.json).", show_default=False)],
    texts: Texts = None,
) -> None:
    """Check every gold file against the format and its text; one line for each fault."""
    from minutes_extract.evaluation.gold_faults import faults
    from minutes_extract.evaluation.gold_loading import load_gold

    found = faults(folder, texts)
    for fault in found:
        note(" ".join(str(fault).split()))
    if found:
        complain(f"{_counted(len(found), 'fault')} in {folder}")
        raise typer.Exit(WRONG_USE)
    documents = load_gold(folder, texts=texts)
    mentions = sum(len(document.mentions) for document in documents)
    write_lines([f"{_counted(len(documents), 'file')}, {_counted(mentions, 'mention')}: all hold"])


@app.command("export")
def export(
    name: Name,
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="Folder of gold files (*.json).", show_default=False)],
    out: Annotated[Path, typer.Option("-o", "--output", metavar="OUT", help="Folder for the tool's files.", show_default=False)],
    texts: Texts = None,
) -> None:
    """Write gold as an annotation tool reads it; what the format cannot hold is told."""
    from minutes_extract.evaluation.formats import export_gold

    exported = export_gold(name, gold, out, texts=texts)
    _tell(exported.notes)
    write_lines([f"{_counted(len(exported.files), 'file')} in {out}, {_counted(len(exported.notes), 'remark')}"])


@app.command("import")
def import_(
    name: Name,
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="What the tool wrote: a file or a folder.", show_default=False)],
    texts: Annotated[Path, typer.Argument(metavar="TEXT_DIR", help="The annotated documents (*.txt).", show_default=False)],
    out: Annotated[Path, typer.Option("-o", "--output", metavar="GOLD_DIR", help="Folder for the gold files.", show_default=False)],
) -> None:
    """Write what a tool holds as gold; of gold that stands in GOLD_DIR only the mentions are replaced. Spans that moved are told."""
    from minutes_extract.evaluation.formats import import_gold

    imported = import_gold(name, source, texts, out)
    _tell(imported.notes)
    mentions = sum(map(len, imported.mentions.values()))
    written = f"{_counted(len(imported.mentions), 'file')}, {_counted(mentions, 'mention')}"
    write_lines([f"{written} in {out}, {_counted(len(imported.notes), 'remark')}"])


@app.command("split")
def split(
    folder: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="Folder of gold files (*.json).", show_default=False)],
    out: Annotated[Path | None, typer.Option("-o", "--output", metavar="SPLIT.json", help="Where to write the split.")] = None,
    check_file: Annotated[
        Path | None, typer.Option("--check", metavar="SPLIT.json", help="Write nothing; tell what has changed since this split.")
    ] = None,
    test: Annotated[float, typer.Option("--test", metavar="SHARE", help="Share of the documents for test.")] = 0.3,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Another number gives another split.")] = 20130901,
    near: Annotated[float, typer.Option("--near", metavar="SHARE", help="Likeness from which two texts are near duplicates.")] = 0.8,
    by_source: Annotated[
        str, typer.Option("--by-source", metavar="HOW", help="whole: a source stands on one side; spread: each gives its share.")
    ] = "whole",
    texts: Texts = None,
) -> None:
    """Part gold in dev and test by source and near duplicates, and freeze the split in a file with SHA-256 sums."""
    if (out is None) == (check_file is None):
        raise UsageError("give either -o SPLIT.json (write a split) or --check SPLIT.json (what has changed since)")
    from minutes_extract.evaluation.splits import make_split, parameters_of, read_split, write_split

    if check_file is not None:
        frozen = read_split(check_file)
        changes = frozen.changes(folder, texts)
        for change in changes:
            note(str(change))
        if changes:
            complain(f"{_counted(len(changes), 'change')} in {folder} since {check_file} was frozen")
            raise typer.Exit(WRONG_USE)
        write_lines([f"{len(frozen.dev)} dev, {len(frozen.test)} test: unchanged"])
        return
    if out is not None:
        made = make_split(folder, parameters_of(test, seed, near, by_source), texts=texts)
        write_split(out, made)
        write_lines([str(made)])


def _tell(notes: tuple[str, ...]) -> None:
    for line in notes:
        note(" ".join(line.split()))


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
