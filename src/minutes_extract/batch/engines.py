"""Engines: who runs the shards of a run. An engine takes shards and gives their results, in order.

| engine | where |
|---|---|
| `serial` | this process: no protection against a document that kills it |
| `local(processes)` | worker processes of this machine; a killed or hanging one costs one document |
| `engine_dask.on_dask(...)` | the workers of a Dask cluster, each with a worker process of its own as here |

An engine draws shards only as it needs them, so that a stream of millions takes no memory, gives exactly one result for each,
in their order, and turns what kills a worker into a `Failed` for that document alone. The run writes; an engine never does.
"""

from __future__ import annotations

import gc
import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from typing import Any, NamedTuple, TypeAlias

from minutes_extract.batch.limits import limit_memory
from minutes_extract.batch.one import loaded
from minutes_extract.batch.outcome import Failed, Outcome
from minutes_extract.batch.shard import Shard, ShardResult, process_shard
from minutes_extract.batch.worker import Settings, Task, failed, out_of_time, work
from minutes_extract.errors import UsageError
from minutes_extract.reading import read_text

Engine: TypeAlias = Callable[[Iterable[Shard], Settings], Generator[ShardResult]]
"""Shards and settings in, one result for each shard out, in order."""


class Runner(NamedTuple):
    """An engine, with its name for `run.json` and how many documents it takes at once (which has no bearing on the results)."""

    name: str
    engine: Engine
    documents: int


AHEAD = 4
"""Shards handed to each worker ahead of the one whose turn it is: bounds memory, keeps all busy."""

SHARD_DOCUMENTS = 16
"""Documents that a worker gets at once, at most: spares a good part of what handing over costs when documents are small."""

GRACE_SECONDS = 5.0
"""How long after its own limit a worker is ended from outside."""


def serial(shards: Iterable[Shard], settings: Settings) -> Generator[ShardResult]:
    """One shard after the other in this process."""
    for shard in shards:
        yield process_shard(shard, settings)


def local(processes: int) -> Engine:
    """The engine that works on `processes` worker processes of this machine.

    Raises:
        UsageError: `processes` is below 1, or this is itself a worker process.
    """
    if processes < 1:
        raise UsageError(f"processes is {processes}; it must be 1 or more")
    if multiprocessing.parent_process() is not None:
        # Where processes are spawned, an unguarded script runs again in each worker and would start workers without end.
        raise UsageError('worker processes cannot start workers; in a script, put the call under `if __name__ == "__main__":`')
    return lambda shards, settings: _on_workers(shards, settings, processes)


def runner_here(processes: int, documents: int) -> Runner:
    """What runs a run of so many documents on this machine: worker processes, or with 0 of them this process."""
    if processes == 0:
        return Runner("serial", serial, 1)
    return Runner("local", local(min(processes, documents)), shard_documents(documents, processes))


def shard_documents(documents: int, processes: int) -> int:
    """How many documents a worker gets at once: few when there are few, so that all workers have something to do.

    >>> shard_documents(10, 2), shard_documents(1_000_000, 2)
    (1, 16)
    """
    return max(1, min(SHARD_DOCUMENTS, documents // (8 * max(1, processes))))


def _on_workers(shards: Iterable[Shard], settings: Settings, processes: int) -> Generator[ShardResult]:
    pool = Pool(settings, processes)
    yield from in_order(shards, pool)
    pool.close()


def in_order(shards: Iterable[Shard], pool: Pool) -> Generator[ShardResult]:
    """The results of shards that run on a pool, which is stopped if that is broken off and otherwise left for the next ones."""
    waiting: deque[tuple[Shard, Any]] = deque()
    try:
        for shard in shards:
            waiting.append((shard, pool.schedule(shard) if shard else None))
            while waiting and (len(waiting) >= AHEAD * pool.processes or _is_done(waiting[0][1])):
                yield pool.result(*waiting.popleft())
        while waiting:
            yield pool.result(*waiting.popleft())
    except BaseException:  # also Ctrl-C and a caller who stops iterating: do not wait for what nobody reads
        pool.stop()
        raise


def _is_done(future: Any) -> bool:
    return future is None or bool(future.done())


class Pool:
    """A pebble pool that is started when first needed, and anew when it broke.

    Attributes:
        processes: how many worker processes it has.

    `prepare(*given)` runs first in each worker process, `start(settings)` unless said otherwise; `context` says how the processes
    are made, the way of the system unless given.
    """

    def __init__(
        self,
        settings: Settings,
        processes: int,
        prepare: Callable[..., None] | None = None,
        given: tuple[Any, ...] = (),
        context: Any = None,
    ) -> None:
        self.processes = processes
        self._settings = settings
        self._prepare = prepare or start
        self._given = given if prepare else (settings,)
        self._context = context or multiprocessing
        self._pool: Any = None
        self._ended = False

    def schedule(self, shard: Shard) -> Any:
        """A future of the shard's result.

        Raises:
            RuntimeError: the pool was ended.
        """
        from pebble import ProcessPool

        if self._ended:
            raise RuntimeError("the worker processes were ended")
        if self._pool is None or not self._pool.active:
            self.stop()
            self._pool = ProcessPool(self.processes, initializer=self._prepare, initargs=self._given, context=self._context)
        limit = self._settings.timeout
        seconds = None if limit is None else (limit if len(shard) == 1 else 2 * limit) + GRACE_SECONDS
        return self._pool.schedule(work_in_pool, args=(shard,), timeout=seconds)

    def result(self, shard: Shard, future: Any) -> ShardResult:
        """The result of a scheduled shard. If it ended badly, or too slowly, each document is worked on for itself."""
        done: tuple[Outcome, ...] = ()
        if len(shard) > 1:
            try:
                done = future.result().outcomes
            except Exception:  # whose fault it was comes out below
                done = ()
            alone = [(task, self.schedule((task,))) for task in shard[len(done) :]]
        else:
            alone = [(task, future) for task in shard]
        return ShardResult((*done, *(self._answer(task, single) for task, single in alone)))

    def _answer(self, task: Task, future: Any) -> Outcome:
        from pebble import ProcessExpired

        for _ in range(3):
            try:
                outcome: Outcome = future.result().outcomes[0]
            except FutureTimeout:
                return out_of_time(task, self._settings.timeout)
            except ProcessExpired as death:
                return self._died(task, death.exitcode)
            except (BrokenProcessPool, RuntimeError):  # the pool died, and with it tasks that did no harm
                future = self.schedule((task,))
            except Exception as error:
                return failed(task, "crash", f"{task.path}: a fault of the program, please report it: {type(error).__name__}: {error}")
            else:
                return outcome
        return self._died(task, None)

    def _died(self, task: Task, exit_code: int | None) -> Failed:
        how = "" if exit_code is None else f" (exit code {exit_code})"
        guess = "" if self._settings.memory is None else f"; it may have needed more than {self._settings.memory} MB of memory"
        return failed(task, "crash", f"{task.path}: the worker process died on it{how}{guess}; the others went on")

    def close(self) -> None:
        """Wait for the workers, who have nothing to do any more, to end."""
        if self._pool is not None:
            self._pool.close()
            self._pool.join()

    def stop(self) -> None:
        """End the workers, whatever they do."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()

    def end(self) -> None:
        """End the workers for good, also while another thread waits for them."""
        self._ended = True
        self.stop()


_settings = Settings()
_unfit: str | None = None


def start(settings: Settings) -> None:
    """Prepare a worker process: remember the settings and load the models before the clock of the first document runs.

    Some are loaded only when they are asked for, hence a document of one digit. What is loaded stays for the life of the process,
    some hundred thousand objects: the garbage collector is told to leave them alone, which spares about 8 % of the time.
    """
    global _settings, _unfit
    _settings = settings
    try:
        from minutes_extract.assemble import extract_record

        extract_record(loaded(settings.rules, settings.without), read_text("1"))
    except Exception:  # told for each document, where there is someone to tell
        return
    gc.collect()
    gc.freeze()
    _unfit = limit_memory(settings.memory)


def work_in_pool(shard: Shard) -> ShardResult:
    """`process_shard` in a worker process; gives back what it has when the time of one document has gone by."""
    if _unfit is not None:
        return ShardResult(tuple(failed(task, "limit", f"{task.path}: {_unfit}") for task in shard))
    began = time.monotonic()
    done: list[Outcome] = []
    for task in shard:
        if done and _settings.timeout is not None and time.monotonic() - began > _settings.timeout:
            break
        done.append(work(task, _settings))
    return ShardResult(tuple(done))
