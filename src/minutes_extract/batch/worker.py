"""One document after another in one process: a task goes in, `Extracted` or `Failed` comes out, nothing is raised.

What crosses a process is small and plain: a task is two or three texts, an answer holds JSON. A spaCy `Doc` never leaves.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from minutes_extract.batch.limits import OutOfTime, time_limit
from minutes_extract.batch.one import loaded
from minutes_extract.batch.outcome import COUNTED, Extracted, Failed, Outcome, Stage, writable
from minutes_extract.errors import MinutesError, ReadingError
from minutes_extract.reading import DEFAULT_MAX_BYTES

if TYPE_CHECKING:
    from minutes_extract.reading import SourceText


class Task(NamedTuple):
    """A document to read: its name in this run, its path as given; and its text where it is a line of a JSONL file.

    A `fault` says why there is nothing to read (a bad line); `sha256` is given where it is known already.
    """

    doc_id: str
    path: str
    text: str | None = None
    sha256: str | None = None
    fault: str | None = None


class Settings(NamedTuple):
    """What holds for all documents of a run. `timeout` in seconds, `memory` in megabytes a worker; None for no limit.

    `without`: parts left out (`parts.PARTS`).
    """

    rules: Path | None = None
    keep_text: bool = False
    timeout: float | None = None
    memory: int | None = None
    without: frozenset[str] = frozenset()


class ChangedMeanwhile(ReadingError):
    """A file became another one while it was read."""


def work(task: Task, settings: Settings) -> Outcome:
    """What becomes of one document. The models are loaded when the first readable document asks for them."""
    try:
        with time_limit(settings.timeout):
            return _extract(task, settings)
    except OutOfTime:
        return out_of_time(task, settings.timeout)
    except ChangedMeanwhile as error:
        return Failed(task.doc_id, task.path, "reading", str(error))
    except MinutesError as error:
        stage: Stage = "reading" if error.stage == "reading" else "extract"
        return failed(task, stage, str(error))
    except MemoryError:
        allowed = "" if settings.memory is None else f" (a worker may take {settings.memory} MB)"
        return failed(task, "limit", f"{task.path}: not enough memory for this document{allowed}; split it or raise --memory")
    except Exception as error:  # the edge of the batch: one document must not end the run
        return failed(task, "extract", f"{task.path}: a fault of the program, please report it: {type(error).__name__}: {error}")


def failed(task: Task, stage: Stage, reason: str) -> Failed:
    """The failure of a task, with the hash of its bytes."""
    return Failed(task.doc_id, task.path, stage, reason, task_sha256(task))


def out_of_time(task: Task, timeout: float | None) -> Failed:
    """The failure of a document that took longer than `timeout` seconds."""
    return failed(task, "limit", f"{task.path}: not done after {timeout or 0:g} seconds; given up so that the others go on")


def _extract(task: Task, settings: Settings) -> Extracted:
    from minutes_extract.assemble import extract_record

    source = read_named(task)
    record = extract_record(loaded(settings.rules, settings.without), source)
    counts = tuple(len(getattr(record, name)) for name in COUNTED)
    kept = source.text if settings.keep_text else None
    return Extracted(task.doc_id, task.path, record.model_dump_json(), kept, source.sha256, counts)


def read_named(task: Task) -> SourceText:
    """The text of a document, under the name it has in this run and with a path that JSON can hold.

    Raises:
        ReadingError: it cannot be turned into text, or the file changed meanwhile.
    """
    from dataclasses import replace

    from minutes_extract.reading import read, read_text

    if task.fault is not None:
        raise ReadingError(f"{task.path}: {task.fault}")
    if task.text is not None:
        source = read_text(task.text, doc_id=task.doc_id)
    else:
        before = _state(task.path)
        source = read(task.path, doc_id=task.doc_id)
        if _state(task.path) != before:
            raise ChangedMeanwhile(f"{task.path}: changed while it was read; run again")
    return replace(source, path=writable(task.path))


def _state(path: str) -> tuple[int, ...] | None:
    """What tells one state of a file from another; None where the reader will say what is wrong."""
    try:
        seen = os.stat(path)  # noqa: PTH116 - a path may hold what `Path` refuses
    except (OSError, ValueError):
        return None
    return seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns


def task_sha256(task: Task) -> str | None:
    """The hex SHA-256 of a document: of the text of a line, or of a file's bytes now."""
    return task.sha256 if task.sha256 is not None or task.fault is not None else file_sha256(task.path)


def file_sha256(path: str | Path) -> str | None:
    """The hex SHA-256 of a file's bytes, None where it cannot be read, is no regular file (a pipe would never end) or is too large."""
    try:
        if not Path(path).is_file() or Path(path).stat().st_size > DEFAULT_MAX_BYTES:
            return None
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
