"""A whole run: find the documents, use again what is known, extract the rest, write all in order, count."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from minutes_extract.batch.engines import runner_here
from minutes_extract.batch.former import Former, Place, described
from minutes_extract.batch.layout import FAILURES, INPUTS, TEXTS
from minutes_extract.batch.ledger import open_ledger
from minutes_extract.batch.options import Options
from minutes_extract.batch.outcome import COUNTED, Extracted, Failed, writable
from minutes_extract.batch.output import OutputFolder, told
from minutes_extract.batch.plan import Document, Listed, Plan, Texts
from minutes_extract.batch.run_facts import Clock
from minutes_extract.batch.shard import Shard
from minutes_extract.batch.worker import Settings, Task, read_named
from minutes_extract.errors import ReadingError, UsageError

FAILURES_TOLD = 20
SHARD_CHARACTERS = 1_000_000
"""Texts of JSONL files that are handed to a worker at once, at most."""


@dataclass(frozen=True)
class Summary:
    """What a run did. `documents` = `extracted` + `failed`; `reused` of them were taken from a former run.

    The other numbers are sums over the records; `failures` are the first documents that gave none.
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
    inputs: Iterable[str | Path | Listed],
    output: str | Path,
    options: Options | None = None,
    *,
    tell: Callable[[Progress], None] = lambda _progress: None,
) -> Summary:
    """Extract `inputs` into the folder `output` (see `batch.layout` for its files) and say what was done.

    A document whose path, bytes, rules and version are those of a former run is taken from there. `tell` is called before the
    first document and after each one. Memory does not grow with the number of documents.

    Raises:
        UsageError: a path is missing, there is no document, or the folder holds records of other rules or another version
            and `options` do not say what to do with them.
        RuleError: the rules are broken.
        OutputError: the folder cannot be written, or another run is writing to it.
    """
    from minutes_extract.rulebook.book import load_rulebook

    options = options or Options()
    tool = tool_fields(load_rulebook(options.rules).hash)
    if options.shard_size is not None and options.shard_size < 1:
        raise UsageError(f"the shard size is {options.shard_size}; it must be 1 or more")
    folder = OutputFolder(Path(output))
    try:
        with told(folder.folder), closing(open_ledger(folder.ledger)) as ledger, closing(Former(folder.folder, tool, ledger)) as former:
            plan = Plan(ledger)
            plan.add(inputs, apart_from=folder.folder / TEXTS)
            former.index()
            if not (options.stale or options.force):
                _refuse_stale(folder.folder, former, len(plan), tool)
            return _Run(folder, plan, former, options, tell).go(tool)
    finally:
        folder.release()


def _refuse_stale(folder: Path, former: Former, documents: int, tool: dict[str, str]) -> None:
    count, other = former.stale()
    if count:
        raise UsageError(
            f"{folder}: {count} of {documents} documents would be read again: their records are of {other}, and this is "
            f"{described(tool)}; --stale reads these again and keeps the rest, --force reads all again"
        )


class _Known(NamedTuple):
    """A document of a run, and what a former run knows of it: a record, a failure or nothing; its text where that is kept."""

    document: Document
    found: Place | Failed | None
    text: str | None = None


class _Done(NamedTuple):
    """A document of a run, done: what goes into the files."""

    document: Document
    line: bytes
    failure: Failed | None
    sha256: str | None
    counts: tuple[int, ...] = ()
    text: str | None = None
    place: Place | None = None
    reused: bool = False


class _Run:
    """One run on its way: what was done so far, and where it goes."""

    def __init__(self, folder: OutputFolder, plan: Plan, former: Former, options: Options, tell: Callable[[Progress], None]) -> None:
        self._folder = folder
        self._plan = plan
        self._former = former
        self._options = options
        self._tell = tell
        self._total = len(plan)
        self._runner = options.engine or runner_here(options.processes, self._total)
        self._tally = Counter(dict.fromkeys(("documents", "extracted", "failed", "reused", *COUNTED), 0))
        self._failures: list[Failed] = []

    def go(self, tool: dict[str, str]) -> Summary:
        """Do all documents and finish the folder."""
        options = self._options
        clock = Clock()
        self._folder.open(self._former, options.shard_size, options.compression)
        self._tell(Progress(0, self._total, 0, 0))
        with closing(self._documents()) as documents:
            for done in documents:
                self._write(done)
                self._count(done)
                self._tell(Progress(self._tally["documents"], self._total, self._tally["failed"], self._tally["reused"]))
        summary = Summary(**self._tally, failures=tuple(self._failures))
        facts = clock.facts(summary.documents, summary.reused, self._runner.name, options.processes)
        self._folder.finish({"tool": tool, "counts": summary.counts()}, facts)
        return summary

    def _documents(self) -> Generator[_Done]:
        """Each document, done, in order. Shards are drawn a few ahead; what is known of their documents waits with them."""
        options = self._options
        settings = Settings(options.rules, options.keep_text, options.timeout, options.memory)
        waiting: deque[list[_Known]] = deque()
        with closing(self._runner.engine(self._shards(waiting), settings)) as results:
            for result in results:
                fresh = iter(result.outcomes)
                for known in waiting.popleft():
                    yield self._reused(known) if known.found is not None else _fresh(known.document, next(fresh))

    def _shards(self, waiting: deque[list[_Known]]) -> Iterator[Shard]:
        texts = Texts()
        group: list[_Known] = []
        tasks: list[Task] = []
        for document in self._plan:
            known = self._known(document, texts)
            group.append(known)
            if known.found is None:
                tasks.append(texts.task(document))
            if len(group) == self._runner.documents or sum(len(task.text or "") for task in tasks) > SHARD_CHARACTERS:
                waiting.append(group)
                yield tuple(tasks)
                group, tasks = [], []
        if group:
            waiting.append(group)
            yield tuple(tasks)

    def _known(self, document: Document, texts: Texts) -> _Known:
        if self._options.force:
            return _Known(document, None)
        found = self._former.find(document, writable(document.path))
        if not self._options.keep_text or not isinstance(found, Place):
            return _Known(document, found)
        try:
            return _Known(document, found, read_named(texts.task(document)).text)
        except ReadingError:  # another file than a moment ago: let a worker tell what is wrong
            return _Known(document, None)

    def _reused(self, known: _Known) -> _Done:
        found = known.found
        if isinstance(found, Failed):
            return _Done(known.document, f"{found.json}\n".encode(), found, found.sha256, reused=True)
        assert found is not None  # noqa: S101 - asked by the caller
        # A record that stays where it is need not be read.
        return _Done(known.document, b"", None, found.sha256, found.counts, known.text, found, reused=True)

    def _write(self, done: _Done) -> None:
        if done.failure is not None:
            self._folder.write(FAILURES, done.line)
        shard = self._folder.records.add(done.place or (None if done.failure else done.line))
        entry: dict[str, Any] = {"path": writable(done.document.path), "doc_id": done.document.doc_id, "sha256": done.sha256}
        entry["outcome"] = "extracted" if done.failure is None else "failed"
        if done.failure is not None:
            entry["stage"] = done.failure.stage
        if shard is not None:
            entry["shard"] = shard
        self._folder.write(INPUTS, f"{json.dumps(entry, ensure_ascii=False)}\n".encode())
        if done.text is not None:
            self._folder.write_text(done.document.doc_id, done.text)

    def _count(self, done: _Done) -> None:
        self._tally["documents"] += 1
        self._tally["reused"] += done.reused
        if done.failure is not None:
            self._tally["failed"] += 1
            if len(self._failures) < FAILURES_TOLD:
                self._failures.append(done.failure)
            return
        self._tally["extracted"] += 1
        self._tally.update(dict(zip(COUNTED, done.counts, strict=True)))


def _fresh(document: Document, outcome: Extracted | Failed) -> _Done:
    line = f"{outcome.json}\n".encode()
    if isinstance(outcome, Failed):
        return _Done(document, line, outcome, outcome.sha256)
    return _Done(document, line, None, outcome.sha256, outcome.counts, outcome.text)


def tool_fields(ruleset: str) -> dict[str, str]:
    """The `tool` field of the records that this version makes with the rules of that hash."""
    from minutes_extract import __version__
    from minutes_extract.records import Tool

    return Tool(version=__version__, ruleset=ruleset).model_dump()
