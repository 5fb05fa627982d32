"""The command line as users meet it: another process, its output, its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import minutes_extract

PACKAGES = str(Path(minutes_extract.__file__).parents[1])
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def variables(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a command: this very package, and nothing that asks for colours."""
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [PACKAGES, os.environ.get("PYTHONPATH")]))}


@pytest.fixture
def run(tmp_path: Path, variables: dict[str, str]) -> Run:
    """Run `minutes-extract` with these arguments in an empty folder."""

    def run(*arguments: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None, **options: Any) -> Any:
        command = [sys.executable, "-m", "minutes_extract", *map(str, arguments)]
        environment = {**variables, **(env or {})}
        return subprocess.run(command, input=stdin, capture_output=True, cwd=tmp_path, env=environment, check=False, timeout=300, **options)

    return run
