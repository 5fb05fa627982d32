"""Plain text: UTF-8 with or without a byte order mark, UTF-16 with one or plainly so."""

from __future__ import annotations

import codecs
import re

from minutes_extract.errors import ReadingError
from minutes_extract.reading.registry import Decoded

_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP container (DOCX, ODT, XLSX)"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
)
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.02


def read_plain(data: bytes, where: str) -> Decoded:
    """The text of `data`; `data.decode(decoded.encoding) == decoded.text`.

    Raises:
        ReadingError: not text, or not in a supported encoding; names the byte.
    """
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise ReadingError(f"{where}: this is {what}, not plain text; save it as UTF-8 text (.txt)")
    decoded = _decode(data, where)
    _refuse_binary(decoded, where)
    return decoded


def _decode(data: bytes, where: str) -> Decoded:
    if data.startswith(codecs.BOM_UTF8):
        return Decoded(_decoded(data, "utf-8-sig", where), "utf-8-sig")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Decoded(_decoded(data, "utf-16", where), "utf-16")
    guess = _utf16_without_mark(data)
    if guess:
        return Decoded(_decoded(data, guess, where), guess)
    return Decoded(_decoded(data, "utf-8", where), "utf-8")


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 text has its zero bytes (of spaces, digits, Latin letters) all on one side of the pairs."""
    if len(data) % 2 or b"\x00" not in data:
        return None
    even, odd = data[::2].count(0), data[1::2].count(0)
    pairs = len(data) // 2
    if odd > 0.2 * pairs and even == 0:
        return "utf-16-le"
    if even > 0.2 * pairs and odd == 0:
        return "utf-16-be"
    return None


def _decoded(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        at, name = error.start, encoding.upper().replace("-SIG", "")
        found = " ".join(f"{byte:02X}" for byte in data[at : at + 4])
        if "unexpected end" in error.reason or "truncated" in error.reason:
            what = f"the file ends inside a character ({found}); it was cut off, fetch it again"
        else:
            what = f"not {name} ({found}); convert the file to UTF-8"
        line = data.count(b"\n", 0, at) + 1
        raise ReadingError(f"{where}: byte {at} (line {line}): {what}") from None


def _refuse_binary(decoded: Decoded, where: str) -> None:
    text = decoded.text
    zero = text.find("\x00")
    if zero >= 0:
        at = len(text[:zero].encode(decoded.encoding))
        raise ReadingError(f"{where}: byte {at}: a NUL character; this is not a text file")
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls > _MAX_CONTROL_SHARE * len(text) and controls > 1:
        share = round(100 * controls / len(text))
        raise ReadingError(f"{where}: {share} % control characters; this is not a text file")
