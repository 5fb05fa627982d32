"""How a run is going: a bar on a terminal, a plain line every few seconds elsewhere; both on standard error."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from minutes_extract.cli.screen import aside, note

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from minutes_extract.batch.run import Progress

SECONDS_BETWEEN_LINES = 5.0
T = TypeVar("T")


class Teller:
    """Call it with each `Progress`; leaves the screen clean when the block ends."""

    def __init__(self) -> None:
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._began = self._told_at = time.monotonic()

    def __enter__(self) -> Teller:
        return self

    def __call__(self, progress: Progress) -> None:
        """Show how far the run is. The clock of the rate starts at the first call, before the first document."""
        now = time.monotonic()
        if progress.done == 0:
            self._began = self._told_at = now
        if aside().is_terminal:
            self._draw(progress, now)
        elif progress.done < progress.total and now - self._told_at >= SECONDS_BETWEEN_LINES:
            self._told_at = now
            note(f"{progress.done} of {progress.total} documents, {progress.failed} failed{_pace(progress, now - self._began)}")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _draw(self, progress: Progress, now: float) -> None:
        if self._bar is None or self._task is None:
            self._bar = _bar()
            self._task = self._bar.add_task("documents", total=progress.total, told="")
            self._bar.start()
        told = f"{progress.failed} failed{_pace(progress, now - self._began)}"
        self._bar.update(self._task, completed=progress.done, told=told)


class DocumentsTold:
    """Call it with the number of documents done, where nobody knows how many there are: a line every few seconds."""

    def __init__(self) -> None:
        self._began = self._told_at = time.monotonic()

    def __call__(self, documents: int) -> None:
        """Tell it, if the last line is some seconds old."""
        now = time.monotonic()
        if now - self._told_at >= SECONDS_BETWEEN_LINES:
            self._told_at = now
            note(f"{documents} documents, {documents / (now - self._began):.1f} a second")

    def each(self, outcomes: Iterable[T]) -> Iterator[T]:
        """`outcomes`, told while they pass."""
        for number, outcome in enumerate(outcomes, start=1):
            self(number)
            yield outcome


def _pace(progress: Progress, seconds: float) -> str:
    """Documents a second and the time left, as far as can be told: reused documents take no time and tell nothing."""
    fresh = progress.done - progress.reused
    if fresh <= 0 or seconds <= 0:
        return ""
    rate = fresh / seconds
    return f", {rate:.1f} a second, {_clock((progress.total - progress.done) / rate)} left"


def _clock(seconds: float) -> str:
    """A duration for people.

    >>> _clock(75), _clock(2 * 3600 + 60)
    ('1:15', '2:01:00')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _bar() -> Bar:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.fields[told]}"))
    # The streams are not redirected: a worker process forked meanwhile would inherit the bar's lock, held.
    return Progress(*columns, console=aside(), transient=True, redirect_stdout=False, redirect_stderr=False)
