"""`minutes-extract explain`: which rule read what, how sure it is, what lost and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from minutes_extract.cli.screen import as_typed, standard_input, write_lines


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The document; - for standard input.", show_default=False)],
    person: Annotated[str | None, typer.Option("--person", metavar="NAME", help="Only the people whose name holds this text.")] = None,
    brief: Annotated[bool, typer.Option("--brief", help="One line a mention, without the sum of its evidence.")] = False,
    rules: Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="Rules laid over the built-in ones.")] = None,
) -> None:
    """Show which rule read what in a document and how sure it is, what lost to what, and who holds which post."""
    from minutes_extract.assemble import analyse
    from minutes_extract.batch.one import loaded, read_document
    from minutes_extract.export.explanation import explanation

    source = read_document(standard_input() if file == "-" else file)
    write_lines(explanation(analyse(loaded(rules), source), person=None if person is None else as_typed(person), brief=brief))
