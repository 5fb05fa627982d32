"""What runs on a worker of a Dask cluster: `process_job`, the shard of one task.

A Dask task runs in a thread, where no time limit holds and a fault in a C library ends the worker with all it has. So each thread
of a worker keeps one process of its own for the documents, with the models loaded once, as the engine of one machine does: what
kills that process costs one document, with the same reason in the same words.
"""

from __future__ import annotations

import multiprocessing
import os
import platform
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from multiprocessing.util import Finalize
from pathlib import Path
from typing import NamedTuple

from minutes_extract.batch.engines import SHARD_DOCUMENTS, Pool, in_order, start
from minutes_extract.batch.outcome import Extracted, Failed, Outcome
from minutes_extract.batch.shard import Shard, ShardResult
from minutes_extract.batch.worker import Settings, Task, task_sha256
from minutes_extract.errors import UsageError


class Facts(NamedTuple):
    """What must be the same on all machines of a run, or the bytes would not be: versions, and the hash of the rules.

    Of Python the first two numbers count: they stand for the version of Unicode.
    """

    minutes_extract: str
    rules: str
    python: str
    underthesea: str


@dataclass(frozen=True)
class Job:
    """A task of the cluster.

    A data class, which Dask sends as it is: it would look through tuples for tasks.

    Attributes:
        shard: the documents.
        settings: what holds for all of them; `rules` is absolute.
        folder: where relative paths begin.
        facts: those of the machine that asks.
    """

    shard: Shard
    settings: Settings
    folder: str
    facts: Facts


@dataclass(frozen=True)
class Answer:
    """The result of a job, the address of the worker, and the path of a document that does not exist there, if there is one."""

    result: ShardResult
    worker: str
    unseen: str | None = None


def facts_here(rules: Path | None) -> Facts:
    """The facts of this process; the rules are read anew, for a worker outlives changes to them.

    Raises:
        RuleError: the rules are missing here, or broken.
    """
    from minutes_extract import __version__
    from minutes_extract.rulebook.book import load_rulebook

    load_rulebook.cache_clear()
    python = ".".join(platform.python_version_tuple()[:2])
    return Facts(__version__, load_rulebook(rules).hash, python, _installed("underthesea"))


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def refuse_misfit(worker: str, there: Facts, here: Facts) -> None:
    """Let no worker take part that would give other bytes.

    Raises:
        UsageError: something differs; the message names the worker and both versions.

    >>> refuse_misfit("tcp://10.0.0.7:4711", Facts("0.1.0", "sha256:0", "3.12", "9.5.0"), Facts("0.1.0", "sha256:0", "3.11", "9.5.0"))
    Traceback (most recent call last):
    ...
    minutes_extract.errors.UsageError: worker tcp://10.0.0.7:4711 has python 3.12, this machine 3.11; make them the same and run again
    """
    for name, one, other in zip(Facts._fields, there, here, strict=True):
        if one != other:
            raise UsageError(f"worker {worker} has {name.replace('_', '-')} {one}, this machine {other}; make them the same and run again")


def process_job(job: Job) -> Answer:
    """The shard of a job, worked on by the process that belongs to this thread.

    Raises:
        UsageError: this worker joined later and does not fit.
    """
    address: str = import_module("distributed").get_worker().address
    refuse_misfit(address, _facts_once(job.settings.rules, job.facts), job.facts)
    shard = job.shard
    groups = (shard[at : at + SHARD_DOCUMENTS] for at in range(0, len(shard), SHARD_DOCUMENTS))
    outcomes: list[Outcome] = []
    for result in in_order(groups, _processes.mine(job)):
        outcomes.extend(result.outcomes)
    outcomes = [_with_hash(job, task, outcome) for task, outcome in zip(shard, outcomes, strict=True)]
    return Answer(ShardResult(tuple(outcomes)), address, _unseen(job, outcomes))


@lru_cache(maxsize=8)
def _facts_once(rules: Path | None, _expected: Facts) -> Facts:
    """The facts of this worker, looked at once for a run: `_expected` tells one state of the rules from another."""
    return facts_here(rules)


def _with_hash(job: Job, task: Task, outcome: Outcome) -> Outcome:
    """An outcome that was given here, where relative paths lead elsewhere, with the hash of its document."""
    if isinstance(outcome, Extracted) or outcome.sha256 is not None or outcome.stage not in ("crash", "limit"):
        return outcome
    return replace(outcome, sha256=task_sha256(task._replace(path=os.path.join(job.folder, task.path))))  # noqa: PTH118


def _unseen(job: Job, outcomes: list[Outcome]) -> str | None:
    for task, outcome in zip(job.shard, outcomes, strict=True):
        unread = isinstance(outcome, Failed) and outcome.stage == "reading" and outcome.sha256 is None
        if unread and task.text is None and task.fault is None and not os.path.lexists(os.path.join(job.folder, task.path)):  # noqa: PTH118
            return task.path
    return None


class _Processes:
    """The worker processes of this Dask worker: one for each thread, kept until the settings, the rules or the folder change."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of_thread: dict[int, tuple[tuple[Settings, str, Facts], Pool]] = {}

    def mine(self, job: Job) -> Pool:
        """The process of this thread."""
        wanted, thread = (job.settings, job.folder, job.facts), threading.get_ident()
        with self._lock:
            key, pool = self._of_thread.get(thread, (None, None))
        if pool is not None and key == wanted:
            return pool
        if pool is not None:
            pool.end()
        # A worker under a nanny is a daemon, and Python lets no daemon have children. Those here end when the worker does.
        multiprocessing.current_process().daemon = False
        # Not a fork: this process has threads, and a copy would hold their locks for ever.
        context = multiprocessing.get_context("spawn")
        pool = Pool(job.settings, 1, start_in, (job.folder, job.settings), context)
        with self._lock:
            self._of_thread[thread] = wanted, pool
        return pool

    def end(self) -> None:
        """End them all."""
        with self._lock:
            pools = [pool for _, pool in self._of_thread.values()]
            self._of_thread.clear()
        for pool in pools:
            pool.end()


_processes = _Processes()
# Under a nanny a worker is a process of `multiprocessing`, which waits at its end for its children before anything else ends them.
Finalize(None, _processes.end, exitpriority=10)


def end_processes() -> None:
    """End the worker processes of this Dask worker; what they work on is lost."""
    _processes.end()


def start_in(folder: str, settings: Settings) -> None:
    """`start` in the folder where relative paths begin. A machine without that folder can still read texts and absolute paths."""
    with suppress(OSError):
        os.chdir(folder)
    start(settings)
