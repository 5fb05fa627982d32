"""Posts: `Phó Chủ tịch`, `Trưởng Ban`, `PCT` - the post words only, without the body (guidelines TITLE; handbook 3)."""

from __future__ import annotations

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.syllables import with_one_d
from minutes_extract.find.vocabulary import PostForm, Vocabulary, openings, vocabulary
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.page import ALPHA, BREAK, CAP, DIGIT, GLUED, UPPER, Page


def find_titles(page: Page, rulebook: Rulebook) -> list[Candidate]:
    """All posts of the page in order, as TITLE candidates in clean offsets, none overlapping another.

    `[Phó Giám đốc] Sở Nội vụ`, `[Trưởng ban] Tuyên giáo`; not `Đoàn Chủ tịch`. `attrs`: `needs` (what must stand beside it to count,
    see `PostEntry`), `role` (head, deputy, member, office, staff), `unit` (the token where the body's name begins inside the span, or
    None: `Trưởng [ban] Tuyên giáo`), `first` and `last` (token range), `text` (as written), `heads_village` (a place follows it).
    Rules: `posts.yaml`; handbook 3.4.
    """
    words = vocabulary(rulebook)
    found: list[Candidate] = []
    free = 0
    for i in openings(page, words.posts):
        match = words.posts.longest(page, i) if i >= free else None
        if match is not None and _stands(page, i, match[0], match[1], words):
            free = match[0]
            found.append(_candidate(page, i, free, match[1]))
    return found


def _candidate(page: Page, first: int, last: int, form: PostForm) -> Candidate:
    unit = first + form.unit_from if form.unit_tokens and first + form.unit_from + form.unit_tokens == last else None
    start, end = page.starts[first], page.ends[last - 1]
    return Candidate(
        start,
        end,
        "TITLE",
        form.entry.id,
        ("post.known",),
        attrs={
            "needs": form.entry.needs,
            "role": form.entry.role,
            "unit": unit,
            "first": first,
            "last": last,
            "text": page.text[start:end],
            "heads_village": form.entry.heads_village,
        },
    )


def _stands(page: Page, first: int, last: int, form: PostForm, words: Vocabulary) -> bool:
    """False for `Đoàn Chủ tịch`, `giám đốc thẩm`, `Trưởng đoàn` of a delegation, and for abbreviations that are something else."""
    if not _neighbours_fit(page, first, last, form) or _is_torn(page, first, last, form, words):
        return False
    if form.form.isupper() or form.entry.needs == "capitals":
        return _is_written_as(page, first, last, form.form) and _abbreviation_stands(page, first, last, form, words)
    return not (page.gaps[first] == GLUED and first and page.flags[first - 1] & ALPHA)


def _neighbours_fit(page: Page, first: int, last: int, form: PostForm) -> bool:
    """Do the words before and behind allow the post, as its rule says (`not_before`, `not_after`, `followed_by`)?"""
    if first and page.gaps[first] < BREAK and page.keys[first - 1] in form.not_before:
        return False
    goes_on = last < len(page) and page.gaps[last] < BREAK
    if goes_on and form.not_followed_by.longest(page, last) is not None:
        return False
    return form.followed_by is None or (goes_on and form.followed_by.longest(page, last) is not None)


def _is_torn(page: Page, first: int, last: int, form: PostForm, words: Vocabulary) -> bool:
    """A lower-case word before a capital: two words side by side, no post."""
    if last - first < 2 or page.flags[first] & CAP or not page.flags[first + 1] & CAP:
        return False
    if words.places.type_at(page, first) is not None:
        return True  # "MTTQ huyện Ủy viên": the area of what stands before
    return form.form.split()[1][0].islower()  # "chức vụ Phó Chủ tịch": no "Vụ phó"


def _is_written_as(page: Page, first: int, last: int, form: str) -> bool:
    written = page.text[page.starts[first] : page.ends[last - 1]]
    return with_one_d(written).replace(" ", "") == form.replace(" ", "")


# abbreviations


def _abbreviation_stands(page: Page, first: int, last: int, form: PostForm, words: Vocabulary) -> bool:
    """Not inside a document number (`15-CT/TW`, `634/QĐ-TTg`); `TP`, `CT`, `VT` only where their neighbours make them posts.

    Handbook 3.4.
    """
    if _inside_number(page, first) or _is_alias(page, first, last):
        return False
    if last < len(page) and page.gaps[last] == GLUED and (page.keys[last] in ("/", "&") or page.flags[last] & DIGIT):
        return False  # "CT/TW", "KH&CN", "CT3"
    return form.entry.needs != "name_or_body" or _neighbours_make_post(page, first, last, words)


def _inside_number(page: Page, first: int) -> bool:
    """Glued to a `/` or `-` that itself follows a part of a number."""
    if first < 2 or page.gaps[first] != GLUED:
        return False
    before = page.flags[first - 2]
    return bool((page.keys[first - 1] == "/" and before & (ALPHA | DIGIT)) or (page.keys[first - 1] == "-" and before & (DIGIT | UPPER)))


def _is_alias(page: Page, first: int, last: int) -> bool:
    """`Phó Chủ tịch (PCT)`: alone in brackets, behind a word that is no name, the abbreviation explains the word before."""
    if first < 2 or last >= len(page) or page.keys[first - 1] != "(" or page.keys[last] != ")":
        return False
    return not page.flags[first - 2] & CAP or bool(page.flags[first - 2] & UPPER)


def _opens_body(page: Page, j: int, words: Vocabulary) -> bool:
    return j < len(page) and page.gaps[j] < BREAK and words.heads.longest(page, j) is not None and not words.places.longest_at(page, j)


def _is_in_codes(page: Page, first: int, last: int) -> bool:
    """`các Bộ: TC, CT, NV`: between two more abbreviations it is one of a list of bodies."""
    if first < 2 or last + 1 >= len(page) or page.keys[first - 1] not in (",", ";") or page.keys[last] not in (",", ";"):
        return False
    return bool(page.flags[first - 2] & UPPER and page.flags[last + 1] & UPPER)


def _neighbours_make_post(page: Page, first: int, last: int, words: Vocabulary) -> bool:
    """`TP Kinh tế` and `- TP: ...` are posts; `TP. Cần Thơ`, `TP 2` are not."""
    goes_on = last < len(page) and page.gaps[last] < BREAK
    if goes_on:
        dotted = page.keys[last] == "." and page.gaps[last] == GLUED
        if dotted and _opens_body(page, last + 1, words):
            return True  # "CT.Hội Nông dân"; not "TP. Cần Thơ"
        if dotted or page.flags[last] & DIGIT or words.places.longest_at(page, last):
            return False
        if page.flags[last] & CAP and (words.fields.longest(page, last) or words.heads.longest(page, last)):
            return True
    if page.lines[page.line_of[first]].zone == "recipients":
        return False  # "Lưu: VT, TP, KHCN": files and rooms
    if _is_in_codes(page, first, last):
        return False
    opens = first == 0 or page.gaps[first] >= BREAK or page.keys[first - 1] in (",", "-", ":", "(", ";")
    closes = not goes_on or page.keys[last] in (",", ")", ";", "-")
    return opens and (closes or not page.flags[last] & CAP)
