"""The shape of a person's name among capitalized syllables (handbook 2.2)."""

from __future__ import annotations

import re

from minutes_extract.find.vocabulary import Vocabulary
from minutes_extract.text.page import ALPHA, BREAK, CAP, UPPER, Page

LONGEST_NAME = 6


def capital_line(page: Page, i: int) -> bool:
    """True where token `i` stands among words all in capitals, so that capitals tell nothing.

    Two neighbours in capitals of two letters or more that are syllables (with a vowel sign) make it so.
    """
    if not page.flags[i] & UPPER:
        return False
    line = page.lines[page.line_of[i]]
    letters = [j for j in range(line.first, line.last) if page.flags[j] & ALPHA]
    upper = sum(1 for j in letters if page.flags[j] & UPPER or (page.flags[j] & CAP and page.ends[j] - page.starts[j] == 1))
    return upper >= 3 and upper * 10 >= len(letters) * 8


def capital_run(page: Page, i: int, limit: int = 12) -> int:
    """The token after the run of capitalized words that starts at `i` (at most `limit`), on one line or across a wrapped one.

    One-letter particles (`Y`, `A`) are capitals; an apostrophe stays inside its token (`H'Lim`).
    """
    j = i
    count = len(page)
    while j < count and j - i < limit and page.flags[j] & CAP and (j == i or 0 < page.gaps[j] < BREAK):
        j += 1
    return j


_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"[aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ]{1,3}(?:ch|ng|nh|[cmnpt])?"
)


def vietnamese_syllable(key: str) -> bool:
    """True where a folded token could be a syllable of Vietnamese; names of other languages mostly are not.

    >>> vietnamese_syllable("khánh"), vietnamese_syllable("watanabe")
    (True, False)
    """
    return _SYLLABLE.fullmatch(key) is not None


def name_at(page: Page, i: int, words: Vocabulary, *, at_least: int = 2) -> int | None:
    """The token after the name that fills the whole run of capitals from `i`, or None: a surname and one to four more syllables.

    `Nguyễn Văn Khánh` in `... Nguyễn Văn Khánh phát biểu`; not `Sơn La` (a place), not `Hà Nội`.
    """
    if i >= len(page) or not page.flags[i] & CAP or page.keys[i] not in words.surnames:
        return None
    end = capital_run(page, i, LONGEST_NAME)
    size = end - i
    if not at_least <= size < LONGEST_NAME:
        return None
    if page.keys[i] not in words.surnames_common and size < 3:
        return None
    for j in range(i + 2, end):
        opener = words.openers.longest(page, j)
        if opener is not None and (
            opener[0] > j + 1 or (j >= i + 3 and j == end - 1 and end < len(page) and page.gaps[end] < BREAK and page.flags[end] & ALPHA)
        ):
            end = j
            break
    size = end - i
    if size < at_least or any(words.not_in_names.longest(page, j) for j in range(i + 1, end)):
        return None
    place = words.places.longest_at(page, i)
    if place is not None and place >= size:
        return None
    return end


def split_before_name(page: Page, i: int, end: int, words: Vocabulary) -> int:
    """Where a run of capitals `i`..`end` that names a place or a body ends because a person's name takes its last syllables.

    `Nặm Lịch Lò Văn Inh` -> the token of `Lò`; `end` where no name closes the run. The name needs three syllables or more and
    at least one must be left for what stands before.
    """
    for j in range(i + 1, end - 2):
        if page.keys[j] in words.surnames_common and name_at(page, j, words, at_least=3) is not None:
            return j
    return end
