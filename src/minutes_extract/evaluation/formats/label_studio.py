"""Label Studio JSON (`tasks.json`): a list of tasks with `data.text` and, in `annotations` or `predictions`, the regions.

The tool runs in a browser: its offsets count UTF-16 code units, in which an emoji is two. They are converted both ways.
The EDTF value of a date is in the region's `meta.text`, the name of the document in `data.doc_id`.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from minutes_extract.errors import GoldError
from minutes_extract.evaluation.formats.grounding import (
    AnnotatedText,
    Exported,
    Imported,
    Span,
    Texts,
    content_of,
    files_of,
    line_ends_restored,
    restored,
    settle,
    utf16_offsets,
    whole,
)
from minutes_extract.evaluation.gold import GoldMention

_VALUE = "value="


def to_files(documents: Sequence[AnnotatedText]) -> Exported:
    """One file with a task for each document; nothing of the mentions is lost."""
    tasks = [
        {"data": {"doc_id": document.doc_id, "text": document.text}, "annotations": [{"result": _regions(document)}]}
        for document in documents
    ]
    return Exported({"tasks.json": json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"})


def from_source(source: Path, texts: Texts) -> Imported:
    """The regions of a JSON export, or of all in a folder. Annotations go before predictions; cancelled ones do not count.

    Raises:
        GoldError: not such JSON, two annotations of a task, an unknown document or label, a quote that is nowhere.
    """
    mentions: dict[str, tuple[GoldMention, ...]] = {}
    notes: list[str] = []
    for file in files_of(source, ".json"):
        for number, task in enumerate(_tasks(file)):
            where = f"{file}: task {number}"
            data = _field(task, "data", dict, where)
            theirs = _field(data, "text", str, where)
            name = texts.name_of(data.get("doc_id"), theirs, where)
            if name in mentions:
                raise GoldError(f"{where}: a second task for {name}; take one out")
            text = texts.text(name, where)
            regions = _chosen(task, where)
            spans = [span for at, region in enumerate(regions) for span in _spans(f"{where}, region {at}", region)]
            mentions[name], moved = settle(text, _in_code_points(spans, theirs, text))
            passed = sum(region.get("type") != "labels" for region in regions)
            notes += [*moved, *([f"{where}: {passed} results that are no labels passed over"] if passed else [])]
    return Imported(mentions, tuple(notes))


def _regions(document: AnnotatedText) -> list[dict[str, Any]]:
    units = utf16_offsets(document.text)
    return [
        {
            "id": f"m{number}",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {"start": units[one.start], "end": units[one.end], "text": one.text, "labels": [one.label]},
            **({"meta": {"text": [_VALUE + one.value]}} if one.value is not None else {}),
        }
        for number, one in enumerate(document.mentions, 1)
    ]


def _tasks(file: Path) -> list[dict[str, Any]]:
    try:
        tasks = json.loads(content_of(file))
    except (ValueError, RecursionError) as error:
        raise GoldError(f"{file}: not JSON: {error}") from None
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise GoldError(f"{file}: not a list of tasks; export from Label Studio as JSON")
    return tasks


def _field(value: dict[str, Any], name: str, kind: type, where: str) -> Any:
    if not isinstance(value.get(name), kind):
        raise GoldError(f"{where}: no {name!r} as Label Studio writes it; export as JSON, not as JSON-MIN")
    return value[name]


def _chosen(task: dict[str, Any], where: str) -> list[dict[str, Any]]:
    for kind in ("annotations", "predictions"):
        given = task.get(kind) or []
        if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
            raise GoldError(f"{where}: {kind!r} is not a list of objects; export from Label Studio as JSON")
        valid = [one for one in given if not one.get("was_cancelled")]
        if len(valid) > 1:
            raise GoldError(f"{where}: {len(valid)} {kind}; keep the one that is gold")
        if valid:
            regions = _field(valid[0], "result", list, where)
            if not all(isinstance(region, dict) for region in regions):
                raise GoldError(f"{where}: 'result' is not a list of objects; export from Label Studio as JSON")
            return list(regions)
    return []


def _spans(where: str, region: dict[str, Any]) -> Iterator[Span]:
    if region.get("type") != "labels":
        return
    value = _field(region, "value", dict, where)
    start, end = whole(value.get("start"), where), whole(value.get("end"), where)
    for label in _field(value, "labels", list, where):
        yield Span(where, start, end, str(label), _field(value, "text", str, where), _date_value(region))


def _date_value(region: dict[str, Any]) -> str | None:
    meta = region.get("meta")
    told = meta.get("text") if isinstance(meta, dict) else None
    notes = told if isinstance(told, list) else [told]
    return next((note.removeprefix(_VALUE) for note in notes if isinstance(note, str) and note.startswith(_VALUE)), None)


def _in_code_points(spans: Sequence[Span], theirs: str, text: str) -> Iterator[Span]:
    units, ends = utf16_offsets(theirs), line_ends_restored(theirs, text)
    for span in spans:
        start, end = (restored(max(bisect_right(units, offset) - 1, 0), ends) for offset in (span.start, span.end))
        yield span._replace(start=start, end=end)
