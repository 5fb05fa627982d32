"""Predictions in whatever form they come, as records by document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from minutes_extract.batch.outcome import Extracted, Failed
from minutes_extract.errors import UsageError
from minutes_extract.export.record_files import parsed_record, read_outcomes
from minutes_extract.records import MinutesRecord

Prediction: TypeAlias = MinutesRecord | Extracted | Failed
"""A record, or what `extract_many` gives."""


def records_by_document(predictions: Iterable[Prediction | str | Path]) -> dict[str, MinutesRecord]:
    """The records among `predictions` by the name of their document; a UsageError where there are two for one."""
    return gather(predictions)[0]


def gather(predictions: Iterable[Prediction | str | Path]) -> tuple[dict[str, MinutesRecord], set[str]]:
    """The records by document, and the names of the documents that failed.

    Raises:
        UsageError: a document is predicted twice, or a path holds no predictions.
    """
    records: dict[str, MinutesRecord] = {}
    failed: set[str] = set()
    for record in _records(predictions):
        if isinstance(record, Failed):
            failed.add(record.doc_id)
        elif record.doc_id in records:
            raise UsageError(f"{record.doc_id}: there are two predictions for this document; give one")
        else:
            records[record.doc_id] = record
    return records, failed


def _records(predictions: Iterable[Prediction | str | Path]) -> Iterable[MinutesRecord | Failed]:
    for prediction in predictions:
        if isinstance(prediction, (str, Path)):
            yield from read_records(Path(prediction))
        else:
            yield prediction.record if isinstance(prediction, Extracted) else prediction


def read_records(path: Path) -> Iterator[MinutesRecord | Failed]:
    """The records in a `.json` file, or what a run left: a `.jsonl` file, a shard, or a folder with its records and failures.

    Raises:
        UsageError: there is no such file, or a line is not a record; names file and line.
    """
    if path.suffix != ".json":
        yield from (found.outcome for found in read_outcomes(path))
        return
    try:
        yield parsed_record(f"{path}", path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: no predictions here ({error.strerror}); give a records.jsonl or the folder it is in") from None
