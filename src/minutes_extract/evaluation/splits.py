"""Gold in two parts: `dev`, on which rules are written, and `test`, whose errors nobody looks at while writing them.

A split keeps together what is alike: the documents of one source and near duplicates of each other stand on one side. It is a file that
names each document with the SHA-256 of its text and of its gold, so that a score on `test` says on what it was reached.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError

from minutes_extract.batch.output import replace_bytes, told
from minutes_extract.errors import GoldError, OutputError, UsageError
from minutes_extract.evaluation.formats.grounding import Texts
from minutes_extract.evaluation.gold import TEXT_FOLDERS, GoldDocument, gold_files, text_at_hand
from minutes_extract.evaluation.gold_loading import load_gold, parsed_gold
from minutes_extract.evaluation.near_duplicates import clusters
from minutes_extract.evaluation.parting import names_for_test

BySource: TypeAlias = Literal["whole", "spread"]
PARTS = ("dev", "test", "all")
TEST, SEED, NEAR = 0.3, 20130901, 0.8


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SplitParameters(_Frozen):
    """How a split was made.

    Attributes:
        test: the share of documents asked for `test`.
        seed: another seed gives another split.
        near: the smallest likeness of near duplicates, from 0 to 1.
        by_source: `whole`: a source stands on one side; `spread`: each source gives its share to `test`.
    """

    test: float = Field(default=TEST, gt=0, lt=1)
    seed: int = SEED
    near: float = Field(default=NEAR, gt=0, le=1)
    by_source: BySource = "whole"


class SplitDocument(_Frozen):
    """A document of a split.

    Attributes:
        text, gold: the SHA-256 of the bytes of its text and of what its gold says (`gold_sha256`).
        source: as the gold names it.
        cluster: the first document of its cluster of near duplicates.
    """

    doc_id: str
    text: str
    gold: str
    source: str | None
    cluster: str


class Change(NamedTuple):
    """What is no longer as it was split: `kind` is `text`, `gold`, `new` or `gone`.

    >>> str(Change("d1", "gone", "test"))
    'd1 (test): its gold is gone'
    """

    doc_id: str
    kind: Literal["text", "gold", "new", "gone"]
    part: str

    def __str__(self) -> str:
        what = {"text": "its text was changed", "gold": "its gold was changed", "new": "is not in the split", "gone": "its gold is gone"}
        return f"{self.doc_id}{f' ({self.part})' if self.part else ''}: {what[self.kind]}"


class Split(_Frozen):
    """A frozen split; `sha256` is that of all the rest (`split_sha256`)."""

    parameters: SplitParameters
    dev: tuple[SplitDocument, ...]
    test: tuple[SplitDocument, ...]
    sha256: str
    _file: str = PrivateAttr(default="the split")

    def __str__(self) -> str:
        return ", ".join(f"{len(rows)} {name} ({_told(rows)})" for name, rows in (("dev", self.dev), ("test", self.test)))

    def part(self, documents: Iterable[GoldDocument], part: str) -> list[GoldDocument]:
        """Those of `documents` that are in `part`, in their order; documents that the split does not know are left out (`unknown`).

        Raises:
            GoldError: text or gold of a document was changed since, or a document of this part is missing.
            UsageError: no such part.
        """
        if part not in PARTS:
            raise UsageError(f"{part}: there is no such part; give one of {', '.join(PARTS)}")
        given = {document.doc_id: document for document in documents}
        wanted = {row.doc_id for row in self._rows(part)}
        broken = [one for one in self._changes({name: (d.sha256, gold_sha256(d)) for name, d in given.items()}) if one.kind != "new"]
        for change in broken:
            if change.kind != "gone" or change.doc_id in wanted:
                raise GoldError(
                    f"{self._file}: {change} since it was frozen; put {change.doc_id}.json and its text back, or make a new split "
                    "under another name"
                )
        return [document for name, document in given.items() if name in wanted]

    def unknown(self, documents: Iterable[GoldDocument]) -> list[str]:
        """The names of documents that are in no part, sorted: worth a remark, as `part` leaves them out."""
        known = {row.doc_id for row in self._rows("all")}
        return sorted(document.doc_id for document in documents if document.doc_id not in known)

    def is_blind(self, doc_id: str) -> bool:
        """True for a document of `test`: its errors are shown on demand only."""
        return any(row.doc_id == doc_id for row in self.test)

    def changes(self, folder: Path, texts: Path | None = None) -> list[Change]:
        """What has changed in a gold folder since, by document: `text`, `gold`, `new`, `gone`.

        Raises:
            GoldError: a gold file that cannot be read as such.
        """
        found = {}
        for file in gold_files(folder):
            document, text = parsed_gold(file), text_at_hand(file, texts)
            found[document.doc_id] = (document.sha256 if text is None else _file_sha256(text), gold_sha256(document))
        return self._changes(found)

    def _rows(self, part: str) -> tuple[SplitDocument, ...]:
        return {"dev": self.dev, "test": self.test, "all": (*self.dev, *self.test)}[part]

    def _changes(self, found: dict[str, tuple[str, str]]) -> list[Change]:
        changes = [Change(name, "new", "") for name in found.keys() - {row.doc_id for row in self._rows("all")}]
        for part in ("dev", "test"):
            for row in self._rows(part):
                if row.doc_id not in found:
                    changes.append(Change(row.doc_id, "gone", part))
                    continue
                text, gold = found[row.doc_id]
                changes += [Change(row.doc_id, "text", part)] if text != row.text else []
                changes += [Change(row.doc_id, "gold", part)] if gold != row.gold else []
        return sorted(changes)


def parameters_of(test: float, seed: int, near: float, by_source: str) -> SplitParameters:
    """The parameters, checked.

    Raises:
        UsageError: one is outside of its bounds; names it.
    """
    try:
        return SplitParameters.model_validate({"test": test, "seed": seed, "near": near, "by_source": by_source})
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"--{str(first['loc'][0]).replace('_', '-')} {first['input']}: {first['msg']}") from None


def make_split(folder: Path, parameters: SplitParameters, *, texts: Path | None = None) -> Split:
    """A split of the gold of a folder. Equal gold and parameters give an equal split, whatever the order of the files.

    With sources kept `whole`, those that near duplicates tie together count as one; where all documents are of one source (or none has
    one), clusters are spread.

    Raises:
        GoldError: broken gold, or a text that is missing.
        UsageError: the documents cannot be parted.
    """
    documents = sorted(load_gold(folder, texts=texts), key=lambda document: document.doc_id)
    known = Texts.of(*([texts] if texts is not None else [folder.absolute().parent / name for name in TEXT_FOLDERS]))
    cluster = clusters({one.doc_id: known.text(one.doc_id, f"{folder}: {one.doc_id}") for one in documents}, parameters.near)
    test = names_for_test(
        {one.doc_id: one.source or "" for one in documents},
        cluster,
        share=parameters.test,
        seed=parameters.seed,
        whole=parameters.by_source == "whole",
    )
    sides: dict[bool, list[SplitDocument]] = {True: [], False: []}
    for one in documents:
        row = SplitDocument(doc_id=one.doc_id, text=one.sha256, gold=gold_sha256(one), source=one.source, cluster=cluster[one.doc_id])
        sides[one.doc_id in test].append(row)
    split = Split(parameters=parameters, dev=tuple(sides[False]), test=tuple(sides[True]), sha256="")
    return split.model_copy(update={"sha256": split_sha256(split)})


def read_split(path: Path) -> Split:
    """The split of a file.

    Raises:
        GoldError: no such file, not a split, or one that was changed after it was frozen.
    """
    try:
        split = Split.model_validate_json(path.read_bytes())
    except OSError as error:
        raise GoldError(f"{path}: cannot be read ({error.strerror}); make it with: gold split GOLD_DIR -o {path.name}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise GoldError(f"{path}: not a split: {where}: {first['msg']}; make it with: gold split GOLD_DIR -o SPLIT.json") from None
    if split.sha256 != split_sha256(split):
        raise GoldError(f"{path}: changed after it was frozen (its sha256 does not hold); put the old file back, or make a new split")
    split._file = str(path)
    return split


def write_split(path: Path, split: Split) -> None:
    """Write the file of a split. One that stands there with other contents is not touched: a frozen split stays.

    Raises:
        OutputError: a file stands in the way, or `path` cannot be written.
    """
    content = f"{split.model_dump_json(indent=1)}\n".encode()
    if path.exists() and (not path.is_file() or path.read_bytes() != content):
        raise OutputError(f"{path}: another split stands there already; it is frozen, so give another name")
    with told(path):
        replace_bytes(path, content)


def split_sha256(split: Split) -> str:
    """The SHA-256 of a split without the field `sha256`, as JSON with sorted keys and no white space."""
    return _json_sha256(split.model_dump(mode="json", exclude={"sha256"}))


def gold_sha256(document: GoldDocument) -> str:
    """The SHA-256 of what a gold file says; how it is laid out in JSON, and fields left at their default, do not count.

    >>> one = GoldDocument(doc_id="d1", guidelines="1.1", sha256="0")
    >>> gold_sha256(one) == gold_sha256(one.model_copy(update={"neutral": ((0, 2),)}))
    False
    """
    return _json_sha256(document.model_dump(mode="json", exclude_defaults=True))


def _json_sha256(value: Any) -> str:
    content = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _file_sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise GoldError(f"{path}: cannot be read ({error.strerror}); make it readable") from None


def _told(rows: Sequence[SplitDocument]) -> str:
    sources, near = len({row.source for row in rows}), len({row.cluster for row in rows})
    return f"{sources} source{'s' if sources != 1 else ''}, {near} cluster{'s' if near != 1 else ''}"
