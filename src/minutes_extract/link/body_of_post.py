"""The body of a post as the record names it, told or inherited (handbook R-TIT-03; guidelines, Records)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, takewhile

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.bodies import Resolution, bodies_before
from minutes_extract.link.body_shapes import BodyWords, body_words
from minutes_extract.link.body_spelling import head_of
from minutes_extract.link.facts import Body
from minutes_extract.rulebook.abbreviations import abbreviations
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.fold import fold
from minutes_extract.text.page import Page

_BULLETS = " -+*•.)0123456789"


def organization_name(
    page: Page,
    rulebook: Rulebook,
    resolution: Resolution,
    title: Candidate | None,
    body: Candidate | None,
    *,
    hint: str | None = None,
) -> str | None:
    """The body of a post: in its own name, expanded with the place that the document gives; parents after a comma are left out.

    `body` is the ORGANIZATION mention that belongs to the post, `title` its TITLE mention (clean offsets). Without a body the
    text around the post may still tell (`inherited_body`); else None: `Phó Bí thư` alone names nothing. `hint` is the field in
    brackets behind a name in a list under one head: `các Phó Giám đốc Sở: A (Công Thương)` -> `Sở Công Thương tỉnh ...`.

    Example:
        `Phó giám đốc Sở` in a report on the Sở of Cần Thơ -> `Sở Khoa học và Công nghệ thành phố Cần Thơ`.
    """
    if body is not None:
        return (_hinted(page, rulebook, resolution, body, hint) if hint else None) or resolution.name_of(body)
    return None if title is None else inherited_body(page, rulebook, resolution, title)


def _hinted(page: Page, rulebook: Rulebook, resolution: Resolution, body: Candidate, hint: str) -> str | None:
    """The bare head `body` with the field that the list gives in brackets; None where the head is not bare."""
    words, table = body_words(rulebook), abbreviations(rulebook)
    head = " ".join(page.text[body.start : body.end].split())
    if fold(head) not in words.bare:
        return None
    name, key = f"{head} {hint}", table.key(f"{head} {hint}")
    known = [other for other in resolution.bodies if table.key(other.name).startswith(key)]
    if len(known) == 1:
        return known[0].name
    place = resolution.places.province if fold(head) in words.province_heads else None
    return f"{name} {place.full}" if place else name


def inherited_body(page: Page, rulebook: Rulebook, resolution: Resolution, title: Candidate) -> str | None:
    """The body of a post that stands without one; None where the document does not tell.

    In this order: the body before the bracket, `Phòng Kinh tế (ông A - Trưởng phòng)`; the last body of that kind in the line; the
    body before the colon, `Đại diện Sở Y tế: Bà B, chuyên viên`; the party of a block, `BÊN B: TRƯỜNG ...`; the issuer, for a post
    in the signature; the council, for `Ủy viên` in its list; the house itself, for its `kế toán`.
    """
    words = body_words(rulebook)
    post = " ".join(page.fold[title.start : title.end].split())
    line = page.lines[page.line_index(title.start)]
    if line.zone == "signature":
        council = _council(rulebook, resolution, words) if post in words.member_posts else None
        return council or _issuer(page, rulebook, resolution, words, post, title)
    for found in (
        _before_bracket(page, resolution, title.start),
        _same_line(rulebook, resolution, words.own.get(post), line.start, title.start),
        _stated_for(page, rulebook, resolution, line.start, title.start),
        _block(page, rulebook, resolution, words, post, title.start),
    ):
        if found is not None:
            return found
    if post in words.council_posts:
        return _council(rulebook, resolution, words)
    house = _letterhead(page, resolution) if post in words.house_posts else []
    return house[-1].name if house else None


def _before_bracket(page: Page, resolution: Resolution, offset: int) -> str | None:
    """`Phòng Kinh tế TP. Mỹ Tho (ông A - Trưởng phòng)`: the body right before the open bracket the post stands in."""
    opened = page.fold.rfind("(", max(0, offset - 80), offset)
    if opened < 0 or ")" in page.fold[opened:offset]:
        return None
    nearest = next(bodies_before(resolution, opened), None)
    return nearest[1].name if nearest and page.fold[nearest[0].end : opened] in ("", " ") else None


def _same_line(rulebook: Rulebook, resolution: Resolution, own: str | None, start: int, end: int) -> str | None:
    """The last body of the post's own kind in the line: `Phòng Nội vụ: Trưởng phòng vắng`."""
    if own is None:
        return None
    for mention, body in bodies_before(resolution, end):
        if mention.start < start:
            return None
        if head_of(body.name, rulebook) == own:
            return body.name
    return None


def _stated_for(page: Page, rulebook: Rulebook, resolution: Resolution, start: int, end: int) -> str | None:
    """`Đại diện Sở Tài chính: Bà B, chuyên viên` -> the body before the colon, when the line opens with it."""
    colon = page.fold.find(":", start, end)
    if colon < 0:
        return None
    before_colon = takewhile(lambda pair: pair[0].start >= start, bodies_before(resolution, colon + 1))
    head = list(islice(before_colon, 2))
    if len(head) != 1 or colon - head[0][0].end > 2:
        return None
    before = page.fold[start : head[0][0].start].strip(_BULLETS)
    return head[0][1].name if not before or before in rulebook.compiled(_stated) else None


def _block(page: Page, rulebook: Rulebook, resolution: Resolution, words: BodyWords, post: str, offset: int) -> str | None:
    """`BÊN B: TRƯỜNG ĐẠI HỌC ...` on a line of its own heads the people below it, up to the next such line or an empty line."""
    if post not in words.block_posts:
        return None
    cues = rulebook.compiled(_block_cues)
    at = page.line_index(offset)
    for line in reversed(page.lines[max(0, at - 12) : at]):
        text = page.fold[line.start : line.end].strip(_BULLETS)
        cue = next((cue for cue in cues if text.startswith(cue)), None)
        if cue is None:
            continue
        inside = [body for body in resolution.bodies if any(line.start <= m.start < line.end for m in body.mentions)]
        own = words.own.get(post)
        fits = len(inside) == 1 and (own is None or head_of(inside[0].name, rulebook) == own)
        return inside[0].name if fits else None
    return None


def _issuer(page: Page, rulebook: Rulebook, resolution: Resolution, words: BodyWords, post: str, title: Candidate) -> str | None:
    """The body that signs: one named in the signature just above, else the last of the letterhead; its office for a `Chánh Văn phòng`."""
    line_at = page.line_index(title.start)
    first = page.lines[max(0, line_at - 2)].start
    near = [body for mention, body in islice(bodies_before(resolution, title.start), 1) if mention.start >= first]
    above = near or _letterhead(page, resolution)[-1:]
    if not above:
        return None
    own = words.own.get(post)
    if own is None or head_of(above[0].name, rulebook) == own:
        return above[0].name
    office = next((o for o in words.offices if fold(o) == own), None)
    return f"{office} {above[0].name}" if office else None


def _letterhead(page: Page, resolution: Resolution) -> Sequence[Body]:
    """The bodies of the letterhead, in order."""
    return [resolution.bodies[at] for mention, at in resolution.in_order if page.zone_at(mention.start) == "letterhead"]


def _council(rulebook: Rulebook, resolution: Resolution, words: BodyWords) -> str | None:
    """The only council of the document that is no people's council or board of a company."""
    found = [
        body
        for body in resolution.bodies
        if head_of(body.name, rulebook) in words.council_heads
        and not any(fold(body.name).startswith(word) for word in words.not_antecedents)
    ]
    return found[0].name if len(found) == 1 else None


def _stated(rulebook: Rulebook) -> frozenset[str]:
    return frozenset(fold(word) for word in rulebook.words("places", "stated_for"))


def _block_cues(rulebook: Rulebook) -> tuple[str, ...]:
    return tuple(fold(word) for word in rulebook.words("places", "block_cues"))
