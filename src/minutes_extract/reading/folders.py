"""Files and folders -> the documents in them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from minutes_extract.errors import UsageError
from minutes_extract.reading.registry import known_endings


def find_documents(inputs: Iterable[str | Path]) -> list[Path]:
    """The documents behind `inputs`, in the order given, those of a folder sorted by path.

    A file counts whatever its name; a folder is searched to its depths for files with a known ending. Hidden files and
    folders are passed over, and a folder that a link leads back to is entered once. A document named twice comes once.

    Raises:
        UsageError: a path is missing, or a folder holds no document.
    """
    found: dict[Path, None] = {}
    for given in inputs:
        path = Path(given)
        try:
            folder = stat.S_ISDIR(path.stat().st_mode)
        except (OSError, ValueError):
            raise UsageError(f"{path}: there is no such file or folder, or it may not be entered; check the path") from None
        found.update(dict.fromkeys(_documents_in(path) if folder else [path]))
    if not found:
        raise UsageError("no documents: give files or folders")
    return list(found)


def _documents_in(folder: Path) -> list[Path]:
    endings = known_endings()
    found: list[Path] = []
    entered: set[tuple[int, int]] = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        seen = Path(place).stat()
        if (seen.st_dev, seen.st_ino) in entered:
            folders.clear()
            continue
        entered.add((seen.st_dev, seen.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(place) / name for name in names if not name.startswith(".") and name.lower().endswith(endings)]
    if not found:
        raise UsageError(f"{folder}: no documents in this folder; supported: {', '.join(endings)}")
    return sorted(found, key=lambda path: path.parts)
