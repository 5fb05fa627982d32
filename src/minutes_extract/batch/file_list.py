"""Lists of files: one path a line, or each with a NUL behind it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from minutes_extract.batch.plan import Listed
from minutes_extract.errors import UsageError

_BLOCK = 1 << 16


def listed(where: str, *, null: bool = False) -> Iterator[Listed]:
    """The paths in the file `where`, `-` for standard input, as they come; relative ones count from the working folder.

    A path stands for a file or a folder; patterns are not looked up. Empty lines are passed over.

    Raises:
        UsageError: the list cannot be read.
    """
    if where == "-":
        yield from _paths(sys.stdin.buffer, null)
        return
    try:
        with Path(where).open("rb") as stream:
            yield from _paths(stream, null)
    except OSError as error:
        raise UsageError(f"{where}: this list of files cannot be read ({error.strerror}); check the path after --files-from") from None


def _paths(stream: BinaryIO, null: bool) -> Iterator[Listed]:
    for entry in _until_nul(stream) if null else (line.rstrip(b"\r\n") for line in stream):
        if entry:
            yield Listed(os.fsdecode(entry))


def _until_nul(stream: BinaryIO) -> Iterator[bytes]:
    rest = b""
    while block := stream.read(_BLOCK):
        *entries, rest = (rest + block).split(b"\0")
        yield from entries
    yield rest
