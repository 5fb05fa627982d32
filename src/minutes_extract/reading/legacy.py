"""Text typed for the old fonts `.VnTime` (TCVN3) and `VNI-Times` -> the letters that were meant (handbook 8.1).

Such a text is valid Unicode and unreadable: `Gi¸m ®èc` or `Giaùm ñoác` for `Giám đốc`. Each character is exchanged for one
other (a letter, or a combining mark that `cleaning` joins to its letter), so that every offset stays where it is. A text is
taken for one of the two only as a whole: no letter that Unicode alone has, and the tell-tale pairs in many of its words.
TCVN3 keeps no case of letters with a tone mark (capitals came from another font): they are read as small letters.
"""

from __future__ import annotations

import re

_UNICODE_ONLY = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile(r"\S*[A-Za-z]\S*")
_FEWEST, _SHARE = 3, 0.2

_TCVN3_CODES = (
    "\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae\xb5\xb6\xb7\xb8\xb9\xbb\xbc\xbd\xbe\xc6\xc7\xc8\xc9\xca\xcb\xcc\xce\xcf"
    "\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xdc\xdd\xde\xdf\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef\xf1\xf2\xf3\xf4"
    "\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe"
)
_TCVN3_LETTERS = (
    "\u0102\xc2\xca\xd4\u01a0\u01af\u0110\u0103\xe2\xea\xf4\u01a1\u01b0\u0111\xe0\u1ea3\xe3\xe1\u1ea1\u1eb1\u1eb3\u1eb5\u1eaf\u1eb7"
    "\u1ea7\u1ea9\u1eab\u1ea5\u1ead\xe8\u1ebb\u1ebd\xe9\u1eb9\u1ec1\u1ec3\u1ec5\u1ebf\u1ec7\xec\u1ec9\u0129\xed\u1ecb\xf2\u1ecf\xf5"
    "\xf3\u1ecd\u1ed3\u1ed5\u1ed7\u1ed1\u1ed9\u1edd\u1edf\u1ee1\u1edb\u1ee3\xf9\u1ee7\u0169\xfa\u1ee5\u1eeb\u1eed\u1eef\u1ee9\u1ef1"
    "\u1ef3\u1ef7\u1ef9\xfd\u1ef5"
)
_TCVN3 = str.maketrans(_TCVN3_CODES, _TCVN3_LETTERS)
_TCVN3_SIGN = re.compile("[A-Za-z][\xa8-\xae\xb5-\xb9\xbb-\xbe]|[\xa8-\xae\xb5-\xb9\xbb-\xbe][a-z]")

_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT, _CIRCUMFLEX, _BREVE = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323", "\u0302", "\u0306"
_VNI_TONES = {"\xf8": _GRAVE, "\xf9": _ACUTE, "\xfb": _HOOK, "\xf5": _TILDE, "\xef": _DOT}
_VNI_CIRCUMFLEX = {"\xe2": "", "\xe1": _ACUTE, "\xe0": _GRAVE, "\xe5": _HOOK, "\xe3": _TILDE, "\xe4": _DOT}
_VNI_BREVE = {"\xea": "", "\xe9": _ACUTE, "\xe8": _GRAVE, "\xfa": _HOOK, "\xfc": _TILDE, "\xeb": _DOT}
_VNI_ALONE = {
    "\xf1": "\u0111", "\xf4": "\u01a1", "\xf6": "\u01b0", "\xed": "\xed", "\xec": "\xec",
    "\xe6": "\u1ec9", "\xf3": "\u0129", "\xf2": "\u1ecb", "\xee": "\u1ef5",
}  # fmt: skip
_VNI_SINGLE = str.maketrans({**_VNI_ALONE, **{code.upper(): letter.upper() for code, letter in _VNI_ALONE.items()}})
_MARKED = {"a": "\xe2", "e": "\xea", "o": "\xf4"}
_VNI_PAIR = re.compile(
    "[aeoAEO][\xe0-\xe5\xc0-\xc5]|[aA][\xe8-\xeb\xfa\xfc\xc8-\xcb\xda\xdc]|[aeouyAEOUY\xf4\xf6\xd4\xd6][\xf5\xf8\xf9\xfb\xef\xd5\xd8\xd9\xdb\xcf]"
)


def decode_legacy(text: str) -> tuple[str, str | None]:
    r"""`text` with the letters that were meant, of the same length, and the name of the old code; else as it is, and None.

    >>> decode_legacy("Gi\xb8m \xae\xe8c S\xeb b\xb8o c\xb8o")
    ('Giám đốc Sở báo cáo', 'tcvn3')
    >>> decode_legacy("Mademoiselle, voil\xe0 l'\xe9t\xe9")[1] is None
    True
    """
    if text.isascii() or _UNICODE_ONLY.search(text):
        return text, None
    if _is_typed_so(text, _TCVN3_SIGN):
        return text.translate(_TCVN3), "tcvn3"
    if _is_typed_so(text, _VNI_PAIR):
        return _from_vni(text), "vni"
    return text, None


def _is_typed_so(text: str, sign: re.Pattern[str]) -> bool:
    words = _WORD.findall(text)
    signed = sum(1 for word in words if sign.search(word))
    return signed >= _FEWEST and signed >= _SHARE * len(words)


def _from_vni(text: str) -> str:
    pieces: list[str] = []
    at = 0
    for pair in _VNI_PAIR.finditer(text):
        pieces += (text[at : pair.start()].translate(_VNI_SINGLE), _vni_pair(pair.group()))
        at = pair.end()
    pieces.append(text[at:].translate(_VNI_SINGLE))
    return "".join(pieces)


def _vni_pair(pair: str) -> str:
    """A letter and its mark as a letter and a combining mark: always two characters."""
    letter, mark = pair[0], pair[1].lower()
    if mark in _VNI_TONES:
        return letter.translate(_VNI_SINGLE) + _VNI_TONES[mark]
    if mark in _VNI_BREVE:
        tone = _VNI_BREVE[mark]
        return ("\u0102" if letter.isupper() else "\u0103") + tone if tone else letter + _BREVE
    tone = _VNI_CIRCUMFLEX[mark]
    if not tone:
        return letter + _CIRCUMFLEX
    base = _MARKED[letter.lower()]
    return (base.upper() if letter.isupper() else base) + tone
