"""The scene: a document shortened to what the role cues read.

Each mention becomes one character: a person `@`, a post `^`, a body `~`, a date `#`; sentences end with `|`, lines with a line
break. What is left is folded text with single spaces, so that `đồng chí @, ^ ~ chủ trì` is one short pattern whatever the names are
(handbook 2.6, 7.1). Offsets into `Scene.text` are the scene's own; `Scene.people` holds the mention behind each `@`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from minutes_extract.find.candidate import Candidate
from minutes_extract.text.page import BREAK, CAP, GLUED, PUNCT, Page

PERSON, POST, BODY, DATE, STOP = "@", "^", "~", "#", "|"
_SIGN = {"OFFICIAL": PERSON, "TITLE": POST, "ORGANIZATION": BODY, "DATE": DATE}
_RANK = {"OFFICIAL": 0, "DATE": 1, "TITLE": 2, "ORGANIZATION": 3}
_STRANGER = re.compile(r"[@^~#|]")
_ODD_BLANK = re.compile(r"[^\S\n ]")
_BLANKS = re.compile(r" {2,}")
_SPLIT_PERSON = re.compile(r"(?<=@)\n(?=- ?\^)")
"""A person at the end of a line whose post follows on the next one after a dash."""
_LINES = re.compile(r" ?\n[ \n]*")


@dataclass(frozen=True, slots=True)
class Scene:
    """The shortened document. `signs`: offsets of the `@`, in order; `people`: the mention behind each of them.

    `bodies`: offset and mention of each `~`. `breaks`: offsets of sentence ends and line breaks.
    """

    text: str
    signs: tuple[int, ...]
    people: tuple[Candidate, ...]
    bodies: tuple[tuple[int, Candidate], ...]
    breaks: tuple[int, ...]

    def sentence(self, offset: int) -> tuple[int, int]:
        """Start and end of the sentence that holds `offset`."""
        i = bisect_right(self.breaks, offset)
        start = self.breaks[i - 1] + 1 if i else 0
        i = bisect_left(self.breaks, offset)
        return start, self.breaks[i] if i < len(self.breaks) else len(self.text)

    def line(self, offset: int) -> tuple[int, int]:
        """Start and end of the line that holds `offset`."""
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", offset)
        return start, end if end >= 0 else len(self.text)

    def persons_in(self, start: int, end: int) -> range:
        """Indices into `people` of the persons between the two offsets."""
        return range(bisect_left(self.signs, start), bisect_left(self.signs, end))


def set_scene(page: Page, mentions: Sequence[Candidate], abbreviations: frozenset[str]) -> Scene:
    """The scene of `page`; `abbreviations` are the folded words whose full stop ends no sentence (`tp`, `ths`)."""
    kept = _without_overlaps(mentions)
    stops = _sentence_starts(page, abbreviations)
    wraps = _ODD_BLANK.sub(" ", _STRANGER.sub("*", page.unwrapped()))
    out: list[str] = []
    length = 0
    signs: list[int] = []
    people: list[Candidate] = []
    bodies: list[tuple[int, Candidate]] = []
    breaks: list[int] = []
    at = 0
    cuts = sorted([(m.start, 1, m) for m in kept] + [(s, 0, None) for s in stops], key=lambda cut: (cut[0], cut[1]))
    for start, _, mention in [*cuts, (len(page.text), 2, None)]:
        if start > at:
            piece = _shorten(wraps[at:start], out[-1][-1] if out else "\n")
            if "\n" in piece:
                breaks += [length + i for i, char in enumerate(piece) if char == "\n"]
            if piece:
                out.append(piece)
                length += len(piece)
            at = start
        if mention is not None and start >= at:
            sign = _SIGN[mention.label]
            if sign == PERSON:
                signs.append(length)
                people.append(mention)
            elif sign == BODY:
                bodies.append((length, mention))
            out.append(sign)
            length += 1
            at = mention.end
        elif mention is None and start == at and start < len(page.text) and out and out[-1][-1] != "\n":
            breaks.append(length)
            out.append(STOP)
            length += 1
    text = _SPLIT_PERSON.sub(" ", "".join(out))
    breaks = [offset for offset in breaks if text[offset] != " "]
    return Scene(text, tuple(signs), tuple(people), tuple(bodies), tuple(breaks))


def _without_overlaps(mentions: Sequence[Candidate]) -> list[Candidate]:
    """People first, then dates, posts, bodies; what overlaps one already kept is cut to its free tail or dropped."""
    kept: list[Candidate] = []
    starts: list[int] = []
    for mention in sorted((m for m in mentions if m.label in _SIGN), key=lambda m: (_RANK[m.label], m.key)):
        start = mention.start
        i = bisect_right(starts, start)
        if i and kept[i - 1].end > start:
            start = kept[i - 1].end
        if start >= mention.end or (i < len(kept) and kept[i].start < mention.end):
            continue
        kept.insert(i, mention if start == mention.start else mention.but(start=start))
        starts.insert(i, start)
    return kept


def _sentence_starts(page: Page, abbreviations: frozenset[str]) -> list[int]:
    found = []
    for i in range(2, len(page)):
        if page.keys[i - 1] in ".!?" and page.gaps[i] != GLUED and page.gaps[i] < BREAK and page.flags[i] & CAP:
            word = page.keys[i - 2]
            if (len(word) == 1 and not page.flags[i - 2] & PUNCT) or word in abbreviations:
                continue
            found.append(page.starts[i])
    return found


def dated_text(page: Page, mentions: Sequence[Candidate]) -> str:
    """The folded text, of the same length, with wrapped lines joined and `#` for each character of a date."""
    text = page.unwrapped()
    pieces: list[str] = []
    at = 0
    for mention in sorted((m for m in mentions if m.label == "DATE"), key=lambda m: m.key):
        if mention.start >= at:
            pieces += [text[at : mention.start], "#" * (mention.end - mention.start)]
            at = mention.end
    return "".join([*pieces, text[at:]])


def _shorten(piece: str, last: str) -> str:
    """`piece` with single blanks and line breaks, behind the character `last`; most pieces are short and have nothing to shorten."""
    if "  " in piece:
        piece = _BLANKS.sub(" ", piece)
    if "\n" in piece:
        piece = _LINES.sub("\n", piece)
    return piece[1:] if last == "\n" and piece[:1] in (" ", "\n") else piece
