"""`extract_many`: many documents, here or on worker processes, in the order they were given."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path
from typing import Any

from minutes_extract.batch.limits import TIMEOUT_SECONDS
from minutes_extract.batch.outcome import Failed, Outcome, writable
from minutes_extract.batch.worker import Settings, Task, file_sha256, out_of_time, start, work, work_in_pool
from minutes_extract.errors import UsageError
from minutes_extract.parts import left_out

AHEAD = 16
"""Documents handed to each worker process ahead of the one whose turn it is: bounds memory, keeps all busy."""


def extract_many(
    documents: str | Path | Iterable[str | Path],
    *,
    processes: int = 1,
    rules: str | Path | None = None,
    timeout: float | None = TIMEOUT_SECONDS,
    without: Iterable[str] = (),
) -> Iterator[Outcome]:
    """`Extracted` or `Failed` for each document, in the order of `documents`, whatever finishes first.

    Args:
        documents: paths and folders (a folder stands for the documents in it, sorted).
        processes: worker processes; 1 works in this one. A worker that is killed or hangs costs one document.
        rules: a folder laid over the built-in rules.
        timeout: seconds one document may take.
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
    tasks = find_tasks([documents] if isinstance(documents, (str, Path)) else list(documents))
    return outcomes(tasks, Settings(folder, timeout=timeout, without=parts), processes=processes)


def find_tasks(inputs: Iterable[str | Path], *, apart_from: Path | None = None) -> list[Task]:
    """The documents behind paths and folders, in order, each path once, each with a name of its own.

    Documents inside the folder `apart_from` (the texts that a former run wrote) are left out.

    The name is the file's name without its ending. Where two documents would share it, both keep the ending, and where that
    is not enough both carry their path: `a/bb_01.txt` and `b/bb_01.txt` are `a_bb_01.txt` and `b_bb_01.txt`.

    Raises:
        UsageError: a path is missing, or nothing is found.
    """
    from minutes_extract.reading.folders import find_documents

    found = find_documents(list(inputs))
    if apart_from is not None and apart_from.is_dir():
        found = [path for path in found if not path.resolve().is_relative_to(apart_from.resolve())]
        if not found:
            raise UsageError(f"{apart_from}: holds only what a former run wrote; give the documents themselves")
    paths = list(dict.fromkeys(as_given(path) for path in found))
    return [Task(doc_id, path) for doc_id, path in zip(name_documents(paths), paths, strict=True)]


def as_given(path: str | Path) -> str:
    """A path as it goes into a record: relative stays relative, forward slashes.

    >>> as_given(Path("data") / "raw" / "bb_01.txt")
    'data/raw/bb_01.txt'
    """
    return Path(path).as_posix()


def name_documents(paths: list[str]) -> list[str]:
    """One name for each path, all different, the same whatever the order.

    >>> name_documents(["a/bb_01.txt", "a/bb_02.txt", "a/bb_02.docx"])
    ['bb_01', 'bb_02.txt', 'bb_02.docx']
    """
    paths = [writable(path) for path in paths]
    names = [Path(path).stem for path in paths]
    for longer in (lambda path: Path(path).name, lambda path: path.strip("/").replace("/", "_"), lambda path: path):
        shared = _shared(names)
        if not shared:
            break
        names = [longer(path) if name in shared else name for name, path in zip(names, paths, strict=True)]
    return names


def _shared(names: list[str]) -> set[str]:
    seen: set[str] = set()
    return {name for name in names if name in seen or seen.add(name)}  # type: ignore[func-returns-value]


def outcomes(tasks: Iterable[Task], settings: Settings, *, processes: int = 1) -> Generator[Outcome]:
    """What becomes of each task, in order. Tasks are drawn as they are needed, so a stream of millions is fine.

    Raises:
        UsageError: `processes` is below 1, or this is itself a worker process.
    """
    if processes < 1:
        raise UsageError(f"processes is {processes}; it must be 1 or more")
    if processes == 1:
        return (work(task, settings) for task in tasks)
    if multiprocessing.parent_process() is not None:
        # Where processes are spawned, an unguarded script runs again in each worker and would start workers without end.
        raise UsageError('worker processes cannot start workers; in a script, put the call under `if __name__ == "__main__":`')
    return _on_workers(tasks, settings, processes)


def _on_workers(tasks: Iterable[Task], settings: Settings, processes: int) -> Generator[Outcome]:
    from pebble import ProcessPool

    with ProcessPool(max_workers=processes, initializer=start, initargs=(settings,)) as pool:
        waiting: deque[tuple[Task, Any]] = deque()
        try:
            for task in tasks:
                waiting.append((task, pool.schedule(work_in_pool, args=(task,), timeout=settings.timeout)))
                while waiting and (len(waiting) >= AHEAD * processes or waiting[0][1].done()):
                    yield _answer(*waiting.popleft(), settings)
            while waiting:
                yield _answer(*waiting.popleft(), settings)
        except BaseException:  # also Ctrl-C and a caller who stops iterating: do not wait for what nobody reads
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _answer(task: Task, future: Any, settings: Settings) -> Outcome:
    from pebble import ProcessExpired

    try:
        outcome: Outcome = future.result()
    except FutureTimeout:
        return out_of_time(task, settings.timeout)
    except ProcessExpired as death:
        reason = f"{task.path}: the worker process died on it (exit code {death.exitcode}); the others went on"
        return Failed(task.doc_id, task.path, "crash", reason, file_sha256(task.path))
    except Exception as error:
        reason = f"{task.path}: a fault of the program, please report it: {type(error).__name__}: {error}"
        return Failed(task.doc_id, task.path, "crash", reason, file_sha256(task.path))
    return outcome
