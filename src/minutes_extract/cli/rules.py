"""`minutes-extract rules`: check and list the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from minutes_extract.cli.screen import WRONG_USE, complain, note, write_lines

app = typer.Typer(help="Check and list the rules.", no_args_is_help=False)

Folder = Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Rules laid over the built-in ones.", show_default=False)]


@app.command("check")
def check(folder: Folder = None) -> None:
    """Check every rule file, and that every rule's examples and counter-examples hold."""
    from minutes_extract.batch.one import loaded
    from minutes_extract.evaluation.examples import check_examples
    from minutes_extract.rulebook.book import load_rulebook

    rulebook = load_rulebook(folder)
    faults = check_examples(rulebook, loaded(folder))
    for fault in faults:
        note(str(fault))
    entries = [entry for table in rulebook.tables.values() for entry in table.entries]
    if faults:
        complain(f"{len(faults)} examples do not hold in {len(entries)} rules")
        raise typer.Exit(WRONG_USE)
    examples = sum(len(entry.examples) + len(entry.counter) for entry in entries)
    write_lines([f"{len(entries)} rules in {len(rulebook.tables)} files, {examples} examples: all hold ({rulebook.hash[:15]})"])


@app.command("list")
def list_rules(folder: Folder = None) -> None:
    """List the rules: file, id, number of examples and counter-examples, note."""
    from minutes_extract.rulebook.book import load_rulebook

    rulebook = load_rulebook(folder)
    write_lines(
        f"{name:<15}{entry.id:<36}{len(entry.examples):>3} +{len(entry.counter):>3} -  {' '.join((entry.note or '').split())}".rstrip()
        for name, table in sorted(rulebook.tables.items())
        for entry in table.entries
    )
