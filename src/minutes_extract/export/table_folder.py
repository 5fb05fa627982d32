"""A folder with one file a table and `tables.json`, which says what the folder is."""

from __future__ import annotations

import json
import os
from pathlib import Path

from minutes_extract.export.table_writer import Info

ABOUT = "tables.json"


class TableFolder:
    """A new folder of tables."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder

    def finish(self, info: Info) -> None:
        """Write `tables.json` and see that all files are on the disk."""
        files = sorted(file.name for file in self._folder.iterdir())
        about = json.dumps({**info, "files": files}, ensure_ascii=False, indent=1)
        (self._folder / ABOUT).write_bytes(f"{about}\n".encode())
        for file in self._folder.iterdir():
            with file.open("r+b") as written:
                os.fsync(written.fileno())


def folder_info(folder: Path) -> Info | None:
    """What the `tables.json` of a folder says, None if there is none that an export wrote."""
    try:
        info = json.loads((folder / ABOUT).read_bytes())
    except (OSError, ValueError):
        return None
    return info if isinstance(info, dict) else None
