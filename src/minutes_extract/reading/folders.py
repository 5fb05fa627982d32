"""Files, folders and patterns -> the documents in them."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path

from minutes_extract.errors import UsageError
from minutes_extract.reading.registry import known_endings


def find_documents(given: str | Path) -> Iterator[Path]:
    """The documents behind one path, one after another as they are found; the order is that of the file system.

    A file counts whatever its name; a folder is searched to its depths for files with a known ending. Hidden files and
    folders are passed over, and a folder that a link leads back to is entered once. A pattern (`in/**/*.docx`) that is not
    itself the name of a file stands for all it matches, as in a shell.

    Raises:
        UsageError: nothing is there, or a folder holds no document or may not be entered.
    """
    path = Path(given)
    if _is_there(path):
        yield from _documents_at(path)
    elif glob.has_magic(str(given)):
        found = False
        for match in glob.iglob(str(given), recursive=True):  # noqa: PTH207 - `Path.glob` takes no absolute pattern
            yield from _documents_at(Path(match))
            found = True
        if not found:
            raise UsageError(f"{given}: matches no file; check the pattern, and put it in quotes")
    else:
        raise UsageError(f"{path}: there is no such file or folder, or it may not be entered; check the path")


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except (OSError, ValueError):
        return False
    return True


def _documents_at(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    endings = known_endings()
    found = False
    for document in _walk(path, endings):
        yield document
        found = True
    if not found:
        raise UsageError(f"{path}: no documents in this folder; supported: {', '.join(endings)}")


def _walk(top: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    """The files of a folder as they come, then its folders by name: which of two links to a folder counts is always the same."""
    entered: set[tuple[int, int]] = set()
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        folders: list[str] = []
        try:
            seen = folder.stat()
            if (seen.st_dev, seen.st_ino) in entered:
                continue
            entered.add((seen.st_dev, seen.st_ino))
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if _is_folder(entry):
                        folders.append(entry.name)
                    elif entry.name.lower().endswith(endings):
                        yield folder / entry.name
        except OSError as error:
            raise UsageError(f"{folder}: may not be entered ({error.strerror}); change its permissions or leave it out") from None
        waiting += [folder / name for name in sorted(folders, reverse=True)]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads round in circles
        return False
