"""Loads gold, and stops at the first fault; `gold_faults.faults` tells all of them."""

from __future__ import annotations

from pathlib import Path

from minutes_extract.errors import GoldError
from minutes_extract.evaluation.gold import GoldDocument, gold_files, text_at_hand
from minutes_extract.evaluation.gold_faults import document_faults, read_gold


def load_gold(folder: str | Path, *, texts: str | Path | None = None) -> list[GoldDocument]:
    """The gold documents of a folder of `*.json` files (or of one such file), sorted by file name.

    Where the text of a document is at hand (`DOC_ID.txt` in `texts`, else in a folder `raw` or `text` beside `folder`), its
    SHA-256 and every quote are checked against it.

    Raises:
        GoldError: a fault in a file; names the file, the span and how to mend it.

    Example:
        `load_gold("data/gold")[0].officials[0].name`
    """
    return [load_document(file, texts=texts) for file in gold_files(Path(folder))]


def load_document(file: Path, *, texts: str | Path | None = None) -> GoldDocument:
    """The gold document of one file, checked as in `load_gold`.

    Raises:
        GoldError: names the file, the span and how to mend it.
    """
    document = parsed_gold(file)
    path = text_at_hand(file, texts)
    for fault in document_faults(file, document, path):
        raise GoldError(str(fault))
    return document.beside(path)


def parsed_gold(file: Path) -> GoldDocument:
    """The gold document of one file, without a look at its text.

    Raises:
        GoldError: it cannot be read, or is not gold; names the file, the field and how to mend it.
    """
    document, _, broken = read_gold(file)
    if document is None or broken:
        raise GoldError(str(broken[0]))
    return document
