"""Gold in and out of annotation tools: brat, CoNLL/IOB2, Label Studio, doccano, spaCy DocBin (`docs/gold-formats.md`).

A format is two functions: `to_files(documents) -> Exported` and `from_source(source, texts) -> Imported`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from minutes_extract.errors import GoldError, OutputError, UsageError
from minutes_extract.evaluation.formats import brat, docbin, doccano, iob, label_studio
from minutes_extract.evaluation.formats.grounding import AnnotatedText, Exported, Grounded, Imported, Texts, file_name, reground
from minutes_extract.evaluation.gold import TEXT_FOLDERS, GoldDocument, GoldMention
from minutes_extract.evaluation.gold_loading import load_document, load_gold

__all__ = ["FORMATS", "AnnotatedText", "Exported", "Format", "Grounded", "Imported", "Texts", "export_gold", "import_gold", "reground"]

GUIDELINES = "1.1"
"""The version of the guidelines written into new gold files."""


class Format(NamedTuple):
    """A format, both ways."""

    to_files: Callable[[Sequence[AnnotatedText]], Exported]
    from_source: Callable[[Path, Texts], Imported]


FORMATS: dict[str, Format] = {
    "brat": Format(brat.to_files, brat.from_source),
    "iob": Format(iob.to_files, iob.from_source),
    "label-studio": Format(label_studio.to_files, label_studio.from_source),
    "doccano": Format(doccano.to_files, doccano.from_source),
    "docbin": Format(docbin.to_files, docbin.from_source),
}


def export_gold(name: str, gold: Path, out: Path, *, texts: Path | None = None) -> Exported:
    """Write the gold of a folder to `out` in the format `name`. Files that stand there with other contents are not touched.

    Raises:
        GoldError: broken gold, or no text for it.
        OutputError: a file stands in the way, or `out` cannot be written.
        UsageError: no such format.
    """
    chosen = _format(name)
    folder = gold.parent if gold.is_file() else gold
    known = _texts_of(folder, texts)
    documents = [
        AnnotatedText(one.doc_id, known.text(one.doc_id, f"{gold}: {one.doc_id}"), one.mentions, one.sha256)
        for one in load_gold(gold, texts=texts)
    ]
    exported = chosen.to_files(documents)
    contents = {out / file: content.encode() if isinstance(content, str) else content for file, content in exported.files.items()}
    for path, content in contents.items():
        if path.exists() and (not path.is_file() or path.read_bytes() != content):
            raise OutputError(f"{path}: stands there already; give an empty folder")
    for path, content in contents.items():
        _write(path, content)
    return exported


def import_gold(name: str, source: Path, texts: Path, out: Path) -> Imported:
    """Write what a tool holds as gold to `out`: mentions are replaced, all else of gold that stands there is kept.

    Date values that the tool lost are taken from the gold that stands there, where span and label are the same.
    Nothing is written unless all documents are good.

    Raises:
        GoldError: broken files, or gold of another text in `out`.
        OutputError: `out` cannot be written.
        UsageError: no such format.
    """
    chosen = _format(name)
    if not source.exists():
        raise GoldError(f"{source}: there is no such file or folder; give what the tool wrote")
    known = Texts.of(texts)
    imported = chosen.from_source(source, known)
    contents = {out / file_name(doc_id, ".json"): _content(out, doc_id, known, found) for doc_id, found in imported.mentions.items()}
    dropped = [note for doc_id, found in imported.mentions.items() for note in _dropped(out, doc_id, found)]
    for path, content in contents.items():
        _write(path, content.encode())
    return imported._replace(notes=(*imported.notes, *dropped))


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise UsageError(f"{name}: there is no such format; the formats are {', '.join(FORMATS)}")
    return FORMATS[name]


def _texts_of(folder: Path, texts: Path | None) -> Texts:
    return Texts.of(*([texts] if texts is not None else [folder.absolute().parent / name for name in TEXT_FOLDERS]))


def _content(out: Path, doc_id: str, texts: Texts, found: Sequence[GoldMention]) -> str:
    path, file = out / file_name(doc_id, ".json"), texts.files[doc_id]
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    fields: dict[str, Any] = {"doc_id": doc_id, "guidelines": GUIDELINES, "sha256": sha256, "source": None, "mentions": [], "neutral": []}
    fields |= {"published": None, "meeting": None, "officials": [], "trademarks": []}
    values: dict[tuple[int, int, str], str | None] = {}
    if path.exists():
        old = load_document(path, texts=file.parent)
        values = {(one.start, one.end, one.label): one.value for one in old.mentions}
        fields = json.loads(path.read_bytes())
    fields["mentions"] = [_row(one, values.get((one.start, one.end, one.label))) for one in found]
    GoldDocument.model_validate(fields)
    return json.dumps(fields, ensure_ascii=False, indent=1) + "\n"


def _dropped(out: Path, doc_id: str, found: Sequence[GoldMention]) -> list[str]:
    path = out / file_name(doc_id, ".json")
    kept = {(one.start, one.end, one.label) for one in found}
    old = GoldDocument.model_validate_json(path.read_bytes()).mentions if path.exists() else ()
    gone = [one for one in old if (one.start, one.end, one.label) not in kept]
    return [f"{path}: {one.start}..{one.end} {one.label} {one.text!r}: not in the tool's files; taken out of the gold" for one in gone]


def _row(mention: GoldMention, known: str | None) -> dict[str, Any]:
    row = mention.model_dump(exclude={"value"})
    value = mention.value if mention.value is not None else known
    return row if value is None else {**row, "value": value}


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from None
