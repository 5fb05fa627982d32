"""What becomes of a document: `Extracted` with its record, or `Failed` with the reason."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from minutes_extract.records import MinutesRecord

Stage: TypeAlias = Literal["reading", "extract", "limit", "crash"]
"""Where a document failed: `reading` (its bytes give no text), `extract` (a fault in the rules or the program),
`limit` (it took too long or too much memory), `crash` (the worker process died)."""


COUNTED = ("officials", "organizations", "dates", "trademarks", "warnings")
"""Fields of a record whose entries a run counts."""


@dataclass(frozen=True)
class Extracted:
    """A document that was read. Small enough to cross a process: the record is kept as JSON and parsed when asked for.

    Attributes:
        doc_id: name of the document, unique within a run.
        path: as given, with forward slashes; None for bytes and standard input.
        json: the record as one line of JSON, the bytes that go into `records.jsonl`.
        text: the text as read, where the run was asked to keep it.
        sha256: of the bytes of the document.
        counts: how many entries each field in `COUNTED` has.
    """

    doc_id: str
    path: str | None
    json: str
    text: str | None = None
    sha256: str | None = None
    counts: tuple[int, ...] = ()

    ok = True

    @cached_property
    def record(self) -> MinutesRecord:
        """The validated record."""
        from minutes_extract.records import MinutesRecord

        return MinutesRecord.model_validate_json(self.json)


@dataclass(frozen=True)
class Failed:
    """A document that gave no record.

    Attributes:
        doc_id: name of the document, unique within a run.
        path: as given, with forward slashes.
        stage: where it failed, see `Stage`.
        reason: one sentence for people.
        sha256: of its bytes, None where they could not be read.
    """

    doc_id: str
    path: str | None
    stage: Stage
    reason: str
    sha256: str | None = None

    ok = False

    @property
    def json(self) -> str:
        """The line that goes into `failures.jsonl`.

        >>> Failed("bb_01", "in/bb_01.txt", "reading", "in/bb_01.txt: the file is empty").json
        '{"doc_id": "bb_01", "path": "in/bb_01.txt", "stage": "reading", "reason": "in/bb_01.txt: the file is empty", "sha256": null}'
        """
        fields = {"doc_id": self.doc_id, "path": self.path, "stage": self.stage, "reason": self.reason, "sha256": self.sha256}
        return json.dumps({name: None if value is None else writable(value) for name, value in fields.items()}, ensure_ascii=False)


Outcome: TypeAlias = Extracted | Failed


def writable(text: str) -> str:
    """`text` with what UTF-8 cannot hold spelt out; a file name comes out the same whatever the locale it was listed under.

    >>> writable("bi\\udcean b\\udce1\\udcba\\udca3n.txt")
    'bi\\\\xean bản.txt'
    """
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a surrogate that stands for no byte
        data = text.encode("utf-8", "backslashreplace")
    return data.decode("utf-8", "backslashreplace")
