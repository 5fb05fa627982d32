"""What `run.json` tells of one run: time, rate, machine. The only place with a clock; nothing of it is part of the results."""

from __future__ import annotations

import os
import platform
import time
from typing import Any


class Clock:
    """Started when a run starts."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def facts(self, documents: int, reused: int, engine: str, processes: int) -> dict[str, Any]:
        """The content of `run.json`."""
        seconds = time.monotonic() - self._began
        return {
            "seconds": round(seconds, 3),
            "documents": documents,
            "reused": reused,
            "documents_per_second": round((documents - reused) / seconds, 2) if seconds > 0 else None,
            "engine": engine,
            "processes": processes,
            **_memory(),
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.machine()}",
            "cores": os.cpu_count(),
        }


def _memory() -> dict[str, int]:
    """Peak memory in megabytes of this process, and of the largest of its workers that has ended."""
    try:
        import resource
    except ImportError:  # not on Windows
        return {}
    unit = 1 << 20 if platform.system() == "Darwin" else 1 << 10
    return {
        "parent_peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit,
        "worker_peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // unit,
    }
