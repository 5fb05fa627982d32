"""A pipeline that costs nothing and misbehaves on demand; run as a script, the command line with it in place.

Endings of files with a reader of their own there: `.kill`, `.loop`, `.stuck` (a loop that no signal reaches), `.grows`.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from minutes_extract import __version__
from minutes_extract.reading import registry
from minutes_extract.records import Mention, MinutesRecord, Source, Tool
from minutes_extract.rulebook.book import load_rulebook


class Stub:
    """What stands in for the models: `calls` are the documents it was given in this process."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def modules(self) -> dict[str, ModuleType]:
        """The modules of the package that the stub takes the place of."""
        found = {}
        for name, attribute in (("pipeline", "load"), ("assemble", "extract_record")):
            module = found[f"minutes_extract.{name}"] = ModuleType(f"minutes_extract.{name}")
            setattr(module, attribute, getattr(self, attribute))
        return found

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
    if "ABOVE" in text:
        os.kill(os.getppid(), 9)
        time.sleep(60)
    if "SLOW" in text:
        time.sleep(0.01)
    if "HANG" in text:
        time.sleep(60)
    if "FAULT" in text:
        raise ValueError("a fault")
    if "STOP" in text:
        raise KeyboardInterrupt


def read_kill(data: bytes, where: str) -> registry.Decoded:
    os.kill(os.getpid(), 9)
    raise AssertionError("still alive")


def read_loop(data: bytes, where: str) -> registry.Decoded:
    while True:
        pass


def read_stuck(data: bytes, where: str) -> registry.Decoded:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    while True:
        pass


def read_grows(data: bytes, where: str) -> registry.Decoded:
    with Path(where).open("ab") as file:
        file.write(b" ")
    return registry.Decoded(data.decode(), "utf-8")


def read_memory(data: bytes, where: str) -> registry.Decoded:
    return registry.Decoded("x" * int(data), "utf-8")


def register_readers() -> None:
    """Readers that misbehave; they reach worker processes by fork."""
    sys.modules["minutes_extract.reading.misbehaving"] = sys.modules[__name__]
    for name in ("kill", "loop", "stuck", "grows", "memory"):
        registry._FORMATS.append(registry.Format(f"text/{name}", (f".{name}",), f"misbehaving:read_{name}"))


if __name__ == "__main__":
    from minutes_extract.cli.main import main

    sys.modules.update(Stub().modules())
    register_readers()
    main()
