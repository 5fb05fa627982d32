"""The commands of whoever changes rules: why-not, rules stats, compare; as users run them."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import Any

import pytest

SAMPLE = "003_f37304a8cbdc6a2e"
POSIX = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}


@pytest.mark.parametrize("command", [["why-not"], ["compare"], ["rules", "stats"]])
def test_every_command_has_help(command: list[str], run: Any) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0
    assert b"Usage: minutes-extract" in done.stdout


def test_why_not_answers_under_any_locale(raw: Path, run: Any) -> None:
    done = run("why-not", raw / f"{SAMPLE}.txt", "Bình Thủy", "--label", "official", "--limit", "1", env=POSIX)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "OFFICIAL: not read" in done.stdout.decode()


def test_why_not_reads_standard_input(run: Any) -> None:
    done = run("why-not", "-", "Lý Thường Kiệt", stdin="Tuyến đường Lý Thường Kiệt đã xong.".encode())
    assert done.returncode == 0
    assert "'đường' before it says that it is no person" in done.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["Tran Hoai Phuong"], "it has 'Trần Hoài Phương'"), (["x", "--label", "PERSON"], "the labels are OFFICIAL, TITLE, ORGANIZATION")],
)
def test_why_not_says_what_is_wrong_in_one_line(arguments: list[str], message: str, raw: Path, run: Any) -> None:
    done = run("why-not", raw / f"{SAMPLE}.txt", *arguments)
    assert (done.returncode, done.stdout) == (1, b"")
    assert message in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_explain_shows_the_sum_of_each_mention_and_brief_does_not(raw: Path, run: Any) -> None:
    long, brief = (run("explain", raw / f"{SAMPLE}.txt", *options).stdout.decode() for options in ([], ["--brief"]))
    assert "person.addressed               +1.00  ++++" in long
    assert "or more is strong" in long
    assert "person.addressed" not in brief
    assert len(brief) < len(long)


def test_rules_stats_lists_hits_dead_rules_and_calibration(raw: Path, gold: Path, run: Any) -> None:
    done = run("rules", "stats", "--gold", gold)
    told = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert told.startswith("rule  ")
    for part in ("person.civil", "rules without a hit", "all strong", "ORGANIZATION   body.head"):
        assert part in told
    assert run("rules", "stats", "--gold", gold, "--raw", raw, "--processes", "2").stdout == done.stdout


def test_rules_stats_as_csv_and_without_gold(raw: Path, run: Any, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(raw / f"{SAMPLE}.txt", tmp_path / "in")
    rows = list(csv.DictReader(io.StringIO(run("rules", "stats", "--raw", "in", "--csv").stdout.decode())))
    assert {row["precision"] for row in rows} == {"n/a"}
    assert {"person.civil", "date.day"} <= {row["rule"] for row in rows}


def test_rules_stats_needs_to_know_what_to_read(gold: Path, run: Any, tmp_path: Path) -> None:
    assert "say what to read" in run("rules", "stats").stderr.decode()
    shutil.copytree(gold, tmp_path / "only" / "gold")
    alone = run("rules", "stats", "--gold", "only/gold")
    assert alone.returncode == 1
    assert "give the documents with --raw" in alone.stderr.decode()


@pytest.fixture
def without_secretaries(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "posts.yaml").write_text("remove: [post.chu_tich]\n", "utf-8")
    return folder


def test_compare_shows_what_a_change_loses_and_what_it_costs(raw: Path, gold: Path, run: Any, without_secretaries: Path) -> None:
    done = run("compare", "-", without_secretaries, raw, "--gold", gold, "--limit", "1")
    told = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert "A: built-in rules (sha256:" in told
    lost = next(line.split() for line in told.splitlines() if line.startswith("mentions only in A"))
    assert int(lost[4]) > 0
    assert "mentions only in A (1 of " in told
    title = next(line.split() for line in told.splitlines() if line.startswith("TITLE"))
    assert float(title[-1]) < 0
    swapped = run("compare", without_secretaries, "built-in", raw, "--limit", "0", "--processes", "2").stdout.decode()
    gained = next(line.split() for line in swapped.splitlines() if line.startswith("mentions only in B"))
    assert gained[4:] == lost[4:]


def test_compare_of_the_same_rules_finds_nothing(raw: Path, run: Any) -> None:
    done = run("compare", "-", "-", raw / f"{SAMPLE}.txt")
    assert done.returncode == 0
    assert "1 documents compared, 0 differ" in done.stdout.decode()


def test_compare_of_a_folder_that_is_not_there(raw: Path, run: Any) -> None:
    done = run("compare", "-", "nowhere", raw)
    assert done.returncode == 1
    assert "nowhere: the rules folder does not exist" in done.stderr.decode()
