"""A scratch database on disk for what is too much for memory: the documents of a run, and what a former run left.

It is made anew for each run and removed behind it. The output files alone hold the truth.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

_CACHE_KILOBYTES = 4_000
_SETTINGS = ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "temp_store=FILE", f"cache_size=-{_CACHE_KILOBYTES}")


def open_ledger(file: Path | None = None) -> sqlite3.Connection:
    """An empty database in `file`, which is replaced; without one, in a temporary file that the system removes.

    Raises:
        sqlite3.Error: it cannot be made there.
    """
    if file is not None:
        with suppress(FileNotFoundError):
            file.unlink()
    # One thread at a time uses it, not always the one that made it: a generator may be handed on.
    ledger = sqlite3.connect("" if file is None else file, isolation_level=None, check_same_thread=False)
    for setting in _SETTINGS:
        ledger.execute(f"PRAGMA {setting}")
    return ledger
