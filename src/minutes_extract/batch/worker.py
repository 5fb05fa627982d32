"""One document after another in one process: a path goes in, `Extracted` or `Failed` comes out, nothing is raised.

What crosses a process is small and plain: a task is two texts, an answer holds JSON. A spaCy `Doc` never leaves.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from minutes_extract.batch.limits import OutOfTime, time_limit
from minutes_extract.batch.one import loaded
from minutes_extract.batch.outcome import Extracted, Failed, Outcome, Stage, writable
from minutes_extract.errors import MinutesError

if TYPE_CHECKING:
    from minutes_extract.reading import SourceText


class Task(NamedTuple):
    """A document to read: its name in this run, and its path as given."""

    doc_id: str
    path: str


class Settings(NamedTuple):
    """What holds for all documents of a run. `timeout` in seconds, None for no limit; `without`: parts left out (`parts.PARTS`)."""

    rules: Path | None = None
    keep_text: bool = False
    timeout: float | None = None
    without: frozenset[str] = frozenset()


def work(task: Task, settings: Settings) -> Outcome:
    """What becomes of one document. The models are loaded when the first readable document asks for them."""
    try:
        with time_limit(settings.timeout):
            return _extract(task, settings)
    except OutOfTime:
        return out_of_time(task, settings.timeout)
    except MinutesError as error:
        stage: Stage = "reading" if error.stage == "reading" else "extract"
        return Failed(task.doc_id, task.path, stage, str(error), file_sha256(task.path))
    except MemoryError:
        return Failed(task.doc_id, task.path, "limit", f"{task.path}: not enough memory for this document", file_sha256(task.path))
    except Exception as error:  # the edge of the batch: one document must not end the run
        reason = f"{task.path}: a fault of the program, please report it: {type(error).__name__}: {error}"
        return Failed(task.doc_id, task.path, "extract", reason, file_sha256(task.path))


def out_of_time(task: Task, timeout: float | None) -> Failed:
    """The failure of a document that took longer than `timeout` seconds."""
    reason = f"{task.path}: not done after {timeout:g} seconds; given up so that the others go on"
    return Failed(task.doc_id, task.path, "limit", reason, file_sha256(task.path))


def _extract(task: Task, settings: Settings) -> Extracted:
    from minutes_extract.assemble import extract_record

    source = read_named(task)
    record = extract_record(loaded(settings.rules, settings.without), source)
    return Extracted(task.doc_id, task.path, record.model_dump_json(), source.text if settings.keep_text else None)


def read_named(task: Task) -> SourceText:
    """The text of a document, under the name it has in this run and with a path that JSON can hold.

    Raises:
        ReadingError: it cannot be turned into text.
    """
    from dataclasses import replace

    from minutes_extract.reading import read

    return replace(read(task.path, doc_id=task.doc_id), path=writable(task.path))


def file_sha256(path: str | Path) -> str | None:
    """The hex SHA-256 of a file's bytes, None where it cannot be read or is no regular file (a pipe would never end)."""
    try:
        if not Path(path).is_file():
            return None
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


_settings = Settings()


def start(settings: Settings) -> None:
    """Prepare a worker process: remember the settings and load the models before the clock of the first document runs."""
    global _settings
    _settings = settings
    try:
        loaded(settings.rules, settings.without)
    except Exception:  # told for each document, where there is someone to tell
        return


def work_in_pool(task: Task) -> Outcome:
    """`work` in a worker process; the time limit is the pool's, which also ends what no signal reaches."""
    return work(task, _settings._replace(timeout=None))
