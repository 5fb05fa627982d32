"""The command `minutes-extract`: its options, its commands, and what becomes of an error."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from minutes_extract import __version__
from minutes_extract.cli import agreement, compare, evaluate, explain, export, extract, gold, rule_stats, rules, schema, why_not
from minutes_extract.cli.screen import INTERRUPTED, WRONG_USE, aside, complain, speak_utf8, write
from minutes_extract.errors import MinutesError

DEBUG = "--debug"

app = typer.Typer(
    name="minutes-extract",
    help="Vietnamese meeting minutes in; records of officials, titles, organizations, dates and trademarks out.",
    epilog="Exit codes: 0 fine, 1 wrong use, 3 some documents failed (see failures.jsonl), 130 stopped by Ctrl-C.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("extract")(extract.command)
app.command("export")(export.command)
app.command("evaluate")(evaluate.command)
app.command("explain")(explain.command)
app.command("why-not")(why_not.command)
app.command("compare")(compare.command)
app.command("agreement")(agreement.command)
app.command("schema")(schema.command)
rules.app.command("stats")(rule_stats.command)
app.add_typer(rules.app, name="rules")
app.add_typer(gold.app, name="gold")


def _version(wanted: bool) -> None:
    if wanted:
        write(f"minutes-extract {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")] = False,
    debug: Annotated[bool, typer.Option(DEBUG, help="Show the traceback of an error (anywhere on the line).")] = False,
) -> None:
    """Options that go before the command."""
    if context.invoked_subcommand is None:
        write(context.get_help() + "\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit. `arguments` are those of the process unless given."""
    speak_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = DEBUG in given
    sys.exit(_exit_code([argument for argument in given if argument != DEBUG], debug=debug))


def _exit_code(arguments: list[str], *, debug: bool) -> int:
    try:
        # Not `app()`: that one prints and exits by itself, with other codes than ours.
        command = typer.main.get_command(app)
        with command.make_context("minutes-extract", arguments) as context:
            command.invoke(context)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return 0
    except (KeyboardInterrupt, typer.Abort):
        complain("stopped")
        return INTERRUPTED
    except typer.Exit as end:
        return int(end.exit_code)
    except OSError as error:  # what a command did not expect, a full disk behind standard output for one
        complain(f"{error.filename or 'standard output'}: {error.strerror or error}")
        return _wrong(debug)
    except MinutesError as error:
        complain(str(error))
        return _wrong(debug)
    except Exception as error:
        usage = _usage_message(error)
        complain(usage or f"a fault of the program, please report it: {type(error).__name__}: {error} (details with {DEBUG})")
        return _wrong(debug and usage is None)
    return 0


def _usage_message(error: Any) -> str | None:
    """The message of typer's own usage errors, whose class lives in another package from one version to the next."""
    if not hasattr(error, "format_message"):
        return None
    context = getattr(error, "ctx", None)
    hint = f" (see {context.command_path} --help)" if context is not None else ""
    return f"{error.format_message()}{hint}"


def _wrong(debug: bool) -> int:
    if debug:
        aside().print(traceback.format_exc())
    return WRONG_USE


def _drop_output() -> None:
    """Nobody reads on (`| head`): leave no complaint from the interpreter's last flush."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
