"""CoNLL-2003 columns with IOB2 tags: `DOC_ID.conll`, one token a line, an empty line behind each line of the text.

Tokens are those of `text.page` (syllables, runs of digits, single other characters). The columns are the token, `-X-`, `_` and the tag.
One tag a token means: of overlapping mentions the longest wins. What is lost is told. The format has no place for date values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from minutes_extract.errors import GoldError
from minutes_extract.evaluation.formats.grounding import (
    AnnotatedText,
    Exported,
    Imported,
    Span,
    Texts,
    content_of,
    file_name,
    files_of,
    settle,
)
from minutes_extract.evaluation.gold import GoldMention
from minutes_extract.text.page import TOKEN

_START = "-DOCSTART-"


def to_files(documents: Sequence[AnnotatedText]) -> Exported:
    """One file a document, and a line for each mention and each group of values that has no place in it.

    Raises:
        GoldError: a document whose name cannot be a file name.
    """
    files: dict[str, str] = {}
    notes: list[str] = []
    for document in documents:
        tokens = [match.span() for match in TOKEN.finditer(document.text)]
        tags, losses = _tags(document, tokens)
        files[file_name(document.doc_id, ".conll")] = "".join(_lines(document.text, tokens, tags))
        notes += [f"{document.doc_id}: {loss}" for loss in losses]
    return Exported(files, tuple(notes))


def from_source(source: Path, texts: Texts) -> Imported:
    """The spans of a `.conll` or `.iob` file, or of all in a folder: first column the token, last column the tag.

    Other tokens than ours will do, as long as they are all of the text in its order. An `I-` that continues nothing begins a span
    (IOB1).

    Raises:
        GoldError: a token that is not next in the text, a tag that is none, an unknown label.
    """
    mentions: dict[str, tuple[GoldMention, ...]] = {}
    notes: list[str] = []
    for file in files_of(source, ".conll", ".iob"):
        if file.stem in mentions:
            raise GoldError(f"{file}: a second file for {file.stem}; take one out")
        text = texts.text(file.stem, str(file))
        mentions[file.stem], moved = settle(text, _spans(file, text))
        notes += moved
    return Imported(mentions, tuple(notes))


def _tags(document: AnnotatedText, tokens: Sequence[tuple[int, int]]) -> tuple[list[str], list[str]]:
    starts = {start: number for number, (start, _) in enumerate(tokens)}
    ends = {end: number for number, (_, end) in enumerate(tokens)}
    tags = ["O"] * len(tokens)
    losses: list[str] = []
    values = 0
    for mention in sorted(document.mentions, key=lambda one: (one.start - one.end, one.start, one.label)):
        what = f"{mention.start}..{mention.end} {mention.label} {mention.text!r}"
        first, last = starts.get(mention.start), ends.get(mention.end)
        if first is None or last is None:
            losses.append(f"{what}: begins or ends inside of a token; left out")
        elif any(tag != "O" for tag in tags[first : last + 1]):
            losses.append(f"{what}: overlaps a longer mention; left out")
        else:
            tags[first : last + 1] = [f"B-{mention.label}", *[f"I-{mention.label}"] * (last - first)]
            values += mention.value is not None
    if values:
        losses.append(f"{values} date values have no place in the format")
    return tags, losses


def _lines(text: str, tokens: Sequence[tuple[int, int]], tags: Sequence[str]) -> Iterator[str]:
    yield f"{_START} -X- O O\n\n"
    before = 0
    for (start, end), tag in zip(tokens, tags, strict=True):
        # A line end inside of a mention is no end of a sentence: readers would take its second half for another mention.
        if before and not tag.startswith("I-") and any(char in "\r\n" for char in text[before:start]):
            yield "\n"
        yield f"{text[start:end]} -X- _ {tag}\n"
        before = end


def _spans(file: Path, text: str) -> Iterator[Span]:
    at, run = 0, _Run()
    for number, line in enumerate(content_of(file).split("\n"), 1):
        columns = line.split()
        if columns[:1] == [_START]:
            continue
        where = f"{file}: line {number}"
        kind, _, label = (columns[-1] if columns else "O").partition("-")
        if kind not in ("B", "I", "O") or (kind != "O") != bool(label):
            raise GoldError(f"{where}: {columns[-1]!r} is no tag; the last column is O, B-LABEL or I-LABEL")
        if run.label and (kind != "I" or label != run.label):
            yield run.span(text)
            run = _Run()
        if not columns:
            continue
        start, at = _next(text, at, columns[0], where)
        if label:
            run = _Run(run.where or where, run.start if run.label else start, at, label)
    if run.label:
        yield run.span(text)


class _Run:
    """The mention that is being read."""

    def __init__(self, where: str = "", start: int = 0, end: int = 0, label: str = "") -> None:
        self.where, self.start, self.end, self.label = where, start, end, label

    def span(self, text: str) -> Span:
        return Span(self.where, self.start, self.end, self.label, text[self.start : self.end])


def _next(text: str, at: int, token: str, where: str) -> tuple[int, int]:
    start = at
    while start < len(text) and text[start].isspace():
        start += 1
    if not text.startswith(token, start):
        raise GoldError(
            f"{where}: token {token!r} is not next in the text, which goes on {text[start : start + 20]!r}; put the text's own tokens back"
        )
    return start, start + len(token)
