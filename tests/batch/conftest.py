"""A stub in place of the pipeline, so that the batch is tested and not the rules; and the command line with it, as users meet it."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import minutes_extract
from minutes_extract.batch.one import loaded

STUB = Path(__file__).with_name("stub_pipeline.py")
PACKAGES = str(Path(minutes_extract.__file__).parents[1])


def stub_pipeline() -> Any:
    """The module beside this one; tests are no package."""
    specification = importlib.util.spec_from_file_location("stub_pipeline", STUB)
    assert specification and specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Any]:
    """Start `minutes-extract` with the stub in an empty folder; what still runs at the end is killed."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str | Path) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [PACKAGES, os.environ.get("PYTHONPATH")]))}
        command = [sys.executable, STUB, *map(str, arguments)]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=environment))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def command(start: Any) -> Any:
    """Run it to its end: exit code, standard output, standard error."""

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        process = start(*arguments)
        told, complained = process.communicate(timeout=300)
        return process.returncode, told.decode(), complained.decode()

    return command


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The stub in place of the pipeline, also in worker processes (they are forked)."""
    one = stub_pipeline().Stub()
    for name, module in one.modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    loaded.cache_clear()
    yield one
    loaded.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four documents, one of them empty."""
    place = tmp_path / "in"
    place.mkdir()
    for name, text in (("bb_1", "Ngày 5/6\r\n"), ("bb_2", ""), ("bb_3", "Ngày 7/8 và 9/9"), ("bb_4", "Không có ngày")):
        (place / f"{name}.txt").write_bytes(text.encode())
    return place
