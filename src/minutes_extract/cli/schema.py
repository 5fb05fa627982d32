"""`minutes-extract schema`: the JSON Schema of a record."""

from __future__ import annotations

import json

from minutes_extract.cli.screen import write


def command() -> None:
    """Print the JSON Schema of a record."""
    from minutes_extract.records import record_schema

    write(json.dumps(record_schema(), ensure_ascii=False, indent=2) + "\n")
