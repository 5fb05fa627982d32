"""Names anchored by what touches them: a post before or behind, a verb of speech, a line of a signature block (handbook 2.3, 2.9)."""

from __future__ import annotations

from typing import NamedTuple

from minutes_extract.find.names import capital_line, name_at, name_run_end
from minutes_extract.find.people_found import PeopleFound
from minutes_extract.find.syllables import has_vowel, vietnamese_syllable
from minutes_extract.text.page import ALPHA, BLANK, BREAK, CAP, DIGIT, UPPER

_LONGEST_IN_CAPITALS = 4
_LONGEST_FOREIGN = 4
_LONGEST_UNKNOWN = 3
_SENTENCE_ENDS = (".", "!", "?", '"')
_POST_REACH = 4
"""Tokens behind a name among which its post begins."""
_LINES_ABOVE = 3
"""Lines above a signature among which the signer's post stands."""


class _Anchored(NamedTuple):
    last: int
    rule: str
    evidence: str


def find_anchored(people: PeopleFound) -> None:
    """Adds the names that a neighbour anchors to `people`: post before, else post behind, else verb, else signature.

    `Phó Chủ tịch UBND tỉnh [Lâm Quốc Thành]`, `[Trần Khắc Nhựt], Giám đốc Sở`, `[Trần Khắc Nhựt] phát biểu`. Rules: `names.yaml`,
    `posts.yaml`; handbook P01-P24.
    """
    free = 0
    for i, flags in enumerate(people.page.flags):
        if i < free or not flags & CAP:
            continue
        anchored = _behind_post(people, i) or _beside_evidence(people, i)
        if anchored is not None and not people.is_taken(i):
            people.keep(i, *anchored)
            free = anchored.last


# a post before the name


def _behind_post(people: PeopleFound, i: int) -> _Anchored | None:
    evidence = _post_before(people, i)
    end = _name_after_post(people, i) if evidence is not None else None
    if evidence is None or end is None or people.is_all_in_body(i, end):
        return None
    return _Anchored(end, "person.post_before", evidence)


def _post_before(people: PeopleFound, i: int) -> str | None:
    """The evidence of a post, or a post and its body, standing right before token `i`."""
    if people.page.gaps[i] >= BREAK:
        return None
    if i in people.title_ends:
        return "person.post_before"
    body = people.body_ends.get(i)
    if body is not None and (body.attrs["after_post"] or body.attrs["first"] in people.title_ends):
        return "person.post_and_body_before"
    return None


def _name_after_post(people: PeopleFound, i: int) -> int | None:
    """The token after a name right behind a post: of any people, also foreign (`Tổng thống ... Emilie Laurent`)."""
    page, words = people.page, people.words
    right_behind = i in people.title_ends
    if (i in people.body_starts and not right_behind) or (words.heads.longest(page, i) and name_at(page, i, words, at_least=3) is None):
        return None
    end = name_run_end(page, i, words)
    size = end - i
    place = words.places.longest_at(page, i)
    if place is not None and place >= size and not (size >= 3 and right_behind and page.keys[i] in words.surnames_common):
        return None  # "Chủ tịch Hồ Chí Minh" is a person, "Chủ tịch Bình Dương" a place
    if right_behind and size < 3 and people.title_ends[i].attrs["heads_village"]:
        return None  # "Trưởng thôn Đồng Tiến" names the village
    if page.keys[i] in words.surnames and size >= 2:
        return end
    if words.places.type_at(page, i) or words.fields.longest(page, i) or (page.flags[i] & UPPER and not capital_line(page, i)):
        return None
    if size == 1:
        return end if right_behind and page.keys[i] in people.given_names() else None
    return end if _is_foreign(people, i, end) or _speaks(people, i, end) else None


def _speaks(people: PeopleFound, i: int, end: int) -> bool:
    """`Bí thư Huyện ủy Thuận An | phát biểu`: two or three syllables, none of them a word or place, before a verb of speech."""
    page, words = people.page, people.words
    if not 2 <= end - i <= _LONGEST_UNKNOWN or end >= len(page) or page.gaps[end] >= BREAK:
        return False
    if not words.speech.longest(page, end) or any(words.places.longest_at(page, j) for j in range(i, end)):
        return False
    lists = (words.heads, words.fields, words.tail, words.openers, words.not_in_names)
    return not any(trie.longest(page, j) for trie in lists for j in range(i, end)) and not any(page.flags[j] & UPPER for j in range(i, end))


def _is_foreign(people: PeopleFound, i: int, end: int) -> bool:
    """Two to four words, not all in capitals, one of them no Vietnamese syllable, none of them a place or an abbreviation."""
    page = people.page
    if not 2 <= end - i <= _LONGEST_FOREIGN or all(vietnamese_syllable(page.keys[j]) for j in range(i, end)):
        return False
    if capital_line(page, i) or any(page.flags[j] & UPPER and not has_vowel(page.keys[j]) for j in range(i, end)):
        return False
    return not any(people.words.places.longest_at(page, j) for j in range(i, end))


# other evidence beside a name


def _beside_evidence(people: PeopleFound, i: int) -> _Anchored | None:
    if people.page.keys[i] not in people.words.surnames or not _run_starts(people, i) or people.is_in_body(i):
        return None
    end = name_at(people.page, i, people.words)
    if end is None:
        end = _name_in_capitals(people, i)
    if end is None:
        return None
    evidence = _evidence_beside(people, i, end)
    return None if evidence is None or people.is_no_person(i) else _Anchored(end, evidence, evidence)


def _evidence_beside(people: PeopleFound, i: int, end: int) -> str | None:
    """The strongest evidence for the name at tokens `i` to `end`; it names the rule, too."""
    page = people.page
    if _post_follows(people, i, end):
        return "person.post_after"
    if end - i >= 3 and people.words.verbs_after.longest(page, end) and page.gaps[end] < BREAK:
        return "person.verb_after"
    if not _alone_in_column(people, i, end):
        return None
    return "person.signature" if page.lines[page.line_of[i]].zone == "signature" or _under_post(people, i) else None


def _run_starts(people: PeopleFound, i: int) -> bool:
    """A name begins a run of capitals, or follows something that is no part of a name."""
    page = people.page
    if i == 0 or page.gaps[i] >= BREAK or not page.flags[i - 1] & CAP:
        return True
    return i in people.title_ends or i in people.body_ends


def _name_in_capitals(people: PeopleFound, i: int) -> int | None:
    """The token after a name of three or four syllables among words all in capitals: `LÊ VĂN TÁM PHÁT BIỂU`."""
    page, words = people.page, people.words
    if page.keys[i] not in words.surnames_common or not capital_line(page, i):
        return None
    end = i + 1
    while end < len(page) and page.gaps[end] < BREAK and page.flags[end] & CAP and end - i < _LONGEST_IN_CAPITALS:
        if page.keys[end] in words.capitals_stop or words.posts.longest(page, end) or words.heads.longest(page, end):
            break
        end += 1
    return end if end - i >= 3 else None


def _post_follows(people: PeopleFound, i: int, end: int) -> bool:
    """`, Phó Giám đốc`, ` - Trưởng phòng`, ` (Chủ tịch`, `: Giám đốc`, ` nguyên Bí thư` right behind the name at `i` to `end`."""
    page = people.page
    for j in range(end, min(end + _POST_REACH, len(page))):
        if page.gaps[j] >= BLANK:
            return False
        if j in people.title_starts:
            return True
        if page.flags[j] & ALPHA and page.keys[j] not in people.words.post_outside:
            return j in people.body_starts and j > end and page.keys[j - 1] in ("-", "(") and not _is_byline(people, i, j)
        if page.flags[j] & DIGIT or page.keys[j] in (";", "."):
            return False
    return False


def _is_byline(people: PeopleFound, i: int, body: int) -> bool:
    """`Trần Văn Tám (TTXVN)` behind a sentence, up to the end of the line: the writer and the agency."""
    page = people.page
    line = page.lines[page.line_of[i]]
    return (
        i > 0
        and page.keys[i - 1] in _SENTENCE_ENDS
        and page.keys[body - 1] == "("
        and ")" not in page.keys[body : line.last - 1]
        and page.keys[line.last - 1] == ")"
    )


def _alone_in_column(people: PeopleFound, i: int, end: int) -> bool:
    page = people.page
    opens = page.gaps[i] >= BREAK or not page.flags[i - 1] & ALPHA
    return opens and (end >= len(page) or page.gaps[end] >= BREAK)


def _under_post(people: PeopleFound, i: int) -> bool:
    """A name that fills its line, with a line of a post in capitals among the three before it, signs the document."""
    page = people.page
    at = page.line_of[i]
    return any(
        first in people.title_starts and page.flags[first] & UPPER
        for line in page.lines[max(0, at - _LINES_ABOVE) : at]
        for first in range(line.first, line.last)
    )
