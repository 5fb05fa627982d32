"""Marked text for rules, tests and docs: `"Bà [Trần Hoài Phương](OFFICIAL)- [Phó giám đốc](TITLE) [Sở](ORGANIZATION)"`.

Brackets nest. Where two spans cross, `^` closes the one that was opened first:
`"[Trưởng [Ban](TITLE^) Tuyên giáo](ORGANIZATION)"` marks `Trưởng Ban` and `Ban Tuyên giáo`.
A date may carry its value: `[Chiều ngày 21/6/2022](DATE=2022-06-21)`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MARK = re.compile(r"\[|\]\((OFFICIAL|TITLE|ORGANIZATION|DATE|TRADEMARK)(?:=([^()^]*))?(\^)?\)")


class Marked(NamedTuple):
    """A span of marked text: half-open code-point offsets into the plain text, label, value or None."""

    start: int
    end: int
    label: str
    value: str | None


def parse_marked(marked: str) -> tuple[str, list[Marked]]:
    """The plain text and the spans marked in it, in order of start.

    Brackets that close without a label (`[07/08/2023 17:32]`) stay as they are.

    >>> parse_marked("ông [Ngô Anh Tín](OFFICIAL) nói")
    ('ông Ngô Anh Tín nói', [Marked(start=4, end=15, label='OFFICIAL', value=None)])
    """
    opens = _opening_brackets(marked)
    plain: list[str] = []
    length = 0
    at = 0
    stack: list[int] = []
    spans: list[Marked] = []
    for match in _MARK.finditer(marked):
        if match.group() == "[" and match.start() not in opens:
            continue
        piece = marked[at : match.start()]
        plain.append(piece)
        length += len(piece)
        at = match.end()
        if match.group() == "[":
            stack.append(length)
        else:
            start = stack.pop(0 if match[3] else -1)
            spans.append(Marked(start, length, match[1], match[2]))
    plain.append(marked[at:])
    return "".join(plain), sorted(spans)


def _opening_brackets(marked: str) -> set[int]:
    """Positions of the `[` that some labelled `](...)` closes."""
    opens: set[int] = set()
    stack: list[int] = []
    for match in re.finditer(r"\[|\](\((?:OFFICIAL|TITLE|ORGANIZATION|DATE|TRADEMARK)(?:=[^()^]*)?\^?\))?", marked):
        if match.group() == "[":
            stack.append(match.start())
        elif stack:
            position = stack.pop(0 if match[1] and match[1].endswith("^)") else -1)
            if match[1]:
                opens.add(position)
    return opens
