"""The engine for many machines, on a real scheduler with worker processes on loopback."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import minutes_extract
from minutes_extract.batch.engines import Runner
from minutes_extract.batch.options import Options
from minutes_extract.batch.outcome import Failed
from minutes_extract.batch.run import run
from minutes_extract.batch.worker import Settings, Task
from minutes_extract.errors import UsageError

pytest.importorskip("distributed", reason="needs the extra `cluster`")
pytestmark = pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="looks at processes as Linux shows them")

from minutes_extract.batch import engine_dask  # noqa: E402
from minutes_extract.batch.dask_worker import Answer, Facts  # noqa: E402
from minutes_extract.batch.engine_dask import dask_runner  # noqa: E402

PACKAGES = str(Path(minutes_extract.__file__).parents[1])
STUB_EVERYWHERE = """
import sys
sys.path.insert(0, {tests!r})
import stub_pipeline
sys.modules.update(stub_pipeline.Stub().modules())
"""


@dataclass
class Cluster:
    """A scheduler and workers, each a process of its own, with the stub in all of them."""

    folder: Path
    environment: dict[str, str]
    address: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, part: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{part}", *arguments, "--host", "127.0.0.1", "--no-dashboard"]
        with (self.folder / f"{part}.log").open("ab") as log:
            self.processes.append(subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, env=self.environment))
        return self.processes[-1]

    def start_worker(self, *arguments: str) -> subprocess.Popen[bytes]:
        return self.start(
            "worker", self.address, "--nthreads", "1", "--memory-limit", "0", "--local-directory", str(self.folder), *arguments
        )


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and two workers under nannies, which start them again."""
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "sitecustomize.py").write_text(STUB_EVERYWHERE.format(tests=str(Path(__file__).parent)))
    paths = [str(folder), PACKAGES, *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    cluster = Cluster(folder, environment)
    try:
        cluster.start("scheduler", "--port", "0", "--scheduler-file", str(folder / "scheduler.json"))
        wait_until((folder / "scheduler.json").is_file)
        wait_until(lambda: (folder / "scheduler.json").stat().st_size > 0)
        time.sleep(0.1)
        cluster.address = json.loads((folder / "scheduler.json").read_bytes())["address"]
        for _ in range(2):
            cluster.start_worker("--nanny")
        yield cluster
    finally:
        for process in reversed(cluster.processes):  # a nanny takes its worker along
            process.terminate()
        for process in cluster.processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until(condition: Any, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def children(pid: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")")[-1].split()[0] == "Z"
    except OSError:
        return True


def write_documents(folder: Path, number: int, text: str = "Ngày {}/1") -> None:
    folder.mkdir()
    for index in range(number):
        (folder / f"bb_{index:05}.txt").write_text(text.format(index), "utf-8")


def results(folder: Path) -> dict[str, bytes]:
    """All files but the one that tells how this very run went."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "run.json"}


def something_done(out: Path) -> bool:
    return out.is_dir() and any(file.stat().st_size for file in out.glob("records*"))


@pytest.mark.slow
def test_a_dead_worker_costs_no_document_and_no_byte(cluster: Cluster, start: Any, command: Any, tmp_path: Path) -> None:
    write_documents(tmp_path / "in", 300, "SLOW {}/1")
    (tmp_path / "in" / "bb_00200.txt").write_bytes(b"")
    texts = [json.dumps({"id": f"line_{number}", "text": f"SLOW {number}/2"}) for number in range(60)]
    (tmp_path / "corpus.jsonl").write_text("\n".join(texts) + "\nno JSON\n", "utf-8")
    what = ["extract", "in", "corpus.jsonl"]
    assert command(*what, "-o", "here", "--processes", "2")[0] == 3
    third = cluster.start_worker("--no-nanny")
    process = start(*what, "-o", "out", "--engine", "dask", "--scheduler", cluster.address, "--task-size", "10")
    wait_until(lambda: something_done(tmp_path / "out") and len(children(third.pid)) > 1)
    time.sleep(0.5)
    its_own = children(third.pid)
    assert process.poll() is None
    third.kill()
    third.wait()
    assert process.wait(timeout=60) == 3
    assert results(tmp_path / "out") == results(tmp_path / "here")
    wait_until(lambda: all(is_gone(pid) for pid in its_own))
    assert json.loads((tmp_path / "out" / "run.json").read_bytes())["engine"] == "dask"


@pytest.mark.slow
def test_documents_that_kill_or_hang_their_process_fail_alone_and_in_the_same_words(cluster: Cluster, command: Any, tmp_path: Path) -> None:
    write_documents(tmp_path / "in", 60)
    (tmp_path / "in" / "bb_00007.txt").write_text("KILL")
    (tmp_path / "in" / "bb_00031.txt").write_text("HANG")
    limits = ["--timeout", "1"]
    assert command("extract", "in", "-o", "here", *limits)[0] == 3
    assert command("extract", "in", "-o", "out", *limits, "--engine", "dask", "--scheduler", cluster.address)[0] == 3
    assert results(tmp_path / "out") == results(tmp_path / "here")
    failures = [json.loads(line) for line in (tmp_path / "out" / "failures.jsonl").read_bytes().splitlines()]
    assert [(failure["doc_id"], failure["stage"]) for failure in failures] == [("bb_00007", "crash"), ("bb_00031", "limit")]


@pytest.mark.slow
def test_a_document_that_kills_worker_after_worker_fails_alone(cluster: Cluster, command: Any, tmp_path: Path) -> None:
    write_documents(tmp_path / "in", 6)
    (tmp_path / "in" / "bb_00005.txt").write_text("ABOVE")
    assert command("extract", "in", "-o", "out", "--engine", "dask", "--scheduler", cluster.address, "--task-size", "2")[0] == 3
    (failure,) = [json.loads(line) for line in (tmp_path / "out" / "failures.jsonl").read_bytes().splitlines()]
    assert (failure["doc_id"], failure["stage"]) == ("bb_00005", "crash")
    assert failure["reason"] == "in/bb_00005.txt: 2 workers of the cluster died on it; the others went on"
    assert len((tmp_path / "out" / "records.jsonl").read_bytes().splitlines()) == 5


@pytest.mark.slow
@pytest.mark.parametrize(("end", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130)])
def test_stopped_and_run_again_the_bytes_are_those_of_an_undisturbed_run(
    end: signal.Signals, code: int, cluster: Cluster, start: Any, command: Any, tmp_path: Path
) -> None:
    write_documents(tmp_path / "in", 240, "SLOW {}/1")
    shards = ["extract", "in", "--shard-size", "50"]
    on_cluster = [*shards, "-o", "out", "--engine", "dask", "--scheduler", cluster.address, "--task-size", "20"]
    process = start(*on_cluster)
    wait_until((tmp_path / "out" / "records-00000.jsonl.zst").exists)
    process.send_signal(end)
    assert process.wait(timeout=30) == code
    told = command(*on_cluster)[1]
    assert "of 240 reused from the former run" in told
    assert command(*shards, "-o", "here", "--processes", "2")[0] == 0
    assert results(tmp_path / "out") == results(tmp_path / "here")


def test_a_worker_that_would_give_other_bytes_is_refused(
    cluster: Cluster, stub: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_documents(tmp_path / "in", 3)
    monkeypatch.setattr(minutes_extract, "__version__", "9.9.9")
    with pytest.raises(UsageError, match=r"worker tcp://127\.0\.0\.1:\d+ has minutes-extract \d+\.\d+\.\d+, this machine 9\.9\.9"):
        run([tmp_path / "in"], tmp_path / "out", Options(engine=dask_runner(cluster.address)))


@pytest.mark.slow
def test_a_cluster_in_this_process_gives_what_the_local_engine_gives(tmp_path: Path, root: Path) -> None:
    program = [sys.executable, "-m", "minutes_extract", "extract", "data/raw", "--processes", "2", "-o"]
    environment = {**os.environ, "PYTHONPATH": PACKAGES}
    subprocess.run([*program, tmp_path / "here"], check=True, cwd=root, env=environment, capture_output=True)
    cluster = [*program, tmp_path / "out", "--engine", "dask", "--task-size", "4"]
    subprocess.run(cluster, check=True, cwd=root, env=environment, capture_output=True)
    assert results(tmp_path / "out") == results(tmp_path / "here")


def test_a_cluster_in_this_process_is_open_to_nobody_else() -> None:
    psutil = pytest.importorskip("psutil")
    before = {socket.laddr for socket in psutil.Process().net_connections() if socket.status == "LISTEN"}
    with engine_dask._client(None, 2) as (_, address):
        assert address.startswith("inproc://")
        after = {socket.laddr for socket in psutil.Process().net_connections() if socket.status == "LISTEN"}
    assert {address.ip for address in after - before} <= {"127.0.0.1"}


def test_an_address_where_no_scheduler_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_documents(tmp_path / "in", 1)
    monkeypatch.setattr(engine_dask, "CONNECT_SECONDS", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(UsageError, match=f"{address}: no Dask scheduler can be reached there"):
            run([tmp_path / "in"], tmp_path / "out", Options(engine=dask_runner(address)))
    with pytest.raises(UsageError, match="nonsense: not the address of a scheduler"):
        dask_runner("nonsense")


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"needs the extra: pip install 'minutes-extract\[cluster\]'"):
        dask_runner()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--scheduler", "tcp://127.0.0.1:8786"], "add --engine dask"),
        (["--task-size", "5"], "add --engine dask"),
        (["--engine", "dask", "--scheduler", "tcp://127.0.0.1:8786", "--processes", "4"], "leave out --processes"),
    ],
)
def test_options_that_do_not_go_together(options: list[str], message: str, command: Any, folder: Path) -> None:
    code, _, complained = command("extract", folder, "-o", "out", *options)
    assert (code, message in complained) == (1, True)


def cluster_of(answers: list[Any]) -> engine_dask._Cluster:
    """A cluster whose tasks end as `answers` say, one after the other."""
    futures = [SimpleNamespace(result=answer, done=lambda: True) for answer in answers]
    client = SimpleNamespace(submit=lambda *_, **__: futures.pop(0), nthreads=lambda: {"a": 1})
    return engine_dask._Cluster(client, Settings(), Facts("0", "0", "0", "0"))


def test_a_document_that_only_this_machine_sees_ends_the_run(tmp_path: Path) -> None:
    write_documents(tmp_path / "in", 1)
    path = str(tmp_path / "in" / "bb_00000.txt")
    failure = Failed("bb_00000", path, "reading", "there is no such file")
    answer = Answer(SimpleNamespace(outcomes=(failure,)), "tcp://10.0.0.7:1", unseen=path)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=r"worker tcp://10\.0\.0\.7:1 does not see .*must be at the same path on all machines"):
        list(cluster_of([lambda: answer]).results([(Task("bb_00000", path),)]))
    gone = Answer(SimpleNamespace(outcomes=(failure,)), "tcp://10.0.0.7:1", unseen=f"{path}x")  # type: ignore[arg-type]
    (result,) = cluster_of([lambda: gone]).results([(Task("bb_00000", f"{path}x"),)])
    assert result.outcomes == (failure,)


def test_a_task_that_ends_in_an_error_ends_the_run_and_says_how_to_go_on() -> None:
    def broken() -> None:
        raise ZeroDivisionError("a fault")

    with pytest.raises(UsageError, match=r"ZeroDivisionError: a fault.*run the same command again"):
        list(cluster_of([broken]).results([(Task("bb", "bb.txt"),)]))


def test_a_runner_takes_so_many_documents_at_once() -> None:
    assert isinstance(dask_runner(documents=7), Runner)
    assert dask_runner(documents=7).documents == 7
    with pytest.raises(UsageError, match="1 or more"):
        dask_runner(documents=0)
