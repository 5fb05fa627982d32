"""The commands doing their work: results, exit codes, locale, pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from minutes_extract import __version__
from minutes_extract.records import MinutesRecord, record_schema

POSIX = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
SAMPLE = "003_f37304a8cbdc6a2e"


def test_help_loads_neither_spacy_nor_underthesea(variables: dict[str, str]) -> None:
    code = (
        "import sys\n"
        "from minutes_extract.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit as end: print(end.code, [name for name in ('spacy', 'underthesea', 'pydantic') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8", env=variables)
    assert done.stdout.endswith("0 []\n")


@pytest.mark.parametrize("command", [[], ["extract"], ["evaluate"], ["explain"], ["schema"], ["rules"], ["rules", "check"]])
def test_every_command_has_help(command: list[str], run: Any) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0
    assert b"Usage: minutes-extract" in done.stdout


def test_version(run: Any) -> None:
    assert run("--version").stdout.decode() == f"minutes-extract {__version__}\n"


def test_schema_prints_the_schema(run: Any) -> None:
    assert json.loads(run("schema").stdout) == record_schema()


def test_rules_list_tells_table_id_examples_and_shape_of_every_rule(run: Any) -> None:
    rows = [line.split(maxsplit=5) for line in run("rules", "list", env=POSIX).stdout.decode().splitlines()]
    assert {"dates", "posts", "bodies", "weights"} <= {row[0] for row in rows}
    assert len(rows) > 500
    assert ["posts", "post.bo_truong"] in [row[:2] for row in rows]
    (row,) = [row for row in rows if row[1] == "post.bo_truong"]
    assert row[2:5] == ["1", "+", "1"]
    assert row[5] == "-  Bộ trưởng, Thứ trưởng [Thường trực]"


def test_rules_list_shows_one_table_or_two(run: Any) -> None:
    listed = run("rules", "list", "--table", "names", "--table", "weights").stdout.decode()
    tables = [line.split()[0] for line in listed.splitlines()]
    assert tables == sorted(tables)
    assert set(tables) == {"names", "weights"}
    assert b"\x1b" not in run("rules", "list", "--table", "names").stdout


def test_a_pipe_that_closes_early_is_quiet(variables: dict[str, str], tmp_path: Path) -> None:
    command = f"'{sys.executable}' -m minutes_extract rules list | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=tmp_path, check=True, env=variables)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def test_extract_writes_the_folder_and_reuses_it(raw: Path, run: Any, tmp_path: Path) -> None:
    inputs = sorted(raw.glob("*.txt"))[:2]
    first = run("extract", *inputs, "-o", "out")
    assert first.returncode == 0
    assert "documents" in first.stdout.decode()
    assert "reused" not in first.stdout.decode()
    assert b"\x1b" not in first.stdout
    before = (tmp_path / "out" / "records.jsonl").read_bytes()
    assert before.count(b"\n") == 2
    second = run("extract", *inputs, "-o", "out")
    assert "2 of 2 reused" in second.stdout.decode()
    assert (tmp_path / "out" / "records.jsonl").read_bytes() == before


def test_a_list_of_files_comes_from_standard_input_under_any_locale(raw: Path, run: Any, tmp_path: Path) -> None:
    (tmp_path / "biên bản 1.txt").write_bytes((raw / f"{SAMPLE}.txt").read_bytes())
    done = run("extract", "--files-from", "-", "--null", "-o", "out", stdin="biên bản 1.txt\0".encode(), env=POSIX)
    assert (done.returncode, done.stderr) == (0, b"")
    record = MinutesRecord.model_validate_json((tmp_path / "out" / "records.jsonl").read_bytes())
    assert (record.doc_id, record.source.path) == ("biên bản 1", "biên bản 1.txt")


def test_shards_and_jsonl_on_the_command_line(raw: Path, run: Any, tmp_path: Path) -> None:
    texts = [{"id": path.stem, "text": path.read_text("utf-8")} for path in sorted(raw.glob("*.txt"))[:3]]
    (tmp_path / "c.jsonl").write_text("".join(f"{json.dumps(text)}\n" for text in texts))
    done = run("extract", "*.jsonl", "-o", "out", "--shard-size", "2", "--compress", "gz", "--memory", "2000", "--timeout", "0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert {path.name for path in (tmp_path / "out").glob("records*")} == {"records-00000.jsonl.gz", "records-00001.jsonl.gz"}
    facts = json.loads((tmp_path / "out" / "run.json").read_bytes())
    assert (facts["documents"], facts["engine"], facts["processes"]) == (3, "local", 1)


def test_records_of_other_rules_are_kept_until_it_is_said_what_to_do(run: Any, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Bà Lê Thị Hòa, Phó Giám đốc Sở Nội vụ, phát biểu ngày 05/6/2023.", "utf-8")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "posts.yaml").write_text("remove: [post.giam_doc]\n")
    assert run("extract", "good.txt", "-o", "out").returncode == 0
    refused = run("extract", "good.txt", "-o", "out", "--rules", "rules")
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert "1 of 1 documents would be read again" in refused.stderr.decode()
    assert run("extract", "good.txt", "-o", "out", "--rules", "rules", "--stale").returncode == 0
    assert b"1 of 1 reused" in run("extract", "good.txt", "-o", "out", "--rules", "rules").stdout
    assert b"reused" not in run("extract", "good.txt", "-o", "out", "--rules", "rules", "--force").stdout


def test_processes_and_locale_change_no_byte(raw: Path, run: Any, tmp_path: Path) -> None:
    for name, options, env in (("one", [], {"LC_ALL": "C.UTF-8"}), ("two", ["--processes", "2"], POSIX)):
        assert run("extract", raw, "-o", name, "--text", *options, env=env).returncode == 0
    one, two = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*") if path.name != "run.json"}
        for name in ("one", "two")
    )
    assert len(one) == 4 + len(list(raw.glob("*.txt")))
    assert one == two


def test_some_failed_is_exit_code_3_and_the_others_are_there(raw: Path, run: Any, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, data in (("void", b""), ("white", b" \n\t"), ("half", "Bi\u00ea".encode()[:-1]), ("nul", b"a\x00b")):
        (tmp_path / "in" / f"{name}.txt").write_bytes(data)
    (tmp_path / "in" / "good.txt").write_bytes((raw / f"{SAMPLE}.txt").read_bytes())
    done = run("extract", "in", "-o", "out")
    assert done.returncode == 3
    assert "4 of 5 documents failed" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    failures = [json.loads(line) for line in (tmp_path / "out" / "failures.jsonl").read_bytes().splitlines()]
    assert [(failure["doc_id"], failure["stage"]) for failure in failures] == [
        ("half", "reading"), ("nul", "reading"), ("void", "reading"), ("white", "reading"),
    ]  # fmt: skip
    assert (tmp_path / "out" / "records.jsonl").read_bytes().count(b"\n") == 1


def test_all_failed_is_exit_code_3(run: Any, tmp_path: Path) -> None:
    (tmp_path / "void.txt").write_bytes(b"")
    done = run("extract", "void.txt", "-o", "out")
    assert done.returncode == 3
    assert "every document failed" in done.stderr.decode()


def test_standard_input_gives_one_record_unharmed_under_any_locale(raw: Path, run: Any) -> None:
    data = (raw / f"{SAMPLE}.txt").read_bytes()
    done = run("extract", "-", stdin=data, env=POSIX)
    assert (done.returncode, done.stderr) == (0, b"")
    record = MinutesRecord.model_validate_json(done.stdout)
    text = data.decode()
    assert done.stdout.count(b"\n") == 1
    assert all(text[mention.start : mention.end] == mention.text for mention in record.mentions)
    assert "Trần Hoài Phương".encode() in done.stdout


def test_evaluate_scores_a_folder_and_raw_documents_alike(raw: Path, gold: Path, run: Any) -> None:
    assert run("extract", raw, "-o", "out").returncode == 0
    done = run("evaluate", gold, "out")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "micro (strict)" in done.stdout.decode()
    assert run("evaluate", gold, "--raw", raw).stdout == done.stdout


def test_explain_tells_rules_and_people_under_any_locale(raw: Path, run: Any) -> None:
    done = run("explain", raw / f"{SAMPLE}.txt", env=POSIX)
    told = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    for heading in ("MENTIONS", "LOST", "PEOPLE", "MEETING", "WARNINGS"):
        assert f"\n{heading}" in told
    assert "Trần Hoài Phương" in told


def test_explain_one_person_or_say_who_is_there(raw: Path, run: Any) -> None:
    done = run("explain", raw / f"{SAMPLE}.txt", "--person", "hoài phương")
    assert "Trần Hoài Phương" in done.stdout.decode()
    assert "Nguyễn Văn Khánh" not in done.stdout.decode().split("\n")[0]
    wrong = run("explain", raw / f"{SAMPLE}.txt", "--person", "Nobody")
    assert (wrong.returncode, wrong.stdout) == (1, b"")
    assert "found: " in wrong.stderr.decode()


def test_the_rules_of_the_project_hold(run: Any) -> None:
    done = run("rules", "check")
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert "all hold" in done.stdout.decode()


OWN = """
entries:
  - id: post.dieu_phoi
    forms: [Điều phối trưởng]
    examples: ["Ông [Lê Minh Đạt](OFFICIAL), [Điều phối](TITLE) trưởng phát biểu"]
"""


@pytest.mark.parametrize("arguments", [["rules"], ["--rules", "rules"]])
def test_own_rules_are_checked_on_top_their_faults_first(arguments: list[str], run: Any, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "posts.yaml").write_text(OWN + "remove: [post.giam_doc]\n", "utf-8")
    done = run("rules", "check", *arguments, env=POSIX)
    lines = done.stderr.decode().splitlines()
    assert (done.returncode, done.stdout) == (1, b"")
    assert lines[0] == (
        "posts.yaml: entry post.dieu_phoi: example 1: expected that 'Điều phối' (TITLE) is found; "
        "found: 'Lê Minh Đạt' (OFFICIAL), 'Điều phối trưởng' (TITLE)"
    )
    assert "Giám đốc" in lines[1]
    assert lines[-2] == "warning: 1 rule without a near miss (`not`): posts: post.dieu_phoi"
    assert lines[-1].startswith("error: ")


def test_a_missing_near_miss_is_a_warning_and_no_error(run: Any, tmp_path: Path) -> None:
    (tmp_path / "posts.yaml").write_text(OWN.replace("[Điều phối](TITLE) trưởng", "[Điều phối trưởng](TITLE)"), "utf-8")
    done = run("rules", "check", "--rules", tmp_path, env=POSIX)
    assert (done.returncode, done.stderr.decode()) == (0, "warning: 1 rule without a near miss (`not`): posts: post.dieu_phoi\n")
    assert b"all hold" in done.stdout


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
@pytest.mark.parametrize("processes", ["1", "2"])
def test_ctrl_c_stops_cleanly_and_the_next_run_goes_on(
    processes: str, raw: Path, run: Any, variables: dict[str, str], tmp_path: Path
) -> None:
    import signal

    (tmp_path / "in").mkdir()
    text = (raw / f"{SAMPLE}.txt").read_bytes()
    for number in range(100):
        (tmp_path / "in" / f"bb_{number:03}.txt").write_bytes(text + b"%d" % number)
    command = [sys.executable, "-m", "minutes_extract", "extract", "in", "-o", "out", "--processes", processes]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}

    def heed_ctrl_c() -> None:  # tests started in the background of a shell would hand on that it is ignored
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    process = subprocess.Popen(  # type: ignore[call-overload]
        command, **pipes, cwd=tmp_path, env=variables, start_new_session=True, preexec_fn=heed_ctrl_c
    )
    part = tmp_path / "out" / "records.jsonl.part"
    deadline = time.monotonic() + 60
    while not (part.is_file() and part.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: parent and workers
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.decode().splitlines()[-1].startswith("error: stopped")
    assert b"Traceback" not in told
    done = run("extract", "in", "-o", "out")
    assert done.returncode == 0
    assert " of 100 reused" in done.stdout.decode()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "failures.jsonl", "inputs.jsonl", "manifest.json", "records.jsonl", "run.json",
    ]  # fmt: skip
