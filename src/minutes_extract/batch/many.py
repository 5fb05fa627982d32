"""`extract_many`: many documents, here or on worker processes, in the order they were given."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from minutes_extract.batch.engines import SHARD_DOCUMENTS, local, serial
from minutes_extract.batch.limits import TIMEOUT_SECONDS
from minutes_extract.batch.outcome import Outcome
from minutes_extract.batch.plan import find_tasks
from minutes_extract.batch.shard import ShardResult
from minutes_extract.batch.worker import Settings, Task
from minutes_extract.errors import UsageError
from minutes_extract.parts import left_out


def extract_many(
    documents: str | Path | Iterable[str | Path],
    *,
    processes: int = 1,
    rules: str | Path | None = None,
    timeout: float | None = TIMEOUT_SECONDS,
    memory: int | None = None,
    without: Iterable[str] = (),
) -> Iterator[Outcome]:
    """`Extracted` or `Failed` for each document, in the order of `documents`, whatever finishes first.

    Args:
        documents: paths, folders (a folder stands for the documents in it, sorted), patterns, JSONL files of texts.
        processes: worker processes; 1 works in this one. A worker that is killed or hangs costs one document.
        rules: a folder laid over the built-in rules.
        timeout: seconds one document may take.
        memory: megabytes a worker process may take.
        without: parts of the program to leave out, to measure what they add (`parts.PARTS`); the records say so in `tool.version`.

    Raises:
        UsageError: a path is missing, there is no document at all, or no such part (at once, not when iterated).
        RuleError: the rules are broken (at once).

    Example:
        `for outcome in extract_many("data/raw", processes=2): print(outcome.doc_id, outcome.ok)`
    """
    from minutes_extract.rulebook.book import load_rulebook

    folder = None if rules is None else Path(rules)
    load_rulebook(folder)
    parts = left_out(without)
    tasks = find_tasks([documents] if isinstance(documents, (str, Path)) else documents)
    return outcomes(tasks, Settings(folder, timeout=timeout, memory=memory, without=parts), processes=processes)


def outcomes(tasks: Iterable[Task], settings: Settings, *, processes: int = 1) -> Generator[Outcome]:
    """What becomes of each task, in order. Tasks are drawn as they are needed, so a stream of millions is fine.

    Raises:
        UsageError: `processes` is below 1, or this is itself a worker process.
    """
    if processes < 1:
        raise UsageError(f"processes is {processes}; it must be 1 or more")
    # One document at a time while there may be few, so that all workers have something to do.
    tasks = iter(tasks)
    alone = SHARD_DOCUMENTS * processes if processes > 1 else None
    shards = chain(((task,) for task in islice(tasks, alone)), iter(lambda: tuple(islice(tasks, SHARD_DOCUMENTS)), ()))
    results = serial(shards, settings) if processes == 1 else local(processes)(shards, settings)
    return _one_by_one(results)


def _one_by_one(results: Generator[ShardResult]) -> Generator[Outcome]:
    try:
        for result in results:
            yield from result.outcomes
    finally:
        results.close()
