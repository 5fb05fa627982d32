"""What the user sees: results on standard output, everything else on standard error, UTF-8 whatever the locale, no colours in a pipe."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from functools import cache

from rich.console import Console
from rich.text import Text

from minutes_extract.errors import UsageError

WRONG_USE, SOME_FAILED, INTERRUPTED = 1, 3, 130


def speak_utf8() -> None:
    """Let both streams write UTF-8: under `LC_ALL=C` and in a pipe Python would choose otherwise or fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@cache
def out() -> Console:
    """The console of results (standard output)."""
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=True)


@cache
def aside() -> Console:
    """The console of messages and progress (standard error)."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)


def standard_input() -> bytes:
    """All bytes of standard input.

    Raises:
        UsageError: it is closed.
    """
    if sys.stdin is None:
        raise UsageError("standard input is closed; give a document, for example with < FILE")
    return sys.stdin.buffer.read()


def as_typed(argument: str) -> str:
    """An argument as it was typed in UTF-8, also under a locale that knows ASCII only.

    >>> as_typed("Th\\udce1\\udcbb\\udca7y")
    'Thủy'
    """
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def write(text: str) -> None:
    """A result, exactly as it is, on standard output."""
    sys.stdout.write(text)
    sys.stdout.flush()


def write_lines(lines: Iterable[str]) -> None:
    """Lines of a result on standard output."""
    write("".join(f"{line}\n" for line in lines))


def note(message: str) -> None:
    """A remark on standard error."""
    aside().print(Text(message))


def complain(message: str) -> None:
    """An error: one line on standard error."""
    aside().print(Text.assemble(("error: ", "bold red"), " ".join(message.split())))
