"""Comparison keys: two spellings of one name, post or body have the same key, two different ones have not.

What is folded: case, white space, punctuation, the place of the tone mark (`hoà`/`hòa`), final `y`/`i` (`kỹ`/`kĩ`), and the
abbreviations in `data/keys.yaml` (`UBND TP. Cần Thơ` = `Ủy ban nhân dân thành phố Cần Thơ`). A tone is never dropped: it is
moved to the end of its syllable, so that `Phương` and `Phượng` stay two people.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_NO_WORD = re.compile(r"[^\w\s]")


class _Spelling(NamedTuple):
    abbreviations: tuple[tuple[re.Pattern[str], str], ...]
    spellings: tuple[tuple[re.Pattern[str], str], ...]
    bare_heads: tuple[str, ...]


@lru_cache(maxsize=1)
def _spelling() -> _Spelling:
    raw: dict[str, Any] = yaml.safe_load((files("minutes_extract.evaluation") / "data" / "keys.yaml").read_text("utf-8"))
    return _Spelling(_compiled(raw["abbreviations"]), _compiled(raw["spellings"]), tuple(raw["bare_heads"]))


def _compiled(pairs: list[list[str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), full) for pattern, full in pairs)


@lru_cache(maxsize=65536)
def key(name: str | None) -> str:
    """The comparison key of a name, post, body or mark; "" for None.

    >>> key("UBND TP. Cần Thơ") == key("Uỷ ban nhân dân thành phố Cần Thơ")
    True
    >>> key("Trần Hoài Phương") == key("Trần Hoài Phượng")
    False
    """
    if not name:
        return ""
    text = unicodedata.normalize("NFC", name).casefold()
    text = " ".join(text.split()) + " "  # some abbreviations are known by the space after them
    for pattern, full in _spelling().abbreviations:
        text = pattern.sub(full, text)
    return " ".join(_syllable_key(syllable) for syllable in _NO_WORD.sub(" ", text).split())


@lru_cache(maxsize=65536)
def _syllable_key(syllable: str) -> str:
    tone, letters = "", []
    for character in unicodedata.normalize("NFD", syllable):
        if character in _TONES:
            tone = _TONES[character]
        else:
            letters.append(character)
    base = unicodedata.normalize("NFC", "".join(letters))
    for pattern, spelling in _spelling().spellings:
        base = pattern.sub(spelling, base)
    return base + tone


def is_bare_head(text: str | None) -> bool:
    """True for a head noun alone (`Sở`, `Trung tâm`), which is neutral as an ORGANIZATION where gold has none.

    >>> is_bare_head("SỞ"), is_bare_head("Sở Nội vụ")
    (True, False)
    """
    return key(text) in _bare_heads()


@lru_cache(maxsize=1)
def _bare_heads() -> frozenset[str]:
    return frozenset(key(head) for head in _spelling().bare_heads)
