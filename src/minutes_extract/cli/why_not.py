"""`minutes-extract why-not`: why a string was not read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from minutes_extract.cli.screen import as_typed, standard_input, write_lines
from minutes_extract.errors import UsageError


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The document; - for standard input.", show_default=False)],
    wanted: Annotated[str, typer.Argument(metavar="STRING", help="What you expected to be read.", show_default=False)],
    label: Annotated[
        str | None,
        typer.Option("--label", metavar="LABEL", help="As what: OFFICIAL, TITLE, ORGANIZATION, DATE or TRADEMARK.", show_default=False),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Occurrences to explain.")] = 3,
    rules: Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="Rules laid over the built-in ones.")] = None,
) -> None:
    """Show why a string was not read: what won there, which condition failed, what would have helped."""
    from minutes_extract.assemble import analyse
    from minutes_extract.batch.one import loaded, read_document
    from minutes_extract.export.why_not import why_not
    from minutes_extract.records import LABELS

    known = next((name for name in LABELS if label is not None and name == label.upper()), None)
    if label is not None and known is None:
        raise UsageError(f"there is no label {label!r}; the labels are {', '.join(LABELS)}")
    source = read_document(standard_input() if file == "-" else file)
    nlp = loaded(rules)
    write_lines(why_not(analyse(nlp, source), nlp, as_typed(wanted), label=known, limit=limit))
