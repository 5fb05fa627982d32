"""What all tests share: where the data is, and one way to test that is the same each time."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
SHARED = ROOT.parent / "shared"

# The first document warms the segmenter up, so times say nothing; `HYPOTHESIS_PROFILE=search` looks for new cases.
settings.register_profile("same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def raw() -> Path:
    """`data/raw`: the documents."""
    return DATA / "raw"


@pytest.fixture(scope="session")
def gold() -> Path:
    """`data/gold`: what should be read from them."""
    return DATA / "gold"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of further measuring material beside the project; the test is skipped where there is none."""
    if not SHARED.is_dir():
        pytest.skip("the measuring material ../shared is not there; this test needs it")
    return SHARED


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline with the built-in rules, made once."""
    from minutes_extract.pipeline import load

    return load()
