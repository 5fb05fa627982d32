"""The text as read -> the clean text the rules read: NFC, LF, plain spaces, nothing invisible (handbook 8.1, R-TXT-01).

| in the text as read | in the clean text |
|---|---|
| decomposed letters (`e` + U+0323) | one letter (`ẹ`) |
| CRLF, CR, U+2028, U+2029, form feed | LF |
| no-break and other spaces | a space, one for one |
| zero-width characters, BOM, soft hyphen, direction marks | nothing |
| control characters (TAB stays) | a space, one for one |
| Symbol and Wingdings bullets | `•` |

Letters are not repaired here: `Ð`, old tone places and typing errors stay as they are; texts of the old fonts are `legacy`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from minutes_extract.reading.offsets import OffsetMap, OffsetRecorder

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_CONTROLS = "\x01-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f"
_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_BULLETS = "\uf0a7\uf0b7\uf0d8\uf0fc"

_EDIT = re.compile(f"(?P<invisible>[{_INVISIBLE}]+)|(?P<space>[{_SPACES}{_CONTROLS}])|(?P<newline>[\r{_BREAKS}])|(?P<bullet>[{_BULLETS}])")
_TO_EDIT = re.compile(f"[{_INVISIBLE}{_SPACES}{_CONTROLS}\r{_BREAKS}{_BULLETS}]")
"""Any character that `_EDIT` finds; one class of characters is searched for much faster than its groups."""
_ONE_FOR_ONE = {"space": " ", "newline": "\n", "bullet": "•"}
_INVISIBLE_ONLY = re.compile(f"[{_INVISIBLE}]+")
_ACCENTED = re.compile(f"[^\n\u0300-\u036f](?:[{_INVISIBLE}]*[\u0300-\u036f])+")
# Letters that compose with letters: Hangul, Kirat Rai.
_COMPOSING_LETTERS = re.compile("[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[\uac00-\ud7a3][\u11a8-\u11c2]|[\U00016d60-\U00016d7f]+")


def clean(text: str) -> tuple[str, OffsetMap]:
    r"""The clean form of `text` and the map of its offsets into `text`.

    >>> clean("Cần\u00a0Thơ\r\n")[0]
    'Cần Thơ\n'
    """
    if not _TO_EDIT.search(text) and unicodedata.is_normalized("NFC", text):
        return text, OffsetMap(len(text), len(text))
    recorder = OffsetRecorder()
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        _clean_line(line, recorder)
    return recorder.finish()


def _clean_line(line: str, recorder: OffsetRecorder) -> None:
    if line.endswith("\r\n"):
        _clean_line(line[:-2], recorder)
        recorder.remove(1)
        recorder.keep("\n")
        return
    visible = _INVISIBLE_ONLY.sub("", line)
    if unicodedata.is_normalized("NFC", visible):
        _edit(line, recorder)
    elif unicodedata.is_normalized("NFC", _ACCENTED.sub(_compose_match, line)):
        _compose(line, [match.span() for match in _ACCENTED.finditer(line)], recorder)
    else:
        clusters = list(_clusters(line))
        if not unicodedata.is_normalized("NFC", "".join(_composed(line[start:end]) for start, end in clusters)):
            clusters = [(0, len(line.rstrip("\n")))]
        _compose(line, clusters, recorder)


def _compose(line: str, clusters: Iterable[tuple[int, int]], recorder: OffsetRecorder) -> None:
    """Records `line` with each of its clusters composed; what lies between them is only edited."""
    at = 0
    for start, end in clusters:
        if start > at:
            _edit(line[at:start], recorder)
        cluster = line[start:end]
        composed = _composed(cluster)
        if composed == cluster:
            _edit(cluster, recorder)
        else:
            recorder.replace(end - start, composed)
        at = end
    _edit(line[at:], recorder)


@lru_cache(maxsize=4096)
def _composed(cluster: str) -> str:
    return _EDIT.sub(_edited, unicodedata.normalize("NFC", _INVISIBLE_ONLY.sub("", cluster)))


def _compose_match(match: re.Match[str]) -> str:
    return _composed(match.group())


def _clusters(line: str) -> Iterator[tuple[int, int]]:
    """All clusters of `line`, whatever the script; slow."""
    at = 0
    while at < len(line):
        end = _cluster_end(line, at)
        yield at, end
        at = end


def _cluster_end(line: str, start: int) -> int:
    """End of the characters that normalize together: a letter, its marks, and what is invisible between them."""
    letters = _COMPOSING_LETTERS.match(line, start)
    end = at = letters.end() if letters else start + 1
    while at < len(line):
        if unicodedata.category(line[at])[0] == "M":
            end = at + 1
        elif not _INVISIBLE_ONLY.match(line[at]):
            break
        at += 1
    return end


def _edit(text: str, recorder: OffsetRecorder) -> None:
    at = 0
    for match in _EDIT.finditer(text):
        recorder.keep(text[at : match.start()])
        kind = match.lastgroup or ""
        if kind in _ONE_FOR_ONE:
            recorder.keep(_ONE_FOR_ONE[kind])
        else:
            recorder.remove(match.end() - match.start())
        at = match.end()
    recorder.keep(text[at:])


def _edited(match: re.Match[str]) -> str:
    return _ONE_FOR_ONE.get(match.lastgroup or "", "")
