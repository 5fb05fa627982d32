"""Limits for one document: time in this process, memory of this worker process."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

TIMEOUT_SECONDS = 60.0
"""The time one document may take, unless the caller says otherwise."""


MEGABYTE = 1 << 20


class OutOfTime(BaseException):
    """The document took longer than its limit. Not an `Exception`, so that no handler on the way takes it for its own."""


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Raise `OutOfTime` in the block after `seconds` of wall-clock time.

    Works in the main thread where the system has interval timers (not on Windows); elsewhere it does nothing, and only the
    limit of the worker processes holds. The signal handler in force before is put back.
    """
    if seconds is None or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def limit_memory(megabytes: int | None) -> str | None:
    """Let this process take about `megabytes` of memory, all in all; what goes beyond is a `MemoryError`.

    Enforced on Linux (`RLIMIT_DATA`); elsewhere it does nothing. The system counts memory that is reserved, not only memory
    that is used, so what is reserved and unused now is added to the limit.

    Returns:
        Why the limit cannot hold, None if it can or there is none.
    """
    used = _memory_of_this_process()
    if megabytes is None or used is None:
        return None
    import resource

    resident, reserved = used
    if resident > megabytes * MEGABYTE:
        return f"a worker takes {resident // MEGABYTE} MB before the first document, more than the {megabytes} MB allowed; raise --memory"
    resource.setrlimit(resource.RLIMIT_DATA, (reserved - resident + megabytes * MEGABYTE,) * 2)
    return None


def _memory_of_this_process() -> tuple[int, int] | None:
    """Bytes used and bytes reserved, None where the system does not say."""
    try:
        fields = Path("/proc/self/statm").read_text("ascii").split()
    except OSError:
        return None
    page = os.sysconf("SC_PAGE_SIZE")
    return int(fields[1]) * page, max(int(fields[5]), int(fields[1])) * page
