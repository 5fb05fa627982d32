"""Whether a folded token can be a Vietnamese syllable, an abbreviation or a foreign word: what its letters alone tell.

The only alphabets of the finders are here; words are in the rulebook.
"""

from __future__ import annotations

import re

_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_VOWEL_SET = frozenset(_VOWELS)
_SYLLABLE = re.compile(rf"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?[{_VOWELS}]{{1,3}}(?:ch|ng|nh|[cmnpt])?")
_NATIVE = frozenset("ăâđêôơưáàảãạ")
_ETH = str.maketrans("Ð", "Đ")


def vietnamese_syllable(key: str) -> bool:
    """True where a folded token could be a syllable of Vietnamese; names of other languages mostly are not (handbook 2.2).

    >>> vietnamese_syllable("khánh"), vietnamese_syllable("watanabe")
    (True, False)
    """
    return _SYLLABLE.fullmatch(key) is not None


def has_vowel(key: str) -> bool:
    """False where a folded token cannot be read as a syllable and so is an abbreviation: `tt`, `bv`, `hđ` (handbook 4.4).

    >>> has_vowel("sở"), has_vowel("hđ")
    (True, False)
    """
    return not _VOWEL_SET.isdisjoint(key)


def has_native_letter(key: str) -> bool:
    """True where a folded token holds a letter that names written with a hyphen (`Masao-Kenji`) have not.

    >>> has_native_letter("bảo"), has_native_letter("kenji")
    (True, False)
    """
    return not _NATIVE.isdisjoint(key)


def with_one_d(text: str) -> str:
    """`text` with the Vietnamese capital for the one of other alphabets that looks like it (handbook R-TXT-02).

    >>> with_one_d("TÐ") == "TĐ"
    True
    """
    return text.translate(_ETH)
