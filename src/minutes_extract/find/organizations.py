"""Bodies: a head noun and what names it (guidelines ORGANIZATION; handbook 4.1-4.3).

A body is read from left to right: the head (`Sở`), its field of work (`Khoa học và Công nghệ`), perhaps a parent standing beside it
(`Phòng Quản lý Khoa học | Sở KH&CN`), and the area that closes it (`thành phố Cần Thơ`). Commas, brackets and `thuộc` end it.
`body_heads` says where a head stands, `body_tails` where its name ends.
"""

from __future__ import annotations

from collections.abc import Iterable

from minutes_extract.find.body_areas import area_end
from minutes_extract.find.body_heads import Head, counts_many, head_at, is_plural, may_open_named, names_levels
from minutes_extract.find.body_scene import BodyScene, body_scene
from minutes_extract.find.body_tails import parent_end, tail_end
from minutes_extract.find.candidate import Candidate
from minutes_extract.find.names import capital_line
from minutes_extract.find.vocabulary import openings, vocabulary
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.page import ALPHA, BREAK, CAP, DIGIT, GLUED, UPPER, Page

_ACRONYM = range(3, 9)
"""Letters of an acronym in brackets behind a name."""
_NAME_OF_ACRONYM = 3
"""Tokens a name needs to have an acronym made of it."""


def find_organizations(
    page: Page, rulebook: Rulebook, *, titles: Iterable[Candidate] = (), people: Iterable[Candidate] = ()
) -> list[Candidate]:
    """All bodies of the page in order, as ORGANIZATION candidates in clean offsets; the link stage settles overlaps with other labels.

    `Giám đốc [Sở Nội vụ tỉnh Bến Tre]`. `titles`: the posts already found (a body right after a post may be a bare head,
    `Phó giám đốc [Sở]`, or have none, `Thứ trưởng [Nội vụ]`). `people`: names known to be names, at which a body's name ends.
    `attrs`: `kind`, `level`, `head` (folded), `bare` (a head without a name: counts after a post only), `after_post`, `elided`
    (no head), `first`, `last` (token range), `acronym` (only where it is one). Rules: `bodies.yaml`; handbook 4.1-4.3.
    """
    scene = body_scene(page, vocabulary(rulebook), titles, people)
    found: list[Candidate] = []
    free = 0
    for i in sorted({*openings(page, scene.words.heads), *scene.after_post}):
        if not free <= i < len(page):
            continue
        head = head_at(scene, i)
        body = _unit_body(scene, i) or _headed_body(scene, i, head) or _elided_body(scene, i)
        if body is None:
            free = head.last if head is not None else free
            continue
        found.append(body)
        acronym = _acronym_behind(scene, body)
        if acronym is not None:
            found.append(acronym)
            body = acronym
        free = page.token_at(body.end - 1) + 1
    return found


def _unit_body(scene: BodyScene, i: int) -> Candidate | None:
    """`Trưởng [phòng Kinh tế]`: the unit words of a post open the body, whatever their case."""
    title = scene.unit_at.get(i)
    match = scene.words.heads.longest(scene.page, i) if title is not None else None
    if title is None or match is None:
        return None
    post_end = title.attrs["last"]
    head = Head(i, max(match[0], post_end), match[1])
    end = tail_end(scene, head)
    return _headed(scene, head, end, rule="body.of_post", after_post=True) if end > post_end else None


def _headed_body(scene: BodyScene, i: int, head: Head | None) -> Candidate | None:
    if head is None:
        return None
    after_post = i in scene.after_post and scene.page.gaps[i] < BREAK
    if (head.entry.after_post_only and not after_post) or is_plural(scene, head):
        return None
    end = tail_end(scene, head)
    if end == head.last:
        return _nameless_body(scene, head, after_post)
    if not may_open_named(scene, head) or names_levels(scene, head, end):
        return None
    return _headed(scene, head, end, rule=head.entry.id, after_post=after_post)


def _nameless_body(scene: BodyScene, head: Head, after_post: bool) -> Candidate | None:
    """`Quốc hội`, `Ban kiểm phiếu` are names; `Sở` alone is bare: kept for its post, or until the link stage drops it."""
    whole = head.entry.alone or head.is_whole
    kept = head.entry.capital if not whole and not after_post else not counts_many(scene, head.last)
    return _headed(scene, head, head.last, rule=head.entry.id, after_post=after_post, bare=not whole) if kept else None


def _elided_body(scene: BodyScene, i: int) -> Candidate | None:
    """`Thứ trưởng [Nội vụ]`, `TP [Kinh tế]`: a field of work right after a post stands for the body (guidelines, settled cases)."""
    page, words = scene.page, scene.words
    if i not in scene.after_post or page.gaps[i] >= BREAK or not page.flags[i] & CAP or words.posts.longest(page, i):
        return None
    field = words.fields.longest(page, i)
    if field is None:
        return _unknown_acronym(scene, i)
    end = field[0]
    if scene.goes_on(end) and page.flags[end] & CAP and words.heads.longest(page, i):
        return None
    end = area_end(scene, end) or parent_end(scene, end) or end
    return _candidate(scene, i, end, "body.elided_head", ("body.after_post", "body.field"), after_post=True, elided=True)


def _unknown_acronym(scene: BodyScene, i: int) -> Candidate | None:
    """`Tổng thư ký [SCX]`: letters in capitals right after a post stand for a body nobody has listed; a name in capitals goes on."""
    page, words = scene.page, scene.words
    if not page.flags[i] & UPPER or not page.flags[i] & ALPHA or page.ends[i] - page.starts[i] not in _ACRONYM or capital_line(page, i):
        return None
    if scene.goes_on(i + 1) and (page.flags[i + 1] & (UPPER | DIGIT) or (page.gaps[i + 1] == GLUED and page.flags[i + 1] & ALPHA)):
        return None
    if (
        words.heads.longest(page, i)
        or words.honorifics.longest(page, i)
        or words.places.longest_at(page, i)
        or words.places.type_at(page, i)
        or page.keys[i] in words.surnames
    ):
        return None
    return _candidate(scene, i, area_end(scene, i + 1) or i + 1, "body.acronym", ("body.after_post", "body.acronym"), after_post=True)


def _acronym_behind(scene: BodyScene, body: Candidate) -> Candidate | None:
    """`Liên đoàn Thương mại và Công nghiệp Việt Nam ([VCCI])`: a new acronym in brackets right behind a full name."""
    page, words = scene.page, scene.words
    opening = body.attrs["last"]
    i = opening + 1
    if body.attrs["bare"] or opening - body.attrs["first"] < _NAME_OF_ACRONYM or i + 1 >= len(page):
        return None
    if page.keys[opening] != "(" or page.keys[i + 1] != ")" or not page.flags[i] & UPPER or page.ends[i] - page.starts[i] not in _ACRONYM:
        return None
    if words.heads.longest(page, i) or words.fields.longest(page, i) or _abbreviates_part(scene, body, page.keys[i]):
        return None
    place = {"head": "", "first": i, "last": i + 1, "after_post": False, "acronym": True}
    return Candidate(page.starts[i], page.ends[i], "ORGANIZATION", "body.acronym", ("body.acronym",), attrs={**body.attrs, **place})


def _abbreviates_part(scene: BodyScene, body: Candidate, letters: str) -> bool:
    """`Cục Sở hữu trí tuệ (SHTT)`: the first letters of a part of the name, not of all of it."""
    first, last = body.attrs["first"], body.attrs["last"]
    initials = "".join(key[0] for key in scene.page.keys[first:last] if key[0].isalpha())
    return letters in initials and not initials.startswith(letters)


def _headed(scene: BodyScene, head: Head, end: int, *, rule: str, after_post: bool, bare: bool = False) -> Candidate:
    evidence = ("body.head", *(["body.after_post"] if after_post else []), *(["body.bare"] if bare else []))
    return _candidate(scene, head.first, end, rule, evidence, head=head, after_post=after_post, bare=bare)


def _candidate(
    scene: BodyScene,
    first: int,
    last: int,
    rule: str,
    evidence: tuple[str, ...],
    *,
    head: Head | None = None,
    after_post: bool,
    bare: bool = False,
    elided: bool = False,
) -> Candidate:
    page = scene.page
    return Candidate(
        page.starts[first],
        page.ends[last - 1],
        "ORGANIZATION",
        rule,
        evidence,
        attrs={
            "kind": head.entry.kind if head else None,
            "level": head.entry.level if head else None,
            "head": page.keys[first] if head else "",
            "bare": bare,
            "after_post": after_post,
            "elided": elided,
            "first": first,
            "last": last,
        },
    )
