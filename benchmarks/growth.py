"""Whole runs of the command over folders: one process and two, few documents and many; time, memory, size on disk.

The start of the processes weighs more in a short run. So a run over one document is measured too, and `steady_ms` is the time of a
document without it; only these are compared when it is asked whether the time of a document grows with their number.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.corpus import Corpus
from benchmarks.measure import Finished, program, ratios, spread, watch
from benchmarks.sizes import Size

PROCESSES = (1, 2)


def expected(size: Size, start: float, document: float) -> float:
    """See `speed.expected`."""
    few, *more = size.growth
    runs = 4 * size.growth_rounds + len(more)
    return runs * start + document * (1.6 * few * size.growth_rounds + 0.6 * sum(more)) + 0.002 * size.growth[-1]


def measure(size: Size, tell: Callable[[str], None]) -> dict[str, Any]:
    """Seconds, milliseconds a document, MB of parent and worker, MB written, for each number of documents and processes."""
    few, *more = size.growth
    with tempfile.TemporaryDirectory(prefix="minutes-bench-") as folder:
        place = Path(folder)
        tell(f"writing {size.growth[-1]} documents")
        parts = Corpus().write(place / "in", size.growth[-1], per_folder=few)
        one = next(parts[0].iterdir())
        runs = _Runs(place / "out", tell)
        for number in range(size.growth_rounds):
            for processes in PROCESSES if number % 2 == 0 else PROCESSES[::-1]:
                runs.run([one], 1, processes)
                runs.run(parts[:1], few, processes)
            if number < len(more):  # the long ones stand between the rounds, so that a machine that slows down is noticed
                runs.run(parts[: more[number] // few], more[number], PROCESSES[-1])
        for count in more[size.growth_rounds :]:
            runs.run(parts[: count // few], count, PROCESSES[-1])
        return {"runs": runs.rows(), "one_to_two_processes": ratios(runs.seconds(few, 1), runs.seconds(few, 2))}


class _Runs:
    def __init__(self, output: Path, tell: Callable[[str], None]) -> None:
        self.output = output
        self.tell = tell
        self.done: dict[tuple[int, int], list[Finished]] = {}
        self.written: dict[tuple[int, int], float] = {}
        self.read: dict[tuple[int, int], float] = {}

    def run(self, inputs: list[Path], count: int, processes: int) -> None:
        self.tell(f"{_some(count, 'document')}, {_some(processes, 'process', 'es')}")
        finished = watch(program("minutes_extract", "extract", *inputs, "-o", self.output, "--processes", processes))
        self.done.setdefault((count, processes), []).append(finished)
        self.written[count, processes] = _megabytes(self.output)
        self.read[count, processes] = sum(map(_megabytes, inputs))
        shutil.rmtree(self.output)

    def seconds(self, count: int, processes: int) -> list[float]:
        return [finished.seconds for finished in self.done[count, processes]]

    def rows(self) -> list[dict[str, Any]]:
        """One row for each number of processes and documents, in this order."""
        rows: list[dict[str, Any]] = []
        for count, processes in sorted(self.done, key=lambda key: key[::-1]):
            finished = self.done[count, processes]
            took = median(self.seconds(count, processes))
            start = median(self.seconds(1, processes))
            row: dict[str, Any] = {"documents": count, "processes": processes, "seconds": spread(self.seconds(count, processes))}
            row["cpu_seconds"] = round(median(one.cpu_seconds for one in finished), 2)
            row["ms_a_document"] = round(1000 * took / count, 3)
            row["steady_ms"] = round(1000 * (took - start) / (count - 1), 3) if count > 1 else None
            row["parent_mb"] = _largest([one.parent_mb for one in finished])
            row["worker_mb"] = _largest([one.worker_mb for one in finished])
            row["workers"] = max(one.workers for one in finished)
            row["read_mb"] = round(self.read[count, processes], 3)
            row["written_mb"] = round(self.written[count, processes], 3)
            rows.append(row)
        return rows


def _some(count: int, what: str, ending: str = "s") -> str:
    return f"{count} {what}{ending if count > 1 else ''}"


def _largest(peaks: list[float | None]) -> float | None:
    known = [peak for peak in peaks if peak is not None]
    return round(max(known), 1) if known else None


def _megabytes(path: Path) -> float:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6
