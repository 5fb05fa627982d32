"""`minutes-extract agreement`: annotators compared with one another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from minutes_extract.cli.screen import write, write_lines
from minutes_extract.errors import UsageError


def command(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="A B [C ...]", help="A folder of gold files (*.json) for each annotator.", show_default=False),
    ],
    disagreements: Annotated[int, typer.Option("--disagreements", metavar="N", min=0, help="Spans to decide that are shown.")] = 10,
    alpha: Annotated[bool, typer.Option("--alpha", help="Print Krippendorff's alpha of all annotators (needs NLTK).")] = False,
    texts: Annotated[
        Path | None, typer.Option("--texts", metavar="DIR", help="With --alpha: the texts, where they are not beside the first folder.")
    ] = None,
) -> None:
    """Compare the gold of two or more annotators: F1 and kappa of each two, and the spans they must decide on."""
    from minutes_extract.evaluation.agreement import agreement
    from minutes_extract.evaluation.gold_loading import load_gold

    if texts is not None and not alpha:
        raise UsageError("--texts DIR is for --alpha; give both, or neither")
    names = [str(folder) for folder in folders]
    if len(set(names)) < len(names):
        raise UsageError("the same folder is given twice; give one folder for each annotator")
    sets = {name: load_gold(folder) for name, folder in zip(names, folders, strict=True)}
    result = agreement(sets)
    if alpha:
        from minutes_extract.evaluation.alpha import krippendorff_alpha, texts_beside

        known = {doc_id: text for folder in reversed(folders) for doc_id, text in texts_beside(folder, texts).items()}
        write(f"{krippendorff_alpha(sets, known)}\n\n")
    write(f"{result}\n")
    write_lines(f"  {one}" for one in result.disagreements[:disagreements])
