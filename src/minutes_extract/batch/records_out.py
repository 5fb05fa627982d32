"""The records of a run on their way to disk: in one file, or in shards of so many documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from minutes_extract.batch.former import Former, FormerFile, Place
from minutes_extract.batch.layout import NEW, RECORDS, shard_name
from minutes_extract.batch.streams import Compression, LineFile
from minutes_extract.reading.packed import ENDINGS


class RecordsOut(Protocol):
    """Takes the record of each document of a run, in order."""

    def add(self, record: bytes | Place | None) -> int | None:
        """Take a document: its record, the place of its former record, or None if it failed. Returns the number of its shard."""

    def finish(self) -> dict[str, dict[str, Any]]:
        """Give the files their names; each with its lines and its hash."""

    def close(self) -> None:
        """Close what is open and leave it for the next run."""


class OneFile:
    """All records in `records.jsonl`; what was written so far survives a killed run."""

    def __init__(self, folder: Path, former: Former) -> None:
        self._file = LineFile(folder / RECORDS)
        self._former = former

    def add(self, record: bytes | Place | None) -> int | None:
        """See `RecordsOut`."""
        if record is not None:
            self._file.write(self._former.line(record) if isinstance(record, Place) else record)
            self._file.flush()  # a killed run then loses one line at most
        return None

    def finish(self) -> dict[str, dict[str, Any]]:
        """See `RecordsOut`."""
        self._file.close()
        self._file.name_it()
        return {RECORDS: self._file.facts()}

    def close(self) -> None:
        """See `RecordsOut`."""
        self._file.close()


class Shards:
    """Records in shards of `documents` documents of the input (failed ones count); each is named when it is whole.

    A shard that would be what a former run left under its name is left alone. One that takes the place of another former
    shard waits under a name of its own until the run is complete, so that the former result stays whole until then.
    """

    def __init__(self, folder: Path, documents: int, compression: Compression, former: Former) -> None:
        self._folder = folder
        self._documents = documents
        self._compression = compression
        self._former = former
        self._number = -1
        self._added = documents  # the first document opens the first shard
        self._open: LineFile | None = None
        self._same: list[Place] = []  # the lines so far, as long as they are the first lines of the former shard
        self._facts: dict[str, dict[str, Any]] = {}
        self._waiting: list[Path] = []

    def add(self, record: bytes | Place | None) -> int | None:
        """See `RecordsOut`."""
        if self._added == self._documents:
            self._end_shard()
            self._number += 1
            self._added = 0
        self._added += 1
        if isinstance(record, Place):
            if self._open is None and self._continues(record):
                self._same.append(record)
            else:
                self._opened().write(self._former.line(record))
        elif record is not None:
            self._opened().write(record)
        return self._number

    def finish(self) -> dict[str, dict[str, Any]]:
        """See `RecordsOut`."""
        self._end_shard()
        for file in self._waiting:
            file.replace(file.with_name(file.name.removeprefix(NEW)))
        return self._facts

    def close(self) -> None:
        """See `RecordsOut`."""
        if self._open is not None:
            self._open.close()

    @property
    def _name(self) -> str:
        return shard_name(self._number, ENDINGS[self._compression])

    def _continues(self, place: Place) -> bool:
        end = self._same[-1].start + self._same[-1].size if self._same else 0
        return place.file == self._name and place.start == end

    def _opened(self) -> LineFile:
        """The shard being written; what was the same until now is copied into it line by line, as it would be in a fresh one."""
        if self._open is None:
            self._open = LineFile(self._folder / self._name, self._compression)
            for place in self._same:
                self._open.write(self._former.line(place))
            self._same = []
        return self._open

    def _end_shard(self) -> None:
        if self._number < 0:
            return
        known = self._former.file(self._name)
        if self._open is None and known is not None and self._covers(known):
            self._facts[self._name] = {"lines": known.lines, "sha256": known.sha256}
            self._same = []
            return
        shard = self._opened()
        shard.close()
        target = self._folder / self._name
        if target.exists():
            target = target.with_name(f"{NEW}{self._name}")
            self._waiting.append(target)
        shard.name_it(target)
        self._facts[self._name] = shard.facts()
        self._open = None

    def _covers(self, known: FormerFile) -> bool:
        """Whether the lines that are the same are all of the former shard."""
        end = self._same[-1].start + self._same[-1].size if self._same else 0
        return len(self._same) == known.lines and end == known.size
