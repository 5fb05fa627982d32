"""How a run is going: a bar on a terminal, a plain line every few seconds elsewhere; both on standard error."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING

from minutes_extract.cli.screen import aside, note

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from minutes_extract.batch.run import Progress

SECONDS_BETWEEN_LINES = 5.0


class Teller:
    """Call it with each `Progress`; leaves the screen clean when the block ends."""

    def __init__(self) -> None:
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._told_at = time.monotonic()

    def __enter__(self) -> Teller:
        return self

    def __call__(self, progress: Progress) -> None:
        """Show how far the run is."""
        if aside().is_terminal:
            self._draw(progress)
        elif progress.done < progress.total and time.monotonic() - self._told_at >= SECONDS_BETWEEN_LINES:
            self._told_at = time.monotonic()
            note(f"{progress.done} of {progress.total} documents, {progress.failed} failed")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _draw(self, progress: Progress) -> None:
        if self._bar is None or self._task is None:
            self._bar = _bar()
            self._task = self._bar.add_task("documents", total=progress.total, failed="")
            self._bar.start()
        self._bar.update(self._task, completed=progress.done, failed=f"{progress.failed} failed" if progress.failed else "")


def _bar() -> Bar:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]}"),
    )
    # The streams are not redirected: a worker process forked meanwhile would inherit the bar's lock, held.
    return Progress(*columns, console=aside(), transient=True, redirect_stdout=False, redirect_stderr=False)
