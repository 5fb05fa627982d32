"""Folded text of the same length: what the rules compare, character by character beside the text they report.

Folding makes different spellings of one word equal: case, the place of the tone mark (`Hoà`/`Hòa`, `uỷ`/`ủy`), `y` for
`i` after a consonant (`kỹ`/`kĩ`), the many dashes and quotation marks, `Ð` for `Đ` (handbook R-TXT-02). It never changes
the number of characters, so an offset into the folded text is an offset into the text. Fold only NFC text; folded text is
for matching and never for output.
"""

from __future__ import annotations

import re
from functools import lru_cache

_TONES = {
    "o": dict(zip("àáảãạèéẻẽẹ", ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe"), strict=True)),
    "u": dict(zip("ỳýỷỹỵ", ("ùy", "úy", "ủy", "ũy", "ụy"), strict=True)),
}
# What stands before a letter is asked behind it: a pattern that begins with its letters is searched for much faster.
_OPEN_TONE = re.compile(r"(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?<!q..)(?![^\W\d_])")
_Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")
_FINAL_Y = re.compile(r"[yỳýỷỹỵ](?<=[bcdđghklmnpqrstvx].)(?![^\W\d_])")
_PUNCTUATION = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛ʼ`´′", "'"),
    **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u3000\t\x0b\x0c\x1f\x85", " "),
    "Ð": "đ",
    "ð": "đ",
    "ƣ": "ư",
    "Ƣ": "ư",
}
_ODD = re.compile(f"[{re.escape(''.join(_PUNCTUATION))}]")


def _lower(text: str) -> str:
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)  # "İ".lower() has two characters


def _plain(match: re.Match[str]) -> str:
    return _PUNCTUATION[match.group()]


def _move_tone(match: re.Match[str]) -> str:
    pair = match.group()
    return _TONES[pair[0]][pair[1]]


def fold_spelling(text: str) -> str:
    """`text` with one tone placement and one spelling of final i/y, same length; for lower-case text and for patterns.

    >>> fold_spelling("uỷ ban, kỹ thuật, quý, hoà")
    'ủy ban, kĩ thuật, quý, hòa'
    """
    return _FINAL_Y.sub(lambda m: m.group().translate(_Y_TO_I), _OPEN_TONE.sub(_move_tone, text))


def fold(text: str) -> str:
    """The folded form of NFC `text`: same length, lower case, one spelling.

    >>> fold("Uỷ ban – Kỹ thuật") == fold("ỦY BAN - KĨ THUẬT")
    True
    """
    return fold_spelling(_lower(_ODD.sub(_plain, text)))


@lru_cache(maxsize=16384)
def fold_key(text: str) -> str:
    """The folded form of a phrase with its white space collapsed: the key under which two spellings of it are equal.

    >>> fold_key("Hội đồng  Nhân dân")
    'hội đồng nhân dân'
    """
    return " ".join(fold(text).split())
