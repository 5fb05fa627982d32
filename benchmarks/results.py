"""Results as files: one JSON file a measure, always under the same name, whole or not there at all."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import corpus, machine
from benchmarks.sizes import Size

Result = dict[str, Any]


def envelope(size: Size, load_before: float | None, figures: dict[str, Any]) -> Result:
    """Figures with what is needed to judge them: how much was measured, when, on what, and how busy the machine was before."""
    return {
        "size": size.name,
        "measured": date.today().isoformat(),
        "machine": machine.facts(),
        "load_before": load_before,
        "corpus": corpus.facts(),
        "figures": figures,
    }


def store(folder: Path, name: str, result: Result) -> None:
    """Write `name`.json."""
    put(folder / f"{name}.json", json.dumps(result, ensure_ascii=False, indent=1) + "\n")


def stored(folder: Path, names: tuple[str, ...]) -> dict[str, Result]:
    """The results of a folder by name; a measure that was never made is missing."""
    files = {name: folder / f"{name}.json" for name in names}
    return {name: json.loads(file.read_text("utf-8")) for name, file in files.items() if file.is_file()}


def put(file: Path, text: str) -> None:
    """Write a file under another name, then give it its own."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    part.write_text(text, "utf-8")
    part.replace(file)
