"""A pipeline that costs nothing and misbehaves on demand, so that the batch is tested and not the rules."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from minutes_extract import __version__
from minutes_extract.batch.one import loaded
from minutes_extract.records import Mention, MinutesRecord, Source, Tool
from minutes_extract.rulebook.book import load_rulebook


class Stub:
    """What stands in for the models: `calls` are the documents it was given in this process."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def load(self, rules: Path | None = None, *, words: bool = True, spans: bool = True, without: frozenset[str] = frozenset()) -> Any:
        return SimpleNamespace(rules=rules)

    def extract_record(self, nlp: Any, source: Any) -> MinutesRecord:
        self.calls.append(source.doc_id)
        misbehave(source.text)
        mentions = tuple(
            Mention(
                id=f"m{number}",
                label="DATE",
                start=found.start(),
                end=found.end(),
                text=found.group(),
                zone="body",
                rule="stub",
                confidence="weak",
            )
            for number, found in enumerate(re.finditer(r"\d+/\d+", source.text), start=1)
        )
        return MinutesRecord(
            doc_id=source.doc_id,
            source=Source(
                path=source.path, media_type=source.media_type, encoding=source.encoding, sha256=source.sha256, chars=len(source.text)
            ),
            tool=Tool(version=__version__, ruleset=load_rulebook(nlp.rules).hash),
            published=None,
            meeting=None,
            mentions=mentions,
        )


def misbehave(text: str) -> None:
    """Do what the document says."""
    if "KILL" in text:
        os.kill(os.getpid(), 9)
    if "HANG" in text:
        time.sleep(60)
    if "FAULT" in text:
        raise ValueError("a fault")
    if "STOP" in text:
        raise KeyboardInterrupt


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    """The stub in place of the pipeline, also in worker processes (they are forked)."""
    one = Stub()
    for name, attribute in (("pipeline", "load"), ("assemble", "extract_record")):
        module = ModuleType(f"minutes_extract.{name}")
        setattr(module, attribute, getattr(one, attribute))
        monkeypatch.setitem(sys.modules, f"minutes_extract.{name}", module)
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
