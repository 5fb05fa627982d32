"""What a figure was measured on: never the name of the machine, never a path."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import minutes_extract

PACKAGES = ("underthesea", "underthesea-core", "spacy", "pydantic", "rapidfuzz", "numpy", "pebble")


def facts() -> dict[str, Any]:
    """Processor, memory, system, and the versions of Python and of the packages that the time goes to."""
    from minutes_extract.rulebook.book import load_rulebook

    return {
        "cpu": _cpu_name(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": _system(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "minutes_extract": minutes_extract.__version__,
        "rules": load_rulebook(None).hash,
        "packages": {name: found for name in PACKAGES if (found := _version(name))},
    }


def load() -> float | None:
    """How many processes want a core, mean of the last minute: above the cores in use by the bench, the machine is busy."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def _cpu_name() -> str:
    info = Path("/proc/cpuinfo")
    named = re.search(r"^model name\s*:\s*(.+)$", info.read_text("utf-8"), re.MULTILINE) if info.is_file() else None
    return named[1].strip() if named else platform.processor() or platform.machine()


def _system() -> str:
    try:
        return f"{platform.system()} ({platform.freedesktop_os_release()['PRETTY_NAME']}), {platform.machine()}"
    except OSError:
        return f"{platform.system()} {platform.release()}, {platform.machine()}"


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
