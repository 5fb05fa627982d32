"""The benchmarks work and say what they should; nothing here depends on how fast this machine is."""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from minutes_extract import extract

ROOT = Path(__file__).parents[2]
MEASURES = ("startup", "speed", "stages", "growth", "scoring")
SPREAD = {"median", "min", "max", "rounds"}


@pytest.fixture(scope="module")
def rooms() -> Iterator[dict[str, ModuleType]]:
    """The modules of the benchmarks, which are no part of the package."""
    sys.path.insert(0, str(ROOT))
    yield {name: import_module(f"benchmarks.{name}") for name in ("corpus", "results", "stages", "tables")}
    sys.path.remove(str(ROOT))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a run of the smallest size wrote its results and its page."""
    folder = tmp_path_factory.mktemp("bench")
    command = [sys.executable, "-m", "benchmarks", "--size", "tiny", "--results", folder, "--docs", folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "left in all" in done.stderr
    assert "| whole pipeline / `word_tokenize` " in done.stdout
    return folder


def figures(folder: Path, name: str) -> dict[str, object]:
    return dict(json.loads((folder / f"{name}.json").read_text("utf-8"))["figures"])


@pytest.mark.slow
@pytest.mark.parametrize("name", MEASURES)
def test_a_result_says_what_it_was_measured_on_and_not_where(written: Path, name: str) -> None:
    text = (written / f"{name}.json").read_text("utf-8")
    result = json.loads(text)
    assert {"size", "measured", "machine", "load_before", "corpus", "figures"} == set(result)
    assert result["size"] == "tiny"
    assert {"cpu", "cores", "memory_gb", "system", "python", "minutes_extract", "rules", "packages"} == set(result["machine"])
    assert "underthesea" in result["machine"]["packages"]
    assert not re.search(rf"\b{re.escape(platform.node())}\b|/tmp|/home|/root|{re.escape(str(ROOT))}", text)


@pytest.mark.slow
def test_speed_has_both_sides_and_their_ratio(written: Path) -> None:
    speed = figures(written, "speed")
    for name in (
        "pipeline_ms",
        "word_tokenize_ms",
        "ner_ms",
        "pipeline_to_word_tokenize",
        "ner_to_pipeline",
        "ner_in_one_call_to_pipeline",
    ):
        assert set(speed[name]) == SPREAD  # type: ignore[call-overload]


@pytest.mark.slow
def test_stages_are_those_of_the_pipeline_and_add_up(written: Path) -> None:
    from minutes_extract.pipeline import STAGES

    stages = figures(written, "stages")["stages"]
    assert isinstance(stages, dict)
    inner = [name.removeprefix("minutes_") for name, _ in STAGES[1:]]
    assert list(stages) == ["reading", "Doc", "segmentation", "layout", *inner, "assemble", "JSON"]
    assert sum(stage["share"] for stage in stages.values()) == pytest.approx(1, abs=0.01)


@pytest.mark.slow
def test_growth_has_a_row_for_each_run(written: Path) -> None:
    growth = figures(written, "growth")
    runs = growth["runs"]
    assert isinstance(runs, list)
    assert [(run["processes"], run["documents"]) for run in runs] == [(1, 1), (1, 2), (2, 1), (2, 2), (2, 4)]
    assert all(run["written_mb"] > 0 and run["cpu_seconds"] > 0 for run in runs)
    if Path("/proc/self/status").exists():
        assert all(run["parent_mb"] > 0 for run in runs)
        assert all(run["worker_mb"] > 0 for run in runs)
    assert set(growth["one_to_two_processes"]) == SPREAD  # type: ignore[call-overload]


@pytest.mark.slow
def test_startup_has_help_first_record_and_warm_call(written: Path) -> None:
    assert list(figures(written, "startup")) == ["python_s", "help_s", "first_record_s", "warm_ms"]


@pytest.mark.slow
def test_the_page_of_a_quick_look_says_that_it_is_one(written: Path) -> None:
    page = (written / "performance.md").read_text("utf-8")
    assert "A quick look (SIZE=tiny)" in page
    assert not re.search(r"<!-- bench: \w+ -->\n<!-- /bench -->", page)


@pytest.mark.slow
def test_plots_are_pictures_that_need_nothing_else(written: Path) -> None:
    for name in ("speed", "stages", "growth"):
        text = (written / f"performance-{name}.svg").read_text("utf-8")
        assert ElementTree.fromstring(text).tag.endswith("svg")  # noqa: S314
        assert "prefers-color-scheme:dark" in text
        assert not re.search(r"<script|href|@import|url\(", text)


def test_the_page_and_its_plots_are_those_of_the_stored_results(rooms: dict[str, ModuleType]) -> None:
    known = rooms["results"].stored(ROOT / "benchmarks" / "results", MEASURES)
    page = (ROOT / "docs" / "performance.md").read_text("utf-8")
    assert set(known) == set(MEASURES)
    assert rooms["tables"].page(page, known) == page, "renew it: python -m benchmarks --tables"
    for name, picture in rooms["tables"].pictures(known).items():
        assert (ROOT / "docs" / name).read_text("utf-8") == picture


def test_a_document_is_the_same_each_time_and_no_other(rooms: dict[str, ModuleType]) -> None:
    texts = list(rooms["corpus"].Corpus().documents(range(20)))
    assert texts == list(rooms["corpus"].Corpus().documents(range(20)))
    assert len(set(texts)) == len(texts)
    assert all(2500 < len(text) < 5500 and not re.search("[{}\ue000-\uf8ff]", text) for text in texts)


def test_documents_bring_something_new(rooms: dict[str, ModuleType]) -> None:
    new = rooms["corpus"].facts()["new_in_second_half"]
    assert new["lines"] > 0.6
    assert new["pairs"] > 0.2
    assert new["triples"] > 0.35


def test_nothing_is_new_in_what_was_seen_before(rooms: dict[str, ModuleType]) -> None:
    corpus = rooms["corpus"]
    assert corpus.novelty(["Bà Tạ Thị Duyên dự họp."], ["Bà Tạ Thị Duyên dự họp."]) == corpus.Novelty(0, 0, 0, 0)
    assert corpus.novelty(["Bà Tạ dự."], ["Bà Tạ họp."]).syllables == 0.25


def test_the_stages_together_make_the_record(rooms: dict[str, ModuleType]) -> None:
    stages = rooms["stages"]
    text = rooms["corpus"].Corpus().document(7)
    assert stages.in_stages(text, stages.Clock()) == extract(text=text)


def test_an_unknown_measure_is_refused_with_the_known_ones() -> None:
    done = subprocess.run([sys.executable, "-m", "benchmarks", "--only", "colour"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "colour: not measured here; take some of startup, speed, stages, growth, scoring" in done.stderr
