"""`process_shard`: the pure unit of work that an engine runs, here or on another machine."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from minutes_extract.batch.outcome import COUNTED, Extracted, Failed, Outcome
from minutes_extract.batch.worker import Settings, Task, work

Shard: TypeAlias = tuple[Task, ...]
"""Documents that are handed out together. How many has no bearing on the results."""


class ShardResult(NamedTuple):
    """What became of the documents of a shard, in their order. Plain data, which crosses processes and machines."""

    outcomes: tuple[Outcome, ...]

    @property
    def records(self) -> bytes:
        """The lines for the records file."""
        return b"".join(f"{outcome.json}\n".encode() for outcome in self.outcomes if isinstance(outcome, Extracted))

    @property
    def failures(self) -> bytes:
        """The lines for `failures.jsonl`."""
        return b"".join(f"{outcome.json}\n".encode() for outcome in self.outcomes if isinstance(outcome, Failed))

    @property
    def counts(self) -> dict[str, int]:
        """Documents, records, failures, and the sums over the fields in `COUNTED`."""
        done = [outcome for outcome in self.outcomes if isinstance(outcome, Extracted)]
        sums = {name: sum(outcome.counts[index] for outcome in done) for index, name in enumerate(COUNTED)}
        return {"documents": len(self.outcomes), "extracted": len(done), "failed": len(self.outcomes) - len(done), **sums}


def process_shard(tasks: Shard, settings: Settings) -> ShardResult:
    """What becomes of `tasks`. The same tasks, files, rules and version give the same bytes in any process.

    Nothing is raised and nothing is written. What kills the process (a fault in a C library) is the engine's to see.

    Example:
        `process_shard((Task("bb_01", "in/bb_01.txt"),), Settings()).records` is one line of JSON.
    """
    return ShardResult(tuple(work(task, settings) for task in tasks))
