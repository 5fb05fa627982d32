"""Names that an honorific, degree or rank opens: `ông [Tín]`, `PGS.TS. [Huỳnh Kim Thạch]` (guidelines OFFICIAL; handbook 2.1, 2.2)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.names import capital_line, capital_run, name_at, name_run_end
from minutes_extract.find.syllables import has_vowel
from minutes_extract.find.vocabulary import Vocabulary, openings, vocabulary
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.models.people import HonorificEntry
from minutes_extract.text.page import ALPHA, BREAK, CAP, GLUED, SPACE, UPPER, WRAP, Page

_LEARNED = ("degree", "rank")
_DOTTED = ("degree", "rank", "religious")
"""Kinds whose forms are written with a dot or parted by commas, and with capitals."""
_MOST_WORDS = 6
"""Honorific, rank and degrees in one address at most."""
_SENTENCE_ENDS = (".", "!", "?", '"')
_LONGEST_BEFORE = 3
"""Syllables of a name before one that is an honorific, too."""
_FIELD_KINDS = ("degree", "trade", "role")
"""Kinds of words behind which a field of work stands as often as a name: `Tiến sĩ Kinh tế`."""
_PLACE_KINDS = ("trade", "role")
"""Kinds of words behind which a place stands as often as a name: `chuyên gia Hà Lan`, `cử tri Hà Nội`."""


def find_addressed(page: Page, rulebook: Rulebook) -> list[Candidate]:
    """Names that an honorific, degree or rank opens, in order, as OFFICIAL candidates in clean offsets; the address is no part of the span.

    `ông [Tín]`, `PGS.TS. [Huỳnh Kim Thạch]`, `đ/c: [Y Thanh Niê Kđăm]`. `attrs`: `honorific` (`Ông`), `degrees` (as written), `kind`
    of the nearest word before, `gender`, `first`, `last` (token range), `from` (offset where the address begins).
    Rules: `honorifics.yaml`; handbook R-PER-07.
    """
    words = vocabulary(rulebook)
    found: list[Candidate] = []
    free = 0
    for i in openings(page, words.honorifics):
        address = _address_at(page, i, words) if i >= free else None
        if address is None:
            continue
        last = _name_end(page, address, words)
        if last is None:
            free = address.first_end
            continue
        found.append(_candidate(page, address, last))
        free = last
    return found


@dataclass(frozen=True, slots=True)
class _Address:
    """The words before a name: tokens `start` to `end`, where the name should begin."""

    start: int
    end: int
    first_end: int
    """The token after the first word of the address."""
    entries: tuple[HonorificEntry, ...]
    degrees: tuple[str, ...]

    @property
    def nearest(self) -> str:
        """The kind of the word right before the name."""
        return self.entries[-1].kind


def _address_at(page: Page, i: int, words: Vocabulary) -> _Address | None:
    """The stack of honorific, rank and degrees that begins at `i`."""
    parts: list[tuple[int, int, HonorificEntry]] = []
    j = i
    while len(parts) < _MOST_WORDS:
        match = words.honorifics.longest(page, j) if j == i or (j < len(page) and page.gaps[j] < BREAK) else None
        if match is None or not _stands(page, j, match[0], match[1], words):
            break
        if parts and _is_surname(page, j, match[1], words):
            break
        parts.append((j, match[0], match[1]))
        j = _past_separator(page, match[0], match[1].kind)
    if not parts:
        return None
    degrees = tuple(page.text[page.starts[first] : page.ends[last - 1]] for first, last, entry in parts if entry.kind in _LEARNED)
    return _Address(i, j, parts[0][1], tuple(entry for _, _, entry in parts), degrees)


def _is_surname(page: Page, j: int, entry: HonorificEntry, words: Vocabulary) -> bool:
    """`đồng chí | Ông Thị Hường`: behind another honorific the word opens the name."""
    return entry.kind == "civil" and bool(page.flags[j] & CAP) and name_at(page, j, words, at_least=3) is not None


def _past_separator(page: Page, j: int, kind: str) -> int:
    """Past the dot of `ThS.` or `Ô.`, the colon of `ông:`, the comma of `Đại tá, TS.`; on the same line only."""
    while j < len(page) and page.gaps[j] < BREAK and page.keys[j] in (".", ":", ","):
        short = page.flags[j - 1] & UPPER or not has_vowel(page.keys[j - 1])
        if page.keys[j] == "." and not (short and page.gaps[j] == GLUED):
            break  # "Cử nhân. Ngày": the sentence ends
        if page.keys[j] == "," and kind not in _DOTTED:
            break
        j += 1
    return j


# the address


def _stands(page: Page, i: int, end: int, entry: HonorificEntry, words: Vocabulary) -> bool:
    """False where the honorific at tokens `i` to `end` is a syllable of another word, of a name or of a place."""
    return not (
        _is_other_word(page, i, end, words)
        or _is_syllable_of_name(page, i, words)
        or _is_part_of_place(page, i, entry, words)
        or _is_miswritten(page, i, end, entry)
        or (page.gaps[i] == GLUED and i and page.flags[i - 1] & ALPHA)
    )


def _is_other_word(page: Page, i: int, end: int, words: Vocabulary) -> bool:
    """`công ty ông lớn`, `bà con`: the word before or behind says so, unless three capitals follow."""
    key = " ".join(page.keys[i:end])
    if i and page.gaps[i] < BREAK and page.keys[i - 1] in words.honorific_not_before.get(key, ()):
        return True
    if end >= len(page) or page.gaps[end] >= BREAK or page.keys[end] not in words.honorific_not_after.get(key, ()):
        return False
    return capital_run(page, end) - end < 3


def _is_syllable_of_name(page: Page, i: int, words: Vocabulary) -> bool:
    """`Lê Anh Thuận`: a syllable behind a surname; `cầu Bà Cương`: the name of a place."""
    if i == 0 or not page.flags[i] & CAP or page.gaps[i] >= BREAK:
        return False
    if page.gaps[i] >= SPACE and _behind_surname(page, i, words):
        return True
    return page.keys[i - 1] in words.place_words


def _behind_surname(page: Page, i: int, words: Vocabulary) -> bool:
    """A surname stands right before token `i`, or opens the capitals before it: `Nguyễn Minh | Anh Khoa`, not `A Bà Đỗ Thị Hà`."""
    if not page.flags[i - 1] & CAP:
        return False
    if page.keys[i - 1] in words.surnames:
        return True
    begin = i - 1
    while begin > 0 and i - begin < _LONGEST_BEFORE and page.gaps[begin] in (SPACE, WRAP) and page.flags[begin - 1] & CAP:
        begin -= 1
    end = capital_run(page, i + 1) if i + 1 < len(page) and page.gaps[i + 1] < BREAK else i + 1
    if end - i > 2 and page.keys[i + 1] in words.surnames_common:
        return False
    return end > i + 1 and any(page.keys[j] in words.surnames_common for j in range(begin, i - 1))


def _is_part_of_place(page: Page, i: int, entry: HonorificEntry, words: Vocabulary) -> bool:
    """`Đông Anh Hà Nội`: the last syllable of a place; `Bảo tàng Bác sĩ Y`, `đường Đại tướng X`: a degree inside a name."""
    if i == 0 or not page.flags[i] & CAP or page.gaps[i] >= BREAK:
        return False
    if page.flags[i - 1] & CAP and (words.places.longest_at(page, i - 1) or 0) >= 2:
        return True
    if entry.kind not in _LEARNED:
        return False
    return any((match := words.not_person_before.longest(page, j)) is not None and match[0] == i for j in range(max(0, i - 2), i))


def _is_miswritten(page: Page, i: int, end: int, entry: HonorificEntry) -> bool:
    """Degrees and ranks of one token are written with a capital, long abbreviations of degrees all in capitals."""
    if end - i > 1:
        return False
    if entry.kind in _DOTTED and not page.flags[i] & CAP:
        return True
    return entry.kind == "degree" and not page.flags[i] & UPPER and page.ends[i] - page.starts[i] > 3


# the name


def _name_end(page: Page, address: _Address, words: Vocabulary) -> int | None:
    """The token after the name that begins at `address.end`, or None where what follows is no name."""
    i = address.end
    if i >= len(page) or page.gaps[i] >= BREAK or not page.flags[i] & CAP or words.posts.longest(page, i):
        return None
    if words.heads.longest(page, i) and name_at(page, i, words, at_least=3) is None:
        return None
    end = name_run_end(page, i, words)
    if end - i == 1 and not (any(entry.short for entry in address.entries) and _may_be_given(page, address, words)):
        return end if address.nearest == "role" and _has_particle(page, i, words) else None
    if address.nearest in ("role", "trade") and not (page.keys[i] in words.surnames and end - i >= 2):
        return None
    return None if _is_something_else(page, address, end, words) else end


def _has_particle(page: Page, i: int, words: Vocabulary) -> bool:
    """`K'Brẻo`: a particle and an apostrophe open the token, which therefore is a whole name."""
    particle, apostrophe, rest = page.keys[i].partition("'")
    return bool(apostrophe and len(rest) > 1) and particle in words.particles


def _is_something_else(page: Page, address: _Address, end: int, words: Vocabulary) -> bool:
    """`chuyên gia Hà Lan`, `Kỹ sư Hạ tầng`, `Tiếp Đoàn`: a place, a field of work or a clause behind the word."""
    i = address.end
    place, field = words.places.longest_at(page, i), words.fields.longest(page, i)
    if address.nearest in _PLACE_KINDS and place is not None and i + place >= end:
        return True
    if address.nearest in _FIELD_KINDS and field is not None and field[0] >= end:
        return True
    return end - i >= 2 and page.keys[i] not in words.surnames and words.openers.longest(page, i) is not None


def _may_be_given(page: Page, address: _Address, words: Vocabulary) -> bool:
    """One syllable after an honorific is a given name: not an abbreviation, an initial, a number word, half a word, a by-line."""
    i = address.end
    if _opens_word(page, i, words) or _is_byline(page, address) or (address.nearest != "civil" and _opens_segment(page, i)):
        return False
    if page.flags[i] & UPPER and not capital_line(page, i):
        return False
    letter = page.ends[i] - page.starts[i] < 2
    dotted = i + 1 < len(page) and page.keys[i + 1] == "." and page.gaps[i + 1] == GLUED
    if letter and (dotted or page.keys[i] not in words.particles):
        return False
    return words.not_in_names.longest(page, i) is None


def _opens_word(page: Page, i: int, words: Vocabulary) -> bool:
    """`đồng chí Lãnh đạo`, `Tiến sĩ Kinh tế`: token `i` and the small one behind it are one word of a list."""
    after = i + 1
    if not _is_small(page, after):
        return False
    lists = (words.openers, words.not_in_names, words.fields, words.heads, words.tail)
    return any(match[0] > after for trie in lists if (match := trie.longest(page, i)) is not None)


def _is_small(page: Page, j: int) -> bool:
    """Does a word without a capital stand at token `j`, on the line of the token before it?"""
    return j < len(page) and page.gaps[j] < BREAK and bool(page.flags[j] & ALPHA) and not page.flags[j] & CAP


def _opens_segment(page: Page, i: int) -> bool:
    """`kỹ sư. Hạ tầng`: the segmenter takes token `i` and the small one behind it for one word."""
    after = i + 1
    if not _is_small(page, after):
        return False
    at = bisect_right(page.words, (page.starts[i], page.ends[after] + 1)) - 1
    return at >= 0 and page.words[at][0] <= page.starts[i] and page.words[at][1] >= page.ends[after]


def _is_byline(page: Page, address: _Address) -> bool:
    """`Anh Khoa` alone on the line below a sentence: the writer, not a person who is addressed."""
    i, start = address.end, address.start
    alone = page.gaps[start] >= BREAK and (i + 1 >= len(page) or page.gaps[i + 1] >= BREAK)
    return alone and i == start + 1 and start > 0 and page.keys[start - 1] in _SENTENCE_ENDS and bool(page.flags[start] & CAP)


def _candidate(page: Page, address: _Address, last: int) -> Candidate:
    first = address.end
    return Candidate(
        page.starts[first],
        page.ends[last - 1],
        "OFFICIAL",
        f"person.{address.nearest}",
        ("person.addressed", "person.full_name" if last - first > 1 else "person.given_name"),
        attrs={
            "honorific": next((entry.singular for entry in address.entries if entry.singular), None),
            "degrees": address.degrees,
            "kind": address.nearest,
            "gender": next((entry.gender for entry in address.entries if entry.gender), None),
            "first": first,
            "last": last,
            "from": page.starts[address.start],
        },
    )
