"""`python -m minutes_extract` is the command `minutes-extract`."""

from __future__ import annotations

from minutes_extract.cli.main import main

if __name__ == "__main__":
    main()
