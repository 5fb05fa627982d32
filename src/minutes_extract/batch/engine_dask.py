"""The engine for many machines: shards are tasks of a Dask cluster (`dask.distributed`, the extra `cluster`).

A bounded number of tasks is out at any time; results come back in order. When a worker dies, Dask runs its tasks elsewhere. A task
that keeps killing workers is cut into halves, down to the document that does it. Nobody is let in from outside: the engine connects
to the address it is given and to no other, and a cluster of its own lives inside this process.
"""

from __future__ import annotations

import logging
import os
import re
import warnings
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from importlib import import_module
from typing import Any

from minutes_extract.batch.dask_worker import Answer, Facts, Job, end_processes, facts_here, process_job, refuse_misfit
from minutes_extract.batch.engines import Engine, Runner
from minutes_extract.batch.outcome import Outcome
from minutes_extract.batch.shard import Shard, ShardResult
from minutes_extract.batch.worker import Settings, failed
from minutes_extract.errors import MinutesError, UsageError

TASK_DOCUMENTS = 200
"""Documents in a task, unless the caller says otherwise: some ten seconds of work, beside which what a task costs is nothing."""

AHEAD = 3
"""Tasks handed out for each thread of the cluster: bounds the memory of all machines, keeps all busy."""

RETRIES = 3
"""How often a task is run again that ended in an error which is none of a document's."""

CONNECT_SECONDS, WORKER_SECONDS = 10, 60
"""How long to wait for the scheduler, and for its first worker."""

_ADDRESS = re.compile(r"((tcp|tls|ws|wss)://)?[^/\s]+:\d+")

_AGAIN = "what was finished is kept: run the same command again to go on"


def dask_runner(scheduler: str | None = None, processes: int = 1, documents: int = TASK_DOCUMENTS) -> Runner:
    """What runs a run on a Dask cluster.

    Args:
        scheduler: its address, `tcp://HOST:8786` or `tls://HOST:8786`; without one, a cluster inside this process is used.
        processes: worker processes of that one; a given scheduler has its own.
        documents: documents in a task.

    Raises:
        UsageError: `distributed` is not installed, the address is none, or a number is below 1.
    """
    if processes < 1 or documents < 1:
        raise UsageError(f"processes is {processes}, documents in a task {documents}; both must be 1 or more")
    _distributed()
    if scheduler is not None and not _ADDRESS.fullmatch(scheduler):
        raise UsageError(f"{scheduler}: not the address of a scheduler; give it as tcp://HOST:8786 or tls://HOST:8786")
    return Runner("dask", on_dask(scheduler, processes), documents)


def _distributed(part: str = "") -> Any:
    """The package, or a part of it; it is an extra, so nothing here knows its types."""
    try:
        return import_module(f"distributed{part}")
    except ImportError:
        raise UsageError("the engine dask needs the extra: pip install 'minutes-extract[cluster]'") from None


def on_dask(scheduler: str | None, processes: int) -> Engine:
    """The engine that works on the cluster of `scheduler`, or on `processes` workers inside this process.

    Its results raise `UsageError` where the scheduler cannot be reached, has no workers or is lost, where a worker has other
    versions or rules than this process, or does not see the documents.
    """

    def engine(shards: Iterable[Shard], settings: Settings) -> Generator[ShardResult]:
        rules = None if settings.rules is None else settings.rules.absolute()
        with _client(scheduler, processes) as (client, address), _explained(address):
            here = facts_here(rules)
            _refuse_misfits(client, address, settings._replace(rules=rules), here)
            with closing(_Cluster(client, settings._replace(rules=rules), here)) as cluster:
                yield from cluster.results(shards)

    return engine


@contextmanager
def _client(scheduler: str | None, processes: int) -> Iterator[tuple[Any, str]]:
    """A client, with the address of its scheduler."""
    distributed = _distributed()
    with ExitStack() as at_end:
        place: Any = scheduler
        if scheduler is None:
            # Threads, whose work is done by processes of their own: no socket is opened but those for information, on loopback.
            place = distributed.LocalCluster(
                n_workers=processes,
                threads_per_worker=1,
                processes=False,
                protocol="inproc://",
                dashboard_address="127.0.0.1:0",
                worker_dashboard_address="127.0.0.1:0",
                memory_limit=0,
                silence_logs=logging.ERROR,
            )
            at_end.callback(end_processes)
            at_end.callback(place.close, timeout=5)
            at_end.callback(end_processes)  # first of all (the last one in): the threads of the cluster wait for them
        try:
            client = distributed.Client(place, timeout=CONNECT_SECONDS, set_as_default=False)
        except OSError as error:
            why = " ".join(str(error).split()) or type(error).__name__
            raise UsageError(
                f"{scheduler}: no Dask scheduler can be reached there ({why}); start one with `dask scheduler` and give its address, "
                "for example tcp://10.0.0.1:8786"
            ) from None
        at_end.callback(client.close, timeout=5)
        yield client, str(client.scheduler.address)


@contextmanager
def _explained(address: str) -> Iterator[None]:
    """What Dask raises, in a sentence."""
    try:
        yield
    except (_distributed().CancelledError, _distributed(".comm").CommClosedError) as error:
        raise UsageError(f"{address}: the scheduler was lost ({type(error).__name__}); {_AGAIN}") from error


def _refuse_misfits(client: Any, address: str, settings: Settings, here: Facts) -> None:
    try:
        client.wait_for_workers(1, timeout=WORKER_SECONDS)
    except TimeoutError:
        raise UsageError(f"{address}: the scheduler has no workers; start some with `dask worker {address}`") from None
    for worker, there in sorted(client.run(facts_here, settings.rules, on_error="return").items()):
        if isinstance(there, MinutesError):
            raise UsageError(f"worker {worker}: {there}; rules must be at the same place on all machines")
        if isinstance(there, BaseException):
            raise UsageError(
                f"worker {worker} cannot load minutes-extract {here.minutes_extract} ({type(there).__name__}: {there}); install it there"
            )
        refuse_misfit(worker, there, here)


class _Cluster:
    """The tasks that are out."""

    def __init__(self, client: Any, settings: Settings, here: Facts) -> None:
        self._client = client
        self._settings = settings
        self._here = here
        self._folder = os.getcwd()  # noqa: PTH109 - a text
        self._waiting: deque[tuple[Shard, Any]] = deque()

    def results(self, shards: Iterable[Shard]) -> Generator[ShardResult]:
        """The results of `shards`, in order."""
        window = 1
        for shard in shards:
            if not self._waiting or len(self._waiting) >= window:
                window = AHEAD * max(1, sum(self._client.nthreads().values()))  # machines come and go
            self._waiting.append((shard, self._submit(shard) if shard else None))
            while self._waiting and (len(self._waiting) >= window or _is_done(self._waiting[0][1])):
                yield self._next()
        while self._waiting:
            yield self._next()

    def close(self) -> None:
        """Take back the tasks that are out; a worker that is at one ends it first."""
        futures = [future for _, future in self._waiting if future is not None]
        self._waiting.clear()
        if futures:
            with suppress(Exception):  # there may be no scheduler any more
                self._client.cancel(futures)

    def _submit(self, shard: Shard) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # a long text is no mistake
            return self._client.submit(process_job, Job(shard, self._settings, self._folder, self._here), pure=False, retries=RETRIES)

    def _next(self) -> ShardResult:
        shard, future = self._waiting[0]
        try:
            outcomes = () if future is None else self._outcomes(shard, future)
        except _distributed().KilledWorker:
            # Whatever else was out may be to blame. Let it end, so that each part is alone when its turn comes.
            for _, other in self._waiting:
                if other is not None:
                    other.exception()
            outcomes = tuple(self._apart(shard))
        self._waiting.popleft()
        return ShardResult(outcomes)

    def _apart(self, shard: Shard) -> Iterator[Outcome]:
        """A shard that killed its workers, half after half, down to the document; a single one gets one more chance, alone."""
        half = (len(shard) + 1) // 2
        for part in filter(None, (shard[:half], shard[half:])):
            try:
                yield from self._outcomes(part, self._submit(part))
            except _distributed().KilledWorker as death:
                if len(part) > 1:
                    yield from self._apart(part)
                else:
                    times = death.allowed_failures + 1
                    yield failed(part[0], "crash", f"{part[0].path}: {times} workers of the cluster died on it; the others went on")

    def _outcomes(self, shard: Shard, future: Any) -> tuple[Outcome, ...]:
        distributed = _distributed()
        try:
            answer: Answer = future.result()
        except (MinutesError, distributed.KilledWorker, distributed.CancelledError, _distributed(".comm").CommClosedError):
            raise
        except Exception as error:
            raise UsageError(f"the cluster could not do a task, {RETRIES + 1} times ({type(error).__name__}: {error}); {_AGAIN}") from error
        if answer.unseen is not None and os.path.lexists(answer.unseen):
            raise UsageError(
                f"worker {answer.worker} does not see {answer.unseen}: documents must be at the same path on all machines, "
                "or come as texts in a JSONL file"
            )
        return answer.result.outcomes


def _is_done(future: Any) -> bool:
    return future is None or bool(future.done())
