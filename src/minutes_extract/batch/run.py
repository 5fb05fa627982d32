"""A whole run: find the documents, use again what is known, extract the rest, write all in order, count."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from minutes_extract.batch.former import Former, Place, line_at
from minutes_extract.batch.limits import TIMEOUT_SECONDS
from minutes_extract.batch.many import find_tasks, outcomes
from minutes_extract.batch.outcome import Failed, Outcome
from minutes_extract.batch.output import FAILURES, RECORDS, TEXTS, OutputFolder
from minutes_extract.batch.worker import Settings, Task, read_named

COUNTED = ("officials", "organizations", "dates", "trademarks", "warnings")
"""Fields of a record whose entries a run counts."""


@dataclass(frozen=True)
class Summary:
    """What a run did. `documents` = `extracted` + `failed`; `reused` of them were taken from a former run.

    The other numbers are sums over the records; `failures` are the documents that gave none.
    """

    documents: int = 0
    extracted: int = 0
    failed: int = 0
    reused: int = 0
    officials: int = 0
    organizations: int = 0
    dates: int = 0
    trademarks: int = 0
    warnings: int = 0
    failures: tuple[Failed, ...] = ()

    def counts(self) -> dict[str, int]:
        """The numbers that belong to the result (not `reused`, which belongs to this run only)."""
        return {name: getattr(self, name) for name in ("documents", "extracted", "failed", *COUNTED)}


@dataclass(frozen=True)
class Progress:
    """How far a run is: `done` of `total` documents, `failed` and `reused` among them."""

    done: int
    total: int
    failed: int
    reused: int


def run(
    inputs: Iterable[str | Path],
    output: str | Path,
    *,
    rules: Path | None = None,
    processes: int = 1,
    keep_text: bool = False,
    timeout: float | None = TIMEOUT_SECONDS,
    tell: Callable[[Progress], None] = lambda _progress: None,
) -> Summary:
    """Extract `inputs` into the folder `output` (see `batch.output` for its files) and say what was done.

    A document whose path, bytes, rules and version are those of a former run is taken from there. `tell` is called before the
    first document and after each one.

    Raises:
        UsageError: a path is missing or there is no document.
        RuleError: the rules are broken.
        OutputError: the folder cannot be written.
    """
    from minutes_extract.rulebook.book import load_rulebook

    tool = tool_fields(load_rulebook(rules).hash)
    tasks = find_tasks(inputs, apart_from=Path(output) / TEXTS)
    folder = OutputFolder(Path(output))
    former = Former(folder.folder, tool)
    settings = Settings(rules, keep_text, timeout)
    inventory: list[dict[str, Any]] = []
    failures: list[Failed] = []
    tally = Counter(dict.fromkeys(("documents", "extracted", "failed", "reused", *COUNTED), 0))
    try:
        folder.open()
        tell(Progress(0, len(tasks), 0, 0))
        with closing(_steps(tasks, former, settings, processes)) as steps:
            for step in steps:
                _write(folder, step)
                fields = json.loads(step.line)
                _count(tally, step, fields)
                inventory.append(_inventory_entry(step, fields))
                if step.failure is not None:
                    failures.append(step.failure)
                tell(Progress(tally["documents"], len(tasks), tally["failed"], tally["reused"]))
        summary = Summary(**tally, failures=tuple(failures))
        folder.finish({"tool": tool, "counts": summary.counts(), "inputs": inventory})
    finally:
        folder.close()
    return summary


class _Step(NamedTuple):
    """One document of a run, done: its line, the failure if it is one, its text where that is kept."""

    task: Task
    line: bytes
    failure: Failed | None
    text: str | None
    reused: bool


def _steps(tasks: list[Task], former: Former, settings: Settings, processes: int) -> Generator[_Step]:
    known = {task: found for task in tasks if (found := former.find(task)) is not None}
    pending = [task for task in tasks if task not in known]
    with closing(outcomes(pending, settings, processes=min(processes, max(2, len(pending))))) as fresh:
        for task in tasks:
            found = known.get(task)
            yield _fresh_step(task, next(fresh)) if found is None else _known_step(task, found, settings)


def _fresh_step(task: Task, outcome: Outcome) -> _Step:
    line = f"{outcome.json}\n".encode()
    if isinstance(outcome, Failed):
        return _Step(task, line, outcome, None, reused=False)
    return _Step(task, line, None, outcome.text, reused=False)


def _known_step(task: Task, found: Place | Failed, settings: Settings) -> _Step:
    if isinstance(found, Failed):
        return _Step(task, f"{found.json}\n".encode(), found, None, reused=True)
    return _Step(task, line_at(found), None, read_named(task).text if settings.keep_text else None, reused=True)


def _write(folder: OutputFolder, step: _Step) -> None:
    folder.write(RECORDS if step.failure is None else FAILURES, step.line)
    if step.text is not None:
        folder.write_text(step.task.doc_id, step.text)


def _count(tally: Counter[str], step: _Step, fields: dict[str, Any]) -> None:
    tally["documents"] += 1
    tally["reused"] += step.reused
    if step.failure is not None:
        tally["failed"] += 1
        return
    tally["extracted"] += 1
    for name in COUNTED:
        tally[name] += len(fields[name])


def _inventory_entry(step: _Step, fields: dict[str, Any]) -> dict[str, Any]:
    entry = {"path": fields["path"] if step.failure else fields["source"]["path"], "doc_id": step.task.doc_id}
    if step.failure is not None:
        return {**entry, "sha256": step.failure.sha256, "outcome": "failed", "stage": step.failure.stage}
    return {**entry, "sha256": fields["source"]["sha256"], "outcome": "extracted"}


def tool_fields(ruleset: str) -> dict[str, str]:
    """The `tool` field of the records that this version makes with the rules of that hash."""
    from minutes_extract import __version__
    from minutes_extract.records import Tool

    return Tool(version=__version__, ruleset=ruleset).model_dump()
