"""A time limit for one document in this process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

TIMEOUT_SECONDS = 60.0
"""The time one document may take, unless the caller says otherwise."""


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
