"""`minutes-extract rules`: check and list the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from minutes_extract.cli.screen import WRONG_USE, complain, note, write_lines
from minutes_extract.errors import UsageError

app = typer.Typer(help="Check and list the rules.", no_args_is_help=False)

Folder = Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Rules laid over the built-in ones.", show_default=False)]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="The same, as the other commands have it.", show_default=False)]
Tables = Annotated[list[str] | None, typer.Option("--table", metavar="NAME", help="Only this table; may be repeated.", show_default=False)]

_SHAPE = 60
"""Characters shown of what an entry looks for."""
_SHAPES = ("forms", "heads", "pattern", "form", "name", "meaning", "note")
"""The fields that tell what an entry looks for; the first that it has is shown."""


@app.command("check")
def check(folder: Folder = None, rules: Rules = None) -> None:
    """Check every rule file, and that every rule's examples and counter-examples hold."""
    from minutes_extract.batch.one import loaded
    from minutes_extract.evaluation.examples import check_examples, gaps
    from minutes_extract.rulebook.book import load_rulebook

    folder = _one_of(folder, rules)
    rulebook = load_rulebook(folder)
    faults = check_examples(rulebook, loaded(folder))
    for fault in faults:
        note(str(fault))
    lacking = gaps(rulebook)
    for names, what in ((lacking.examples, "an example"), (lacking.near_misses, "a near miss (`not`)")):
        if names:
            note(f"warning: {len(names)} {'rule' if len(names) == 1 else 'rules'} without {what}: {', '.join(names)}")
    entries = [entry for table in rulebook.tables.values() for entry in table.entries]
    if faults:
        complain(f"{_examples(len(faults))} not hold in {len(entries)} rules")
        raise typer.Exit(WRONG_USE)
    examples = sum(len(entry.examples) + len(entry.counter) for entry in entries)
    write_lines([f"{len(entries)} rules in {len(rulebook.tables)} files, {examples} examples: all hold ({rulebook.hash[:15]})"])


@app.command("list")
def list_rules(folder: Folder = None, rules: Rules = None, table: Tables = None) -> None:
    """List the rules: table, id, number of examples and counter-examples, what the rule looks for."""
    from minutes_extract.rulebook.book import load_rulebook

    rulebook = load_rulebook(_one_of(folder, rules))
    unknown = [name for name in table or () if name not in rulebook.tables]
    if unknown:
        raise UsageError(f"--table {unknown[0]}: there is no such table; the tables are {', '.join(sorted(rulebook.tables))}")
    write_lines(
        f"{name:<15}{entry.id:<36}{len(entry.examples):>3} +{len(entry.counter):>3} -  {_shape(entry)}".rstrip()
        for name in sorted(rulebook.tables)
        if not table or name in table
        for entry in rulebook[name].entries
    )


def _one_of(folder: Path | None, rules: Path | None) -> Path | None:
    if folder is not None and rules is not None and folder != rules:
        raise UsageError(f"two folders of rules, {folder} and {rules}; give one")
    return folder if folder is not None else rules


def _examples(count: int) -> str:
    return "1 example does" if count == 1 else f"{count} examples do"


def _shape(entry: Any) -> str:
    """What an entry looks for, on one line and cut short."""
    value = next((value for field in _SHAPES if (value := getattr(entry, field, None))), "")
    shape = " ".join((value if isinstance(value, str) else ", ".join(value)).split())
    return shape if len(shape) <= _SHAPE else shape[: _SHAPE - 1].rstrip() + "…"
