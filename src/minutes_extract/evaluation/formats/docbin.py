"""spaCy DocBin (`gold.spacy`): the documents as `Doc`s, their mentions in `doc.spans`, a group for each label.

Tokens are those of `text.document.make_doc`. Groups may overlap and nest. spaCy has no span that begins or ends inside of a token: such
a mention stands in `doc.user_data["off_tokens"]` instead, with its own offsets, and that is told; no span is widened or moved.

`doc.user_data` holds:

| key | is |
|---|---|
| `doc_id` | the name of the document |
| `sha256` | that of the bytes of its text |
| `values` | `[[start, end, label, EDTF], ...]` |
| `off_tokens` | `[[start, end, label], ...]`: mentions that are not in `doc.spans` |

A DocBin is compressed msgpack, with numbers of NumPy in it. spaCy reads both without pickle, so a file runs no code. What is in it is
believed all the same only after a look: its unpacked size, token numbers and offsets are checked here.
"""

from __future__ import annotations

import gc
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minutes_extract.errors import GoldError
from minutes_extract.evaluation.formats.grounding import (
    AnnotatedText,
    Exported,
    Imported,
    Span,
    Texts,
    files_of,
    line_ends_restored,
    restored,
    settle,
    whole,
)
from minutes_extract.evaluation.gold import GoldMention

if TYPE_CHECKING:
    from spacy.tokens import Doc

LARGEST = 1 << 30
"""Bytes of a file once unpacked; a few kilobytes can unpack to any size."""


def to_files(documents: Sequence[AnnotatedText]) -> Exported:
    """One file with a `Doc` for each document, and a line for each mention that lies across token borders; nothing is lost.

    Example: `DocBin().from_disk("gold.spacy").get_docs(nlp.vocab)` gives the `Doc`s back.
    """
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    from minutes_extract.text.document import make_doc, make_spans

    vocab, notes = Vocab(), list[str]()
    packed = DocBin(attrs=["ORTH"], store_user_data=True)
    for document in documents:
        doc = make_doc(vocab, document.text)
        starts, ends = {token.idx for token in doc}, {token.idx + len(token) for token in doc}
        off = [one for one in document.mentions if one.start not in starts or one.end not in ends]
        fitting = [one for one in document.mentions if one not in off]
        for label in dict.fromkeys(one.label for one in fitting):
            doc.spans[label] = make_spans(doc, [(one.start, one.end, one.label) for one in fitting if one.label == label])
        doc.user_data.update(_user_data(document, off))
        packed.add(doc)
        notes += [f"{document.doc_id}: {_named(one)}: begins or ends inside of a token; in user_data, not in doc.spans" for one in off]
    return Exported({"gold.spacy": packed.to_bytes()}, tuple(notes))


def from_source(source: Path, texts: Texts) -> Imported:
    """The span groups of a `.spacy` file, or of all in a folder; a span without a label has that of its group.

    Raises:
        GoldError: not a DocBin, a span outside of its tokens, an unknown document or label, a quote that is nowhere.
    """
    mentions: dict[str, tuple[GoldMention, ...]] = {}
    notes: list[str] = []
    for file in files_of(source, ".spacy"):
        for number, doc in enumerate(_docs(file)):
            where = f"{file}: doc {number}"
            name = texts.name_of(doc.user_data.get("doc_id"), doc.text, where)
            if name in mentions:
                raise GoldError(f"{where}: a second doc for {name}; take one out")
            text = texts.text(name, where)
            mentions[name], moved = settle(text, _spans(doc, text, where))
            notes += [
                *moved,
                *([] if doc.text == text else [f"{where}: the text of {name} differs from that of the doc; its spans were laid on it"]),
            ]
    return Imported(mentions, tuple(notes))


def _user_data(document: AnnotatedText, off: Sequence[GoldMention]) -> dict[str, Any]:
    return {
        "doc_id": document.doc_id,
        "sha256": document.sha256,
        "values": [[one.start, one.end, one.label, one.value] for one in document.mentions if one.value is not None],
        "off_tokens": [[one.start, one.end, one.label] for one in off],
    }


def _named(mention: GoldMention) -> str:
    return f"{mention.start}..{mention.end} {mention.label} {mention.text!r}"


def _docs(file: Path) -> list[Doc]:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    try:
        content = file.read_bytes()
    except OSError as error:
        raise GoldError(f"{file}: cannot be read ({error.strerror})") from None
    try:
        unpacking = zlib.decompressobj()
        if len(unpacking.decompress(content, LARGEST)) == LARGEST:
            raise GoldError(f"{file}: unpacks to more than {LARGEST >> 20} MB; give several smaller files")
        return list(DocBin().from_bytes(content).get_docs(Vocab()))
    except GoldError:
        raise
    except Exception as error:
        # Broken bytes come out of spaCy as errors of every kind.
        raise GoldError(
            f"{file}: not a DocBin that spaCy can read ({type(error).__name__}: {error}); write it with DocBin.to_disk"
        ) from None
    finally:
        gc.enable()  # srsly leaves it off where the bytes are broken


def _spans(doc: Doc, text: str, where: str) -> Iterator[Span]:
    theirs = doc.text
    ends = line_ends_restored(theirs, text)
    values = _values(doc, where)
    for start, end, label, here in (*_on_tokens(doc, where), *_off_tokens(doc, where)):
        if not 0 <= start < end <= len(theirs):
            raise GoldError(f"{here} ({start}..{end} {label}): outside of the text (0..{len(theirs)}) or empty; annotate it anew")
        yield Span(here, restored(start, ends), restored(end, ends), label, theirs[start:end], values.get((start, end, label)))


def _on_tokens(doc: Doc, where: str) -> Iterator[tuple[int, int, str, str]]:
    for group, spans in doc.spans.items():
        for number in range(len(spans)):
            here = f"{where}, span {number} of {group!r}"
            try:
                span = spans[number]
                first, last, label = doc[span.start], doc[span.end - 1], span.label_
            except (IndexError, KeyError):  # spaCy reads the numbers without a look, and makes no span of wrong ones
                raise GoldError(f"{here}: outside of the tokens (0..{len(doc)}), or its label is none; annotate it anew") from None
            yield first.idx, last.idx + len(last), label or str(group), here


def _off_tokens(doc: Doc, where: str) -> Iterator[tuple[int, int, str, str]]:
    for number, (start, end, label) in enumerate(_rows(doc.user_data, "off_tokens", 3, where)):
        yield start, end, label, f"{where}, off_tokens {number}"


def _values(doc: Doc, where: str) -> dict[tuple[int, int, str], str]:
    rows = _rows(doc.user_data, "values", 4, where)
    return {(start, end, label): value for start, end, label, value in rows if isinstance(value, str)}


def _rows(data: Mapping[Any, Any], key: str, size: int, where: str) -> list[tuple[Any, ...]]:
    rows = data.get(key, ())
    if not isinstance(rows, (list, tuple)) or not all(isinstance(row, (list, tuple)) and len(row) == size for row in rows):
        raise GoldError(f"{where}: user_data[{key!r}] is not a list of rows of {size}; take it out, or write it as the export does")
    return [(whole(row[0], f"{where}, {key}"), whole(row[1], f"{where}, {key}"), str(row[2]), *row[3:]) for row in rows]
