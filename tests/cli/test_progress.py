"""Progress: a plain line now and then where nobody watches a bar."""

from __future__ import annotations

import time

import pytest

from minutes_extract.batch.run import Progress
from minutes_extract.cli import screen
from minutes_extract.cli.progress import SECONDS_BETWEEN_LINES, Teller


def test_without_a_terminal_a_line_comes_every_few_seconds(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    screen.aside.cache_clear()
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    with Teller() as tell:
        for done in range(1, 13):
            now[0] += SECONDS_BETWEEN_LINES / 4
            tell(Progress(done, 12, failed=1, reused=0))
    assert capsys.readouterr().err.splitlines() == [f"{done} of 12 documents, 1 failed" for done in (4, 8)]
    screen.aside.cache_clear()
