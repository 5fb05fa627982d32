"""Progress: a plain line now and then where nobody watches a bar."""

from __future__ import annotations

import time

import pytest

from minutes_extract.batch.run import Progress
from minutes_extract.cli import screen
from minutes_extract.cli.progress import SECONDS_BETWEEN_LINES, DocumentsTold, Teller


def test_without_a_terminal_a_line_comes_every_few_seconds(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    screen.aside.cache_clear()
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    with Teller() as tell:
        tell(Progress(0, 12, failed=0, reused=0))
        for done in range(1, 13):
            now[0] += SECONDS_BETWEEN_LINES / 4
            tell(Progress(done, 12, failed=1, reused=0))
    assert capsys.readouterr().err.splitlines() == [
        "4 of 12 documents, 1 failed, 0.8 a second, 0:10 left",
        "8 of 12 documents, 1 failed, 0.8 a second, 0:05 left",
    ]
    screen.aside.cache_clear()


def test_documents_used_again_say_nothing_of_the_pace(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    screen.aside.cache_clear()
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    with Teller() as tell:
        tell(Progress(0, 20000, failed=0, reused=0))
        for done, reused in ((10, 10), (1010, 1000)):
            now[0] += SECONDS_BETWEEN_LINES
            tell(Progress(done, 20000, failed=0, reused=reused))
    assert capsys.readouterr().err.splitlines() == [
        "10 of 20000 documents, 0 failed",
        "1010 of 20000 documents, 0 failed, 1.0 a second, 5:16:30 left",
    ]
    screen.aside.cache_clear()


def test_where_the_number_is_not_known_the_documents_are_told_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.aside.cache_clear()
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    for _ in DocumentsTold().each(range(12)):
        now[0] += SECONDS_BETWEEN_LINES / 4
    assert capsys.readouterr().err.splitlines() == ["5 documents, 1.0 a second", "9 documents, 0.9 a second"]
    screen.aside.cache_clear()
