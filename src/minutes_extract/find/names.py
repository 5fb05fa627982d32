"""Where a person's name ends among capitalized syllables (handbook 2.2, R-PER-07); all positions are token indices of the page.

`name_at` is strict (a surname and the whole run of capitals) and needs no neighbour; `name_run_end` takes what stands behind an
honorific or a post, where the neighbour has already said that a name comes.
"""

from __future__ import annotations

from minutes_extract.find.syllables import has_native_letter
from minutes_extract.find.vocabulary import Vocabulary
from minutes_extract.text.page import ALPHA, BREAK, CAP, DIGIT, GLUED, UPPER, Page

LONGEST_NAME = 6
"""Tokens at which a run of capitals that begins with a surname is too long to be one name."""
_LONGEST_RUN = 8
_WINDOW = 64
"""Tokens of a line on each side that tell whether it is written in capitals: enough for a heading, and no more for a hostile line."""
_BEFORE_POST = (",", "-", ":", "(")


def capital_line(page: Page, i: int) -> bool:
    """True where token `i` stands among words all in capitals (`SỞ XÂY DỰNG TỈNH`), so that capitals tell nothing.

    The token itself must be in capitals, and at least three words and four fifths of the words around it on its line.
    """
    if not page.flags[i] & UPPER:
        return False
    line = page.lines[page.line_of[i]]
    letters = [j for j in range(max(line.first, i - _WINDOW), min(line.last, i + _WINDOW)) if page.flags[j] & ALPHA]
    upper = sum(1 for j in letters if page.flags[j] & UPPER or (page.flags[j] & CAP and page.ends[j] - page.starts[j] == 1))
    return upper >= 3 and upper * 10 >= len(letters) * 8


def capital_run(page: Page, i: int, limit: int = 12) -> int:
    """The token after the run of capitalized words that starts at `i` (at most `limit`), on one line or across a wrapped one.

    One-letter particles (`Y`, `A`) are capitals; an apostrophe stays inside its token (`H'Lim`).
    """
    flags, gaps = page.flags, page.gaps
    stop = min(len(page), i + limit)
    j = i
    while j < stop and flags[j] & CAP and (j == i or 0 < gaps[j] < BREAK):
        j += 1
    return j


# names without a neighbour that announces them


def name_at(page: Page, i: int, words: Vocabulary, *, at_least: int = 2) -> int | None:
    """The token after the name that fills the whole run of capitals from `i`, or None: a surname and one to four more syllables.

    `Nguyễn Văn Khánh` in `... Nguyễn Văn Khánh phát biểu`; not `Sơn La` (a place), not `Hà Nội`. Handbook 2.2.
    """
    if i >= len(page) or not page.flags[i] & CAP or page.keys[i] not in words.surnames:
        return None
    end = _before_opener(page, i, capital_run(page, i, _LONGEST_RUN), words)
    if not at_least <= end - i < LONGEST_NAME or (page.keys[i] not in words.surnames_common and end - i < 3):
        return None
    if _opens_field(page, i, words):
        return None
    if any(words.not_in_names.longest(page, j) and not _closes_name(page, i, j, words) for j in range(i + 1, end)):
        return None
    place = words.places.longest_at(page, i)
    return end if place is None or place < end - i else None


def _opens_field(page: Page, i: int, words: Vocabulary) -> bool:
    """`Nông Lâm Thái Nguyên`: the first two syllables are a field of work, written as such."""
    field = words.fields.longest(page, i)
    return field is not None and field[0] > i + 1


def _before_opener(page: Page, i: int, end: int, words: Vocabulary) -> int:
    """`Nguyễn Văn Khánh | Kết luận`: the name stops at a phrase that opens a clause; at one syllable only if it is the fourth or later.

    It stops at a post of several words, too: `Nguyễn Văn Khánh | Phó Giám đốc` in a table flattened into one line.
    """
    for j in range(i + 2, end):
        post = words.posts.longest(page, j)
        if post is not None and post[0] > j + 1:
            return j
        opener = words.openers.longest(page, j)
        if opener is None:
            continue
        runs_on = end < len(page) and page.gaps[end] < BREAK and bool(page.flags[end] & ALPHA)
        if opener[0] > j + 1 or (j >= i + 3 and j == end - 1 and runs_on):
            return j
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


# names behind an honorific or a post


def name_run_end(page: Page, i: int, words: Vocabulary) -> int:
    """The token after the run of name syllables at `i` (handbook R-PER-07): capitals, up to a post, a head or a clause; `i` for none.

    `Huỳnh Kim Thạch` in `PGS.TS. Huỳnh Kim Thạch Trưởng khoa`. Foreign names and those of the Central Highlands may be longer; one
    lower-case syllable inside is taken only where a capital and a post follow it, since it cannot be told from a verb.
    """
    run = capital_run(page, i, _LONGEST_RUN)
    stop = min(run, i + LONGEST_NAME) if page.keys[i] in words.surnames else run
    caps = capital_line(page, i)
    end = min(i + 1, run)
    while end < stop and not (caps and _stops_capitals(page, i, end, words)) and not _ends_run(page, i, end, run, words):
        end += 1
    return _past_hyphens(page, _past_small_syllable(page, i, end, words), words)


def _stops_capitals(page: Page, first: int, j: int, words: Vocabulary) -> bool:
    """`DIỆP HOÀI PHÚC | GIỮ CHỨC ...`: among words all in capitals a function word ends a name, and a verb of two words does."""
    if page.keys[j] in words.capitals_stop:
        return True
    verb = words.verbs_after.longest(page, j) if j - first >= 2 else None
    return verb is not None and verb[0] > j + 1


def _ends_run(page: Page, first: int, j: int, run: int, words: Vocabulary) -> bool:
    """Does token `j` of the run of capitals `first`..`run` open something else than a further syllable of the name?"""
    if words.posts.longest(page, j):
        return True
    if words.not_in_names.longest(page, j) or _opens_clause(page, j, first, words):
        return not _closes_name(page, first, j, words)
    return j - first >= 2 and _opens_other(page, first, j, run, words)


def _opens_other(page: Page, first: int, j: int, run: int, words: Vocabulary) -> bool:
    """A head noun or the address of another name before a further capital; a head before a field or an area."""
    head = words.heads.longest(page, j)
    if j + 1 < run and ((head is not None and not _is_middle(page, first, j, run, words)) or _addresses_other(page, j, words)):
        return True
    return head is not None and bool(head[0] > j + 1 or words.fields.longest(page, j + 1) or _is_area(page, j + 1, words))


def _is_middle(page: Page, first: int, j: int, run: int, words: Vocabulary) -> bool:
    """`Nguyễn Vũ Trường An`: a head noun that is a syllable of names, too, third of four, and no field of work behind it."""
    return page.keys[j] in words.name_heads and page.keys[first] in words.surnames and j == first + 2 and run == j + 2


def _addresses_other(page: Page, j: int, words: Vocabulary) -> bool:
    """`Lê Văn Tám | Bà Đỗ Thị Hà`; not `Đỗ Hoàng Anh Khoa`, where no full name follows the one syllable `Anh`."""
    address = words.honorifics.longest(page, j)
    if address is None:
        return False
    after = address[0]
    if after > j + 1 or page.flags[j] & UPPER:
        return True
    return after < len(page) and page.keys[after] in words.surnames_common and capital_run(page, after) - after >= 2


def _closes_name(page: Page, first: int, j: int, words: Vocabulary) -> bool:
    """`Nguyễn Văn Huyện, ...`: a level or an opening word that is the given name, third behind a surname.

    Nothing it governs follows it. An opening word (`Theo`) only behind `Văn` or `Thị`, with which no name ends.
    """
    if j != first + 2 or page.keys[first] not in words.surnames:
        return False
    longer = (words.not_in_names, words.openers, words.heads, words.posts)
    if any(match[0] > j + 1 for trie in longer if (match := trie.longest(page, j)) is not None):
        return False
    if page.keys[j - 1] not in words.particles and words.places.type_at(page, j) is None:
        return False
    goes_on = j + 1 < len(page) and page.gaps[j + 1] < BREAK
    return not (goes_on and page.flags[j + 1] & (CAP | DIGIT))


def _past_small_syllable(page: Page, first: int, end: int, words: Vocabulary) -> int:
    """`Tôn Nữ diệu Hạnh - Phó Bí thư`: one syllable slipped into lower case between three capitals, a post behind a separator."""
    if end != first + 2 or end + 3 >= len(page) or page.keys[first] not in words.surnames:
        return end
    key, last = page.keys[end], end + 1
    small = page.flags[end] & ALPHA and not page.flags[end] & CAP and page.gaps[end] < BREAK and page.gaps[last] < BREAK
    if not small or not page.flags[last] & CAP or page.flags[last] & UPPER or page.keys[last + 1] not in _BEFORE_POST:
        return end
    known = (words.verbs_after, words.posts, words.heads, words.honorifics, words.openers, words.fields)
    if key in words.function_words or key in words.joiners or any(trie.longest(page, end) for trie in known):
        return end
    if words.places.longest_at(page, last) or words.posts.longest(page, last + 2) is None:
        return end
    return last + 1


def _is_area(page: Page, j: int, words: Vocabulary) -> bool:
    return j < len(page) and page.gaps[j] < BREAK and words.places.type_at(page, j) is not None


def _opens_clause(page: Page, j: int, first: int, words: Vocabulary) -> bool:
    """`Trần Thanh Nam | Kết luận Hội nghị`: a capital that opens the next clause; one syllable only if the name is whole without it."""
    opener = words.openers.longest(page, j)
    if opener is None:
        return False
    after = opener[0]
    if after > j + 1:
        return True
    lower_follows = after < len(page) and page.gaps[after] < BREAK and not page.flags[after] & CAP
    return j - first >= 3 and lower_follows and bool(page.flags[after] & ALPHA)


def _past_hyphens(page: Page, end: int, words: Vocabulary) -> int:
    """A foreign name may go on behind a glued hyphen (`Masao-Kenji`): only a capital that is no post and no surname."""
    while (
        end + 1 < len(page)
        and page.keys[end] == "-"
        and page.gaps[end] == GLUED
        and page.gaps[end + 1] == GLUED
        and page.flags[end + 1] & CAP
        and page.keys[end - 1] not in words.surnames
        and not _native_or_other(page, end + 1, words)
    ):
        end += 2
    return end


def _native_or_other(page: Page, j: int, words: Vocabulary) -> bool:
    return has_native_letter(page.keys[j]) or bool(words.posts.longest(page, j) or words.heads.longest(page, j))
