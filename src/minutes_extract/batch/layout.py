"""The names of the files in an output folder, and reading them.

| file | what |
|---|---|
| `records.jsonl` | one record a line, in the order of the input |
| `records-00000.jsonl.zst`, ... | the same in shards of so many documents, where the run was asked for shards |
| `failures.jsonl` | one document a line that gave no record: doc_id, path, stage, reason, sha256 |
| `inputs.jsonl` | one input a line: path, doc_id, sha256, outcome, stage of a failure, shard |
| `manifest.json` | tool, rules, counts, the files with their lines and hashes |
| `run.json` | how this run went: seconds, rate, processes, machine; another one each time |
| `texts/DOC_ID.txt` | with `--text`: the text as read in UTF-8, line breaks untouched, to which the offsets belong |

Beside them while a run goes on, or where it was broken off:

| file | what |
|---|---|
| `*.part` | being written |
| `new-records-00000.jsonl.zst` | whole; takes the place of a former shard when the run is complete |
| `records.jsonl.kept` | records of runs that were broken off |
| `.ledger.sqlite` | scratch space |
| `.lock` | held while a run goes on; the process id of the run |
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from minutes_extract.reading.packed import open_packed

RECORDS, FAILURES, INPUTS, MANIFEST, RUN, TEXTS = "records.jsonl", "failures.jsonl", "inputs.jsonl", "manifest.json", "run.json", "texts"
KEPT = f"{RECORDS}.kept"
LEDGER, LOCK = ".ledger.sqlite", ".lock"
PART, NEW = ".part", "new-"
"""Put behind and before the name of a file."""

_SHARD = r"records-\d{5,}\.jsonl(\.gz|\.zst)?"


def shard_name(number: int, ending: str) -> str:
    """The name of a shard.

    >>> shard_name(7, ".zst")
    'records-00007.jsonl.zst'
    """
    return f"records-{number:05}.jsonl{ending}"


def record_files(folder: Path, *, before: str = "", behind: str = "") -> list[Path]:
    """The files of records in an output folder, in order: `records.jsonl` or the shards.

    `before`, `behind`: only those that have this around their name.
    """
    shape = re.compile(f"{re.escape(before)}({re.escape(RECORDS)}|{_SHARD}){re.escape(behind)}")
    return sorted((path for path in folder.iterdir() if shape.fullmatch(path.name)), key=lambda path: (len(path.name), path.name))


def lines_of(folder: Path) -> Iterator[bytes]:
    """The records of an output folder as lines, in order, whether in one file or in shards."""
    for file in record_files(folder):
        yield from whole_lines(file)


def whole_lines(file: Path) -> Iterator[bytes]:
    """The complete lines of a file, decompressed; a missing one has none, and one that is cut off those before the cut."""
    with suppress(OSError, EOFError, zlib.error), open_packed(file) as lines:
        yield from (line for line in lines if line.endswith(b"\n"))
