"""Short forms that the document itself defines: `Khoa học và Công nghệ (KH&CN)`, `gọi tắt là Liên hiệp hội` (R-ABB-01)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minutes_extract.find.candidate import Candidate
from minutes_extract.rulebook.abbreviations import abbreviations
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.fold import fold, fold_spelling
from minutes_extract.text.page import TOKEN, Page

_REACH = 60


@dataclass(frozen=True, slots=True)
class LocalAliases:
    """`words`: folded one-token short form -> folded words it stands for. `of_span`: mention -> short forms of the whole body."""

    words: Mapping[str, str]
    of_span: Mapping[tuple[int, int], tuple[str, ...]]


def local_aliases(page: Page, rulebook: Rulebook, bodies: Sequence[Candidate]) -> LocalAliases:
    """The short forms in brackets right behind a body's name, with or without a cue such as `gọi tắt là`."""
    pattern = rulebook.compiled(_bracket)
    joiners = abbreviations(rulebook).joiners
    words: dict[str, str] = {}
    of_span: dict[tuple[int, int], tuple[str, ...]] = {}
    for body in bodies:
        match = pattern.match(page.fold, body.end, min(len(page.fold), body.end + _REACH))
        if match is None:
            continue
        short = page.text[match.start("short") : match.end("short")].strip()
        name = [token for token in TOKEN.findall(page.fold[body.start : body.end]) if token not in joiners]
        tail = _tail_of(fold(short), name)
        tokens = TOKEN.findall(fold(short))
        if tail and len(tail) < len(name):
            if len(tokens) == 1:
                words.setdefault(tokens[0], " ".join(tail))
        elif tail or match.group("cue"):
            of_span[body.start, body.end] = (short,)
            if len(tokens) == 1:
                words.setdefault(tokens[0], page.fold[body.start : body.end])
    return LocalAliases(words, of_span)


def _bracket(rulebook: Rulebook) -> re.Pattern[str]:
    cues = "|".join(re.escape(fold_spelling(fold(word))) for word in rulebook.words("places", "alias_cues"))
    return re.compile(rf"[ \n]?\([ ]?(?P<cue>(?:{cues})[ :]{{1,3}})?(?P<short>[^()\n]{{2,40}}?)[ ]?\)")


def _tail_of(short: str, name: list[str]) -> list[str]:
    """The words at the end of `name` of which `short` holds the first letters; all of it for a full acronym, none otherwise.

    >>> _tail_of("kh&cn", ["bộ", "khoa", "học", "công", "nghệ"])
    ['khoa', 'học', 'công', 'nghệ']
    """
    letters = [character for character in short if character.isalpha()]
    if len(letters) < 2 or len(letters) != len([c for c in short if c.isalnum()]):
        return []
    for start in range(len(name)):
        if name[start][0] == letters[0] and _spells(letters, name[start:]):
            return name[start:]
    return []


def _spells(letters: list[str], words: list[str]) -> bool:
    """True where the letters are first letters of the words in order, from the first word, leaving at most half of them out."""
    at = 0
    for word in words:
        if at < len(letters) and word[0] == letters[at]:
            at += 1
    return at == len(letters) and 2 * at >= len(words)
