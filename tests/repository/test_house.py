"""The house itself: one version everywhere, a lock without addresses, a README that names the two commands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import minutes_extract

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")


def test_the_version_is_the_same_everywhere() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert minutes_extract.__version__ == PROJECT["version"] == citation["version"]
    assert f"## [{PROJECT['version']}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_lock_holds_names_versions_and_hashes_only() -> None:
    line = re.compile(r"[a-z0-9][a-z0-9-]*==[0-9][\w.]*( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert not [text for text in LOCK.splitlines() if not line.fullmatch(text)]


def test_the_lock_names_no_address() -> None:
    assert not re.search(r"://|index|find-links|\bfile:|\.(org|com|net|io)\b|@", LOCK)


def test_the_lock_pins_every_dependency_and_no_torch() -> None:
    pinned = set(re.findall(r"^([a-z0-9-]+)==", LOCK, re.MULTILINE))
    wanted = {re.match(r"[a-z0-9-]+", name)[0] for name in PROJECT["dependencies"]}  # type: ignore[index]
    assert wanted <= pinned
    assert "hatchling" in pinned
    assert "torch" not in pinned


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_readme_names_the_two_commands(command: str) -> None:
    assert command in (ROOT / "README.md").read_text("utf-8")


def test_the_build_runs_lint_and_the_readmes_test_command() -> None:
    run = ROOT / ".ci" / "run"
    assert os.access(run, os.X_OK)
    assert "for step in lint test;" in run.read_text("utf-8")


@pytest.mark.parametrize("command", ["import minutes_extract", "from minutes_extract.cli.main import main; main(['--help'])"])
def test_start_up_loads_neither_spacy_nor_underthesea(command: str) -> None:
    program = f"import sys\ntry:\n    {command}\nexcept SystemExit:\n    pass\nprint(sorted({{'spacy', 'underthesea'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_rule_files_are_part_of_the_package() -> None:
    assert (ROOT / "src" / "minutes_extract" / "rulebook" / "data" / "dates.yaml").is_file()
    assert PROJECT["scripts"] == {"minutes-extract": "minutes_extract.cli.main:main"}
