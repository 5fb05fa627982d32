"""Seconds of a call, seconds and peak memory of a command with its child processes, and how such figures are summed up."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, sleep
from typing import Any

ROOT = Path(__file__).parents[1]
LOOK_EVERY = 0.1
"""Seconds between two looks at a command: so exact are its seconds. No memory is missed, as the kernel keeps the peak itself."""


def seconds(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def both_clocks(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds that one call takes, and seconds of the processor: these do not grow when others use the machine too."""
    start, used = perf_counter(), process_time()
    work()
    return perf_counter() - start, process_time() - used


def spread(values: Sequence[float], digits: int = 4) -> dict[str, Any]:
    """Median, least and most of the figures of all rounds, and the figures.

    >>> spread([2.0, 1.0, 4.0])
    {'median': 2.0, 'min': 1.0, 'max': 4.0, 'rounds': [2.0, 1.0, 4.0]}
    """
    rounds = [round(value, digits) for value in values]
    return {"median": round(median(rounds), digits), "min": min(rounds), "max": max(rounds), "rounds": rounds}


def ratios(above: Sequence[float], below: Sequence[float]) -> dict[str, Any]:
    """The spread of above/below, round by round: what slows the machine in one round slows both."""
    return spread([a / b for a, b in zip(above, below, strict=True)])


def program(name: str, *arguments: object) -> list[str]:
    """The command that runs a module with this Python."""
    return [sys.executable, "-m", name, *map(str, arguments)]


def answer(command: Sequence[str], given: object = None) -> Any:
    """What a command prints as JSON, run in a fresh process that finds `given` as JSON on its standard input."""
    done = subprocess.run(command, cwd=ROOT, input=json.dumps(given), capture_output=True, text=True, check=False)  # noqa: S603
    return json.loads(_checked(command, done))


def _checked(command: Sequence[str], done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode:
        raise SystemExit(f"{' '.join(command[1:4])} ... ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout


@dataclass(frozen=True)
class Finished:
    """A command that has ended. Memory is the peak of one process in MB, None where the system does not tell (no /proc)."""

    seconds: float
    cpu_seconds: float
    parent_mb: float | None
    worker_mb: float | None  # of the largest child process
    workers: int


def watch(command: Sequence[str], *, look_every: float = LOOK_EVERY) -> Finished:
    """Run a command to its end and look at its memory, and at that of its child processes, all the while.

    Raises:
        SystemExit: the command failed; the message has what it said.
    """
    with tempfile.TemporaryFile("w+") as said:
        before, start = _cpu(), perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=said)  # noqa: S603
        parent: list[float] = []
        workers: dict[int, float] = {}
        while process.poll() is None:
            parent += _peak_mb(process.pid)
            for child in _children(process.pid):
                workers[child] = max([workers.get(child, 0.0), *_peak_mb(child)])
            sleep(look_every)
        took = perf_counter() - start
        said.seek(0)
        _checked(command, subprocess.CompletedProcess(command, process.returncode, "", said.read()))
    return Finished(took, _cpu() - before, max(parent, default=None), max(workers.values(), default=None), len(workers))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peak_mb(process: int) -> list[float]:
    """The peak of a process as the kernel keeps it; empty if it has gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii", "replace")
    except OSError:
        return []
    return [int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:")]


def _children(process: int) -> list[int]:
    """Child processes and theirs; each thread has a list of its own."""
    found: list[int] = []
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += map(int, listed.read_text("ascii").split())
        except OSError:
            continue
    return [*found, *(grandchild for child in found for grandchild in _children(child))]
