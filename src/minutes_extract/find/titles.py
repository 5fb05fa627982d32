"""Posts: `Phó Chủ tịch`, `Trưởng Ban`, `PCT` - the post words only, without the body (guidelines TITLE)."""

from __future__ import annotations

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.vocabulary import PostForm, Vocabulary, vocabulary
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.page import ALPHA, BREAK, CAP, DIGIT, GLUED, UPPER, Page


def find_titles(page: Page, rulebook: Rulebook) -> list[Candidate]:
    """All posts of the page in order, as TITLE candidates.

    `attrs`: `needs` (what must stand beside it to count, see `PostEntry`), `role` (head, deputy, member, office, staff),
    `unit` (the token where the body's name begins inside the span, or None: `Trưởng [ban] Tuyên giáo`), `first` and `last` (token range).
    """
    words = vocabulary(rulebook)
    found: list[Candidate] = []
    i, count = 0, len(page)
    while i < count:
        match = words.posts.longest(page, i)
        if match is None or not _stands(page, i, match[0], match[1], words):
            i += 1
            continue
        end, form = match
        found.append(_candidate(page, i, end, form))
        i = end
    return found


def _candidate(page: Page, first: int, last: int, form: PostForm) -> Candidate:
    unit = first + form.unit_from if form.unit_tokens and first + form.unit_from + form.unit_tokens == last else None
    return Candidate(
        page.starts[first],
        page.ends[last - 1],
        "TITLE",
        form.entry.id,
        ("post.known",),
        attrs={
            "needs": form.entry.needs,
            "role": form.entry.role,
            "unit": unit,
            "first": first,
            "last": last,
            "text": page.text[page.starts[first] : page.ends[last - 1]],
        },
    )


def _stands(page: Page, first: int, last: int, form: PostForm, words: Vocabulary) -> bool:
    """False for `Đoàn Chủ tịch`, `giám đốc thẩm`, `Trưởng đoàn` of a delegation, and for abbreviations that are something else."""
    if first and page.gaps[first] < BREAK and page.keys[first - 1] in form.not_before:
        return False
    torn = last - first > 1 and not page.flags[first] & CAP and page.flags[first + 1] & CAP
    if torn and (words.places.type_at(page, first) or form.form.split()[1][0].islower()):
        return False  # "MTTQ huyện Ủy viên": the area of what stands before; "chức vụ Phó Chủ tịch": no "Vụ phó"
    goes_on = last < len(page) and page.gaps[last] < BREAK
    if goes_on and page.keys[last] in form.not_after:
        return False
    if form.followed_by is not None and not (goes_on and form.followed_by.longest(page, last)):
        return False
    if form.form.isupper() or form.entry.needs == "capitals":
        return _written_as(page, first, last, form.form) and _abbreviation_stands(page, first, last, form, words)
    return not (page.gaps[first] == GLUED and first and page.flags[first - 1] & ALPHA)


def _written_as(page: Page, first: int, last: int, form: str) -> bool:
    written = page.text[page.starts[first] : page.ends[last - 1]]
    return written.replace(" ", "").replace("Ð", "Đ") == form.replace(" ", "")


def _abbreviation_stands(page: Page, first: int, last: int, form: PostForm, words: Vocabulary) -> bool:
    """Not inside a document number (`15-CT/TW`, `634/QĐ-TTg`); `TP`, `CT`, `VT` only where their neighbours make them posts.

    Handbook 3.4.
    """
    count = len(page)
    if first > 1 and page.gaps[first] == GLUED:
        numbered = page.keys[first - 1] == "/" and page.flags[first - 2] & (ALPHA | DIGIT)
        if numbered or (page.keys[first - 1] == "-" and page.flags[first - 2] & (DIGIT | UPPER)):
            return False
    if last < count and page.gaps[last] == GLUED and page.keys[last] in ("/", "&"):
        return False
    if form.entry.needs != "name_or_body":
        return True
    if last < count and page.gaps[last] < BREAK:
        if (page.keys[last] == "." and page.gaps[last] == GLUED) or words.places.longest_at(page, last) or page.flags[last] & DIGIT:
            return False
        if page.flags[last] & CAP and (words.fields.longest(page, last) or words.heads.longest(page, last)):
            return True
    opens = first == 0 or page.gaps[first] >= BREAK or page.keys[first - 1] in (",", "-", ":", "(", ";")
    closes = last >= count or page.gaps[last] >= BREAK or page.keys[last] in (",", ")", ";", "-")
    return opens and (closes or not page.flags[last] & CAP)
