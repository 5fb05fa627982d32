"""What the documentation says is true: its Python runs, its links lead somewhere, its tables are those of the code."""

from __future__ import annotations

import json
import re
import typing
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from minutes_extract import extract, records
from minutes_extract.cli.main import app

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "data" / "README.md", ROOT / "benchmarks" / "README.md"])
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
MODELS = records.Model.__subclasses__()

pages = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())


@pytest.mark.parametrize("page", [page for page in PAGES if PYTHON.search(page.read_text("utf-8"))], ids=lambda path: path.name)
def test_the_python_of_a_page_runs_from_top_to_bottom(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = page.read_text("utf-8")
    names: dict[str, object] = {"__name__": "docs"}
    for block in PYTHON.finditer(text):
        # Empty lines before the block make a traceback name the line of the page.
        code = "\n" * text.count("\n", 0, block.start(1)) + block[1]
        exec(compile(code, str(page), "exec"), names)  # noqa: S102


def test_the_excerpt_in_the_readme_is_part_of_the_real_record() -> None:
    excerpt = re.search(r"<!-- excerpt -->\n```json\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert excerpt
    shown = json.loads(excerpt[1])
    real = json.loads(extract(ROOT / "data" / "raw" / f"{shown['doc_id']}.txt").model_dump_json())
    assert _missing(shown, real) == []


def _missing(shown: object, real: object, where: str = "record") -> list[str]:
    """What of `shown` does not stand in `real`: a mapping may leave out fields, a list members."""
    if isinstance(shown, dict) and isinstance(real, dict):
        return [line for key, value in shown.items() for line in _missing(value, real.get(key), f"{where}.{key}")]
    if isinstance(shown, list) and isinstance(real, list):
        return [f"{where}: {value}" for value in shown if all(_missing(value, member) for member in real)]
    return [] if shown == real else [f"{where}: {shown!r} is {real!r}"]


@pages
def test_links_lead_somewhere(page: Path) -> None:
    text = CODE.sub("", page.read_text("utf-8"))
    broken = [link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link) and not _target_exists(page, link)]
    assert not broken


def _target_exists(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path) if path else page
    if not target.exists():
        return False
    headings = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE) if anchor else []
    return not anchor or anchor in {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


@pages
def test_make_targets_named_on_a_page_exist(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE))
    assert {name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)} == set()


@pages
def test_commands_and_options_named_on_a_page_exist(page: Path) -> None:
    lines = re.findall(r"(?:`|^)(?:\.venv/bin/)?minutes-extract ([a-z][^`\n]*)", page.read_text("utf-8"), re.MULTILINE)
    assert [line for line in lines if not _is_command(line.split())] == []


def _is_command(words: list[str]) -> bool:
    command: Any = get_command(app)
    while words and hasattr(command, "commands"):
        command = command.commands.get(words.pop(0))
    known = {option for parameter in command.params for option in parameter.opts} if command else set()
    return command is not None and {word for word in words if word.startswith("-") and word != "-"} <= known


def _described(page: str, heading: str) -> list[str]:
    section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert section, f"docs/record.md has no section {heading}"
    rows = re.findall(r"^\| (`.+?`(?:, `.+?`)*) \|", section[1], re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`(\w+)`", row)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_field_of_the_record_is_described_in_order(model: type[records.Model]) -> None:
    page = (ROOT / "docs" / "record.md").read_text("utf-8")
    assert _described(page, model.__name__) == list(model.model_fields)


@pytest.mark.parametrize(
    "values", [records.Role, records.Status, records.MeetingKind, records.DateRole, records.MarkKind, records.PartOfDay, records.Label]
)
def test_each_value_of_a_closed_field_is_described(values: object) -> None:
    page = (ROOT / "docs" / "record.md").read_text("utf-8")
    assert [value for value in typing.get_args(values) if f"`{value}`" not in page] == []


def test_the_order_of_imports_is_that_of_the_page_on_the_house() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    told = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    layers = re.search(r"^layers = \[\n(.*?)^\]", (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert layers
    assert told == re.findall(r"\w+", layers[1])[::-1]
