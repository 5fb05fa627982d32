"""`import minutes_extract` costs nothing and has the public names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import minutes_extract

HEAVY = ("spacy", "underthesea", "pydantic", "numpy", "yaml", "typer", "rich", "pebble")


def test_the_import_loads_nothing_heavy() -> None:
    code = f"import sys, minutes_extract; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(minutes_extract.__file__).parents[1]
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("name", minutes_extract.__all__)
def test_every_public_name_is_there(name: str) -> None:
    if name == "load":
        pytest.importorskip("spacy")
    assert getattr(minutes_extract, name) is not None
    assert name in dir(minutes_extract)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="extrakt"):
        minutes_extract.extrakt  # noqa: B018
