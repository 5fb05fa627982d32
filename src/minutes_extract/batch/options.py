"""How a run is done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from minutes_extract.batch.engines import Runner
from minutes_extract.batch.limits import TIMEOUT_SECONDS
from minutes_extract.batch.streams import Compression


@dataclass(frozen=True)
class Options:
    """How a run is done.

    Attributes:
        rules: a folder laid over the built-in rules.
        processes: worker processes of this machine; 0 works in this process, where a document that kills it ends the run.
        keep_text: also write the texts as read.
        timeout: seconds one document may take; None for no limit.
        memory: megabytes a worker process may take; None for no limit.
        shard_size: documents in a shard of records; None for one file.
        compression: of the shards.
        stale: read again the documents that were read with other rules or another version, and use the rest again.
        force: read all documents again.
        engine: what runs the shards, instead of `processes` of this machine.
    """

    rules: Path | None = None
    processes: int = 1
    keep_text: bool = False
    timeout: float | None = TIMEOUT_SECONDS
    memory: int | None = None
    shard_size: int | None = None
    compression: Compression = "zst"
    stale: bool = False
    force: bool = False
    engine: Runner | None = None
